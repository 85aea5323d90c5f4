"""The settings become the town that the use cases know."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import ConfigError, Settings, sample
from bot.config.city import town
from bot.config.lines import key_lines, line_of
from casework.people import Role

DATA = Path(__file__).parents[3] / "casework/data"


def _with_file(name: str, path: Path) -> Settings:
    settings = sample()
    return replace(settings, files=replace(settings.files, **{name: path}))


def test_the_sample_town_is_put_together() -> None:
    """Officers, pairs, crews, groups, streets and words."""
    city = town(sample())
    assert city.zone == ZoneInfo("Asia/Shanghai")
    officer = city.roster.officer_of(3)
    assert officer is not None
    assert (officer.key, officer.name, officer.pair) == ("officer03", "孙玥", "repairer03")
    assert [p.name for p in city.roster.crew("west", Role.MANAGER)] == ["罗刚"]
    assert city.roster.grid_company[6] == "west"
    assert city.groups["-4000001"].language == "zh"
    place = city.gazetteer.find("金城路与鼓楼路口东侧 井盖破损 危险")
    assert place is not None
    assert place.grid == 1
    grid = city.gazetteer.grid(6)
    assert grid is not None
    assert grid.zone == "西城"
    assert city.categories.dangerous("井盖缺失")
    assert city.words.claim_word("收到")


def test_usernames_and_pairs_are_compared_in_lower_case() -> None:
    """`@Repairer01` pairs as well as `repairer01`."""
    settings = sample()
    officer = replace(settings.people[0], username="@Officer01", pair="@Repairer01")
    city = town(replace(settings, people=(officer, *settings.people[1:])))
    person = city.roster.person("officer01")
    assert person is not None
    assert person.pair == "repairer01"


def test_an_office_may_bring_its_own_files(tmp_path: Path) -> None:
    """The same content in another place is read from there."""
    for name in ("categories", "words"):
        path = tmp_path / f"{name}.toml"
        path.write_bytes((DATA / f"{name}.toml").read_bytes())
        assert town(_with_file(name, path)).categories.dangerous("井盖缺失")


@pytest.mark.parametrize("name", ["categories", "words"])
@pytest.mark.parametrize("content", ["x = ", "", "[nothing]\nof = 'use'"])
def test_a_wrong_file_is_a_configuration_error(tmp_path: Path, name: str, content: str) -> None:
    """With the file's name in front of each mistake."""
    path = tmp_path / "own.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        town(_with_file(name, path))
    lines = caught.value.lines("zh")
    assert lines
    assert all(line.startswith(str(path)) for line in lines)


def test_every_mistake_of_a_category_file_names_its_line(tmp_path: Path) -> None:
    """In the order of the file, as an editor counts, and in both languages."""
    text = (DATA / "categories.toml").read_text("utf-8")
    wrong = text.replace('code = "2033"', 'code = "2033"\ntier = "X"', 1)
    wrong = wrong.replace('code = "3011"', 'code = "3011"\nlimit = "bald"', 1)
    wrong = wrong.replace('group = "4"', 'group = "7"', 1)
    path = tmp_path / "own.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        town(_with_file("categories", path))
    rows = wrong.splitlines()
    told = caught.value.problems
    assert [rows[(one.line or 0) - 1] for one in told] == [
        'tier = "X"',
        'limit = "bald"',
        'group = "7"',
    ]
    assert caught.value.lines("zh")[2].endswith("没有代码为“7”的大类。")
    assert caught.value.lines("en")[2].endswith("no group has the code “7”.")


def test_a_mistake_in_a_stage_is_told_at_the_line_of_the_stage(tmp_path: Path) -> None:
    """Not at the one where the list of the stages begins."""
    text = (DATA / "categories.toml").read_text("utf-8")
    wrong = text.replace('{ name = "repair", limit', '{ name = "repare", limit', 1)
    wrong = wrong.replace('limit = "3 工作日" }', 'limt = "3 工作日" }', 1)
    path = tmp_path / "own.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        town(_with_file("categories", path))
    rows = wrong.splitlines()
    told = [
        (one.place.rpartition(".")[2], rows[(one.line or 0) - 1]) for one in caught.value.problems
    ]
    assert [(key, row.split()[3]) for key, row in told] == [
        ("name", '"repare",'),
        ("limit", '"restore",'),
        ("limt", '"restore",'),
    ]


def test_every_leaf_of_the_shipped_file_is_found_at_its_line() -> None:
    """Stages over several lines and brackets in words do not put the count out."""
    text = (DATA / "categories.toml").read_text("utf-8")
    rows, lines = text.splitlines(), key_lines(text)
    for i, item in enumerate(tomllib.loads(text)["items"], start=1):
        for j, leaf in enumerate(item["leaves"], start=1):
            for key in ("code", "unit_zh"):
                line = line_of(f"items[{i}].leaves[{j}].{key}", lines)
                assert line is not None
                assert rows[line - 1] == f'{key} = "{leaf[key]}"'


def test_a_file_that_is_no_toml_names_the_line(tmp_path: Path) -> None:
    """The first slip is all that can be told."""
    path = tmp_path / "own.toml"
    path.write_text("[fallback]\ncode = 9011x\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        town(_with_file("categories", path))
    assert [one.line for one in caught.value.problems] == [2]
