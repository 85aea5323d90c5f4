"""The digests: every figure as it is read, and that each always fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from messages.rates import change, rate
from messages.safe import MESSAGE_UNITS
from tests.unit.messages.cast import LETTERS, NOW, length, line, shown, write
from tests.unit.messages.digest_cast import broken_down, chart, digest, review, tally
from usecases.views import Label

if TYPE_CHECKING:
    from usecases.digest_views import DigestView

LONG = "🕳️很长的话" * 100

FILING_ZH = """\
📋 日报备 11月20日
11月19日 17:00 至 11月20日 17:00
上报 4 · 立案 4 · 派遣 4
接单 4 件，用时中位数 6 分钟
应结案 4 件，已结案 3 件
结案率 3/4 75.00%
按期结案率 2/4 50.00%
延期率 0/4 0.00%
返工率 1/4 25.00%
未结 1 件：当天 1 · 三天 0 · 承诺 0
超期 1 件 · 过夜 0 件
超期 1 件
🔴 XC-20261120-0001 井盖破损 · 金城路与鼓楼路口东侧 · 时限 今日 24:00
按公司
东城公司：上报 4 · 接单 4（6 分钟） · 结案 3/4 75.00% · 按期 2/4 50.00% · 返工 1/4 25.00% · \
未结 1 · 超期 1
按网格
1号网格：上报 4 · 接单 4（6 分钟） · 结案 3/4 75.00% · 按期 2/4 50.00% · 返工 1/4 25.00% · \
未结 1 · 超期 1
按类别
井盖破损：上报 4 · 接单 4（6 分钟） · 结案 3/4 75.00% · 按期 2/4 50.00% · 返工 1/4 25.00% · \
未结 1 · 超期 1
按来源
日常巡护：上报 4 · 接单 4（6 分钟） · 结案 3/4 75.00% · 按期 2/4 50.00% · 返工 1/4 25.00% · \
未结 1 · 超期 1
按时限
A 当天：上报 4 · 接单 4（6 分钟） · 结案 3/4 75.00% · 按期 2/4 50.00% · 返工 1/4 25.00% · \
未结 1 · 超期 1
📝 备注：路口已围挡（曹雪）"""

MEET_ZH = """\
📋 日碰头 11月20日
11月19日 17:00 至 11月20日 17:00
未结 1 件：当天 1 · 三天 0 · 承诺 0
超期 1 件 · 过夜 0 件
待对接 1
这段时间上报 4 件，结案 3 件
今天到期 1 件
⚪ XC-20261120-0001 井盖破损 · 金城路与鼓楼路口东侧 · 时限 今日 24:00
过夜未结 2 件：XC-20261120-0001、XC-20261120-0001"""

WEEK_ZH = """\
📊 周分析 11月9日—11月15日
上报 4 · 立案 4 · 派遣 4
接单 4 件，用时中位数 6 分钟
应结案 4 件，已结案 3 件
结案率 3/4 75.00%
按期结案率 2/4 50.00%
延期率 0/4 0.00%
返工率 1/4 25.00%
未结 1 件：当天 1 · 三天 0 · 承诺 0
超期 1 件 · 过夜 0 件
和前四周比（本周高 ↑ 低 ↓，百分点）
11月2日—11月8日：上报 9 · 结案 9/10 90.00% ↓15.00 · 按期 1/10 10.00% ↑40.00
10月26日—11月1日：上报 4 · 结案 0/0 — · 按期 0/0 —
多发问题：井盖破损 4
多发位置：金城路 3、鼓楼广场 1
原因（按各人所写）
返工 3 次：没修平 2、没写原因 1
公司对比：东城公司
上报 4
结案 3/4 75.00%
按期 2/4 50.00%
返工 1/4 25.00%
延期 0/4 0.00%
超期 1
接单用时 6 分钟
维修用时 2 小时 5 分
自查 1/4 25.00%
承诺兑现 2/3 66.67%
超期 1 件"""


def test_the_filing_reads_like_this() -> None:
    """Window, figures, rates, the late ones by number, the breakdowns, the remark."""
    view = digest(remark="路口已围挡", remark_by="曹雪")
    assert shown(write(view)) == FILING_ZH


def test_the_morning_meeting_reads_like_this() -> None:
    """What is open, what ends today, what stayed overnight."""
    view = digest(kind="meet", overdue=(), due=(line(),), overnight=(line(), line()))
    assert shown(write(view)) == MEET_ZH


def test_the_week_reads_like_this() -> None:
    """Trend against each week before, what was frequent, why, and the companies side by side."""
    assert shown(write(review())).startswith(WEEK_ZH)
    assert "按公司" not in shown(write(review()))


def test_companies_stand_side_by_side_in_one_order() -> None:
    """As the heading names them; nobody's work is ranked by person."""
    east, west = broken_down()["company"][0], broken_down("西城公司")["company"][0]
    west = replace(west, key="west", tally=tally(closed=4, claim=None))
    lines = shown(write(review(rows={"company": (east, west)}))).split("\n")
    assert "公司对比：东城公司｜西城公司" in lines
    assert "结案 3/4 75.00%｜4/4 100.00%" in lines
    assert "接单用时 6 分钟｜—" in lines
    assert "承诺兑现 2/3 66.67%｜0/0 —" in lines


def test_the_month_names_the_slowest_and_the_fastest() -> None:
    """Cases with how long they took, never people."""
    week = review()
    findings = replace(
        week.findings, slowest=((line(), 273_600),), fastest=((line(), 59), (line(), 4000))
    )
    text = shown(write(review(kind="month", findings=findings)))
    assert text.startswith("📊 月小结 2026年11月\n")
    assert "\n和上月、去年同月比（本月高 ↑ 低 ↓，百分点）\n2026年11月：上报 9" in text
    assert "\n最慢的\n⚪ XC-20261120-0001 井盖破损 · 金城路与鼓楼路口东侧 · 3 天 4 小时\n" in text
    assert "东侧 · 59 秒\n" in text
    assert "东侧 · 1 小时 6 分\n" in text


def test_a_draft_a_late_digest_and_the_figures_of_now_say_so() -> None:
    """草稿, 补发, and another title."""
    draft = shown(write(digest(kind="draft")))
    assert draft.startswith("📝 日报备 11月20日（草稿）\n还没报出。")
    assert write(digest(late=True)).text.startswith("【补发】\n<b>📋 日报备")
    assert shown(write(digest(kind="today"))).startswith("📋 今日数字 11月20日\n")


def test_cases_without_a_place_are_a_row_of_their_own() -> None:
    """So that the rows add up."""
    nowhere = tuple(replace(row, key="") for row in broken_down()["grid"])
    assert "\n位置不明：上报 4 " in shown(write(digest(rows={"grid": nowhere})))


def test_breakdowns_fold_on_the_phone() -> None:
    """A phone shows three lines of each until it is tapped."""
    assert write(digest()).text.count("<blockquote expandable>") == 5


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (3, 4, "3/4 75.00%"),
        (2, 3, "2/3 66.67%"),
        (911, 972, "911/972 93.72%"),
        (737, 972, "737/972 75.82%"),
        (2196, 2251, "2196/2251 97.56%"),
        (532, 543, "532/543 97.97%"),
        (1, 800, "1/800 0.13%"),
        (3, 800, "3/800 0.38%"),
        (5, 5, "5/5 100.00%"),
        (0, 7, "0/7 0.00%"),
        (0, 0, "0/0 —"),
    ],
)
def test_a_rate_is_a_fraction_with_two_decimals_half_up(part: int, whole: int, said: str) -> None:
    """0.125 % is 0.13 %, and nothing out of nothing is no percentage."""
    assert rate(part, whole) == said
    text = shown(write(digest(total=tally(closed=part, owed=whole))))
    assert f"\n结案率 {said}\n" in text


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        ((3, 4), (1, 2), "↑25.00"),
        ((1, 2), (3, 4), "↓25.00"),
        ((1, 3), (1, 3), "→0.00"),
        ((2, 3), (1, 3), "↑33.33"),
        ((1, 800), (0, 1), "↑0.13"),
        ((0, 0), (1, 2), ""),
        ((1, 2), (0, 0), ""),
    ],
)
def test_a_change_is_in_percentage_points(
    now: tuple[int, int], then: tuple[int, int], said: str
) -> None:
    """Of the exact rates, not of the printed ones; against nothing there is none."""
    assert change(now, then) == said


@pytest.mark.parametrize("kind", ["meet", "filing", "draft", "today", "week", "month"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_digest_of_a_bad_month_still_fits(kind: str, language: str) -> None:
    """Lists are cut and say by how many; the figures stay."""
    view = _bad_month(kind)
    text = write(view, language)
    assert length(shown(text)) <= MESSAGE_UNITS
    assert "300" in shown(text)
    assert ("……另有" if language == "zh" else "more") in shown(text)


def _bad_month(kind: str) -> DigestView:
    many = tuple(line(number=f"XC-20261120-{n:04}", place=LONG, overdue=True) for n in range(300))
    label = Label(zh=LONG, en=LONG)
    parts = {
        name: tuple(replace(row, key=str(n)) for n in range(1, 61) for row in rows)
        for name, rows in broken_down(LONG, label).items()
    }
    findings = replace(
        review().findings,
        places=((LONG, 3),) * 10,
        causes=tuple(
            replace(review().findings.causes[0], kind=kind, reasons=((LONG, 2),) * 9)
            for kind in ("rework", "refusal", "promise", "extension", "suspension")
        ),
        slowest=tuple((one, 60) for one in many[:3]),
        fastest=tuple((one, 60) for one in many[:3]),
    )
    parts["company"] = parts["company"][:2]
    return review(
        kind=kind,
        total=tally(reported=300),
        overdue=many,
        due=many,
        overnight=many,
        rows=parts,
        findings=findings,
        remark=LONG,
        remark_by=LONG,
    )


def test_english_says_the_same() -> None:
    """The same figures, equally short."""
    text = shown(write(review(), "en")).split("\n")
    assert text[0] == "📊 Week 9 Nov – 15 Nov"
    assert "Closing rate 3/4 75.00%" in text
    past = "2 Nov – 8 Nov: reported 9 · closed 9/10 90.00% ↓15.00 · in time 1/10 10.00% ↑40.00"
    assert past in text
    assert "Time to mend 2 h 5 min" in text


def test_a_picture_has_one_line_below_it() -> None:
    """The text follows as a message of its own."""
    assert write(chart()).text == "📊 周分析 11月9日—11月15日 图"
    missed = replace(chart(), digest=replace(chart().digest, late=True))
    assert write(missed).text == "【补发】📊 周分析 11月9日—11月15日 图"
    assert write(missed, "en").text.startswith("[Sent late] 📊 ")


def test_the_picture_shows_the_windows_and_the_companies() -> None:
    """The present week first and strong; each bar with its fraction; nothing to show is no bar."""
    labels = LETTERS.chart_labels(chart(), "zh", NOW)
    assert labels.title == "周分析 11月9日—11月15日"
    assert labels.legend == ("结案率", "按期结案率")
    (weeks, spans), (companies, rows) = labels.panels
    assert (weeks, companies) == ("本周和前四周", "各公司")
    assert [row.label for row in spans] == ["11/9—11/15", "11/2—11/8", "10/26—11/1"]
    assert [row.strong for row in spans] == [True, False, False]
    assert [bar.words for bar in spans[1].bars] == ["9/10 90.00%", "1/10 10.00%"]
    assert [bar.share for bar in spans[2].bars] == [None, None]
    assert [row.label for row in rows] == ["东城公司"]
    assert rows[0].note == "上报4 超期1"


def test_a_window_that_ends_at_midnight_is_named_by_its_last_day() -> None:
    """Not by the day after."""
    view = review(until=review().until, since=review().until - timedelta(days=7))
    assert "11月16日" not in shown(write(view)).split("\n")[0]
