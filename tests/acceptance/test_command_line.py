from __future__ import annotations

import asyncio
import signal
import socket
from functools import partial
from typing import TYPE_CHECKING

import aiohttp
import pytest

from simulator import Simulator
from tests import databases
from tests.acceptance.city import SMALL, City, is_card, jpeg
from tests.acceptance.processes import address_of, configured, finished, start, stopped
from tests.fakes.odd_telegram import from_officer, odd_telegram, photo

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Awaitable, Callable
    from pathlib import Path

TOKEN = "7000000001:SIMULATOR-xunchaqun-demo-token-0001"
SECRET = "SIMULATOR-xunchaqun-demo-token"
SOON = 20
"""Seconds in which a program on a busy machine must have done something."""


async def until(true: Callable[[], Awaitable[object]]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(SOON):
        while not await true():  # noqa: ASYNC110 - it happens in another process
            await asyncio.sleep(0.05)


async def post(town: City, caption: str) -> int:
    """Officer01 posts a photo, and time goes on by itself."""
    form = aiohttp.FormData({"from": str(town.ids["officer01"]), "caption": caption})
    form.add_field("photo", jpeg(), filename="photo.jpg", content_type="image/jpeg")
    url = f"{town.base}/sim/chats/{town.group}/messages"
    async with town.session.post(url, data=form) as answer:
        return int((await answer.json())["message_ids"][0])


async def output_of(process: Process) -> str:
    """All that a stopped program wrote."""
    out, err = await process.communicate()
    return (out + (err or b"")).decode()


async def test_the_demo_says_where_it_is_works_and_stops_at_ctrl_c(tmp_path: Path) -> None:
    """Also with photos in flight; the next demo in the same folder keeps the earlier one."""
    words = ("demo", "--port", "0", "--no-open", "--data", str(tmp_path))
    demo = await start(*words, "--clock", "2026-11-20T16:50")
    async with aiohttp.ClientSession() as session:
        town = City(session, await address_of(demo))
        await town.meet()
        assert (await town.now()).isoformat().startswith("2026-11-20T16:5")
        first = await post(town, SMALL)
        await until(lambda: town.replies(first))
        for _ in range(12):
            await post(town, SMALL)
    assert await stopped(demo, signal.SIGINT) == 0
    assert "Traceback" not in await output_of(demo)
    again = await start(*words)
    await address_of(again)
    assert await stopped(again, signal.SIGTERM) == 0
    earlier = tmp_path / "earlier-1" / "xunchaqun.sqlite3"
    assert not earlier.stat().st_mode & 0o007, "other accounts of the machine may read it"
    await output_of(again)


async def test_a_taken_port_is_one_clear_line() -> None:
    """With what to do about it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, out, err = await finished("demo", "--no-open", "--port", port)
    assert (code, out) == (1, "")
    assert "choose another with --port" in err
    assert len(err.splitlines()) == 1, err


async def test_a_wrong_token_is_told_and_never_shown(tmp_path: Path) -> None:
    """`run` ends at once, with the way to a right one."""
    wrong = TOKEN.replace("0001", "9999")
    async with Simulator() as simulator:
        config = configured(tmp_path, simulator.base_url)
        config.write_text(config.read_text(encoding="utf-8").replace(TOKEN, wrong), "utf-8")
        code, out, err = await finished("run", "--debug", "--config", str(config))
    assert code == 1
    assert "Telegram does not accept the token" in err.splitlines()[-1]
    assert SECRET not in out + err


@pytest.mark.parametrize("database", [databases.SQLITE], indirect=True)
async def test_a_missing_simulator_a_missing_database_and_a_broken_file_are_told(
    tmp_path: Path,
) -> None:
    """One line each, and the exit code says which kind it was."""
    config = configured(tmp_path, "http://127.0.0.1:9")
    code, _, err = await finished("run", "--config", str(config))
    assert (code, len(err.splitlines())) == (1, 1), err
    assert "no simulator answers at follow_clock (http://127.0.0.1:9)" in err
    for words in (("audit",), ("quarantine", "list")):
        code, _, err = await finished(*words, "--config", str(config))
        assert (code, len(err.splitlines())) == (1, 1), err
        assert "xunchaqun.sqlite3 yet; xunchaqun run makes it" in err
    config.write_text("[telegram\n", encoding="utf-8")
    for words in (("run", "--config"), ("config", "check")):
        code, _, err = await finished(*words, str(config))
        assert code == 2
        assert "config.toml cannot be used, 1 thing(s) to correct:" in err.splitlines()[0]


async def test_run_outlives_lost_files_and_a_lost_network_and_never_logs_the_token(
    tmp_path: Path,
) -> None:
    """With `--debug`, which tells everything else."""
    log = tmp_path / "err.log"
    async with Simulator() as simulator, aiohttp.ClientSession() as session:
        town = City(session, simulator.base_url)
        await town.meet()
        await town.call("POST", "/sim/faults", {"kind": "file_gone", "count": 1})
        config = configured(tmp_path, simulator.base_url)
        bot = await start("run", "--debug", "--config", str(config), log=log)
        first = await post(town, SMALL)
        await until(lambda: _logged(log, "photo.doubtful"))
        await until(lambda: town.replies(first))
    await until(lambda: _logged(log, "receiver.poll_failed"))
    assert await stopped(bot, signal.SIGTERM) == 0
    await output_of(bot)
    said = log.read_text(encoding="utf-8")
    assert "bot.started" in said
    assert SECRET not in said


async def _logged(log: Path, words: str) -> bool:
    return words in await asyncio.to_thread(log.read_text, encoding="utf-8")


async def _called(town: City, method: str, times: int) -> bool:
    return len(await town.log(method)) >= times


async def test_a_failing_update_waits_in_quarantine_and_changes_are_found(tmp_path: Path) -> None:
    """It neither blocks the rest of its batch nor disappears; `audit` names a changed history."""
    odd = from_officer(702, text=5)
    async with odd_telegram(photo(701, SMALL), odd, photo(703, "时风路 路灯不亮")) as telegram:
        config = configured(tmp_path, telegram.base)
        text = config.read_text(encoding="utf-8")
        config.write_text(text.replace(f'follow_clock = "{telegram.base}"', ""), "utf-8")
        bot = await start("run", "--config", str(config), log=tmp_path / "err.log")
        await until(lambda: _sent(telegram.calls, 2))
        assert telegram.confirmed == 704
        assert await stopped(bot, signal.SIGTERM) == 0
        await output_of(bot)
    place = ("--config", str(config))
    code, out, _ = await finished("quarantine", "list", *place)
    assert code == 1
    assert out.startswith("update 702 of 20")
    assert "ValidationError" in out
    assert out.endswith("in quarantine: 1\n")
    databases.change(
        tmp_path / "data",
        # As if a newer program understood it.
        'UPDATE quarantine SET raw = replace(raw, \'"text": 5\', \'"text": "5"\')',
        "UPDATE history SET actor = 'officer09' WHERE case_id = 2",
    )
    [(changed,)] = databases.rows(tmp_path / "data", "SELECT number FROM cases WHERE id = 2")
    code, out, _ = await finished("quarantine", "replay", *place)
    assert (code, out) == (0, "update 702 went through\nwent through: 1, left: 0\n")
    code, out, _ = await finished("audit", *place)
    assert code == 1
    assert out.splitlines()[0] == f"{changed}: the history does not fit from row 1 on"


async def _sent(calls: list[str], cards: int) -> bool:
    return calls.count("sendMessage") >= cards


async def test_what_came_before_the_start_is_handled_and_a_stop_waits_for_nobody(
    tmp_path: Path,
) -> None:
    """Each photo has its card once; calls that hang do not hold up the stop beyond 5 s."""
    async with Simulator() as simulator, aiohttp.ClientSession() as session:
        town = City(session, simulator.base_url)
        await town.meet()
        config = configured(tmp_path, simulator.base_url)
        photos = [await post(town, SMALL) for _ in range(3)]
        bot = await start("run", "--config", str(config), log=tmp_path / "err.log")
        for number in photos:
            await until(partial(town.replies, number))
        for method in ("getFile", "sendMessage"):
            hang = {"kind": "delay", "seconds": 600, "method": method, "count": 9}
            await town.call("POST", "/sim/faults", hang)
        await post(town, SMALL)
        await until(lambda: _called(town, "setMessageReaction", 4))
        assert await stopped(bot, signal.SIGTERM) == 0
        await output_of(bot)
        assert len([m for m in await town.from_bot() if is_card(m)]) == len(photos)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_start_that_hangs_is_given_up_at_a_signal(tmp_path: Path, number: int) -> None:
    """The clock that it should follow takes the connection and says nothing."""
    came, over = asyncio.Event(), asyncio.Event()

    async def say_nothing(_lines: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        came.set()
        await over.wait()
        answer.close()
        await answer.wait_closed()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        config = configured(tmp_path, f"http://127.0.0.1:{port}")
        bot = await start("run", "--config", str(config), log=tmp_path / "err.log")
        await asyncio.wait_for(came.wait(), SOON)
        assert await stopped(bot, number) == 0
        await output_of(bot)
        over.set()
    [line] = (tmp_path / "err.log").read_text(encoding="utf-8").splitlines()
    assert "stopped before it was ready" in line
