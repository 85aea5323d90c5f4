"""Who is on the roster, who belongs to whom, and who may stand in for whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


LEAST_CHAT: Final = -(2**52)
"""Numbers of chats have 52 bits at most."""


class Role(StrEnum):
    """What a person of the roster does."""

    OFFICER = "officer"
    """巡查队员: walks a grid, reports, turns the patrol key."""
    REPAIRER = "repairer"
    """维修队员: takes and mends, turns the repair key."""
    STANDBY = "standby"
    """替班: stands in for every repairer of the company."""
    MANAGER = "manager"
    """公司经理: may do what a repairer of the company may, and hands cases over inside it."""
    SUPERVISOR = "supervisor"
    """督查: decides limits, promises, refusals; may turn the patrol key."""
    LEADER = "leader"
    """领导: reads."""
    CLERK = "clerk"
    """信息科: reads and files."""


REPAIR_ROLES = frozenset({Role.REPAIRER, Role.STANDBY, Role.MANAGER})


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """One person of the roster."""

    key: str
    """The username in lower case: how the roster and the database name this person."""
    name: str
    role: Role
    company: str = ""
    """Key of the repair company; empty on the patrol side."""
    grid: int | None = None
    """The officer's own grid."""
    pair: str = ""
    """The key of the officer's paired repairer (一对一结对)."""
    away: bool = False
    """On leave: the stand-in is tagged from the start."""
    language: str = ""
    """`zh` or `en`; empty: the language of the person's app."""

    @property
    def repair_side(self) -> bool:
        """Whether this person works for a repair company."""
        return self.role in REPAIR_ROLES


@dataclass(frozen=True, kw_only=True, slots=True)
class Company:
    """A repair company and the zone it serves."""

    key: str
    name: str
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """All people of the city; built once, asked often."""

    people: Mapping[str, Person]
    companies: Mapping[str, Company]
    grid_company: Mapping[int, str]
    """The company responsible for each grid."""
    _officers: dict[int, Person] = field(init=False, repr=False, compare=False)
    _crews: dict[str, dict[Role, tuple[Person, ...]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the officers by grid and the crews by company."""
        officers = {p.grid: p for p in self.people.values() if p.role is Role.OFFICER and p.grid}
        crews = {
            key: {role: self._of(role, key) for role in REPAIR_ROLES} for key in self.companies
        }
        object.__setattr__(self, "_officers", officers)
        object.__setattr__(self, "_crews", crews)

    def _of(self, role: Role, company: str) -> tuple[Person, ...]:
        return tuple(p for p in self.people.values() if p.role is role and p.company == company)

    def person(self, key: str) -> Person | None:
        """The person with this key, if the roster has one."""
        return self.people.get(key)

    def name(self, key: str) -> str:
        """A person's name; the key itself for somebody who left the roster."""
        person = self.people.get(key)
        return person.name if person else key

    def with_role(self, role: Role) -> tuple[Person, ...]:
        """All people of one role, in the order of the roster."""
        return tuple(p for p in self.people.values() if p.role is role)

    def officer_of(self, grid: int | None) -> Person | None:
        """The officer who walks this grid."""
        return self._officers.get(grid) if grid is not None else None

    def crew(self, company: str, role: Role) -> tuple[Person, ...]:
        """The people of one role of one company."""
        return self._crews.get(company, {}).get(role, ())

    def names(self, people: Iterable[str]) -> tuple[str, ...]:
        """The names of these people."""
        return tuple(self.name(key) for key in people)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A bound patrol group."""

    chat: str
    """The chat's id as the chat platform prints it."""
    language: str = "zh"
    kind: str = "patrol"
    """`patrol`: cases are reported here; `managers`: only digests come here."""

    @property
    def patrols(self) -> bool:
        """Whether cases are reported in this group."""
        return self.kind == "patrol"
