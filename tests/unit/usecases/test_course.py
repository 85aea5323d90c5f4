"""What a history says of a case's columns: the auditor names those that hold something else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from casework.case import Tier
from tests.integration.storage.cast import pothole
from tests.unit.messages.cast import history
from usecases.auditing.course import contradicted

if TYPE_CHECKING:
    from casework.case import Case
    from usecases.records import HistoryRow


def reported(case: Case) -> HistoryRow:
    """The first row of a case."""
    told = history(
        "CaseReported",
        category=case.category,
        tier=case.tier.value,
        place=case.place,
        grid=case.grid,
        repairer=case.repairer,
        deadline=case.deadline.isoformat(),
    )
    return replace(told, actor=case.reporter, at=case.reported_at)


CASE = pothole()
FIRST = reported(CASE)


def test_a_case_as_it_was_reported_is_right() -> None:
    """Nothing has happened since."""
    assert contradicted(CASE, [FIRST]) == []
    assert contradicted(CASE, []) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"tier": Tier.PROMISED}, ["tier"]),
        ({"category": "other"}, ["category"]),
        ({"place": "elsewhere", "grid": 99}, ["place", "grid"]),
        ({"reporter": "somebody"}, ["reporter"]),
        ({"overdue": True}, ["overdue"]),
        ({"patrol_key": "officer05"}, ["patrol_key"]),
    ],
)
def test_what_no_event_has_told_is_named(changes: dict[str, Any], named: list[str]) -> None:
    """Each column by its name."""
    assert contradicted(replace(CASE, **changes), [FIRST]) == named


def test_after_an_undo_whatever_was_before_is_right() -> None:
    """And nothing else; what follows is certain again."""
    rows = [
        FIRST,
        history("CategoryChanged", category="curb", was=CASE.category),
        history("PressUndone", back_to="waiting"),
    ]
    for category in (CASE.category, "curb"):
        assert contradicted(replace(CASE, category=category), rows) == []
    assert contradicted(replace(CASE, category="third"), rows) == ["category"]
    rows.append(history("CategoryChanged", category="third", was=CASE.category))
    assert contradicted(replace(CASE, category="curb"), rows) == ["category"]


def test_a_limit_that_moved_untold_may_be_anything() -> None:
    """A promise names its day, and not the moment; the next event that tells it counts."""
    rows = [FIRST, history("PromiseAgreed", day="2026-03-20")]
    promised = replace(CASE, tier=Tier.PROMISED, deadline=CASE.reported_at)
    assert contradicted(promised, rows) == []
    rows.append(history("DeadlineChanged", deadline=CASE.deadline.isoformat()))
    assert contradicted(promised, rows) == ["deadline"]
    assert contradicted(replace(promised, deadline=CASE.deadline), rows) == []
