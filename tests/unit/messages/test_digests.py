"""The digest: every figure as it is read, and that it always fits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from messages.safe import MESSAGE_UNITS
from tests.unit.messages.cast import (
    digest,
    length,
    line,
    shown,
    write,
)
from usecases.views import Rate

LONG = "🕳️很长的话" * 100

DIGEST_ZH = """\
<b>📋 巡查日报 11月20日</b>
11月19日 17:00 至 11月20日 17:00
上报 4 件 · 结案 3 件
结案率 3/4 75.00%
按期结案率 2/3 66.67%
未结 1 件：A 当天 1 · B 三天 0 · C 承诺 0
逾期 1 件
🔴 XC-20261120-0001 井盖破损 · 金城路与鼓楼路口东侧 · 1号网格 · 时限 今日 24:00
各网格：
1号网格 · 鼓楼广场：上报 4 结案 3 未结 1 逾期 1 · 结案率 3/4 75.00%
各公司：
东城公司：上报 4 结案 3 未结 1 逾期 1 · 结案率 0/0 —
口径：应结案＝当日 24:00 前到期的未结案件，加本时段结案的案件；\
结案率＝结案÷应结案，按期结案率＝按期结案÷应结案。"""


def test_the_digest_reads_like_this() -> None:
    """Window, figures, rates, the late ones by number, grids, companies, the definition."""
    assert write(digest()).text == DIGEST_ZH


def test_a_grid_of_the_digest_is_named_by_its_number() -> None:
    """A number that is its only name is not said twice."""
    row = replace(digest().grids[0], name="1")
    assert "\n1号网格：上报 4 " in write(digest(grids=(row,))).text


def test_a_late_digest_and_the_figures_of_now_say_so() -> None:
    """补发, and another title."""
    assert write(digest(late=True)).text.startswith("【补发】\n<b>📋 巡查日报")
    assert write(digest(now=True)).text.startswith("<b>📋 今日数字 11月20日</b>")


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (3, 4, "3/4 75.00%"),
        (2, 3, "2/3 66.67%"),
        (911, 972, "911/972 93.72%"),
        (2196, 2251, "2196/2251 97.56%"),
        (1, 800, "1/800 0.13%"),
        (3, 800, "3/800 0.38%"),
        (5, 5, "5/5 100.00%"),
        (0, 7, "0/7 0.00%"),
        (0, 0, "0/0 —"),
    ],
)
def test_a_rate_is_a_fraction_with_two_decimals_half_up(part: int, whole: int, said: str) -> None:
    """0.125 % is 0.13 %, and nothing out of nothing is no percentage."""
    text = write(digest(closing=Rate(part=part, whole=whole))).text
    assert f"\n结案率 {said}\n" in text


def test_a_digest_of_a_bad_month_still_fits() -> None:
    """The late ones are cut, the figures and the definition stay."""
    many = tuple(line(number=f"XC-20261120-{n:04}", place=LONG, overdue=True) for n in range(300))
    row = replace(digest().grids[0], name=LONG)
    text = write(digest(overdue=many, grids=(row,) * 200, companies=(row,) * 20))
    assert length(shown(text)) <= MESSAGE_UNITS
    assert "逾期 300 件" in text.text
    assert "……另有" in text.text
