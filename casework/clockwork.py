"""The repair clock of a case (维修计时): the one place that sets, stops and continues it.

A limit is kept as it was set (`span`), as the moment it ends (`deadline`), and as the time between
start and end in the continuous measure of its kind (`budget`), of which reminders take fractions.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from casework import deadlines
from casework.case import Phase, Release, Status, Tier
from casework.changing import replace
from casework.spans import MINUTES, Span, TimeKind
from casework.stages import StageName

if TYPE_CHECKING:
    from datetime import date, datetime

    from casework.case import Case
    from casework.stages import Stage
    from casework.town import Town

NOTHING: Final = timedelta(0)
ONE_MINUTE: Final = timedelta(minutes=1)
ONE_DAY: Final = timedelta(days=1)
TODAY: Final = Span(kind=TimeKind.DAYS, amount=1)
"""当天: ends at 24:00, but not within the floor."""


def by_rule(case: Case, start: datetime, town: Town) -> Case:
    """The case under the limit that its tier and category give it, counted from `start`.

    A category's own limit or stages hold in the category's own tier only; of the stages, the
    first one that is still owed begins.
    """
    leaf = town.leaf(case.category, case.rules_version)
    own = leaf if leaf is not None and leaf.tier is case.tier else None
    if own is not None and own.stages:
        stage = _owed(case, own.stages)
        return under(replace(case, stage=stage.name.value), stage.limit, start, town)
    span = own.limit if own is not None and own.limit is not None else tier_span(case.tier, town)
    return under(replace(case, stage=""), span, start, town)


def is_ruled(case: Case, town: Town) -> bool:
    """Whether the running limit is the one of tier and category, which nobody has set otherwise."""
    if case.left is not None or case.extensions or case.overdue or case.promised is not None:
        return False
    ruled = by_rule(case, case.reported_at, town)
    return (ruled.span, ruled.stage) == (case.span, case.stage)


def tier_span(tier: Tier, town: Town) -> Span:
    """The limit of tier A or B for a category that has none of its own."""
    if tier is Tier.TODAY:
        return TODAY
    return Span(kind=TimeKind.DAYS, amount=town.rules.limits.days)


def plain_today(case: Case, town: Town) -> bool:
    """Whether a case must simply be done today; its category has no limit of its own for that."""
    leaf = town.leaf(case.category, case.rules_version)
    own = leaf is not None and leaf.tier is Tier.TODAY and (leaf.limit or leaf.stages)
    return case.tier is Tier.TODAY and not own


def next_stage(case: Case, town: Town) -> Stage | None:
    """The stage after the running one; None in the last one, or without stages."""
    at = stage_number(case, town)
    return stages(case, town)[at] if 0 < at < len(stages(case, town)) else None


def stage_number(case: Case, town: Town) -> int:
    """The number of the running stage, from 1; 0 without stages."""
    names = [stage.name.value for stage in stages(case, town)]
    return names.index(case.stage) + 1 if case.stage in names else 0


def claim_until(case: Case, town: Town) -> datetime | None:
    """Until when somebody should have claimed the case.

    None: claimed, or its card is not out, or its main case (主案) is worked on for it.
    """
    if case.status is not Status.WAITING or case.delivered_at is None or case.follows:
        return None
    start = case.delivered_at
    if case.release is Release.NIGHT:
        start = max(start, deadlines.quiet_end(case.opened_at, town))
    return start + town.rules.ladder.of(case.tier).claim


def check_until(case: Case, town: Town) -> datetime | None:
    """Until when the joint check should be done: its own clock; None unless it is open.

    Only a danger is checked in the night.
    """
    if case.status is not Status.CHECKING or case.submitted_at is None:
        return None
    until = case.submitted_at + town.rules.limits.check_supervisor
    return until if case.danger else deadlines.quiet_end(until, town)


def sign_until(case: Case, town: Town) -> datetime | None:
    """Until when the warning sign that was asked for must stand; None: none is owed."""
    owed = case.unmended and case.sign_at is None and not case.sign_missing
    asked = case.not_today or case.sign_asked
    if asked is None or not owed:
        return None
    return town.midnight_after(town.day(asked))


def evidence(case: Case, town: Town) -> Phase:
    """What the photo that ends the running stage shows."""
    found = next((s for s in stages(case, town) if s.name.value == case.stage), None)
    return Phase(found.evidence.value) if found is not None else Phase.AFTER


def stages(case: Case, town: Town) -> tuple[Stage, ...]:
    """The stages of the running limit; none where it is one limit."""
    leaf = town.leaf(case.category, case.rules_version) if case.stage else None
    return leaf.stages if leaf is not None else ()


def staged_on(case: Case, at: datetime, town: Town) -> Case:
    """The case in its next stage, whose limit starts at `at`; a late stage stays counted."""
    stage = next_stage(case, town)
    if stage is None:
        return case
    late = case.stage_late or is_late(case, at)
    on = replace(case, stage=stage.name.value, stage_late=late, overdue=False)
    return under(on, stage.limit, at, town)


def past_guard(case: Case, town: Town) -> Case:
    """The case in the stage after the guarding, if it stands in that one; its limit as it was."""
    stage = next_stage(case, town) if case.stage == StageName.GUARD else None
    return case if stage is None else replace(case, stage=stage.name.value)


def is_late(case: Case, at: datetime) -> bool:
    """Whether the running limit has passed, marked or not yet."""
    return case.overdue or (case.left is None and at > case.deadline)


def _owed(case: Case, stages: tuple[Stage, ...]) -> Stage:
    """The stage at which the case stands, or the first; a place that is guarded needs no guard."""
    guarded = case.sign_at is not None and stages[0].name is StageName.GUARD
    first = stages[1] if guarded and len(stages) > 1 else stages[0]
    return next((stage for stage in stages if stage.name.value == case.stage), first)


def under(case: Case, span: Span, start: datetime, town: Town) -> Case:
    """The case under a limit of this span that starts at `start`; its clock runs."""
    end = town.work.add(start, span)
    if case.tier is Tier.TODAY and span.kind is TimeKind.DAYS:
        end = max(end, deadlines.today(start, town))
    return _set(case, span, start, end, town)


def until_day(case: Case, day: date, start: datetime, town: Town) -> Case:
    """The case under a limit that ends at 24:00 of a day."""
    span = Span(kind=TimeKind.DAYS, amount=max((day - town.day(start)).days, 0) + 1)
    return _set(case, span, start, deadlines.promised(day, town), town)


def until(case: Case, end: datetime, start: datetime, town: Town) -> Case:
    """The case under a limit that ends at a moment, counted in plain hours."""
    span = Span(kind=TimeKind.URGENT, amount=max(round((end - start) / ONE_MINUTE), 1))
    return _set(case, span, start, end, town)


def for_hours(case: Case, hours: int, start: datetime, town: Town) -> Case:
    """The case under a limit of so many plain hours from `start`."""
    return under(case, Span(kind=TimeKind.URGENT, amount=hours * MINUTES), start, town)


def _set(case: Case, span: Span, start: datetime, end: datetime, town: Town) -> Case:
    """Another limit: what was asked about the one before has no object any more."""
    return replace(
        case,
        span=span,
        deadline=end,
        budget=town.work.passed(span.kind, start, end),
        left=None,
        suspended_until=None,
        extension_asked=False,
    )


def stopped(case: Case, at: datetime, town: Town) -> Case:
    """The case with its clock stopped, as much left as there was; one that stands stays so.

    Of a limit that had passed less than nothing is left: how late it was is not forgiven.
    """
    if case.left is not None:
        return case
    return replace(case, left=town.work.passed(case.span.kind, at, case.deadline))


def resumed(case: Case, at: datetime, town: Town) -> Case:
    """The case with its clock going on at `at`, with what was left of it.

    It is the same limit: the supervision ladder that was climbed under it goes on, too.
    """
    if case.left is None:
        return case
    deadline = town.work.shift(case.span.kind, at, case.left)
    climbed = deadline if case.rung_limit == case.deadline else case.rung_limit
    return replace(case, deadline=deadline, rung_limit=climbed, left=None, suspended_until=None)


def anew(case: Case, start: datetime, town: Town) -> Case:
    """Another company has the case: the same limit from its beginning, without extensions.

    What the former one asked for is not the new one's wish.
    """
    unasked = replace(case, promise_asked=None, suspend_asked=None)
    fresh = replace(under(unasked, case.span, start, town), overdue=False, stage_late=False)
    if case.promised is None:
        return fresh
    return replace(fresh, promised=town.day(fresh.deadline - ONE_MINUTE))


def extended(case: Case, town: Town) -> Case:
    """The case with one more original span after its limit."""
    kind = case.span.kind
    if kind is TimeKind.DAYS:
        last = town.day(case.deadline - ONE_MINUTE)
        end = town.midnight_after(last + case.span.amount * ONE_DAY)
    else:
        end = town.work.add(case.deadline, case.span)
    more = town.work.passed(kind, case.deadline, end)
    return replace(case, deadline=end, budget=case.budget + more)
