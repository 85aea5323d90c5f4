"""What must hold when a run is over; read from the rows and from what stood in the chats."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pictures.shelf import Shelf
from storage.engines import writer_engine
from storage.transactions import Ledger
from tests.harness.faults.road import DANGER, SMALL
from usecases.chain import broken_at
from usecases.records import PhotoState, Sent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casework.case import Case
    from storage.unit import Unit
    from tests.harness.faults.bench import Bench
    from tests.harness.faults.road import Road
    from usecases.records import HistoryRow

DATABASE = "xunchaqun.sqlite3"
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "CaseReported": (frozenset({""}), "waiting"),
    "CaseClaimed": (frozenset({"waiting"}), "taken"),
    "ClosureSubmitted": (frozenset({"waiting", "taken", "repairing", "rework"}), "checking"),
    "KeyTurned": (frozenset({"checking"}), "checking"),
    "CaseClosed": (frozenset({"checking"}), "closed"),
}
"""From where each event leads where, written down a second time; the others change no status."""
REPORT = time(17, 0)
QUIET_FROM, QUIET_UNTIL = time(20, 0), time(7, 0)
QUIET = timedelta(seconds=60)
"""So soon after the last fault all is told."""
LONGEST_HELD = timedelta(minutes=15)
"""So long may an edit wait for another one that it becomes one with; nothing waits longer by rule,
but for a digest that comes late, whatever the clock does."""
LONGEST_UNTRIED = timedelta(minutes=10)
"""So long after its last try a photo is fetched again."""
IDEMPOTENT = frozenset({"edit", "old-card", "card-menu", "reaction", "board", "pin"})


@dataclass(frozen=True, slots=True)
class Left:
    """The rows that a run left."""

    cases: list[Case]
    history: dict[int, list[HistoryRow]]
    outbox: list[dict[str, Any]]
    dues: list[dict[str, Any]]
    photos: list[dict[str, Any]]
    quarantined: int


def read(bench: Bench) -> Left:
    """Read them all, in one transaction."""
    ledger = Ledger(writer_engine(bench.settings.database_url))
    transaction = ledger.begin()
    try:
        return _read(transaction.unit)
    finally:
        transaction.rollback()
        ledger.close()


def _read(unit: Unit) -> Left:
    cases = list(unit.cases.page(0, 1000))
    cursor = unit._hand._cursor  # noqa: SLF001 - the rows as they are, by no shelf
    return Left(
        cases=cases,
        history={case.id: list(unit.history.of(case.id)) for case in cases},
        outbox=_rows(cursor, "outbox"),
        dues=_rows(cursor, "dues"),
        photos=_rows(cursor, "photos"),
        quarantined=len(_rows(cursor, "quarantine")),
    )


def _tables(bench: Bench, *names: str) -> list[list[dict[str, Any]]]:
    """Some tables alone, past all shelves: this is asked often."""
    with closing(sqlite3.connect(bench.folder / DATABASE)) as database:
        return [_rows(database.cursor(), name) for name in names]


def _rows(cursor: Any, table: str) -> list[dict[str, Any]]:
    cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def unsent(bench: Bench) -> Iterator[str]:
    """What could be sent at this moment and is not; and whether the product is busy."""
    product = bench.product
    if product is None or not product.idle:
        yield "not quiet: the product is busy, or not there"
        return
    now = bench.machine.now()
    outbox, dues, states = _tables(bench, "outbox", "dues", "chats")
    chats = {row["chat"]: row["state"] for row in states}
    shut = product.courier.pace.shut(now)
    waiting = sorted((row for row in outbox if _waits(row)), key=lambda row: int(row["id"]))
    lanes: set[str] = set()
    for row in waiting:
        first = row["lane"] not in lanes
        lanes.add(row["lane"])
        away = chats.get(row["chat"], "here") != "here" or row["chat"] in shut
        if first and not away and _should_be_told(row, now):
            yield f"not quiet: row {row['id']} ({row['kind']}) is {row['state']}"
    yield from _overdue(dues, now)


def photos_wait(bench: Bench) -> bool:
    """Whether one was not fetched yet, nor given up."""
    (photos,) = _tables(bench, "photos")
    return any(photo["state"] == PhotoState.WANTED for photo in photos)


def _should_be_told(row: dict[str, Any], now: datetime) -> bool:
    """Whether it is late, or put off further than its rule allows."""
    at = _moment(row["not_before"])
    return at <= now or (row["kind"] != "digest" and at > now + LONGEST_HELD)


def _waits(row: dict[str, Any]) -> bool:
    return row["state"] in {Sent.QUEUED, Sent.SENDING}


def _overdue(dues: list[dict[str, Any]], now: datetime) -> Iterator[str]:
    for due in dues:
        if due["state"] == "pending" and _moment(due["at"]) <= now:
            yield f"due row {due['key']} of {due['at']} is still pending"


def _moment(words: str) -> datetime:
    return datetime.fromisoformat(words)


def violations(bench: Bench, road: Road, left: Left) -> Iterator[str]:
    """All that went against the promises."""
    yield from bench.wrong
    yield from _lost(bench, road, left)
    for case in left.cases:
        yield from _course(case, left.history[case.id])
    yield from _told(bench, left)
    yield from _reminded(bench, left)
    yield from _kept(bench, left)
    if left.quarantined:
        yield f"{left.quarantined} updates are in quarantine"


def _lost(bench: Bench, road: Road, left: Left) -> Iterator[str]:
    for name in road.left:
        yield f"stuck before: {name}"
    ends = {SMALL: "closed", DANGER: "taken"}
    expected = {place: ends[place] for place in road.places} | dict.fromkeys(bench.extra, "")
    places = [case.place for case in left.cases]
    for place, status in expected.items():
        found = [case for case in left.cases if place in case.place]
        if len(found) != 1:
            yield f"{place}: {len(found)} cases instead of one"
        elif status and found[0].status.value != status and not road.left:
            yield f"{place}: {found[0].status.value} instead of {status}"
    if len(places) > len(expected):
        yield f"cases of nobody: {places}"


def _course(case: Case, rows: Iterable[HistoryRow]) -> Iterator[str]:
    """The chain is whole, every step legal, and the row of the case is where the history ends."""
    rows = list(rows)
    broken = broken_at(case, rows)
    if broken is not None:
        yield f"{case.number}: half a transition, the chain breaks at {broken}"
    status, keys = "", []
    for row in rows:
        sources, target = MOVES.get(row.event, (frozenset({status}), status))
        if status not in sources:
            yield f"{case.number}: {row.event} in {status or 'nothing'}"
        status = target
        keys += [row.actor] if row.event == "KeyTurned" else []
    if status != case.status.value:
        yield f"{case.number}: the row says {case.status.value}, the history {status}"
    if len(keys) != len(set(keys)):
        yield f"{case.number}: one person turned two keys"


def _told(bench: Bench, left: Left) -> Iterator[str]:
    """Each row at most once, and once more for each time that nobody could know."""
    for row in left.outbox:
        yield from _told_once(bench, row)
        if row["state"] == Sent.SENT and row["kind"] in {"card", "sheet", "digest", "notice"}:
            yield from _was_told(bench, row)
    kinds = () if "cards" in bench.excused else ("card", "sheet")
    for kind in kinds:
        own = [row["case_id"] for row in left.outbox if row["kind"] == kind]
        if len(own) != len(set(own)):
            yield f"a case has two rows of its {kind}"


def _told_once(bench: Bench, row: dict[str, Any]) -> Iterator[str]:
    number, kind = int(row["id"]), row["kind"]
    times, most = bench.tally.told[number], 1 + bench.tally.doubtful[number]
    if kind not in IDEMPOTENT and times > most:
        yield f"row {number} ({kind}) was told {times} times, {most} are excused"
    if row["state"] == Sent.SENDING:
        yield f"row {number} ({kind}) is still being sent"


def _was_told(bench: Bench, row: dict[str, Any]) -> Iterator[str]:
    if not row["only"] and not bench.tally.told[int(row["id"])]:
        yield f"row {row['id']} ({row['kind']}) counts as sent, and nobody saw it"


def _report(bench: Bench) -> datetime:
    """When the report of the first day is due: at 17:00, of another zone if it was moved before."""
    zone = ZoneInfo(bench.zone)
    report = datetime.combine(bench.start.astimezone(zone).date(), REPORT, zone)
    if bench.moved is None or bench.moved >= report:
        return report
    there = ZoneInfo(bench.settings.city.timezone)
    return max(bench.moved, datetime.combine(report.astimezone(there).date(), REPORT, there))


def _reminded(bench: Bench, left: Left) -> Iterator[str]:
    """The stand-in was asked for the danger, or was not for a recorded reason; so the report."""
    danger = [case.id for case in left.cases if DANGER in case.place]
    steps = [due for due in left.dues if due["kind"] == "ladder" and due["case_id"] in danger]
    if danger and not any(due["state"] in {"done", "dropped", "cancelled"} for due in steps):
        yield "the claim ladder of the danger was never climbed"
    report = _report(bench)
    told = [row for row in left.outbox if row["kind"] == "digest"]
    # A town of which nothing could be written down before has no such report to tell.
    begun = any(life.ready is not None and life.ready < report for life in bench.lives)
    due = begun and bench.start < report < bench.now and "report" not in bench.excused
    # With a clock that was put back, what was put off by a minute has an hour to go.
    put_off = any(row["kind"] == "filing" and _put_off(row) for row in left.dues)
    morning = any(_until_morning(bench, row) for row in told)
    if due and not put_off and not morning and not any(row["state"] == Sent.SENT for row in told):
        yield f"the report of 17:00 was not told: {[row['state'] for row in told]}"
    for row in left.outbox:
        blocked = "report" in bench.excused and "blocked by the user" in row["note"]
        dead = row["state"] == Sent.DEAD and not blocked
        if dead and row["kind"] in {"notice", "digest", "card", "sheet"}:
            yield f"row {row['id']} ({row['kind']}) is dead: {row['note']}"
        lost = row["state"] == Sent.DROPPED and not row["note"]
        if lost:
            yield f"row {row['id']} ({row['kind']}) was dropped without a reason"


def _put_off(due: dict[str, Any]) -> bool:
    return bool(due["state"] == "pending" and due["key"].endswith(":late"))


def _until_morning(bench: Bench, row: dict[str, Any]) -> bool:
    """Whether a digest that came late, in the quiet hours, waits for their end."""
    zone = ZoneInfo(bench.settings.city.timezone)
    now, at = bench.now.astimezone(zone), _moment(row["not_before"]).astimezone(zone)
    quiet = not QUIET_UNTIL <= now.time() < QUIET_FROM
    return quiet and row["state"] == Sent.QUEUED and at > now and at.time() == QUIET_UNTIL


def _kept(bench: Bench, left: Left) -> Iterator[str]:
    """Every photo is on the shelf, whole; unless Telegram has it no more."""
    shelf = Shelf(bench.folder / "photos")
    for photo in left.photos:
        if photo["state"] == PhotoState.KEPT:
            data = shelf.read(photo["sha256"])
            if shelf.put(data) != photo["sha256"]:
                yield f"photo {photo['id']} on the shelf is another one"
        elif "photos" not in bench.excused:
            yield f"photo {photo['id']} is {photo['state']}"
