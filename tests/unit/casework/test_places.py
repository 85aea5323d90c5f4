"""Places in the writer's own words, and the grid they lie in."""

from __future__ import annotations

import pytest

from casework.places import Gazetteer, Grid
from tests.unit.casework import reading_town


@pytest.mark.parametrize(
    ("text", "place", "grid"),
    [
        ("金城路与鼓楼路口东侧 井盖破损 危险", "金城路与鼓楼路口东侧", 1),
        ("金城路和鼓楼路交叉口西北角花砖松动", "金城路和鼓楼路交叉口西北角", 1),
        ("金城路/官道街 路灯不亮", "金城路/官道街", 1),
        ("金城路（鼓楼路至官道街段）砖缺失", "金城路（鼓楼路至官道街段）", 1),
        ("金城路15号门前积水", "金城路15号门前", 1),
        ("金城路１５号积水", "金城路１５号", 1),
        ("学府路乙12-3号楼下积水", "学府路乙12-3号楼下", 4),
        ("建设东路往北50米路灯不亮", "建设东路往北50米", 3),
        ("体育场东门对面", "体育场东门对面", 8),
        ("迎宾大道南头护栏断了", "迎宾大道南头", 6),
        ("三号网格学府路垃圾", "三号网格学府路", 3),
        ("第10网格路灯不亮", "第10网格", 10),
        ("一中门口", "一中门口", 4),
        ("山小区北门垃圾", "山小区北门", 5),
        ("泰山小区门口积水", "泰山小区门口", None),
        ("兴隆路路口往北50米", "兴隆路路口往北50米", None),
        ("发现兴隆路路崴了个坑", "兴隆路", None),
        ("学校门口有坑", "学校门口", None),
        ("Jincheng Road pothole", "Jincheng Road", None),
        ("井盖破损，金城路，实验小学对面", "金城路，实验小学对面", 1),
    ],
)
def test_a_place_is_read_in_the_words_of_the_writer(
    text: str, place: str, grid: int | None
) -> None:
    """Streets, crossings, landmarks, sides, offsets, numbers; never the defect."""
    found = reading_town.gazetteer().find(text)
    assert found is not None
    assert (found.text, found.grid) == (place, grid)


@pytest.mark.parametrize(
    "text",
    [
        "1号井缺失", "路面塌陷", "路灯不亮", "路牌歪了", "路沿石缺失", "路口积水", "马路坑洼",
        "道路破损", "人行道松动",
        "铁路桥下积水", "洒了一路", "一路颠簸", "上班路上看到的", "背街小巷脏乱", "小区垃圾没清",
        "超市", "大街上", "这条路烂了",
        "水泥路面裂缝", "十字路口", "修完路没恢复", "", "我先吃饭", "on the road",
    ],
)  # fmt: skip
def test_words_that_only_look_like_a_street_are_no_place(text: str) -> None:
    """路面, 路灯, 路牌, 路沿石, 马路, 一路 name no street."""
    assert reading_town.gazetteer().find(text) is None


@pytest.mark.parametrize(
    ("text", "grid"),
    [
        ("时风路与学府路交叉口", 2),
        ("学府路与时风路交叉口", 4),
        ("往时风路方向 学府路东侧", 4),
        ("学府路往时风路方向", 4),
        ("3号网格 金城路", 3),
        ("99号网格 金城路", 1),
        ("和谐路与金城路口", 1),
    ],
)
def test_the_first_street_decides_unless_it_is_a_direction(text: str, grid: int) -> None:
    """A grid named by its number comes before any street."""
    found = reading_town.gazetteer().find(text)
    assert found is not None
    assert found.grid == grid


def test_a_street_of_two_grids_waits_for_what_tells_them_apart() -> None:
    """A long street alone is ambiguous, with its crossing it is not."""
    grids = (
        Grid(number=1, zone="东城", company="东城公司", streets=("人民路", "金城路")),
        Grid(number=6, zone="西城", company="西城公司", streets=("人民路", "西关街")),
    )
    gazetteer = Gazetteer(grids)
    found = [gazetteer.find(text) for text in ("人民路坑洼", "人民路与西关街路口坑洼")]
    assert [place.grid for place in found if place] == [None, 6]


def test_streets_are_known_by_their_stems_and_in_the_other_script() -> None:
    """The place stays in the writer's own words."""
    found = reading_town.gazetteer().find("金城与鼓樓路口")
    assert found is not None
    assert (found.text, found.grid) == ("金城与鼓樓路口", 1)


def test_a_grid_is_found_by_its_number() -> None:
    """For whoever stores only the number."""
    grid = reading_town.gazetteer().grid(1)
    assert grid is not None
    assert "金城路" in grid.streets
    assert reading_town.gazetteer().grid(11) is None


def test_an_empty_gazetteer_still_reads_names() -> None:
    """Before an office has filled its list."""
    found = Gazetteer(()).find("金城路与鼓楼路口东侧 井盖破损")
    assert found is not None
    assert (found.text, found.grid) == ("金城路与鼓楼路口东侧", None)
