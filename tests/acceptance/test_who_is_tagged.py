"""Who is tagged: by the place when it is known, else by the reporter's own grid."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, at_once, buttons, city, is_card, text_of
from tests.acceptance.scenes import choose, with_person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City, Message


def tagged(message: Message) -> list[int]:
    """The accounts that a message mentions by a link."""
    entities = message.get("entities") or []
    return [e["user"]["id"] for e in entities if e["type"] == "text_mention"]


async def notices(town: City, photo: int) -> list[Message]:
    """What the bot said in the group about a case besides its card."""
    return [m for m in await town.replies(photo) if not is_card(m) and "photo" not in m]


async def test_the_repairer_paired_with_the_reporter_is_tagged(tmp_path: Path) -> None:
    """By a mention that works without a username, once the account is known."""
    async with city(tmp_path) as town:
        await town.say("repairer03", "早上好")
        photo = await town.photo("officer03")
        card = await town.card(photo)
        assert "孙玥 → 🔧 刘洋" in text_of(card)
        assert tagged(card) == [town.ids["repairer03"]]
        first = await town.card(await town.photo("officer04"))
        assert "@repairer04" in text_of(first)


async def test_a_place_in_another_zone_tags_that_zones_repairer_with_both_names(
    tmp_path: Path,
) -> None:
    """Work and money follow the zone: 西城 mends it; both officers stand on the card."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", "解放路与和平街口 路灯不亮")
        card = await town.card(photo)
        people = next(line for line in text_of(card).split("\n") if "→" in line)
        for name in ("王建国", "冯国庆", "朱军", "西城公司"):
            assert name in people
        assert "7号网格" in text_of(card)
        assert await town.press("repairer01", card["message_id"], "接单")
        assert text_of(await town.card(photo)).startswith("⚪")
        await town.press("repairer07", card["message_id"], "接单")
        assert text_of(await town.card(photo)).startswith("🟡")


async def test_a_place_known_later_moves_the_case_and_tells_the_new_repairer(
    tmp_path: Path,
) -> None:
    """By a new message, because edits notify nobody."""
    async with city(tmp_path) as town:
        await town.say("repairer02", "早")
        photo = await town.photo("officer01", settle=20)
        await town.say("officer01", "东关街 路灯不亮", settle=6)
        card = await town.card(photo)
        assert "张磊" in text_of(card)
        assert "李强" not in text_of(card)
        (told,) = await notices(town, photo)
        assert tagged(told) == [town.ids["repairer02"]]
        assert "接单" in buttons(told)
        await town.press("repairer02", told["message_id"], "接单")
        assert text_of(await town.card(photo)).startswith("🟡 已接单")


async def test_the_new_repairer_is_told_privately_where_that_chat_is_open(tmp_path: Path) -> None:
    """Then the group hears nothing more."""
    async with city(tmp_path) as town:
        await town.start("repairer02")
        photo = await town.photo("officer01", settle=20)
        await town.say("officer01", "改位置 东关街", reply_to=photo, settle=6)
        assert await notices(town, photo) == []
        assert "XC-20260310-0001" in (await town.private("repairer02"))[-1]


async def test_a_case_that_was_taken_stays_with_who_took_it(tmp_path: Path) -> None:
    """The place is corrected on the card; the people stay."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=5)
        card = (await town.card(photo))["message_id"]
        await town.press("repairer01", card, "接单")
        await town.say("officer01", "改位置 东关街12号", reply_to=photo, settle=6)
        shown = text_of(await town.card(photo))
        assert "东关街12号 · 2号网格" in shown
        assert "李强" in shown
        assert "张磊" not in shown
        assert await notices(town, photo) == []
        await choose(town, "officer01", card, "改位置", "3号 建设东路")
        shown = text_of(await town.card(photo))
        assert "3号网格" in shown
        assert "李强" in shown


async def test_a_reporter_without_a_grid_is_asked_once_for_the_place(tmp_path: Path) -> None:
    """By buttons; the answer tags the grid's repairer, who is told by a new message."""
    async with city(tmp_path) as town:
        await town.say("repairer05", "在")
        photo = await town.photo("supervisor01", "路灯不亮", settle=5)
        (asked,) = await notices(town, photo)
        assert len(buttons(asked)) == 10
        assert "位置" in text_of(asked)
        assert await town.press("officer01", asked["message_id"], "5号 工业大道")
        assert "5号网格" not in text_of(await town.card(photo))
        await town.press("supervisor01", asked["message_id"], "5号 工业大道")
        card = text_of(await town.card(photo))
        assert "5号网格" in card
        assert "黄勇" in card
        _, told = await notices(town, photo)
        assert tagged(told) == [town.ids["repairer05"]]
        await town.advance(minutes=3)
        assert len(await notices(town, photo)) == 2


async def test_the_ladder_of_a_case_without_a_place_starts_at_the_managers(tmp_path: Path) -> None:
    """Nobody is tagged, so no stand-in is called at five minutes."""
    async with city(tmp_path) as town:
        for who in ("manager_east", "manager_west", "standby_east", "standby_west"):
            await town.start(who)
        await town.photo("clerk01", "路灯不亮")
        await town.advance(minutes=7)
        assert not any(["XC-" in "".join(await town.private(w)) for w in CREW])
        await town.advance(minutes=1)
        told = {w: "XC-20260310-0001" in "".join(await town.private(w)) for w in CREW}
        assert told == {
            "manager_east": True,
            "manager_west": True,
            "standby_east": False,
            "standby_west": False,
        }


CREW = ("manager_east", "manager_west", "standby_east", "standby_west")


async def test_the_place_question_goes_to_the_group_if_the_private_chat_is_shut(
    tmp_path: Path,
) -> None:
    """Who blocked the bot is still asked."""
    async with city(tmp_path) as town:
        await town.start("supervisor01")
        await town.call(
            "POST", "/sim/faults", {"kind": "forbidden", "chat": town.ids["supervisor01"]}
        )
        photo = await town.photo("supervisor01", "路灯不亮", settle=6)
        (asked,) = await notices(town, photo)
        assert "5号 工业大道" in buttons(asked)


async def test_a_late_caption_with_the_place_spares_the_question(tmp_path: Path) -> None:
    """An album's place may come with a later item."""
    async with city(tmp_path) as town:
        await town.call("POST", "/sim/faults", {"kind": "late_album_item", "seconds": 1})
        photos = await town.photos("leader01", CAPTION, count=3, settle=6)
        said = [m for m in await town.from_bot() if not is_card(m)]
        assert said == []
        assert "李强" in text_of(await town.card(photos[1]))


async def test_a_repairers_own_find_is_a_company_patrol_case(tmp_path: Path) -> None:
    """He is its claimer; the officer of the grid holds the patrol key, never he himself."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("repairer01", SMALL, settle=5)
        card = await town.card(photo)
        assert "公司巡查" in text_of(card)
        assert text_of(card).startswith("🟡 已接单")
        await town.photo("repairer01", "修好了", reply_to=photo, settle=6)
        sheet = (await town.sheet(photo))["message_id"]
        await town.press("repairer01", sheet, "查验通过")
        assert text_of(await town.card(photo)).startswith("🔵")
        await town.press("repairer01", sheet, "查验通过")
        await town.press("manager_east", sheet, "查验通过")
        await town.press("officer02", sheet, "查验通过")
        assert text_of(await town.card(photo)).startswith("🔵")
        await town.press("officer01", sheet, "查验通过")
        assert text_of(await town.card(photo)).startswith("🟢 已结案")


async def test_the_stand_in_is_tagged_from_the_start_for_one_who_is_away(tmp_path: Path) -> None:
    """The roster says who is on leave; the ladder goes on with the manager."""
    away = partial(with_person, username="repairer01", away=True)
    async with city(tmp_path, change=away) as town:
        await town.start("standby_east")
        photo = await town.photo("officer01", SMALL)
        card = await town.card(photo)
        assert "林志远" in text_of(card)
        assert "李强" not in text_of(card)
        await town.advance(minutes=6)
        assert "XC-" not in "".join(await town.private("standby_east"))
        await town.press("standby_east", card["message_id"], "接单")
        assert text_of(await town.card(photo)).startswith("🟡")


async def test_a_repairers_find_in_the_other_zone_is_that_zones_work(tmp_path: Path) -> None:
    """His own company neither takes nor mends it; he stands on the card as its reporter."""
    async with city(tmp_path) as town:
        photo = await town.photo("repairer01", "解放路 路灯不亮", settle=5)
        card = await town.card(photo)
        assert text_of(card).startswith("⚪ 待对接")
        assert "朱军" in text_of(card)
        await town.press("repairer01", card["message_id"], "接单")
        assert text_of(await town.card(photo)).startswith("⚪ 待对接")


async def test_a_paired_repairer_who_was_away_and_comes_after_all_may_take_the_case(
    tmp_path: Path,
) -> None:
    """Being away passes the tag on; it takes nobody's right to take the case."""
    away = partial(with_person, username="repairer01", away=True)
    async with city(tmp_path, change=away) as town:
        photo = await town.photo("officer01", SMALL)
        await town.say("repairer01", "收到", reply_to=photo)
        card = text_of(await town.card(photo))
        assert card.startswith("🟡 已接单")
        assert "李强" in card
