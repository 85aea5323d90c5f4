"""What is only in the environment of the service, which no tool beside it sees: address, token."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.cli import main

BOT = Path(__file__).parents[3] / "bot/data"
WEBHOOK = '\n[web]\nwebhook = "https://bot.example.org/telegram"\n'
NEEDS = {"en": "web.webhook: this needs “web.listen” as well", "zh": "web.webhook：用它还要填"}


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample town with a webhook, and a database; what a tool writes falls beside them."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "config.toml"
    shutil.copytree(BOT / "calendar", tmp_path / "calendar")
    text = (BOT / "sample_town.toml").read_text(encoding="utf-8")
    file.write_text(text + WEBHOOK, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/xunchaqun.sqlite3").write_bytes(b"")
    assert main(["migrate", "--config", str(file)], {}) == 0
    return file


@pytest.mark.parametrize(
    "words",
    [
        ("audit",),
        ("doctor", "--offline"),
        ("backup", "city.zip"),
        ("migrate",),
        ("quarantine", "list"),
        ("quarantine", "replay"),
    ],
)
def test_the_tools_beside_it_need_no_address(
    config: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """They listen nowhere. An audit names the daily tasks, which only a run plans."""
    assert main([*words, "--config", str(config)], {}) == int(words == ("audit",))
    said = capsys.readouterr()
    assert "web.listen" not in said.out + said.err


@pytest.mark.parametrize(
    "words",
    [
        ("audit",),
        ("backup", "city.zip"),
        ("migrate",),
        ("migrate", "--to", "sqlite:///other.sqlite3"),
        ("quarantine", "list"),
        ("calendar", "update", "--year", "2026"),
    ],
)
def test_the_tools_that_say_nothing_to_telegram_need_no_token(
    config: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup of root's crontab has no environment of the service's; a run asks for the token."""
    text = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r"(?m)^token = .*$", 'token = ""', text), encoding="utf-8")
    assert main([*words, "--config", str(config)], {}) == int(words == ("audit",))
    capsys.readouterr()
    assert main(["run", "--config", str(config), "--lang", "en"], {}) == 2
    assert "the bot token is missing" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_run_needs_one(config: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Telegram would bring updates to nobody."""
    assert main(["run", "--config", str(config), "--lang", lang], {}) == 2
    first, problem = capsys.readouterr().err.splitlines()
    assert str(config) in first
    assert NEEDS[lang] in problem


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_check_says_what_run_will_need(
    config: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is good all the same, and nothing is said where the address is known."""
    words = ["config", "check", str(config), "--lang", lang]
    assert main(words, {}) == 0
    good, note = capsys.readouterr().out.splitlines()
    assert "28" in good
    assert "XUNCHAQUN_WEB_LISTEN" in note
    assert main(words, {"XUNCHAQUN_WEB_LISTEN": "127.0.0.1:8080"}) == 0
    assert capsys.readouterr().out == f"{good}\n"
