"""How figures are printed: rates with two decimals, half up; differences; lengths of time."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from messages.voice import Voice

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR


def rate(part: int, whole: int) -> str:
    """Return `3/4 75.00%`; nothing out of nothing is no percentage."""
    if not whole:
        return f"{part}/{whole} —"
    return f"{part}/{whole} {_decimals(Fraction(100 * part, whole))}%"


def change(now: tuple[int, int], then: tuple[int, int]) -> str:
    """Return by how many percentage points a rate is above (↑) or below (↓) an earlier one."""
    if not (now[1] and then[1]):
        return ""
    difference = Fraction(100 * now[0], now[1]) - Fraction(100 * then[0], then[1])
    size = _decimals(abs(difference))
    if not size:
        return "→0.00"
    return f"{'↑' if difference > 0 else '↓'}{size}"


def _decimals(number: Fraction) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def lasting(voice: Voice, seconds: int) -> str:
    """Return a length of time in its two largest units."""
    if seconds < _MINUTE:
        return voice.text("took-seconds", seconds=seconds)
    if seconds < _HOUR:
        return voice.text("took-minutes", minutes=(seconds + _MINUTE // 2) // _MINUTE)
    if seconds < _DAY:
        hours, rest = divmod(seconds, _HOUR)
        return voice.text("took-hours", hours=hours, minutes=rest // _MINUTE)
    days, rest = divmod(seconds, _DAY)
    return voice.text("took-days", days=days, hours=rest // _HOUR)
