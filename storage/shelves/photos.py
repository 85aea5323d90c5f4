"""The shelf of the photos: what was posted, and where its fetching stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, literal_column, select, text
from typing_extensions import override

from storage import tables, topics
from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.shelf import Shelf
from usecases.records import Photo, PhotoState

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from casework.case import Phase
    from storage.hand import Hand

T = tables.photos
C = T.c
PLAN = Plan(record=Photo, table=T, conflict="skip")
ALL = PLAN.read()
IN_ORDER = (C.at, C.order, C.id)
IS_WANTED = text("state = 'wanted'")

BY_ID = Query(ALL.where(C.id == bindparam("photo")), "photo")
OF_CASE = Query(ALL.where(C.case_id == bindparam("case")).order_by(*IN_ORDER), "case")
OF_MESSAGE = Query(
    ALL.where(C.chat == bindparam("chat"), C.message == bindparam("message")).order_by(C.id),
    "chat",
    "message",
)
OF_QUESTION = Query(
    ALL.where(text(tables.HAS_QUESTION), C.question == bindparam("question")).order_by(*IN_ORDER),
    "question",
)
_WANTED = (
    ALL.where(IS_WANTED, C.try_at <= bindparam("now"))
    .order_by(C.try_at, C.id)
    .limit(bindparam("limit", type_=C.id.type))
)
WANTED = Query(_WANTED, "now", "limit")
CLAIM = Query(_WANTED.with_for_update(skip_locked=True), "now", "limit")
NEXT_TRY = Query(select(C.try_at).where(IS_WANTED).order_by(C.try_at).limit(literal_column("1")))
LATER_TRY = Query(
    select(C.try_at)
    .where(IS_WANTED, C.try_at > bindparam("after"))
    .order_by(C.try_at)
    .limit(literal_column("1")),
    "after",
)
FETCHING = Query(select(C.phase).where(C.case_id == bindparam("case"), IS_WANTED), "case")


class PhotoShelf(Shelf):
    """The photos of the cases (`ports.Photos`)."""

    def __init__(self, hand: Hand, parent: Shelf) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(PLAN)
        self._new: list[Photo] = []
        self._changed: dict[int, Photo] = {}

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._new or self._changed)

    def add(self, photo: Photo) -> None:
        """Keep a photo; one of the same message and file is kept once."""
        self._new.append(photo)

    def save(self, photo: Photo) -> None:
        """Replace a photo's record."""
        self._changed[photo.id] = photo

    def get(self, photo_id: int) -> Photo | None:
        """One photo."""
        changed = self._changed.get(photo_id)
        if changed is not None:
            return changed
        row = self._hand.one(BY_ID, photo_id)
        return self._shape.record(row) if row else None

    def of_case(self, case_id: int) -> Sequence[Photo]:
        """The photos of a case, by time and order."""
        return self._scan(OF_CASE, case_id)

    def of_message(self, chat: str, message: str) -> Sequence[Photo]:
        """The photos that came with one message (more than one after a replacement)."""
        return self._scan(OF_MESSAGE, chat, message)

    def of_question(self, question: int) -> Sequence[Photo]:
        """The photos that wait for the answer to a question."""
        return self._scan(OF_QUESTION, question)

    def wanted(self, now: datetime, limit: int) -> Sequence[Photo]:
        """Photos whose fetching is due, oldest first."""
        return self._scan(WANTED, now, limit)

    def claim(self, now: datetime, limit: int) -> Sequence[Photo]:
        """The same, without those that another process is about to take."""
        return self._scan(CLAIM, now, limit)

    def next_try(self, later_than: datetime | None = None) -> datetime | None:
        """When the next fetching falls due, of those later than a moment if one is given."""
        self.settle()
        if later_than is None:
            return self._hand.moment(NEXT_TRY)
        return self._hand.moment(LATER_TRY, later_than)

    def pending(self, case_id: int, phases: Collection[Phase]) -> bool:
        """Whether a photo of these phases is still being fetched."""
        self.settle()
        words = {phase.value for phase in phases}
        return any(phase in words for (phase,) in self._hand.rows(FETCHING, case_id))

    def _scan(self, query: Query, *values: object) -> list[Photo]:
        self.settle()
        return [self._shape.record(row) for row in self._hand.rows(query, *values)]

    @override
    def write(self) -> None:
        if self._new:
            self._hand.many(self._shape.insert, self._shape.new(self._new))
            self._new.clear()
            self._hand.news.add(topics.PHOTOS)
        if self._changed:
            self._hand.many(self._shape.update, self._shape.change(self._changed.values()))
            if any(photo.state is PhotoState.WANTED for photo in self._changed.values()):
                self._hand.news.add(topics.PHOTOS)
            self._changed.clear()
