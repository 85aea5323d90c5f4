"""What a program of the usual kind does with a photo: one ORM session and one commit an update.

It reads what the product reads for a photo with words that answers nothing:

- whether the update was seen (`seen`), and whether this very message was taken in (`links`);
- who wrote it (`people`, by the account; whoever is new is bound by the username);
- which group it is (`chats`);
- the last numbers given to a case, and to a case of that day (`counters`);
- whether the group's board is due already (`dues`).

The product has further ones that the usual program leaves to its unique columns (whether a message
is queued already) or that a photo like these never comes to (the words said before it, the newest
case of the person, the album): they are not done here. What is decided is decided by the product's
own functions: the reading of the words, the limit, the people of the grid, what falls due, the
ledger and the chain of the history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import registry

from casework import bookkeeping, clockwork, deadlines, events
from casework.act import Act
from casework.agenda import agenda
from casework.arranging import assigned
from casework.case import Case, Phase, Tier
from casework.changing import replace
from casework.ledger_rows import Page
from storage.columns import metadata
from storage.unit import Seen
from usecases import chain
from usecases.consequences import FILED
from usecases.records import Binding, DueRow, Link, Outgoing, Part, Photo, Priority

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

    from casework.people import Person
    from casework.reading import Caption
    from casework.town import Town
    from usecases.ports import Clock

NAMES = (
    *("seen", "people", "chats", "counters", "cases", "history", "clock", "links", "photos"),
    *("outbox", "dues"),
)


def _models() -> dict[str, type[Any]]:
    """An ORM class for each table that is read or written."""
    mapper = registry(metadata=metadata)
    models: dict[str, type[Any]] = {}
    for name in NAMES:
        models[name] = type(name.title(), (), {})
        mapper.map_imperatively(models[name], metadata.tables[name])
    return models


MODELS = _models()


class Posted(NamedTuple):
    """A photo in a group, as either framework brings it."""

    update_id: int
    chat: str
    message: str
    at: datetime
    account: str
    username: str
    language: str
    file: str
    unique: str
    caption: str


class Clerk:
    """What both handlers do with a photo."""

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], town: Town, clock: Clock
    ) -> None:
        self._sessions = sessions
        self._town = town
        self._clock = clock

    async def file(self, posted: Posted) -> None:
        """Open a case, and commit."""
        now = self._clock.now()
        async with self._sessions() as session:
            if await session.get(MODELS["seen"], posted.update_id) is not None:
                return
            session.add(_row("seen", Seen(posted.update_id, now)))
            link = await session.get(MODELS["links"], (posted.chat, posted.message))
            person = await self._who(session, posted, now)
            if person is None or (link is not None and link.at == posted.at):
                return
            group = await self._group(session, posted.chat)
            case = await self._opened(session, posted, person, now)
            session.add_all(self._case_rows(case, posted, person, now))
            await self._touch_board(session, group, now)
            await session.commit()

    async def _who(self, session: AsyncSession, posted: Posted, now: datetime) -> Person | None:
        people = MODELS["people"]
        bound = await session.scalar(select(people).where(people.account == posted.account))
        if bound is None:
            person = self._town.roster.person(posted.username)
            if person is not None:
                binding = Binding(
                    person=person.key,
                    account=posted.account,
                    bound_at=now,
                    language=posted.language,
                )
                session.add(_row("people", binding))
            return person
        bound.language = posted.language or bound.language
        return self._town.roster.person(bound.person)

    async def _group(self, session: AsyncSession, chat: str) -> str:
        chats = MODELS["chats"]
        known = await session.scalar(select(chats).where(chats.chat == chat))
        return known.origin if known is not None else chat

    async def _next(self, session: AsyncSession, name: str) -> int:
        counter = await session.get(MODELS["counters"], name)
        if counter is None:
            counter = MODELS["counters"]()
            counter.name, counter.value = name, 0
            session.add(counter)
        counter.value += 1
        return int(counter.value)

    async def _opened(
        self, session: AsyncSession, posted: Posted, person: Person, now: datetime
    ) -> Case:
        town, day = self._town, self._town.day(posted.at)
        caption = town.read(posted.caption)
        serial = await self._next(session, f"day:{day.isoformat()}")
        case = Case(
            id=await self._next(session, "case"),
            number=f"XC-{day:%Y%m%d}-{serial:04d}",
            category=caption.guess.category.code,
            tier=Tier.TODAY if caption.danger else caption.guess.category.tier,
            words=caption.text,
            place=caption.place.text if caption.place else "",
            chat=posted.chat,
            photo_message=posted.message,
            reporter=person.key,
            officer=person.key,
            reported_at=posted.at,
            opened_at=now,
            deadline=posted.at,
            rules_version=town.rules_version,
            before=1,
        )
        case = clockwork.by_rule(case, posted.at, town)
        grid = _grid_of(caption, person)
        return case if grid is None else assigned(case, grid, town.roster)

    def _case_rows(
        self, case: Case, posted: Posted, person: Person, now: datetime
    ) -> Iterable[object]:
        happened = events.CaseReported(
            category=case.category,
            tier=case.tier.value,
            place=case.place,
            grid=case.grid,
            repairer=case.repairer,
            deadline=case.deadline,
        )
        event = chain.link(case, happened, actor=person.key, at=posted.at)
        case = replace(case, history_seq=event.seq, history_hash=event.hash)
        act = Act(person=person, at=posted.at, now=now, town=self._town)
        page = Page(was=None, case=case, happened=(happened,), act=act)
        yield _row("cases", case)
        yield _row("history", event)
        yield from (_row("clock", one) for one in bookkeeping.rows(page))
        yield from _photo_rows(case, posted, now)
        for entry in agenda(case, self._town):
            data = {"step": entry.step} if entry.step else {}
            kind = entry.kind.value
            due = DueRow(kind=kind, key=entry.key, case_id=case.id, at=entry.at, data=data)
            yield _row("dues", due)

    async def _touch_board(self, session: AsyncSession, group: str, now: datetime) -> None:
        town, dues = self._town, MODELS["dues"]
        every, start = town.rules.board.every, town.at(town.day(now), town.rules.board.steps_from)
        at = deadlines.quiet_end(start + ((now - start) // every + 1) * every, town)
        key = f"board:{group}:{at:%y%m%d%H%M}"
        if await session.scalar(select(dues.id).where(dues.key == key)) is None:
            session.add(_row("dues", DueRow(kind="board", key=key, at=at, data={"origin": group})))


def _photo_rows(case: Case, posted: Posted, now: datetime) -> Iterable[object]:
    """The photo, the message it stood in, and what is to be said of it."""
    photo = Photo(
        case_id=case.id,
        chat=posted.chat,
        message=posted.message,
        order=int(posted.message),
        file=posted.file,
        unique=posted.unique,
        phase=Phase.BEFORE,
        person=case.reporter,
        at=posted.at,
        try_at=now,
    )
    yield _row("photos", photo)
    link = Link(
        chat=posted.chat,
        message=posted.message,
        case_id=case.id,
        part=Part.PHOTO,
        person=case.reporter,
        at=posted.at,
    )
    yield _row("links", link)
    reaction = Outgoing(
        kind="reaction",
        key=f"reaction:{posted.chat}:{posted.message}:{FILED}:{now.timestamp():.3f}",
        case_id=case.id,
        chat=posted.chat,
        fact={"message": posted.message, "emoji": FILED},
        priority=Priority.ANSWER,
        free=True,
        not_before=now,
        created_at=now,
    )
    yield _row("outbox", reaction)
    card = Outgoing(
        kind="card",
        key=f"card:{case.id}:1",
        case_id=case.id,
        chat=posted.chat,
        reply_to=posted.message,
        priority=Priority.DANGER_CARD if case.danger else Priority.CARD,
        loud=True,
        not_before=now,
        created_at=now,
    )
    yield _row("outbox", card)


def _grid_of(caption: Caption, person: Person) -> int | None:
    place = caption.place
    return place.grid if place is not None and place.grid is not None else person.grid


def _row(name: str, record: object) -> object:
    """A record of the product as an object of the ORM; the database numbers what has no id yet."""
    row = MODELS[name]()
    for column in metadata.tables[name].columns.keys():  # noqa: SIM118 - not a dict
        value = getattr(record, column)
        if column != "id" or value:
            setattr(row, column, value)
    return row
