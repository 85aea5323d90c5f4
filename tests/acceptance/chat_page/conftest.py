"""A town with a small scripted bot, and the chat page in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import DESKTOP, PHONE, ChatPage, chromium, open_page, running_simulator
from tests.fakes.scripted_bot import ScriptedBot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from simulator import Simulator

__all__ = ["chromium"]


@pytest.fixture
def town() -> Iterator[Simulator]:
    """The sample town at the real time."""
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture
def bot(town: Simulator) -> Iterator[ScriptedBot]:
    """The town's bot, which answers."""
    with ScriptedBot(town.base_url, town.bot_token) as bot:
        yield bot


@pytest.fixture
def pen(town: Simulator) -> Iterator[ScriptedBot]:
    """The town's bot, which says only what the test lets it say."""
    with ScriptedBot(town.base_url, town.bot_token, answers=False) as bot:
        yield bot


@pytest.fixture
def desk(chromium: Browser, town: Simulator) -> Iterator[ChatPage]:
    """The page at desktop width."""
    with open_page(chromium, town.base_url, DESKTOP) as page:
        yield page


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def chat(request: pytest.FixtureRequest, chromium: Browser, town: Simulator) -> Iterator[ChatPage]:
    """The page at both widths, with the group open."""
    with open_page(chromium, town.base_url, request.param) as page:
        page.open_chat()
        yield page
