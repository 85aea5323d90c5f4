"""The unit of work: one transaction and its shelves, over one hand on the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from sqlalchemy import bindparam, delete, literal_column, select

from storage import tables
from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.cases import CaseShelf
from storage.shelves.counters import Counters
from storage.shelves.counting import CountingShelf
from storage.shelves.dues import DueShelf
from storage.shelves.inspection import InspectionShelf
from storage.shelves.messages import AlbumShelf, LinkShelf, WordsShelf
from storage.shelves.outbox import OutboxShelf
from storage.shelves.people import ChatShelf, PeopleShelf
from storage.shelves.photos import PhotoShelf
from storage.shelves.records import HistoryShelf, NudgeShelf, QuarantineShelf, UndoShelf
from storage.shelves.rulebooks import RulebookShelf
from storage.shelves.team import TeamShelf
from storage.shelves.time import (
    BoardShelf,
    ClockShelf,
    DigestShelf,
    HushShelf,
    MuteShelf,
    OrderShelf,
)
from storage.shelves.watch import FindingShelf, MarkShelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from storage.hand import Hand
    from storage.shelves.shelf import Shelf
    from usecases import gauges, inspecting, keeping, later, ports, teamwork

S = TypeVar("S")

KEPT = timedelta(hours=48)
"""How long a seen update is remembered: Telegram repeats none that is older than 24 h."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An update that was handled."""

    update_id: int
    seen_at: datetime


SEEN = Plan(record=Seen, table=tables.seen, same=("update_id",))
WAS_SEEN = Query(
    select(literal_column("1")).where(tables.seen.c.update_id == bindparam("update")), "update"
)
PRUNE = Query(delete(tables.seen).where(tables.seen.c.seen_at < bindparam("before")), "before")

PRUNE_DUES = Query(
    delete(tables.dues).where(
        tables.dues.c.case_id.is_(None),
        tables.dues.c.at < bindparam("before"),
        tables.dues.c.state != "pending",
    ),
    "before",
)


WRITTEN = (
    "_counters",
    "_cases",
    "history",
    "clock",
    "links",
    "albums",
    "photos",
    "words",
    "outbox",
    "dues",
    "undos",
    "nudges",
)
"""The shelves that gather, in the order in which they are written: the others refer to cases."""


def _late(build: Callable[[Unit], S]) -> S:
    """A shelf that is built when it is first asked for: most transactions need a few of them."""
    return cast("S", cached_property(build))


class Unit:
    """One transaction and its shelves (`ports.UnitOfWork`); whoever opened it ends it.

    Nothing is in the database before `write`, except what a query of a shelf had to see.
    """

    _hand: Hand
    _counters: Counters = _late(lambda self: Counters(self._hand))
    _cases: CaseShelf = _late(lambda self: CaseShelf(self._hand, self._counters))
    cases: ports.Cases = _late(lambda self: self._cases)
    history: ports.History = _late(lambda self: HistoryShelf(self._hand, self._cases))
    links: ports.Links = _late(lambda self: LinkShelf(self._hand, self._cases))
    albums: ports.Albums = _late(lambda self: AlbumShelf(self._hand, self._cases))
    photos: ports.Photos = _late(lambda self: PhotoShelf(self._hand, self._cases))
    words: ports.LastWords = _late(lambda self: WordsShelf(self._hand))
    outbox: later.Outbox = _late(lambda self: OutboxShelf(self._hand, self._cases))
    dues: later.Dues = _late(lambda self: DueShelf(self._hand, self._cases))
    people: ports.People = _late(lambda self: PeopleShelf(self._hand))
    chats: ports.Chats = _late(lambda self: ChatShelf(self._hand, self._settle_everything))
    undos: later.Undos = _late(lambda self: UndoShelf(self._hand, self._cases))
    nudges: later.Nudges = _late(lambda self: NudgeShelf(self._hand, self._cases))
    clock: keeping.ClockLedger = _late(lambda self: ClockShelf(self._hand, self._cases))
    orders: keeping.Orders = _late(lambda self: OrderShelf(self._hand, self._cases, self._counters))
    hushes: keeping.Hushes = _late(lambda self: HushShelf(self._hand, self._cases))
    boards: keeping.Boards = _late(lambda self: BoardShelf(self._hand))
    digests: keeping.Digests = _late(lambda self: DigestShelf(self._hand))
    mutes: keeping.Mutes = _late(lambda self: MuteShelf(self._hand))
    rulebooks: keeping.Rulebooks = _late(lambda self: RulebookShelf(self._hand, self._cases))
    quarantine: later.Quarantine = _late(lambda self: QuarantineShelf(self._hand))
    inspection: inspecting.Inspection = _late(
        lambda self: InspectionShelf(self._hand, self._cases, self._counters)
    )
    findings: inspecting.Findings = _late(lambda self: FindingShelf(self._hand))
    marks: inspecting.Marks = _late(lambda self: MarkShelf(self._hand))
    team: teamwork.Team = _late(lambda self: TeamShelf(self._hand))

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._seen: dict[int, Seen] = {}

    @property
    def counting(self) -> gauges.Counting:
        """The counts of a monitor; seldom asked for."""
        return CountingShelf(self._hand)

    @property
    def dirty(self) -> bool:
        """Whether something waits to be written."""
        return bool(self._seen) or any(shelf.dirty for shelf in self._built())

    def first_time(self, update_id: int, now: datetime) -> bool:
        """Note an update as seen; False when it was seen before."""
        if update_id in self._seen or self._hand.one(WAS_SEEN, update_id) is not None:
            return False
        self._seen[update_id] = Seen(update_id, now)
        return True

    def new_question(self) -> int:
        """A fresh number for a question that photos wait on."""
        return self._counters.next("question")

    def prune(self, now: datetime) -> int:
        """Forget the updates seen more than 48 h ago, and the due rows of no case done by then.

        Returns how many updates they were. The daily things plan their next row before that.
        """
        self._hand.run(PRUNE_DUES, now - KEPT)
        return self._hand.run(PRUNE, now - KEPT)

    def write(self) -> None:
        """Write all that was gathered; the last thing before the commit.

        Raises:
            Conflict: Another process changed a case since it was read here.
            StorageError: The database refused a row or failed.
        """
        if self._seen:
            shape = self._hand.shape(SEEN)
            self._hand.many(shape.insert, shape.new(self._seen.values()))
            self._seen.clear()
        for shelf in self._built():
            shelf.write()

    def _settle_everything(self) -> None:
        self.write()
        for shelf in self._built():
            shelf.reset()

    def _built(self) -> Iterator[Shelf]:
        """The shelves that hold something to be written, of those that were asked for."""
        built = vars(self)
        return (built[name] for name in WRITTEN if name in built)
