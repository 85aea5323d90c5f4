"""What `xunchaqun backup` writes: all of the city, none of its secrets, whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import re
from typing import TYPE_CHECKING

from tests.integration.backup.town import (
    PHOTOS,
    TOKEN,
    Town,
    failure,
    manifest,
    members,
    settle,
)

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _names(town: Town) -> set[str]:
    return {path.name for path in town.folder.parent.iterdir()}


def test_a_backup_holds_everything_with_sizes_and_digests(town: Town, made: Path) -> None:
    """The database, each photo, the configuration and the calendar; the manifest lists them."""
    told, found = manifest(made), members(made)
    listed = told["members"]
    assert set(found) == {*listed, "manifest.json"}
    assert {"database/city.sqlite3", "config/config.toml", "config/calendar/2026.toml"} < set(
        listed
    )
    digests = [hashlib.sha256(data).hexdigest() for data in PHOTOS]
    assert {f"photos/{one[:2]}/{one[2:4]}/{one}" for one in digests} < set(listed)
    for name, one in listed.items():
        assert one == {"size": len(found[name]), "sha256": hashlib.sha256(found[name]).hexdigest()}
    assert (told["format"], told["tables"]["cases"]["rows"]) == (1, 3)
    sums = {name: one["sha256"] for name, one in told["tables"].items()}
    assert sums == {name: one.sha256 for name, one in town.ledger().items()}
    assert made.stat().st_mode & 0o777 == 0o600


def test_no_secret_is_in_a_backup(town: Town, tmp_path: Path) -> None:
    """Neither token nor the proxy's password, also where a comment repeats them."""
    text = town.config.read_text(encoding="utf-8")
    text = text.replace(
        f'token = "{TOKEN}"',
        f"# before: {TOKEN}\n"
        f'token = "{TOKEN}"  # {TOKEN}\nproxy = "http://clerk:pr0xy-pass@127.0.0.1:8080"',
    )
    town.config.write_text(text, encoding="utf-8")
    code = town.run("backup", tmp_path / "town.zip")
    found = members(tmp_path / "town.zip")
    assert code == 0
    for secret in (TOKEN, "pr0xy-pass"):
        assert not any(secret.encode() in data for data in found.values())
    config = found["config/config.toml"].decode()
    assert '\ntoken = ""\nproxy = "http://127.0.0.1:8080"\n' in config
    left_out = manifest(tmp_path / "town.zip")["left_out"]
    assert left_out == ["telegram.token", "telegram.proxy"]


def test_a_secret_that_cannot_be_taken_out_is_not_backed_up(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A token over three lines: one line says what to do, and nothing is left behind."""
    text = town.config.read_text(encoding="utf-8")
    text = text.replace(f'token = "{TOKEN}"', f'token = """\\\n{TOKEN}\\\n"""')
    town.config.write_text(text, encoding="utf-8")
    assert town.run("backup", tmp_path / "town.zip") == 1
    assert "write each value on a line of its own" in failure(capsys)
    assert _names(town) == {"town"}


def test_files_of_the_city_go_along_wherever_they_lie(town: Town, tmp_path: Path) -> None:
    """Named by an absolute path or by the environment; the configuration names them anew."""
    words = (town.folder.parents[0] / "words-of-ours.toml").absolute()
    shipped = town.folder / "texts"
    (shipped / "deep").mkdir(parents=True)
    (shipped / "zh.ftl").write_text("", encoding="utf-8")
    words.write_text(_shipped_words(), encoding="utf-8")
    config = town.config.read_text(encoding="utf-8")
    more = f'\n[files]\nwords = "{words}"  # 口令\n'
    town.config.write_text(f'data = "{town.folder}/data"\n{config}{more}', encoding="utf-8")
    with_texts = {**town.env, "XUNCHAQUN_FILES_TEXTS": str(shipped)}
    from bot.cli import main  # noqa: PLC0415 - the environment is this test's own

    words_given = ["backup", str(tmp_path / "town.zip"), "--config", str(town.config)]
    assert main(words_given, with_texts) == 0
    found = members(tmp_path / "town.zip")
    assert found["config/words.toml"] == words.read_bytes()
    assert "config/texts/zh.ftl" in found
    text = found["config/config.toml"].decode()
    assert text.startswith('data = "data"\n')
    assert '[files]\ntexts = "texts"\nwords = "words.toml"\n' in text


def _shipped_words() -> str:
    from importlib import resources  # noqa: PLC0415 - used here only

    return resources.files("casework").joinpath("data/words.toml").read_text(encoding="utf-8")


def test_a_slip_in_a_file_of_the_city_costs_no_backup(town: Town, tmp_path: Path) -> None:
    """The running bot goes on with what it has; the file goes along as it is."""
    (town.folder / "words.toml").write_text("x = ", encoding="utf-8")
    with town.config.open("a", encoding="utf-8") as config:
        config.write('\n[files]\nwords = "words.toml"\n')
    assert town.run("backup", tmp_path / "town.zip") == 0
    assert members(tmp_path / "town.zip")["config/words.toml"] == b"x = "


def test_a_file_that_is_there_is_never_overwritten(
    town: Town, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder gives the backup a name by the date."""
    before = made.read_bytes()
    assert town.run("backup", made) == 1
    assert "exists already" in failure(capsys)
    assert made.read_bytes() == before
    assert town.run("backup", town.folder.parent) == 0
    [new] = _names(town) - {"town", "town.zip"}
    assert re.fullmatch(r"xunchaqun-\d{8}-\d{6}\.zip", new)
    assert "1 case" not in capsys.readouterr().out


def test_what_killed_backups_left_in_the_folder_is_taken_away(town: Town, tmp_path: Path) -> None:
    """Each night has a name of its own: it would lie there for good, and the disk be full of it."""
    folder = tmp_path / "backups"
    folder.mkdir()
    killed, other = "xunchaqun-20261119-030000.zip.part", "xunchaqun-20261120-030000.zip.part"
    for name in (killed, f"{killed}.sqlite", f"{killed}.sqlite-journal", other, "my.zip.part"):
        (folder / name).write_bytes(b"half")
    with (folder / other).open("rb") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        assert town.run("backup", folder) == 0
    left = {path.name for path in folder.iterdir() if path.suffix != ".zip"}
    assert left == {other, "my.zip.part"}


def test_what_a_killed_backup_left_is_taken_over(town: Town, tmp_path: Path) -> None:
    """The unfinished file and the copy of the database; nothing of them stays."""
    (tmp_path / "town.zip.part").write_bytes(b"half" * 100_000)
    (tmp_path / "town.zip.part.sqlite").write_bytes(b"half")
    assert town.run("backup", tmp_path / "town.zip") == 0
    assert _names(town) == {"town", "town.zip"}
    assert manifest(tmp_path / "town.zip")["format"] == 1


def test_two_backups_never_write_one_file(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second is refused, and leaves the first one's file alone."""
    with (tmp_path / "town.zip.part").open("wb") as other:
        other.write(b"of the other")
        other.flush()
        fcntl.flock(other, fcntl.LOCK_EX)
        assert town.run("backup", tmp_path / "town.zip") == 1
        assert "another process is writing" in failure(capsys)
        assert (tmp_path / "town.zip.part").read_bytes() == b"of the other"
    assert not (tmp_path / "town.zip").exists()


def test_a_backup_that_fails_half_way_leaves_nothing(town: Town, tmp_path: Path) -> None:
    """A photo that cannot be read at all: neither the file nor a part of it is there."""
    first = next(iter(town.photos()))
    file = town.folder / "data/photos" / first
    file.unlink()
    file.mkdir()
    assert town.run("backup", tmp_path / "town.zip") == 1
    assert _names(town) == {"town"}


def test_missing_and_altered_photos_are_told_and_the_rest_is_kept(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The backup is written all the same; the exit code tells a script."""
    gone, changed, good = sorted(town.photos())
    folder = town.folder / "data/photos"
    (folder / gone).unlink()
    (folder / changed).write_bytes(b"other")
    assert town.run("backup", tmp_path / "town.zip") == 1
    out = capsys.readouterr().out
    assert f"photo {gone[6:]} is missing" in out
    assert f"photo {changed[6:]} has been altered" in out
    told = manifest(tmp_path / "town.zip")
    assert (told["missing"], told["altered"]) == ([gone[6:]], [changed[6:]])
    assert f"photos/{good}" in told["members"]
    assert f"photos/{changed}" not in told["members"]


def test_a_damaged_database_is_told_instead_of_being_backed_up(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup of it could not be put back when it is needed."""
    with town.file.open("r+b") as raw:
        raw.seek(4096 * 3)
        raw.write(b"\x05" * 4096 * 20)
    assert town.run("backup", tmp_path / "town.zip") == 1
    assert "restore the last good backup" in failure(capsys)
    assert _names(town) == {"town"}


def test_a_city_that_never_ran_has_nothing_to_back_up(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line; no database is made by asking."""
    town.file.unlink()
    assert town.run("backup", tmp_path / "town.zip", lang="zh") == 1
    assert "还没有数据库" in failure(capsys)
    assert not town.file.exists()


def test_rows_of_postgresql_are_backed_up_as_they_are(
    tmp_path: Path, sqlite_template: Path, postgres_url: str
) -> None:
    """A member for each table, whose digest is the table's; no password of the address."""
    town = settle(tmp_path / "town", sqlite_template, postgres_url)
    assert town.run("backup", tmp_path / "town.zip") == 0
    told = manifest(tmp_path / "town.zip")
    for name, one in town.ledger().items():
        assert told["members"][f"database/rows/{name}.jsonl"]["sha256"] == one.sha256
        assert told["tables"][name]["rows"] == one.rows
    assert "database/city.sqlite3" not in told["members"]
