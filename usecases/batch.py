"""The batch (待办提醒): one message a group, each person once, with the cases that waited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from usecases import reasons
from usecases.records import DONE, Outgoing, Priority
from usecases.sayings import Saying, topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from usecases.office import Office
    from usecases.records import DueRow, HeldNudge, Outcome
    from usecases.sayings import Sayings


def batch(office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """Say what was held for this batch.

    A batch that was missed is none: each person hears of it with all else that was missed.
    """
    said = False
    for group in office.town.groups.values():
        chat = office.uow.chats.by_origin(group.chat)
        here = chat.chat if chat else group.chat
        held = [one for one in office.uow.nudges.take(here, office.now) if _holds(office, one)]
        said = said or bool(held)
        if sayings.late(row.at):
            _say_missed(office, held, sayings)
        elif held:
            _say(office, here, held, row)
    return DONE if said else ("dropped", "nothing held")


def _holds(office: Office, nudge: HeldNudge) -> bool:
    """Whether it is still true: what has gone must not stand in the place of what came after."""
    case = office.uow.cases.get(nudge.case_id, lock=False)
    return case is not None and reasons.holds(case, nudge.kind, nudge.at, office.town)


def _say_missed(office: Office, held: Sequence[HeldNudge], sayings: Sayings) -> None:
    for nudge in held:
        case = office.uow.cases.get(nudge.case_id, lock=False)
        if case is not None:
            sayings.add(
                Saying(person=nudge.person, words="nudge", case=case, why=nudge.kind, at=nudge.at)
            )


def _say(office: Office, chat: str, held: Sequence[HeldNudge], row: DueRow) -> None:
    people: dict[str, list[list[object]]] = {}
    cases = (office.uow.cases.get(one.case_id, lock=False) for one in held)
    for nudge in sorted(_last_points(held), key=lambda one: one.case_id):
        items = people.setdefault(nudge.person, [])
        items.append([nudge.case_id, nudge.kind, nudge.at.isoformat()])
    office.uow.outbox.add(
        Outgoing(
            kind="notice",
            key=f"batch:{chat}:{row.at:%y%m%d%H%M}",
            chat=chat,
            thread=topic(case for case in cases if case is not None),
            fact={"words": "batch", "people": list(people.items())},
            priority=Priority.LADDER,
            loud=True,
            not_before=office.now,
            created_at=office.now,
        )
    )


def _last_points(held: Sequence[HeldNudge]) -> Iterable[HeldNudge]:
    """Each case once a person: of several points that waited, the last one."""
    last: dict[tuple[str, int], HeldNudge] = {}
    for nudge in held:
        other = last.setdefault((nudge.person, nudge.case_id), nudge)
        if reasons.point_of(nudge.kind) > reasons.point_of(other.kind):
            last[nudge.person, nudge.case_id] = nudge
    return last.values()
