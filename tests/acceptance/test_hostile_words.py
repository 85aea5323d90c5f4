"""Words that would break a message are shown as words; what cannot be seen is gone."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.city import SMALL, city, text_of
from tests.acceptance.scenes import choose, edit, menu, with_person

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from tests.acceptance.city import City

HOSTILE = "<b>金城路</b> 路沿石缺失 & \u202e倒着\u2066的\u200b\x00\x07 </a> &lt;i&gt; \U0001f600"
PHONE = "13812345678"


def clean(text: str) -> bool:
    """Whether nothing invisible is left in a text but its line breaks."""
    return all(unicodedata.category(c) not in {"Cc", "Cf", "Cs"} for c in text.replace("\n", ""))


async def everything(town: City) -> list[str]:
    """All texts of the bot in the group, and those that the supervisor alone sees."""
    return [text_of(m) for m in await town.from_bot("supervisor01")]


async def test_markup_in_a_caption_is_shown_as_words(tmp_path: Path) -> None:
    """Tags, ampersands, direction and control characters."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", HOSTILE)
        card = await town.card(photo)
        assert "<b>金城路</b> 路沿石缺失 & 倒着的" in text_of(card)
        assert "&lt;i&gt;" in text_of(card)
        assert clean(text_of(card))
        bold = [e for e in card["entities"] if e["type"] == "bold"]
        assert len(bold) == 1


async def test_a_caption_of_4096_characters_is_shortened_on_the_card(tmp_path: Path) -> None:
    """A premium account may write so much; its danger at the very end still counts."""
    async with city(tmp_path) as town:
        path = f"/sim/people/{town.ids['officer01']}"
        await town.call("PATCH", path, {"premium": True})
        words = "金城路 井盖破损 " + "长" * 4078 + "<危险"
        assert len(words) <= 4096
        photo = await town.photo("officer01", words)
        card = text_of(await town.card(photo))
        assert "A 当天" in card
        assert len(card) < 600
        assert len(card.split("\n")) <= 8


@pytest.mark.parametrize(
    "words", ["\u200b\u200b", "\u202e", "<", "&", "&amp;#x202e;", "a\n\n\n\nb" * 40]
)
async def test_odd_captions_open_a_case_like_any_other(tmp_path: Path, words: str) -> None:
    """Nothing crashes, and the card has its eight lines at most."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", words)
        card = text_of(await town.card(photo))
        assert clean(card)
        assert len(card.split("\n")) <= 8


async def test_names_with_markup_and_rare_characters_are_shown_as_they_are(tmp_path: Path) -> None:
    """On the card, the sheet, in toasts and notices."""
    async with city(tmp_path, change=hostile_names) as town:
        photo = await town.photo("officer01", SMALL)
        card = await town.card(photo)
        assert "<b>王&玥垚𠮷" in text_of(card)
        toast = await town.press("officer01", card["message_id"], "接单")
        assert "</a>李\"'强" in toast
        await town.advance(minutes=16)
        await town.press("repairer01", card["message_id"], "接单")
        assert "</a>李\"'强" in text_of(await town.card(photo))
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = await town.sheet(photo)
        assert "<b>王&玥垚𠮷" in text_of(sheet)
        await town.say("supervisor01", "/case XC-20260310-0001", settle=5)
        assert all(map(clean, await everything(town)))


def hostile_names(settings: Settings) -> Settings:
    """The town with names that were typed to break things."""
    for username, name in (
        ("officer01", "<b>王&玥垚𠮷\u202e"),
        ("repairer01", "</a>李\"'\u200b强"),
        ("standby_east", "林<i>"),
    ):
        settings = with_person(settings, username, name=name)
    return settings


async def test_account_names_are_never_trusted(tmp_path: Path) -> None:
    """People are called as the roster calls them, whatever they call themselves."""
    async with city(tmp_path) as town:
        path = f"/sim/people/{town.ids['officer01']}"
        await town.call("PATCH", path, {"first_name": "<b>宋文博</b>\u202e"})
        photo = await town.photo("officer01", SMALL)
        card = text_of(await town.card(photo))
        assert "王建国" in card
        assert "宋文博" not in card


async def test_a_typed_place_and_reason_are_words_too(tmp_path: Path) -> None:
    """改位置 and 退单 typed with markup."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        await town.say("officer01", "改位置 <u>鼓楼路</u>&\u202e东", reply_to=photo, settle=6)
        card = text_of(await town.card(photo))
        assert "鼓楼路" in card
        assert clean(card)
        await town.say("supervisor01", "退单 <script>&\u2067原因", reply_to=photo, settle=6)
        card = text_of(await town.card(photo))
        assert "<script>&原因" in card
        assert clean(card)


async def test_phone_numbers_are_never_shown_in_a_group(tmp_path: Path) -> None:
    """Neither from a caption, nor from an edit, a typed place or a reason."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", f"{SMALL} 联系人老张 {PHONE}", settle=40)
        other = await town.photo("officer02", "时风路138号 路沿石缺失 +86 138-1234-5678")
        again = f"{SMALL} 电话１３８１２３４５６７８ 座机0356-2021234"
        await edit(town, "officer01", photo, caption=again)
        await town.say("officer01", f"改位置 金城路 {PHONE}", reply_to=photo, settle=6)
        card = (await town.card(photo))["message_id"]
        await choose(town, "supervisor01", card)
        await menu(town, "supervisor01")
        await town.say("supervisor01", f"退单 打{PHONE}问", reply_to=photo, settle=6)
        shown = unicodedata.normalize("NFKC", " ".join(await everything(town)))
        digits = shown.replace("-", "")
        assert PHONE not in digits
        assert "2021234" not in digits
        assert "☎" in shown
        assert "时风路138号" in text_of(await town.card(other))
