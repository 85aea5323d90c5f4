"""Where the menu goes when Telegram refuses to show it to the presser alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

from simulator.api import destination
from simulator.errors import bad_request
from tests.acceptance.city import SMALL, buttons, city, text_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def whisperless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Telegram that refuses ephemeral messages, as it may in some group."""

    def refuse(*_: object) -> NoReturn:
        raise bad_request("not enough rights to send ephemeral messages to the chat")

    monkeypatch.setattr(destination, "_deliver_ephemeral", refuse)


pytestmark = pytest.mark.usefixtures("whisperless")


async def test_without_whispering_the_menu_comes_privately(tmp_path: Path) -> None:
    """Where the private chat is open; it works there."""
    async with city(tmp_path) as town:
        await town.start("officer01")
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await town.press("officer01", card, "更多")
        chat = town.ids["officer01"]
        shown = (await town.from_bot("officer01", chat))[-1]
        assert "改位置" in buttons(shown)
        await town.press("officer01", shown["message_id"], "改位置", chat=chat)
        shown = (await town.from_bot("officer01", chat))[-1]
        await town.press("officer01", shown["message_id"], "2号 时风路", chat=chat)
        assert "2号网格" in text_of(await town.card(photo))


async def test_without_any_private_way_the_card_shows_the_menu_for_a_minute(tmp_path: Path) -> None:
    """Then its own buttons come back."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        card = (await town.card(photo))["message_id"]
        await town.press("officer01", card, "更多")
        assert "改位置" in buttons(await town.card(photo))
        await town.press("officer01", card, "改位置")
        assert "2号 时风路" in buttons(await town.card(photo))
        await town.press("officer01", card, "2号 时风路", settle=8)
        shown = await town.card(photo)
        assert "2号网格" in text_of(shown)
        assert buttons(shown)[:3] == ["接单", "改为当天", "更多"]
        await town.press("officer01", card, "更多")
        assert "改位置" in buttons(await town.card(photo))
        await town.advance(seconds=62)
        assert buttons(await town.card(photo))[:3] == ["接单", "改为当天", "更多"]


async def test_a_menu_that_nobody_uses_leaves_the_card_as_it_was(tmp_path: Path) -> None:
    """The case has not changed, but the card has."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL)
        before = await town.card(photo)
        await town.press("officer01", before["message_id"], "更多", settle=62)
        assert buttons(await town.card(photo)) == buttons(before)
