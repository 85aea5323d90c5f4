"""The four digests: counted once for their window, kept, and sent to whoever gets them.

A row of the outbox names the digest, not its figures: whether somebody still gets it is looked at
again when it is about to be sent, and the figures are those that were kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casework import deadlines
from casework.digests import DigestKind
from usecases import digest_facts
from usecases.digest_pages import chart, page
from usecases.figures import MOMENT
from usecases.keeping import KeptDigest
from usecases.records import DONE, DueRow, Outgoing, Priority

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.people import Person
    from usecases.digest_views import ChartView, DigestView
    from usecases.office import Office
    from usecases.records import Json, Outcome
    from usecases.sayings import Sayings

SETTLE = timedelta(minutes=1)
"""After a time away a digest waits so long: first comes what the platform has kept for the bot."""
DAY = timedelta(days=1)
"""The office may have moved the end of a window by so much."""
REVIEWS = frozenset({DigestKind.WEEK, DigestKind.MONTH})
"""These compare, and bring a picture."""
SENT = "sent"


def fall_due(office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """Send a digest; its window ends when it fell due, however late it is handled."""
    kind = DigestKind(row.kind)
    due = datetime.fromisoformat(row.data["at"]) if row.data else row.at
    late = sayings.late(due)
    if late and not row.data:
        data = {"at": due.isoformat()}
        later = DueRow(kind=row.kind, key=f"{row.key}:late", at=office.now + SETTLE, data=data)
        office.uow.dues.add(later)
        return DONE
    since, until = digest_facts.span_of(office, kind, due)
    keep(office, kind, since, until)
    readers = list(hearers(office, kind))
    for to in readers:
        _queue(office, kind, until, to, late=late)
    return DONE if readers else ("dropped", "nobody to tell")


def keep(office: Office, kind: DigestKind, since: datetime, until: datetime) -> None:
    """Count a window and keep the figures, with the remark of its draft."""
    if kind in REVIEWS:
        fact = digest_facts.review(office, kind, since, until)
    else:
        fact = digest_facts.figures(office, since, until)
    draft = next(iter(of_window(office, kind, since, until)), None)
    office.uow.digests.save(
        KeptDigest(
            kind=kind.value,
            since=since,
            until=until,
            fact=fact,
            state=SENT,
            remark=draft.remark if draft else "",
            remark_by=draft.remark_by if draft else "",
        )
    )


def of_window(
    office: Office, kind: DigestKind, since: datetime, until: datetime
) -> list[KeptDigest]:
    """What is kept of the window that begins there; several drafts, if the office moved its end."""
    last = office.uow.digests.last(kind.value, until + DAY)
    return sorted(
        (one for one in last if one.since == since),
        key=lambda one: one.until == until,
        reverse=True,
    )


def hearers(office: Office, kind: DigestKind) -> Iterator[tuple[str, str]]:
    """The chats that get a digest, and in a private one whose it is."""
    for person in office.town.roster.people.values():
        chat = office.private_chat(person.key)
        if chat and gets(office, person, kind):
            yield chat, person.key
    for number in office.town.digests.of(kind).groups:
        group = office.town.groups.get(str(number))
        if group is not None:
            known = office.uow.chats.by_origin(group.chat)
            yield (known.chat if known else group.chat), ""


def gets(office: Office, person: Person, kind: DigestKind) -> bool:
    """Whether a person is to get a digest, and has not muted it."""
    wanted = office.town.digests.of(kind).wanted_by(person)
    return wanted and kind.value not in office.uow.mutes.of(person.key)


def _queue(
    office: Office, kind: DigestKind, until: datetime, to: tuple[str, str], *, late: bool
) -> None:
    """Queue the message, and its picture before it."""
    parts = ("chart", "text") if kind in REVIEWS else ("text",)
    for part in parts:
        fact: Json = {
            "digest": kind.value,
            "until": until.isoformat(),
            "part": part,
            "late": late,
        }
        queue(office, f"{part}:{kind.value}:{until:%y%m%d%H%M}", to, fact)


def queue(office: Office, key: str, to: tuple[str, str], fact: Json) -> None:
    """Queue one message of a digest; what is late waits for the end of the quiet hours."""
    chat, person = to
    late = bool(fact.get("late"))
    office.uow.outbox.add(
        Outgoing(
            kind="digest",
            key=f"digest:{key}:{person or chat}",
            chat=chat,
            person=person,
            fact=fact,
            priority=Priority.BOARD,
            not_before=deadlines.quiet_end(office.now, office.town) if late else office.now,
            created_at=office.now,
        )
    )


def view(office: Office, row: Outgoing) -> DigestView | ChartView | None:
    """What a row of the outbox says; None when its reader gets it no more."""
    fact = row.fact
    if "now" in fact:
        return page(office, fact["now"], "today")
    kind = DigestKind(fact["digest"])
    kept = office.uow.digests.get(kind.value, datetime.fromisoformat(fact["until"]))
    if kept is None or not _still(office, row, kind, kept):
        return None
    if fact["part"] == "chart":
        return chart(office, kept, late=bool(fact.get("late")))
    return page(office, kept.fact, fact["part"], kept=kept, row=row)


def _still(office: Office, row: Outgoing, kind: DigestKind, kept: KeptDigest) -> bool:
    """Whether the row is still to be said to its reader."""
    person = office.town.roster.person(row.person)
    if row.fact["part"] == "draft":
        return person is not None and kept.state != SENT
    if row.person:
        return person is not None and gets(office, person, kind)
    return True


def now(office: Office) -> Json:
    """The figures since the last filing (`/today`), as the fact of a row."""
    since = digest_facts.since_of(office, DigestKind.FILING, office.now)
    until = office.now + MOMENT
    return {"now": digest_facts.figures(office, since, until)}
