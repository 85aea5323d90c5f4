"""What opens a case, and what opens none."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests import databases
from tests.acceptance.city import CAPTION, SMALL, ZONE, city, reaction, text_of
from tests.acceptance.scenes import choose, fault

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_photo_a_video_and_an_image_file_each_open_a_case(tmp_path: Path) -> None:
    """Number, reaction and one card in reply, at once."""
    async with city(tmp_path) as town:
        for who, field, name in (
            ("officer01", "photo", "a.jpg"),
            ("officer02", "video", "a.mp4"),
            ("officer03", "document", "a.jpg"),
        ):
            photo = await town.photo(who, field=field, name=name, settle=1)
            assert reaction(await town.message(photo)) == "\u270d"
            assert len(await town.replies(photo)) == 1
            assert text_of(await town.card(photo)).startswith("⚪ 待对接 XC-20260310-000")


async def test_numbers_count_per_local_day_of_the_photo(tmp_path: Path) -> None:
    """A photo at 23:59:58 and one at 00:00:10 have numbers of two days."""
    late = datetime(2026, 3, 10, 23, 59, 55, tzinfo=ZONE)
    async with city(tmp_path, at=late) as town:
        before = await town.photo("officer01", SMALL, settle=15)
        after = await town.photo("officer02", "时风路 路沿石缺失")
        assert "XC-20260310-0001" in text_of(await town.card(before))
        assert "XC-20260311-0001" in text_of(await town.card(after))


async def test_a_file_that_is_no_image_opens_nothing(tmp_path: Path) -> None:
    """A report in the group is no defect."""
    async with city(tmp_path) as town:
        pdf = b"%PDF-1.7"
        kind, name, mime = "document", "日报.pdf", "application/pdf"
        await town.photo("officer01", CAPTION, data=pdf, field=kind, name=name, mime=mime)
        assert await town.from_bot() == []


async def test_a_photo_tagged_as_irrelevant_opens_nothing(tmp_path: Path) -> None:
    """`#无关`, full width too."""
    async with city(tmp_path) as town:
        first = await town.photo("officer01", "井盖破损 #无关")
        await town.photo("officer01", "＃无关 团建", count=3)
        assert await town.from_bot() == []
        assert reaction(await town.message(first)) == ""


async def test_a_forwarded_photo_opens_a_case_marked_as_forwarded(tmp_path: Path) -> None:
    """转发 stands on the card."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", CAPTION, forward_from=town.ids["citizen01"])
        assert "转发" in text_of(await town.card(photo))


async def test_a_forwarded_photo_never_acts(tmp_path: Path) -> None:
    """Neither with a case's number nor with finishing words is it an after-photo."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.press("repairer01", (await town.card(photo))["message_id"], "接单")
        for caption in ("XC-20260310-0001 修好了", "修好了"):
            other = await town.photo(
                "repairer01", caption, forward_from=town.ids["repairer02"], settle=40
            )
            assert "转发" in text_of(await town.card(other))
        assert text_of(await town.card(photo)).startswith("🟡 已接单")


async def test_a_photo_through_another_bot_opens_nothing(tmp_path: Path) -> None:
    """Inline bots post in people's names."""
    async with city(tmp_path) as town:
        await town.photo("officer01", CAPTION, via_bot="gif")
        assert await town.from_bot() == []


async def test_people_outside_the_roster_get_no_answer(tmp_path: Path) -> None:
    """Photos, words and replies of a stranger are left alone, and a press is refused."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", CAPTION)
        card = (await town.card(photo))["message_id"]
        path = f"/sim/chats/{town.group}/members"
        await town.call("POST", path, {"user": town.ids["citizen01"], "action": "add"})
        own = await town.photo("citizen01", CAPTION)
        reply = await town.photo("citizen01", "修好了", reply_to=photo)
        await town.say("citizen01", "收到", reply_to=card)
        assert len(await town.from_bot()) == 1
        assert [reaction(await town.message(m)) for m in (own, reply)] == ["", ""]
        assert await town.press("citizen01", card, "接单")
        assert text_of(await town.card(photo)).startswith("⚪ 待对接")


async def test_further_photos_join_within_thirty_seconds_and_can_be_split(tmp_path: Path) -> None:
    """Without words, by the same person; 拆开 makes a case of each."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=10)
        second = await town.photo("officer01", settle=5)
        third = await town.photo("officer01", settle=5)
        other = await town.photo("officer02", settle=20)
        late = await town.photo("officer01")
        assert "前3" in text_of(await town.card(photo))
        assert await town.replies(second) == []
        assert "前1" in text_of(await town.card(other))
        assert "前1" in text_of(await town.card(late))
        card = await town.card(photo)
        await choose(town, "officer01", card["message_id"], "拆开")
        for each in (photo, second, third):
            assert "前1" in text_of(await town.card(each))
        assert "路沿石" in text_of(await town.card(third))


async def test_a_repairers_further_photo_joins_his_own_find(tmp_path: Path) -> None:
    """He is not asked which case it is, seconds after he reported one."""
    async with city(tmp_path) as town:
        photo = await town.photo("repairer01", SMALL, settle=10)
        second = await town.photo("repairer01", settle=5)
        assert await town.replies(second) == []
        assert "前2" in text_of(await town.card(photo))


async def test_the_same_photo_delivered_twice_opens_one_case(tmp_path: Path) -> None:
    """Telegram may deliver an update again."""
    async with city(tmp_path) as town:
        await fault(town, "duplicate_update", count=3)
        await town.photo("officer01", SMALL)
        await town.photos("officer02", SMALL, count=2)
        assert len(await town.from_bot()) == 2


async def test_a_case_keeps_where_it_comes_from(tmp_path: Path) -> None:
    """The brigade's patrol, the company's own, an inspection by a supervisor, the office."""
    async with city(tmp_path) as town:
        for who in (
            "repairer01",
            "officer01",
            "supervisor01",
            "leader01",
            "clerk01",
        ):
            await town.photo(who, SMALL)
    found = databases.rows(tmp_path, "SELECT source FROM cases ORDER BY id")
    assert [source for (source,) in found] == [
        "company",
        "patrol",
        "inspection",
        "inspection",
        "office",
    ]
