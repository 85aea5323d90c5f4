"""When a due row stands at a wrong time: what the product itself puts off is no damage."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.config import sample
from bot.config.city import town as build_town
from casework.agenda import agenda
from casework.case import Status
from casework.clockwork import by_rule
from tests.integration.storage.cast import pothole
from usecases.auditing.due_checks import View, astray
from usecases.records import DueRow

if TYPE_CHECKING:
    from casework.agenda import Entry

TOWN = build_town(sample({}))
CASE = by_rule(pothole(), pothole().reported_at, TOWN)
NOW = CASE.reported_at
HOUR = timedelta(hours=1)
YEARS = timedelta(days=1500)
CHECKED = replace(CASE, status=Status.CHECKING, submitted_at=NOW)


def row(entry: Entry, at: datetime | None = None, state: str = "pending") -> DueRow:
    """The row of an entry, as it should be or otherwise."""
    return DueRow(
        kind=entry.kind.value, key=entry.key, case_id=CASE.id, at=at or entry.at, state=state
    )


COMING = next(e for e in agenda(CASE, TOWN) if e.at > NOW + 4 * HOUR)


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (row(COMING), False),
        (row(COMING, COMING.at + YEARS), True),
        (row(COMING, COMING.at - HOUR), True),
        (row(COMING, NOW), False),
        (row(COMING, state="cancelled"), False),
        (row(COMING, state="done"), True),
        (row(COMING, state="dropped"), True),
        (row(COMING, NOW - HOUR, state="done"), False),
    ],
    ids=["right", "put off", "too early", "due now", "off", "done", "dropped", "a key again"],
)
def test_a_row_stands_where_the_agenda_puts_it(found: DueRow, wrong: bool) -> None:  # noqa: FBT001
    """Also one that was settled before its time."""
    view = View(town=TOWN, now=NOW, reached=NOW)
    assert astray(CASE, [found], view) == ({COMING.key} if wrong else frozenset())


def test_a_clock_that_was_put_back_leaves_rows_that_were_done_later_than_now() -> None:
    """Something has fallen due at that moment; nobody knows it of a database of before."""
    done = row(COMING, state="done")
    for reached in (COMING.at, None):
        assert astray(CASE, [done], View(town=TOWN, now=NOW, reached=reached)) == frozenset()


def test_a_check_whose_sheet_came_late_is_reminded_of_later() -> None:
    """By as long as a check may wait, and not by years."""
    entry = agenda(CHECKED, TOWN)[0]
    view = View(town=TOWN, now=entry.at + HOUR, reached=entry.at)
    assert astray(CHECKED, [row(entry, view.now + HOUR)], view) == frozenset()
    assert astray(CHECKED, [row(entry, view.now + YEARS)], view) == {entry.key}


def test_what_has_come_is_not_put_off() -> None:
    """A reminder of a moment that has passed, and that was moved to later, is owed."""
    view = View(town=TOWN, now=COMING.at + HOUR, reached=COMING.at)
    assert astray(CASE, [row(COMING, COMING.at + YEARS)], view) == {COMING.key}
    assert astray(CASE, [row(COMING)], view) == frozenset()
