"""Rights: every role in every relation tries every act in every status.

The cells are made from the one table (`casework.permissions`) and compared with what `decide` does;
beside it stand the rules of the group written out a second time, by hand, as people read them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from casework import commands
from casework.case import OPEN, UNMENDED, Status, Tier
from casework.decide import allow, decide
from casework.people import Role
from casework.permissions import (
    GRANTS,
    MORE_ACTS,
    ROLES,
    Relation,
    grant,
    grantees,
    relations,
)
from casework.refusals import CaseEnded, NotNow, NotYours, Refusal, SupervisorOnly
from casework.transitions import TABLE, name_of
from tests.unit.casework.people import SAMPLES, act, case, standing, town

if TYPE_CHECKING:
    from casework.case import Case
    from casework.people import Person

STRANGERS = {
    Role.OFFICER: "officer02",
    Role.REPAIRER: "repairer06",
    Role.STANDBY: "standby_west",
    Role.MANAGER: "manager_west",
    Role.SUPERVISOR: "supervisor01",
    Role.LEADER: "leader01",
    Role.CLERK: "clerk01",
}
"""One of each role who has nothing to do with a case of grid 1, but for the supervisor."""
AT_HOME = {
    Relation.GRID_OFFICER: "officer01",
    Relation.STANDBY: "standby_east",
    Relation.MANAGER: "manager_east",
    Relation.SUPERVISOR: "supervisor01",
}
"""Those whom the roster itself puts into a relation to a case of grid 1."""
PAIRS: list[tuple[Role, Relation | None]] = [
    (role, relation) for relation, roles in ROLES.items() for role in sorted(roles)
]
PAIRS += [(role, None) for role in Role if role is not Role.SUPERVISOR]
ACTS = {name_of(command): sample for command, sample in SAMPLES.items()}
CELLS = len(PAIRS) * len(Status) * (len(ACTS) + len(MORE_ACTS))


def scene(role: Role, relation: Relation | None, status: Status) -> tuple[Person, Case]:
    """Somebody of this role who stands so to a case in this status."""
    key = STRANGERS[role] if relation is None else AT_HOME.get(relation, STRANGERS[role])
    one = replace(standing(status), reporter="clerk02")
    if relation in {Relation.REPORTER, Relation.FINDER}:
        one = replace(one, reporter=key)
    elif relation is Relation.PAIRED:
        one = replace(one, repairer=key)
    elif relation is Relation.CLAIMER:
        one = replace(one, claimer=key)
    return town().roster.people[key], one


def answer(one: Case, name: str, who: str) -> str:
    """What becomes of an attempt: `may`, `not yours`, or `not now`."""
    try:
        if name in MORE_ACTS:
            allow(one, name, act(who))
        else:
            decide(one, ACTS[name], act(who))
    except NotYours:
        return "not yours"
    except (NotNow, CaseEnded):
        return "not now"
    except Refusal:
        return "may"  # but something else stands in the way
    return "may"


def expected(one: Case, name: str, person: Person) -> str:
    """What the table says."""
    row = grant(name, one.status)
    if row is None:
        return "not now"
    held = relations(one, person, town().roster)
    return "may" if row.who is not None and held & row.who else "not yours"


def test_there_are_thousands_of_cells() -> None:
    """Role × relation × act × status, as far as a role can stand so."""
    assert CELLS > 8000


@pytest.mark.parametrize(("role", "relation"), PAIRS)
def test_a_role_in_a_relation_may_what_the_table_says_and_nothing_else(
    role: Role, relation: Relation | None
) -> None:
    """Every act in every status."""
    for status in Status:
        person, one = scene(role, relation, status)
        held = relations(one, person, town().roster)
        assert (relation in held) if relation else not held
        for name in (*ACTS, *MORE_ACTS):
            assert answer(one, name, person.key) == expected(one, name, person), (status, name)


def test_the_clocks_own_acts_are_nobodys() -> None:
    """Not even a supervisor may say that a limit has passed."""
    clocks = [row for row in GRANTS if row.who is None]
    assert len(clocks) == 5
    for row in clocks:
        for status in row.statuses:
            for person in town().roster.people:
                assert answer(standing(status), row.act, person) == "not yours"


RULES: dict[str, tuple[frozenset[Status], set[str]]] = {
    "claim": (frozenset({Status.WAITING}), {"paired", "standby", "manager"}),
    "set_category": (OPEN, {"reporter", "finder", "claimer", "supervisor"}),
    "set_place": (OPEN, {"reporter", "finder", "claimer", "supervisor"}),
    "set_tier": (UNMENDED, {relation.value for relation in Relation}),
    "lower_tier": (UNMENDED, {"supervisor"}),
    "set_deadline": (UNMENDED, {"supervisor"}),
    "give_up_today": (UNMENDED, {"claimer", "standby", "manager"}),
    "ask_promise": (UNMENDED, {"claimer", "standby", "manager"}),
    "answer_promise": (UNMENDED, {"supervisor"}),
    "refuse": (OPEN, {"supervisor"}),
    "ask_refusal": (OPEN, {"manager"}),
    "hand_over": (UNMENDED, {"manager", "supervisor"}),
    "withdraw": (UNMENDED, {"reporter", "finder"}),
    "turn_patrol_key": (
        frozenset({Status.CHECKING}),
        {"reporter", "grid_officer", "supervisor"},
    ),
    "rework": (frozenset({Status.CHECKING}), {"reporter", "grid_officer", "supervisor"}),
    "turn_repair_key": (frozenset({Status.CHECKING}), {"claimer", "standby", "manager"}),
    "release_scene": (frozenset({Status.WAITING}), {"supervisor"}),
    "claim_for": (frozenset({Status.WAITING}), {"supervisor"}),
}
"""The rules of the group, row by row."""


@pytest.mark.parametrize("name", RULES)
def test_the_table_agrees_with_the_rules_of_the_group(name: str) -> None:
    """Written by hand; in every other status the act is known to nobody new."""
    statuses, who = RULES[name]
    for status in Status:
        row = grant(name, status)
        if status in statuses:
            assert row is not None
            assert {relation.value for relation in row.who or ()} == who
        else:
            assert row is None or name == "claim"


def test_every_command_has_its_row_and_every_row_its_act() -> None:
    """And no cell is written twice."""
    assert {row.act for row in GRANTS} == set(ACTS) | set(MORE_ACTS)
    cells = [(row.act, status) for row in GRANTS for status in row.statuses]
    assert len(cells) == len(set(cells))
    assert {(status, name_of(command)) for status, command in TABLE} == {
        (status, name) for name, status in cells if name not in MORE_ACTS
    }


def test_an_unknown_act_is_a_mistake_of_the_program() -> None:
    """It must not grant anything in silence."""
    with pytest.raises(KeyError):
        grantees("fly")


@pytest.mark.parametrize("who", ["officer01", "repairer01", "standby_east", "manager_east"])
def test_nobody_but_a_supervisor_leads_from_danger_to_three_days(who: str) -> None:
    """However one stands to the case."""
    one = case(tier=Tier.TODAY, claimer="repairer01", status=Status.TAKEN)
    with pytest.raises(SupervisorOnly):
        decide(one, commands.SetTier(tier=Tier.THREE_DAYS), act(who))


@pytest.mark.parametrize("role", [role for role in Role if role not in ROLES[Relation.CLAIMER]])
def test_who_changes_the_role_loses_what_it_gave(role: Role) -> None:
    """A claimer who is of the repair side no more has the claimer's rights no more."""
    person = replace(town().roster.people["repairer01"], role=role)
    held = relations(case(claimer="repairer01"), person, town().roster)
    assert not held & {Relation.CLAIMER, Relation.PAIRED}


def test_both_keys_are_never_in_one_relation() -> None:
    """So that no row lets one person close a case alone."""
    assert not grantees("turn_patrol_key") & grantees("turn_repair_key")
