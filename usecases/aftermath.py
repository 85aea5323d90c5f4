"""What the end of a case means for others: joined cases go on, a stopgap gets its cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import commands, joining
from casework.case import Status
from casework.decide import decide
from casework.refusals import Refusal
from usecases import consequences, cures

if TYPE_CHECKING:
    from casework.act import Act
    from casework.case import Case
    from usecases.books import Books, Saving
    from usecases.office import Office
    from usecases.records import Json


def follow(office: Office, was: Case, case: Case, act: Act, books: Books) -> Case:
    """Do what follows from a change of a case, in the same transaction; the case as it is then."""
    if was.main != case.main:
        _recounted(office, was.main or case.main)
    if was.open == case.open:
        return case
    if case.leads:
        _lead(office, case, act, books.save)
    if case.status is Status.CLOSED and case.stopgap:
        cure = cures.opened(office, case, act)
        cure = books.open(office, cure, (cures.reported(cure),), act)
        case = books.save(office, case, *cures.named(office, case, cure), act)
    elif was.cure and case.open:
        cures.take_back(office, case, was.cure, act, books.save)
    return case


def _recounted(office: Office, number: str) -> None:
    """The card of a main case says how many are joined to it."""
    main = office.uow.cases.by_number(number)
    if main is not None and main.leads:
        consequences.freshen(office, main)


def _lead(office: Office, main: Case, act: Act, save: Saving) -> None:
    """The joined cases speak for themselves when the main one has ended; and not when not."""
    awake: dict[str, list[Case]] = {}
    clock = office.act(None, act.at)
    for one in office.uow.cases.joined_to(main.number):
        on = main.open and joining.may_follow(one, main)
        if not one.open or one.follows == on:
            continue
        try:
            decision = decide(one, commands.Follow(on=on), clock)
        except Refusal:
            continue
        kept = save(office, one, decision.case, decision.events, clock)
        if kept.unmended and not on:
            awake.setdefault(kept.claimer or kept.repairer, []).append(kept)
    for person, cases in awake.items():
        _tell_awake(office, main, person, cases)


def _tell_awake(office: Office, main: Case, person: str, cases: list[Case]) -> None:
    """Each must still be seen to and photographed: one message to who answers for them."""
    if not person:
        return
    words = "main-ended"
    fact: Json = {
        "words": words,
        "cases": [c.id for c in cases],
        "fields": {"number": main.number, "status": main.status.value},
    }
    office.tell([person], cases[0], f"{words}:{main.id}:{main.history_seq}:{person}", fact)
