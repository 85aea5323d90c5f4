"""Several processes: any number on one PostgreSQL, one on an SQLite file, one poller a token."""

from __future__ import annotations

import asyncio
import itertools
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from tests import databases
from tests.acceptance import processes
from tests.acceptance.busy_hour import TOGETHER, Hour, kill, lives
from tests.acceptance.city import MORNING, SMALL, at_work, is_card, waiting
from tests.fakes.ports import held_port

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20260310
ROUNDS = 12
PATIENCE = 120
"""Seconds for the living to say all that the killed one could not, on a busy machine."""
WAITED = timedelta(seconds=1)
"""A process looks at its clock, and then waits for its turn to write: so old may its stamp be."""
LONGEST_JUMP = timedelta(seconds=61)
"""Of the clock, while all settles."""
SECRET = "a-secret_of-the-city"

on_postgresql = pytest.mark.parametrize("database", [databases.POSTGRESQL], indirect=True)
on_sqlite = pytest.mark.parametrize("database", [databases.SQLITE], indirect=True)


@on_postgresql
@pytest.mark.timeout(600)
async def test_of_three_processes_one_is_killed_under_load_and_nothing_is_lost(
    tmp_path: Path, database: str
) -> None:
    """By webhook; nothing is doubled but one ambiguous card, the limits and each order hold."""
    assert database == databases.POSTGRESQL
    async with processes.simulator(MORNING.strftime("%Y-%m-%dT%H:%M")) as town:
        hour = Hour(town, Random(SEED))  # noqa: S311 - chance, not secrecy
        with held_port() as port:
            config = by_webhook(processes.configured(tmp_path, town.base), port)
            async with lives(config, "--together") as births:
                crew = [await births.begin() for _ in range(TOGETHER)]
                for round_ in range(ROUNDS):
                    await hour.happens()
                    if round_ == ROUNDS // 2:
                        kill(crew[0])
                    await hour.jump(timedelta(seconds=20))
                shown = await hour.settled(PATIENCE)
                assert shown.missing(hour) == {}
                assert sum(len(cards) - 1 for cards in shown.cards.values()) <= 1
        numbers = sorted(number for found in shown.numbers.values() for number in found)
        assert numbers == [f"XC-20260310-{n:04}" for n in range(1, len(hour.photos) + 1)]
        calls = await town.get("/sim/log")
        assert [call for call in calls if call["status"] == 429] == []
    data = tmp_path / "data"
    _told_in_order(databases.rows(data, "SELECT lane, sent_at FROM outbox ORDER BY id"))
    owners = _one_call_a_chat(databases.rows(data, "SELECT chat, started, ended, owner FROM calls"))
    assert len(owners) > 1
    assert databases.rows(data, "SELECT count(*) FROM quarantine") == [(0,)]
    assert databases.rows(data, "SELECT count(*) FROM cases") == [(len(numbers),)]


def by_webhook(config: Path, port: int) -> Path:
    """Let Telegram bring the updates to a port that the processes share."""
    address = f"127.0.0.1:{port}"
    lines = ("[web]", f'listen = "{address}"', f'webhook = "http://{address}/telegram"')
    more = (f'secret = "{SECRET}"', "share_port = true", "max_connections = 10")
    config.write_text("\n".join([config.read_text("utf-8"), *lines, *more, ""]), encoding="utf-8")
    return config


def _told_in_order(rows: list[tuple[Any, ...]]) -> None:
    """What was queued first in a lane was told first."""
    last: dict[str, datetime] = {}
    for lane, sent in rows:
        if sent is not None:
            assert last.get(lane, sent) <= sent + WAITED, lane
            last[lane] = sent


def _one_call_a_chat(rows: list[tuple[Any, ...]]) -> set[str]:
    """No two calls to a chat at once, whoever made them; returns who did.

    Each process stamps by its own clock: one that has not yet heard of a jump is behind by it.
    """
    calls = sorted(rows)
    for (chat, _, ended, owner), (next_chat, started, _, other) in itertools.pairwise(calls):
        unheard = timedelta() if owner == other else LONGEST_JUMP
        assert chat != next_chat or ended <= started + WAITED + unheard
    return {owner for *_, owner in calls}


@on_postgresql
async def test_one_process_polls_another_stands_by_and_takes_over(
    tmp_path: Path, database: str
) -> None:
    """It also learns at once what the first one was told of a group, and of its rules."""
    assert database == databases.POSTGRESQL
    async with waiting(tmp_path) as (town, settings, clock):
        async with (
            at_work(settings, clock) as east,
            at_work(settings, clock) as west,
        ):
            assert is_card(await town.card(await town.photo("officer01", SMALL)))
            told = {"kind": "migrate", "chat": town.group}
            moved = await town.call("POST", "/sim/faults", told)
            town.group = moved["migrate_to_chat_id"]
            await town.advance(seconds=5)
            async with asyncio.timeout(PATIENCE):
                while not all(p.desk.homes.holds(str(town.group)) for p in (east, west)):  # noqa: ASYNC110 - news travels through threads
                    await asyncio.sleep(0.01)
        async with at_work(settings, clock):
            assert is_card(await town.card(await town.photo("officer02", SMALL)))


@on_sqlite
async def test_a_second_bot_on_one_file_or_with_one_token_is_refused_in_clear_words(
    tmp_path: Path, database: str
) -> None:
    """The first goes on, and the tools work beside it."""
    assert database == databases.SQLITE
    (tmp_path / "other").mkdir()
    async with processes.simulator("2026-03-10T08:30") as town:
        config = processes.configured(tmp_path, town.base)
        rival = processes.configured(tmp_path / "other", town.base)
        log = tmp_path / "run.log"
        async with processes.running("run", "--config", str(config), log=log) as bot:
            async with asyncio.timeout(PATIENCE):
                while not await town.log("getUpdates"):  # noqa: ASYNC110 - another process's doing
                    await asyncio.sleep(0.1)
            code, _, err = await processes.finished("run", "--config", str(config))
            assert code == 3
            assert f"the bot already runs on this database (process {bot.pid})" in err
            code, _, err = await processes.finished("migrate", "--config", str(config))
            assert code == 3
            assert "stop it first" in err
            await town.call("POST", "/sim/clock", {"set": "2026-03-10T08:40:00+08:00"})
            code, _, err = await processes.finished("run", "--config", str(rival))
            assert (code, "another program already polls" in err) == (3, True)
            assert "Traceback" not in err
            code, out, err = await processes.finished("quarantine", "list", "--config", str(config))
            assert (code, out) == (0, "in quarantine: 0\n"), err
            assert bot.returncode is None
