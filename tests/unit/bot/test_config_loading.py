"""A configuration becomes typed objects; the environment overrides; secrets stay hidden."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.config import ConfigError, Secret, Settings, load, sample
from bot.config.environment import variables
from casework.people import Role
from casework.rules import Circle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "config.example.toml"
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
WITH_TOKEN = {"XUNCHAQUN_TELEGRAM_TOKEN": TOKEN}


def _every_default_written_out() -> str:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return "\n".join(line.removeprefix("# ") if " = " in line else line for line in lines)


def _loaded(text: str, folder: Path, env: Mapping[str, str]) -> Settings:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, env)


def test_the_example_loads_with_a_token_from_the_environment() -> None:
    """Copy, set the token, run."""
    settings = load(EXAMPLE, WITH_TOKEN)
    assert settings.telegram.token == Secret(TOKEN)
    assert settings.people[0].role is Role.OFFICER
    assert settings.people[0].pair == "repairer01"
    assert settings.data == ROOT / "data"


def test_the_defaults_written_in_the_example_are_the_defaults(tmp_path: Path) -> None:
    """Removing every `# ` before a key changes nothing but the practice clock."""
    text = _every_default_written_out()
    full = _loaded(text, tmp_path, WITH_TOKEN)
    assert full.rules == Settings().rules
    assert full.files == replace(Settings().files, calendar=tmp_path / "calendar")
    assert full.log == Settings().log
    assert full.database == Settings().database
    assert full.web == Settings().web
    assert full.health == Settings().health
    assert full.data == tmp_path / "data"
    assert full.follow_clock == "http://127.0.0.1:8765"
    assert (full.city.timezone, full.city.language) == ("Asia/Shanghai", "zh")
    assert full.telegram.api_base == Settings().telegram.api_base
    assert full.telegram.poll_seconds == Settings().telegram.poll_seconds


def test_the_example_names_every_key() -> None:
    """A key that nobody can find does not exist."""
    text = _every_default_written_out()
    for path, _ in variables().values():
        assert f"\n{path.rpartition('.')[2]} = " in text, path
    for key in ("chat", "key", "zone", "number", "company", "streets", "landmarks"):
        assert f"\n{key} = " in text
    for key in ("username", "name", "role", "grid", "pair", "away", "language"):
        assert f"\n{key} = " in text


def test_the_sample_town_is_complete() -> None:
    """Ten grids, ten pairs, two companies, everybody with a name."""
    town = sample()
    assert [grid.number for grid in town.grids] == list(range(1, 11))
    assert "官道街" in town.grids[0].streets
    officers = [person for person in town.people if person.role is Role.OFFICER]
    assert [person.pair for person in officers] == [f"repairer{n:02}" for n in range(1, 11)]
    assert len(town.people) == 28
    assert town.groups[0].chat == -4000001


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    """Every kind of value can come from a variable."""
    env = {
        **WITH_TOKEN,
        "XUNCHAQUN_DATABASE_URL": "postgresql://clerk:secret@db/xunchaqun",
        "XUNCHAQUN_DATA": "/srv/xunchaqun",
        "XUNCHAQUN_LOG_STYLE": "json",
        "XUNCHAQUN_TELEGRAM_POLL_SECONDS": "5",
        "XUNCHAQUN_TELEGRAM_PROXY": "",
        "XUNCHAQUN_CITY_NAME": "天门",
        "XUNCHAQUN_DIGESTS_FILING_AT": "17:30",
        "XUNCHAQUN_RULES_REMINDERS_BATCHES": "10:00, 15:00",
        "XUNCHAQUN_RULES_LADDER_B_CLAIM": "90 s",
        "XUNCHAQUN_RULES_NUDGES_A_POINTS": "80,100",
        "XUNCHAQUN_RULES_NUDGES_A_CIRCLES": "repairer,leader",
        "XUNCHAQUN_RULES_LIMITS_PROMISE_DAYS": "5,10",
        "XUNCHAQUN_CONFIG": "elsewhere.toml",
        "HOME": "/root",
    }
    settings = _loaded(EXAMPLE.read_text(encoding="utf-8"), tmp_path, env)
    assert settings.database_url == "postgresql://clerk:secret@db/xunchaqun"
    assert settings.data == Path("/srv/xunchaqun")
    assert settings.log.style == "json"
    assert settings.telegram.poll_seconds == 5
    assert settings.telegram.proxy == ""
    assert settings.city.name == "天门"
    assert settings.digests.filing.at == time(17, 30)
    assert settings.rules.reminders.batches == (time(10), time(15))
    assert settings.rules.ladder.b.claim == timedelta(seconds=90)
    assert settings.rules.nudges.a.points == (80, 100)
    assert settings.rules.nudges.a.circles == (Circle.REPAIRER, Circle.LEADER)
    assert settings.rules.limits.promise_days == (5, 10)


def test_working_hours_are_written_as_an_office_writes_them(tmp_path: Path) -> None:
    """With any dash, to 24:00, in a variable too; without the key they are the usual ones."""
    text = EXAMPLE.read_text(encoding="utf-8")
    usual = _loaded(text, tmp_path, WITH_TOKEN).rules.work.shifts
    assert [one.text for one in usual] == ["08:00-12:00", "14:00-18:00"]
    text = text.replace(
        "# shifts = [", 'shifts = ["8:30—12:00", "13:30 至 17:30", "22:00～24:00"] # ['
    )
    own = _loaded(text, tmp_path, WITH_TOKEN).rules.work.shifts
    assert [one.text for one in own] == ["08:30-12:00", "13:30-17:30", "22:00-24:00"]
    env = {**WITH_TOKEN, "XUNCHAQUN_RULES_WORK_SHIFTS": "00:00-24:00"}
    [whole] = _loaded(text, tmp_path, env).rules.work.shifts
    assert whole.end - whole.start == timedelta(days=1)


def test_a_token_may_come_from_a_file(tmp_path: Path) -> None:
    """As containers and systemd hand over secrets."""
    secret = tmp_path / "token"
    secret.write_text(f"{TOKEN}\n", encoding="utf-8")
    settings = load(EXAMPLE, {"XUNCHAQUN_TELEGRAM_TOKEN_FILE": str(secret)})
    assert settings.telegram.token.reveal() == TOKEN


def test_a_missing_token_file_is_told_once(tmp_path: Path) -> None:
    """The file is named; that there is then no token is no second problem."""
    gone = str(tmp_path / "gone")
    with pytest.raises(ConfigError) as caught:
        load(EXAMPLE, {"XUNCHAQUN_TELEGRAM_TOKEN_FILE": gone})
    assert caught.value.lines("en") == (
        f"XUNCHAQUN_TELEGRAM_TOKEN_FILE: there is no file or folder {gone}.",
    )


@pytest.mark.parametrize(
    ("kind", "told", "chinese"),
    [
        ("folder", "this is a folder; a file is wanted", "这是文件夹"),
        ("bytes", "the file is not UTF-8 text", "不是 UTF-8"),
        ("locked", "this account may not read the file", "无权读"),
    ],
)
def test_a_token_file_that_is_there_and_cannot_be_read_is_told_as_what_it_is(
    kind: str, told: str, chinese: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not as one that is missing."""
    place = tmp_path / "token"
    if kind == "folder":
        place.mkdir()
    else:
        place.write_bytes(b"\xff\xfe")
    if kind == "locked":  # whoever runs the tests may read everything
        monkeypatch.setattr(Path, "read_text", _refuse(place, Path.read_text))
    with pytest.raises(ConfigError) as caught:
        load(EXAMPLE, {"XUNCHAQUN_TELEGRAM_TOKEN_FILE": str(place)})
    [line], [zh] = (caught.value.lines(language) for language in ("en", "zh"))
    assert line.startswith(f"XUNCHAQUN_TELEGRAM_TOKEN_FILE: {place}: {told}")
    assert chinese in zh


def _refuse(locked: Path, read: Callable[..., str]) -> Callable[..., str]:
    """A reading of files that fails at one of them."""

    def read_text(path: Path, **options: str) -> str:
        if path == locked:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path, **options)

    return read_text


def test_secrets_never_show() -> None:
    """Neither repr nor str nor a nested object prints the token or a database password."""
    url, proxy = "postgresql://c:s3cret@db/x", "socks5://c:pr0xy%2Fpass@127.0.0.1:1080"
    env = {"XUNCHAQUN_DATABASE_URL": url, "XUNCHAQUN_TELEGRAM_PROXY": proxy}
    settings = load(EXAMPLE, {**WITH_TOKEN, **env})
    for shown in (repr(settings), str(settings), f"{settings.telegram.token}"):
        assert TOKEN not in shown
        assert "s3cret" not in shown
    passwords = ("s3cret", "pr0xy%2Fpass", "pr0xy/pass")
    assert settings.secrets == (TOKEN, *passwords, settings.hook_secret)
    assert Secret("") == Secret("")
    assert not Secret("")
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2


def test_a_database_may_be_reached_by_a_socket_of_this_machine() -> None:
    """Its folder is the host, behind the question mark."""
    url = "postgresql://clerk@/xunchaqun?host=/run/postgresql"
    assert load(EXAMPLE, {**WITH_TOKEN, "XUNCHAQUN_DATABASE_URL": url}).database_url == url


def test_the_database_lies_in_the_data_folder_by_default() -> None:
    """One folder holds everything that a backup must hold."""
    settings = load(EXAMPLE, WITH_TOKEN)
    assert settings.database_url == f"sqlite:///{ROOT / 'data' / 'xunchaqun.sqlite3'}"


def test_times_may_be_written_as_toml_times_and_spans_in_chinese(tmp_path: Path) -> None:
    """What a clerk writes naturally is understood."""
    text = EXAMPLE.read_text(encoding="utf-8").replace(
        '# morning = "08:30"', 'morning = 07:30:00\ngap = "20 分钟"'
    )
    reminders = _loaded(text, tmp_path, WITH_TOKEN).rules.reminders
    assert reminders.morning == time(7, 30)
    assert reminders.gap == timedelta(minutes=20)


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    """A byte order mark is no fault."""
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.read_bytes())
    assert load(path, WITH_TOKEN).city.name == "样板市"


def test_all_processes_of_one_bot_agree_on_the_webhooks_secret() -> None:
    """It is made from the token if none is given, is never empty, and is never printed."""
    first, again = (load(EXAMPLE, WITH_TOKEN) for _ in range(2))
    assert first.hook_secret == again.hook_secret
    assert len(first.hook_secret) == 64
    assert first.hook_secret in first.secrets
    assert TOKEN not in first.hook_secret
    given = load(EXAMPLE, {**WITH_TOKEN, "XUNCHAQUN_WEB_SECRET": "s3cret"})
    assert given.hook_secret == "s3cret"
    assert "s3cret" not in repr(given)
