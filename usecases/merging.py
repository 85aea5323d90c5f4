"""并案: a supervisor joins cases of one cause to a main case (主案), and may take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import commands, joining, refusals
from casework.decide import allow
from usecases import bursts, typed_acts
from usecases.perform import perform
from usecases.views import Toast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.act import Act
    from casework.case import Case
    from casework.people import Person
    from usecases.inputs import ButtonPressed
    from usecases.office import Office

_ADDED = frozenset({"PhotosAdded", "WordsAdded", "OverdueMarked"})


def pressed(office: Office, case: Case, press: ButtonPressed, person: Person) -> Toast:
    """并案 on the question: all that it named and that still stands becomes one.

    Raises:
        NotYours: only supervisors decide it.
        Outdated: there is nothing to join any more.
    """
    act = office.act(person, press.at)
    allow(case, "join", act)
    named = _named(office, case, person)
    main = _main(office, named)
    others = [c for c in named if main is not None and c.id != main.id and not c.leads]
    if main is None or not others:
        raise refusals.Outdated
    main = join(office, main, others, act)
    return Toast(words="joined", fields={"number": main.number, "count": len(others)})


def declined(office: Office, case: Case, press: ButtonPressed, person: Person) -> Toast:
    """不是一回事: they go on as they are; nobody is asked about them again.

    Raises:
        NotYours: only supervisors decide it.
    """
    allow(case, "join", office.act(person, press.at))
    return Toast(words="not-joined")


def _named(office: Office, first: Case, person: Person) -> list[Case]:
    """The cases that the question named, as far as they still stand by themselves."""
    asked = bursts.key(first.id)
    keys = (f"{asked}:{person.key}", asked, *(f"{asked}:{key}" for key in office.supervisors()))
    rows = (office.uow.outbox.by_key(key) for key in keys)
    row = next((row for row in rows if row is not None), None)
    ids = row.fact["cases"] if row is not None else ()
    found = (office.uow.cases.get(case_id) for case_id in ids)
    return [c for c in found if c is not None and c.open and not c.main]


def _main(office: Office, named: Sequence[Case]) -> Case | None:
    """A main case of the same hours that leads others already; else the oldest."""
    if not named:
        return None
    first = named[0]
    since = first.reported_at - office.town.rules.burst.within
    alike = office.uow.cases.alike(first.category, first.grid or 0, since)
    leading = (c for c in alike if c.leads and c.chat == first.chat)
    return next(leading, first)


def join(office: Office, main: Case, others: Sequence[Case], act: Act) -> Case:
    """Join cases to a main case; the actor can undo it on the main case's card.

    Raises:
        Refusal: it may not be.
    """
    for one in others:
        follows = joining.may_follow(one, main)
        perform(office, one, commands.Join(main=main.number, follows=follows), act)
    numbers = tuple(one.number for one in others)
    return perform(office, main, commands.Lead(cases=numbers), act)


def typed(office: Office, case: Case, text: str, act: Act) -> bool:
    """`并案 XC-…` in reply to a case joins it to the one that is named; whether it was that.

    Raises:
        NoSuchCase: no open case of the group is named.
        Refusal: it may not be.
    """
    read = office.town.read(text)
    if not typed_acts.joins(read.text) or office.town.words.asks(text):
        return False
    allow(case, "join", act)
    found = (office.uow.cases.by_number(number) for number in read.numbers)
    main = next((c for c in found if c is not None and c.open and c.chat == case.chat), None)
    if main is None:
        raise refusals.NoSuchCase
    if main.main:
        raise refusals.JoinedCase(main=main.main)
    join(office, main, [case], act)
    return True


def joined_last(office: Office, main: Case) -> list[Case]:
    """The cases that the last act on a main case has joined to it; none if it was another act."""
    if not main.leads:
        return []
    acts = [row for row in office.uow.history.of(main.id) if row.event not in _ADDED]
    if not acts or acts[-1].event != "CasesJoined":
        return []
    found = (office.uow.cases.by_number(n) for n in str(acts[-1].data["cases"]).split())
    return [c for c in found if c is not None and c.main == main.number]
