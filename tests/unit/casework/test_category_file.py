"""The category file: what it ships, and how its mistakes are told."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

import pytest

from casework.categories import Categories, CategoryFileError
from tests.unit.casework import reading_town

SHIPPED: dict[str, Any] = tomllib.loads((reading_town.DATA / "categories.toml").read_text("utf-8"))


def mistakes_of(data: dict[str, Any]) -> dict[str, str]:
    """Return what is told of a broken file, by place."""
    with pytest.raises(CategoryFileError) as caught:
        Categories.from_mapping(data)
    return {mistake.place: mistake.what for mistake in caught.value.mistakes}


def test_the_four_classes_of_the_source_are_shipped() -> None:
    """环境卫生和绿化, 市政设施, 建筑工地, 小区物业, and the fallback's own."""
    names = [group.name_zh for group in reading_town.categories().groups]
    assert names == ["环境卫生和绿化", "市政设施", "建筑工地", "小区物业", "其他"]


@pytest.mark.parametrize(
    "words",
    [
        ("坑洼", "沉降", "坑槽", "拥包", "人行道板破损", "人行道板缺失", "人行过街设施", "红线内"),
        ("检查井破损", "检查井下陷", "检查井缺失", "路沿石缺失", "路沿石下陷", "路沿石移位"),
        ("路名牌歪斜", "路名牌生锈", "路名牌破损", "路名牌缺失"),
        ("积土", "垃圾落地", "卫生死角", "清运不及时", "垃圾桶破损", "垃圾外溢", "溅水", "公厕"),
        ("缺株断档", "枯枝", "绿篱修剪", "杂草", "绿化带积存垃圾"),
        ("围挡破损", "围挡歪斜", "宣传布", "出入口", "扬尘", "裸土", "降尘", "带泥", "密闭"),
        ("物业服务", "合同", "脏乱差"),
    ],
)
def test_every_defect_of_the_source_has_a_leaf(words: tuple[str, ...]) -> None:
    """The defects that the city's plan lists by name."""
    names = " ".join(leaf.name_zh for leaf in reading_town.categories().leaves)
    assert [word for word in words if word not in names] == []


def test_a_leaf_is_found_by_its_own_name() -> None:
    """What a card shows is read back as the same leaf, in both languages."""
    tree = reading_town.categories()
    for leaf in tree.leaves:
        assert tree.guess(leaf.name_zh).category == leaf
        assert tree.guess(leaf.name_en).category == leaf


def test_leaves_are_reached_by_code_and_by_group() -> None:
    """For buttons and for stored cases."""
    tree = reading_town.categories()
    leaf = tree.get("2033")
    assert leaf is not None
    assert leaf in tree.in_group("2")
    assert tree.get("0") is None
    assert tree.get(tree.fallback.code) == tree.fallback


def test_all_mistakes_of_a_file_are_told_at_once_with_their_places() -> None:
    """An office edits this file; it learns of everything in one go."""
    data = copy.deepcopy(SHIPPED)
    data["items"][0]["leaves"][1]["code"] = "1011"
    data["items"][1]["group"] = "8"
    data["items"][2]["wrods"] = data["items"][2].pop("words")
    data["items"][3]["leaves"][0]["faults"] = ["@brokn"]
    data["items"][4]["name_zh"] = 5
    data["danger"]["pairs"][0]["items"] = ["203", "999"]
    del data["fallback"]
    told = mistakes_of(data)
    assert set(told) == {
        "items[0].leaves[1].code",
        "items[1].group",
        "items[2].words",
        "items[2].wrods",
        "items[3].leaves[0].faults",
        "items[4].name_zh",
        "danger.pairs[0].items",
        "fallback",
    }
    assert "did you mean words" in told["items[2].wrods"]


@pytest.mark.parametrize("value", [None, 3, [], "x", {"a": 1}])
def test_no_kind_of_value_breaks_the_telling(value: object) -> None:
    """Every top key with every wrong kind is a mistake, never a crash."""
    for key in SHIPPED:
        assert mistakes_of({**SHIPPED, key: value})


def test_an_empty_file_is_told_what_is_missing() -> None:
    """All the top keys."""
    assert set(mistakes_of({})) == set(SHIPPED)
