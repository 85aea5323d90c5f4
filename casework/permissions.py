"""Who stands how to a case, and who may therefore do what. The table of `rules`, written once."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from casework.people import Role

if TYPE_CHECKING:
    from casework.case import Case
    from casework.people import Person, Roster


class Relation(StrEnum):
    """How a person stands to a case."""

    REPORTER = "reporter"
    """Reported it, on the patrol side."""
    FINDER = "finder"
    """Reported it, on the repair side (company patrol)."""
    GRID_OFFICER = "grid_officer"
    PAIRED = "paired"
    """The repairer who is tagged."""
    STANDBY = "standby"
    """A stand-in of the responsible company."""
    MANAGER = "manager"
    """A manager of the responsible company."""
    CLAIMER = "claimer"
    SUPERVISOR = "supervisor"


Who = frozenset[Relation]

CLAIMERS: Who = frozenset({Relation.PAIRED, Relation.STANDBY, Relation.MANAGER})
CREW: Who = CLAIMERS | {Relation.CLAIMER}
"""Those whose photos count as the repair side's."""
PATROL_KEY: Who = frozenset({Relation.REPORTER, Relation.GRID_OFFICER, Relation.SUPERVISOR})
REPAIR_KEY: Who = frozenset({Relation.CLAIMER, Relation.STANDBY, Relation.MANAGER})
CORRECTORS: Who = frozenset(
    {Relation.REPORTER, Relation.FINDER, Relation.CLAIMER, Relation.SUPERVISOR}
)
SUPERVISORS: Who = frozenset({Relation.SUPERVISOR})
REPORTERS: Who = frozenset({Relation.REPORTER, Relation.FINDER})
MANAGERS: Who = frozenset({Relation.MANAGER})
ANYONE: Who = frozenset(Relation)


def relations(case: Case, person: Person, roster: Roster) -> Who:
    """How this person stands to this case."""
    found = set[Relation]()
    if case.reporter == person.key:
        found.add(Relation.FINDER if person.repair_side else Relation.REPORTER)
    if person.role is Role.OFFICER and _walks(case, person, roster):
        found.add(Relation.GRID_OFFICER)
    if person.role is Role.SUPERVISOR:
        found.add(Relation.SUPERVISOR)
    if person.repair_side:
        found |= _repair_relations(case, person, roster)
    return frozenset(found)


def _walks(case: Case, person: Person, roster: Roster) -> bool:
    officer = roster.officer_of(case.grid)
    return case.officer == person.key or (officer is not None and officer.key == person.key)


def _repair_relations(case: Case, person: Person, roster: Roster) -> set[Relation]:
    found = set[Relation]()
    if case.repairer == person.key or _back_early(case, person, roster):
        found.add(Relation.PAIRED)
    if case.claimer == person.key:
        found.add(Relation.CLAIMER)
    if case.company in {"", person.company}:
        if person.role is Role.STANDBY:
            found.add(Relation.STANDBY)
        if person.role is Role.MANAGER:
            found.add(Relation.MANAGER)
    return found


def _back_early(case: Case, person: Person, roster: Roster) -> bool:
    """Whether this is the pair for whom the stand-in was tagged, and who came after all."""
    officer, tagged = roster.officer_of(case.grid), roster.person(case.repairer)
    paired = officer is not None and officer.pair == person.key
    return paired and tagged is not None and tagged.role is Role.STANDBY


def holders(case: Case, who: Who, roster: Roster) -> tuple[str, ...]:
    """The people of the roster who stand so to the case, in the order people expect."""
    ranked = sorted(
        (
            (min(_ORDER[r] for r in held), index, person.key)
            for index, person in enumerate(roster.people.values())
            if (held := relations(case, person, roster) & who)
        ),
    )
    return tuple(key for _, _, key in ranked)


_ORDER = {
    relation: place
    for place, relation in enumerate(
        (
            Relation.REPORTER,
            Relation.FINDER,
            Relation.CLAIMER,
            Relation.PAIRED,
            Relation.GRID_OFFICER,
            Relation.STANDBY,
            Relation.MANAGER,
            Relation.SUPERVISOR,
        )
    )
}
