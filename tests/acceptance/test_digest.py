"""日碰头, 日报备 and `/today`: exact figures of a window, to whoever gets them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, buttons, city
from tests.acceptance.hours import said

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from tests.acceptance.city import City

FILING, MEET = "📋 日报备", "📋 日碰头"
MANAGERS = -4000002


async def closed(town: City, officer: str, words: str) -> int:
    """A case that was mended and passed by both."""
    photo = await town.photo(officer, words)
    repairer = officer.replace("officer", "repairer")
    await town.photo(repairer, reply_to=photo, settle=6)
    await town.say(officer, "通过", reply_to=photo)
    await town.say(repairer, "通过", reply_to=photo)
    return photo


async def told(town: City, word: str, who: str = "supervisor01") -> list[str]:
    """The texts with this word that somebody got privately."""
    return [text for text in await town.private(who) if word in text]


async def test_the_filing_goes_to_those_who_get_it_at_five(tmp_path: Path) -> None:
    """Managers, supervisors and clerks privately, the managers' group; nothing in the patrol's."""
    async with city(tmp_path) as town:
        for who in ("manager_east", "supervisor01", "leader01", "officer01", "clerk01"):
            await town.start(who)
        await town.until(17, 1)
        sent = await said(town, FILING)
        private = {town.ids[who] for who in ("manager_east", "supervisor01", "clerk01")}
        assert {one.chat for one in sent} == private | {MANAGERS}
        assert len(sent) == 4
        assert {one.clock for one in sent} == {"17:00"}
        assert not any(one.loud for one in sent)


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
        (digest,) = await told(town, FILING)
        lines = digest.split("\n")
        assert lines[1] == "3月9日 17:00 至 3月10日 17:00"
        assert "上报 5 · 立案 5 · 派遣 5" in lines
        assert "接单 3 件，用时中位数 2 秒" in lines
        assert "应结案 4 件，已结案 3 件" in lines
        assert "结案率 3/4 75.00%" in lines
        assert "按期结案率 3/4 75.00%" in lines
        assert "延期率 0/4 0.00%" in lines
        assert "返工率 0/4 0.00%" in lines
        assert "未结 2 件：当天 1 · 三天 1 · 承诺 0" in lines
        assert "超期 0 件 · 过夜 0 件" in lines
        rows = [line for line in lines if line.startswith(("1号网格", "7号网格", "西城公司"))]
        assert rows == [
            "西城公司：上报 2 · 接单 1（2 秒） · 结案 1/2 50.00% · 按期 1/2 50.00% · 未结 1",
            "1号网格：上报 1 · 接单 1（2 秒） · 结案 1/1 100.00% · 按期 1/1 100.00%",
            "7号网格：上报 1 · 结案 0/1 0.00% · 按期 0/1 0.00% · 未结 1",
        ]
        assert "日常巡护：上报 5" in digest
        assert "A 当天：上报 1 · 结案 0/1 0.00%" in digest


async def test_what_happens_at_five_belongs_to_the_next_filing(tmp_path: Path) -> None:
    """16:59:59 is counted today; 17:00:00 and 17:00:01 are tomorrow's, once."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.until(16, 59)
        await town.advance(seconds=59)
        await town.photo("officer01", SMALL, settle=1)
        await town.photo("officer02", "东关街 路沿石缺失", settle=1)
        await town.photo("officer03", "朝阳街 路沿石缺失")
        await town.until(17, 1, days=1)
        first, second = await told(town, FILING)
        assert "上报 1 · 立案 1" in first
        assert "上报 2 · 立案 2" in second


async def test_an_overdue_case_is_named_in_the_next_filing(tmp_path: Path) -> None:
    """A danger of 17:05 that nobody mended by 24:00; it has stayed overnight."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.photo("officer01", SMALL)
        await town.until(17, 5)
        await town.photo("officer02", "东关街 井盖缺失")
        await town.until(17, 1)
        _, second = await told(town, FILING)
        assert "超期 1 件 · 过夜 1 件" in second
        assert "XC-20260310-0002" in second
        assert "XC-20260310-0001" not in second


async def test_the_morning_meeting_names_what_ends_today(tmp_path: Path) -> None:
    """At 08:30: open, overdue, due today, overnight; the cases by number."""
    async with city(tmp_path) as town:
        await town.start("manager_east")
        await town.photo("officer01", CAPTION)
        await town.photo("officer02", "东关街 路沿石缺失")
        await town.until(7, 30, days=1)
        await town.photo("officer03", "朝阳街 井盖缺失")
        await town.until(8, 31)
        (one, two) = await said(town, MEET, chat=town.ids["manager_east"])
        assert (one.clock, two.clock) == ("08:30", "08:30")
        lines = two.text.split("\n")
        assert lines[:3] == [
            "<b>📋 日碰头 3月12日</b>",
            "3月11日 08:30 至 3月12日 08:30",
            "未结 3 件：当天 2 · 三天 1 · 承诺 0",
        ]
        assert "这段时间上报 1 件，结案 0 件" in lines
        overdue, due = lines.index("<b>超期 1 件</b>"), lines.index("<b>今天到期 2 件</b>")
        assert "XC-20260310-0001" in lines[overdue + 1]
        assert "XC-20260312-0001" in "".join(lines[due + 1 : due + 3])
        assert "XC-20260310-0002" in "".join(lines[due + 1 : due + 3])
        assert "过夜未结 1 件：XC-20260310-0001" in lines


async def test_today_gives_the_same_figures_now(tmp_path: Path) -> None:
    """`/today` in the private chat; the window ends now."""
    async with city(tmp_path) as town:
        await town.start("leader01")
        await town.photo("officer01", CAPTION)
        await town.say("leader01", "/today", chat=town.ids["leader01"])
        now = (await town.private("leader01"))[-1]
        assert now.startswith("📋 今日数字")
        assert "上报 1 · 立案 1 · 派遣 1" in now
        assert "09:00" in now.split("\n")[1]


async def test_a_digest_is_in_its_readers_language(tmp_path: Path) -> None:
    """The same figures in English for who reads English; a group has its own language."""
    async with city(tmp_path) as town:
        body = {"language_code": "en"}
        await town.call("PATCH", f"/sim/people/{town.ids['supervisor01']}", body)
        for who in ("supervisor01", "supervisor02"):
            await town.start(who)
        await town.photo("officer01", CAPTION)
        await town.until(17, 1)
        (english,) = await told(town, "📋 Daily filing", "supervisor01")
        assert "Closing rate 0/1 0.00%" in english.split("\n")
        (chinese,) = await told(town, FILING, "supervisor02")
        assert "结案率 0/1 0.00%" in chinese.split("\n")
        (group,) = await said(town, FILING, chat=MANAGERS)
        assert "结案率 0/1 0.00%" in group.text


async def test_a_withdrawn_case_counts_as_reported_only(tmp_path: Path) -> None:
    """Refused and withdrawn cases are nobody's debt."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        photo = await town.photo("officer01", CAPTION)
        await town.say("officer01", "撤回", reply_to=photo)
        await town.until(17, 1)
        (digest,) = await told(town, FILING)
        assert "上报 1 · 立案 0 · 派遣 0" in digest
        assert "退单、撤回 1 件" in digest
        assert "结案率 0/0 —" in digest
        assert "未结 0 件" in digest


async def test_cases_without_a_place_stand_in_a_row_of_their_own(tmp_path: Path) -> None:
    """So that the rows add up."""
    async with city(tmp_path) as town:
        await town.start("manager_east")
        await town.photo("supervisor01", "井盖破损")
        await town.until(17, 1)
        (digest,) = await told(town, FILING, "manager_east")
        assert "上报 1 · 立案 1 · 派遣 0" in digest
        assert digest.count("位置不明：上报 1") == 2


async def test_each_digest_goes_where_the_office_wants_it(tmp_path: Path) -> None:
    """By role, by person and by group; at the office's own hour."""

    def change(settings: Settings) -> Settings:
        digests = settings.digests
        meet = replace(digests.meet, roles=(), people=("officer01",), groups=())
        return replace(settings, digests=replace(digests, meet=meet))

    async with city(tmp_path, change=change) as town:
        for who in ("officer01", "manager_east", "supervisor01"):
            await town.start(who)
        await town.until(8, 31)
        (sent,) = await said(town, MEET)
        assert sent.chat == town.ids["officer01"]


async def test_a_managers_group_opens_no_cases(tmp_path: Path) -> None:
    """Photos and words do nothing there; a command is answered, the bot stays, no board comes."""
    async with city(tmp_path) as town:
        await town.photo("supervisor01", CAPTION, chat=MANAGERS)
        await town.say("manager_east", "收到", chat=MANAGERS)
        await town.say("supervisor01", "/today", chat=MANAGERS)
        await town.until(8, 31)
        seen = await town.from_bot("supervisor01", MANAGERS)
        answers = [m["text"] for m in seen if m.get("ephemeral_message_id")]
        assert len(answers) == 1
        assert "上报 0 · 立案 0" in answers[0]
        public = [m["text"] for m in seen if not m.get("ephemeral_message_id")]
        assert [text[:6] for text in public] == ["📋 日报备 ", "📋 日碰头 "]
        assert await town.log("leaveChat") == []


async def test_nobody_is_told_twice_and_no_digest_is_edited(tmp_path: Path) -> None:
    """A week of mornings and afternoons: one message each."""
    async with city(tmp_path) as town:
        await town.start("manager_west")
        await town.advance(days=4)
        sent = await said(town, chat=town.ids["manager_west"])
        days = [f"{one.at:%d %H:%M}" for one in sent if "日" in one.text[:12]]
        assert days == sorted(set(days))
        assert len(days) == 8
        assert not any(buttons(m) == [] for m in (await _of(town, "manager_west"))[1:])


async def _of(town: City, who: str) -> list[dict[str, object]]:
    return await town.from_bot(who, town.ids[who])


async def test_a_managers_group_without_the_bot_is_told_to_the_supervisors(tmp_path: Path) -> None:
    """As what it is; its digests wait and follow when the bot is back."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        where = f"/sim/chats/{MANAGERS}/members"
        await town.call("POST", where, {"user": town.bot, "action": "remove"})
        await town.until(17, 1)
        assert "我被移出了管理群" in "".join(await town.private("supervisor01"))
        assert await said(town, FILING, chat=MANAGERS) == []
        await town.call("POST", where, {"user": town.bot, "action": "add"})
        await town.advance(seconds=5)
        assert len(await said(town, FILING, chat=MANAGERS)) == 1
