"""Backups that are cut off, altered or made up: one clear line, and nothing is written."""

from __future__ import annotations

import json
import random
import struct
import warnings
import zipfile
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from bot.backup.checking import opened
from bot.backup.errors import BackupDamagedError, BackupError, BackupNewerError, NotABackupError
from tests.integration.backup.town import Town, failure, members, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

DIGEST = "ab" * 32


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> bytes:
    """A good backup, made once."""
    folder = tmp_path_factory.mktemp("whole")
    assert settle(folder / "town", sqlite_template).run("backup", folder / "town.zip") == 0
    return (folder / "town.zip").read_bytes()


@pytest.fixture
def made(whole: bytes, tmp_path: Path) -> Path:
    """A copy of it, to be spoilt."""
    file = tmp_path / "town.zip"
    file.write_bytes(whole)
    return file


@pytest.fixture
def new(tmp_path: Path) -> Town:
    """A place where nothing is."""
    (tmp_path / "new").mkdir()
    return Town(tmp_path / "new")


def _verified(file: Path) -> None:
    with opened(file) as backup:
        backup.verify(lambda _more: None)


def _rewritten(made: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> None:
    """The backup with other members or another manifest."""
    found = members(made)
    told = json.loads(found.pop("manifest.json"))
    change(found, told)
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in found.items():
            archive.writestr(name, data)
        archive.writestr("manifest.json", json.dumps(told))


NAMES = (
    "../evil",
    "config/../../evil",
    "config/../config.toml",
    "/etc/evil",
    "config//evil",
    "config/./evil",
    "config/",
    "config/...",
    "config/ . /evil",
    "config/evil\\..\\evil",
    "config/C:/evil",
    "config/e\x00vil",
    "config/e\nvil",
    "config/" + "a/" * 9 + "evil",
    "config/" + "a" * 300,
    "database/other.sqlite3",
    "database/rows/../../evil.jsonl",
    "photos/evil",
    f"photos/ab/ab/{DIGEST}",
    f"photos/../ab/{DIGEST}",
    f"photos/ab/ab/{DIGEST.upper()}",
    "data/xunchaqun.sqlite3",
    "Config/config.toml",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_elsewhere_is_refused(made: Path, name: str) -> None:
    """Even if the manifest lists it and its digest fits."""

    def plant(found: dict[str, bytes], told: dict[str, Any]) -> None:
        found[name] = b"evil"
        told["members"][name] = {"size": 4, "sha256": DIGEST}

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _rewritten(made, plant)
    with pytest.raises(BackupError):
        _verified(made)


def _grow(_: dict[str, bytes], told: dict[str, Any]) -> None:
    told["members"]["config/config.toml"]["size"] += 1


def _swap(found: dict[str, bytes], _: dict[str, Any]) -> None:
    data = found["config/config.toml"]
    found["config/config.toml"] = data[:-1] + b" "


def _drop(found: dict[str, bytes], _: dict[str, Any]) -> None:
    del found["config/calendar/2026.toml"]


def _add(found: dict[str, bytes], _: dict[str, Any]) -> None:
    found["config/more.toml"] = b""


def _no_database(found: dict[str, bytes], told: dict[str, Any]) -> None:
    del found["database/city.sqlite3"], told["members"]["database/city.sqlite3"]


def _put(path: str, value: object) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    def put(_: dict[str, bytes], told: dict[str, Any]) -> None:
        *tables, key = path.split(".")
        for part in tables:
            told = told[part]
        told[key] = value

    return put


CHANGES: Mapping[
    str, tuple[Callable[[dict[str, bytes], dict[str, Any]], None], type[Exception]]
] = {
    "a size that lies": (_grow, BackupDamagedError),
    "other bytes": (_swap, BackupDamagedError),
    "a member too few": (_drop, NotABackupError),
    "a member too many": (_add, NotABackupError),
    "no database": (_no_database, NotABackupError),
    "a newer format": (_put("format", 2), BackupNewerError),
    "a format that is none": (_put("format", "1"), NotABackupError),
    "no revision": (_put("revision", "0001; DROP"), NotABackupError),
    "a moment without zone": (_put("created_at", "2026-11-20T08:00:00"), NotABackupError),
    "a list for a table": (_put("tables", []), NotABackupError),
    "a number for a name": (_put("city", 7), NotABackupError),
    "a negative count": (_put("tables.cases.rows", -1), NotABackupError),
    "a photo that is none": (_put("missing", ["../evil"]), NotABackupError),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_manifest_that_does_not_fit_is_refused(made: Path, kind: str) -> None:
    """Each by its own kind of error."""
    change, error = CHANGES[kind]
    _rewritten(made, change)
    with pytest.raises(error):
        _verified(made)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"[" * 100_000,
        b'{"format": 1}',
        b"\xff\xfe",
        b'{"format": 1e400}',
    ],
)
def test_a_manifest_that_is_none_is_refused(made: Path, data: bytes) -> None:
    """Empty, a list, broken, deep, without keys, no text."""
    found = members(made)
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in {**found, "manifest.json": data}.items():
            archive.writestr(name, content)
    with pytest.raises(NotABackupError):
        _verified(made)


def test_a_backup_that_is_cut_off_is_refused_wherever_it_was(made: Path) -> None:
    """At 200 places; nothing else than our own errors comes out."""
    good = made.read_bytes()
    for at in range(0, len(good), len(good) // 200):
        made.write_bytes(good[:at])
        with pytest.raises(BackupError):
            _verified(made)


def test_a_changed_byte_is_found_or_changes_nothing(made: Path) -> None:
    """At 600 places: refused, or all that is used is the same (a time stamp of the zip, say)."""
    good = made.read_bytes()
    before = members(made)
    chance = random.Random(4)  # noqa: S311 - a seed, so that it can be played again
    refused = 0
    places = [*range(len(good) - 400, len(good)), *chance.sample(range(len(good)), 200)]
    for at in places:
        made.write_bytes(
            good[:at] + bytes([good[at] ^ (1 << chance.randrange(8))]) + good[at + 1 :]
        )
        try:
            with opened(made) as backup:
                backup.verify(lambda _more: None)
                assert {name: backup.data(name) for name in backup.manifest.members} == {
                    name: before[name] for name in before if name != "manifest.json"
                }
        except BackupError:
            refused += 1
    assert refused > len(places) * 2 // 3


def _claim(file: Path, member: str, size: int) -> None:
    """Let the list of the zip name another size of a member."""
    with zipfile.ZipFile(file) as archive:
        place = archive.start_dir
    raw = bytearray(file.read_bytes())
    at = raw.index(member.encode(), place) - 46
    struct.pack_into("<I", raw, at + 24, size)
    file.write_bytes(raw)


def test_a_bomb_unpacks_no_more_than_it_names(made: Path) -> None:
    """Twenty megabytes in a hundred bytes each, called one megabyte in list and manifest."""
    found = members(made)
    told = json.loads(found["manifest.json"])
    told["members"]["config/bomb"] = {"size": 10**6, "sha256": DIGEST}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**found, "manifest.json": json.dumps(told).encode()}.items():
            archive.writestr(name, data)
        archive.writestr("config/bomb", bytes(20_000_000))
    _claim(made, "config/bomb", 10**6)
    unpacked: list[int] = []
    with opened(made) as backup, pytest.raises(BackupDamagedError):
        for chunk in backup.chunks("config/bomb"):
            unpacked.append(len(chunk))  # noqa: PERF401 - what came before the error counts
    assert sum(unpacked) <= 10**6


def test_a_backup_larger_than_the_disk_is_refused_before_anything_is_written(
    made: Path, new: Town, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told how much room is needed."""
    free = SimpleNamespace(free=64_000_000)
    monkeypatch.setattr("bot.backup.planning.shutil.disk_usage", lambda _: free)
    assert new.run("restore", made) == 1
    assert "the disk needs 6" in failure(capsys)
    assert new.tree() == {}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"PK\x03\x04",
        b"PK\x05\x06" + bytes(18),
        b"SQLite format 3\x00" * 9,
        b"\x1f\x8b" * 99,
    ],
)
def test_a_file_of_another_kind_is_told_in_one_line(
    tmp_path: Path, new: Town, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    """Nothing is made where it should have gone."""
    (tmp_path / "odd.zip").write_bytes(data)
    assert new.run("restore", tmp_path / "odd.zip") == 1
    assert failure(capsys)
    assert new.tree() == {}


def test_a_hostile_backup_writes_nothing(
    made: Path, new: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the command itself: one line, exit code 1, an empty folder."""

    def plant(found: dict[str, bytes], told: dict[str, Any]) -> None:
        found["config/../../evil"] = b"evil"
        told["members"]["config/../../evil"] = {"size": 4, "sha256": DIGEST}

    _rewritten(made, plant)
    assert new.run("restore", made) == 1
    assert "no backup of this program" in failure(capsys)
    assert new.tree() == {}
    assert not (new.folder.parent / "evil").exists()
