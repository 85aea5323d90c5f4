"""The unit of work: one transaction and its shelves, over one hand on the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

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
    from datetime import datetime

    from storage.hand import Hand
    from storage.shelves.shelf import Shelf
    from usecases import gauges, inspecting, keeping, later, ports, teamwork

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


class Unit:
    """One transaction and its shelves (`ports.UnitOfWork`); whoever opened it ends it.

    Nothing is in the database before `write`, except what a query of a shelf had to see.
    """

    def __init__(self, hand: Hand) -> None:
        self._hand = hand
        self._seen: dict[int, Seen] = {}
        self._counters = Counters(hand)
        case_shelf = CaseShelf(hand, self._counters)
        history, links = HistoryShelf(hand, case_shelf), LinkShelf(hand, case_shelf)
        albums, photos = AlbumShelf(hand, case_shelf), PhotoShelf(hand, case_shelf)
        outbox, dues = OutboxShelf(hand, case_shelf), DueShelf(hand, case_shelf)
        undos, nudges = UndoShelf(hand, case_shelf), NudgeShelf(hand, case_shelf)
        clock = ClockShelf(hand, case_shelf)
        last_words, chats = WordsShelf(hand), ChatShelf(hand, self._settle_everything)
        self.cases: ports.Cases = case_shelf
        self.history: ports.History = history
        self.links: ports.Links = links
        self.albums: ports.Albums = albums
        self.photos: ports.Photos = photos
        self.words: ports.LastWords = last_words
        self.outbox: later.Outbox = outbox
        self.dues: later.Dues = dues
        self.people: ports.People = PeopleShelf(hand)
        self.chats: ports.Chats = chats
        self.undos: later.Undos = undos
        self.nudges: later.Nudges = nudges
        self.clock: keeping.ClockLedger = clock
        self.orders: keeping.Orders = OrderShelf(hand, case_shelf, self._counters)
        self.hushes: keeping.Hushes = HushShelf(hand, case_shelf)
        self.boards: keeping.Boards = BoardShelf(hand)
        self.digests: keeping.Digests = DigestShelf(hand)
        self.mutes: keeping.Mutes = MuteShelf(hand)
        self.rulebooks: keeping.Rulebooks = RulebookShelf(hand, case_shelf)
        self.quarantine: later.Quarantine = QuarantineShelf(hand)
        self.inspection: inspecting.Inspection = InspectionShelf(hand, case_shelf, self._counters)
        self.findings: inspecting.Findings = FindingShelf(hand)
        self.marks: inspecting.Marks = MarkShelf(hand)
        self.team: teamwork.Team = TeamShelf(hand)
        # Cases first: the others refer to them.
        self._shelves: tuple[Shelf, ...] = (
            self._counters,
            case_shelf,
            history,
            clock,
            links,
            albums,
            photos,
            last_words,
            outbox,
            dues,
            undos,
            nudges,
        )

    @property
    def counting(self) -> gauges.Counting:
        """The counts of a monitor; seldom asked for."""
        return CountingShelf(self._hand)

    @property
    def dirty(self) -> bool:
        """Whether something waits to be written."""
        return bool(self._seen) or any(shelf.dirty for shelf in self._shelves)

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
        for shelf in self._shelves:
            shelf.write()

    def _settle_everything(self) -> None:
        self.write()
        for shelf in self._shelves:
            shelf.reset()
