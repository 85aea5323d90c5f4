"""The card: its shape, what makes it come again, and what its old buttons do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import CAPTION, SMALL, at_once, buttons, city, is_card, text_of
from tests.acceptance.scenes import delete, edit, fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City, Message


def shape(card: Message) -> tuple[int, int]:
    """How many lines, and how many buttons in the widest row."""
    rows = (card.get("reply_markup") or {}).get("inline_keyboard", [])
    return len(text_of(card).split("\n")), max((len(row) for row in rows), default=0)


async def all_cards(town: City) -> list[Message]:
    """All cards in the group, oldest first."""
    return [m for m in await town.from_bot() if is_card(m)]


async def closed(town: City, photo: int) -> None:
    """Take a case to its end by presses."""
    await town.photo("repairer01", reply_to=photo, settle=6)
    sheet = (await town.sheet(photo))["message_id"]
    await town.press("officer01", sheet, "查验通过")
    await town.press("repairer01", sheet, "查验通过")


async def test_a_card_has_its_lines_in_order_and_two_buttons_a_row_at_most(tmp_path: Path) -> None:
    """Whatever happens to the case on its way, and however long its words are."""
    async with city(tmp_path) as town:
        caption = "金城路与鼓楼路口东侧公交站旁边 井盖破损 危险 " + "很长的描述" * 60
        photo = await town.photo("officer01", caption, forward_from=town.ids["citizen01"])
        card = await town.card(photo)
        first, place, words, people, limit, standard, counts, *_ = text_of(card).split("\n")
        assert first == "⚪ 待对接 XC-20260310-0001 检查井破损 · A 当天"
        assert place.startswith("📍 金城路")
        assert place.endswith("1号网格")
        assert words.startswith("💬 ")
        assert "王建国 → 🔧 李强" in people
        assert limit.startswith("⏳ 维修 今日 24:00（")
        assert standard.startswith("📏 "), "what a good repair of this category is"
        assert counts == "📷 前1 中0 后0"
        seen = [shape(card)]
        await town.press("repairer01", card["message_id"], "接单")
        await town.press("repairer01", card["message_id"], "今天修不完")
        seen.append(shape(await town.card(photo)))
        await town.say("repairer01", "承诺 4月1日 等材料" * 5, reply_to=photo, settle=5)
        await town.say("manager_east", "退单 不归我们管" * 9, reply_to=photo, settle=5)
        seen.append(shape(await town.card(photo)))
        await town.photo("repairer01", reply_to=photo, settle=6)
        seen.append(shape(await town.card(photo)))
        assert all(lines <= 8 and width <= 2 for lines, width in seen)


async def test_the_limit_is_a_clock_time_with_a_live_one_beside_it(tmp_path: Path) -> None:
    """The clock time stands outside the entity, whose words the client replaces."""
    async with city(tmp_path) as town:
        card = await town.card(await town.photo("officer01", CAPTION))
        (live,) = [e for e in card["entities"] if e["type"] == "date_time"]
        units = text_of(card).encode("utf-16-le")
        before = units[: live["offset"] * 2].decode("utf-16-le")
        assert before.endswith("今日 24:00（")


async def test_a_closed_card_has_two_lines_and_loses_its_undo_at_the_next_edit(
    tmp_path: Path,
) -> None:
    """No edit is made only to take a button away."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await closed(town, photo)
        card = await town.card(photo)
        assert shape(card)[0] <= 2
        assert buttons(card) == ["撤销"]
        edits = len(await town.log("editMessageText"))
        await town.advance(minutes=5)
        assert len(await town.log("editMessageText")) == edits
        assert buttons(await town.card(photo)) == ["撤销"]
        toast = await town.press("repairer01", card["message_id"], "撤销")
        assert toast.startswith("已过时")
        assert text_of(await town.card(photo)).startswith("🟢 已结案")


async def test_an_undo_within_a_minute_restores_the_state_before(tmp_path: Path) -> None:
    """Only by the one who pressed; at 55 s it works."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        before = text_of(await town.card(photo))
        await town.press("repairer01", card, "接单", settle=50)
        assert "撤销" in buttons(await town.card(photo))
        assert "李强" in await town.press("officer01", card, "撤销", settle=1)
        assert text_of(await town.card(photo)).startswith("🟡")
        await town.press("repairer01", card, "撤销")
        again = text_of(await town.card(photo))
        assert again.split("\n")[:3] == before.split("\n")[:3]
        assert again.split("\n")[4:] == before.split("\n")[4:]
        assert "接单" in buttons(await town.card(photo))


async def test_an_expired_button_says_that_it_is_out_of_date(tmp_path: Path) -> None:
    """撤销 after its minute, and the keys of an earlier round."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await town.press("repairer01", card, "接单", settle=65)
        assert (await town.press("repairer01", card, "撤销")).startswith("已过时")
        await town.photo("repairer01", reply_to=photo, settle=6)
        old = (await town.sheet(photo))["message_id"]
        await town.press("officer01", old, "返工")
        await town.photo("repairer01", reply_to=photo, settle=6)
        assert (await town.press("officer01", old, "查验通过")).startswith("已过时")
        assert text_of(await town.card(photo)).startswith("🔵 待查验")


async def test_a_deleted_card_is_posted_again_and_works(tmp_path: Path) -> None:
    """At the next thing it would have shown."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, settle=40)
        old = (await town.card(photo))["message_id"]
        await delete(town, "supervisor01", old)
        await edit(town, "officer01", photo, caption="金城路 路沿石破损", settle=8)
        (card,) = await all_cards(town)
        assert card["message_id"] != old
        assert card["reply_to_message"]["message_id"] == photo
        await town.press("repairer01", card["message_id"], "接单")
        (card,) = await all_cards(town)
        assert text_of(card).startswith("🟡 已接单")


async def test_a_press_on_an_older_card_works_and_freshens_it(tmp_path: Path) -> None:
    """A card whose delivery stayed unknown was sent twice; the newest counts."""
    async with city(tmp_path) as town:
        await fault(town, "lost_reply", method="sendMessage")
        await town.photo("officer01", SMALL, settle=20)
        old, new = await all_cards(town)
        await town.press("repairer01", old["message_id"], "接单", settle=12)
        old, new = await all_cards(town)
        assert text_of(new).startswith("🟡 已接单")
        assert text_of(old) == text_of(new)
        assert buttons(old) == buttons(new)
        await town.say("repairer01", "开工了", reply_to=old["message_id"], settle=8)
        await town.press("repairer01", old["message_id"], "开工", settle=12)
        old, new = await all_cards(town)
        assert text_of(old) == text_of(new)
        assert text_of(new).startswith("🟠 维修中")


async def test_a_refused_press_on_an_older_card_freshens_it_too(tmp_path: Path) -> None:
    """Somebody else has taken the case meanwhile."""
    async with city(tmp_path) as town:
        await fault(town, "lost_reply", method="sendMessage")
        await town.photo("officer01", SMALL, settle=20)
        old, new = await all_cards(town)
        await town.press("repairer01", new["message_id"], "接单", settle=12)
        assert "李强" in await town.press("standby_east", old["message_id"], "接单", settle=12)
        old, new = await all_cards(town)
        assert text_of(old) == text_of(new)


async def test_a_press_on_a_closed_case_answers_politely(tmp_path: Path) -> None:
    """更多 and 接单 that were left on an old card change nothing."""
    async with city(tmp_path) as town:
        await fault(town, "lost_reply", method="sendMessage")
        photo = await town.photo("officer01", SMALL, settle=20)
        old, _ = await all_cards(town)
        await closed(town, photo)
        for button in ("接单", "更多"):
            data = next(
                b["callback_data"]
                for row in old["reply_markup"]["inline_keyboard"]
                for b in row
                if b["text"] == button
            )
            path = f"/sim/chats/{town.group}/messages/{old['message_id']}/press"
            body = {"from": town.ids["repairer01"], "data": data}
            told = await town.call("POST", path, body)
            await town.advance(seconds=5)
            assert "已结案" in told["answer"]["text"]
        assert text_of(await town.card(photo)).startswith("🟢 已结案")
