"""The command line: helpful words, light start, one clear line for every error."""

from __future__ import annotations

import argparse
import errno
import os
import re
import string
import subprocess
import sys
import types
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cli import main
from bot.cli_texts import TEXTS
from bot.nursery import TaskFailedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.config import Settings

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "bot/data/sample_town.toml"
TOKEN = "7000000001:SIMULATOR-xunchaqun-demo-token-0001"
COMMANDS: tuple[list[str], ...] = (
    [],
    ["demo"],
    ["run"],
    ["simulator"],
    ["config"],
    ["config", "check"],
    ["quarantine"],
    ["quarantine", "list"],
    ["quarantine", "replay"],
    ["audit"],
    ["calendar"],
    ["calendar", "update"],
    ["doctor"],
    ["backup"],
    ["restore"],
)


@dataclass(frozen=True)
class Call:
    """One call of a stand-in."""

    name: str
    settings: tuple[Settings, ...]
    options: dict[str, object]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """Stand-ins for the modules behind the commands; what they were called with."""
    calls: list[Call] = []

    def record(name: str) -> Callable[..., int]:
        def stand_in(*settings: Settings, **options: object) -> int:
            calls.append(Call(name, settings, options))
            return 0

        return stand_in

    for module, names in (
        ("bot.demo", ("run_demo",)),
        ("bot.run", ("run_bot",)),
        ("bot.tools", ("list_quarantine", "replay_quarantine")),
        ("bot.audit_command", ("audit",)),
        ("bot.stand_in", ("run_simulator",)),
    ):
        stand_in = types.ModuleType(module)
        for name in names:
            setattr(stand_in, name, record(name))
        monkeypatch.setitem(sys.modules, module, stand_in)
    return calls


def _fails(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let `run` end with this error."""

    def fail(*_: object, **_how: object) -> int:
        raise error

    stand_in = types.ModuleType("bot.run")
    vars(stand_in)["run_bot"] = fail
    monkeypatch.setitem(sys.modules, "bot.run", stand_in)


def _run(*words: str, lang: str = "en") -> int:
    return main([*words, "--config", str(SAMPLE), "--lang", lang], {})


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_command_has_help_in_both_languages(
    words: list[str], lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--help` behind any command explains it."""
    with pytest.raises(SystemExit) as left:
        main([*words, "--help"], {"LANG": f"{lang}_XX.UTF-8"})
    assert left.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("用法：" if lang == "zh" else "usage: ")
    assert "{" not in out
    assert ("选项" in out) == (lang == "zh")


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """For bug reports."""
    with pytest.raises(SystemExit) as left:
        main(["--version"], {})
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("xunchaqun ")


@pytest.mark.parametrize(
    "words", [["--version"], ["--help"], ["config", "check", str(SAMPLE)]], ids=lambda w: w[0]
)
def test_light_commands_import_nothing_heavy(words: list[str]) -> None:
    """The library aiogram takes two seconds; a look at the help must not."""
    code = (
        "import sys\nfrom bot.cli import main\n"
        f"try: main({words!r}, {{}})\nexcept SystemExit: pass\n"
        "print(sorted({'aiogram', 'sqlalchemy', 'PIL', 'aiohttp', 'asyncio'} & set(sys.modules)),"
        " file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] in {"[]", "['asyncio']"}


def test_python_dash_m_bot_is_the_same_program() -> None:
    """Without the installed script too."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("xunchaqun ")


def test_demo_gets_its_options(called: list[Call]) -> None:
    """A time without offset is the city's."""
    words = ["demo", "--port", "0", "--data", "d", "--clock", "2026-11-20T16:50", "--no-open"]
    assert main(words, {}) == 0
    [call] = called
    assert call.name == "run_demo"
    clock = call.options.pop("clock")
    assert isinstance(clock, datetime)
    assert clock == datetime(2026, 11, 20, 8, 50, tzinfo=UTC)
    assert clock.utcoffset() == timedelta(hours=8)
    assert call.options == {"port": 0, "data": Path("d"), "open_browser": False}


def test_demo_needs_no_option(called: list[Call]) -> None:
    """The defaults of the five-minute demo."""
    assert main(["demo"], {}) == 0
    named: dict[str, object] = {"port": 8765, "data": None, "clock": None, "open_browser": True}
    assert called == [Call("run_demo", (), named)]


def test_the_simulator_gets_its_port(called: list[Call]) -> None:
    """And a way to say where it is."""
    assert main(["simulator", "--port", "9000"], {}) == 0
    [call] = called
    assert call.name == "run_simulator"
    assert (call.options["port"], call.options["clock"]) == (9000, None)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["run"], "run_bot"),
        (["quarantine", "list"], "list_quarantine"),
        (["quarantine", "replay"], "replay_quarantine"),
        (["audit"], "audit"),
    ],
)
def test_commands_get_the_settings(words: list[str], name: str, called: list[Call]) -> None:
    """From --config, or from the file that XUNCHAQUN_CONFIG names."""
    assert main([*words, "--config", str(SAMPLE)], {}) == 0
    assert main(words, {"XUNCHAQUN_CONFIG": str(SAMPLE)}) == 0
    assert [call.name for call in called] == [name, name]
    assert [one.city.name for call in called for one in call.settings] == ["样板市", "样板市"]


def test_without_a_configuration_the_way_to_one_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first run of a newcomer."""
    monkeypatch.chdir(tmp_path)
    assert main(["run"], {"LANG": "C"}) == 2
    assert "copy config.example.toml to begin" in capsys.readouterr().err


def test_a_good_configuration_is_called_good(capsys: pytest.CaptureFixture[str]) -> None:
    """And counted, so that a forgotten half is seen."""
    assert main(["config", "check", str(SAMPLE), "--lang", "zh"], {}) == 0
    out = capsys.readouterr().out
    assert re.search(r"没有问题：28 人，10 个网格，2 个群，9\d 个问题类别。", out)


def test_a_bad_configuration_lists_its_mistakes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, one line each."""
    path = tmp_path / "c.toml"
    path.write_text(SAMPLE.read_text(encoding="utf-8").replace('"clerk"', '"clark"'), "utf-8")
    assert main(["config", "check", str(path)], {"LANG": "zh_CN.UTF-8"}) == 2
    err = capsys.readouterr().err
    assert "有 1 处要改" in err
    assert "是不是“clerk”？" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["demo", "--port", "65536"], "“65536” is no port (0 to 65535)"),
        (["demo", "--port", "x"], "“x” is no port"),
        (["calendar", "update", "--year", "27x"], "“27x” is no year such as 2027"),
        (["calendar", "update", "--folder", "a", "--config", "b"], "calendar update --help"),
        (["demo", "--clock", "noon"], "“noon” is no time such as 2026-11-20T16:50"),
        (["dmeo"], "See: xunchaqun --help"),
        ([], "the following arguments are required: COMMAND"),
        (["config", "check"], "See: xunchaqun config check --help"),
        (["demo", "--lang", "fr"], "--lang"),
        (["--lang"], "--lang"),
    ],
)
def test_a_wrong_command_is_told(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the way to the help."""
    with pytest.raises(SystemExit) as left:
        main(words, {})
    assert left.value.code == 2
    assert told in capsys.readouterr().err


PIP = f"{sys.executable} -m pip install -e"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.EADDRINUSE, "in use"), "choose another with --port"),
        (PermissionError(errno.EACCES, "denied", "/srv/x"), "no access to /srv/x"),
        (OSError(errno.ENOSPC, "full"), "the disk is full"),
        (ModuleNotFoundError("x", name="psycopg"), f"{PIP} '{ROOT}[postgres]'"),
        (ModuleNotFoundError("x", name="aiohttp_socks"), f"{PIP} '{ROOT}[proxy]'"),
        (ModuleNotFoundError("x", name="aiogram"), "“aiogram” is not installed; install again"),
        (ValueError(f"no route\nto bot{TOKEN}"), "it failed (ValueError): no route\nRun it again"),
        (LookupError(f"https://x/bot{TOKEN}/getMe"), "it failed (LookupError): https://x/bot***"),
    ],
)
def test_an_error_is_one_clear_line_without_traceback(
    error: Exception, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And never shows the token."""
    _fails(monkeypatch, error)
    assert _run("run") == 1
    err = capsys.readouterr().err
    assert told in err
    assert "Traceback" not in err
    assert "SIMULATOR" not in err


def test_a_failed_task_is_told_by_its_own_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The nursery's wrapper says nothing to a newcomer."""
    failed = TaskFailedError("receiver")
    failed.__cause__ = OSError(errno.ENOSPC, "full")
    _fails(monkeypatch, failed)
    assert _run("run", lang="zh") == 1
    assert "磁盘已满" in capsys.readouterr().err


def test_debug_shows_the_traceback_without_the_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before or behind the command."""
    _fails(monkeypatch, LookupError(f"https://x/bot{TOKEN}/getMe"))
    for words in (["--debug", "run"], ["run", "--debug"]):
        assert _run(*words) == 1
        err = capsys.readouterr().err
        assert "Traceback" in err
        assert "SIMULATOR" not in err


def test_ctrl_c_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 130, as shells expect."""
    _fails(monkeypatch, KeyboardInterrupt())
    assert _run("run") == 130
    assert capsys.readouterr().err == "stopped.\n"


DOCTOR = ["doctor", "--offline", "--config", str(SAMPLE)]


@pytest.mark.parametrize(
    ("words", "unbuffered", "both"),
    [(DOCTOR, "", False), (DOCTOR, "1", True), (["--help"], "", False)],
)
def test_it_ends_quietly_when_its_reader_has_gone(
    words: list[str],
    unbuffered: str,
    both: bool,  # noqa: FBT001 - a parameter of the test
    tmp_path: Path,
) -> None:
    """As in `xunchaqun doctor | head -1`, also with 2>&1: no traceback, no word about a pipe."""
    reading, writing = os.pipe()
    os.close(reading)
    errors = tmp_path / "errors"
    with errors.open("wb") as kept, os.fdopen(writing, "wb") as unread:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=unread,
            stderr=unread if both else kept,
            check=False,
        )
    assert errors.read_bytes() == b""
    assert done.returncode == 141


@pytest.mark.parametrize("redirected", [">&-", "> /dev/full"])
def test_output_that_cannot_be_written_gives_no_traceback(redirected: str) -> None:
    """A closed output, a full disk: at most one line."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m bot --version {redirected}'],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "in main" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "<&-", ">&- 2>&- <&-"])
def test_a_command_does_its_work_with_its_streams_closed(closed: str) -> None:
    """As some schedulers start programs; what it would say goes nowhere."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m bot config check "{SAMPLE}" {closed}'],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_help_that_cannot_be_written_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk, as argparse of Python 3.11.2 lets it pass."""

    def full(*_words: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", full)
    assert _run("--help") == 1
    told = capsys.readouterr().err
    assert "No space left on device" in told
    assert told.count("\n") == 1


def test_a_broken_connection_is_no_reader_that_has_gone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told like any other failure."""
    _fails(monkeypatch, BrokenPipeError(errno.EPIPE, "Broken pipe"))
    assert _run("run") == 1
    assert "it failed (BrokenPipeError)" in capsys.readouterr().err


def test_both_languages_have_the_same_placeholders() -> None:
    """No text loses what it must name."""

    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for english, chinese in TEXTS.values():
        assert fields(english) == fields(chinese)
