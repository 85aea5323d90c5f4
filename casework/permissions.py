"""Who stands how to a case, and who may therefore do what: the one table of rights.

Role × relation × act × status. `decide` and the use cases read it, the tests are made from it, and
`docs/permissions.md` is written from it. What it does not list, nobody may do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from casework.case import OPEN, UNMENDED, Status
from casework.people import REPAIR_ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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

ROLES: Final[Mapping[Relation, frozenset[Role]]] = {
    Relation.REPORTER: frozenset(Role) - REPAIR_ROLES,
    Relation.FINDER: REPAIR_ROLES,
    Relation.GRID_OFFICER: frozenset({Role.OFFICER}),
    Relation.PAIRED: REPAIR_ROLES,
    Relation.STANDBY: frozenset({Role.STANDBY}),
    Relation.MANAGER: frozenset({Role.MANAGER}),
    Relation.CLAIMER: REPAIR_ROLES,
    Relation.SUPERVISOR: frozenset({Role.SUPERVISOR}),
}
"""In which roles a person can stand so at all; who changes the role loses the rest at once."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """One row of the table: who may do an act, and while the case stands where."""

    act: str
    """A command's name in snake case (`decide.name_of`), or one of `MORE_ACTS`."""
    statuses: frozenset[Status]
    who: Who | None
    """None: the clock alone."""


_WAITING: Final = frozenset({Status.WAITING})
_CHECKING: Final = frozenset({Status.CHECKING})
_TAKEN: Final = OPEN - _WAITING


def _grant(act: str, statuses: frozenset[Status], who: Who | None) -> Grant:
    return Grant(act=act, statuses=statuses, who=who)


GRANTS: Final = (
    _grant("claim", _WAITING, CLAIMERS),
    _grant("claim", _TAKEN, CREW),
    _grant("claim_for", _WAITING, SUPERVISORS),
    _grant("begin", UNMENDED, CREW),
    _grant("place_sign", UNMENDED, CREW),
    _grant("submit", UNMENDED, CREW),
    _grant("add_photo", OPEN, ANYONE),
    _grant("pass", _CHECKING, PATROL_KEY | REPAIR_KEY),
    _grant("rework", _CHECKING, PATROL_KEY),
    _grant("give_up_today", UNMENDED, REPAIR_KEY),
    _grant("grant_hours", UNMENDED, SUPERVISORS),
    _grant("ask_promise", UNMENDED, REPAIR_KEY),
    _grant("answer_promise", UNMENDED, SUPERVISORS),
    _grant("withdraw_promise", UNMENDED, SUPERVISORS),
    _grant("ask_extension", UNMENDED, REPAIR_KEY),
    _grant("answer_extension", UNMENDED, SUPERVISORS),
    _grant("ask_suspension", UNMENDED, REPAIR_KEY),
    _grant("answer_suspension", UNMENDED, SUPERVISORS),
    _grant("resume", UNMENDED, REPAIR_KEY | SUPERVISORS),
    _grant("set_tier", UNMENDED, ANYONE),
    _grant("set_deadline", UNMENDED, SUPERVISORS),
    _grant("set_category", OPEN, CORRECTORS),
    _grant("set_place", OPEN, CORRECTORS),
    _grant("add_words", OPEN, ANYONE),
    _grant("refuse", OPEN, SUPERVISORS),
    _grant("ask_refusal", OPEN, MANAGERS),
    _grant("decline_refusal", OPEN, SUPERVISORS),
    _grant("hand_over", UNMENDED, MANAGERS | SUPERVISORS),
    _grant("withdraw", UNMENDED, REPORTERS),
    _grant("release_scene", _WAITING, SUPERVISORS),
    _grant("join", OPEN, SUPERVISORS),
    _grant("lead", OPEN, SUPERVISORS),
    _grant("part", OPEN, SUPERVISORS),
    _grant("mark_stopgap", _TAKEN, REPAIR_KEY | SUPERVISORS),
    _grant("follow", OPEN, None),
    _grant("mark_overdue", UNMENDED, None),
    _grant("mark_sign_missing", UNMENDED, None),
    _grant("remind", UNMENDED, None),
    _grant("draft_order", UNMENDED, None),
    _grant("issue_order", OPEN, SUPERVISORS),
    _grant("decline_order", OPEN, SUPERVISORS),
    _grant("turn_patrol_key", _CHECKING, PATROL_KEY),
    _grant("turn_repair_key", _CHECKING, REPAIR_KEY),
    _grant("lower_tier", UNMENDED, SUPERVISORS),
    _grant("more", OPEN, ANYONE),
    _grant("move_photo", OPEN, CREW | PATROL_KEY | REPORTERS),
    _grant("split", OPEN, REPORTERS | SUPERVISORS),
)
"""The table. One act may have several rows, with statuses apart."""

MORE_ACTS: Final[Mapping[str, str]] = {
    "turn_patrol_key": "`Pass` on the patrol side",
    "turn_repair_key": "`Pass` on the repair side",
    "lower_tier": "`SetTier` to a less urgent one, and more time for a danger",
    "more": "更多: open the menu",
    "move_photo": "移照片: give a photo to another case",
    "split": "拆开: make a case of each photo",
}
"""The acts that are no command of their own, and what they are."""

_BY_CELL: Final = {(one.act, status): one for one in GRANTS for status in one.statuses}
_BY_ACT: Final = {
    act: frozenset[Relation]().union(*(one.who or () for one in GRANTS if one.act == act))
    for act in dict.fromkeys(one.act for one in GRANTS)
}


def grant(act: str, status: Status) -> Grant | None:
    """The row for an act on a case in this status; None: nobody may."""
    return _BY_CELL.get((act, status))


def grantees(*acts: str) -> Who:
    """Who may do one of these acts in some status.

    Raises:
        KeyError: the table does not know one of them (a mistake of the program).
    """
    return frozenset[Relation]().union(*(_BY_ACT[act] for act in acts))


def relations(case: Case, person: Person, roster: Roster) -> Who:
    """How this person stands to this case."""
    return frozenset(
        relation
        for relation, holds in _HOLDS.items()
        if person.role in ROLES[relation] and holds(case, person, roster)
    )


def _reported(case: Case, person: Person, _roster: Roster) -> bool:
    return case.reporter == person.key


def _walks(case: Case, person: Person, roster: Roster) -> bool:
    officer = roster.officer_of(case.grid)
    return case.officer == person.key or (officer is not None and officer.key == person.key)


def _tagged(case: Case, person: Person, roster: Roster) -> bool:
    return case.repairer == person.key or _back_early(case, person, roster)


def _back_early(case: Case, person: Person, roster: Roster) -> bool:
    """Whether this is the pair for whom the stand-in was tagged, and who came after all."""
    officer, tagged = roster.officer_of(case.grid), roster.person(case.repairer)
    paired = officer is not None and officer.pair == person.key
    return paired and tagged is not None and tagged.role is Role.STANDBY


def _of_company(case: Case, person: Person, _roster: Roster) -> bool:
    return case.company in {"", person.company}


def _took(case: Case, person: Person, _roster: Roster) -> bool:
    return case.claimer == person.key


def _always(_case: Case, _person: Person, _roster: Roster) -> bool:
    return True


_HOLDS: Final[Mapping[Relation, Callable[[Case, Person, Roster], bool]]] = {
    Relation.REPORTER: _reported,
    Relation.FINDER: _reported,
    Relation.GRID_OFFICER: _walks,
    Relation.PAIRED: _tagged,
    Relation.STANDBY: _of_company,
    Relation.MANAGER: _of_company,
    Relation.CLAIMER: _took,
    Relation.SUPERVISOR: _always,
}


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
