"""What `xunchaqun restore` does with a backup: the same city again, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.alone import is_taken
from storage import migrate
from storage.engines import migration_engine, writer_engine
from tests.integration.backup.town import TOKEN, Town, failure, members, settle
from tests.integration.postgres import Server  # noqa: TC001 - a fixture's type is read by pytest
from tests.integration.storage.cast import Book, photo, pothole

if TYPE_CHECKING:
    from collections.abc import Callable


ROOT = Path(__file__).parents[3]


def _new(tmp_path: Path, url: str = "") -> Town:
    (tmp_path / "new").mkdir(exist_ok=True)
    return Town(tmp_path / "new", url)


def _with_token(town: Town) -> None:
    text = town.config.read_text(encoding="utf-8")
    town.config.write_text(text.replace('token = ""', f'token = "{TOKEN}"'), encoding="utf-8")


def test_a_city_is_restored_where_there_is_nothing(
    town: Town, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ledger, photos, configuration, calendar; and it is told what to do next."""
    new = _new(tmp_path)
    assert new.run("restore", made) == 0
    out = capsys.readouterr().out
    assert new.ledger() == town.ledger()
    assert new.photos() == town.photos()
    assert (new.folder / "calendar/2026.toml").read_bytes() == (
        town.folder / "calendar/2026.toml"
    ).read_bytes()
    assert "Put in again what no backup holds: telegram.token" in out
    assert "two copies would both remind people" in out
    assert f"xunchaqun run --config {new.config}" in out
    assert {path.name for path in new.folder.iterdir()} == {"config.toml", "calendar", "data"}
    assert {path.name for path in (new.folder / "data").iterdir()} == {
        "xunchaqun.sqlite3",
        "xunchaqun.sqlite3.lock",
        "photos",
    }


def test_the_own_files_of_a_city_come_back_with_it(town: Town, tmp_path: Path) -> None:
    """They are not there yet when the configuration in the backup is read."""
    (town.folder / "texts").mkdir()
    (town.folder / "texts" / "zh.ftl").write_text("button-claim = 我来修\n", encoding="utf-8")
    with town.config.open("a", encoding="utf-8") as config:
        config.write('\n[files]\ntexts = "texts"\n')
    assert town.run("backup", tmp_path / "town.zip") == 0
    new = _new(tmp_path)
    assert new.run("restore", tmp_path / "town.zip") == 0
    assert (new.folder / "texts" / "zh.ftl").read_text("utf-8") == "button-claim = 我来修\n"


@pytest.mark.parametrize(("source", "target"), [("file", "pg"), ("pg", "file")])
def test_a_backup_of_either_database_is_restored_to_either(
    source: str, target: str, tmp_path: Path, sqlite_template: Path, postgres_server: Server
) -> None:
    """The ledger is the same to the byte, and new rows get new numbers."""
    urls = [postgres_server.clone() if kind == "pg" else "" for kind in (source, target)]
    old = settle(tmp_path / "town", sqlite_template, urls[0])
    new = settle(tmp_path / "new", sqlite_template, urls[1])
    assert old.run("backup", tmp_path / "town.zip") == 0
    assert new.run("restore", tmp_path / "town.zip", "--overwrite") == 0
    assert new.ledger() == old.ledger()
    book = Book(new.database)
    with book.work() as unit:
        unit.cases.add(pothole(4))
        unit.photos.add(photo("4", 4))
    with book.work() as unit:
        assert [one.id for one in unit.photos.of_case(4)] == [4]
    book.close()
    for url in filter(None, urls):
        postgres_server.drop(url)


@pytest.mark.parametrize(
    ("lang", "told", "left"),
    [
        ("en", "all rows go into the SQLite file", "no backup holds: telegram.token (in"),
        ("zh", "数据全部放进 SQLite 文件", "备份里没有的机密：telegram.token（写在"),
    ],
)
def test_a_city_of_postgresql_that_goes_into_a_file_is_told_the_way_back(
    lang: str,
    told: str,
    left: str,
    tmp_path: Path,
    sqlite_template: Path,
    postgres_url: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever puts in an empty database's address first would begin a new city there."""
    old = settle(tmp_path / "town", sqlite_template, postgres_url)
    with old.config.open("a", encoding="utf-8") as config:
        config.write(f'\n[database]\nurl = "{old.url}"\n')
    assert old.run("backup", tmp_path / "town.zip") == 0
    new = _new(tmp_path)
    capsys.readouterr()
    for words in ((), ("--dry-run",)):
        assert new.run("restore", tmp_path / "town.zip", *words, lang=lang) == 0
        out = capsys.readouterr().out
        assert f"{told} {new.file}" in out
        assert f"xunchaqun migrate --config {new.config} --to postgresql://" in out
        assert (left in out) == (not words)
        shutil.rmtree(new.folder)
        new.folder.mkdir()


def test_a_city_of_postgresql_goes_back_where_the_environment_says(
    tmp_path: Path,
    sqlite_template: Path,
    postgres_server: Server,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Then nothing is said of a file, and its address is to be put in."""
    old = settle(tmp_path / "town", sqlite_template, postgres_server.clone())
    with old.config.open("a", encoding="utf-8") as config:
        config.write(f'\n[database]\nurl = "{old.url}"\n')
    assert old.run("backup", tmp_path / "town.zip") == 0
    new = _new(tmp_path, postgres_server.create("town-empty").replace("@/", "@localhost/"))
    capsys.readouterr()
    assert new.run("restore", tmp_path / "town.zip") == 0
    out = capsys.readouterr().out
    assert "no backup holds: telegram.token, database.url" in out
    assert "SQLite" not in out
    assert new.ledger() == old.ledger()
    for url in (old.url, new.url):
        postgres_server.drop(url)


def test_a_dry_run_tells_all_and_changes_nothing(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither in a new place nor in one that has a city."""
    new = _new(tmp_path)
    assert new.run("restore", made, "--dry-run", lang="zh") == 0
    out = capsys.readouterr().out
    assert "没有改动。将会恢复：" in out
    assert f"{new.file}：案件 3 件" in out
    assert new.tree() == {}
    assert new.run("restore", made) == 0
    _with_token(new)
    before = new.tree()
    capsys.readouterr()
    assert new.run("restore", made, "--dry-run") == 1
    assert "there is a city already" in failure(capsys)
    assert new.run("restore", made, "--dry-run", "--overwrite") == 0
    assert "the database of before would be kept in" in capsys.readouterr().out
    assert new.tree() == before


def test_a_city_that_is_there_is_replaced_only_on_demand_and_kept(
    town: Town, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The configuration stays; the database of before lies aside and is whole."""
    before = town.ledger()
    book = Book(town.database)
    with book.work() as unit:
        unit.cases.add(pothole(4))
    book.close()
    later, config = town.ledger(), town.config.read_bytes()
    assert town.run("restore", made) == 1
    assert "--overwrite" in failure(capsys)
    assert town.ledger() == later
    assert town.run("restore", made, "--overwrite") == 0
    assert town.ledger() == before
    assert town.config.read_bytes() == config
    aside = town.folder / "data/backups/before-restore-1.sqlite"
    out = capsys.readouterr().out
    assert f"the database of before: {aside}" in out
    assert "two copies" not in out
    shutil.copy(aside, town.file)
    assert town.ledger() == later


def test_a_ruined_database_is_replaced_and_its_remains_kept(town: Town, made: Path) -> None:
    """What lay beside it as a journal must not be played into the new one."""
    before, rubbish = town.ledger(), b"rubbish" * 5000
    town.file.write_bytes(rubbish)
    town.file.with_name("xunchaqun.sqlite3-wal").write_bytes(b"older rubbish")
    assert town.run("restore", made, "--overwrite") == 0
    assert town.ledger() == before
    assert not town.file.with_name("xunchaqun.sqlite3-wal").exists()
    assert (town.folder / "data/backups/before-restore-1.sqlite").read_bytes() == rubbish


def test_missing_and_altered_photos_come_back(town: Town, made: Path) -> None:
    """And photos of after the backup stay."""
    before = town.photos()
    gone, _, _ = sorted(before)
    (town.folder / "data/photos" / gone).unlink()
    assert town.run("restore", made, "--overwrite") == 0
    assert town.photos() == before


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_city_that_a_bot_works_on_is_left_alone(
    kind: str, tmp_path: Path, sqlite_template: Path, request: pytest.FixtureRequest
) -> None:
    """Whatever was asked for; the bot can go on writing."""
    url = request.getfixturevalue("postgres_url") if kind == "postgres" else ""
    town = settle(tmp_path / "town", sqlite_template, url)
    assert town.run("backup", tmp_path / "town.zip") == 0
    engine = writer_engine(town.database)
    with engine.connect() as bot:
        with bot.begin():
            bot.exec_driver_sql("UPDATE counters SET value = value")
        assert town.run("restore", tmp_path / "town.zip", "--overwrite") == 3
        assert town.run("restore", tmp_path / "town.zip", "--overwrite", "--dry-run") == 3
        with bot.begin():
            bot.exec_driver_sql("DELETE FROM outbox")
    engine.dispose()
    assert town.ledger()["outbox"].rows == 0
    assert town.run("restore", tmp_path / "town.zip", "--overwrite") == 0
    assert town.ledger()["outbox"].rows == 3


def test_a_bot_that_only_starts_keeps_a_restore_away(
    town: Town, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has the city for itself before it opens the database."""
    holder = "import sys; from bot.alone import alone\nwith alone(sys.argv[1]): print(input())"
    words = [sys.executable, "-c", holder, town.database]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as bot:
        assert bot.stdin is not None
        for _ in range(200):
            if is_taken(town.database):
                break
            time.sleep(0.1)
        assert town.run("restore", made, "--overwrite") == 3
        bot.stdin.write("\n")
        bot.stdin.close()
    assert "stop it first" in failure(capsys)
    assert town.run("restore", made, "--overwrite") == 0


def test_a_backup_of_older_tables_is_led_on(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is made by an older program; after the restore the tables are today's."""
    town.file.unlink()
    engine = migration_engine(town.database)
    with engine.begin() as connection:
        migrate.build(connection, "0001")
        connection.exec_driver_sql(
            "INSERT INTO people (person, account, bound_at, language, private)"
            " VALUES ('officer01', '7', '2026-11-20 04:00:00.000000+00:00', 'zh', '')"
        )
    engine.dispose()
    assert town.run("backup", tmp_path / "old.zip") == 0
    new = _new(tmp_path)
    assert new.run("restore", tmp_path / "old.zip") == 0
    assert "tables of revision 0001" in capsys.readouterr().out
    assert migrate.is_newest(new.database)
    assert new.ledger()["people"].rows == 1
    assert not (new.folder / "data/backups").exists()


def _die_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """End this process, as if killed, when it gives its n-th file a name, photos apart."""
    counts = iter(range(1, 10**6))

    def wrapped(original: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **more: object) -> object:
            photo = str(given[0]).endswith(".part")  # which only adds, wherever it ends
            if not photo and next(counts) == step:
                os._exit(9)
            return original(*given, **more)

        return call

    for name in ("rename", "replace", "link"):
        monkeypatch.setattr(os, name, wrapped(getattr(os, name)))


def _killed_at(step: int, words: list[object], town: Town, patch: pytest.MonkeyPatch) -> bool:
    """Run a command in a child; whether it was killed before it came to its end."""
    child = os.fork()
    if not child:
        _die_at(step, patch)
        os._exit(town.run(*words))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, 9}
    return code == 9


@pytest.mark.parametrize("there", [False, True], ids=["a new place", "over a city"])
def test_a_restore_that_is_killed_anywhere_leaves_all_or_nothing(
    town: Town, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    """Old rows or new rows, never half of them; doing it again brings it to its end."""
    wanted, photos = town.ledger(), town.photos()
    words: list[object] = ["restore", made, *(["--overwrite"] if there else [])]
    if there:
        with closing(sqlite3.connect(town.file)) as database, database:
            database.execute("DELETE FROM outbox")
    before = town.ledger()
    steps = 0
    new = _new(tmp_path)
    while _killed_at(steps + 1, words, _as_before(town, new, there=there), monkeypatch):
        steps += 1
        if new.file.exists():
            assert new.ledger() == before
        assert new.run(*words) == 0
        assert (new.ledger(), new.photos()) == (wanted, photos)
        assert not list((new.folder / "data").glob(".restoring-*"))
    assert steps >= 2


def _as_before(town: Town, new: Town, *, there: bool) -> Town:
    shutil.rmtree(new.folder)
    if there:
        shutil.copytree(town.folder, new.folder)
    else:
        new.folder.mkdir()
    return new


def test_a_failure_in_the_last_step_takes_the_configuration_back(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No `config.toml` that belongs to no city."""
    new = _new(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.backup.unpacking.sync_folder", full)
    assert new.run("restore", made) == 1
    assert not new.config.exists()
    assert not (new.folder / "calendar/2026.toml").exists()


def test_a_city_with_a_webhook_comes_back_without_its_secret(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named among what must be put in again, and nothing waits for it."""
    web = 'listen = "127.0.0.1:8080"\nwebhook = "https://bot.example.org/t"\nsecret = "hook-s3cret"'
    text = town.config.read_text(encoding="utf-8")
    town.config.write_text(f"{text}\n[web]\n{web}\n", encoding="utf-8")
    assert town.run("backup", tmp_path / "town.zip") == 0
    new = _new(tmp_path)
    assert new.run("restore", tmp_path / "town.zip") == 0
    assert "no backup holds: telegram.token, web.secret" in capsys.readouterr().out
    assert "hook-s3cret" not in new.config.read_text(encoding="utf-8")


def test_what_the_office_has_written_is_not_overwritten(made: Path, tmp_path: Path) -> None:
    """A calendar that is there already stays, also when the configuration is restored."""
    new = _new(tmp_path)
    (new.folder / "calendar").mkdir()
    (new.folder / "calendar/2026.toml").write_text("year = 2026\n", encoding="utf-8")
    assert new.run("restore", made) == 0
    assert (new.folder / "calendar/2026.toml").read_text(encoding="utf-8") == "year = 2026\n"
    assert new.config.read_bytes() == members(made)["config/config.toml"]
