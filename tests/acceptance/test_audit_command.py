"""`xunchaqun audit` by itself: what it names at once, and what it mends when it is told to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import databases
from tests.acceptance.city import CAPTION, city
from tests.acceptance.damage import PLANTS, plant
from tests.acceptance.scenes import taken
from tests.acceptance.test_self_watch import audited, auditor

if TYPE_CHECKING:
    from pathlib import Path

READ = "SELECT {} FROM cases WHERE id = 1"
WRITE = "UPDATE cases SET {} = {} WHERE id = 1"
LATER = "'2030-01-01 00:00:00.000000+00:00'"
WRITTEN = {
    "number": "'XC-7'",
    "tier": "'C'",
    "category": "'curb'",
    "place": "'elsewhere'",
    "grid": "7",
    "repairer": "'manager01'",
    "reporter": "'officer05'",
    "claimer": "'repairer05'",
    "claimed_at": LATER,
    "reported_at": LATER,
    "deadline": LATER,
    "closed_at": LATER,
    "overdue": "TRUE",
    "round": "2",
    "patrol_key": "'officer05'",
    "repair_key": "'repairer05'",
    "on_time": "FALSE",
    "main": "'XC-20260310-0001'",
    "cures": "'XC-20260310-0001'",
}
"""What somebody writes into the columns of a case that was mended, turned and closed."""


@pytest.mark.timeout(200)
async def test_each_column_that_the_history_contradicts_is_named(tmp_path: Path) -> None:
    """By `xunchaqun audit`; put back, all is as it must be."""
    async with city(tmp_path) as town:
        mended = await taken(town)
        await town.photo("repairer01", "修好了", reply_to=mended)
        await town.press("officer01", (await town.sheet(mended))["message_id"], "查验通过")
        await town.photo("officer03", CAPTION)
        command = auditor(tmp_path)
        code, said = await audited(command, town)
        assert code == 0, said
        for column, value in WRITTEN.items():
            [(before,)] = databases.rows(tmp_path, READ.format(column))
            databases.change(tmp_path, WRITE.format(column, value))
            code, said = await audited(command, town)
            assert (code, f"history tells ({column}" in said) == (1, True), (column, said)
            back = "NULL" if before is None else f"'{before}'"
            databases.change(tmp_path, WRITE.format(column, back))
        code, said = await audited(command, town)
        assert code == 0, said


LEDGER = {
    "another limit": "UPDATE clock SET until = {} WHERE case_id = 1 AND clock = 'repair'",
    "another stage": "UPDATE clock SET stage = 'guard' WHERE case_id = 1 AND clock = 'repair'",
    "a row is gone": "DELETE FROM clock WHERE case_id = 1 AND seq = 1",
    "a gap": "UPDATE clock SET seq = 9 WHERE case_id = 1 AND seq = 1",
}


@pytest.mark.both_databases
@pytest.mark.parametrize("words", LEDGER.values(), ids=LEDGER)
async def test_a_clock_ledger_that_somebody_changed_is_named(tmp_path: Path, words: str) -> None:
    """While the case is open; its claim has rows of its own, which stay."""
    async with city(tmp_path) as town:
        await taken(town)
        command = auditor(tmp_path)
        code, said = await audited(command, town)
        assert code == 0, said
        databases.change(tmp_path, words.format(LATER))
        code, said = await audited(command, town)
        assert (code, "its clock ledger has a gap" in said) == (1, True), said


async def test_what_can_be_derived_is_mended_without_a_running_bot_too(tmp_path: Path) -> None:
    """`xunchaqun audit --repair`; a second walk finds nothing."""
    async with city(tmp_path) as town:
        await town.photo("officer01", CAPTION)
        plant(tmp_path, next(one for one in PLANTS if one.kind == "counter-low"))
        databases.change(tmp_path, "DELETE FROM dues WHERE state = 'pending'")
        command = auditor(tmp_path)
        code, said = await audited(command, town, repair=True)
        assert code == 0, said
        assert "mended: 1" in said
        code, said = await audited(command, town)
        assert (code, "all is as it must be" in said) == (0, True), said
