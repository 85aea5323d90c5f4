"""The digests (日碰头, 日报备, 周分析, 月小结): which there are, when they come, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import TYPE_CHECKING

from casework.people import LEAST_CHAT, Role

if TYPE_CHECKING:
    from casework.people import Person


class DigestKind(StrEnum):
    """The four digests that come by themselves."""

    MEET = "meet"
    """日碰头: every morning, what is open and what ends today."""
    FILING = "filing"
    """日报备: every afternoon, the figures since the last one."""
    WEEK = "week"
    """周分析: on Monday, the week before and the trend."""
    MONTH = "month"
    """月小结: on the first working day, the month before."""


MORNING = time(8, 30)
DECIDERS = (Role.MANAGER, Role.SUPERVISOR)


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """When one digest comes, on the city's clock, and who gets it."""

    at: time = MORNING
    roles: tuple[Role, ...] = DECIDERS
    """Everybody of these roles gets it privately."""
    people: tuple[str, ...] = ()
    """Further people, by username."""
    groups: tuple[int, ...] = field(default=(), metadata={"least": LEAST_CHAT, "most": -1})
    """Groups of the configuration that get it too."""

    def wanted_by(self, person: Person) -> bool:
        """Whether a person is one of those who get it."""
        return person.role in self.roles or person.key in self.people


@dataclass(frozen=True, kw_only=True, slots=True)
class Filing(Digest):
    """The daily filing: a draft goes to the clerks first."""

    at: time = time(17, 0)
    """What happens later belongs to the next one."""
    draft: time = time(16, 30)
    """When the clerks see the draft; supervisors, where no clerk can be reached."""
    roles: tuple[Role, ...] = (*DECIDERS, Role.CLERK)


@dataclass(frozen=True, kw_only=True, slots=True)
class Review(Digest):
    """The week's or the month's digest: leaders get it too."""

    roles: tuple[Role, ...] = (*DECIDERS, Role.LEADER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Digests:
    """All digests of one city."""

    meet: Digest = field(default_factory=Digest)
    filing: Filing = field(default_factory=Filing)
    week: Review = field(default_factory=Review)
    month: Review = field(default_factory=Review)

    def of(self, kind: DigestKind) -> Digest:
        """The digest of a kind."""
        found: Digest = getattr(self, kind.value)
        return found

    def wanted_by(self, person: Person) -> tuple[DigestKind, ...]:
        """The kinds that a person gets."""
        return tuple(kind for kind in DigestKind if self.of(kind).wanted_by(person))
