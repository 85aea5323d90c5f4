"""One row of the clock ledger: where the clocks of a case stand, who moved them, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Final, NamedTuple

from casework import clockwork, events
from casework.ledger import ClockName, LedgerRow, Matter, Move, Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from casework.act import Act
    from casework.case import Case
    from casework.events import Event
    from casework.town import Town


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One decision, to be written down."""

    was: Case | None
    """None: the case was opened."""
    case: Case
    happened: tuple[Event, ...]
    act: Act

    @property
    def undone(self) -> bool:
        """Whether a press was taken back."""
        return any(isinstance(event, events.PressUndone) for event in self.happened)


def reading(clock: ClockName, case: Case, town: Town) -> Reading | None:
    """Where a clock of a case stands; None: it has nothing to count."""
    return _READERS[clock](case, town)


def _repair(case: Case, _town: Town) -> Reading | None:
    if not case.open:
        return None
    until = case.deadline if case.left is None else None
    return Reading(until=until, left=case.left, stage=case.stage)


def _until(find: Callable[[Case, Town], datetime | None]) -> Callable[[Case, Town], Reading | None]:
    def read(case: Case, town: Town) -> Reading | None:
        until = find(case, town)
        return Reading(until=until) if until is not None else None

    return read


_READERS: Final = {
    ClockName.CLAIM: _until(clockwork.claim_until),
    ClockName.REPAIR: _repair,
    ClockName.SIGN: _until(clockwork.sign_until),
    ClockName.CHECK: _until(clockwork.check_until),
}


def before(page: Page, clock: ClockName) -> Reading | None:
    """Where a clock stood before the decision."""
    return reading(clock, page.was, page.act.town) if page.was is not None else None


def row(page: Page, clock: ClockName, what: Move, now: Reading | None = None) -> LedgerRow:
    """A row of this decision, after which the clock stands as `now`; not numbered yet."""
    case, act, said = page.case, page.act, _said(page)
    repairs = clock is ClockName.REPAIR
    until = now.until if now else None
    if what is Move.SUSPENDED and case.suspended_until is not None:
        until = act.town.at(case.suspended_until, time(0))
    return LedgerRow(
        case_id=case.id,
        seq=0,
        at=act.at,
        clock=clock,
        what=what,
        matter=said.matter if repairs else Matter.NONE,
        asked_by=said.asked_by,
        decided_by=said.decided_by,
        reason=said.reason,
        photo=act.photo,
        until=until,
        left=now.left if now else None,
        span=case.span if repairs and now and now.until else None,
        stage=case.stage if repairs else "",
        round=case.round,
        company=case.company,
    )


class _Said(NamedTuple):
    """Who asked, who decided, why, and about what."""

    asked_by: str = ""
    decided_by: str = ""
    reason: str = ""
    matter: Matter = Matter.NONE


_MATTERS: Final[dict[type[Event], Matter]] = {
    events.PromiseAsked: Matter.PROMISE,
    events.PromiseAgreed: Matter.PROMISE,
    events.PromiseDeclined: Matter.PROMISE,
    events.PromiseWithdrawn: Matter.PROMISE,
    events.ExtensionAsked: Matter.EXTENSION,
    events.ExtensionGranted: Matter.EXTENSION,
    events.ExtensionDeclined: Matter.EXTENSION,
    events.SuspensionAsked: Matter.SUSPENSION,
    events.CaseSuspended: Matter.SUSPENSION,
    events.SuspensionDeclined: Matter.SUSPENSION,
    events.CaseResumed: Matter.SUSPENSION,
    events.TodayGivenUp: Matter.HOURS,
    events.HoursGranted: Matter.HOURS,
}
ANSWERS: Final = frozenset(
    {
        events.PromiseAgreed,
        events.PromiseDeclined,
        events.ExtensionGranted,
        events.ExtensionDeclined,
        events.CaseSuspended,
        events.SuspensionDeclined,
    }
)
_DECISIONS: Final = frozenset(
    {
        events.HoursGranted,
        events.PromiseWithdrawn,
        events.TierChanged,
        events.DeadlineChanged,
        events.ReworkOrdered,
        events.CaseClosed,
        events.CaseHandedOver,
        events.CaseMoved,
        events.CaseRefused,
    }
)
"""What is decided without having been asked for; everything else is the actor's own doing."""


def _said(page: Page) -> _Said:
    event, actor = _telling(page.happened), page.act.key
    if event is None:
        return _Said(asked_by=actor)
    kind = type(event)
    matter = _MATTERS.get(kind, Matter.NONE)
    reason = str(getattr(event, "reason", ""))
    if kind in ANSWERS:
        by, why = _asker(page.case, matter)
        return _Said(by, actor, why, matter)
    if isinstance(event, events.CaseClaimed) and event.for_whom:
        return _Said(event.for_whom, actor, reason, matter)
    if kind in _DECISIONS:
        return _Said("", actor, reason, matter)
    return _Said(actor, "", reason, matter)


def _telling(happened: tuple[Event, ...]) -> Event | None:
    """The last event that says why a clock moved; photos and words alone do not."""
    silent = (events.PhotosAdded, events.WordsAdded, events.CategoryChanged, events.PlaceChanged)
    told = [event for event in happened if not isinstance(event, silent)]
    return (told or [*happened])[-1] if happened else None


def _asker(case: Case, matter: Matter) -> tuple[str, str]:
    if matter is Matter.PROMISE:
        return case.promise_by, case.promise_reason
    if matter is Matter.EXTENSION:
        return case.extension_by, case.extension_reason
    return case.suspend_by, case.suspend_reason
