"""The claim ladder as it must have been climbed: whom it told, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.soak import rules
from tests.soak.courses import WAITING
from tests.soak.expected import Due, Horizon, Period, periods

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tests.soak.courses import Course, State

WAITS = [rules.CLAIM * point / 100 for point in rules.POINTS]
"""How long after the card each step comes."""


@dataclass(frozen=True, slots=True)
class Search:
    """One case for which somebody is sought."""

    course: Course
    delivered: datetime
    """When its card first stood in the group."""
    said: Sequence[datetime]
    """When the ladder did speak of it: later steps are counted from those before."""
    horizon: Horizon

    def steps(self) -> Iterator[Due]:
        """All that had to be told."""
        for period in periods(self.course, self.horizon, lambda s: (s.status, s.sought_from)):
            if period.state.status == WAITING:
                yield from self._climb(period)

    def _climb(self, period: Period) -> Iterator[Due]:
        start = max(period.state.sought_from or self.delivered, self.delivered)
        tagged = rules.ROLES.get(period.state.repairer, ("", ""))[0]
        step, before = (1 if tagged == "repairer" else 2), None
        while True:
            at = self._at(start, step, before)
            if at >= period.until or self._let_go(at, step):
                return
            if self.horizon.missed(at):
                last = self._missed(start, step, self.horizon.handled(at))
                for each in range(step, last + 1):
                    yield from self._tell(at, each, period)
                step, before = last + 1, self.horizon.handled(at)
                continue
            yield from self._tell(at, step, period)
            before = next((one for one in self.said if abs(one - at) <= rules.NEAR), at)
            step += 1

    def _at(self, start: datetime, step: int, before: datetime | None) -> datetime:
        state = self._state(before or start)
        if state.night:
            start = max(start, rules.quiet_end(state.reported_at))
        if step > len(WAITS):
            return rules.heard(state, rules.beat((before or start) + rules.AGAIN))
        due = start + WAITS[step - 1]
        at = rules.heard(state, due)
        if at > due and before is not None:
            at = max(at, before + WAITS[step - 1] - WAITS[step - 2])
        return at

    def _missed(self, start: datetime, first: int, back: datetime) -> int:
        """The last step whose time has passed when the bot is back; the circles hear at once."""
        passed = [n for n, wait in enumerate(WAITS, 1) if n >= first and start + wait <= back]
        return max(passed, default=first)

    def _tell(self, at: datetime, step: int, period: Period) -> Iterator[Due]:
        state = self._state(at)
        which = rules.SOUGHT[step - 1] if step <= len(WAITS) else "supervisor"
        for who in rules.circle(state, which):
            yield Due(at, who, state.case, "ladder", state.tier == "A", period.until)

    def _state(self, at: datetime) -> State:
        return self.course.at(at) or self.course.states[0]

    def _let_go(self, at: datetime, step: int) -> bool:
        return self._state(at).released and "supervisor" in rules.SOUGHT[: step - 1]
