from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import aiohttp
import pytest
import telegram
from aiogram import Bot

from simulator import SimulatedClock, Simulator
from tests.contract.clients import WitnessRequest, WitnessSession
from tests.contract.people import GROUP, People
from tests.contract.schema import Schema

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

MORNING = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def schema() -> Schema:
    """Bot API 10.3."""
    return Schema()


@pytest.fixture
def clock() -> SimulatedClock:
    """Stands still until a test moves it."""
    return SimulatedClock(MORNING, frozen=True)


@pytest.fixture
async def sim(clock: SimulatedClock) -> AsyncIterator[Simulator]:
    """A simulator with the sample town."""
    async with Simulator(clock=clock) as simulator:
        yield simulator


@pytest.fixture
async def people(sim: Simulator) -> AsyncIterator[People]:
    """The people of the town."""
    async with aiohttp.ClientSession(sim.base_url) as session:
        yield People(session)


@pytest.fixture
async def bot(sim: Simulator, schema: Schema) -> AsyncIterator[Bot]:
    """The town's bot, driven by aiogram."""
    session = WitnessSession(sim.base_url, schema)
    yield Bot(sim.bot_token, session=session)
    await session.close()


@pytest.fixture
async def second_bot(sim: Simulator, people: People, schema: Schema) -> AsyncIterator[telegram.Bot]:
    """Another bot in the patrol group, an admin, driven by python-telegram-bot."""
    made = await people.call("POST", "/bots", {"username": "witness_bot", "name": "Witness"})
    for action in ("add", "promote"):
        body = {"user": made["id"], "action": action}
        await people.call("POST", f"/chats/{GROUP}/members", body)
    client = telegram.Bot(
        made["token"],
        base_url=f"{sim.base_url}/bot",
        base_file_url=f"{sim.base_url}/file/bot",
        request=WitnessRequest(schema),
        get_updates_request=WitnessRequest(schema),
    )
    async with client:
        yield client
