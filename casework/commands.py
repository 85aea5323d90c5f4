"""What people and the clock may ask of a case: imperative, frozen, chat-neutral."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from casework.case import Phase, Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """The base of every command."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim(Command):
    """接单: take the case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimFor(Command):
    """代派: a supervisor takes the case in somebody's name."""

    person: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Begin(Command):
    """开工: work has begun on the spot."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceSign(Command):
    """The warning sign stands; its photo came."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Submit(Command):
    """The after-photo came."""

    stopgap: bool = False
    """Its words say that it is mended for now only (临时处置)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AddPhoto(Command):
    """A further photo of the case."""

    phase: Phase
    count: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Pass(Command):
    """查验通过 or 远程查验: turn one's key."""

    remote: bool = False
    round: int | None = None
    """The round the button was made for; None for words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rework(Command):
    """返工: the check failed."""

    reason: str = ""
    round: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class GiveUpToday(Command):
    """今天修不完: it cannot be finished today."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantHours(Command):
    """A supervisor's limit for a danger that cannot be done today."""

    hours: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AskPromise(Command):
    """Ask for a promised date."""

    day: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerPromise(Command):
    """同意 or 不同意."""

    agree: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawPromise(Command):
    """A supervisor withdraws an agreed promise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskExtension(Command):
    """延期: ask for the original limit once more."""

    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerExtension(Command):
    """同意 or 不同意 to an extension."""

    agree: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AskSuspension(Command):
    """挂账: ask to put the case off to a day."""

    day: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerSuspension(Command):
    """同意 or 不同意 to a suspension."""

    agree: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Resume(Command):
    """恢复: a suspended case goes on; the clock gives it at 00:00 of the day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SetTier(Command):
    """More or less urgent."""

    tier: Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class SetDeadline(Command):
    """改时限."""

    deadline: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SetCategory(Command):
    """改类别."""

    category: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetPlace(Command):
    """改位置: the words, and the grid if they tell it."""

    place: str
    grid: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AddWords(Command):
    """Words that come later: they complete the case until it is claimed."""

    words: str
    category: str | None = None
    place: str = ""
    grid: int | None = None
    danger: bool = False
    of_report: bool = False
    """They belong to the photo that opened the case: they complete it even when it is claimed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refuse(Command):
    """退单."""

    reason: str
    duplicate_of: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskRefusal(Command):
    """A manager asks for a refusal."""

    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclineRefusal(Command):
    """A supervisor declines a refusal that was asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOver(Command):
    """转派."""

    person: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdraw(Command):
    """撤回."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseScene(Command):
    """准予撤场."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Join(Command):
    """并案: a supervisor joins the case to a main case (主案)."""

    main: str
    """The main case's number."""
    follows: bool = True
    """Its own reminders are silent meanwhile; not where it is more urgent than the main case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lead(Command):
    """主案: other cases were joined to this one."""

    cases: tuple[str, ...]
    """Their numbers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part(Command):
    """取消并案: a supervisor takes the case away from its main case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Follow(Command):
    """The main case has ended, or its end was taken back."""

    on: bool = False
    """Taken back: be silent again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkStopgap(Command):
    """临时处置: it is mended for now only, and must be cured later."""

    on: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkOverdue(Command):
    """The limit has passed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkSignMissing(Command):
    """No warning sign stands at 24:00."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remind(Command):
    """提醒: the first rung of the supervision ladder is recorded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftOrder(Command):
    """The next rung of the supervision ladder is drafted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueOrder(Command):
    """签发: a supervisor issues the draft."""

    rung: int
    number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclineOrder(Command):
    """不签发: a supervisor does not issue the draft."""

    rung: int
