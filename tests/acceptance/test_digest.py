"""The digest (日报): exact figures of a window, to managers and supervisors, privately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, city
from tests.acceptance.hours import said

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City

DIGEST = "巡查日报"


async def closed(town: City, officer: str, words: str) -> int:
    """A case that was mended and passed by both."""
    photo = await town.photo(officer, words)
    repairer = officer.replace("officer", "repairer")
    await town.photo(repairer, reply_to=photo, settle=6)
    await town.say(officer, "通过", reply_to=photo)
    await town.say(repairer, "通过", reply_to=photo)
    return photo


async def test_managers_and_supervisors_get_the_figures_at_five(tmp_path: Path) -> None:
    """Nobody else, and nothing in the group."""
    async with city(tmp_path) as town:
        for who in ("manager_east", "supervisor01", "leader01", "officer01"):
            await town.start(who)
        await town.until(17, 1)
        told = await said(town, DIGEST)
        assert {one.chat for one in told} == {town.ids["manager_east"], town.ids["supervisor01"]}
        assert {one.clock for one in told} == {"17:00"}
        assert not any(one.loud for one in told)


async def test_every_figure_is_exact_and_every_rate_a_fraction(tmp_path: Path) -> None:
    """Three closed, one danger open: 3/4 of what was due; the window is printed."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await closed(town, "officer01", SMALL)
        await closed(town, "officer02", "东关街 路沿石缺失")
        await closed(town, "officer06", "人民西路 路沿石缺失")
        await town.photo("officer07", "解放路 井盖缺失")
        await town.photo("officer03", "朝阳街 路沿石缺失")
        await town.until(17, 1)
        (digest,) = await said(town, DIGEST)
        lines = digest.text.split("\n")
        assert "3月9日 17:00 至 今日 17:00" in lines[1] or "17:00" in lines[1]
        assert "上报 5 件 · 结案 3 件" in lines
        assert "结案率 3/4 75.00%" in lines
        assert "按期结案率 3/4 75.00%" in lines
        assert "未结 2 件：A 当天 1 · B 三天 1 · C 承诺 0" in lines
        assert "逾期 0 件" in lines
        assert "1号网格：上报 1 结案 1 未结 0 逾期 0 · 结案率 1/1 100.00%" in lines
        assert "7号网格：上报 1 结案 0 未结 1 逾期 0 · 结案率 0/1 0.00%" in lines
        assert "东城公司：上报 3 结案 2 未结 1 逾期 0 · 结案率 2/2 100.00%" in lines
        assert "西城公司：上报 2 结案 1 未结 1 逾期 0 · 结案率 1/2 50.00%" in lines


async def test_later_events_belong_to_the_next_digest(tmp_path: Path) -> None:
    """A case of 17:05 is counted once, the day after, when it is overdue with its number."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.photo("officer01", SMALL)
        await town.until(17, 5)
        await town.photo("officer02", "东关街 井盖缺失")
        await town.until(17, 1)
        first, second = await said(town, DIGEST)
        assert "上报 1 件 · 结案 0 件" in first.text
        assert "上报 1 件 · 结案 0 件" in second.text
        assert "逾期 1 件" in second.text
        assert "XC-20260310-0002" in second.text
        assert "XC-20260310-0001" not in second.text


async def test_today_gives_the_same_figures_now(tmp_path: Path) -> None:
    """`/today` in the private chat; the window ends now."""
    async with city(tmp_path) as town:
        await town.start("leader01")
        await town.photo("officer01", CAPTION)
        await town.say("leader01", "/today", chat=town.ids["leader01"])
        told = (await town.private("leader01"))[-1]
        assert told.startswith("📋 今日数字")
        assert "上报 1 件 · 结案 0 件" in told
        assert "09:00" in told.split("\n")[1]


async def test_a_digest_is_in_its_readers_language(tmp_path: Path) -> None:
    """The same figures in English for who reads English."""
    async with city(tmp_path) as town:
        body = {"language_code": "en"}
        await town.call("PATCH", f"/sim/people/{town.ids['supervisor01']}", body)
        for who in ("supervisor01", "supervisor02"):
            await town.start(who)
        await town.photo("officer01", CAPTION)
        await town.until(17, 1)
        english, chinese = await said(town, "0/1 0.00%")
        if "结案率" in english.text:
            english, chinese = chinese, english
        assert english.chat == town.ids["supervisor01"]
        assert "Closing rate 0/1 0.00%" in english.text.split("\n")
        assert "结案率 0/1 0.00%" in chinese.text.split("\n")


async def test_a_withdrawn_case_counts_as_reported_only(tmp_path: Path) -> None:
    """Refused and withdrawn cases are nobody's debt."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        photo = await town.photo("officer01", CAPTION)
        await town.say("officer01", "撤回", reply_to=photo)
        await town.until(17, 1)
        (digest,) = await said(town, DIGEST)
        assert "上报 1 件 · 结案 0 件" in digest.text
        assert "结案率 0/0 —" in digest.text
        assert "未结 0 件" in digest.text


async def test_the_rows_of_a_digest_add_up(tmp_path: Path) -> None:
    """Withdrawn cases and those without a place are told as such."""
    async with city(tmp_path) as town:
        await town.start("manager_east")
        await town.photo("supervisor01", "井盖破损")
        photo = await town.photo("officer01", CAPTION)
        await town.say("officer01", "撤回", reply_to=photo)
        await town.until(17, 1)
        told = next(t for t in await town.private("manager_east") if "巡查日报" in t)
        assert "上报 2 件 · 结案 0 件" in told
        assert "退单、撤回 1 件" in told
        assert told.count("位置不明：上报 1") == 2
