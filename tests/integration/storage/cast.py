"""Cases, messages and rows of the sample town, as the tests of the storage need them."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from casework.case import Case, Phase
from storage.engines import writer_engine
from storage.transactions import Ledger
from usecases.records import DueRow, Link, Outgoing, Part, Photo, Priority

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.unit import Unit

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
"""12:00 in the city."""
MINUTE = timedelta(minutes=1)
GROUP = "-4000001"
MOVED = "-1004000001"


class Book:
    """The database of one test."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._ledger = Ledger(writer_engine(url))

    @contextmanager
    def work(self) -> Iterator[Unit]:
        """One transaction, committed at the end of the block."""
        transaction = self._ledger.begin()
        try:
            yield transaction.unit
            self._ledger.commit(transaction)
        except BaseException as error:
            self._ledger.rollback(transaction, error)
            raise

    def close(self) -> None:
        """Let go of the database."""
        self._ledger.close()


def pothole(number: int = 1, **changes: object) -> Case:
    """A case of officer01 on 金城路, tagged for repairer01."""
    values: dict[str, Any] = {
        "id": number,
        "number": f"XC-20261120-{number:04}",
        "category": "W73-01",
        "words": "金城路与鼓楼路口东侧 井盖破损",
        "place": "金城路",
        "grid": 1,
        "company": "east",
        "chat": GROUP,
        "photo_message": str(100 + number),
        "reporter": "officer01",
        "officer": "officer01",
        "repairer": "repairer01",
        "reported_at": NOON + number * MINUTE,
        "opened_at": NOON + number * MINUTE,
        "deadline": NOON + timedelta(days=2),
    }
    return Case(**(values | changes))


def link(message: str, case_id: int, **changes: object) -> Link:
    """A photo of a case."""
    values: dict[str, Any] = {
        "chat": GROUP,
        "message": message,
        "case_id": case_id,
        "part": Part.PHOTO,
        "at": NOON,
    }
    return Link(**(values | changes))


def photo(message: str, case_id: int, **changes: object) -> Photo:
    """A photo that officer01 has posted and that is to be fetched."""
    values: dict[str, Any] = {
        "case_id": case_id,
        "chat": GROUP,
        "message": message,
        "file": f"file-{message}",
        "unique": f"unique-{message}",
        "phase": Phase.BEFORE,
        "person": "officer01",
        "at": NOON,
        "try_at": NOON,
    }
    return Photo(**(values | changes))


def row(key: str, case_id: int = 0, **changes: object) -> Outgoing:
    """A card for the patrol group."""
    values: dict[str, Any] = {
        "kind": "card",
        "key": key,
        "case_id": case_id,
        "chat": GROUP,
        "priority": Priority.CARD,
        "not_before": NOON,
        "created_at": NOON,
    }
    return Outgoing(**(values | changes))


def due(key: str, case_id: int = 0, *, minutes: int = 0, **changes: object) -> DueRow:
    """A reminder of a case, minutes after noon."""
    values: dict[str, Any] = {
        "kind": "half",
        "key": key,
        "case_id": case_id,
        "at": NOON + minutes * MINUTE,
    }
    return DueRow(**(values | changes))
