"""More time, asked for while the limit runs: 延期 (the limit once more) and 挂账 (to a day)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework import clockwork, events, refusals
from casework.case import Tier
from casework.changing import replace

if TYPE_CHECKING:
    from casework import commands
    from casework.act import Act, Outcome
    from casework.case import Case


def ask_extension(case: Case, command: commands.AskExtension, act: Act) -> Outcome:
    """Ask for an extension, before the limit has passed and with a reason.

    Raises:
        DangerNotPutOff: the case must be done today.
        ClockStands: it is suspended.
        PromiseInstead: it is promised; another date can be promised.
        ExtensionsUsed: as many as are allowed were approved.
        LimitPassed: the limit has passed.
        AnswerAwaited: one waits for a supervisor already.
        ReasonNeeded: no reason was given.
    """
    if case.tier is Tier.PROMISED:
        raise refusals.PromiseInstead
    if clockwork.plain_today(case, act.town):
        raise refusals.DangerNotPutOff
    most = act.town.rules.limits.extensions
    if case.extensions >= most:
        raise refusals.ExtensionsUsed(most=most)
    _askable(case, act, command.reason, waits=case.extension_asked)
    changed = replace(
        case, extension_asked=True, extension_reason=command.reason, extension_by=act.key
    )
    return changed, events.ExtensionAsked(reason=command.reason)


def answer_extension(case: Case, command: commands.AnswerExtension, act: Act) -> Outcome:
    """A supervisor gives the original limit once more, counted from its end, or does not.

    Raises:
        NothingAsked: no extension waits for an answer.
    """
    if not case.extension_asked:
        raise refusals.NothingAsked
    answered = replace(case, extension_asked=False)
    if not command.agree:
        return answered, events.ExtensionDeclined()
    longer = clockwork.extended(answered, act.town)
    changed = replace(
        longer,
        extensions=case.extensions + 1,
        overdue=case.overdue and act.now > longer.deadline,
    )
    return changed, events.ExtensionGranted(
        count=changed.extensions, deadline=changed.deadline, was=case.deadline
    )


def ask_suspension(case: Case, command: commands.AskSuspension, act: Act) -> Outcome:
    """Ask to put a case off to a day.

    Raises:
        DangerNotPutOff: the case must be done today.
        ClockStands: it is suspended.
        SuspensionsUsed: as many as are allowed were approved.
        LimitPassed: the limit has passed.
        AnswerAwaited: a date waits for a supervisor already.
        ReasonNeeded: no reason was given.
        DateInPast: the day lies not after today.
        DateTooFar: it is further away than allowed.
    """
    if case.tier is Tier.TODAY:
        raise refusals.DangerNotPutOff
    limits = act.town.rules.limits
    if case.suspensions >= limits.suspensions:
        raise refusals.SuspensionsUsed(most=limits.suspensions)
    _askable(case, act, command.reason, waits=case.suspend_asked == command.day)
    today = act.town.day(act.at)
    if command.day <= today:
        raise refusals.DateInPast
    if command.day > today + timedelta(days=limits.suspend_most):
        raise refusals.DateTooFar(days=limits.suspend_most)
    changed = replace(
        case, suspend_asked=command.day, suspend_reason=command.reason, suspend_by=act.key
    )
    return changed, events.SuspensionAsked(day=command.day, reason=command.reason)


def _askable(case: Case, act: Act, reason: str, *, waits: bool) -> None:
    if case.left is not None:
        raise refusals.ClockStands
    if waits:
        raise refusals.AnswerAwaited
    if case.overdue or act.at > case.deadline:
        raise refusals.LimitPassed
    if not reason.strip():
        raise refusals.ReasonNeeded


def answer_suspension(case: Case, command: commands.AnswerSuspension, act: Act) -> Outcome:
    """A supervisor lets the clock stand until 00:00 of the day, or does not.

    Raises:
        NothingAsked: no date waits for an answer.
        DateInPast: the day has come while it waited.
    """
    day = case.suspend_asked
    if day is None:
        raise refusals.NothingAsked
    if not command.agree:
        return replace(case, suspend_asked=None), events.SuspensionDeclined()
    if day <= act.town.day(act.at):
        raise refusals.DateInPast
    changed = replace(
        clockwork.stopped(case, act.at, act.town),
        suspended_until=day,
        suspend_asked=None,
        extension_asked=False,
        suspensions=case.suspensions + 1,
    )
    return changed, events.CaseSuspended(day=day)


def resume(case: Case, _command: commands.Resume, act: Act) -> Outcome:
    """恢复: the clock goes on with what was left; the clock itself does it on the day.

    Raises:
        NotSuspended: the clock runs.
    """
    if case.suspended_until is None:
        raise refusals.NotSuspended
    changed = clockwork.resumed(case, act.at, act.town)
    return changed, events.CaseResumed(deadline=changed.deadline)
