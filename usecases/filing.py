"""日报备: a draft goes to the clerks, who may add a remark until it is filed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from casework.changing import replace
from casework.digests import DigestKind
from casework.people import Role
from usecases import digest_facts, digests
from usecases.figures import MOMENT
from usecases.keeping import KeptDigest
from usecases.records import DONE, Outgoing, Priority
from usecases.views import Toast

if TYPE_CHECKING:
    from casework.people import Person
    from usecases.inputs import ButtonPressed, WordsSaid
    from usecases.office import Office
    from usecases.records import DueRow, Json, Outcome

FILING = DigestKind.FILING.value
WRITERS = frozenset({Role.CLERK, Role.SUPERVISOR})
"""Who may write the remark."""
MOST_REMARK = 300
"""Characters of a remark; a longer one is cut."""
PATIENCE = timedelta(minutes=10)
"""So long after the filing, words that answer the question are told that they came late."""


def draft(office: Office, row: DueRow) -> Outcome:
    """Keep the figures so far, and show them to those who may add a remark."""
    until = office.timetable.after(FILING, row.at)
    if office.now >= until:
        return "dropped", "filed already"
    since = digest_facts.since_of(office, DigestKind.FILING, until)
    fact = digest_facts.figures(office, since, row.at)
    before = next(iter(digests.of_window(office, DigestKind.FILING, since, until)), None)
    kept = KeptDigest(
        kind=FILING,
        since=since,
        until=until,
        fact=fact,
        state="draft",
        remark=before.remark if before else "",
        remark_by=before.remark_by if before else "",
    )
    office.uow.digests.save(kept)
    readers = _readers(office)
    for person in readers:
        told: Json = {"digest": FILING, "until": until.isoformat(), "part": "draft"}
        to = (office.private_chat(person), person)
        digests.queue(office, f"draft:{until:%y%m%d%H%M}", to, told)
    return DONE if readers else ("dropped", "no open private chat")


def _readers(office: Office) -> list[str]:
    """The clerks whose private chat is open; else the supervisors."""
    for role in (Role.CLERK, Role.SUPERVISOR):
        found = [p.key for p in office.town.roster.with_role(role) if office.private_chat(p.key)]
        if found:
            return found
    return []


def ask(office: Office, press: ButtonPressed, person: Person) -> Toast:
    """修改: ask for the words, once; they come as a reply in the private chat."""
    kept = _draft(office, press.arg)
    if kept is None:
        return Toast(words="filed-already")
    key = _asked(kept, person)
    if office.uow.outbox.has(key):
        return Toast(words="remark-asked-already")
    office.uow.outbox.add(
        Outgoing(
            kind="notice",
            key=key,
            chat=press.chat,
            person=person.key,
            fact={"words": "remark-ask", "fields": _remark(office, kept)},
            priority=Priority.ANSWER,
            not_before=office.now,
            created_at=office.now,
        )
    )
    return Toast(words="remark-asked")


def _asked(kept: KeptDigest, person: Person) -> str:
    return f"remark:{kept.until:%y%m%d%H%M}:{person.key}"


def _draft(office: Office, stamp: str) -> KeptDigest | None:
    """The draft of a button, while it is one."""
    try:
        until = datetime.strptime(stamp, "%Y%m%d%H%M").replace(tzinfo=UTC)
    except ValueError:
        return None
    kept = office.uow.digests.get(FILING, until)
    return kept if kept is not None and _drafts(office, kept) else None


def _drafts(office: Office, kept: KeptDigest) -> list[KeptDigest]:
    """All drafts of a window, while it is not filed: each may be the one that is."""
    found = digests.of_window(office, DigestKind.FILING, kept.since, kept.until)
    return found if all(one.state == "draft" for one in found) else []


def hear(office: Office, said: WordsSaid, person: Person) -> None:
    """A reply in a private chat, to the draft or to the question: it is the remark."""
    text = " ".join(said.text.split())[:MOST_REMARK]
    kept = _answered(office, said, person)
    if kept is None or not text or person.role not in WRITERS:
        return
    words = "remark-late"
    if drafts := _drafts(office, kept):
        words = "remark-kept"
        for one in drafts:
            office.uow.digests.save(replace(one, remark=text, remark_by=person.key))
        kept = replace(kept, remark=text, remark_by=person.key)
    office.uow.outbox.add(
        Outgoing(
            kind="notice",
            key=f"{words}:{said.source.update_id}",
            chat=said.source.chat,
            person=person.key,
            fact={"words": words, "fields": _remark(office, kept)},
            priority=Priority.ANSWER,
            not_before=office.now,
            created_at=office.now,
        )
    )


def _answered(office: Office, said: WordsSaid, person: Person) -> KeptDigest | None:
    """The filing whose draft or question the words answer: the coming one, or the last."""
    coming = office.timetable.after(FILING, said.source.at)
    for kept in office.uow.digests.last(FILING, coming + MOMENT)[:2]:
        question = office.uow.outbox.by_key(_asked(kept, person))
        if not said.source.reply_to:
            if question is not None and _answers(said, question, kept):
                return kept
            continue
        shown = office.uow.outbox.by_key(f"digest:draft:{kept.until:%y%m%d%H%M}:{person.key}")
        rows = [row for row in (question, shown) if row is not None]
        if any(row.message == said.source.reply_to for row in rows):
            return kept
    return None


def _answers(said: WordsSaid, question: Outgoing, kept: KeptDigest) -> bool:
    """Whether words that reply to nothing answer the question, which nobody has answered yet."""
    unanswered = question.fact["fields"]["remark"] == kept.remark
    return unanswered and said.source.at <= kept.until + PATIENCE


def _remark(office: Office, kept: KeptDigest) -> Json:
    """What a message about the remark says."""
    return {"remark": kept.remark, "by": office.town.roster.name(kept.remark_by)}
