"""A small model of the rules, written a second time: statuses, who may, two keys, undo."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

UNDO: Final = timedelta(seconds=60)
UNMENDED: Final = frozenset({"waiting", "taken", "repairing", "rework"})
SUPERVISORS: Final = frozenset({"supervisor01", "supervisor02"})
EAST: Final = 5
"""The grids up to this one are the east company's."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands."""

    status: str = "waiting"
    claimer: str = ""
    patrol_key: str = ""
    repair_key: str = ""


@dataclass(slots=True)
class Case:
    """A case as the model knows it."""

    id: int
    photo: str
    grid: int
    now: Standing = field(default_factory=Standing)
    before: Standing | None = None
    """What the last press changed."""
    presser: str = ""
    pressed_at: datetime | None = None
    untouched: bool = False
    """Whether nothing at all has happened to it since that press."""

    @property
    def officer(self) -> str:
        """Who reported it."""
        return f"officer{self.grid:02}"

    @property
    def repairer(self) -> str:
        """Who is paired with the officer."""
        return f"repairer{self.grid:02}"

    @property
    def company(self) -> frozenset[str]:
        """Stand-in and manager of the company."""
        side = "east" if self.grid <= EAST else "west"
        return frozenset({f"standby_{side}", f"manager_{side}"})

    def claim(self, who: str) -> Standing | None:
        """What a claim makes of it; None: nothing, it is refused."""
        if self.now.status != "waiting" or who not in {self.repairer, *self.company}:
            return None
        return replace(self.now, status="taken", claimer=who)

    def begin(self, who: str) -> Standing | None:
        """开工."""
        if self.now.status not in {"waiting", "taken", "rework"} or not self._crew(who):
            return None
        return replace(self.now, status="repairing", claimer=self.now.claimer or who)

    def mend(self, who: str) -> Standing | None:
        """An after-photo."""
        if self.now.status not in UNMENDED or not self._crew(who):
            return None
        return Standing("checking", self.now.claimer or who)

    def turn(self, who: str) -> Standing | None:
        """查验通过."""
        if self.now.status != "checking" or who in {self.now.patrol_key, self.now.repair_key}:
            return None
        if who in {self.officer, *SUPERVISORS}:
            return self._turned(patrol=who) if not self.now.patrol_key else None
        if who in {self.now.claimer, *self.company}:
            return self._turned(repair=who) if not self.now.repair_key else None
        return None

    def rework(self, who: str) -> Standing | None:
        """返工."""
        if self.now.status != "checking" or who not in {self.officer, *SUPERVISORS}:
            return None
        return Standing("rework", self.now.claimer)

    def may_undo(self, who: str, at: datetime) -> bool:
        """Whether a press may be taken back."""
        fresh = self.pressed_at is not None and at <= self.pressed_at + UNDO
        return fresh and who == self.presser

    def _crew(self, who: str) -> bool:
        return who in {self.repairer, self.now.claimer, *self.company}

    def _turned(self, patrol: str = "", repair: str = "") -> Standing:
        keys = (patrol or self.now.patrol_key, repair or self.now.repair_key)
        status = "closed" if all(keys) else "checking"
        return Standing(status, self.now.claimer, *keys)
