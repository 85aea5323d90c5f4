"""The category file: what it ships, and how its mistakes are told."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

import pytest

from casework.case import Phase, Tier
from casework.categories import Categories, Category, CategoryFileError, Mistake
from casework.spans import read_span
from casework.stages import Evidence, Stage, StageName
from tests.unit.casework import reading_town

SHIPPED: dict[str, Any] = tomllib.loads((reading_town.DATA / "categories.toml").read_text("utf-8"))

PLAIN = {"code", "name_zh", "name_en", "faults", "keywords"}
"""What every leaf has."""


def mistakes_of(data: dict[str, Any]) -> dict[str, Mistake]:
    """Return what is told of a broken file, by place."""
    with pytest.raises(CategoryFileError) as caught:
        Categories.from_mapping(data)
    return {mistake.place: mistake for mistake in caught.value.mistakes}


def leaf_with(text: str) -> dict[str, Any]:
    """The shipped file, whose first leaf has these lines besides its names and words."""
    data = copy.deepcopy(SHIPPED)
    leaf = data["items"][0]["leaves"][0]
    kept = {key: value for key, value in leaf.items() if key in PLAIN}
    data["items"][0]["leaves"][0] = kept | tomllib.loads(text)
    return data


def first_leaf(text: str) -> Category:
    """The first leaf of the shipped file with these lines."""
    return Categories.from_mapping(leaf_with(text)).leaves[0]


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


def test_every_leaf_says_what_a_good_repair_is_and_what_it_is_counted_in() -> None:
    """一类问题、一个标准: shown to the repairer, in both languages, short."""
    tree = reading_town.categories()
    for leaf in (*tree.leaves, tree.fallback):
        assert leaf.unit_zh
        assert leaf.unit_en
        assert 6 <= len(leaf.standard_zh) <= 26
        assert leaf.standard_zh.endswith("。")
        assert leaf.standard_en.endswith(".")
        assert len(leaf.standard_en) <= 80


def test_each_of_the_six_rules_for_sites_has_a_leaf() -> None:
    """六个百分之百: hoarding, covering, wheel wash, paving, wet work, closed loads."""
    words = (
        "工地没围挡",
        "沙堆没盖",
        "裸土未覆盖",
        "车轮没冲洗",
        "场地未硬化",
        "没湿法作业",
        "渣土车没密闭",
    )
    leaves = [reading_town.categories().guess(word).category for word in words]
    codes = ["3014", "3035", "3033", "3042", "3024", "3034", "3043"]
    assert [leaf.code for leaf in leaves] == codes


def test_only_emergencies_have_stages_and_the_urgent_tier_of_their_own() -> None:
    """Burst mains, gas, a hole in the road: guarded first, then repaired, then restored."""
    staged = {leaf.code: leaf for leaf in reading_town.categories().leaves if leaf.stages}
    assert set(staged) == {"2015", "2094", "2095", "2152"}
    assert all(leaf.tier is Tier.TODAY for leaf in staged.values())
    assert {leaf.code for leaf in reading_town.categories().leaves if leaf.limit} == set()
    assert [stage.limit for stage in staged["2094"].stages] == [
        read_span("3 紧急工作时"),
        read_span("8 紧急工作时"),
        read_span("5 工作日"),
    ]


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
        "items[1].leaves[2].code",
        "items[2].group",
        "items[3].words",
        "items[3].wrods",
        "items[4].leaves[1].faults",
        "items[5].name_zh",
        "danger.pairs[1].items",
        "fallback",
    }
    assert told["items[3].wrods"].suggestion == "words"
    assert told["items[1].leaves[2].code"].fields["other"] == "items[1].leaves[1].code"


@pytest.mark.parametrize("value", [None, 3, [], "x", {"a": 1}])
def test_no_kind_of_value_breaks_the_telling(value: object) -> None:
    """Every top key with every wrong kind is a mistake, never a crash."""
    for key in SHIPPED:
        assert mistakes_of({**SHIPPED, key: value})


def test_an_empty_file_is_told_what_is_missing() -> None:
    """All the top keys."""
    assert set(mistakes_of({})) == set(SHIPPED)


def test_a_leaf_has_a_limit_of_its_own() -> None:
    """In its own tier, in any of the four kinds of time."""
    leaf = first_leaf('tier = "A"\nlimit = "4 紧急工作时"')
    assert (leaf.tier, leaf.limit, leaf.stages) == (Tier.TODAY, read_span("4 紧急工作时"), ())


def test_a_leaf_says_what_a_good_repair_is() -> None:
    """Standard, unit, price items and codes; what is left out in one language is the other's."""
    leaf = first_leaf(
        """
        standard_zh = "路面见本色"
        unit_zh = "平方米"
        unit_en = "m²"
        prices = ["QS-01", "QS-02"]
        part_codes = ["0299", "3702820201000017"]
        event_codes = ["0112"]
        """
    )
    assert (leaf.standard_zh, leaf.standard_en) == ("路面见本色", "路面见本色")
    assert (leaf.unit_zh, leaf.unit_en, leaf.prices) == ("平方米", "m²", ("QS-01", "QS-02"))
    assert (leaf.part_codes, leaf.event_codes) == (("0299", "3702820201000017"), ("0112",))


def test_three_stages_each_have_their_photo() -> None:
    """看护 by the sign, 抢修 by a photo of the work, 恢复 by the after-photo."""
    leaf = first_leaf(
        """
        stages = [
          { name = "guard", limit = "3 紧急工作时" },
          { name = "repair", limit = "8 紧急工作时" },
          { name = "restore", limit = "5 工作日" },
        ]
        """
    )
    assert leaf.stages == (
        Stage(name=StageName.GUARD, limit=read_span("3 紧急工作时"), evidence=Evidence.SIGN),
        Stage(name=StageName.REPAIR, limit=read_span("8 紧急工作时"), evidence=Evidence.DURING),
        Stage(name=StageName.RESTORE, limit=read_span("5 工作日"), evidence=Evidence.AFTER),
    )


def test_the_last_stage_is_proven_by_the_after_photo() -> None:
    """Where nothing is to be restored, the repair ends the case."""
    leaf = first_leaf(
        """
        stages = [
          { name = "guard", limit = "2 紧急工作时" }, { name = "repair", limit = "1 天" },
        ]
        """
    )
    assert [stage.evidence for stage in leaf.stages] == [Evidence.SIGN, Evidence.AFTER]


def test_every_evidence_is_a_phase_of_photos() -> None:
    """The case asks its photos by phase."""
    assert [Phase(one) for one in Evidence] == [Phase.SIGN, Phase.DURING, Phase.AFTER]


def test_a_danger_word_of_a_leaf_counts_beside_its_thing() -> None:
    """And nowhere else."""
    tree = Categories.from_mapping(leaf_with('danger = ["结冰"]'))
    assert tree.dangerous("路面结冰")
    assert not tree.dangerous("垃圾桶结冰")


@pytest.mark.parametrize(
    ("lines", "place", "code"),
    [
        ('tier = "D"', "tier", "not_choice"),
        ("tier = 1", "tier", "wrong_type"),
        ('limit = "soon"', "limit", "wrong_span"),
        ('limit = "0 工作时"', "limit", "wrong_span"),
        ('limit = ""', "limit", "empty"),
        ("stages = []", "stages", "wrong_type"),
        ('stages = [{ name = "wait", limit = "1 天" }]', "stages[1].name", "not_choice"),
        ('stages = [{ name = "repair", limit = "1 Tag" }]', "stages[1].limit", "wrong_span"),
        ('stages = [{ name = "repair" }]', "stages[1].limit", "missing"),
        (
            'stages = [{ name = "repair", limit = "1 天", photo = 1 }]',
            "stages[1].photo",
            "unknown_key",
        ),
        ('stages = [{ name = "guard", limit = "1 天" }]', "stages", "stages_end"),
        (
            'stages = [{ name = "restore", limit = "1 天" }, { name = "repair", limit = "1 天" }]',
            "stages",
            "stages_order",
        ),
        (
            'stages = [{ name = "repair", limit = "1 天" }, { name = "repair", limit = "1 天" }]',
            "stages",
            "stages_order",
        ),
        (
            'limit = "1 天"\nstages = [{ name = "repair", limit = "1 天" }]',
            "limit",
            "limit_and_stages",
        ),
        ('prices = ["QS-01", "QS-01"]', "prices", "double"),
        ('part_codes = ["0100"]', "part_codes", "wrong_part_codes"),
        ('part_codes = ["37028202010000171"]', "part_codes", "wrong_part_codes"),
        ('event_codes = ["3702820201000017"]', "event_codes", "wrong_event_codes"),
        ('event_codes = ["01 2"]', "event_codes", "wrong_event_codes"),
        ('standard_zh = " "', "standard_zh", "empty"),
        ("unit_en = 3", "unit_en", "wrong_type"),
        ('danger = ["@mising"]', "danger", "unknown_set"),
    ],
)
def test_each_mistake_of_a_leaf_is_told_at_its_key(lines: str, place: str, code: str) -> None:
    """One wrong line is one mistake, at that line's key."""
    told = mistakes_of(leaf_with(lines))
    assert {where: one.code for where, one in told.items()} == {f"items[1].leaves[1].{place}": code}
