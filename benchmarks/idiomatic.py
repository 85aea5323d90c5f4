"""The same job as it is usually written: a handler with an async ORM session of its own.

Both frameworks' handlers do what `benchmarks.clerk` says, and leave the very rows that the product
leaves for these photos.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from aiogram import Bot, Dispatcher, F
from aiogram.types import Message, Update
from sqlalchemy import event
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from telegram import Update as TelegramUpdate
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks.clerk import Clerk, Posted
from benchmarks.contenders import BenchClock, settings_in
from benchmarks.updates import batches
from bot.assembly import prepare
from bot.config.city import town as build_town
from simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from benchmarks.updates import RawUpdate


@asynccontextmanager
async def _clerk(folder: Path, clock: BenchClock) -> AsyncIterator[Clerk]:
    settings = settings_in(folder)
    prepare(settings)
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{folder / 'xunchaqun.sqlite3'}",
        json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    )

    @event.listens_for(engine.sync_engine, "connect")
    def durable(connection: Any, _record: object) -> None:  # noqa: ANN401 - any driver's
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    try:
        yield Clerk(async_sessionmaker(engine, expire_on_commit=False), build_town(settings), clock)
    finally:
        await engine.dispose()


def _posted(update_id: int, message: Any, who: Any, photo: Any) -> Posted:  # noqa: ANN401 - of either
    """The photo of a message; both frameworks call its parts by Telegram's own names."""
    return Posted(
        update_id=update_id,
        chat=str(message.chat.id),
        message=str(message.message_id),
        at=message.date,
        account=str(who.id),
        username=who.username or "",
        language=who.language_code or "",
        file=photo.file_id,
        unique=photo.file_unique_id,
        caption=message.caption or "",
    )


async def aiogram_and_orm(folder: Path, updates: list[RawUpdate]) -> float:
    """Seconds for aiogram's dispatcher with a handler that files each photo by the ORM."""
    dispatcher, bot, clock = Dispatcher(), Bot("1:" + "a" * 35), BenchClock()
    async with _clerk(folder, clock) as clerk:

        async def handle(message: Message, event_update: Update) -> None:
            who, photo = message.from_user, message.photo
            if who is None or photo is None:
                return
            await clerk.file(_posted(event_update.update_id, message, who, photo[-1]))

        dispatcher.message.register(handle, F.photo)
        begun = time.perf_counter()
        for batch in batches(updates):
            clock.pass_to(batch)
            for raw in batch:
                update = Update.model_validate(raw, context={"bot": bot})
                await dispatcher.feed_update(bot, update)
        return time.perf_counter() - begun


async def telegram_and_orm(folder: Path, updates: list[RawUpdate]) -> float:
    """Seconds for python-telegram-bot's application with the same handler."""
    clock = BenchClock()
    async with _clerk(folder, clock) as clerk, Simulator() as simulator:

        async def handle(update: TelegramUpdate, _context: ContextTypes.DEFAULT_TYPE) -> None:
            message, who = update.message, update.effective_user
            if message is None or who is None:
                return
            await clerk.file(_posted(update.update_id, message, who, message.photo[-1]))

        token = settings_in(folder).telegram.token.reveal()
        builder = Application.builder().token(token).base_url(f"{simulator.base_url}/bot")
        application = builder.updater(None).build()
        application.add_handler(MessageHandler(filters.PHOTO, handle))
        async with application:
            begun = time.perf_counter()
            for batch in batches(updates):
                clock.pass_to(batch)
                for raw in batch:
                    await application.process_update(TelegramUpdate.de_json(raw, application.bot))
            return time.perf_counter() - begun


def measured(folder: Path, updates: list[RawUpdate]) -> list[float]:
    """Seconds of both, on fresh databases."""
    found: list[float] = []
    for contender in (aiogram_and_orm, telegram_and_orm):
        place = folder / contender.__name__
        place.mkdir()
        found.append(asyncio.run(contender(place, updates)))
    return found
