"""🔕 到明早: one person sleeps over one case; everybody else, and every danger, goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import MORNING, buttons, city, text_of
from tests.acceptance.hours import said
from tests.acceptance.scenes import choose, taken

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City, Message

NUDGE, HUSH = "请抓紧维修", "🔕 到明早"
TOAST = "好的，明早 07:00 前不再催您办这个案件。"
BUT_THE_SIGN = f"{TOAST}警示标志还会提醒。"


async def reminder(town: City, who: str = "repairer01") -> Message:
    """The newest reminder in a private chat."""
    return [m for m in await town.from_bot(who, town.ids[who]) if NUDGE in text_of(m)][-1]


async def hush(town: City, who: str = "repairer01", button: str = HUSH) -> str:
    """Press 🔕 on the newest reminder; the toast."""
    number = (await reminder(town, who))["message_id"]
    return await town.press(who, number, button, chat=town.ids[who])


async def heard(town: City, who: str = "repairer01") -> list[str]:
    """When somebody was reminded in private, by day and clock."""
    return [f"{one.at:%d %H:%M}" for one in await said(town, NUDGE, chat=town.ids[who])]


async def short(town: City, officer: str = "officer01") -> int:
    """A case that 李强 took at nine, with six hours: reminders at 12:00, 13:30, 15:00."""
    photo = await taken(town, officer)
    card = (await town.card(photo))["message_id"]
    await choose(town, "supervisor01", card, "改时限", "6小时")
    return photo


async def test_what_falls_due_meanwhile_comes_once_in_the_morning(tmp_path: Path) -> None:
    """Pressed at noon: nothing is heard of it today, and 07:00 says how far it is by then."""
    async with city(tmp_path) as town:
        for who in ("repairer01", "standby_east"):
            await town.start(who)
        await short(town)
        await town.until(12, 5)
        assert buttons(await reminder(town)) == [HUSH]
        assert await hush(town) == BUT_THE_SIGN
        assert await hush(town) == BUT_THE_SIGN, "twice is as good as once"
        await town.until(7, 1)
        assert [moment[:5] for moment in await heard(town)] == ["10 12", "11 07"]
        assert "超过时限两倍" in text_of(await reminder(town))
        assert text_of(await reminder(town)).count("XC-") == 1
        assert "补发" not in text_of(await reminder(town)), "nothing was missed"
        others = await heard(town, "standby_east")
        assert [moment[:5] for moment in others] == ["10 13", "10 15", "11 07"], (
            "others are not affected"
        )


async def test_it_ends_in_the_morning(tmp_path: Path) -> None:
    """Pressed at half time of three days; three quarters are said at 08:15 as ever."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        await taken(town)
        await town.until(16, 35, days=1)
        assert await hush(town) == TOAST
        await town.until(9)
        assert await heard(town) == ["11 16:30", "12 08:15"]


async def test_mended_meanwhile_nothing_comes(tmp_path: Path) -> None:
    """The reason has gone by the morning: the row is recorded as dropped."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await short(town)
        await town.until(12, 5)
        await hush(town)
        await town.until(16)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.until(7, 5)
        assert len(await heard(town)) == 1


async def test_other_cases_of_the_same_person_are_still_said(tmp_path: Path) -> None:
    """Each button hushes its own case."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        await short(town)
        await short(town)
        await town.until(12, 5)
        assert "XC-20260310-0002" in text_of(await reminder(town))
        await hush(town)
        await town.until(17)
        told = [one.text for one in await said(town, NUDGE, chat=town.ids["repairer01"])]
        assert ["0001" in text for text in told] == [True, False, True, True]


async def test_a_danger_has_no_such_button_and_ends_the_sleep(tmp_path: Path) -> None:
    """Raised to A an hour later: he hears of it at once; the old button is out of date."""
    async with city(tmp_path) as town:
        await town.start("repairer01")
        photo = await short(town)
        await town.until(12, 5)
        sleepy = (await reminder(town))["message_id"]
        await hush(town)
        card = (await town.card(photo))["message_id"]
        await town.press("officer01", card, "改为当天")
        await town.until(23, 55)
        told = await heard(town)
        assert len(told) > 1
        assert buttons(await reminder(town)) == []
        where = town.ids["repairer01"]
        toast = await town.press("repairer01", sleepy, HUSH, chat=where)
        assert toast == "已过时，请看最新的卡片"


async def test_in_the_group_there_is_no_such_button(tmp_path: Path) -> None:
    """Neither on the batch nor on what is said to those who are tagged."""
    async with city(tmp_path, at=MORNING) as town:
        await short(town)
        await town.until(17)
        batches = [m for m in await town.from_bot() if "待办提醒" in text_of(m)]
        assert len(batches) == 1
        assert buttons(batches[0]) == []


async def test_a_waiting_check_can_be_slept_over_too(tmp_path: Path) -> None:
    """The officer looks at it tomorrow; the supervisors are told all the same."""
    async with city(tmp_path) as town:
        for who in ("officer01", "supervisor01"):
            await town.start(who)
        photo = await taken(town)
        await town.photo("repairer01", reply_to=photo, settle=6)
        await town.advance(minutes=31)
        chat = town.ids["officer01"]
        asked = (await town.from_bot("officer01", chat))[-1]
        assert buttons(asked) == ["查验通过", "远程查验", "返工", HUSH]
        assert await town.press("officer01", asked["message_id"], HUSH, chat=chat) == TOAST
        await town.advance(hours=2)
        late = (await town.private("supervisor01"))[-1]
        assert "查验超时" in late
