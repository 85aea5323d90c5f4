"""The doctor: each thing in one line, with what to do about it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from bot.backup import stamp
from bot.checkup.doctor import doctor
from bot.cli import main
from casework.case import Status
from storage import migrate, soundness
from tests.integration.storage.cast import Book, pothole
from usecases import whose_bot
from usecases.contest import CONTESTED
from usecases.inspecting import Finding, Mark
from usecases.records import Quarantined

if TYPE_CHECKING:
    from bot.cli_texts import Language

BOT = Path(__file__).parents[3] / "bot/data"
NOVEMBER = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
DECEMBER = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
"""The first moment of December in the sample town."""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The sample town with its calendar, in a folder of its own."""
    shutil.copytree(BOT / "calendar", tmp_path / "calendar")
    return Path(shutil.copy(BOT / "sample_town.toml", tmp_path / "config.toml"))


def _told(config: Path, now: datetime = NOVEMBER, *, lang: str = "en") -> tuple[int, list[str]]:
    lines: list[str] = []
    language: Language = "zh" if lang == "zh" else "en"
    code = doctor(config, {}, lambda: now, language, lines.append, online=False)
    return code, lines


def _with(config: Path, more: str) -> None:
    config.write_text(config.read_text(encoding="utf-8") + more, encoding="utf-8")


def _migrated(config: Path) -> Path:
    file = config.parent / "data" / "xunchaqun.sqlite3"
    file.parent.mkdir()
    migrate.upgrade(f"sqlite:///{file}", backup_folder=file.parent)
    return file


def test_a_town_in_order_has_no_other_mark(config: Path) -> None:
    """A dozen things are looked at; nothing is changed."""
    file = _migrated(config)
    _in_wal(file)
    stamp.note(file.parent, Path("/backups/town.zip"), NOVEMBER - timedelta(days=2))
    code, lines = _told(config)
    assert code == 0
    assert [line[0] for line in lines] == ["✓"] * 13 + ["N"]
    assert lines[1] == "✓ time zone Asia/Shanghai: there it is 2026-11-20 16:00"
    assert lines[5] == "✓ working calendar: 2026"
    assert lines[7] == "✓ database: reachable and up to date"
    assert lines[8].endswith(": WAL, FULL, references held")
    assert lines[9] == "✓ database: its pages fit together"
    assert lines[10] == "✓ last backup: 2 day(s) ago, /backups/town.zip"
    assert lines[-1] == "Nothing must be mended."


def _in_wal(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=WAL")


def _look(config: Path) -> list[str]:
    """What wants a look or must be mended in a city that has a good database."""
    code, lines = _told(config)
    assert code == int(any(line.startswith("✗") for line in lines))
    return [line for line in lines if line[0] in "!✗" and "backup" not in line]


def test_backups_that_are_missing_or_old_are_told(config: Path) -> None:
    """After a week; a city whose bot never ran needs none."""
    file = _migrated(config)
    assert any("! no backup was made yet" in line for line in _told(config)[1])
    stamp.note(file.parent, Path("/backups/town.zip"), NOVEMBER - timedelta(days=9))
    assert any("! the last backup is 9 days old" in line for line in _told(config)[1])
    (file.parent / "backups/last-backup.json").write_text("[]", encoding="utf-8")
    assert any("! no backup was made yet" in line for line in _told(config)[1])


def test_a_journal_mode_that_is_slow_is_told(config: Path) -> None:
    """It may mean a network disk."""
    _migrated(config)
    [line] = _look(config)
    assert "keeps the database in journal mode delete" in line


def test_what_waits_in_the_database_is_told(config: Path) -> None:
    """Quarantine, findings, another bot's token, another poller, a group idle for 60 days."""
    file = _migrated(config)
    _in_wal(file)
    book = Book(f"sqlite:///{file}")
    with book.work() as unit:
        unit.quarantine.add(Quarantined(update_id=7, raw="{}", traceback="", at=NOVEMBER))
        finding = Finding(kind="photo", subject="1", name="photo 1", found_at=NOVEMBER)
        unit.findings.save(finding)
        unit.marks.put(Mark(name=whose_bot.BOT, at=NOVEMBER, value=4711))
        unit.marks.put(Mark(name=CONTESTED, at=NOVEMBER - timedelta(hours=3)))
        long_ago = NOVEMBER - timedelta(days=61)
        unit.cases.add(pothole(1, reported_at=long_ago, opened_at=long_ago, deadline=long_ago))
    book.close()
    waiting, found, token, rival, idle = _look(config)
    assert token.startswith("✗ this token is another bot's: the city is that of bot 4711")
    assert waiting == "! updates in quarantine: 1. See xunchaqun quarantine list"
    assert found.startswith("! the auditor has found 1 thing(s)")
    assert rival.startswith("✗ another program polled with this bot's token at 2026-11-20 13:00")
    assert idle.startswith("! group -4000001 has had no case for 61 days.")
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE cases SET reported_at = '2026-11-19 00:00:00.000000+00:00'")
        database.execute("UPDATE marks SET at = '2026-11-18 00:00:00.000000+00:00'")
        database.execute("UPDATE marks SET value = 7000000001 WHERE name = 'bot'")
        database.execute("DELETE FROM findings")
        database.execute("DELETE FROM quarantine")
    assert _look(config) == []


def test_open_cases_of_who_is_gone_are_told(config: Path) -> None:
    """People and companies that the office has taken out of the configuration."""
    file = _migrated(config)
    _in_wal(file)
    book = Book(f"sqlite:///{file}")
    with book.work() as unit:
        moments = {"reported_at": NOVEMBER, "opened_at": NOVEMBER, "deadline": NOVEMBER}
        unit.cases.add(pothole(1, claimer="repairer99", **moments))
        unit.cases.add(pothole(2, company="south", officer="officer99", **moments))
        unit.cases.add(pothole(3, status=Status.WITHDRAWN, company="north", **moments))
    book.close()
    officer, repairer, company = _look(config)
    assert officer.startswith("! open cases in the name of officer99, who is not in the config")
    assert repairer.startswith("! open cases in the name of repairer99")
    assert company.startswith("! open cases of the company south, which is not in the config")
    assert "(any more): 1. Put its key back" in company


def test_a_fresh_copy_wants_a_look_and_no_mending(config: Path) -> None:
    """No database yet; the doctor does not make it."""
    code, lines = _told(config)
    assert code == 0
    [line] = [line for line in lines if line.startswith("!")]
    assert line.startswith(f"! there is no database at {config.parent}/data/xunchaqun.sqlite3 yet")
    assert not (config.parent / "data").exists()


def test_a_database_that_is_gone_is_not_taken_for_a_fresh_copy(config: Path) -> None:
    """Where a bot has worked no start makes another one."""
    (config.parent / "data").mkdir()
    (config.parent / "data/heartbeat").write_text("{}", encoding="utf-8")
    code, lines = _told(config)
    assert code == 1
    [line] = [line for line in lines if line.startswith("✗")]
    assert line.startswith(f"✗ the database {config.parent}/data/xunchaqun.sqlite3 is gone, though")


def test_next_years_calendar_is_missed_from_december_on(config: Path) -> None:
    """In the city's time; a year without any file is missed at once."""
    assert not any("2027" in line for line in _told(config)[1])
    [line] = [line for line in _told(config, DECEMBER, lang="zh")[1] if "2027" in line]
    assert line.startswith("! 工作日历缺 2027 年，暂按周一至周五上班算")
    assert line.endswith("calendar/2027.toml：xunchaqun calendar update --year 2027")
    shutil.rmtree(config.parent / "calendar")
    code, lines = _told(config, DECEMBER)
    assert code == 0
    assert len([line for line in lines if "calendar update --year" in line]) == 2


def test_a_wrong_configuration_is_told_whole(config: Path) -> None:
    """As `config check` does; the rest cannot be looked at."""
    text = config.read_text(encoding="utf-8").replace("Asia/Shanghai", "Asia/Shangai")
    config.write_text(text.replace('role = "clerk"', 'role = "clark"'), encoding="utf-8")
    code, lines = _told(config)
    assert code == 1
    assert [line[0] for line in lines] == ["✗", "✗", "T"]
    assert "Did you mean “Asia/Shanghai”?" in lines[0]
    assert lines[-1] == "To be mended: 2."


def test_every_wrong_file_is_told(config: Path) -> None:
    """Categories, words, texts, calendar and font, each with what is wrong."""
    folder = config.parent
    for name in ("categories.toml", "words.toml", "font.ttf"):
        (folder / name).write_text("x = \n", encoding="utf-8")
    (folder / "texts").mkdir()
    (folder / "texts" / "fr.ftl").write_text("late = tard\n", encoding="utf-8")
    (folder / "calendar" / "2026.toml").write_text("year = 2027\n", encoding="utf-8")
    _with(
        config,
        '\n[files]\ncategories = "categories.toml"\nwords = "words.toml"\n'
        'texts = "texts"\nfont = "font.ttf"\n',
    )
    code, lines = _told(config)
    wrong = [line for line in lines if line.startswith("✗")]
    assert code == 1
    named = ("font.ttf", "categories.toml", "words.toml", "fr.ftl", "2026.toml")
    assert len(wrong) == len(named)
    for line, name in zip(wrong, named, strict=True):
        assert name in line


def test_a_newer_an_older_and_a_broken_database_are_told_apart(config: Path) -> None:
    """Each with what to do."""
    file = _migrated(config)
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    code, lines = _told(config)
    assert code == 1
    assert lines[7].startswith("✗ the database is newer than this program (revision 9999)")
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("DELETE FROM alembic_version")
    code, lines = _told(config)
    assert code == 0
    assert lines[7].startswith("! the database is older than the program")
    file.write_bytes(b"")
    code, lines = _told(config)
    assert code == 0
    assert lines[7].startswith(f"! the database {file} is empty: xunchaqun restore or")
    file.write_bytes(b"no database at all" * 99)
    code, lines = _told(config, lang="zh")
    assert code == 1
    assert lines[7].startswith("✗ 数据库已损坏（")


PAGE = 4096


def _used_city(config: Path) -> Path:
    """A database with rows on pages of their own, all in one file."""
    file = _migrated(config)
    book = Book(f"sqlite:///{file}")
    with book.work() as unit:
        for number in range(1, 40):
            unit.cases.add(pothole(number))
    book.close()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    return file


def _zero(file: Path, page: int) -> None:
    whole = bytearray(file.read_bytes())
    whole[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    file.write_bytes(whole)


@pytest.mark.parametrize("index", ["sqlite_autoindex_cases_1", "cases"])
def test_a_page_that_was_zeroed_is_told_with_what_to_do(config: Path, index: str) -> None:
    """Also where no row that the doctor reads stands on it; a healthy city is not accused."""
    file = _used_city(config)
    assert _told(config)[0] == 0
    words = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
    with closing(sqlite3.connect(file)) as database:
        [(page,)] = database.execute(words, (index,)).fetchall()
    _zero(file, page)
    code, lines = _told(config)
    assert code == 1
    [line] = [line for line in lines if line.startswith("✗")]
    assert line.startswith("✗ the database is damaged (")
    assert line.endswith("restore the last good backup: xunchaqun restore.")


def test_a_very_long_file_is_said_not_to_be_looked_through(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for minutes, and nobody thinks that it was found good."""
    _in_wal(_migrated(config))
    monkeypatch.setattr(soundness, "MOST", PAGE)
    [line] = [line for line in _told(config)[1] if "longer than" in line]
    assert line.startswith("! the database is longer than 0 GB: it was not looked through")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_audit_of_a_file_without_its_first_page_says_what_to_do(
    config: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not just that it failed."""
    _zero(_used_city(config), 1)
    assert main(["audit", "--config", str(config), "--lang", lang], {}) == 1
    said = capsys.readouterr()
    assert {"en": "the database is damaged (", "zh": "数据库已损坏（"}[lang] in said.out + said.err
    assert "xunchaqun restore" in said.out + said.err


def test_an_unreachable_server_is_told_without_its_password(config: Path) -> None:
    """One line, and the way to the setting."""
    _with(config, '\n[database]\nurl = "postgresql://clerk:s3cret@127.0.0.1:1/x"\n')
    code, lines = _told(config)
    assert code == 1
    assert lines[7].startswith("✗ ")
    assert "s3cret" not in "".join(lines)


@pytest.mark.parametrize(
    ("free", "mark", "told"),
    [
        (50_000_000_000, "✓", "disk: 50.0 GB free"),
        (1_500_000_000, "!", "only 1.5 GB of the disk are free"),
        (100_000_000, "✗", "only 0.1 GB of the disk are free"),
    ],
)
def test_a_full_disk_is_told(
    config: Path, free: int, mark: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the photos find out."""
    monkeypatch.setattr(
        "bot.checkup.offline.shutil.disk_usage", lambda _: SimpleNamespace(free=free)
    )
    code, lines = _told(config)
    assert lines[-2].startswith(f"{mark} {told}")
    assert code == int(mark == "✗")


def test_a_data_folder_that_is_none_is_told(config: Path) -> None:
    """A file in its place can hold nothing."""
    (config.parent / "data").write_text("", encoding="utf-8")
    code, lines = _told(config)
    assert code == 1
    assert f"{config.parent}/data is a file, or lies in one; a folder is wanted" in lines[0]


def test_the_command_prints_it(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the language asked for, with its exit code."""
    assert main(["doctor", "--offline", "--config", str(config), "--lang", "zh"], {}) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"✓ 配置 {config}：28 人，10 个网格\n")
    assert out.endswith("没有必须处理的问题。\n")
    assert main(["doctor"], {"XUNCHAQUN_CONFIG": str(config.parent / "none.toml")}) == 1
