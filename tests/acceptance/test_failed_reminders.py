"""A reminder that the program itself cannot make: the supervisors hear of it, once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casework.agenda import Kind
from tests import databases
from tests.acceptance.city import city
from tests.acceptance.scenes import taken
from tests.acceptance.test_self_watch import told
from usecases import fall_due

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from bot.config import Settings
    from casework.case import Case
    from usecases.office import Office
    from usecases.records import DueRow, Outcome
    from usecases.sayings import Sayings


def seldom(settings: Settings) -> Settings:
    """The auditor looks each hour: the test goes on for days."""
    return replace(settings, watch=replace(settings.watch, audit_seconds=3600))


async def test_a_reminder_that_cannot_be_made_is_told_to_the_supervisors_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the number of its case; the others come, and so do the later ones of that case."""
    number = "XC-20260310-0001"
    nudge = fall_due._HANDLERS[Kind.NUDGE]  # noqa: SLF001 - a mistake of the program's own

    def mistaken(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
        if case.number == number:
            raise KeyError(row.key)
        return nudge(office, case, row, sayings)

    async with city(tmp_path, change=seldom) as town:
        await town.start("supervisor01")
        await taken(town)
        await taken(town, "officer02", "时风路 路沿石缺失")
        with monkeypatch.context() as patch:
            patch.setitem(fall_due._HANDLERS, Kind.NUDGE, mistaken)  # noqa: SLF001 - likewise
            while not await told(town):
                await town.advance(hours=6)
        (words,) = await told(town)
        assert "到点办理出错 1 件" in words
        assert number in words
        await town.advance(hours=4)
        assert await told(town) == [words]
    dues = "SELECT case_id, state FROM dues WHERE kind = 'nudge' AND note LIKE 'failed:%'"
    assert databases.rows(tmp_path, dues) == [(1, "dropped")]
