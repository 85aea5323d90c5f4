"""The one transitions table: (status, command) → who may do it, and what it does.

A pair that is not in the table refuses loudly. `docs/transitions.md` is made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework import (
    arranging,
    checking,
    commands,
    extending,
    joining,
    limiting,
    repairing,
    supervision,
)
from casework import permissions as may
from casework.case import OPEN, UNMENDED, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from casework.act import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """One cell of the table."""

    who: may.Who | None
    """Who stands so to the case may do it; None: the clock alone."""
    apply: Callable[..., Outcome]


Table = dict[tuple[Status, type[commands.Command]], Transition]


def _cells(
    statuses: Iterable[Status],
    command: type[commands.Command],
    who: may.Who | None,
    apply: Callable[[Any, Any, Any], Outcome],
) -> Table:
    cell = Transition(who=who, apply=apply)
    return {(status, command): cell for status in statuses}


_WAITING = (Status.WAITING,)
_AFTER_CLAIM = (Status.TAKEN, Status.REPAIRING, Status.CHECKING, Status.REWORK)
_UNFINISHED = (Status.WAITING, Status.TAKEN, Status.REPAIRING, Status.REWORK)

TABLE: Table = {
    **_cells(_WAITING, commands.Claim, may.CLAIMERS, repairing.claim),
    **_cells(_AFTER_CLAIM, commands.Claim, may.CREW, repairing.claim_again),
    **_cells(_WAITING, commands.ClaimFor, may.SUPERVISORS, repairing.claim_for),
    **_cells(_UNFINISHED, commands.Begin, may.CREW, repairing.begin),
    **_cells(_UNFINISHED, commands.PlaceSign, may.CREW, repairing.place_sign),
    **_cells(_UNFINISHED, commands.Submit, may.CREW, repairing.submit),
    **_cells(OPEN, commands.AddPhoto, may.ANYONE, repairing.add_photo),
    **_cells((Status.CHECKING,), commands.Pass, may.PATROL_KEY | may.REPAIR_KEY, checking.passed),
    **_cells((Status.CHECKING,), commands.Rework, may.PATROL_KEY, checking.rework),
    **_cells(_UNFINISHED, commands.GiveUpToday, may.REPAIR_KEY, limiting.give_up_today),
    **_cells(_UNFINISHED, commands.GrantHours, may.SUPERVISORS, limiting.grant_hours),
    **_cells(_UNFINISHED, commands.AskPromise, may.REPAIR_KEY, limiting.ask_promise),
    **_cells(_UNFINISHED, commands.AnswerPromise, may.SUPERVISORS, limiting.answer_promise),
    **_cells(_UNFINISHED, commands.WithdrawPromise, may.SUPERVISORS, limiting.withdraw_promise),
    **_cells(_UNFINISHED, commands.AskExtension, may.REPAIR_KEY, extending.ask_extension),
    **_cells(_UNFINISHED, commands.AnswerExtension, may.SUPERVISORS, extending.answer_extension),
    **_cells(_UNFINISHED, commands.AskSuspension, may.REPAIR_KEY, extending.ask_suspension),
    **_cells(_UNFINISHED, commands.AnswerSuspension, may.SUPERVISORS, extending.answer_suspension),
    **_cells(_UNFINISHED, commands.Resume, may.REPAIR_KEY | may.SUPERVISORS, extending.resume),
    **_cells(_UNFINISHED, commands.SetTier, may.ANYONE, limiting.set_tier),
    **_cells(_UNFINISHED, commands.SetDeadline, may.SUPERVISORS, limiting.set_deadline),
    **_cells(OPEN, commands.SetCategory, may.CORRECTORS, arranging.set_category),
    **_cells(OPEN, commands.SetPlace, may.CORRECTORS, arranging.set_place),
    **_cells(OPEN, commands.AddWords, may.ANYONE, arranging.add_words),
    **_cells(OPEN, commands.Refuse, may.SUPERVISORS, arranging.refuse),
    **_cells(OPEN, commands.AskRefusal, may.MANAGERS, arranging.ask_refusal),
    **_cells(OPEN, commands.DeclineRefusal, may.SUPERVISORS, arranging.decline_refusal),
    **_cells(_UNFINISHED, commands.HandOver, may.MANAGERS | may.SUPERVISORS, arranging.hand_over),
    **_cells(_UNFINISHED, commands.Withdraw, may.REPORTERS, arranging.withdraw),
    **_cells(_WAITING, commands.ReleaseScene, may.SUPERVISORS, arranging.release),
    **_cells(OPEN, commands.Join, may.SUPERVISORS, joining.join),
    **_cells(OPEN, commands.Lead, may.SUPERVISORS, joining.lead),
    **_cells(OPEN, commands.Part, may.SUPERVISORS, joining.part),
    **_cells(
        _AFTER_CLAIM, commands.MarkStopgap, may.REPAIR_KEY | may.SUPERVISORS, joining.mark_stopgap
    ),
    **_cells(OPEN, commands.Follow, None, joining.follow),
    **_cells(UNMENDED, commands.MarkOverdue, None, limiting.mark_overdue),
    **_cells(UNMENDED, commands.MarkSignMissing, None, limiting.mark_sign_missing),
    **_cells(UNMENDED, commands.Remind, None, supervision.remind),
    **_cells(UNMENDED, commands.DraftOrder, None, supervision.draft),
    **_cells(OPEN, commands.IssueOrder, may.SUPERVISORS, supervision.issue),
    **_cells(OPEN, commands.DeclineOrder, may.SUPERVISORS, supervision.decline),
}
