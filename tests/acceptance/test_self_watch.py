"""The self-watch on a living city: planted damage is found in a minute, mended or told once."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.audit_command import Audit
from bot.cli_texts import say
from bot.config import sample
from bot.progress import Progress
from tests import databases
from tests.acceptance.city import CAPTION, city
from tests.acceptance.damage import PLANTS, STRAY, plant, plants, written
from tests.acceptance.scenes import choose, fault, taken
from tests.fakes.clock import ManualClock

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from tests.acceptance.city import City
    from tests.acceptance.damage import Plant

PATIENCE = 400
"""Seconds; on a machine that does nothing else a tenth of it is enough."""
PERIOD = 60
"""Seconds within which damage is found."""


def watched(settings: Settings) -> Settings:
    """The sample town with the auditor at work, as it ships."""
    return replace(settings, watch=replace(settings.watch, audit_seconds=PERIOD))


async def living(town: City) -> None:
    """A case in its joint check, one that was taken, one that waits for a claim."""
    for who in ("supervisor01", "clerk01"):
        await town.start(who)
    mended = await taken(town)
    await town.photo("repairer01", "修好了", reply_to=mended)
    await taken(town, "officer02", "时风路 路沿石缺失")
    await town.photo("officer03", CAPTION)
    await town.advance(minutes=40)


async def told(town: City) -> list[str]:
    """What the auditor has told a supervisor."""
    return [text for text in await town.private("supervisor01") if text.startswith("自检")]


def auditor(folder: Path) -> Audit:
    """`xunchaqun audit`, beside the bot."""
    return Audit(
        settings=databases.housed(replace(sample({}), data=folder)),
        clock=ManualClock(),
        language="en",
        tell=print,
        progress=Progress("en", io.StringIO()),
        moment=0,
    )


async def audited(command: Audit, town: City, *, repair: bool = False) -> tuple[int, str]:
    """Its exit code, and what it says."""
    said: list[str] = []
    command.clock, command.tell = ManualClock(await town.now()), said.append
    code = await asyncio.to_thread(command.run, repair=repair)
    return code, "\n".join(said)


def named(kind: str, said: str) -> bool:
    """Whether the command line says this of something."""
    words = say(f"audit-{kind}", "en", name="◊", seq=1, what="◊")
    return all(part in said for part in words.split("◊"))


@pytest.mark.timeout(PATIENCE)
@pytest.mark.both_databases
@pytest.mark.parametrize("part", [0, 1])
async def test_planted_damage_is_found_within_a_minute_and_mended_or_told_once(
    tmp_path: Path, part: int
) -> None:
    """32 plants, one after the other; `xunchaqun audit` names each; then all is quiet again."""
    async with city(tmp_path, change=watched) as town:
        await living(town)
        command = auditor(tmp_path)
        code, said = await audited(command, town)
        assert (code, await told(town)) == (0, []), said
        for damage in plants(tmp_path)[part::2]:
            before = await told(town)
            plant(tmp_path, damage)
            code, said = await audited(command, town)
            assert (damage.kind, code, named(damage.kind, said)) == (damage.kind, 1, True), said
            await town.advance(seconds=PERIOD)
            await _ended(tmp_path, town, damage, before)


async def _ended(folder: Path, town: City, damage: Plant, before: list[str]) -> None:
    """It was mended in silence, or told once; taken back it is forgotten."""
    news = (await told(town))[len(before) :]
    if damage.mended:
        assert databases.rows(folder, written(damage.mended)), damage.kind
        assert damage.whole(folder), damage.kind
        assert news == [], damage.kind
    else:
        assert len(news) == 1, damage.kind
    await town.advance(seconds=PERIOD)
    assert (await told(town))[len(before) :] == news, damage.kind
    if damage.undo:
        databases.change(folder, *map(written, damage.undo))
        await town.advance(seconds=PERIOD)
        kinds = databases.rows(folder, "SELECT kind FROM findings")
        assert (damage.kind,) not in kinds


async def test_what_waits_by_rule_and_a_clock_that_jumps_are_no_damage(tmp_path: Path) -> None:
    """A group without the bot, a rest after a 429, the quiet hours, half a day at once."""
    async with city(tmp_path, change=watched) as town:
        await town.start("supervisor01")
        await town.photo("officer01", CAPTION)
        await fault(town, "rate_limit", chat=town.group, retry_after=2400, count=1)
        await town.photo("officer02", "时风路 路沿石缺失")
        await town.advance(minutes=35)
        body = {"user": town.bot, "action": "remove"}
        await town.call("POST", f"/sim/chats/{town.group}/members", body)
        await town.advance(minutes=45)
        await town.jump(await town.now() + timedelta(hours=11))
        await town.advance(minutes=2)
        assert await told(town) == []
        assert databases.rows(tmp_path, "SELECT kind, name FROM findings") == []


async def test_a_card_that_had_nothing_to_change_is_not_out_of_date(tmp_path: Path) -> None:
    """A key was taken back before the card showed it: its edit was not made, and none is owed."""
    async with city(tmp_path, change=watched) as town:
        photo = await taken(town)
        await town.photo("repairer01", reply_to=photo)
        await town.advance(minutes=16)
        edits = len(await town.log("editMessageText"))
        await town.press("officer01", (await town.sheet(photo))["message_id"], "查验通过")
        await choose(town, "officer01", (await town.card(photo))["message_id"], "撤销")
        await town.advance(minutes=3)
        assert len(await town.log("editMessageText")) == edits


async def test_damage_that_stays_is_told_once_and_again_when_it_comes_back(tmp_path: Path) -> None:
    """Of one kind one message an hour, however often it comes and goes."""
    damage = next(one for one in PLANTS if one.kind == "file-stray")
    async with city(tmp_path, change=watched) as town:
        await town.start("supervisor01")
        await town.photo("officer01", CAPTION)
        for expected in (1, 1, 1):
            plant(tmp_path, damage)
            await town.advance(minutes=2)
            assert len(await told(town)) == expected
            (tmp_path / "photos" / STRAY).unlink()
            (tmp_path / "photos" / STRAY).parent.rmdir()
            await town.advance(minutes=2)
        plant(tmp_path, damage)
        await town.advance(minutes=61)
        assert len(await told(town)) == 2
