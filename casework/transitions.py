"""The one transitions table: (status, command) → who may do it, and what it does.

Who, and in which statuses, is written in `casework.permissions`; what it does, here. A pair that is
not in the table refuses loudly. `docs/transitions.md` is made from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework import (
    arranging,
    checking,
    commands,
    extending,
    joining,
    limiting,
    permissions,
    repairing,
    supervision,
)
from casework.case import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.act import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """One cell of the table."""

    who: permissions.Who | None
    """Who stands so to the case may do it; None: the clock alone."""
    apply: Callable[..., Outcome]


Table = dict[tuple[Status, type[commands.Command]], Transition]

_APPLY: dict[type[commands.Command], Callable[[Any, Any, Any], Outcome]] = {
    commands.Claim: repairing.claim,
    commands.ClaimFor: repairing.claim_for,
    commands.Begin: repairing.begin,
    commands.PlaceSign: repairing.place_sign,
    commands.Submit: repairing.submit,
    commands.AddPhoto: repairing.add_photo,
    commands.Pass: checking.passed,
    commands.Rework: checking.rework,
    commands.GiveUpToday: limiting.give_up_today,
    commands.GrantHours: limiting.grant_hours,
    commands.AskPromise: limiting.ask_promise,
    commands.AnswerPromise: limiting.answer_promise,
    commands.WithdrawPromise: limiting.withdraw_promise,
    commands.AskExtension: extending.ask_extension,
    commands.AnswerExtension: extending.answer_extension,
    commands.AskSuspension: extending.ask_suspension,
    commands.AnswerSuspension: extending.answer_suspension,
    commands.Resume: extending.resume,
    commands.SetTier: limiting.set_tier,
    commands.SetDeadline: limiting.set_deadline,
    commands.SetCategory: arranging.set_category,
    commands.SetPlace: arranging.set_place,
    commands.AddWords: arranging.add_words,
    commands.Refuse: arranging.refuse,
    commands.AskRefusal: arranging.ask_refusal,
    commands.DeclineRefusal: arranging.decline_refusal,
    commands.HandOver: arranging.hand_over,
    commands.Withdraw: arranging.withdraw,
    commands.ReleaseScene: arranging.release,
    commands.Join: joining.join,
    commands.Lead: joining.lead,
    commands.Part: joining.part,
    commands.MarkStopgap: joining.mark_stopgap,
    commands.Follow: joining.follow,
    commands.MarkOverdue: limiting.mark_overdue,
    commands.MarkSignMissing: limiting.mark_sign_missing,
    commands.Remind: supervision.remind,
    commands.DraftOrder: supervision.draft,
    commands.IssueOrder: supervision.issue,
    commands.DeclineOrder: supervision.decline,
}


def name_of(command: type[commands.Command]) -> str:
    """A command's name in snake case, as the table of rights, texts and pages refer to it."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", command.__name__).lower()


def _table() -> Table:
    """Each command with the rows of the table of rights that bear its name."""
    by_name = {name_of(command): command for command in _APPLY}
    return {
        (status, by_name[grant.act]): Transition(who=grant.who, apply=_APPLY[by_name[grant.act]])
        for grant in permissions.GRANTS
        if grant.act not in permissions.MORE_ACTS
        for status in grant.statuses
    }


TABLE: Table = _table()
