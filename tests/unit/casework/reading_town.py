"""The sample town's names and the shipped word files, as the tests of reading share them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import casework
from casework.categories import Categories
from casework.places import Gazetteer, Grid
from casework.reading import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
DATA = Path(casework.__file__).parent / "data"

NAMES = {
    1: ("金城路 鼓楼路 官道街", "鼓楼广场 实验小学"),
    2: ("时风路 东关街 滨河东路", "东关市场 东湖公园"),
    3: ("建设东路 朝阳街 文化路", "县医院 文化馆"),
    4: ("人民东路 学府路 育才街", "第一中学 汽车东站"),
    5: ("工业大道 兴业路 青年路", "国棉厂 山小区"),
    6: ("人民西路 西关街 迎宾大道", "火车站 西关市场"),
    7: ("解放路 和平街 新华路", "百货大楼 新华书店"),
    8: ("长江路 黄河路 泰山街", "体育场 第三中学"),
    9: ("花园路 健康路 向阳街", "中医院 花园小区"),
    10: ("环城西路 创业路 科技街", "科技园 污水处理厂"),
}


@dataclass(frozen=True)
class Expected:
    """One row of a caption table."""

    text: str
    leaves: tuple[str, ...]
    danger: bool
    place: str
    grid: int | None


@cache
def categories() -> Categories:
    """Return the shipped category tree."""
    return Categories.from_mapping(tomllib.loads((DATA / "categories.toml").read_text("utf-8")))


@cache
def words() -> Words:
    """Return the shipped lists of answers."""
    return Words.from_mapping(tomllib.loads((DATA / "words.toml").read_text("utf-8")))


@cache
def gazetteer() -> Gazetteer:
    """Return the streets and landmarks of the town."""
    return Gazetteer(_grids())


def captions(table: str) -> list[Expected]:
    """Read a table of captions: text, leaf (or leaves), danger, place, grid (0: unknown)."""
    rows = tomllib.loads((HERE / table).read_text("utf-8"))["captions"]
    return [
        Expected(text, tuple(leaves.split("/")), danger, place, grid or None)
        for text, leaves, danger, place, grid in rows
    ]


def _grids() -> Iterator[Grid]:
    for number, (streets, landmarks) in NAMES.items():
        zone = "东城" if number <= 5 else "西城"
        yield Grid(
            number=number,
            zone=zone,
            company=f"{zone}公司",
            streets=tuple(streets.split()),
            landmarks=tuple(landmarks.split()),
        )
