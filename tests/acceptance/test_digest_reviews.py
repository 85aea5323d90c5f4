"""周分析 and 月小结: the trend, the causes, the companies, the picture; and what was missed."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PIL import Image

from tests.acceptance.city import SMALL, ZONE, city, text_of
from tests.acceptance.hours import SENDS, said
from tests.acceptance.test_digest import closed

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from tests.acceptance.city import City

MANAGERS = -4000002
SATURDAY = datetime(2026, 3, 14, 9, 0, tzinfo=ZONE)
WEEK, MONTH = "📊 周分析", "📊 月小结"


def calm(settings: Settings) -> Settings:
    """Supervisors are told of unclaimed cases twice a day: there are whole weeks to walk."""
    ladder = replace(settings.rules.ladder, again=timedelta(hours=12))
    return replace(settings, rules=replace(settings.rules, ladder=ladder))


async def lines(town: City, word: str, who: str = "leader01") -> list[list[str]]:
    """The lines of each private message with this word; captions apart."""
    texts = await town.private(who)
    return [text.split("\n") for text in texts if word in text and "\n" in text]


async def busy_saturday(town: City) -> None:
    """Two mended in the east, one of them anew; one refused; a danger is left in the west."""
    await closed(town, "officer01", SMALL)
    photo = await town.photo("officer02", "东关街 路沿石缺失")
    await town.photo("repairer02", reply_to=photo, settle=6)
    await town.say("officer02", "返工", reply_to=photo)
    await town.photo("repairer02", reply_to=photo, settle=6)
    await town.say("officer02", "通过", reply_to=photo)
    await town.say("repairer02", "通过", reply_to=photo)
    await town.photo("officer07", "解放路 井盖缺失")
    wrong = await town.photo("officer03", "朝阳街 路沿石缺失")
    await town.say("supervisor01", "退单 不归我们管", reply_to=wrong)


async def test_the_week_is_told_on_monday_with_its_trend_and_companies(tmp_path: Path) -> None:
    """To leaders, supervisors, managers and the managers' group, at 08:30."""
    async with city(tmp_path, at=SATURDAY, change=calm) as town:
        for who in ("leader01", "officer01"):
            await town.start(who)
        await busy_saturday(town)
        await town.until(8, 31, days=1)
        sent = await said(town, f"<b>{WEEK}")
        assert {one.chat for one in sent} == {town.ids["leader01"], MANAGERS}
        assert {f"{one.at:%d %H:%M}" for one in sent} == {"16 08:30"}
        (week,) = await lines(town, WEEK)
        assert week[0] == "📊 周分析 3月9日—3月15日"
        assert "上报 4 · 立案 3 · 派遣 3" in week
        assert "退单、撤回 1 件" in week
        assert "结案率 2/3 66.67%" in week
        assert "返工率 1/3 33.33%" in week
        assert "超期 1 件 · 过夜 1 件" in week
        trend = week.index("和前四周比（本周高 ↑ 低 ↓，百分点）")
        assert week[trend + 1] == "3月2日—3月8日：上报 0 · 结案 0/0 — · 按期 0/0 —"
        assert len([line for line in week if "：上报 0 · 结案 0/0 —" in line]) == 4
        assert any(line.startswith("多发问题：路沿石缺失 2、") for line in week)
        assert any(line.startswith("多发位置：金城路 1") for line in week)
        assert "返工 1 次：没写原因 1" in week
        assert "退单 1 件：不归我们管 1" in week
        side = week.index("公司对比：东城公司｜西城公司")
        assert "结案 2/2 100.00%｜0/1 0.00%" in week[side:]
        assert "返工 1/2 50.00%｜0/1 0.00%" in week[side:]
        assert "自查 0/2 0.00%｜0/1 0.00%" in week[side:]


async def test_what_happens_on_monday_morning_is_not_of_the_week_before(tmp_path: Path) -> None:
    """The week ends on Sunday at 24:00, though it is counted at 08:30."""
    async with city(tmp_path, at=SATURDAY, change=calm) as town:
        await town.start("leader01")
        photo = await town.photo("officer01", SMALL)
        await town.until(7, 0, days=1)
        await town.photo("officer02", "东关街 路沿石缺失")
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.say("officer01", "返工", reply_to=photo)
        await town.until(8, 31)
        (week,) = await lines(town, WEEK)
        assert "上报 1 · 立案 1 · 派遣 1" in week
        assert "未结 1 件：当天 0 · 三天 1 · 承诺 0" in week
        assert "接单 0 件" in week
        await town.until(8, 31, days=6)
        _, second = await lines(town, WEEK)
        assert "上报 1 · 立案 1 · 派遣 1" in second
        assert "3月9日—3月15日：上报 1 · 结案 0/0 — · 按期 0/0 —" in second


async def test_the_picture_of_the_week_comes_just_before_its_text(tmp_path: Path) -> None:
    """A photo with one line; as wide as a phone wants it; nothing comes between."""
    async with city(tmp_path, at=SATURDAY, change=calm) as town:
        await town.start("leader01")
        await busy_saturday(town)
        await town.until(8, 31, days=1)
        for chat in (town.ids["leader01"], MANAGERS):
            calls = [call for call in await town.log(*SENDS) if call["chat"] == chat]
            at = next(n for n, call in enumerate(calls) if call["method"] == "sendPhoto")
            assert calls[at]["parameters"]["caption"] == "📊 周分析 3月9日—3月15日 图"
            assert WEEK in calls[at + 1]["parameters"]["text"]
        shown = await town.from_bot("leader01", town.ids["leader01"])
        photo = next(m for m in shown if "photo" in m)
        picture = await _picture(town, photo["photo"][-1]["url"])
        assert picture.width == 1080
        assert picture.height <= 1280


async def _picture(town: City, address: str) -> Image.Image:
    async with town.session.get(address) as answer:
        assert answer.status == 200
        return Image.open(io.BytesIO(await answer.read()))


async def test_the_month_is_told_on_its_first_working_day(tmp_path: Path) -> None:
    """Wednesday, 1 April: March, the slowest and the fastest, who kept promises."""
    march = datetime(2026, 3, 30, 9, 0, tzinfo=ZONE)
    async with city(tmp_path, at=march, change=calm) as town:
        await town.start("leader01")
        slow = await town.photo("officer01", SMALL)
        await closed(town, "officer02", "东关街 路沿石缺失")
        await town.advance(hours=5)
        await town.photo("repairer01", reply_to=slow, settle=6)
        await town.say("officer01", "通过", reply_to=slow)
        await town.say("repairer01", "通过", reply_to=slow)
        await town.until(8, 31, days=1)
        (month,) = await lines(town, MONTH)
        assert month[0] == "📊 月小结 2026年3月"
        assert "上报 2 · 立案 2 · 派遣 2" in month
        past = month.index("和上月、去年同月比（本月高 ↑ 低 ↓，百分点）")
        assert month[past + 1].startswith("2026年2月：上报 0")
        assert month[past + 2].startswith("2025年3月：上报 0")
        slowest, fastest = month.index("最慢的"), month.index("最快的")
        assert "XC-20260330-0001" in month[slowest + 1]
        assert month[slowest + 1].endswith("5 小时")
        assert "XC-20260330-0002" in month[fastest + 1]
        assert "承诺兑现 0/0 —｜0/0 —" in month


async def test_a_first_of_the_month_without_work_waits_for_the_first_working_day(
    tmp_path: Path,
) -> None:
    """1 August 2026 is a Saturday: Monday, with the figures of July."""
    async with city(tmp_path, at=datetime(2026, 7, 31, 9, 0, tzinfo=ZONE), change=calm) as town:
        await town.start("leader01")
        await town.photo("officer01", SMALL)
        await town.until(12, 0)
        await town.until(12, 0)
        await town.photo("officer02", "东关街 路沿石缺失")
        await town.until(8, 31, days=1)
        (sent,) = await said(town, f"<b>{MONTH}", chat=town.ids["leader01"])
        assert f"{sent.at:%m-%d %H:%M}" == "08-03 08:30"
        (month,) = await lines(town, MONTH)
        assert month[0] == "📊 月小结 2026年7月"
        assert "上报 1 · 立案 1 · 派遣 1" in month


async def test_two_missed_weeks_come_once_each_with_their_own_figures(tmp_path: Path) -> None:
    """Marked 补发; a third one follows at its own time, and compares with what was told."""
    async with city(tmp_path, at=SATURDAY, change=calm) as town:
        await town.start("leader01")
        await closed(town, "officer01", SMALL)
        await town.until(10, 0, days=2)
        assert len(await lines(town, WEEK)) == 1
        await town.photo("officer02", "东关街 路沿石缺失")
        await town.jump(datetime(2026, 3, 31, 10, 0, tzinfo=ZONE))
        await town.advance(minutes=5)
        _, second, third = await lines(town, WEEK)
        assert second[:2] == ["【补发】", "📊 周分析 3月16日—3月22日"]
        assert "上报 1 · 立案 1 · 派遣 1" in second
        assert third[:2] == ["【补发】", "📊 周分析 3月23日—3月29日"]
        assert "上报 0 · 立案 0 · 派遣 0" in third
        past = third.index("和前四周比（本周高 ↑ 低 ↓，百分点）")
        assert third[past + 1].startswith("3月16日—3月22日：上报 1")
        assert third[past + 2].startswith("3月9日—3月15日：上报 1 · 结案 1/1 100.00%")
        await town.until(8, 31, days=5)
        assert (await lines(town, WEEK))[3][0] == "📊 周分析 3月30日—4月5日"


async def test_a_review_comes_in_the_reader_s_language_with_its_picture(tmp_path: Path) -> None:
    """English for one who reads English."""
    async with city(tmp_path, at=SATURDAY, change=calm) as town:
        body = {"language_code": "en"}
        await town.call("PATCH", f"/sim/people/{town.ids['leader01']}", body)
        await town.start("leader01")
        await busy_saturday(town)
        await town.until(8, 31, days=1)
        shown = await town.from_bot("leader01", town.ids["leader01"])
        assert [text_of(m) for m in shown if "photo" in m] == ["📊 Week 9 Mar – 15 Mar, chart"]
        (week,) = await lines(town, "📊 Week")
        assert "Closing rate 2/3 66.67%" in week
        assert "Rework 1: no reason given 1" in week


async def test_a_digest_goes_out_once_over_a_restart(tmp_path: Path) -> None:
    """The draft before it, the filing after it; neither is said twice."""

    def quiet(settings: Settings) -> Settings:
        return replace(settings, data=tmp_path / "one")

    async with city(tmp_path, change=quiet) as town:
        await town.start("clerk01")
        await town.until(16, 31)
        await town.jump(datetime(2026, 3, 10, 16, 59, 58, tzinfo=ZONE))
        await town.advance(minutes=5)
        private = await town.private("clerk01")
        assert sum("（草稿）" in text for text in private) == 1
        assert sum("📋 日报备" in text for text in private) == 1
        assert not any("补发" in text for text in private)
