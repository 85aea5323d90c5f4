"""The HTTP session builds what it reads answers with once."""

from __future__ import annotations

import gc
import weakref

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import Response
from aiogram.types import User

from delivery.session import Session
from simulator import Simulator


async def test_the_shape_of_an_answer_is_built_once() -> None:
    """Building it takes longer than the call itself; pydantic keeps it only while somebody does."""
    async with Simulator() as simulator:
        session = Session(api=TelegramAPIServer.from_base(simulator.base_url))
        async with Bot(simulator.bot_token, session=session) as bot:
            await bot.get_me()
            shape = weakref.ref(Response[User])
            gc.collect()
            assert shape() is not None
            await bot.get_me()
            assert shape() is Response[User]
