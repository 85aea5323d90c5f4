"""The working calendar of an office: a file a year, with every mistake told at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.calendar_seed import Outcome, seed, text_of_year
from bot.config import ConfigError, sample
from bot.config.calendar_files import calendar, missing_years
from bot.config.city import town
from casework.workcalendar import WorkCalendar

SHIPPED = Path(__file__).parents[3] / "bot/data/calendar/2026.toml"
WEEKDAY = "a weekday; only Saturdays and Sundays can be make-up days."
GOOD = """
year = 2027
[[holidays]]
name = "元旦"
days = [2027-01-01]
[[workdays]]
name = "元旦"
days = [2027-01-03]
"""


def _folder(tmp_path: Path, **files: str) -> Path:
    """A folder of calendar files, each named `_<stem>`."""
    for name, text in files.items():
        (tmp_path / f"{name.removeprefix('_')}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def _mistakes(folder: Path, language: str = "en") -> list[str]:
    with pytest.raises(ConfigError) as caught:
        calendar(folder)
    return [line.removeprefix(f"{folder}/") for line in caught.value.lines(language)]


def test_a_year_says_which_days_are_worked(tmp_path: Path) -> None:
    """Holidays, make-up days, and all others by the day of the week."""
    known = calendar(_folder(tmp_path, _2027=GOOD))
    assert known.years == {2027}
    assert not known.works(date(2027, 1, 1))
    assert known.works(date(2027, 1, 3))
    assert not known.works(date(2027, 1, 10))
    assert known.works(date(2027, 1, 11))


def test_several_years_lie_side_by_side(tmp_path: Path) -> None:
    """Of a year that has no file the weekdays are worked, and it counts as missing."""
    known = calendar(_folder(tmp_path, _2027=GOOD, _2026=SHIPPED.read_text(encoding="utf-8")))
    assert known.years == {2026, 2027}
    assert known.works(date(2028, 1, 3))
    assert missing_years(known, date(2027, 11, 30)) == ()
    assert missing_years(known, date(2027, 12, 1)) == (2028,)
    assert missing_years(WorkCalendar(), date(2027, 12, 1)) == (2027, 2028)


def test_without_a_folder_no_year_is_known(tmp_path: Path) -> None:
    """The bot starts all the same."""
    assert calendar(tmp_path / "calendar") == WorkCalendar()


def test_a_file_saved_by_notepad_with_dates_in_quotes_is_read(tmp_path: Path) -> None:
    """What a clerk's editor makes of it is understood."""
    text = GOOD.replace("2027-01-01", '"2027-01-01"').replace("\n", "\r\n")
    (tmp_path / "2027.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert not calendar(tmp_path).works(date(2027, 1, 1))


def test_all_mistakes_of_all_files_come_together(tmp_path: Path) -> None:
    """With file and line, in their order."""
    first = """
year = 2025
[[holidays]]
name = "元旦"
days = [2026-01-01, "元月二号", "1.3"]
"""
    second = """
yaer = 2027
[[holidays]]
name = "国庆节"
days = [2027-10-01, 2027-10-02, 2027-10-01]
[[workdays]]
name = ""
days = [2027-10-08, 2027-10-02]
[[workdays]]
name = "春节"
days = []
[[workdays]]
days = [true, 2027-02-20]
"""
    third = "year = 2028\nyear = 2028\n"
    folder = _folder(tmp_path, _2025=first, _2027=second, _2028=third)
    assert _mistakes(folder) == [
        "2025.toml holidays[1].days (line 5): “元月二号” is no date such as 2026-10-01.",
        "2025.toml holidays[1].days (line 5): “1.3” is no date such as 2026-10-01.",
        "2025.toml holidays[1].days (line 5): 2026-01-01 is not a day of 2025.",
        "2027.toml year: “year” is missing.",
        "2027.toml yaer (line 2): there is no key “yaer” here. Did you mean “year”?",
        "2027.toml holidays[1].days (line 5): “2027-10-01” stands here and at holidays[1].days.",
        "2027.toml workdays[1].name (line 7): it must not be empty.",
        f"2027.toml workdays[1].days (line 8): 2027-10-08 is {WEEKDAY}",
        "2027.toml workdays[1].days (line 8): “2027-10-02” stands here and at holidays[1].days.",
        "2027.toml workdays[2].days (line 11): it must not be empty.",
        "2027.toml workdays[3].name (line 12): “name” is missing.",
        "2027.toml workdays[3].days (line 13): “true” is no date such as 2026-10-01.",
        "2028.toml (line 2): this is not TOML: Cannot overwrite a value.",
    ]


def test_a_day_that_is_none_hides_no_mistake_beside_it(tmp_path: Path) -> None:
    """Each is told at its own line, also in a list without a name and in inline tables."""
    text = """
year = 2026
holidays = [
  { days = ["2025-01-01", "abc"] },
  { name = "元旦", days = [
    2026-01-01,
    2026-01-01,
  ] },
]
[[workdays]]
name = "春节"
days = [
  "x",  # [
  2026-02-14, 2026-02-16,
]
"""
    assert _mistakes(_folder(tmp_path, _2026=text)) == [
        "2026.toml holidays[1].name (line 4): “name” is missing.",
        "2026.toml holidays[1].days (line 4): “abc” is no date such as 2026-10-01.",
        "2026.toml holidays[1].days (line 4): 2025-01-01 is not a day of 2026.",
        "2026.toml holidays[2].days (line 7): “2026-01-01” stands here and at holidays[2].days.",
        "2026.toml workdays[1].days (line 13): “x” is no date such as 2026-10-01.",
        f"2026.toml workdays[1].days (line 14): 2026-02-16 is {WEEKDAY}",
    ]


def test_no_day_of_a_year_hides_another_that_is_wrong(tmp_path: Path) -> None:
    """A wrong year, a word and a repetition in one list of one line: three mistakes."""
    days = '[2025-01-01, "abc", 2026-01-01, 2026-01-01]'
    text = f'year = 2026\n[[holidays]]\nname = "元旦"\ndays = {days}\n'
    told = _mistakes(_folder(tmp_path, _2026=text))
    assert len(told) == 3
    for words in ("“abc” is no date", "2025-01-01 is not a day", "“2026-01-01” stands here"):
        assert sum(words in line for line in told) == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("_2028", "", "", "2028.toml year（第 2 行）：文件名是 2028.toml，里面的年份却是 2027。"),
        ("_holidays", "", "", "文件名是 holidays.toml，里面的年份却是 2027。"),
        ("_2027", "2027-01-01", "2028-01-01", "2028-01-01 不在 2027 年。"),
        ("_2027", "2027-01-03", "2027-01-04", "2027-01-04 不是周末，调休上班只写周六、周日。"),
        ("_2027", "[2027-01-03]", "2027-01-03", "应为方括号列表 [ ]，而不是 2027-01-03。"),
        ("_2027", "= 2027\n", '= "2027"\n', "应为整数，而不是 2027。"),
        ("_2027", "[[workdays]]", "[workdays]", "应为若干 [[…]] 段"),
        ("_2027", "2027-01-03", "2027-01-03T08:00:00", "“2027-01-03 08:00:00”不是日期"),
    ],
)
def test_each_mistake_is_told_in_words(
    tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    """One wrong thing is one problem, also in Chinese."""
    text = GOOD.replace(old, new, 1) if old else GOOD
    [line] = _mistakes(_folder(tmp_path, **{name: text}), "zh")
    assert told in line


def test_a_broken_calendar_is_a_mistake_of_the_configuration(tmp_path: Path) -> None:
    """`config check` and a start tell it."""
    settings = sample({"XUNCHAQUN_FILES_CALENDAR": str(tmp_path)})
    _folder(tmp_path, _2027="year = 2028")
    with pytest.raises(ConfigError, match=r"2027.toml year \(line 1\)"):
        town(settings)


def test_the_sample_town_knows_2026_as_the_package_does(tmp_path: Path) -> None:
    """The file that ships is what `calendar update` writes."""
    assert SHIPPED.read_text(encoding="utf-8") == text_of_year(2026)
    known = town(sample()).calendar
    assert known.years == {2026}
    assert seed(tmp_path, 2026) is Outcome.WRITTEN
    assert calendar(tmp_path) == known


def test_every_year_that_the_package_knows_becomes_a_good_file(tmp_path: Path) -> None:
    """Each day is worked or not as the package says."""
    import chinese_calendar  # noqa: PLC0415 - only this test asks it

    years = range(2004, 2027)
    for year in years:
        assert seed(tmp_path, year) is Outcome.WRITTEN
    known = calendar(tmp_path)
    assert known.years == set(years)
    days = [date.fromordinal(n) for n in range(date(2004, 1, 1).toordinal(), 739_982)]
    assert days[-1] == date(2026, 12, 31)
    assert [d for d in days if known.works(d) != chinese_calendar.is_workday(d)] == []


def test_an_edited_file_is_left_alone_without_force(tmp_path: Path) -> None:
    """Whatever the edit is, and whatever editor made it; an older seed is renewed."""
    assert seed(tmp_path, 2026) is Outcome.WRITTEN
    assert seed(tmp_path, 2026) is Outcome.SAME
    file = tmp_path / "2026.toml"
    seeded = file.read_text(encoding="utf-8")
    for edited in (seeded.replace("2026-10-07", "2026-10-08"), seeded + "# 报送", "year = 2026\n"):
        file.write_text(edited, encoding="utf-8")
        assert seed(tmp_path, 2026) is Outcome.EDITED
        assert file.read_text(encoding="utf-8") == edited
        assert seed(tmp_path, 2026, force=True) is Outcome.WRITTEN
        assert file.read_text(encoding="utf-8") == seeded
    file.write_text(text_of_year(2025), encoding="utf-8")
    assert seed(tmp_path, 2026) is Outcome.WRITTEN


def test_a_year_that_nobody_knows_is_not_written(tmp_path: Path) -> None:
    """No file is better than a wrong one."""
    assert seed(tmp_path, 2999) is Outcome.UNKNOWN
    assert list(tmp_path.iterdir()) == []
