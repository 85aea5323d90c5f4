"""Cases that belong together: 并案 (many reports, one cause), and 临时处置 with its cure (根治).

A joined case stays a case of its own, with its number, its limit and its joint check. While the
main case is open its claim ladder and reminders are silent; marks and limits go on as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import events, refusals
from casework.case import Release, Status
from casework.changing import replace

if TYPE_CHECKING:
    from casework import commands
    from casework.act import Act, Outcome
    from casework.case import Case


def join(case: Case, command: commands.Join, _act: Act) -> Outcome:
    """并案: joined to a main case, so that nobody need wait here: the officer may leave.

    Raises:
        NothingChanged: it is joined to that one already, or it is that one.
        MainCase: others are joined to it.
    """
    if command.main in {case.main, case.number}:
        raise refusals.NothingChanged
    if case.leads:
        raise refusals.MainCase(number=case.number)
    released = case.release is Release.NO and case.status is Status.WAITING
    changed = replace(
        case,
        main=command.main,
        follows=command.follows,
        burst_asked=True,
        release=Release.SUPERVISOR if released else case.release,
    )
    return changed, events.CaseJoined(main=command.main)


def lead(case: Case, command: commands.Lead, _act: Act) -> Outcome:
    """主案: others were joined to it.

    Raises:
        NothingChanged: no other case was.
        JoinedCase: it is joined to another case itself.
    """
    if not command.cases:
        raise refusals.NothingChanged
    if case.main:
        raise refusals.JoinedCase(main=case.main)
    changed = replace(case, leads=True, burst_asked=True)
    return changed, events.CasesJoined(cases=" ".join(command.cases), count=len(command.cases))


def part(case: Case, _command: commands.Part, act: Act) -> Outcome:
    """取消并案: a case like any other again.

    Raises:
        NothingChanged: it is not joined to any.
    """
    if not case.main:
        raise refusals.NothingChanged
    changed = replace(loud(case, act), main="")
    return changed, events.CaseParted(main=case.main)


def follow(case: Case, command: commands.Follow, act: Act) -> Outcome:
    """The main case has ended: this one speaks for itself again; or its end was taken back.

    Raises:
        NothingChanged: it is so already, or the case is joined to none.
    """
    if not case.main or case.follows == command.on:
        raise refusals.NothingChanged
    if command.on:
        return replace(case, follows=True), events.MainReopened(main=case.main)
    return loud(case, act), events.MainEnded(main=case.main)


def loud(case: Case, act: Act) -> Case:
    """A joined case that speaks for itself again: its claim ladder starts anew, from now."""
    if not case.follows:
        return case
    counted_from = act.now if case.delivered_at is not None else None
    return replace(case, follows=False, ladder=0, ladder_at=None, delivered_at=counted_from)


def may_follow(case: Case, main: Case) -> bool:
    """Whether a joined case may be silent: the main one is open, and as urgent as this one."""
    return main.open and (main.danger or not case.danger)


def mark_stopgap(case: Case, command: commands.MarkStopgap, _act: Act) -> Outcome:
    """临时处置: mended for now only; or the mark is taken off again.

    Raises:
        NothingChanged: it is so already.
    """
    if case.stopgap == command.on:
        raise refusals.NothingChanged
    return replace(case, stopgap=command.on), events.StopgapMarked(off=not command.on)
