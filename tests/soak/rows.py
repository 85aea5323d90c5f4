"""The rows of the product against the calls that Telegram saw: each due, each told, once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.soak.archive import EDITS, SENDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.soak.archive import Archive
    from tests.soak.courses import Course
    from tests.soak.month import Month

SETTLED = frozenset({"done", "dropped", "cancelled"})
FIELDS = ("status", "tier", "category", "company", "repairer", "claimer", "round", "grid")


def left_behind(month: Month, archive: Archive) -> list[str]:
    """Due rows whose time is over and that were neither done nor dropped, with the reason."""
    wrong = []
    for row in archive.dues:
        if row["state"] not in SETTLED and row["at"] <= month.scale.end:
            wrong.append(f"{row['key']} of {row['at']:%m-%d %H:%M:%S} is {row['state']}")
        if row["state"] == "dropped" and not row["note"]:
            wrong.append(f"{row['key']} was dropped without a reason")
        if "failed" in row["note"]:
            wrong.append(f"{row['key']}: {row['note']}")
    return wrong


def told_once(archive: Archive) -> list[str]:
    """Rows of the outbox that no call, or more than one, has told; and calls without a row."""
    wrong = [
        f"{row['key']} is {row['state']} {row['note']}"
        for row in archive.outbox
        if row["state"] not in {"sent", "dropped"}
        or (row["state"] == "dropped" and not row["note"])
    ]
    rows = Counter(
        (row["sent_at"], int(row["chat"]))
        for row in archive.outbox
        if row["state"] == "sent" and row["kind"] != "reaction"
    )
    calls = Counter(
        (call.at, call.chat)
        for call in archive.calls
        if call.method in SENDS | EDITS | {"pinChatMessage"} or call.whispered
    )
    wrong += [f"told {n} times too often: {key}" for key, n in (calls - rows).items()]
    wrong += [f"never told: {key}" for key, _ in (rows - calls).items()]
    return wrong


def astray(archive: Archive, courses: Mapping[int, Course]) -> list[str]:
    """Cases that are not as their history tells."""
    wrong = []
    for case in archive.cases:
        last = courses[case["id"]].last
        for name in FIELDS:
            if getattr(last, name) != case[name]:
                told = getattr(last, name)
                wrong.append(f"{case['number']} {name}: {case[name]!r}, by its history {told!r}")
        if last.deadline != case["deadline"]:
            wrong.append(f"{case['number']} limit {case['deadline']}, not {last.deadline}")
        if last.overdue != bool(case["overdue"]):
            wrong.append(f"{case['number']} overdue: {case['overdue']}")
    return wrong
