"""All mistakes are told at once, each with its place, what is wrong, and what was meant."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path

import pytest

from bot.config import ConfigError, load
from bot.config.lines import key_lines, line_of
from bot.config.loading import parse
from bot.config.wording import EXPECTED, PROBLEMS

ODD = """
a = '''
[not.a.header]
b = 1'''
c = [
  "x", # ]
]
[[d]]
e.f = 1
[[d]]  # "second"
'g h' = {i = [1]}
"""
HOOK = 'listen = ":80"\nwebhook = '
ROLES = "officer, repairer, standby, manager, supervisor, leader, clerk"
SAMPLE = Path(__file__).parents[3] / "bot/data/sample_town.toml"


def _problems(text: str, env: dict[str, str] | None = None) -> tuple[str, ...]:
    """What is wrong with a text, in English."""
    with pytest.raises(ConfigError) as caught:
        parse(text, env or {}, source="config.toml", base=Path.cwd())
    return caught.value.lines("en")


def _changed(old: str, new: str) -> str:
    """The sample town with one thing changed."""
    text = SAMPLE.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


def _with(more: str) -> str:
    return SAMPLE.read_text(encoding="utf-8") + more


def test_a_row_that_cannot_be_read_hides_no_mistake_of_another() -> None:
    """Names that others refer to count even where their own row has a wrong value."""
    text = (
        _changed("grid = 2\n", 'grid = "two"\n')
        .replace('company = "east"', 'company = "est"', 1)
        .replace('pair = "repairer03"', 'pair = "repairer33"', 1)
        .replace('username = "repairer01"', 'username = "repairer01"\nlanguage = "fr"', 1)
    )
    places = [line.split(" ")[0] for line in _problems(text)]
    assert len(places) == 4
    assert [p for p in places if p.endswith(".pair")] == ["people[3].pair"]


def test_many_mistakes_come_together_in_the_order_of_the_file() -> None:
    """One round of editing is enough."""
    text = (
        _changed('timezone = "Asia/Shanghai"', 'timezon = "Asia/Shanghai"')
        .replace('role = "clerk"', 'role = "clark"')
        .replace("grid = 4\n", "grid = 44\n")
    ) + '[log]\nlevel = "inf"\n[rules.pace]\ngroup_reserve = 18\n'
    found = _problems(text, {"XUNCHAQUN_TELEGRAM_POLL_SECONDS": "77"})
    assert found == (
        "XUNCHAQUN_TELEGRAM_POLL_SECONDS: 77 is too large; at most 50.",
        "city.timezon (line 9): there is no key “timezon” here. Did you mean “timezone”?",
        "people[4].grid (line 116): there is no grid 44.",
        f"people[28].role (line 263): “clark” is none of: {ROLES}. Did you mean “clerk”?",
        "log.level (line 277): “inf” is none of: debug, info, warning, error. Did you mean “info”?",
        "rules.pace.group_reserve (line 279): 18 must be less than group_most (18).",
    )


def test_the_same_in_chinese() -> None:
    """A clerk reads them too."""
    with pytest.raises(ConfigError) as caught:
        parse(_changed("grid = 4\n", "grid = 44\n"), {}, source="x", base=Path.cwd())
    assert caught.value.lines("zh") == ("people[4].grid（第 116 行）：没有 44 号网格。",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "王建国"', 'name = ""', "it must not be empty"),
        ('name = "王建国"\n', "", "“name” is missing"),
        ("grid = 1\n", 'grid = "1"\n', "a whole number is wanted, not 1"),
        ("grid = 1\n", "grid = true\n", "a whole number is wanted, not true"),
        ("grid = 1\n", "grid = 0\n", "0 is too small; at least 1"),
        ("grid = 1\n", "", "an officer needs “grid”"),
        ("grid = 2\n", "grid = 1\n", "“1” stands here and at people[1].grid"),
        ('pair = "repairer01"\n', "", "an officer needs “pair”"),
        ('pair = "repairer01"', 'pair = "reparer01"', "Did you mean “repairer01”?"),
        ('pair = "repairer01"', 'pair = "manager_east"', "is manager, not a repairer"),
        ('pair = "repairer01"', 'pair = "repairer06"', "works for west, but grid 1 is served by"),
        ('username = "officer02"', 'username = "@Officer01"', "stands here and at people[1]"),
        ('username = "officer01"', 'username = "王建国"', "is no Telegram username"),
        ('role = "leader"', 'role = "leader"\ncompany = "east"', "only the repair side has"),
        ('role = "leader"', 'role = "leader"\ngrid = 1', "only officers have “grid”"),
        ('role = "leader"', 'role = "leader"\npair = "repairer01"', "only officers have “pair”"),
        ('role = "leader"', 'role = "leader"\naway = "no"', "true or false is wanted"),
        ('role = "leader"', 'role = "leader"\nlanguage = "cn"', "is none of: zh, en"),
        ('kind = "managers"', 'kind = "manager"', "Did you mean “managers”?"),
        ("groups = [-4000002]", "groups = [-4000003]", "no [[groups]] entry has the number"),
        ("groups = [-4000002]", "groups = [4000002]", "4000002 is too large; at most -1"),
        ("groups = [-4000002]", 'people = ["clerk1"]', "Did you mean “clerk01”?"),
        ("groups = [-4000002]", 'roles = ["boss"]', "“boss” is none of"),
        ("groups = [-4000002]", "hour = 9", "there is no key “hour” here"),
        (
            "[digests.filing]",
            '[digests.filing]\nat = "16:00"',
            "16:30 must be less than at (16:00)",
        ),
        ('company = "east"\nstreets', 'company = "easst"\nstreets', "Did you mean “east”?"),
        ('role = "standby"\ncompany = "east"', 'role = "standby"', "needs a company"),
        ('role = "manager"\ncompany = "west"', 'role = "clerk"', "“西城公司” has no manager"),
        ('streets = ["金城路"', 'streets = [7, "金城路"', "a text in quotes is wanted, not 7"),
        ("chat = -4000001", "chat = 4000001", "4000001 is too large; at most -1"),
        ("chat = -4000001", 'chat = "巡查群"', "a whole number is wanted"),
        ('name = "样板市"\n', "", "city.name (line 7): “name” is missing"),
        ("Asia/Shanghai", "Asia/Shangai", "Did you mean “Asia/Shanghai”?"),
        ("Asia/Shanghai", "../../etc/passwd", "is no time zone"),
        ("token = ", 'api_base = "api.telegram.org"\ntoken = ', "this is no address such as"),
        ("token = ", 'proxy = "127.0.0.1:1080"\ntoken = ', "this is no address such as"),
        ("token = ", "poll_seconds = 51\ntoken = ", "51 is too large; at most 50"),
        ("[city]", '[web]\nlisten = "8080"\n[city]', "“8080” is no address to listen at"),
        ("[city]", '[web]\nmetrics = "localhost:70000"\n[city]', "is no address to listen at"),
        ("[city]", f'[web]\n{HOOK}"http://a.b/c"\n[city]', "only to https://"),
        ("[city]", f'[web]\n{HOOK}"https://a.b:9000/c"\n[city]', "ports 443, 80, 88 and 8443"),
        ("[city]", f'[web]\n{HOOK}"a.b/c"\n[city]', "such as https://bot.example.org"),
        ("[city]", f'[web]\n{HOOK}"https://[::1/c"\n[city]', "such as https://bot.example.org"),
        ("[city]", '[web]\nsecret = "密钥"\n[city]', "a secret has 1 to 256 letters"),
        ("[city]", '[web]\nlisten = ":80"\nmetrics = ":80"\n[city]', "must differ from web.listen"),
        ("[city]", "[web]\nmax_connections = 101\n[city]", "101 is too large; at most 100"),
        ("[city]", '[health]\npatience = "49 s"\n[city]', "0:00:49 must not be less than telegram"),
        ("token = ", "token = 7 #", "a text in quotes is wanted, not ***"),
        ("7000000001:SIM", "7000000001;SIM", "this is no bot token"),
        ("-token-0001", "", "this is no bot token"),
    ],
)
def test_each_mistake_is_told(old: str, new: str, told: str) -> None:
    """One wrong thing is one problem, in words that say what to do."""
    found = _problems(_changed(old, new))
    assert len(found) == 1, found
    assert told in found[0]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("number = 2\n", "number = 1\n", "“1” stands here and at grids[1].number"),
        ('key = "west"', 'key = "east"', "“east” stands here and at companies[1].key"),
        ('username = "repairer02"', 'username = "officer02"', "must never turn both keys"),
    ],
)
def test_a_mistake_with_consequences_is_told_with_them(old: str, new: str, told: str) -> None:
    """A key that stands twice also leaves another one without its owner."""
    assert any(told in line for line in _problems(_changed(old, new)))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('[rules.reminders]\nmorning = "25:00"', "“25:00” is no clock time"),
        ("[rules.reminders]\nmorning = 17", "“17” is no clock time"),
        ('[rules.reminders]\nmorning = "17:00+08:00"', "is no clock time"),
        ('[rules.reminders]\ngap = "15"', "is no length of time"),
        ('[rules.reminders]\ngap = "0 s"', "0 s is too small"),
        ('[rules.reminders]\ngap = "99999999999999999999 d"', "is too large; at most 3660 d"),
        ('[rules.reminders]\nbatches = ["16:00", "11:30"]', "these must go up"),
        ("[rules.reminders]\nbatches = []", "it must not be empty"),
        ('[rules.reminders]\nbatches = "11:30"', "a list in [ ] is wanted"),
        ('[rules.reminders]\nquiet_from = "07:00"', "it must differ from quiet_from"),
        ("[rules.nudges.a]\npoints = [50, 75, 100, 300, 200]", "these must go up: 50, 75, 100"),
        ("[rules.nudges.b]\npoints = [50, 100]", "5 given, but points has 2"),
        (
            '[rules.nudges.c]\ncircles = ["repairer", "manager", "standby", "leader", "leader"]',
            "these must go up: repairer, manager, standby",
        ),
        ("[rules.ladder.a]\npoints = []", "it must not be empty"),
        ('[rules.ladder.b]\ncircles = ["manager"]', "1 given, but points has 5"),
        (
            '[rules.ladder.c]\ncircles = ["standby", "manger", "leader", "leader", "leader"]',
            "Did you mean “manager”?",
        ),
        ("[rules.nudges.a]\npoints = [0, 50, 75, 100, 200]", "0 is too small; at least 1"),
        ("[rules.supervision.a]\npoints = [100, 200]", "4 are wanted, 2 given"),
        ("[rules.supervision.b]\npoints = [100, 300, 200, 400]", "these must go up"),
        ('[rules.supervision]\ngap = "0 s"', "0 s is too small"),
        ("[rules.limits]\npromise_days = [30, 7]", "these must go up: 30, 7"),
        ("[rules.limits]\npromise_most = 10", "10 must not be less than promise_days (30)"),
        ("[rules.limits]\ndays = -1", "-1 is too small; at least 1"),
        ('[rules.opening]\nwords_kept = "1 min"', "0:01:00 must not be less than words_before"),
        ("[rules.pace]\ngroup_most = 21", "21 is too large; at most 20"),
        ("[rules.pace]\noverall_most = 31", "31 is too large; at most 30"),
        ("[rules.pase]\ngroup_most = 18", "Did you mean “pace”?"),
        ("[rules.work]\nshifts = []", "it must not be empty"),
        ('[rules.work]\nshifts = "08:00-12:00"', "a list in [ ] is wanted"),
        ('[rules.work]\nshifts = ["8 bis 12"]', "“8 bis 12” are no working hours such as"),
        ('[rules.work]\nshifts = ["08:00-24:01"]', "“08:00-24:01” are no working hours"),
        ('[rules.work]\nshifts = ["08:61-12:00"]', "“08:61-12:00” are no working hours"),
        ('[rules.work]\nshifts = ["08:00-08:00"]', "08:00-08:00 ends where it begins"),
        ('[rules.work]\nshifts = ["18:00-14:00"]', "18:00-14:00 ends where it begins, or before"),
        ('[files]\ncalendar = ""', "it must not be empty"),
        ('[database]\nurl = "mysql://x/y"', "such as postgresql://user:password@host/xunchaqun"),
        ('[database]\nurl = "postgresql://[::1/x"', "this is no address"),
        ('[files]\nfont = "/no/such/font.ttf"', "there is no file or folder /no/such/font.ttf"),
        ("[[log]]", "a table of keys is wanted"),
        ('[grid]\nx = "y"', "Did you mean “grids”?"),
    ],
)
def test_each_wrong_rule_is_told(more: str, told: str) -> None:
    """The numbers of the rules must make sense together."""
    found = _problems(_with("\n" + more + "\n"))
    assert len(found) == 1, found
    assert told in found[0]


def test_every_mistake_of_the_working_hours_is_told_with_its_line() -> None:
    """Those that cannot be read, and those that make no sense together."""
    hours = '["8-12", "noon", "14:00-18:00"]'
    found = _problems(_with(f"\n[rules.work]\nshifts = {hours}\n"))
    line = len(_with("").splitlines()) + 3
    assert [one.partition(":")[0] for one in found] == [f"rules.work.shifts (line {line})"] * 2
    hours = '["14:00-13:00", "08:00-12:00", "11:00-15:00", "14:30-24:00"]'
    assert [
        one.partition("): ")[2] for one in _problems(_with(f"\n[rules.work]\nshifts={hours}"))
    ] == [
        "14:00-13:00 ends where it begins, or before.",
        "08:00-12:00 begins before 14:00-13:00 has ended.",
        "11:00-15:00 begins before 08:00-12:00 has ended.",
        "14:30-24:00 begins before 11:00-15:00 has ended.",
    ]


def test_an_empty_file_names_everything_that_is_needed() -> None:
    """Nothing else is said about nothing."""
    places = [line.partition(":")[0] for line in _problems("")]
    assert places == ["telegram.token", "city.name", "groups", "companies", "grids", "people"]


def test_a_list_written_as_a_table_is_told() -> None:
    """`[people]` instead of `[[people]]` is a common slip."""
    text = SAMPLE.read_text(encoding="utf-8").partition("[[people]]")[0]
    found = _problems(text + '[people]\nusername = "officer01"\n')
    assert "a list of tables, written as [[…]] is wanted" in found[0]
    assert len(found) == 1


def test_nobody_to_decide_is_told() -> None:
    """Without a supervisor no promise would ever be answered."""
    text = SAMPLE.read_text(encoding="utf-8").replace('"supervisor"', '"leader"')
    assert _problems(text) == (
        "people (line 91): nobody is a supervisor, so nobody could decide limits and promises.",
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"x = [\n1,\n", "this is not TOML: "),
        (b"\n\nx = = 1\n", "config.toml (line 3): this is not TOML: Invalid value"),
        ("name = '巡查'".encode("gbk"), "the file is not UTF-8 text"),
        (None, "there is no such file; copy config.example.toml to begin"),
    ],
)
def test_a_file_that_is_no_configuration_is_told(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    """Broken TOML, a wrong encoding, no file."""
    path = tmp_path / "config.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    assert told in caught.value.lines("en")[0]


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    """It is told as what it is."""
    with pytest.raises(ConfigError, match="is a folder; a file is wanted"):
        load(tmp_path, {})


def test_a_wrong_token_is_never_shown() -> None:
    """A token with a slip in it is still almost a token."""
    found = _problems(_changed("-token-0001", ""), {})
    assert "SIMULATOR" not in "".join(found)
    found = _problems(_with(""), {"XUNCHAQUN_TELEGRAM_TOKEN": "SIMULATOR"})
    assert found == (
        "XUNCHAQUN_TELEGRAM_TOKEN: this is no bot token; BotFather gives one like 123456789:AA….",
    )


def test_a_misspelt_variable_is_told() -> None:
    """A variable that does nothing is a trap; those of tests are not ours."""
    env = {"XUNCHAQUN_LOG_LEVL": "debug", "XUNCHAQUN_TEST_POSTGRES": "x"}
    assert _problems(_with(""), env) == (
        "XUNCHAQUN_LOG_LEVL: no setting has this name. Did you mean “XUNCHAQUN_LOG_LEVEL”?",
    )


def test_both_languages_say_the_same() -> None:
    """Equal keys and equal placeholders."""
    for english, chinese in (*PROBLEMS.values(), *EXPECTED.values()):
        assert _fields(english) <= _fields(chinese) | {"given"}
        assert _fields(chinese) <= _fields(english)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_lines_are_found_behind_long_values() -> None:
    """Brackets and long strings over several lines do not confuse the count."""
    assert key_lines(ODD) == {
        "a": 2,
        "c": 5,
        "c[1]": 6,
        "d": 8,
        "d[1]": 8,
        "d[1].e.f": 9,
        "d[2]": 10,
        "d[2].g h": 11,
    }


def test_what_stands_in_a_long_array_has_a_line_of_its_own() -> None:
    """Values and inline tables, with remarks, brackets and commas in texts between them."""
    text = """a = [ # [1,
  1, 2,

  # "3",
  "],[{", {x = 1, 'y z' = "=,}"}, # ]
  [
    2026-01-01 08:00:00, {b.c = [
      4,
    ], d = '''
5,'''''}, \"\"\"6\"\",
\\\"\"\",\"\"\"\"\", 7],
  8 ]
e = 9"""
    lines = key_lines(text)
    assert lines == {
        "a": 1,
        "a[1]": 2,
        "a[2]": 2,
        "a[3]": 5,
        "a[4]": 5,
        "a[5]": 6,
        "a[5][1]": 7,
        "a[5][2]": 7,
        "a[5][2].b.c[1]": 8,
        "a[5][2].d": 9,
        "a[5][3]": 10,
        "a[5][4]": 11,
        "a[6]": 12,
        "e": 13,
    }
    assert line_of("a[4].x", lines) == 5
    assert len(tomllib.loads(text)["a"]) == 6


def test_a_wrong_value_of_a_long_list_is_told_at_its_own_line() -> None:
    """Not where the list begins."""
    text = _changed("groups = [-4000002]", "groups = [\n  -4000002,\n  4000003,\n]")
    [told] = _problems(text)
    line = text.splitlines().index("  4000003,") + 1
    assert f".groups (line {line}): 4000003 is too large" in told


def test_tables_inside_lists_are_found_by_the_table_around_them() -> None:
    """A leaf belongs to the item above it."""
    text = "[[a]]\nx = 1\n[[a.b]]\ny = 1\n[[a.b]]\n[[a]]\n[[a.b]]\ny = 2\n[a.c]\nz = 3"
    assert key_lines(text) == {
        "a": 1,
        "a[1]": 1,
        "a[1].x": 2,
        "a[1].b": 3,
        "a[1].b[1]": 3,
        "a[1].b[1].y": 4,
        "a[1].b[2]": 5,
        "a[2]": 6,
        "a[2].b": 7,
        "a[2].b[1]": 7,
        "a[2].b[1].y": 8,
        "a[2].c": 9,
        "a[2].c.z": 10,
    }
