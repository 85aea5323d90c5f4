"""What the use cases need from outside: the clock and the unit of work, as Protocols.

All shelves belong to one transaction. Keyed reads see what the same transaction wrote;
nothing is visible to others before the commit, and nothing stays after a rollback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from casework.case import Case, Phase
    from usecases.gauges import Counting
    from usecases.inspecting import Findings, Inspection, Marks
    from usecases.keeping import Boards, ClockLedger, Digests, Hushes, Mutes, Orders, Rulebooks
    from usecases.later import Dues, Nudges, Outbox, Quarantine, Undos
    from usecases.records import (
        Album,
        Binding,
        Chat,
        HistoryRow,
        Link,
        Photo,
        Words,
    )
    from usecases.teamwork import Team


class Clock(Protocol):
    """The one clock. A simulated one moves everything."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    async def sleep_until(self, moment: datetime) -> None:
        """Return when `now()` has reached the moment, at once if it has; early if it was put back.

        Who waits looks again: what was meant to come so and so long from now comes later by now.
        """
        ...


class Cases(Protocol):
    """The cases."""

    def new_id(self) -> int:
        """A fresh case id; ids grow."""
        ...

    def next_serial(self, day: date) -> int:
        """The next serial number of the city's day, from 1, without gaps."""
        ...

    def add(self, case: Case) -> None:
        """Keep a new case."""
        ...

    def save(self, case: Case, *, was: Case) -> None:
        """Replace the case read as `was`.

        Raises:
            Conflict: somebody else changed it since it was read.
        """
        ...

    def get(self, case_id: int, *, lock: bool = True) -> Case | None:
        """The case with this id; locked until the end of the transaction where needed."""
        ...

    def by_number(self, number: str) -> Case | None:
        """The case with this number."""
        ...

    def newest_of(self, reporter: str, chat: str) -> Case | None:
        """The case this person opened last in this chat."""
        ...

    def waiting_for(self, repairer: str, since: datetime) -> Sequence[Case]:
        """Cases 待对接 that tag this person and were opened since then, oldest first."""
        ...

    def open_of_companies(self, companies: Collection[str]) -> Sequence[Case]:
        """All open cases these companies answer for, oldest first."""
        ...

    def open_of_claimer(self, person: str) -> Sequence[Case]:
        """Open cases this person has taken or is tagged for, oldest first."""
        ...

    def open_of_patrol(self, person: str) -> Sequence[Case]:
        """Open cases this person reported or walks the grid of, oldest first."""
        ...

    def page(self, after: int, limit: int) -> Sequence[Case]:
        """Cases with an id above `after`, by id."""
        ...

    def alike(self, category: str, grid: int, since: datetime) -> Sequence[Case]:
        """Open cases of a category in a grid, reported since then, oldest first."""
        ...

    def joined_to(self, number: str) -> Sequence[Case]:
        """The cases joined to a main case, open and ended, oldest first."""
        ...

    def open_all(self) -> Sequence[Case]:
        """All open cases, oldest first."""
        ...

    def touched(self, since: datetime, until: datetime) -> Sequence[Case]:
        """Cases reported in, closed in, or open during the window (since, until]."""
        ...


class History(Protocol):
    """The append-only events of the cases."""

    def append(self, row: HistoryRow) -> None:
        """Add an event."""
        ...

    def of(self, case_id: int) -> Sequence[HistoryRow]:
        """The events of a case, oldest first."""
        ...


class Links(Protocol):
    """Which message belongs to which case."""

    def add(self, link: Link) -> bool:
        """Keep a link; False when the message already belongs to a case (the old one stays)."""
        ...

    def get(self, chat: str, message: str) -> Link | None:
        """The link of a message."""
        ...

    def move(self, chat: str, message: str, case_id: int) -> None:
        """Give a message to another case."""
        ...


class Albums(Protocol):
    """The albums seen."""

    def get(self, chat: str, album: str) -> Album | None:
        """The album, if an item of it was seen."""
        ...

    def save(self, album: Album) -> None:
        """Keep or replace what became of an album."""
        ...


class Photos(Protocol):
    """The photos of the cases, and where their fetching stands."""

    def add(self, photo: Photo) -> None:
        """Keep a photo; one of the same message and file is kept once."""
        ...

    def get(self, photo_id: int) -> Photo | None:
        """One photo."""
        ...

    def of_case(self, case_id: int) -> Sequence[Photo]:
        """The photos of a case, by time and order."""
        ...

    def of_message(self, chat: str, message: str) -> Sequence[Photo]:
        """The photos that came with one message (more than one after a replacement)."""
        ...

    def of_question(self, question: int) -> Sequence[Photo]:
        """The photos that wait for the answer to a question."""
        ...

    def save(self, photo: Photo) -> None:
        """Replace a photo's record."""
        ...

    def wanted(self, now: datetime, limit: int) -> Sequence[Photo]:
        """Photos whose fetching is due, oldest first."""
        ...

    def claim(self, now: datetime, limit: int) -> Sequence[Photo]:
        """The same, without those that another process is about to take."""
        ...

    def next_try(self, later_than: datetime | None = None) -> datetime | None:
        """When the next fetching falls due, of those later than a moment if one is given."""
        ...

    def pending(self, case_id: int, phases: Collection[Phase]) -> bool:
        """Whether a photo of these phases is still being fetched."""
        ...


class LastWords(Protocol):
    """The last words of people, kept for minutes."""

    def add(self, words: Words) -> None:
        """Keep somebody's words."""
        ...

    def last(self, chat: str, person: str, since: datetime) -> Words | None:
        """The last words of a person in a chat since then, if not yet used."""
        ...

    def forget(self, chat: str, message: str) -> None:
        """Delete words that were used."""
        ...

    def purge(self, before: datetime) -> datetime | None:
        """Delete older words; the time of the oldest that stays."""
        ...


class People(Protocol):
    """The bindings between the roster and accounts."""

    def by_account(self, account: str) -> Binding | None:
        """The person behind an account."""
        ...

    def by_person(self, person: str) -> Binding | None:
        """The account of a person, once seen."""
        ...

    def save(self, binding: Binding) -> None:
        """Keep or replace a binding."""
        ...

    def rename(self, old: str, new: str) -> None:
        """Let the account of one person of the roster be that of another one."""
        ...


class Chats(Protocol):
    """The groups as the bot knows them."""

    def get(self, chat: str) -> Chat | None:
        """A group by the id now in use."""
        ...

    def by_origin(self, origin: str) -> Chat | None:
        """A group by its id in the configuration."""
        ...

    def save(self, chat: Chat) -> None:
        """Keep or replace a group, by its origin."""
        ...

    def move(self, old: str, new: str) -> None:
        """Move cases, albums, words, nudges and outbox rows to a new id.

        A supergroup counts its messages anew: cards, links and photos of before stay behind.
        """
        ...

    def forget_others(self, origins: Collection[str]) -> bool:
        """Forget the groups that stand under other ids in the configuration; whether any did."""
        ...

    def name_anew(self, old: str, new: str) -> None:
        """Let a group with its board stand under another id in the configuration."""
        ...


class UnitOfWork(Protocol):
    """One transaction and its shelves."""

    cases: Cases
    history: History
    links: Links
    albums: Albums
    photos: Photos
    words: LastWords
    outbox: Outbox
    dues: Dues
    people: People
    chats: Chats
    undos: Undos
    nudges: Nudges
    clock: ClockLedger
    orders: Orders
    hushes: Hushes
    boards: Boards
    digests: Digests
    mutes: Mutes
    rulebooks: Rulebooks
    quarantine: Quarantine
    inspection: Inspection
    findings: Findings
    marks: Marks
    team: Team

    @property
    def counting(self) -> Counting:
        """The counts of a monitor."""
        ...

    def first_time(self, update_id: int, now: datetime) -> bool:
        """Note an update as seen; False when it was seen before."""
        ...

    def prune(self, now: datetime) -> int:
        """Forget updates seen more than two days ago; Telegram repeats none of them."""
        ...

    def new_question(self) -> int:
        """A fresh number for a question that photos wait on."""
        ...


class Conflict(Exception):  # noqa: N818 - it is a result of concurrency, not an error of anybody
    """A case was changed by somebody else since it was read."""
