"""并案: many reports of one cause; a supervisor decides, and no case is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import MORNING, SMALL, buttons, city, reaction, text_of
from tests.acceptance.hours import said
from tests.acceptance.scenes import choose

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City, Message

FIVE = 5


async def five(town: City, words: str = SMALL, *, pause: float = 70) -> list[int]:
    """Five reports of the same kind in grid 1, one after another; their photos."""
    return [await town.photo("officer01", words, settle=pause) for _ in range(FIVE)]


async def asked(town: City) -> list[Message]:
    """The questions whether it is one cause, as they stand in the group."""
    return [m for m in await town.from_bot() if "是不是一回事" in text_of(m)]


async def number_of(town: City, photo: int) -> str:
    """The number of the case that a photo opened."""
    return text_of(await town.card(photo)).split("XC-")[1].split(" ")[0]


async def test_the_supervisors_are_asked_once_and_the_bot_decides_nothing(tmp_path: Path) -> None:
    """Four are not enough; the fifth asks; the sixth does not ask again."""
    async with city(tmp_path) as town:
        for _ in range(FIVE - 1):
            await town.photo("officer01", SMALL, settle=70)
        assert await asked(town) == []
        await town.photo("officer01", SMALL, settle=70)
        (question,) = await asked(town)
        assert "上报同类问题 5 件" in text_of(question)
        assert text_of(question).count("XC-") == FIVE
        assert buttons(question) == ["并案", "不是一回事"]
        await town.photo("officer01", SMALL, settle=70)
        await town.advance(minutes=2)
        assert len(await asked(town)) == 1
        assert "并入" not in "".join(text_of(m) for m in await town.from_bot())


async def test_reports_of_different_kinds_grids_or_hours_ask_nobody(tmp_path: Path) -> None:
    """Only the same category, in the same grid, within two hours."""
    async with city(tmp_path) as town:
        for words in (SMALL, "金城路 护栏破损", "时风路 路沿石缺失"):
            await town.photo("officer01", words, settle=70)
            await town.photo("officer01", words, settle=70)
        await town.advance(hours=2)
        for _ in range(FIVE - 1):
            await town.photo("officer01", SMALL, settle=70)
        assert await asked(town) == []


async def test_joined_cases_are_silent_while_the_main_one_is_worked_on(tmp_path: Path) -> None:
    """Cards name each other; nobody is told any more that a joined case is unclaimed."""
    async with city(tmp_path, at=MORNING.replace(minute=1)) as town:
        photos = await five(town, pause=31)
        (question,) = await asked(town)
        refused = await town.press("officer01", question["message_id"], "并案")
        assert refused == "只有督查能并案"
        toast = await town.press("supervisor01", question["message_id"], "并案")
        main = await number_of(town, photos[0])
        assert toast == f"已并案 4 件，主案 XC-{main}。"
        assert "主案，并入 4 件" in text_of(await town.card(photos[0]))
        for photo in photos[1:]:
            assert f"并入主案 XC-{main}" in text_of(await town.card(photo))
            assert "可撤场" in text_of(await town.card(photo))
            assert reaction(await town.message(photo)) == "🫡"
        await town.say("repairer01", "收到", reply_to=photos[0], settle=5)
        before = len(await town.from_bot())
        await town.advance(hours=3)
        told = [text_of(m) for m in (await town.from_bot())[before:]]
        assert [t for t in told if "没有人接单" in t] == []


async def join_five(town: City) -> list[int]:
    """Five cases, joined by the supervisor and taken by the repairer; their photos."""
    photos = await five(town, pause=31)
    (question,) = await asked(town)
    await town.press("supervisor01", question["message_id"], "并案")
    await town.say("repairer01", "收到", reply_to=photos[0], settle=5)
    return photos


async def close(town: City, photo: int) -> None:
    """Mend a case, and let both sides check it."""
    await town.photo("repairer01", reply_to=photo, settle=6)
    sheet = (await town.sheet(photo))["message_id"]
    await town.press("officer01", sheet, "查验通过")
    await town.press("repairer01", sheet, "查验通过")


async def test_the_end_of_the_main_case_wakes_the_joined_ones(tmp_path: Path) -> None:
    """One message to who answers for them; each is mended, checked and closed by itself."""
    async with city(tmp_path) as town:
        photos = await join_five(town)
        before = len(await town.from_bot())
        await close(town, photos[0])
        told = [m for m in (await town.from_bot())[before:] if "主案" in text_of(m)]
        (awake,) = [m for m in told if "恢复单独办理" in text_of(m)]
        assert "李强" in text_of(awake)
        assert text_of(awake).count("XC-") == FIVE
        assert text_of(await town.card(photos[1])).startswith("⚪ 待对接")
        await town.advance(minutes=6)
        assert [m for m in await town.from_bot() if "还没有人接单" in text_of(m)]
        await close(town, photos[1])
        assert text_of(await town.card(photos[1])).startswith("🟢")


async def test_an_undone_close_of_the_main_case_makes_them_silent_again(tmp_path: Path) -> None:
    """Within the minute all is as before."""
    async with city(tmp_path) as town:
        photos = await join_five(town)
        await close(town, photos[0])
        card = (await town.card(photos[0]))["message_id"]
        assert await town.press("repairer01", card, "撤销") == "已撤销，恢复原样。"
        before = len(await town.from_bot())
        await town.advance(minutes=40)
        told = [text_of(m) for m in (await town.from_bot())[before:]]
        assert [t for t in told if "没有人接单" in t] == []


async def test_joining_can_be_undone_on_the_main_card(tmp_path: Path) -> None:
    """For a minute, by the supervisor: all five stand by themselves again, and are told of."""
    async with city(tmp_path) as town:
        photos = await five(town, pause=31)
        before = [text_of(await town.card(photo)) for photo in photos]
        (question,) = await asked(town)
        await town.press("supervisor01", question["message_id"], "并案")
        card = (await town.card(photos[0]))["message_id"]
        assert await town.press("supervisor01", card, "撤销") == "已撤销，恢复原样。"
        await town.advance(seconds=10)
        assert [text_of(await town.card(photo)) for photo in photos] == before
        await town.advance(minutes=12)
        assert [m for m in await town.from_bot() if "没有人接单" in text_of(m)]


async def test_a_supervisor_takes_one_case_out_of_a_main_case(tmp_path: Path) -> None:
    """取消并案 in the menu: it was another thing after all."""
    async with city(tmp_path) as town:
        photos = await join_five(town)
        card = (await town.card(photos[2]))["message_id"]
        assert await choose(town, "supervisor01", card, "取消并案") == "已取消并案。"
        assert "并入主案" not in text_of(await town.card(photos[2]))
        assert "主案，并入 3 件" in text_of(await town.card(photos[0]))
        before = len(await town.from_bot())
        await town.advance(minutes=6)
        told = [text_of(m) for m in (await town.from_bot())[before:]]
        assert [t.count("XC-") for t in told if "没有人接单" in t] == [1]


async def test_not_the_same_leaves_all_as_it_is(tmp_path: Path) -> None:
    """不是一回事: nothing changes, nobody is asked again."""
    async with city(tmp_path) as town:
        photos = await five(town)
        (question,) = await asked(town)
        toast = await town.press("supervisor01", question["message_id"], "不是一回事")
        assert toast == "记下了，分别办理。"
        await town.photo("officer01", SMALL, settle=70)
        assert len(await asked(town)) == 1
        assert "主案" not in text_of(await town.card(photos[0]))


async def test_a_supervisor_joins_cases_in_words(tmp_path: Path) -> None:
    """并案 XC-… in reply; others who type it are told who may."""
    async with city(tmp_path) as town:
        first = await town.photo("officer01", SMALL, settle=70)
        second = await town.photo("officer02", "时风路 路沿石缺失", settle=10)
        number = await number_of(town, first)
        await town.say("officer02", f"并案 XC-{number}", reply_to=second, settle=5)
        assert "并入" not in text_of(await town.card(second))
        await town.say("supervisor01", f"并案 XC-{number}", reply_to=second, settle=5)
        assert f"并入主案 XC-{number}" in text_of(await town.card(second))
        assert "主案，并入 1 件" in text_of(await town.card(first))


async def test_a_joined_case_that_turns_out_dangerous_is_spoken_of(tmp_path: Path) -> None:
    """Its main case is of three days: the danger keeps its own ladder."""
    async with city(tmp_path) as town:
        photos = await join_five(town)
        card = (await town.card(photos[1]))["message_id"]
        await town.press("officer01", card, "改为当天")
        before = len(await town.from_bot())
        await town.advance(minutes=16)
        told = [text_of(m) for m in (await town.from_bot())[before:]]
        assert [t for t in told if "没有人接单" in t]


async def test_a_danger_found_hours_after_the_joining_is_told_step_by_step(tmp_path: Path) -> None:
    """Its ladder begins with the danger: nobody is told that something was missed."""
    async with city(tmp_path) as town:
        first = await town.photo("officer01", SMALL)
        second = await town.photo("officer02", "鼓楼路 路沿石缺失")
        number = text_of(await town.card(first)).split("XC-")[1][:13]
        await town.say("supervisor01", f"并案 XC-{number}", reply_to=second, settle=5)
        await town.press("repairer01", (await town.card(first))["message_id"], "接单")
        await town.until(11)
        card = (await town.card(second))["message_id"]
        await town.press("officer02", card, "改为当天")
        await town.until(11, 11)
        told = [one.clock for one in await said(town, "没有人接单")]
        assert told == ["11:05", "11:07", "11:10"]
        assert not await said(town, "补发")
