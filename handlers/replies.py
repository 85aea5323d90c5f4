"""What a handler hands back to the receiver, to be done once the transaction has committed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.refusals import Refusal
    from usecases.views import Toast


@dataclass(frozen=True, kw_only=True, slots=True)
class ToastReply:
    """Answer a press."""

    query: str
    """Telegram's id of the press."""
    answer: Toast | Refusal | None
    """None: answer without words."""
    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaveReply:
    """Leave a group that is not in the configuration, with a polite line."""

    chat: str


Reply = ToastReply | LeaveReply
