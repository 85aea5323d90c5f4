"""Texts of a made-up backup or a meddled database do nothing to the terminal that shows them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import unicodedata
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli_texts import say
from tests.integration.backup.town import PHOTOS, Town, members, settle
from tests.integration.storage.cast import NOON, Book
from usecases.records import Quarantined

if TYPE_CHECKING:
    from pathlib import Path

EVIL = "\x1b[2J\x9b31m\u202e东城\r\n✓ all is good\u2028\x07\ud800"
"""Clears and colours the screen, turns the writing round, forges a line, rings, is no text."""


@pytest.fixture
def town(tmp_path: Path, sqlite_template: Path) -> Town:
    """A city with three cases."""
    return settle(tmp_path / "town", sqlite_template)


def _see_plain(told: str) -> None:
    """Nothing but lines of characters that stay where they are; none is forged."""
    odd = {one for one in told if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert odd <= {"\n"}
    assert not [line for line in told.splitlines() if line.startswith("✓")]


def _remade(town: Town, config: bytes, **changed: str) -> Path:
    """A backup of it that somebody has changed: its configuration, its manifest."""
    file = town.folder / "city.zip"
    assert town.run("backup", file) == 0
    found = members(file)
    told: dict[str, Any] = json.loads(found.pop("manifest.json")) | changed
    found["config/config.toml"] += config
    data = found["config/config.toml"]
    member = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    told["members"]["config/config.toml"] = member
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(told))
    return file


def test_the_name_of_a_backups_city_moves_no_cursor(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Shown as one line, with a mark where something stood that is not shown."""
    file = _remade(town, b"", city=EVIL)
    (tmp_path / "new").mkdir()
    capsys.readouterr()
    assert Town(tmp_path / "new").run("restore", file, "--dry-run") == 0
    out, err = capsys.readouterr()
    assert "?[2J?31m?东城⏎✓ all is good???" in out
    _see_plain(out + err)


def test_nor_does_what_is_wrong_in_a_backups_configuration(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its values are quoted, and so are its keys."""
    wrong = '\n["\\u001b[2J"]\n"\\u009b31m" = "\\u202e"\n'
    file = _remade(town, wrong.encode())
    (tmp_path / "new").mkdir()
    capsys.readouterr()
    assert Town(tmp_path / "new").run("restore", file, "--dry-run") == 2
    err = capsys.readouterr().err
    assert "?[2J" in err
    _see_plain(err)


def test_nor_does_what_the_database_tells(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """Errors in the quarantine, names of what the auditor has found."""
    book = Book(town.database)
    with book.work() as unit:
        trace = f"Traceback (most recent call last):\n  x\nValueError: {EVIL[:-1]}"
        unit.quarantine.add(Quarantined(update_id=7, raw="{}", traceback=trace, at=NOON))
    book.close()
    with closing(sqlite3.connect(town.file)) as database, database:
        database.execute("UPDATE cases SET number = ? WHERE id = 1", (EVIL[:-1],))
    digest = hashlib.sha256(PHOTOS[0]).hexdigest()
    (town.folder / f"data/photos/{digest[:2]}/{digest[2:4]}/{digest}").unlink()
    for command in (("quarantine", "list"), ("audit",)):
        capsys.readouterr()
        assert town.run(*command) == 1
        out, err = capsys.readouterr()
        assert "?[2J?31m?东城" in out
        _see_plain(out + err)


def test_counts_are_shown_as_they_are() -> None:
    """Only words are looked at."""
    assert say("doctor_bad", "en", count=3) == "To be mended: 3."
