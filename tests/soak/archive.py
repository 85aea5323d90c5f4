"""What is left of a month: the rows of the database and the calls of the bot, plainly read."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.soak.stage import ZONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from simulator.calllog import CallRecord

SENDS = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
EDITS = frozenset({"editMessageText", "editMessageCaption", "editMessageMedia"})
COUNTED = SENDS | EDITS | {"editMessageReplyMarkup", "pinChatMessage"}
WHISPER = "ephemeral_message_parameters"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Happened:
    """One row of the history."""

    case: int
    seq: int
    at: datetime
    actor: str
    event: str
    data: Row
    hash: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot that Telegram took, in city time."""

    at: datetime
    method: str
    chat: int
    text: str
    silent: bool
    whispered: bool
    edits: int
    """The message that was edited."""
    tags: tuple[int, ...]
    """The accounts that the words mention."""

    @property
    def sends(self) -> bool:
        """Whether it is a message of its own that several may see, or one person's chat."""
        return self.method in SENDS and not self.whispered

    @property
    def counts(self) -> bool:
        """Whether the pace counts it."""
        return self.method in COUNTED and not self.whispered

    @property
    def in_group(self) -> bool:
        """Whether it went to a group."""
        return self.chat < 0


@dataclass(slots=True, repr=False)
class Archive:
    """The whole month."""

    history: list[Happened] = field(default_factory=list)
    dues: list[Row] = field(default_factory=list)
    outbox: list[Row] = field(default_factory=list)
    clock: list[Row] = field(default_factory=list)
    digests: list[Row] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    cases: list[Row] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """Calls that Telegram refused; there are no faults, so there is no reason for any."""

    @property
    def numbers(self) -> dict[str, int]:
        """Each case's number, and its row."""
        return {str(case["number"]): int(case["id"]) for case in self.cases}

    def by_case(self) -> dict[int, list[Happened]]:
        """The history of each case, in its order."""
        found: dict[int, list[Happened]] = {}
        for row in self.history:
            found.setdefault(row.case, []).append(row)
        return found


def read(folder: Path, calls: Iterable[CallRecord]) -> Archive:
    """Read the month's database and calls."""
    calls = list(calls)
    archive = Archive(calls=[_call(one) for one in calls if one.status == OK or _same(one)])
    archive.refused = [f"{c.method} to {c.chat}: {c.error}" for c in calls if c.status != OK]
    with closing(sqlite3.connect(folder / "xunchaqun.sqlite3")) as db:
        read_cases(archive, db)
        archive.dues = list(_rows(db, "SELECT * FROM dues ORDER BY id"))
        archive.outbox = list(_rows(db, "SELECT * FROM outbox ORDER BY id"))
        archive.digests = list(_rows(db, "SELECT * FROM digests ORDER BY kind, until"))
    return archive


def read_cases(archive: Archive, db: sqlite3.Connection) -> None:
    """The cases, and what their histories and clock ledgers tell of them."""
    db.row_factory = sqlite3.Row
    rows = _rows(db, "SELECT * FROM history ORDER BY case_id, seq")
    archive.history = [_happened(row) for row in rows]
    archive.clock = list(_rows(db, "SELECT * FROM clock ORDER BY case_id, seq"))
    archive.cases = list(_rows(db, "SELECT * FROM cases ORDER BY id"))


OK = 200


def _same(record: CallRecord) -> bool:
    """Whether an edit or a pin would have changed nothing: what it should show stands there."""
    return "not modified" in str(record.error).lower().replace("_", " ")


def _rows(db: sqlite3.Connection, query: str) -> Iterator[Row]:
    for row in db.execute(query):
        yield {key: _plain(key, row[key]) for key in row.keys()}  # noqa: SIM118 - no mapping


def _plain(key: str, value: Any) -> Any:
    """A column's value: moments in city time, documents read."""
    if isinstance(value, str) and key in MOMENTS:
        return city_time(value)
    if isinstance(value, str) and key in DOCUMENTS:
        return json.loads(value)
    return value


MOMENTS = frozenset(
    {"at", "until", "since", "not_before", "created_at", "sent_at", "deadline"},
)
DOCUMENTS = frozenset({"data", "fact"})


def city_time(words: str) -> datetime:
    """A moment of ISO 8601 on the city's clock."""
    return datetime.fromisoformat(words).astimezone(ZONE)


def _happened(row: Row) -> Happened:
    return Happened(
        row["case_id"],
        row["seq"],
        row["at"],
        row["actor"],
        row["event"],
        row["data"],
        row["hash"],
    )


def _call(record: CallRecord) -> Call:
    given = record.parameters
    return Call(
        at=record.time.astimezone(ZONE),
        method=record.method,
        chat=int(record.chat or 0),
        text=str(given.get("text") or given.get("caption") or ""),
        silent=bool(given.get("disable_notification")),
        whispered=WHISPER in given or "phemeral" in record.method,
        edits=int(given.get("message_id") or 0),
        tags=_tags(given),
    )


def _tags(given: Row) -> tuple[int, ...]:
    words = str(given.get("text") or given.get("caption") or "")
    return tuple(int(part.partition('"')[0]) for part in words.split("tg://user?id=")[1:])


def most_in_a_minute(calls: Sequence[Call]) -> dict[int, int]:
    """For each group the most calls in any sliding 60 s."""
    most: dict[int, int] = {}
    minute = timedelta(seconds=60)
    by_chat: dict[int, list[datetime]] = {}
    for call in calls:
        if call.counts and call.in_group:
            by_chat.setdefault(call.chat, []).append(call.at)
    for chat, times in by_chat.items():
        first = 0
        for last, at in enumerate(times):
            while at - times[first] >= minute:
                first += 1
            most[chat] = max(most.get(chat, 0), last - first + 1)
    return most
