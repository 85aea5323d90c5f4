"""Who is in a circle of a case: whom its reminders and its claim ladder reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.people import Role
from casework.rules import Circle
from usecases.office import present

if TYPE_CHECKING:
    from casework.case import Case
    from casework.people import Person
    from usecases.office import Office

WATCHERS = frozenset({Role.SUPERVISOR, Role.LEADER})
"""They see to it that it is mended, and do not mend it."""


def circle(office: Office, case: Case, which: Circle) -> tuple[str, ...]:
    """The people of one circle who are not away."""
    if which is Circle.REPAIRER:
        return _holder(office, case)
    if which is Circle.STANDBY:
        return _crew(office, case, Role.STANDBY)
    if which is Circle.MANAGER:
        return _crew(office, case, Role.MANAGER)
    if which is Circle.SUPERVISOR:
        return supervisors(office)
    return present(office.town.roster.with_role(Role.LEADER))


def supervisors(office: Office) -> tuple[str, ...]:
    """The supervisors who are not away; all of them, should every one be."""
    return present(office.town.roster.with_role(Role.SUPERVISOR)) or office.supervisors()


def _holder(office: Office, case: Case) -> tuple[str, ...]:
    """Who answers for the repair; of one who is away, or left, the stand-ins, else the managers.

    While nobody does, the supervisors. Who mends no more, but patrols, say, has left the repair.
    """
    key = case.claimer or case.repairer
    holder = office.town.roster.person(key)
    there = holder is not None and holder.repair_side
    if holder is not None and there and not holder.away:
        return (key,)
    crew = _crew(office, case, Role.STANDBY) or _crew(office, case, Role.MANAGER)
    others = crew if key else ()
    return others or ((key,) if there else supervisors(office))


def _crew(office: Office, case: Case, role: Role) -> tuple[str, ...]:
    """The people of one role of the responsible company; of all, while the place is unknown."""
    roster = office.town.roster
    companies = [case.company] if case.company else list(roster.companies)
    people: list[Person] = []
    for company in companies:
        people += roster.crew(company, role)
    return present(people)


def watches(office: Office, person: str) -> bool:
    """Whether a person sees to it, and does not mend."""
    found = office.town.roster.person(person)
    return found is not None and found.role in WATCHERS
