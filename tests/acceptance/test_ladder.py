"""The claim ladder: nobody leaves before the hand-over (对接不上不撤场)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, buttons, city, text_of
from tests.acceptance.hours import clocks, said

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = "没有人接单"


async def test_the_ladder_climbs_from_stand_in_to_manager_to_supervisor(tmp_path: Path) -> None:
    """At half, three quarters and all of ten minutes; twice, three times; then every quarter."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", CAPTION)
        await town.advance(minutes=4)
        assert await said(town, NOBODY) == []
        await town.advance(minutes=57)
        steps = [(one.clock, one.text.split("\n")[0]) for one in await said(town, NOBODY)]
        supervisors = "宋文博 @supervisor01、唐静 @supervisor02"
        assert [step for _, step in steps] == [
            "林志远 @standby_east",
            "郭明 @manager_east",
            supervisors,
            supervisors,
            "韩正民 @leader01",
            supervisors,
            supervisors,
        ]
        assert [clock for clock, _ in steps] == [
            "09:05",
            "09:07",
            "09:10",
            "09:20",
            "09:30",
            "09:45",
            "10:00",
        ]
        asked = (await town.replies(photo))[1:]
        choices = ["代派", "准予撤场"]
        wanted = [["接单"], ["接单"], choices, choices, [], choices, choices]
        assert [buttons(m) for m in asked] == wanted


async def test_a_step_goes_to_the_private_chat_if_that_is_open(tmp_path: Path) -> None:
    """The group hears only of those who cannot be reached privately."""
    async with city(tmp_path) as town:
        for who in ("standby_east", "manager_east", "supervisor01"):
            await town.start(who)
        await town.photo("officer01", CAPTION)
        await town.advance(minutes=11)
        assert NOBODY in (await town.private("standby_east"))[-1]
        assert "请经理安排人接单" in (await town.private("manager_east"))[-1]
        assert "请督查代派，或准予撤场" in (await town.private("supervisor01"))[-1]
        in_group = await said(town, NOBODY, chat=town.group)
        assert [one.text.split("\n")[0] for one in in_group] == ["唐静 @supervisor02"]


async def test_what_is_no_danger_is_repeated_in_the_batch_not_every_quarter(tmp_path: Path) -> None:
    """Each circle hears once; then the group is left in peace, and an open private chat is not."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.photo("officer01", SMALL)
        await town.advance(minutes=145)
        in_group = await said(town, NOBODY, chat=town.group)
        assert [one.text.split("\n")[0] for one in in_group] == [
            "林志远 @standby_east",
            "郭明 @manager_east",
            "唐静 @supervisor02",
            "唐静 @supervisor02",
            "韩正民 @leader01",
        ]
        privately = [text for text in await town.private("supervisor01") if NOBODY in text]
        await town.advance(minutes=15)
        later = [text for text in await town.private("supervisor01") if NOBODY in text]
        assert len(later) == len(privately) + 1 > 3
        batch = (await said(town, "没人接单", chat=town.group))[-1]
        assert batch.clock == "11:30"
        assert "唐静 @supervisor02" in batch.text
        assert "@supervisor01" not in batch.text


async def test_a_claim_ends_the_ladder(tmp_path: Path) -> None:
    """The stand-in takes it from the message that asked for him."""
    async with city(tmp_path) as town:
        await town.start("standby_east")
        photo = await town.photo("officer01", CAPTION)
        await town.advance(minutes=6)
        asked = (await town.from_bot("standby_east", town.ids["standby_east"]))[-1]
        where = town.ids["standby_east"]
        assert await town.press("standby_east", asked["message_id"], "接单", chat=where)
        assert text_of(await town.card(photo)).startswith("🟡 已接单")
        await town.advance(hours=1)
        assert await clocks(town, NOBODY) == ["09:05"]


async def test_steps_due_together_are_one_message_per_person(tmp_path: Path) -> None:
    """Three cases of one company, told a few seconds apart, are one list for the stand-in."""
    async with city(tmp_path) as town:
        for who, street in (
            ("officer01", "金城路"),
            ("officer02", "东关街"),
            ("officer03", "朝阳街"),
        ):
            await town.photo(who, f"{street} 路沿石缺失")
        await town.advance(minutes=5)
        (one,) = await said(town, NOBODY)
        assert one.text.count("XC-") == 3
        await town.advance(minutes=26)
        told = await said(town, NOBODY)
        assert [one.clock for one in told] == ["09:05", "09:07", "09:10", "09:20", "09:30"]
        assert [one.text.count("XC-") for one in told] == [3] * 5


async def test_what_is_said_again_is_said_of_all_cases_together(tmp_path: Path) -> None:
    """Opened minutes apart, they are one message a quarter of an hour, however many nobody took."""
    async with city(tmp_path) as town:
        for who, street in (("officer01", "金城路"), ("officer02", "东关街")):
            await town.photo(who, f"{street} 井盖缺失")
            await town.advance(minutes=4)
        await town.until(9, 40)
        before = len(await said(town, NOBODY))
        await town.until(10, 31)
        told = (await said(town, NOBODY))[before:]
        assert [one.clock for one in told] == ["09:45", "10:00", "10:15", "10:30"]
        assert [one.text.count("XC-") for one in told] == [2] * 4


async def test_supervisors_let_the_officer_go_and_the_nudging_ends(tmp_path: Path) -> None:
    """准予撤场 stands on the card and on the photo, and the reporter is told."""
    async with city(tmp_path) as town:
        await town.start("officer01")
        photo = await town.photo("officer01", SMALL)
        await town.advance(minutes=11)
        asked = (await town.replies(photo))[-1]
        assert await town.press("supervisor01", asked["message_id"], "准予撤场") == "已准予撤场。"
        assert "可撤场" in text_of(await town.card(photo))
        assert "可撤场" in (await town.private("officer01"))[-1]
        await town.advance(hours=2)
        assert len(await said(town, NOBODY)) == 3


async def test_a_supervisor_assigns_the_case_from_the_ladder(tmp_path: Path) -> None:
    """代派 asks for whom; whoever it is becomes the claimer and hears of it."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.advance(minutes=11)
        asked = (await town.replies(photo))[-1]
        await town.press("supervisor01", asked["message_id"], "代派")
        shown = [m for m in await town.from_bot("supervisor01") if m.get("ephemeral_message_id")]
        name = next(b for b in buttons(shown[-1]) if "林志远" in b)
        await town.press("supervisor01", shown[-1]["ephemeral_message_id"], name)
        assert "林志远" in text_of(await town.card(photo))
        assert text_of(await town.card(photo)).startswith("🟡 已接单")
        assert "林志远" in text_of((await town.replies(photo))[-1])


async def test_a_step_with_several_cases_has_buttons_for_each(tmp_path: Path) -> None:
    """One message per person lists them; nobody has to look for the cards to act."""
    async with city(tmp_path) as town:
        for who in ("standby_east", "supervisor01"):
            await town.start(who)
        first = await town.photo("officer01", CAPTION)
        second = await town.photo("officer02", SMALL)
        await town.advance(minutes=11)
        standby, boss = town.ids["standby_east"], town.ids["supervisor01"]
        asked = (await town.from_bot("standby_east", standby))[-1]
        assert buttons(asked) == ["接单 0310-0001", "接单 0310-0002"]
        told = (await town.from_bot("supervisor01", boss))[-1]
        assert buttons(told)[2:] == ["代派 0310-0002", "准予撤场 0310-0002"]
        await town.press("standby_east", asked["message_id"], "接单 0310-0002", chat=standby)
        assert "林志远" in text_of(await town.card(second))
        await town.press("supervisor01", told["message_id"], "准予撤场 0310-0001", chat=boss)
        assert "可撤场" in text_of(await town.card(first))


async def test_without_a_grid_the_ladder_starts_at_the_managers(tmp_path: Path) -> None:
    """A supervisor's photo without a place belongs to nobody yet: both companies hear of it."""
    async with city(tmp_path) as town:
        await town.photo("supervisor01", "路沿石缺失")
        await town.advance(minutes=9)
        (one,) = await said(town, NOBODY)
        assert one.clock == "09:07"
        assert one.text.startswith("郭明 @manager_east、罗刚 @manager_west")


async def test_steps_that_could_not_be_said_for_hours_are_said_once(tmp_path: Path) -> None:
    """Telegram was out of reach over the noon: no storm of the same words afterwards."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.photo("officer01", CAPTION)
        await town.advance(minutes=9)
        fault = {"kind": "server_error", "method": "sendMessage", "probability": 1}
        await town.call("POST", "/sim/faults", fault)
        await town.advance(hours=3)
        await town.call("DELETE", "/sim/faults")
        before = len(await said(town))
        await town.advance(minutes=3)
        told = [one for one in (await said(town))[before:] if NOBODY in one.text]
        asked = [one.chat for one in told if "请督查代派" in one.text]
        assert sorted(asked) == [town.group, town.ids["supervisor01"]]
        (leaders,) = [one for one in told if "请督查代派" not in one.text]
        assert "请领导过问" in leaders.text
