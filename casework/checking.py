"""The joint check (共同查验): two keys, turned by two people of two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clockwork, events, refusals
from casework.case import Status, unasked
from casework.changing import replace
from casework.permissions import grantees, relations

if TYPE_CHECKING:
    from casework import commands
    from casework.act import Act, Outcome
    from casework.case import Case
    from casework.people import Person


def passed(case: Case, command: commands.Pass, act: Act) -> Outcome:
    """Turn one's side's key; the second key closes the case.

    Raises:
        Outdated: the button belongs to an earlier round.
        AlreadyYours: the same press again.
        KeyTurned: this side's key is turned; the other side is awaited.
        OnePersonTwoKeys: the same person turned the other key.
    """
    _same_round(case, command.round)
    patrol = act.person is None or _of_patrol(case, act.person, act)
    mine, other = (
        (case.patrol_key, case.repair_key) if patrol else (case.repair_key, case.patrol_key)
    )
    _key_free(act.key, mine, other, waiting="repair" if patrol else "patrol")
    changed = _turned(case, act.key, patrol=patrol, remote=command.remote)
    side = "patrol" if patrol else "repair"
    happened = events.KeyTurned(side=side, by=act.key, remote=command.remote)
    if not other:
        return changed, happened
    closed = _closed(changed, act)
    return closed, happened, events.CaseClosed(on_time=bool(closed.on_time))


def _of_patrol(case: Case, person: Person, act: Act) -> bool:
    return bool(relations(case, person, act.town.roster) & grantees("turn_patrol_key"))


def _key_free(actor: str, mine: str, other: str, *, waiting: str) -> None:
    if mine == actor:
        raise refusals.AlreadyYours
    if other == actor:
        raise refusals.OnePersonTwoKeys
    if mine:
        raise refusals.KeyTurned(by=mine, waiting=waiting)


def _turned(case: Case, by: str, *, patrol: bool, remote: bool) -> Case:
    if patrol:
        return replace(case, patrol_key=by, patrol_remote=remote)
    return replace(case, repair_key=by, repair_remote=remote)


def _closed(case: Case, act: Act) -> Case:
    on_time = not (case.overdue or case.stage_late)
    return replace(unasked(case), status=Status.CLOSED, closed_at=act.at, on_time=on_time)


def rework(case: Case, command: commands.Rework, act: Act) -> Outcome:
    """The check failed: a new round is owed, and the repair clock goes on with what was left.

    Raises:
        Outdated: the button belongs to an earlier round.
    """
    _same_round(case, command.round)
    changed = replace(
        clockwork.resumed(case, act.at, act.town),
        status=Status.REWORK,
        round=case.round + 1,
        reason=command.reason,
        stopgap=False,
        patrol_key="",
        patrol_remote=False,
        repair_key="",
        repair_remote=False,
    )
    return changed, events.ReworkOrdered(round=changed.round, reason=command.reason)


def _same_round(case: Case, made_for: int | None) -> None:
    if made_for is not None and made_for != case.round:
        raise refusals.Outdated
