"""One value of TOML, or the text of an environment variable, becomes a value of the wanted type."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Literal, Union, get_args, get_origin

from bot.config.settings import Secret
from casework.worktime import Shift

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST = 1_000_000
"""No number of a configuration is larger, unless its field says so."""
LONGEST = timedelta(days=3660)
_LONGEST_NAME, _LONGEST_PATH = 255, 4000
"""Bytes of a file's name and of its path, as systems have them."""
_UNITS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "秒": timedelta(seconds=1),
    "min": timedelta(minutes=1),
    "分钟": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "小时": timedelta(hours=1),
    "d": timedelta(days=1),
    "天": timedelta(days=1),
}
_DURATION = re.compile(rf"\s*(\d+(?:\.\d+)?)\s*({'|'.join(_UNITS)})\s*")
_SHIFT = re.compile(r"\s*(\d\d?):(\d\d)\s*[-–—~～至到]\s*(\d\d?):(\d\d)\s*")
_LAST_HOUR, _LAST_MINUTE = 24, 59
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_YES_NO = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}


class WrongValueError(Exception):
    """A value does not fit its field.

    Attributes:
        code: The sentence of the catalogue that says so.
        fields: What the sentence names.
        suggestion: The nearest value that would fit, or nothing.
    """

    def __init__(self, code: str, *, suggestion: str = "", **fields: str) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields
        self.suggestion = suggestion


def nearest(given: str, known: Iterable[str]) -> str:
    """The known name that looks most like the given one; empty if none comes near."""
    names = {name.lower(): name for name in known}
    found = get_close_matches(given.lower(), names, n=1, cutoff=0.6)
    return names[found[0]] if found else ""


def inner(hint: object) -> object:
    """The type itself, without `None`."""
    if isinstance(hint, UnionType) or get_origin(hint) is Union:
        return next(kind for kind in get_args(hint) if kind is not NoneType)
    return hint


def item_of(hint: object) -> object | None:
    """The type of the items if the type is `tuple[X, ...]`."""
    return get_args(hint)[0] if get_origin(hint) is tuple else None


def convert(hint: object, given: object, limits: Mapping[str, object]) -> object:
    """Turn one value of TOML into the wanted type; paths stay as they are written.

    Raises:
        WrongValueError: It does not fit.
    """
    hint = inner(hint)
    choices = _choices(hint)
    if choices:
        return _choice(given, choices)
    if hint is int:
        return _number(given, limits)
    if hint is timedelta:
        return _duration(given, limits)
    return _PLAIN[hint](given)


def from_text(hint: object, text: str) -> object:
    """What TOML would hold if the text of an environment variable stood in the file."""
    hint = inner(hint)
    item = item_of(hint)
    if item is not None:
        return [from_text(item, part.strip()) for part in text.split(",") if part.strip()]
    if hint is int and re.fullmatch(r"[+-]?\d{1,18}", text.strip()):
        return int(text)
    if hint is bool:
        return _YES_NO.get(text.strip().lower(), text)
    return text


def _choices(hint: object) -> dict[str, object]:
    if get_origin(hint) is Literal:
        return {str(value): value for value in get_args(hint)}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {member.value: member for member in hint}
    return {}


def _choice(given: object, choices: dict[str, object]) -> object:
    name = _text(given)
    if name not in choices:
        raise WrongValueError(
            "not_choice",
            given=name,
            choices=", ".join(choices),
            suggestion=nearest(name, choices),
        )
    return choices[name]


def _number(given: object, limits: Mapping[str, object]) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise WrongValueError("wrong_type", expected="number", given=_shown(given))
    least, most = limits.get("least", 1), limits.get("most", MOST)
    if isinstance(least, int) and given < least:
        raise WrongValueError("too_small", given=str(given), least=str(least))
    if isinstance(most, int) and given > most:
        raise WrongValueError("too_large", given=str(given), most=str(most))
    return given


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise WrongValueError("wrong_type", expected="text", given=_shown(given))
    return given


def _yes_no(given: object) -> bool:
    if not isinstance(given, bool):
        raise WrongValueError("wrong_type", expected="yes_no", given=_shown(given))
    return given


def _duration(given: object, limits: Mapping[str, object]) -> timedelta:
    found = _DURATION.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise WrongValueError("wrong_duration", given=_shown(given))
    try:
        length = float(found[1]) * _UNITS[found[2]]
    except OverflowError:
        length = timedelta.max
    least = limits.get("least")
    if isinstance(least, timedelta) and length < least:
        raise WrongValueError("too_small", given=found[0], least=f"{least.total_seconds():g} s")
    if length <= timedelta(0):
        raise WrongValueError("too_small", given=found[0], least="1 ms")
    if length > LONGEST:
        raise WrongValueError("too_large", given=found[0], most=f"{LONGEST.days} d")
    return length


def _clock(given: object) -> time:
    if isinstance(given, time):
        return given
    try:
        clock = time.fromisoformat(_text(given).strip())
    except (ValueError, WrongValueError):
        raise WrongValueError("wrong_time", given=_shown(given)) from None
    if clock.tzinfo is not None:
        raise WrongValueError("wrong_time", given=_shown(given))
    return clock


def _date(given: object) -> date:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    try:
        return date.fromisoformat(_text(given).strip())
    except (ValueError, WrongValueError):
        raise WrongValueError("wrong_date", given=_shown(given)) from None


def _shift(given: object) -> Shift:
    """Hours such as `08:00-12:00`; whether they are in order is looked at with all the others."""
    found = _SHIFT.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise WrongValueError("wrong_shift", given=_shown(given))
    hours, minutes = (int(found[1]), int(found[3])), (int(found[2]), int(found[4]))
    start, end = (timedelta(hours=h, minutes=m) for h, m in zip(hours, minutes, strict=True))
    if max(minutes) > _LAST_MINUTE or max(start, end) > timedelta(hours=_LAST_HOUR):
        raise WrongValueError("wrong_shift", given=_shown(given))
    return Shift(start, end)


def _secret(given: object) -> Secret:
    if not isinstance(given, str):
        raise WrongValueError("wrong_type", expected="text", given="***")
    return Secret(given.strip())


def _path(given: object) -> Path | None:
    text = _text(given).strip()
    too_long = any(len(os.fsencode(part)) > _LONGEST_NAME for part in text.split("/"))
    if too_long or len(os.fsencode(text)) > _LONGEST_PATH or _CONTROL.search(text):
        raise WrongValueError("wrong_path", given=_shown(given))
    return Path(text) if text else None


def _shown(given: object) -> str:
    text = str(given).lower() if isinstance(given, bool) else str(given)
    if isinstance(given, Mapping):
        return "{…}"
    text = "".join(one if one.isprintable() else "?" for one in text)
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - one line of a terminal


_PLAIN: Mapping[object, Callable[[object], object]] = {
    str: _text,
    bool: _yes_no,
    time: _clock,
    date: _date,
    Shift: _shift,
    Secret: _secret,
    Path: _path,
}
