"""Builds the whole product by hand, once, in one place; tests call it with other arguments."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from aiogram import Bot
from aiogram import exceptions as aio
from aiogram.client.telegram import TelegramAPIServer

from bot.alone import alone
from bot.auditor import Auditor
from bot.backup.before import upgrade
from bot.bell import Bell
from bot.belongings import make_folder, shelf_in
from bot.category_keeper import CategoryKeeper
from bot.config.calendar_files import missing_years
from bot.config.city import town as build_town
from bot.counts import CityCounts
from bot.darkroom import KeptPhotos, SheetPainter
from bot.earshot import Earshot
from bot.logs import first_words
from bot.moved import see_that_it_is_here
from bot.notify import Notifier
from bot.nursery import Nursery
from bot.patience import Patient
from bot.place import Place, see_that_it_is_not_lost
from bot.poller import Poller
from bot.receiver import Receiver
from bot.rivalry import Rivalry
from bot.serving import answers, plan, signpost
from bot.set_up import set_up
from bot.team import Team, name_of_process
from bot.toaster import Toaster
from bot.watch import Watch
from bot.webhook import Webhook
from bot.whose_city import NOTHING, TakeOver, enter
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
from pictures.inspector import ShelfInspector
from pictures.worker import PictureWorker
from scheduler.ticker import Ticker
from scheduler.timetable import CronTimetable
from storage.engines import is_sqlite
from storage.reader import Looker
from storage.writer import Writer
from usecases.beats import beats
from usecases.desk import CourierOffice, Desk, Homes, PhotoOffice
from web.door import opened
from web.health import Complaint
from web.pulse import Pulse
from web.totals import Totals

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from bot.config import Settings
    from bot.signpost import Signpost
    from casework.town import Town
    from usecases.ports import Clock
    from web.door import Door

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
    intake: Poller | Webhook
    signpost: Signpost
    pulse: Pulse
    totals: Totals
    courier: Courier
    fetcher: Fetcher
    ticker: Ticker
    toaster: Toaster
    categories: CategoryKeeper
    auditor: Auditor
    earshot: Earshot
    catalogue: Catalogue
    team: Team | None
    """None on SQLite: this process is alone."""

    @property
    def idle(self) -> bool:
        """Whether only time or Telegram can bring anything to do."""
        loops = (self.courier, self.fetcher, self.ticker, self.toaster, self.categories)
        watchers = (self.auditor, self.earshot)
        return self.intake.idle and all(part.idle for part in (*loops, *watchers))


def build_bot(settings: Settings, answered: Callable[[int, str, str], None] | None = None) -> Bot:
    """Aiogram's client for the configured address; `answered` as `delivery.session` has it."""
    api = TelegramAPIServer.from_base(settings.telegram.api_base)
    session = Session(api=api, proxy=settings.telegram.proxy or None, answered=answered)
    return Bot(settings.telegram.token.reveal(), session=session)


def prepare(settings: Settings) -> None:
    """Make the data folder and bring the database up to date, after a copy of it.

    Raises:
        CityMovedError: the city was moved to another database.
        CityLostError: it is gone.
        StorageError: the database cannot be used, or is newer than the program.
    """
    make_folder(settings.data)
    see_that_it_is_here(settings)
    see_that_it_is_not_lost(settings)
    upgrade(settings)


def build(
    settings: Settings, clock: Clock, worker: PictureWorker, pulse: Pulse | None = None
) -> Product:
    """Put the product together; nothing runs yet. Its parts leave their stamps on the pulse."""
    pulse, totals = pulse or Pulse(time.monotonic, settings.health), Totals()
    town = build_town(settings)
    catalogue = Catalogue.load(settings.files.texts)
    letters = Letters(catalogue)
    bell = Bell()
    writer = Writer(settings.database_url, name_of_process(), bell.ring)
    bot = build_bot(settings, answers(pulse, totals, clock))
    toaster = Toaster(bot, letters, catalogue)
    come = beats(town.rules.reminders, town.digests)
    timetable = CronTimetable(town.zone, come, town.calendar.works)
    desk = Desk(Patient(writer.run), town, clock, timetable, Homes(town))
    shelf, files = shelf_in(settings.data), TelegramFiles(bot)
    painter = SheetPainter(worker, shelf, letters, clock, settings.files.font)
    earshot = Earshot(desk, pulse.heard)
    receiver = _receiver(bot, writer, desk, toaster, totals)
    categories = CategoryKeeper(desk, settings.files.categories, clock)
    team = _team(settings, writer.name, desk, categories, bell)
    office = team.courier_office if team else CourierOffice(desk)
    product = Product(
        clock=clock,
        bot=bot,
        writer=writer,
        desk=desk,
        catalogue=catalogue,
        receiver=receiver,
        intake=_intake(settings, receiver, earshot, team, pulse),
        signpost=signpost(settings, bot, desk, pulse, earshot.heard),
        pulse=pulse,
        totals=totals,
        courier=_courier(bot, desk, office, letters, painter),
        fetcher=Fetcher(
            desk=team.photo_office if team else PhotoOffice(desk),
            files=files,
            shelf=KeptPhotos(worker, shelf),
            clock=clock,
            disk=pulse.disk,
        ),
        ticker=Ticker(desk, clock),
        toaster=toaster,
        categories=categories,
        team=team,
        auditor=_auditor(settings, desk, files, bell, totals),
        earshot=earshot,
    )
    bell.wakes(product.courier, product.fetcher, product.ticker)
    return product


def _team(
    settings: Settings, name: str, desk: Desk, categories: CategoryKeeper, bell: Bell
) -> Team | None:
    """This process among the others on PostgreSQL; on SQLite there are none."""
    if is_sqlite(settings.database_url):
        return None
    return Team(settings.database_url, name, desk, categories, bell.ring)


def _courier(
    bot: Bot, desk: Desk, office: CourierOffice, letters: Letters, painter: SheetPainter
) -> Courier:
    """Who carries the outbox to Telegram."""
    return Courier(
        desk=office,
        gateway=TelegramGateway(bot),
        letters=letters,
        painter=painter,
        pace=Pace(desk.town.rules.pace),
        clock=desk.clock,
    )


def _receiver(bot: Bot, writer: Writer, desk: Desk, toaster: Toaster, totals: Totals) -> Receiver:
    """Who takes updates in, however they come."""
    return Receiver(
        bot=bot,
        dispatcher=dispatcher(),
        writer=writer,
        desk=desk,
        committed=toaster.add,
        totals=totals,
    )


def _auditor(
    settings: Settings, desk: Desk, files: TelegramFiles, bell: Bell, totals: Totals
) -> Auditor:
    """On PostgreSQL other processes send, too: only time tells that nobody makes a call."""
    shelf = shelf_in(settings.data)
    alone = is_sqlite(settings.database_url)
    return Auditor(
        desk=desk,
        looker=Looker(settings.database_url),
        shelf=shelf,
        inspector=ShelfInspector(shelf),
        files=files,
        every=timedelta(seconds=settings.watch.audit_seconds),
        wake=bell.ring,
        busy=lambda: bell.sending if alone else None,
        totals=totals,
    )


def _intake(
    settings: Settings, receiver: Receiver, earshot: Earshot, team: Team | None, pulse: Pulse
) -> Poller | Webhook:
    """How updates come: Telegram brings them, or is asked for them."""
    if settings.web.webhook:
        return Webhook(receiver=receiver, heard=earshot.heard)
    return Poller(
        receiver=receiver,
        clock=receiver.desk.clock,
        poll_seconds=settings.telegram.poll_seconds,
        heard=earshot.heard,
        team=team,
        rivalry=Rivalry(pulse.contest),
    )


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock,
    pictures: PictureWorker | None = None,
    notifier: Notifier | None = None,
    *,
    over: TakeOver = NOTHING,
) -> AsyncIterator[Product]:
    """The product at work; leaving the block stops it in order.

    `over`: what it may take over from others.

    Raises:
        CannotListenError: an address of the configuration is taken, or not this machine's.
        CityTakenError: another process runs the bot on this SQLite file.
        CityLostError, CityMovedError: its SQLite file is gone; it is in another database.
        OtherBotError: the city is another bot's.
        StorageError: the database cannot be used.
        ConfigError: a file of the configuration is wrong.
        TaskFailedError: a part failed while it ran.
    """
    pulse = Pulse(time.monotonic, settings.health)
    async with AsyncExitStack() as stack:
        if is_sqlite(settings.database_url):
            make_folder(settings.data)
            stack.enter_context(alone(settings.database_url))
        door = await stack.enter_async_context(opened(plan(settings), pulse))
        await asyncio.to_thread(prepare, settings)
        worker = await stack.enter_async_context(pictures or PictureWorker())
        product = build(settings, clock, worker, pulse)
        stack.push_async_callback(product.bot.session.close)
        await product.writer.start()
        stack.push_async_callback(product.writer.stop)
        await enter(product.writer, settings, clock.now(), new=over.city)
        product.signpost.drops = over.webhook
        await _join(product, settings, stack)
        stack.push_async_callback(product.earshot.stop)
        stack.callback(product.auditor.looker.stop)
        await product.receiver.at_once.start()  # a start fails with its database
        await product.categories.open()
        nursery = await stack.enter_async_context(Nursery())
        start(product, nursery)
        place = Place(settings.data, settings.database_url)
        watch = Watch(pulse, product.writer, place, clock, notifier or Notifier({}, 0))
        nursery.start("watch", watch.run())
        nursery.start("ping", watch.ping())
        stack.push_async_callback(_finish, product)
        await stack.enter_async_context(_answering(door, product, settings.database_url))
        log.info("running", extra={"action": "bot.started"})
        yield product


async def _join(product: Product, settings: Settings, stack: AsyncExitStack) -> None:
    """Be one of the processes on this database; one that is alone may tidy up the photos."""
    if product.team is None:
        await asyncio.to_thread(shelf_in(settings.data).sweep)
        return
    product.team.well = product.pulse.heard
    await product.team.start(polls=isinstance(product.intake, Poller))
    stack.push_async_callback(product.team.stop)


@asynccontextmanager
async def _answering(door: Door, product: Product, url: str) -> AsyncIterator[None]:
    """The product behind its door: from now on updates are taken, health is judged."""
    counts = None
    if door.meter is not None:
        undo = product.desk.town.rules.opening.undo
        counts = CityCounts(url, product.writer, product.clock, undo)
        door.meter.totals, door.meter.counts = product.totals, counts
    if door.hook is not None and isinstance(product.intake, Webhook):
        door.hook.taker = product.intake
    product.pulse.begin()
    try:
        yield
    finally:
        product.pulse.phase = Complaint.STOPPING
        if door.meter is not None and counts is not None:
            door.meter.counts = None
            await counts.close()


def _warn_of_missing_years(town: Town, now: datetime) -> None:
    for year in missing_years(town.calendar, town.day(now)):
        log.warning(
            "no working calendar for %d: its weekdays count as working days, holidays or not",
            year,
            extra={"action": "calendar.missing", "year": year},
        )


def start(product: Product, nursery: Nursery) -> None:
    """Start all loops."""
    _warn_of_missing_years(product.desk.town, product.clock.now())
    if isinstance(product.intake, Poller):
        product.intake.hooked = product.signpost.in_the_way
    source = product.intake if isinstance(product.intake, Poller) else product.signpost
    source.caught_up = product.ticker.caught_up
    nursery.start("courier", product.courier.run())
    nursery.start("fetcher", product.fetcher.run())
    nursery.start("toaster", product.toaster.run())
    nursery.start("ticker", product.ticker.run())
    nursery.start("categories", product.categories.run())
    nursery.start("auditor", product.auditor.run())
    nursery.start("earshot", product.earshot.run())
    nursery.start("set-up", _set_up(product))
    nursery.start("signpost", product.signpost.run())
    if product.team is not None:
        nursery.start("team", product.team.run())
    nursery.start("receiver", product.intake.run())


async def _finish(product: Product) -> None:
    """Let calls in flight finish; side by side, or both waits would not fit into a stop."""
    await asyncio.gather(product.courier.stop(), product.fetcher.stop())


async def _set_up(product: Product) -> None:
    """Tell Telegram where the updates go, and the commands; the network may take its time."""
    while True:
        try:
            await product.signpost.point()
            await set_up(product.bot, product.catalogue)
        except aio.TelegramUnauthorizedError:
            raise TokenRefusedError from None
        except Exception as error:  # noqa: BLE001 - the bot works without; it is tried again
            log.warning(
                "set-up failed (%s)", first_words(error), extra={"action": "bot.set_up_failed"}
            )
            await product.clock.sleep_until(product.clock.now() + SET_UP_PAUSE)
        else:
            return
