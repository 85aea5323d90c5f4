"""After a time away: one message a person and one a group, what presses before all else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.soak.heard import LATE, NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.soak.archive import Archive, Call
    from tests.soak.month import Month

HEAD = "停机期间漏发的提醒"
PRESSING = ("没人接单", "拟发督办单", "拟报主要负责人", "拟提请党组研究")
"""Escalations; dangers stand with them."""


def wrong(month: Month, archive: Archive) -> list[str]:
    """Messages of what was missed that should have been one, or that begin with the lesser."""
    if month.stopped is None:
        return []
    missed = [call for call in archive.calls if call.sends and HEAD in call.text]
    found = [f"{call.chat}: not marked as late" for call in missed if LATE not in call.text]
    by_day = Counter((call.chat, call.at.date()) for call in missed)
    found += [f"{chat}: {n} messages on {day}" for (chat, day), n in by_day.items() if n > 1]
    dangers = {case["number"] for case in archive.cases if case["tier"] == "A"}
    for call in missed:
        for block in _blocks(call):
            pressing = [_presses(line, dangers) for line in block]
            if pressing != sorted(pressing, reverse=True):
                found.append(f"{call.chat}: what presses does not come first")
    return found


def _blocks(call: Call) -> Iterator[list[str]]:
    """The lines of each person of a message."""
    block: list[str] = []
    for line in call.text.split("\n"):
        if NUMBER.search(line):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _presses(line: str, dangers: set[str]) -> bool:
    number = NUMBER.search(line)
    return any(word in line for word in PRESSING) or (number is not None and number[0] in dangers)
