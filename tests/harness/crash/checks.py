"""What must be true of a town: at every kill of what is committed, and at the end of everything."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import apsw

from bot.config.city import town as build_town
from casework.agenda import agenda
from scheduler.timetable import CronTimetable
from storage.reader import Looker
from tests.soak import rows
from tests.soak.archive import EDITS, SENDS, Archive, city_time, read, read_cases
from tests.soak.courses import replay
from usecases.beats import beats
from usecases.chain import broken_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from casework.case import Case
    from casework.town import Town as Rules
    from tests.harness.crash.scenes import Affair, Street
    from tests.soak.archive import Call
    from usecases.ports import UnitOfWork
    from usecases.records import DueRow

DATABASE = "xunchaqun.sqlite3"
SETTLED = frozenset({"done", "dropped", "cancelled"})
OUTCOME = frozenset({"CaseReported", "CaseClaimed", "WorkBegun", "ClosureSubmitted"}) | frozenset(
    {"KeyTurned", "CaseClosed", "ReworkOrdered"}
)
"""The events that people's acts alone bring about."""
Told = tuple["datetime", int]
"""When and to which chat something was told."""


@dataclass
class Marks:
    """What was found after the kills of one town."""

    ambiguous: Counter[Told] = field(default_factory=Counter)
    """Rows that a kill left as being sent, by moment and chat."""
    wrong: list[str] = field(default_factory=list)


def after_a_kill(folder: Path, scratch: Path, marks: Marks) -> None:
    """Look at what is committed, before another life does anything."""
    if not (folder / DATABASE).exists():
        return
    _copy(folder, scratch)
    archive = Archive()
    with closing(sqlite3.connect(scratch / DATABASE)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'outbox'").fetchone():
            return
        sending = database.execute(SENDING).fetchall()
        read_cases(archive, database)
    marks.ambiguous.update((city_time(at), int(chat)) for at, chat in sending)
    marks.wrong += _corrupt(scratch / DATABASE)
    marks.wrong += [f"half done: {words}" for words in half_done(archive)]


SENDING = "SELECT sent_at, chat FROM outbox WHERE state = 'sending' AND kind <> 'reaction'"


def _corrupt(file: Path) -> list[str]:
    """By the SQLite of apsw: 3.40, which Python may have, sees damage where there is none."""
    with closing(apsw.Connection(str(file))) as database:
        found = [str(words) for (words,) in database.execute("PRAGMA quick_check")]
    return [] if found == ["ok"] else [f"corrupt: {words}" for words in found]


def _copy(folder: Path, scratch: Path) -> None:
    """Opening the database itself would mend what the next life must mend."""
    for old in scratch.iterdir():
        old.unlink()
    for name in (DATABASE, f"{DATABASE}-wal"):
        if (folder / name).exists():
            shutil.copyfile(folder / name, scratch / name)


def half_done(archive: Archive) -> Iterator[str]:
    """Cases that are not what their history says."""
    courses = replay(archive)
    yield from rows.astray(archive, courses)
    events = archive.by_case()
    for case in archive.cases:
        told = events.get(case["id"], [])
        if case["history_seq"] != len(told) or case["history_hash"] != told[-1].hash:
            yield f"{case['number']} has {len(told)} rows of history, not {case['history_seq']}"


def at_the_end(street: Street, marks: Marks, begin: datetime) -> list[str]:
    """All that was lost, doubled or left half done, once the last life rests."""
    town = street.town
    calls = town.simulator.world.log.after(0)
    archive = read(town.settings.data, calls)
    allowed = marks.ambiguous + Counter(
        (call.time, int(call.chat or 0)) for call in calls if call.error == "answer dropped"
    )
    return [
        *marks.wrong,
        *half_done(archive),
        *_left_behind(archive, town.clock.now()),
        *_told_once(archive, allowed, town.clock.now()),
        *_lost(street, archive),
        *_quarantined(street),
        *_beats(archive, build_town(town.settings), begin, town.clock.now()),
    ]


def of_the_rows(street: Street) -> list[str]:
    """What the product's own rules say of its rows: agendas and chains."""
    settings = street.town.settings
    rules, now = build_town(settings), street.town.clock.now()
    looker = Looker(settings.database_url)
    try:
        return looker.look(lambda uow: list(_agendas(uow, rules, now)))
    finally:
        looker.stop()


def _agendas(uow: UnitOfWork, rules: Rules, now: datetime) -> Iterator[str]:
    for case in uow.cases.page(0, 1000):
        rows_of = uow.dues.of_case(case.id)
        yield from _agenda(case, rows_of, rules, now)
        broken = broken_at(case, uow.history.of(case.id))
        if broken is not None:
            yield f"{case.number}: its history is broken at {broken}"


def _agenda(case: Case, found: Any, rules: Rules, now: datetime) -> Iterator[str]:
    planned: dict[str, DueRow] = {row.key: row for row in found}
    entries = {entry.key for entry in agenda(case, rules)}
    for entry in agenda(case, rules):
        if entry.at > now and entry.key not in planned:
            yield f"{case.number}: {entry.key} will never fall due"
    for row in found:
        if row.state == "pending" and row.key not in entries:
            yield f"{case.number}: {row.key} falls due without a cause"


def _left_behind(archive: Archive, now: datetime) -> Iterator[str]:
    for row in archive.dues:
        if row["state"] not in SETTLED and row["at"] <= now:
            yield f"due {row['key']} is {row['state']}"
        if "failed" in row["note"]:
            yield f"due {row['key']}: {row['note']}"


def _told_once(archive: Archive, allowed: Counter[Told], now: datetime) -> Iterator[str]:
    """Each row told by one call; one more only for each kill that left it as being sent."""
    for row in archive.outbox:
        waits = row["state"] == "queued" and row["not_before"] > now
        if not waits and row["state"] not in {"sent", "dropped"}:
            yield f"outbox {row['key']} is {row['state']} {row['note']}"
    sent: Counter[Told] = Counter(
        (row["sent_at"], int(row["chat"]))
        for row in archive.outbox
        if row["state"] == "sent" and row["kind"] != "reaction"
    )
    calls: Counter[Told] = Counter((call.at, call.chat) for call in _tellings(archive))
    for key, count in (calls - sent - allowed).items():
        yield f"told {count} times too often: {key[0]:%d %H:%M:%S} {key[1]}"
    for key, count in (sent - calls).items():
        yield f"never told: {count} at {key[0]:%d %H:%M:%S} {key[1]}"


def doubled(street: Street) -> int:
    """How many messages came twice for a kill in the middle of sending."""
    archive = read(street.town.settings.data, street.town.simulator.world.log.after(0))
    sent = [row for row in archive.outbox if row["state"] == "sent" and row["kind"] != "reaction"]
    return len(_tellings(archive)) - len(sent)


def _tellings(archive: Archive) -> list[Call]:
    """The calls that tell somebody something; a reaction is none."""
    methods = SENDS | EDITS | {"pinChatMessage"}
    return [call for call in archive.calls if call.method in methods or call.whispered]


def _lost(street: Street, archive: Archive) -> Iterator[str]:
    """Each photo is one case with all its photos and words, and each act is in its history."""
    by_photo: dict[str, list[dict[str, Any]]] = {}
    for case in archive.cases:
        by_photo.setdefault(case["photo_message"], []).append(case)
    for affair in street.affairs:
        found = by_photo.pop(str(affair.photo), [])
        if len(found) != 1:
            yield f"photo {affair.photo} opened {len(found)} cases"
        else:
            yield from _affair(street, archive, affair, found[0])
    for photo in by_photo:
        yield f"a case of a photo nobody posted: {photo}"
    numbers = sorted(str(case["number"])[-4:] for case in archive.cases)
    yield from [] if len(set(numbers)) == len(numbers) else ["numbers given twice"]


def _affair(
    street: Street, archive: Archive, affair: Affair, case: dict[str, Any]
) -> Iterator[str]:
    happened = archive.by_case()[case["id"]]
    found = Counter(row.event for row in happened if row.event in OUTCOME)
    if found != affair.expected:
        yield f"{case['number']}: {dict(found)}, people did {dict(affair.expected)}"
    if affair.words and affair.street not in case["words"] + case["place"]:
        yield f"{case['number']}: its words are lost"
    yield from _photos(street, affair, case)


def _photos(street: Street, affair: Affair, case: dict[str, Any]) -> Iterator[str]:
    folder = street.town.settings.data
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        kept = database.execute(
            "SELECT state, sha256 FROM photos WHERE case_id = ?", (case["id"],)
        ).fetchall()
    if len(kept) != affair.photos:
        yield f"{case['number']}: {len(kept)} photos, {affair.photos} were posted"
    for state, digest in kept:
        file = folder / "photos" / digest[:2] / digest[2:4] / digest
        if state != "kept" or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            yield f"{case['number']}: a photo is {state}"


def _quarantined(street: Street) -> Iterator[str]:
    with closing(sqlite3.connect(street.town.settings.data / DATABASE)) as database:
        found = database.execute("SELECT raw FROM quarantine").fetchall()
    odd = [raw for (raw,) in found if json.loads(raw)["message"] == {"message_id": 7}]
    if len(found) != street.odd or len(odd) != street.odd:
        yield f"{len(found)} updates in quarantine, {street.odd} were odd"


def _beats(archive: Archive, rules: Rules, begin: datetime, now: datetime) -> Iterator[str]:
    """Every digest, list and batch of the time that has passed fell due, and was handled."""
    come = beats(rules.rules.reminders, rules.digests)
    timetable = CronTimetable(rules.zone, come, rules.calendar.works)
    found = {row["key"]: row["state"] for row in archive.dues}
    for kind in come:
        at = timetable.after(kind, begin)
        while at <= now:
            key = f"{kind}:{at:%y%m%d%H%M}"
            if found.get(key) not in SETTLED:
                yield f"{key} is {found.get(key)}"
            at = timetable.after(kind, at)
