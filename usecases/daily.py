"""What falls due for the city every day: the digest, the list of the night, the batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.people import Role
from usecases import board, consequences, digests, hear_words, next_year
from usecases.beats import KINDS
from usecases.records import DONE, DueRow, Outgoing, Priority
from usecases.sayings import Saying

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from usecases.office import Office
    from usecases.records import HeldNudge, Outcome
    from usecases.sayings import Sayings


def seed(office: Office) -> None:
    """At a start: see that each daily thing has its next row."""
    for kind in KINDS:
        if not office.uow.dues.planned(kind):
            _plan(office, kind, office.now)
    board.seed(office)
    next_year.seed(office)


def _plan(office: Office, kind: str, after: datetime) -> None:
    at = office.timetable.after(kind, after)
    office.uow.dues.add(DueRow(kind=kind, key=f"{kind}:{at:%y%m%d%H%M}", at=at))


def handle(office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """Handle one row that belongs to no case, and plan the next of its kind."""
    outcome = _HANDLERS[row.kind](office, row, sayings)
    if row.kind == "overnight":
        office.uow.prune(office.now)
    if row.kind in KINDS:
        _plan(office, row.kind, row.at)
    return outcome


def _digest(office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """The window ends at the row's own time, however late it is handled."""
    since = office.timetable.before("filing", row.at)
    told = digests.send(office, since, row.at, late=sayings.late(row.at))
    return DONE if told else ("dropped", "no open private chat")


def _not_yet(_office: Office, _row: DueRow, _sayings: Sayings) -> Outcome:
    return "dropped", "nothing to say"


def _overnight(office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """过夜未结: open dangers, to managers and supervisors privately; else one line in the group."""
    cases = [c for c in office.uow.cases.open_all() if c.danger and c.reported_at <= row.at]
    for case in cases:
        for person in _night_watch(office, case.company):
            sayings.add(
                Saying(person=person, words="overnight", case=case, why="overnight", at=row.at)
            )
    return DONE if cases else ("dropped", "none open")


def _night_watch(office: Office, company: str) -> tuple[str, ...]:
    roster = office.town.roster
    managers = roster.crew(company, Role.MANAGER) if company else ()
    return (*(p.key for p in managers), *office.supervisors())


def _batch(office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """One message a group: each person once, with the cases that waited for the batch.

    A batch that was missed is none: each person hears of it with all else that was missed.
    """
    said = False
    for group in office.town.groups.values():
        chat = office.uow.chats.by_origin(group.chat)
        here = chat.chat if chat else group.chat
        held = office.uow.nudges.take(here, office.now)
        said = said or bool(held)
        if sayings.late(row.at):
            _say_missed(office, held, sayings)
        elif held:
            _say_batch(office, here, held, row)
    return DONE if said else ("dropped", "nothing held")


def _say_missed(office: Office, held: Sequence[HeldNudge], sayings: Sayings) -> None:
    for nudge in held:
        case = office.uow.cases.get(nudge.case_id, lock=False)
        if case is not None:
            sayings.add(
                Saying(person=nudge.person, words="nudge", case=case, why=nudge.kind, at=nudge.at)
            )


def _say_batch(office: Office, chat: str, held: Sequence[HeldNudge], row: DueRow) -> None:
    people: dict[str, list[list[object]]] = {}
    for nudge in held:
        items = people.setdefault(nudge.person, [])
        items.append([nudge.case_id, nudge.kind, nudge.at.isoformat()])
    office.uow.outbox.add(
        Outgoing(
            kind="notice",
            key=f"batch:{chat}:{row.at:%y%m%d%H%M}",
            chat=chat,
            fact={"words": "batch", "people": list(people.items())},
            priority=Priority.LADDER,
            loud=True,
            not_before=office.now,
            created_at=office.now,
        )
    )


def _board(office: Office, row: DueRow, _sayings: Sayings) -> Outcome:
    """The board of one group; what has not changed is found out when it is about to be edited."""
    board.queue(office, row)
    return DONE


def _words(office: Office, _row: DueRow, _sayings: Sayings) -> Outcome:
    """Last words are kept for minutes only."""
    kept = office.town.rules.opening.words_kept
    oldest = office.uow.words.purge(office.now - kept)
    if oldest is not None:
        at = oldest + kept + hear_words.MOMENT
        office.uow.dues.add(DueRow(kind="words", key=f"words:{at.isoformat()}", at=at))
    return DONE


def _menu_over(office: Office, row: DueRow, _sayings: Sayings) -> Outcome:
    """A menu that had to stand on the card itself goes after a minute."""
    case = office.uow.cases.get(int(row.data["case"]))
    if case is not None:
        consequences.freshen(office, case)
    return DONE


def _saying(_office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """The quiet hours are over: what they held back is said with all else that was missed."""
    return DONE if sayings.again(row.data) else ("dropped", "no such case")


_HANDLERS = {
    next_year.KIND: next_year.handle,
    "filing": _digest,
    **dict.fromkeys(("meet", "draft", "week", "month"), _not_yet),
    "overnight": _overnight,
    "batch": _batch,
    "board": _board,
    "words": _words,
    "menu_over": _menu_over,
    "saying": _saying,
}
