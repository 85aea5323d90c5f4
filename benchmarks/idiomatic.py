"""The same job as it is usually written: a handler with an async ORM session of its own.

Both frameworks' handlers read the caption with the product's own reader, look whether the update
was seen, add the very rows that the product writes for this photo, and commit.
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
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, registry
from telegram import Update as TelegramUpdate
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from benchmarks.contenders import TABLES, settings_in
from bot.assembly import prepare
from bot.config.city import town as build_town
from simulator import Simulator
from storage import tables
from storage.columns import metadata
from storage.engines import writer_engine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from benchmarks.updates import RawUpdate
    from casework.town import Town

Record = tuple[type[Any], dict[str, Any]]


def _models() -> dict[str, type[Any]]:
    """An ORM class for each table that an opened case writes to."""
    mapper = registry(metadata=metadata)
    models: dict[str, type[Any]] = {}
    for name in TABLES:
        models[name] = type(name.title(), (), {})
        mapper.map_imperatively(models[name], metadata.tables[name])
    return models


MODELS = _models()


def records_of_cases(folder: Path) -> list[list[Record]]:
    """What the product wrote, case by case, as arguments of the ORM's classes."""
    engine = writer_engine(settings_in(folder).database_url)
    found: dict[int, list[Record]] = {}
    with Session(engine) as session:
        cases = list(session.scalars(select(MODELS["cases"]).order_by(tables.cases.c.id)))
        ids = [case.id for case in cases]
        for name in TABLES:
            order = list(metadata.tables[name].primary_key)
            for at, row in enumerate(session.scalars(select(MODELS[name]).order_by(*order))):
                columns = metadata.tables[name].columns.keys()
                values = {column: getattr(row, column) for column in columns}
                case = ids[at] if name == "seen" else values.get("case_id", values.get("id"))
                if case is not None:
                    found.setdefault(case, []).append((MODELS[name], values))
    engine.dispose()
    return [found[case] for case in ids]


class Clerk:
    """What both handlers do with a photo."""

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], town: Town, cases: Sequence[list[Record]]
    ) -> None:
        self._sessions = sessions
        self._town = town
        self._cases = iter(cases)

    async def file(self, update_id: int, caption: str) -> None:
        """Open a case, and commit."""
        async with self._sessions() as session:
            if await session.get(MODELS["seen"], update_id) is not None:
                return
            self._town.read(caption)
            for model, values in next(self._cases):
                record = model()
                for name, value in values.items():
                    setattr(record, name, value)
                session.add(record)
            await session.commit()


@asynccontextmanager
async def _clerk(folder: Path, cases: Sequence[list[Record]]) -> AsyncIterator[Clerk]:
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
        yield Clerk(async_sessionmaker(engine, expire_on_commit=False), build_town(settings), cases)
    finally:
        await engine.dispose()


async def aiogram_and_orm(
    folder: Path, updates: list[RawUpdate], cases: Sequence[list[Record]]
) -> float:
    """Seconds for aiogram's dispatcher with a handler that files each photo by the ORM."""
    dispatcher, bot = Dispatcher(), Bot("1:" + "a" * 35)
    async with _clerk(folder, cases) as clerk:

        async def handle(message: Message, event_update: Update) -> None:
            await clerk.file(event_update.update_id, message.caption or "")

        dispatcher.message.register(handle, F.photo)
        begun = time.perf_counter()
        for raw in updates:
            await dispatcher.feed_update(bot, Update.model_validate(raw, context={"bot": bot}))
        return time.perf_counter() - begun


async def telegram_and_orm(
    folder: Path, updates: list[RawUpdate], cases: Sequence[list[Record]]
) -> float:
    """Seconds for python-telegram-bot's application with the same handler."""
    async with _clerk(folder, cases) as clerk, Simulator() as simulator:

        async def handle(update: TelegramUpdate, _context: ContextTypes.DEFAULT_TYPE) -> None:
            message = update.effective_message
            await clerk.file(update.update_id, (message.caption if message else "") or "")

        token = settings_in(folder).telegram.token.reveal()
        builder = Application.builder().token(token).base_url(f"{simulator.base_url}/bot")
        application = builder.updater(None).build()
        application.add_handler(MessageHandler(filters.PHOTO, handle))
        async with application:
            begun = time.perf_counter()
            for raw in updates:
                await application.process_update(TelegramUpdate.de_json(raw, application.bot))
            return time.perf_counter() - begun


def measured(folder: Path, updates: list[RawUpdate], cases: list[list[Record]]) -> list[float]:
    """Seconds of both, on fresh databases."""
    found: list[float] = []
    for contender in (aiogram_and_orm, telegram_and_orm):
        place = folder / contender.__name__
        place.mkdir()
        found.append(asyncio.run(contender(place, updates, cases)))
    return found
