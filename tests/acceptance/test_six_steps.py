"""六步闭环 on every case, how long it took, and that the patrol side hears of the close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import SMALL, City, city, text_of
from tests.acceptance.scenes import choose

if TYPE_CHECKING:
    from pathlib import Path

CASE = "/case XC-20260310-0001"
STEPS = ("上报", "派遣", "分类处置（B 三天）", "反馈结案", "归档", "考核")


async def dossier(town: City) -> list[str]:
    """What /case says, line by line."""
    await town.say("clerk01", CASE, chat=town.ids["clerk01"], settle=5)
    return (await town.private("clerk01"))[-1].splitlines()


def steps(done: int, *, going: bool = True) -> str:
    """The line of the six steps with so many done."""
    marks = ["✅"] * done + ["▶" if going else "▫️"] * (done < 6) + ["▫️"] * (5 - done)
    return "六步：" + " ".join(mark + step for mark, step in zip(marks, STEPS, strict=True))


async def test_the_six_steps_are_shown_one_after_another(tmp_path: Path) -> None:
    """From the report to the filing that counts the close."""
    async with city(tmp_path) as town:
        await town.start("clerk01")
        photo = await town.photo("officer01", SMALL)
        assert steps(1) in await dossier(town)
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        assert steps(2) in await dossier(town)
        await town.photo("repairer01", reply_to=photo, settle=6)
        assert steps(3) in await dossier(town)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("officer01", sheet, "查验通过")
        assert steps(3) in await dossier(town)
        await town.press("repairer01", sheet, "查验通过")
        lines = await dossier(town)
        assert steps(5) in lines
        assert "用时 不到 1 个工作日" in lines
        await town.until(16, 45)
        assert steps(5) in await dossier(town), "a draft assesses nothing"
        await town.until(17, 5)
        assert steps(6) in await dossier(town)


async def test_a_rework_goes_back_to_the_repair(tmp_path: Path) -> None:
    """反馈结案 is not reached before the check passes."""
    async with city(tmp_path) as town:
        await town.start("clerk01")
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=6)
        assert steps(3) in await dossier(town)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("officer01", sheet, "返工")
        assert steps(2) in await dossier(town)


async def test_a_refused_case_goes_on_with_nothing(tmp_path: Path) -> None:
    """It ends where it stood, and is not archived as closed."""
    async with city(tmp_path) as town:
        await town.start("clerk01")
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await choose(town, "supervisor01", card, "退单", "不归我们管")
        assert steps(1, going=False) in await dossier(town)


async def test_a_closed_case_says_the_working_days_it_took(tmp_path: Path) -> None:
    """From Tuesday 09:00 to Thursday 09:30: two working days."""
    async with city(tmp_path) as town:
        await town.start("clerk01")
        photo = await town.photo("officer01", SMALL)
        await town.say("repairer01", "收到", reply_to=photo, settle=5)
        await town.until(9, 30, days=2)
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("officer01", sheet, "查验通过")
        await town.press("repairer01", sheet, "查验通过")
        assert "用时 2 个工作日" in await dossier(town)


async def test_the_reporter_hears_of_the_close_silently_and_once(tmp_path: Path) -> None:
    """及时反馈: number and result, in the open private chat, when it can no longer be undone."""
    async with city(tmp_path) as town:
        await town.start("officer01")
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("officer01", sheet, "查验通过")
        await town.press("repairer01", sheet, "查验通过")
        card = (await town.card(photo))["message_id"]
        await town.press("repairer01", card, "撤销")
        await town.advance(seconds=70)
        assert not [t for t in await town.private("officer01") if "按期结案" in t]
        await town.press("repairer01", sheet, "查验通过")
        await town.advance(seconds=70)
        (told,) = [
            m
            for m in await town.messages("officer01", town.ids["officer01"])
            if "按期结案" in text_of(m)
        ]
        assert "XC-20260310-0001" in text_of(told)
        sent = [c for c in await town.log("sendMessage") if "按期结案" in str(c["parameters"])]
        assert [c["parameters"].get("disable_notification") for c in sent] == [True]


async def test_who_turned_the_last_key_is_not_told_what_he_did(tmp_path: Path) -> None:
    """The officer closes it: no message for him, none where no private chat is open."""
    async with city(tmp_path) as town:
        await town.start("officer01")
        photo = await town.photo("officer01", SMALL)
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("repairer01", sheet, "查验通过")
        await town.press("officer01", sheet, "查验通过")
        await town.advance(seconds=70)
        assert not [t for t in await town.private("officer01") if "按期结案" in t]
