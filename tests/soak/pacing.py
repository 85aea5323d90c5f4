"""When each row went out: at the moment it was wanted, or as soon as the pace let it."""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.soak.archive import Archive, Row
    from tests.soak.month import Month

SECOND = timedelta(seconds=1)
WINDOW = timedelta(seconds=60)
ROOM = 15
"""Calls in a window after which only a danger may still be told."""
EDIT_GAP = timedelta(seconds=3)
BURST = 5


def late(month: Month, archive: Archive) -> list[str]:
    """Rows that went out later than wanted while the pace had room for them."""
    times, lanes = _times(archive), _lanes(archive)
    wrong = []
    for row in archive.outbox:
        if row["state"] != "sent":
            continue
        wanted = max(row["not_before"], row["created_at"])
        if row["sent_at"] < wanted:
            wrong.append(f"{row['key']} went out {wanted - row['sent_at']} early")
        if month.stopped is not None and wanted < month.stopped[1] <= row["sent_at"]:
            wanted = month.stopped[1]  # it was queued in the last moment, or fell due meanwhile
        if (
            row["sent_at"] - wanted > SECOND
            and not _held(row, wanted, times)
            and not _behind(row, wanted, lanes)
        ):
            wrong.append(f"{row['key']} wanted {wanted:%m-%d %H:%M:%S}, sent {row['sent_at']:%T}")
    return wrong


def _times(archive: Archive) -> dict[int, list[datetime]]:
    found: dict[int, list[datetime]] = {}
    for call in archive.calls:
        if call.counts:
            found.setdefault(call.chat, []).append(call.at)
    return found


def _lanes(archive: Archive) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in archive.outbox:
        found.setdefault(row["lane"], []).append(row)
    return found


def _behind(row: Row, wanted: datetime, lanes: dict[str, list[Row]]) -> bool:
    """Whether an earlier row of the same case went first, as each lane keeps its order."""
    before = [one for one in lanes[row["lane"]] if one["id"] < row["id"] and one["sent_at"]]
    return any(wanted <= one["sent_at"] <= row["sent_at"] for one in before)


def _held(row: Row, wanted: datetime, times: dict[int, list[datetime]]) -> bool:
    """Whether the chat was full from the moment the row was wanted until it went."""
    chat = int(row["chat"])
    calls, sent = times.get(chat, []), row["sent_at"]
    if row["kind"] == "edit" and sent - wanted <= EDIT_GAP:
        return True
    if chat > 0:
        before = calls[: bisect_left(calls, sent)]
        return sent - wanted <= BURST * SECOND and bool(before) and sent - before[-1] <= SECOND
    return max(_in_window(calls, sent - SECOND), _in_window(calls, sent)) >= ROOM


def _in_window(calls: list[datetime], moment: datetime) -> int:
    """Calls in the window that ends just before a moment."""
    return bisect_left(calls, moment) - bisect_left(calls, moment - WINDOW)
