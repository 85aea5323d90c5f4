"""Buttons and their 64 bytes: ids only, and nothing that could not be typed by a stranger.

The data is no secret and carries no right: whoever sends it back is checked by the use case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from usecases.views import Action

if TYPE_CHECKING:
    from usecases.views import Button

MOST_ARG: Final = 42
"""Room for an argument beside the longest action, case and round."""
_MOST_CASE: Final = 2**63 - 1
_MOST_ROUND: Final = 9999
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_ARG: Final = re.compile(rf"[A-Za-z0-9_.-]{{0,{MOST_ARG}}}")
_DATA: Final = re.compile(
    rf"(?P<action>[a-z]{{1,2}}):(?P<case>0|[1-9a-z][0-9a-z]{{0,12}})"
    rf":(?P<round>0|[1-9][0-9]{{0,3}}):(?P<arg>[A-Za-z0-9_.-]{{0,{MOST_ARG}}})",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    """What a button said when it was pressed; nothing of it is trusted yet."""

    action: Action
    case_id: int
    arg: str = ""
    round: int = 0


def encode(button: Button) -> str:
    """Return a button's callback data, at most 64 bytes of ASCII.

    Raises:
        ValueError: the argument holds more than codes and ids may (a mistake of the program).
    """
    if not 0 <= button.case_id <= _MOST_CASE or not 0 <= button.round <= _MOST_ROUND:
        raise ValueError(f"no case or round: {button.case_id}, {button.round}")
    if not _ARG.fullmatch(button.arg):
        raise ValueError(f"does not fit a button: {button.arg!r}")
    return f"{button.action.value}:{_base36(button.case_id)}:{button.round}:{button.arg}"


def decode(data: str) -> Press | None:
    """Return what the data says, or None for whatever this bot never wrote."""
    found = _DATA.fullmatch(data)
    if found is None:
        return None
    case_id = int(found["case"], 36)
    try:
        action = Action(found["action"])
    except ValueError:
        return None
    if case_id > _MOST_CASE:
        return None
    return Press(action=action, case_id=case_id, arg=found["arg"], round=int(found["round"]))


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
