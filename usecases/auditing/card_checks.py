"""Cards agree with their cases: each open case has one, it is the newest, and it is up to date.

A repair is tried once for each state of a case (its history names it): a chat that refuses a card
for good is not asked again and again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.case import Status
from casework.changing import replace
from usecases import consequences, saving
from usecases.card_shown import ANYWAY
from usecases.records import UNCHANGED, Link, Outgoing, Part, Priority, Sent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casework.case import Case
    from usecases.auditing.scene import Scene
    from usecases.inspecting import Finding
    from usecases.office import Office

_UNSEEN = frozenset({"OrderDeclined", "OrderDrafted", "Reminded"})
"""Events that no card shows."""
_WAITING = frozenset({Sent.QUEUED, Sent.SENDING})


def _rows(scene: Scene, case: Case, *kinds: str) -> Sequence[Outgoing]:
    return [row for row in scene.shown.get(case.id, ()) if row.kind in kinds]


def _waits(rows: Sequence[Outgoing]) -> bool:
    return any(row.state in _WAITING for row in rows)


def _told(scene: Scene, case: Case, *kinds: str) -> Outgoing | None:
    """The last row that was told in the case's chat."""
    rows = [row for row in _rows(scene, case, *kinds) if row.chat == case.chat]
    return next((row for row in reversed(rows) if row.state is Sent.SENT), None)


def _found(scene: Scene, kind: str, case: Case) -> Finding:
    return scene.finding(kind, case.id, case.number, case=case.id)


def _case(office: Office, finding: Finding) -> Case | None:
    return office.uow.cases.get(int(finding.data["case"]))


def missing(scene: Scene) -> Iterator[Finding]:
    """Open cases without a card, for which none waits; a refused one is told of as such."""
    for case in scene.open_cases:
        rows = _rows(scene, case, "card")
        refused = bool(rows) and rows[-1].state is Sent.DEAD
        if not case.card and not refused and not _waits(rows):
            yield _found(scene, "card-missing", case)


def post_again(office: Office, finding: Finding) -> None:
    """Queue a card."""
    case = _case(office, finding)
    if case is not None and not case.card:
        consequences.card(office, case, again=f"audit-{case.history_seq}")


def stale(scene: Scene) -> Iterator[Finding]:
    """Cards that tell of an earlier state, with no edit on its way."""
    for case in scene.cases.values():
        rows = _rows(scene, case, "card", "edit")
        seen = _seen(rows, case)
        if not case.card or seen is None or _waits(rows):
            continue
        history = scene.histories.get(case.id, ())
        if any(row.seq > seen and row.event not in _UNSEEN for row in history):
            yield _found(scene, "card-stale", case)


def _seen(rows: Sequence[Outgoing], case: Case) -> int | None:
    """The last event that the case's chat was shown; an edit may go out after a newer card."""
    here = (row for row in rows if row.chat == case.chat and _shows(row))
    told = (row.fact.get("seq") for row in here)
    return max((int(seq) for seq in told if seq is not None), default=None)


def _shows(row: Outgoing) -> bool:
    """Whether what a row tells stands on the card; also one that had nothing to change."""
    return row.state is Sent.SENT or (row.state is Sent.DROPPED and row.note == UNCHANGED)


def edit_again(office: Office, finding: Finding) -> None:
    """Queue an edit of the card."""
    case = _case(office, finding)
    if case is None:
        return
    office.uow.outbox.add(
        Outgoing(
            kind="edit",
            key=f"edit:{case.id}:audit-{case.history_seq}",
            case_id=case.id,
            chat=case.chat,
            fact={ANYWAY: True},
            priority=Priority.EDIT,
            not_before=office.now,
            created_at=office.now,
        )
    )


def unlinked(scene: Scene) -> Iterator[Finding]:
    """Cards that no reply would lead to their case."""
    for case in scene.open_cases:
        link = scene.links.get(case.id)
        if case.card and (link is None or link.case_id != case.id):
            yield _found(scene, "card-link", case)


def link_again(office: Office, finding: Finding) -> None:
    """The message is the card of this case."""
    case = _case(office, finding)
    if case is None or not case.card:
        return
    link = Link(chat=case.chat, message=case.card, case_id=case.id, part=Part.CARD, at=office.now)
    if not office.uow.links.add(link):
        office.uow.links.move(case.chat, case.card, case.id)


def other(scene: Scene) -> Iterator[Finding]:
    """Cases with two cards, of which the older one is kept up to date."""
    for case in scene.open_cases:
        newest = _told(scene, case, "card")
        if case.card and newest is not None and newest.message not in {"", case.card}:
            yield scene.finding(
                "card-other", case.id, case.number, case=case.id, card=newest.message
            )


def take_newest(office: Office, finding: Finding) -> None:
    """The newest card counts; it is brought up to date."""
    case = _case(office, finding)
    if case is not None and case.open:
        newest = replace(case, card=str(finding.data["card"]))
        saving.save(office, case, newest, (), office.act(None))
        edit_again(office, finding)


def sheet_missing(scene: Scene) -> Iterator[Finding]:
    """Joint checks that nobody was asked for: no sheet of the round was told or waits."""
    for case in scene.open_cases:
        rows = _rows(scene, case, "sheet")
        asked = any(
            row.fact.get("round") == case.round and row.state is not Sent.DROPPED for row in rows
        )
        if case.status is Status.CHECKING and not asked:
            yield _found(scene, "sheet-missing", case)


def sheet_again(office: Office, finding: Finding) -> None:
    """Queue the sheet of the round."""
    case = _case(office, finding)
    if case is not None and case.status is Status.CHECKING:
        consequences.sheet(office, case, again="audit")
