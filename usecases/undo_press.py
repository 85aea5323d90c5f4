"""撤销: who pressed restores the exact state and due rows of before, within a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import commands, events, refusals
from casework.changing import replace
from casework.decide import decide
from usecases import merging, saving, snapshot

if TYPE_CHECKING:
    from casework.case import Case
    from casework.people import Person
    from usecases.office import Office
    from usecases.records import Undo


def undo_press(office: Office, case: Case, person: Person) -> Case:
    """Undo the last press of a case.

    Raises:
        UndoOver: the minute is over, or something else has happened since.
        UndoNotYours: somebody else pressed.
    """
    undo = office.uow.undos.get(case.id)
    if undo is None or undo.version != case.version or office.now > undo.until:
        raise refusals.UndoOver
    if undo.person != person.key:
        raise refusals.UndoNotYours(by=office.town.roster.name(undo.person))
    for joined in merging.joined_last(office, case):
        _apart(office, joined, person)
    return _restore(office, case, undo, person)


def _apart(office: Office, case: Case, person: Person) -> None:
    """并案 is taken back: the joined case is as before, or, if more has happened, just apart."""
    undo = office.uow.undos.get(case.id)
    if undo is not None and undo.version == case.version:
        _restore(office, case, undo, person)
        return
    act = office.act(person)
    decision = decide(case, commands.Part(), act)
    saving.save(office, case, decision.case, decision.events, act)


def undo_photo(office: Office, case_id: int, person: Person) -> Case | None:
    """Take back an after-photo that a later item of its album explains otherwise."""
    case = office.uow.cases.get(case_id)
    undo = office.uow.undos.get(case_id)
    if case is None or undo is None or undo.person != person.key:
        return case
    return _restore(office, case, undo, person) if undo.version == case.version else case


def _restore(office: Office, case: Case, undo: Undo, person: Person) -> Case:
    """What was added meanwhile (photos, words, the card) stays; the rest is as it was."""
    before = _told(case, snapshot.unpack(undo.snapshot))
    restored = replace(
        before,
        version=case.version + 1,
        words=case.words,
        chat=case.chat,
        before=case.before,
        during=case.during,
        after=case.after,
        unreadable=case.unreadable,
        card=case.card,
        photo_message=case.photo_message,
        thread=case.thread,
        delivered_at=case.delivered_at if before.delivered_at is None else before.delivered_at,
        anonymous_asked=case.anonymous_asked,
        burst_asked=case.burst_asked,
        history_seq=case.history_seq,
        history_hash=case.history_hash,
    )
    office.uow.undos.drop(case.id)
    undone = events.PressUndone(back_to=restored.status.value)
    return saving.save(office, case, restored, (undone,), office.act(person))


def _supervised(case: Case, before: Case) -> Case:
    """The state of before, with the rungs that its limit has reached since."""
    return replace(
        before,
        rung=case.rung,
        rung_asked=case.rung_asked,
        rung_declined=case.rung_declined,
        rung_at=case.rung_at,
        rung_limit=case.rung_limit,
    )


def _told(case: Case, before: Case) -> Case:
    """The state of before, with what the clock has done since: it is not done a second time."""
    if before.delivered_at in {None, case.delivered_at}:
        before = replace(before, ladder=case.ladder, ladder_at=case.ladder_at)
    if not before.rung_asked and before.deadline == case.rung_limit:
        before = _supervised(case, before)
    passed = case.overdue and case.deadline == before.deadline and before.unmended
    return replace(before, overdue=before.overdue or passed)
