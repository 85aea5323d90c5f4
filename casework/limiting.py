"""Acts on the limit: 今天修不完, hours, promises, tiers, another limit, overdue."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework import clockwork, events, joining, refusals
from casework.case import Release, Tier
from casework.changing import replace
from casework.permissions import grantees, relations
from casework.stages import StageName

if TYPE_CHECKING:
    from datetime import datetime

    from casework import commands
    from casework.act import Act, Outcome
    from casework.case import Case


def give_up_today(case: Case, _command: commands.GiveUpToday, act: Act) -> Outcome:
    """今天修不完: the warning sign is asked for; of a danger also a supervisor's hours.

    Raises:
        AlreadyYours: it was said before and still stands.
    """
    if case.not_today is not None and (case.tier is not Tier.TODAY or case.hours_asked):
        raise refusals.AlreadyYours
    changed = replace(case, not_today=act.at, hours_asked=case.tier is Tier.TODAY)
    return changed, events.TodayGivenUp()


def grant_hours(case: Case, command: commands.GrantHours, act: Act) -> Outcome:
    """A supervisor gives a danger that cannot be done today its hours: those of the repair itself.

    What stands unguarded gets no more time for that; the warning sign is asked for beside.

    Raises:
        NothingAsked: nobody asked, or another supervisor has answered.
    """
    choices = act.town.rules.limits.hours_choices
    if not case.hours_asked or command.hours not in choices:
        raise refusals.NothingAsked
    late = clockwork.is_late(case, act.now) and case.stage == StageName.GUARD
    granted = clockwork.for_hours(
        clockwork.past_guard(case, act.town), command.hours, act.at, act.town
    )
    changed = replace(granted, hours_asked=False, overdue=False, stage_late=case.stage_late or late)
    return changed, events.HoursGranted(hours=command.hours, deadline=changed.deadline)


def ask_promise(case: Case, command: commands.AskPromise, act: Act) -> Outcome:
    """Ask for a promised date.

    Raises:
        DateInPast: the date lies before today.
        DateTooFar: it is further away than allowed.
        ReasonNeeded: no reason was given.
        AlreadyYours: this date waits for an answer already.
    """
    today = act.town.day(act.at)
    most = act.town.rules.limits.promise_most
    if command.day < today:
        raise refusals.DateInPast
    if command.day > today + timedelta(days=most):
        raise refusals.DateTooFar(days=most)
    if not command.reason.strip():
        raise refusals.ReasonNeeded
    if case.promise_asked == command.day:
        raise refusals.AlreadyYours
    changed = replace(
        case,
        promise_asked=command.day,
        promise_reason=command.reason,
        promise_by=act.key,
    )
    return changed, events.PromiseAsked(day=command.day, reason=command.reason)


def answer_promise(case: Case, command: commands.AnswerPromise, act: Act) -> Outcome:
    """A supervisor agrees to a promised date, or does not.

    Raises:
        NothingAsked: no date waits for an answer.
        DateInPast: the date has passed while it waited.
    """
    day = case.promise_asked
    if day is None:
        raise refusals.NothingAsked
    if not command.agree:
        return replace(case, promise_asked=None), events.PromiseDeclined()
    if day < act.town.day(act.at):
        raise refusals.DateInPast
    whole = replace(case, tier=Tier.PROMISED, promised=day, stage="")
    changed = replace(
        clockwork.until_day(whole, day, act.at, act.town),
        promise_asked=None,
        hours_asked=False,
        overdue=False,
    )
    return changed, events.PromiseAgreed(day=day)


def withdraw_promise(case: Case, _command: commands.WithdrawPromise, act: Act) -> Outcome:
    """A supervisor withdraws a promise: the limit falls back to tier B, from now.

    Raises:
        NothingAsked: the case has no promise.
    """
    if case.tier is not Tier.PROMISED:
        raise refusals.NothingAsked
    back = replace(
        case,
        tier=Tier.THREE_DAYS,
        promised=None,
        promises_withdrawn=case.promises_withdrawn + 1,
        overdue=False,
    )
    changed = clockwork.by_rule(back, act.at, act.town)
    return changed, events.PromiseWithdrawn(deadline=changed.deadline)


_URGENCY = {Tier.PROMISED: 0, Tier.THREE_DAYS: 1, Tier.TODAY: 2}


def set_tier(case: Case, command: commands.SetTier, act: Act) -> Outcome:
    """A more urgent tier by anyone on the case; a less urgent one by a supervisor.

    Raises:
        NothingChanged: it is so already, or only a promise leads there.
        SupervisorOnly: less urgent needs a supervisor.
    """
    if command.tier in {case.tier, Tier.PROMISED}:
        raise refusals.NothingChanged
    if _URGENCY[command.tier] < _URGENCY[case.tier] and not _supervises(case, act):
        raise refusals.SupervisorOnly
    counted_from = act.at if command.tier is Tier.TODAY else case.reported_at
    changed = with_tier(case, command.tier, counted_from, act)
    return changed, tier_changed(case, changed)


def with_tier(case: Case, tier: Tier, start: datetime, act: Act) -> Case:
    """The case under another tier, its limit counted from `start`; no danger waits for the day.

    What becomes more urgent has no more time than before, and what was late stays counted.
    """
    if tier is Tier.TODAY and case.release is Release.NIGHT:
        delivered = act.now if case.delivered_at is not None else None
        case = replace(case, release=Release.NO, delivered_at=delivered, ladder=0, ladder_at=None)
    other = replace(
        joining.loud(case, act) if tier is Tier.TODAY else case,
        tier=tier,
        promised=None,
        promise_asked=None,
        suspend_asked=None,
        hours_asked=False,
        not_today=None,
    )
    changed = clockwork.by_rule(other, start, act.town)
    if _URGENCY[tier] > _URGENCY[case.tier]:
        changed = _no_better(case, changed, start, act)
    return replace(changed, overdue=changed.unmended and act.now > changed.deadline)


def _no_better(case: Case, raised: Case, start: datetime, act: Act) -> Case:
    """The raised case without what its new limit would excuse, or give."""
    if clockwork.is_late(case, act.now):
        return replace(raised, stage_late=True)
    if case.left is None and case.unmended and raised.deadline > case.deadline:
        return clockwork.until(raised, case.deadline, start, act.town)
    return raised


def recategorised(was: Case, case: Case, act: Act) -> tuple[Case, tuple[events.Event, ...]]:
    """What another category does to the limit: it raises the tier to its own, never lowers it.

    A limit that was the old category's own becomes the new one's; one that somebody set stays.
    A correction makes no case late at once, and gives no danger more time.
    """
    leaf = act.town.leaf(case.category, case.rules_version)
    if not case.unmended or leaf is None:
        return case, ()
    if leaf.tier is Tier.TODAY and case.tier is not Tier.TODAY:
        raised = with_tier(case, Tier.TODAY, act.at, act)
        return raised, (tier_changed(case, raised),)
    if not clockwork.is_ruled(was, act.town):
        return case, ()
    changed = clockwork.by_rule(case, case.reported_at, act.town)
    if changed.deadline <= act.now:
        changed = clockwork.by_rule(case, act.at, act.town)
    same = (changed.span, changed.stage) == (case.span, case.stage)
    longer = case.danger and changed.deadline > case.deadline and not _supervises(case, act)
    if same or longer:
        return case, ()
    return changed, (events.DeadlineChanged(deadline=changed.deadline, was=case.deadline),)


def tier_changed(was: Case, case: Case) -> events.TierChanged:
    """The event of a changed tier."""
    return events.TierChanged(tier=case.tier.value, was=was.tier.value, deadline=case.deadline)


def _supervises(case: Case, act: Act) -> bool:
    person = act.person
    if person is None:
        return False
    return bool(relations(case, person, act.town.roster) & grantees("lower_tier"))


def set_deadline(case: Case, command: commands.SetDeadline, act: Act) -> Outcome:
    """A supervisor sets another limit.

    Raises:
        DateInPast: it lies before now.
        DateTooFar: a danger that must be done today may have a day at most.
    """
    if command.deadline <= act.now:
        raise refusals.DateInPast
    if clockwork.plain_today(case, act.town) and command.deadline > act.at + clockwork.ONE_DAY:
        raise refusals.DateTooFar(days=1)
    other = clockwork.until(case, command.deadline, act.at, act.town)
    changed = replace(other, hours_asked=False, overdue=False)
    return changed, events.DeadlineChanged(deadline=command.deadline, was=case.deadline)


def mark_overdue(case: Case, _command: commands.MarkOverdue, act: Act) -> Outcome:
    """The limit passed while the repair was owed.

    Raises:
        NothingChanged: the mark is there, the clock stands, or the limit has moved on.
    """
    if case.overdue or case.left is not None or act.now < case.deadline:
        raise refusals.NothingChanged
    return replace(case, overdue=True), events.OverdueMarked(deadline=case.deadline)


def mark_sign_missing(case: Case, _command: commands.MarkSignMissing, _act: Act) -> Outcome:
    """24:00 passed without a warning sign.

    Raises:
        NothingChanged: the sign stands, or the mark is there.
    """
    if case.sign_at is not None or case.sign_missing:
        raise refusals.NothingChanged
    return replace(case, sign_missing=True), events.SignMarkedMissing()
