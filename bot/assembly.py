"""Builds the whole product by hand, once, in one place; tests call it with other arguments."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from aiogram import Bot
from aiogram import exceptions as aio
from aiogram.client.telegram import TelegramAPIServer

from bot.category_keeper import CategoryKeeper
from bot.config.calendar_files import missing_years
from bot.config.city import town as build_town
from bot.darkroom import KeptPhotos, SheetPainter
from bot.nursery import Nursery
from bot.receiver import Receiver
from bot.set_up import set_up
from bot.toaster import Toaster
from delivery.courier import Courier
from delivery.fetcher import Fetcher
from delivery.files import TelegramFiles
from delivery.gateway import TelegramGateway
from delivery.outcomes import TokenRefusedError
from delivery.pace import Pace
from delivery.session import Session
from handlers.dispatcher import dispatcher
from messages.catalogue import Catalogue
from messages.letters import Letters
from pictures.shelf import Shelf
from pictures.worker import PictureWorker
from scheduler.ticker import Ticker
from scheduler.timetable import CronTimetable
from storage import migrate
from storage.writer import Writer
from usecases.beats import beats
from usecases.desk import CourierOffice, Desk, Homes, PhotoOffice

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from bot.config import Settings
    from casework.town import Town
    from handlers.replies import Reply
    from usecases.ports import Clock

log = logging.getLogger(__name__)

SET_UP_PAUSE = timedelta(seconds=10)
"""How long a failed set-up call waits before it is tried again."""


@dataclass(kw_only=True, slots=True)
class Product:
    """The running bot."""

    clock: Clock
    bot: Bot
    writer: Writer
    desk: Desk
    receiver: Receiver
    courier: Courier
    fetcher: Fetcher
    ticker: Ticker
    toaster: Toaster
    categories: CategoryKeeper
    catalogue: Catalogue

    @property
    def idle(self) -> bool:
        """Whether only time or Telegram can bring anything to do."""
        loops = (self.courier, self.fetcher, self.ticker, self.toaster, self.categories)
        return self.receiver.idle and all(part.idle for part in loops)


class _Bell:
    """Rings the loops after a commit; the parts are told to it once all are built."""

    def __init__(self) -> None:
        self.parts: tuple[Courier | Fetcher | Ticker, ...] = ()
        self.toaster: Toaster | None = None

    def ring(self) -> None:
        for part in self.parts:
            part.poke()

    def committed(self, replies: Sequence[Reply]) -> None:
        if self.toaster is not None:
            self.toaster.add(replies)
        self.ring()


def build_bot(settings: Settings) -> Bot:
    """Aiogram's client for the configured address."""
    api = TelegramAPIServer.from_base(settings.telegram.api_base)
    session = Session(api=api, proxy=settings.telegram.proxy or None)
    return Bot(settings.telegram.token.reveal(), session=session)


def prepare(settings: Settings) -> None:
    """Make the data folder and bring the database up to date, after a copy of it.

    Raises:
        StorageError: the database cannot be used, or is newer than the program.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    migrate.upgrade(settings.database_url, backup_folder=settings.data / "backups")


def photo_folder(settings: Settings) -> Path:
    """Where the originals of the photos lie."""
    return settings.data / "photos"


def build(settings: Settings, clock: Clock, worker: PictureWorker) -> Product:
    """Put the product together; nothing runs yet."""
    town = build_town(settings)
    catalogue = Catalogue.load(settings.files.texts)
    letters = Letters(catalogue)
    writer = Writer(settings.database_url)
    bot = build_bot(settings)
    bell = _Bell()
    come = beats(town.rules.reminders, town.digests)
    timetable = CronTimetable(town.zone, come, town.calendar.works)
    desk = Desk(writer.run, town, clock, timetable, Homes(town))
    shelf = Shelf(photo_folder(settings))
    product = Product(
        clock=clock,
        bot=bot,
        writer=writer,
        desk=desk,
        catalogue=catalogue,
        receiver=Receiver(
            bot=bot,
            dispatcher=dispatcher(),
            writer=writer,
            desk=desk,
            poll_seconds=settings.telegram.poll_seconds,
            committed=bell.committed,
        ),
        courier=Courier(
            desk=CourierOffice(desk, bell.ring),
            gateway=TelegramGateway(bot),
            letters=letters,
            painter=SheetPainter(worker, shelf, letters, clock, settings.files.font),
            pace=Pace(town.rules.pace),
            clock=clock,
        ),
        fetcher=Fetcher(
            desk=PhotoOffice(desk, bell.ring),
            files=TelegramFiles(bot),
            shelf=KeptPhotos(worker, shelf),
            clock=clock,
        ),
        ticker=Ticker(desk, clock, bell.ring),
        toaster=Toaster(bot, letters, catalogue),
        categories=CategoryKeeper(desk, settings.files.categories, clock, bell.ring),
    )
    bell.parts = (product.courier, product.fetcher, product.ticker)
    bell.toaster = product.toaster
    return product


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock, pictures: PictureWorker | None = None
) -> AsyncIterator[Product]:
    """The product at work; leaving the block stops it in order.

    Raises:
        StorageError: the database cannot be used.
        ConfigError: a file of the configuration is wrong.
        TaskFailedError: a part failed while it ran.
    """
    await asyncio.to_thread(prepare, settings)
    async with AsyncExitStack() as stack:
        worker = await stack.enter_async_context(pictures or PictureWorker())
        product = build(settings, clock, worker)
        stack.push_async_callback(product.bot.session.close)
        await asyncio.to_thread(Shelf(photo_folder(settings)).sweep)
        await product.writer.start()
        stack.push_async_callback(product.writer.stop)
        await product.desk.start()
        await product.categories.open()
        _warn_of_missing_years(product.desk.town, clock.now())
        nursery = await stack.enter_async_context(Nursery())
        start(product, nursery)
        stack.push_async_callback(_finish, product)
        log.info("running", extra={"action": "bot.started"})
        yield product


def _warn_of_missing_years(town: Town, now: datetime) -> None:
    for year in missing_years(town.calendar, town.day(now)):
        log.warning(
            "no working calendar for %d: its weekdays count as working days, holidays or not",
            year,
            extra={"action": "calendar.missing", "year": year},
        )


def start(product: Product, nursery: Nursery) -> None:
    """Start all loops."""
    nursery.start("courier", product.courier.run())
    nursery.start("fetcher", product.fetcher.run())
    nursery.start("toaster", product.toaster.run())
    nursery.start("ticker", product.ticker.run())
    nursery.start("categories", product.categories.run())
    nursery.start("set-up", _set_up(product))
    nursery.start("receiver", product.receiver.run())


async def _finish(product: Product) -> None:
    """Let calls in flight finish; side by side, or both waits would not fit into a stop."""
    await asyncio.gather(product.courier.stop(), product.fetcher.stop())


async def _set_up(product: Product) -> None:
    """Tell Telegram the bot's commands; the network may take its time."""
    while True:
        try:
            await set_up(product.bot, product.catalogue)
        except aio.TelegramUnauthorizedError:
            raise TokenRefusedError from None
        except Exception as error:  # noqa: BLE001 - the bot works without; it is tried again
            log.warning(
                "set-up failed (%s)", type(error).__name__, extra={"action": "bot.set_up_failed"}
            )
            await product.clock.sleep_until(product.clock.now() + SET_UP_PAUSE)
        else:
            return
