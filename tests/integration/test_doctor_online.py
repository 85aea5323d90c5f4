"""The doctor and Telegram: each thing that can be wrong there, made so in the simulator."""

from __future__ import annotations

import asyncio
import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.assembly import build_bot
from bot.checkup.doctor import doctor
from scheduler.clock import SystemClock
from simulator import Simulator
from storage import migrate
from tests.acceptance.city import City
from tests.integration.storage.cast import Book
from usecases.contest import CONTESTED
from usecases.gaps import HEARD
from usecases.inspecting import Mark
from usecases.records import Chat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from aiogram import Bot

    from bot.cli_texts import Language
    from bot.config import Settings

SAMPLE = Path(__file__).parents[2] / "bot/data/sample_town.toml"
TOKEN = "7000000001:SIMULATOR-xunchaqun-demo-token-0001"
SECRET = TOKEN.partition(":")[2]


class Practice:
    """A city that the doctor can be called to."""

    def __init__(self, town: City, config: Path) -> None:
        self.town = town
        self.config = config

    async def look(
        self,
        clock: Callable[[], datetime] | None = None,
        language: Language = "en",
        *,
        whole: bool = False,
    ) -> tuple[int, list[str]]:
        """The exit code, and what he says of Telegram, or of everything."""
        lines: list[str] = []
        now = clock or SystemClock().now
        call = partial(doctor, self.config, {}, now, language, lines.append, online=True)
        code = await asyncio.to_thread(call)
        assert SECRET not in "".join(lines)
        if whole:
            return code, lines
        first = next(at for at, line in enumerate(lines) if "disk" in line or "磁盘" in line)
        return code, lines[first + 1 : -1]

    async def member(self, action: str, user: int | None = None) -> None:
        """Something happens to the bot in the patrol group."""
        body = {"user": user or self.town.bot, "action": action}
        await self.town.call("POST", f"/sim/chats/{self.town.group}/members", body)

    def change(self, old: str, new: str) -> None:
        """Edit the configuration."""
        text = self.config.read_text(encoding="utf-8")
        assert old in text
        self.config.write_text(text.replace(old, new), encoding="utf-8")

    async def hook(self) -> dict[str, object]:
        """What Telegram says of the webhook."""
        async with self.town.session.get(f"{self.town.base}/bot{TOKEN}/getWebhookInfo") as answer:
            told: dict[str, object] = (await answer.json())["result"]
            return told

    async def api(self, method: str, **body: object) -> None:
        """A call of the bot's own."""
        url = f"{self.town.base}/bot{TOKEN}/{method}"
        async with self.town.session.post(url, json=body) as answer:
            assert answer.status == 200, await answer.text()


@pytest.fixture
async def practice(tmp_path: Path) -> AsyncIterator[Practice]:
    """The sample town on a simulator of its own."""
    shutil.copy(SAMPLE, tmp_path / "config.toml")
    shutil.copytree(SAMPLE.parent / "calendar", tmp_path / "calendar")
    async with Simulator() as simulator, aiohttp.ClientSession() as session:
        town = City(session, simulator.base_url)
        await town.meet()
        found = Practice(town, tmp_path / "config.toml")
        found.change("[telegram]", f'[telegram]\napi_base = "{simulator.base_url}"')
        yield found


def _only(lines: list[str], mark: str) -> str:
    [line] = [line for line in lines if line.startswith(mark)]
    return line


async def test_all_is_well(practice: Practice) -> None:
    """Token, clock, both groups, privacy; in both languages."""
    code, lines = await practice.look()
    assert code == 0
    assert [line[0] for line in lines] == ["✓"] * 5, lines
    assert "the token is good, this is @" in lines[0]
    assert lines[0].endswith(" ms from 127.0.0.1")
    assert lines[1].startswith("✓ clock: ")
    assert lines[2] == f"✓ group {practice.town.group} 巡查群: the bot is there and may do its work"
    _, lines = await practice.look(language="zh")
    assert lines[2] == f"✓ 群 {practice.town.group} 巡查群：机器人在群里，权限齐全"


async def test_a_token_that_is_refused_is_told(practice: Practice) -> None:
    """And where to get a right one."""
    practice.change("token-0001", "token-9999")
    code, [line] = await practice.look()
    assert code == 1
    assert line.startswith("✗ Telegram does not accept the token.")


async def test_an_unreachable_telegram_is_told(practice: Practice) -> None:
    """With the way to it."""
    practice.change(practice.town.base, "http://127.0.0.1:9")
    code, [line] = await practice.look()
    assert code == 1
    assert line.startswith("✗ Telegram cannot be reached at 127.0.0.1 (")
    assert "set telegram.proxy" in line


async def test_a_proxy_that_does_not_work_is_told_without_its_password(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the proxy that is named, or the package that it needs."""
    practice.change("[telegram]", '[telegram]\nproxy = "http://clerk:pr0xy-pass@127.0.0.1:9"')
    monkeypatch.setitem(sys.modules, "aiohttp_socks", None)
    code, [line] = await practice.look()
    assert code == 1
    assert line.startswith("✗ the Python package “aiohttp_socks” is not installed.")
    monkeypatch.setattr("bot.checkup.online.build_bot", _bot_without_proxy)
    code, [line] = await practice.look()
    assert code == 1
    assert "✗ Telegram cannot be reached at 127.0.0.1 (http://127.0.0.1:9)" in line
    assert "See that the proxy runs" in line
    assert "pr0xy-pass" not in line


def _bot_without_proxy(settings: Settings, answered: Callable[[int, str, str], None]) -> Bot:
    """As if the package were there, and nobody at the proxy's address."""
    nowhere = replace(settings.telegram, proxy="", api_base="http://127.0.0.1:9")
    return build_bot(replace(settings, telegram=nowhere), answered)


@pytest.mark.parametrize(("seconds", "mark"), [(20, "!"), (-3600, "✗")])
async def test_a_clock_that_is_off_is_told(practice: Practice, seconds: int, mark: str) -> None:
    """Against the date of Telegram's answer."""
    code, lines = await practice.look(lambda: datetime.now(UTC) + timedelta(seconds=seconds))  # noqa: TID251 - this is a wrong clock
    assert code == int(mark == "✗")
    line = _only(lines, f"{mark} the clock is")
    assert "timedatectl set-ntp true" in line


async def test_a_webhook_that_was_left_on_is_told(practice: Practice) -> None:
    """The bot polls, and gets nothing."""
    await practice.api("setWebhook", url="http://127.0.0.1:9/elsewhere/s3cret")
    code, lines = await practice.look()
    assert code == 1
    assert _only(lines, "✗").startswith("✗ a webhook at 127.0.0.1 is on")
    assert "s3cret" not in "".join(lines)


async def test_a_webhook_that_is_missing_elsewhere_or_failing_is_told(practice: Practice) -> None:
    """Telegram's own words about the last delivery."""
    hook = "http://127.0.0.1:9/hook"
    practice.change(
        "[telegram]", f'[web]\nlisten = "127.0.0.1:0"\nwebhook = "{hook}"\n\n[telegram]'
    )
    assert "Telegram knows of none" in _only((await practice.look())[1], "✗")
    await practice.api("setWebhook", url="http://127.0.0.1:9/elsewhere")
    assert "Telegram brings updates to 127.0.0.1, not to web.webhook" in _only(
        (await practice.look())[1], "✗"
    )
    await practice.api("setWebhook", url=hook)
    assert "✓ webhook at 127.0.0.1: good" in (await practice.look())[1]
    await practice.town.say("officer01", "有人吗", settle=0)
    async with asyncio.timeout(20):
        while not (await practice.hook()).get("last_error_message"):  # noqa: ASYNC110 - it happens elsewhere
            await asyncio.sleep(0.05)
    line = _only((await practice.look())[1], "!")
    assert line.startswith("! the webhook at 127.0.0.1 fails, 1 update(s) wait")


async def test_a_group_that_the_bot_was_thrown_out_of_is_told(practice: Practice) -> None:
    """With what to do."""
    await practice.member("remove")
    code, lines = await practice.look()
    assert code == 1
    line = _only(lines, "✗")
    assert line.startswith(f"✗ the bot is no longer in group {practice.town.group}")


async def test_a_group_that_telegram_does_not_know_is_told(practice: Practice) -> None:
    """A typing mistake in the number."""
    practice.change(f"chat = {practice.town.group}\n", "chat = -4999999\n")
    code, lines = await practice.look()
    assert code == 1
    assert _only(lines, "✗").startswith("✗ Telegram knows no group -4999999")


async def test_a_bot_that_is_no_admin_is_told_what_it_cannot_do(practice: Practice) -> None:
    """With privacy mode on it is blind."""
    await practice.member("demote")
    code, lines = await practice.look()
    bad = [line for line in lines if line[0] in "!✗"]
    assert len(bad) == 1
    sees = bad[0].startswith(f"! the bot is no admin in group {practice.town.group} 巡查群")
    blind = bad[0].startswith(f"✗ in group {practice.town.group} 巡查群 the bot sees no photos")
    assert sees or blind
    assert code == int(blind)


async def test_a_group_that_has_moved_is_looked_at_where_it_is_now(practice: Practice) -> None:
    """The configuration names it by its first number; the database knows the other."""
    group = practice.town.group
    moved = await practice.town.call("POST", "/sim/faults", {"kind": "migrate", "chat": group})
    file = practice.config.parent / "data" / "xunchaqun.sqlite3"
    file.parent.mkdir()
    migrate.upgrade(f"sqlite:///{file}", backup_folder=None)
    book = Book(f"sqlite:///{file}")
    with book.work() as unit:
        unit.chats.save(Chat(chat=str(moved["migrate_to_chat_id"]), origin=str(group)))
    book.close()
    code, lines = await practice.look()
    assert code == 0
    assert f"✓ group {group} 巡查群: the bot is there and may do its work" in lines
    asked = [call["chat"] for call in await practice.town.log("getChat")]
    assert moved["migrate_to_chat_id"] in asked
    assert group not in asked


def _noted(practice: Practice, *marks: Mark) -> None:
    """The city has noted something, by the clock that it goes by."""
    file = practice.config.parent / "data" / "xunchaqun.sqlite3"
    file.parent.mkdir()
    migrate.upgrade(f"sqlite:///{file}", backup_folder=None)
    book = Book(f"sqlite:///{file}")
    with book.work() as unit:
        for mark in marks:
            unit.marks.put(mark)
    book.close()


def _at(moment: datetime) -> datetime:
    """What a clock says that stands."""
    return moment


async def test_ages_are_told_by_the_clock_that_the_city_follows(practice: Practice) -> None:
    """A practice city lives at another time than the machine."""
    there = await practice.town.now()
    machine = there + timedelta(days=40)
    _noted(practice, Mark(name=HEARD, at=there), Mark(name=CONTESTED, at=there))
    _, lines = await practice.look(lambda: machine, whole=True)
    assert any(line.startswith("! nothing has come from Telegram since ") for line in lines)
    text = practice.config.read_text(encoding="utf-8")
    follow = f'follow_clock = "{practice.town.base}"\n'
    practice.config.write_text(follow + text, encoding="utf-8")
    _, lines = await practice.look(lambda: machine, whole=True)
    assert not any("nothing has come from Telegram" in line for line in lines)
    assert any(line.startswith("✗ another program polled") for line in lines)
    assert f"there it is {there:%Y-%m-%d}" in lines[1]


async def test_without_the_clock_that_it_follows_no_age_is_told(practice: Practice) -> None:
    """Nobody knows them; that the clock does not answer is told, for `run` needs it."""
    there = await practice.town.now()
    _noted(practice, Mark(name=HEARD, at=there), Mark(name=CONTESTED, at=there))
    text = practice.config.read_text(encoding="utf-8")
    practice.config.write_text(f'follow_clock = "http://127.0.0.1:9"\n{text}', encoding="utf-8")
    for machine in (there, there + timedelta(days=40)):
        code, lines = await practice.look(partial(_at, machine), whole=True)
        assert code == 1
        told = [line for line in lines if "Telegram since" in line or "program polled" in line]
        assert told == []
        assert any(line.startswith("✗ no simulator answers at follow_clock") for line in lines)


async def test_the_doctor_disturbs_nobody(practice: Practice) -> None:
    """He only asks: no poll, no message, no change of anything."""
    await practice.look()
    calls = {call["method"] for call in await practice.town.log()}
    assert calls == {"getMe", "getWebhookInfo", "getChat", "getChatMember"}
