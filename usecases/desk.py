"""The one name the outer rooms receive: every use case, behind `await`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, TypeVarTuple

from usecases import (
    answer_command,
    courier_desk,
    daily,
    edit_message,
    fall_due,
    hear_words,
    photo_desk,
    press_button,
    receive_photo,
    watch_chats,
)
from usecases.crowd import Crowd
from usecases.inputs import SUPERGROUPS
from usecases.office import Office, spoken
from usecases.records import PhotoState, Waiting, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime, timedelta

    from casework.town import Town
    from usecases.inputs import (
        BotMoved,
        ButtonPressed,
        CommandGiven,
        GroupMigrated,
        MessageEdited,
        PhotoPosted,
        WordsSaid,
    )
    from usecases.office import Timetable
    from usecases.ports import Clock, UnitOfWork
    from usecases.press_button import Answer
    from usecases.teamwork import Pause
    from usecases.to_tell import Telling

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Caller(Protocol):
    """Runs a function over the unit of work: a batch's calls, or a transaction of its own."""

    async def __call__(self, function: Callable[[UnitOfWork, *Ts], T], *arguments: *Ts) -> T:
        """The function's result."""
        ...


class Homes:
    """The groups the bot belongs to, by the ids now in use; kept in memory, true after a start."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._languages: dict[str, str] = {g.chat: g.language for g in town.groups.values()}
        self._reading: set[str] = set()
        self._left: dict[str, str] = {}
        """The ids that groups have left, and where they are now."""
        self._gone: frozenset[str] = frozenset()

    def learn(self, uow: UnitOfWork) -> None:
        """Read where migrated groups are now, and out of which the bot was thrown."""
        gone = set()
        for group in self._town.groups.values():
            chat = uow.chats.by_origin(group.chat)
            if chat is not None:
                if chat.chat != group.chat:
                    self._languages.pop(group.chat, None)  # an id that was left is never used again
                    self._left[group.chat] = chat.chat
                self._languages[chat.chat] = group.language
                self._reading |= set() if group.patrols else {group.chat, chat.chat}
                gone |= {chat.chat} if chat.state == "gone" else set()
        self._gone = frozenset(gone)

    def gone(self, chat: str) -> bool:
        """Whether the bot takes it that it is out of a group."""
        return chat in self._gone

    def holds(self, chat: str) -> bool:
        """Whether a group is one of the configuration."""
        return chat in self._languages

    def moved(self, chat: str) -> str:
        """Where a group is that has left this id; empty for any other."""
        return self._left.get(chat, "")

    @property
    def plain(self) -> Sequence[str]:
        """The groups that may still become supergroups."""
        return [chat for chat in self._languages if int(chat) > SUPERGROUPS]

    def only_reads(self, chat: str) -> bool:
        """Whether a group is the managers': nothing is reported there, digests are read."""
        return chat in self._reading

    def language(self, chat: str) -> str | None:
        """The language of a group; None for any other chat."""
        return self._languages.get(chat)


class Desk:
    """What people do, handed to the use cases. One update is one call."""

    def __init__(
        self, call: Caller, town: Town, clock: Clock, timetable: Timetable, homes: Homes
    ) -> None:
        self._call = call
        self.town = town
        self.clock = clock
        self.timetable = timetable
        self.homes = homes
        self.crowd = Crowd()

    def through(self, call: Caller) -> Desk:
        """The same desk over another transaction."""
        desk = Desk(call, self.town, self.clock, self.timetable, self.homes)
        desk.crowd = self.crowd
        return desk

    async def do(self, verb: Callable[[Office, *Ts], T], *arguments: *Ts) -> T:
        """Run one use case."""
        now = self.clock.now()

        def run(uow: UnitOfWork, *given: *Ts) -> T:
            office = Office(
                uow=uow, town=self.town, now=now, timetable=self.timetable, crowd=self.crowd
            )
            return verb(office, *given)

        return await self._call(run, *arguments)

    async def receive_photo(self, posted: PhotoPosted) -> None:
        """A photo came."""
        await self._heard(posted.source.chat)
        if not self.homes.only_reads(posted.source.chat):
            await self.do(receive_photo.receive_photo, posted)

    async def hear_words(self, said: WordsSaid) -> None:
        """Words came."""
        await self._heard(said.source.chat)
        if not self.homes.only_reads(said.source.chat):
            await self.do(hear_words.hear_words, said)

    async def edit_message(self, edited: MessageEdited) -> None:
        """A message was edited."""
        if not self.homes.only_reads(edited.source.chat):
            await self.do(edit_message.edit_message, edited)

    async def press_button(self, press: ButtonPressed) -> Answer | None:
        """A button was pressed; what the presser sees. None: this press was handled before."""
        return await self.do(press_button.press_button, press)

    async def answer_command(self, given: CommandGiven) -> None:
        """A command was given."""
        await self._heard(given.source.chat)
        await self.do(answer_command.answer_command, given)

    async def bot_moved(self, moved: BotMoved) -> None:
        """The bot's standing in a chat changed."""
        await self.do(_bot_moved, moved, self.homes)

    async def _heard(self, chat: str) -> None:
        """Whom the bot hears, it may speak to: a refusal may have been a passing one."""
        if self.homes.gone(chat):
            await self.do(_heard, chat, self.homes)

    async def group_migrated(self, moved: GroupMigrated) -> None:
        """A group has a new id."""
        await self.do(_migrated, moved, self.homes)

    async def follow(self, old: str) -> None:
        """What was said in a group before it moved was heard after: it goes where the group is."""
        await self.do(watch_chats.follow, old, self.homes.moved(old))

    async def relearn(self) -> None:
        """After a rollback: what was learnt of the groups in that transaction is void."""
        await self.do(_learn, self.homes)

    async def start(self) -> None:
        """At a start: know the groups, plan the daily things."""
        await self.do(_start, self.homes)

    async def next_due(self) -> datetime | None:
        """When the next row falls due, or fell due."""
        return await self.do(_next_due)

    async def fall_due(self) -> datetime | None:
        """Handle what is due; when the next row falls due."""
        return await self.do(_fall_due)

    def language_for(self, chat: str, app: str) -> str:
        """The language of what somebody sees at once: the group's, else that of their app."""
        return self.homes.language(chat) or spoken(app, self.town.language)


def _bot_moved(office: Office, moved: BotMoved, homes: Homes) -> None:
    watch_chats.bot_moved(office, moved)
    homes.learn(office.uow)


def _heard(office: Office, chat: str, homes: Homes) -> None:
    watch_chats.back(office, chat)
    homes.learn(office.uow)


def _migrated(office: Office, moved: GroupMigrated, homes: Homes) -> None:
    watch_chats.migrated(office, moved)
    homes.learn(office.uow)


def _start(office: Office, homes: Homes) -> None:
    watch_chats.know_groups(office)
    homes.learn(office.uow)
    daily.seed(office)


def _learn(office: Office, homes: Homes) -> None:
    homes.learn(office.uow)


def _next_due(office: Office) -> datetime | None:
    return office.uow.dues.next_at()


def _fall_due(office: Office) -> datetime | None:
    at = _next_due(office)
    if at is None or at > office.now:
        return at
    fall_due.fall_due(office)
    return _next_due(office)


class Tries:
    """Whether a function runs again: its commit has failed, or stands and nobody knows."""

    def __init__(self) -> None:
        self._ran = False

    def again(self) -> bool:
        """Whether it ran before."""
        ran, self._ran = self._ran, True
        return ran


class CourierOffice:
    """The courier's desk (`delivery.ports.CourierDesk`) of a process that is alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._edited: dict[int, datetime] = {}

    async def waiting(
        self, *, shut: Collection[str], narrow: Collection[str], limit: int
    ) -> Waiting:
        """The next sendable rows, and when there may be more."""
        return await self._desk.do(_waiting, shut, narrow, limit)

    async def take(self, row_id: int) -> Telling | None:
        """Mark a row as being sent."""
        return await self._desk.do(self._take, row_id, Tries())

    def _take(self, office: Office, row_id: int, tries: Tries) -> Telling | None:
        if tries.again():
            courier_desk.untake(office, row_id)
        return courier_desk.take(office, row_id, self._edited)

    async def sent(self, row_id: int, message: str) -> None:
        """It was sent."""
        await self._told(courier_desk.sent, row_id, message)

    async def again(self, row_id: int, *, not_before: datetime, note: str) -> None:
        """It surely was not sent."""
        await self._told(courier_desk.again, row_id, not_before, note)

    async def ambiguous(self, row_id: int, note: str) -> None:
        """It may have been sent."""
        await self._told(courier_desk.ambiguous, row_id, note)

    async def refused(self, row_id: int, note: str) -> None:
        """It was refused for good."""
        await self._told(courier_desk.refused, row_id, note)

    async def unreachable(self, row_id: int, note: str) -> None:
        """The person cannot be reached this way."""
        await self._told(courier_desk.unreachable, row_id, note)

    async def gone(self, row_id: int, note: str) -> None:
        """The message to edit is gone."""
        await self._told(courier_desk.gone, row_id, note)

    async def _told(
        self, verb: Callable[[Office, int, *Ts], None], row_id: int, *arguments: *Ts
    ) -> None:
        """What became of a row."""
        await self._desk.do(courier_desk.judge, verb, row_id, *arguments)

    async def chat_state(self, chat: str, state: str) -> None:
        """A group does not take messages."""
        await self._desk.do(courier_desk.chat_state, chat, state)
        await self._desk.relearn()

    async def migrated(self, old: str, new: str) -> None:
        """A group has a new id."""
        await self._desk.do(courier_desk.migrated, old, new)
        await self._desk.relearn()

    async def put_back(self, step: timedelta) -> None:
        """The clock was put back."""
        await self._desk.do(courier_desk.put_back, step)

    async def recover(self) -> None:
        """At a start: what was being sent, and which chats rest no more."""
        await self._desk.do(_recover)

    async def pauses(self) -> Sequence[Pause]:
        """The chats that rest; a ban outlives the process that it struck."""
        return await self._desk.do(_pauses)

    async def sent_since(self, moment: datetime) -> Sequence[tuple[str, datetime]]:
        """Chat and time of what was sent since then."""
        return await self._desk.do(_sent_since, moment)


def _waiting(office: Office, shut: Collection[str], narrow: Collection[str], limit: int) -> Waiting:
    rows = office.uow.outbox.heads(office.now, shut=shut, narrow=narrow, limit=limit)
    return Waiting(rows, office.uow.outbox.next_time(office.now))


def _recover(office: Office) -> None:
    courier_desk.recover(office)
    office.uow.team.prune(office.now)


def _pauses(office: Office) -> Sequence[Pause]:
    return office.uow.team.pauses(office.now)


def _sent_since(office: Office, moment: datetime) -> Sequence[tuple[str, datetime]]:
    return office.uow.outbox.sent_since(moment)


class PhotoOffice:
    """The fetcher's desk (`delivery.ports.PhotoDesk`) of a process that is alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def wanted(self, limit: int) -> Wanted:
        """Photos to fetch now, and when there may be more."""
        return await self._desk.do(_wanted, limit)

    async def kept(self, photo_id: int, *, sha256: str, width: int, height: int) -> None:
        """A photo is on the shelf."""
        await self._told(photo_desk.kept, photo_id, sha256, (width, height))

    async def broken(self, photo_id: int) -> None:
        """A photo cannot be read."""
        await self._told(photo_desk.unreadable, photo_id, PhotoState.BROKEN)

    async def lost(self, photo_id: int) -> None:
        """A photo cannot be fetched."""
        await self._told(photo_desk.unreadable, photo_id, PhotoState.LOST)

    async def again(self, photo_id: int, try_at: datetime) -> None:
        """Try later."""
        await self._told(photo_desk.again, photo_id, try_at)

    async def put_off(self, photo_id: int, try_at: datetime) -> None:
        """Try later, as if it had not been tried."""
        await self._told(photo_desk.put_off, photo_id, try_at)

    async def _told(
        self, verb: Callable[[Office, int, *Ts], None], photo_id: int, *arguments: *Ts
    ) -> None:
        """What became of a photo."""
        await self._desk.do(verb, photo_id, *arguments)


def _wanted(office: Office, limit: int) -> Wanted:
    photos = office.uow.photos.wanted(office.now, limit)
    return Wanted(photos, office.uow.photos.next_try())
