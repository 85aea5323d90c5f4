"""The whole month as one text: two runs with one seed must give the same, to the byte."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.soak.archive import Archive


def transcript(archive: Archive) -> str:
    """Every row of the history with its hash, then every call of the bot with time and words.

    Calls of one moment to several chats go out side by side; only the order in a chat is fixed.
    """
    return "\n".join([*_history(archive), *_calls(archive)])


def _history(archive: Archive) -> Iterator[str]:
    for row in archive.history:
        data = json.dumps(row.data, ensure_ascii=False, sort_keys=True)
        yield f"{row.case} {row.seq} {row.at} {row.actor} {row.event} {data} {row.hash}"


def _calls(archive: Archive) -> Iterator[str]:
    for call in sorted(archive.calls, key=lambda one: (one.at, one.chat)):
        if call.text or call.counts:
            yield f"{call.at} {call.method} {call.chat} {call.edits} {call.silent} {call.text!r}"


def first_difference(one: str, other: str) -> str:
    """The first lines that differ, side by side; empty when there are none."""
    for number, (left, right) in enumerate(zip(one.split("\n"), other.split("\n"), strict=False)):
        if left != right:
            return f"line {number}:\n{left}\n{right}"
    return "" if len(one) == len(other) else "one run says more than the other"
