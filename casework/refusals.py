"""Why something may not happen: classes with data, never sentences. `messages/` has the words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a failure
    """The base of every refusal."""

    def data(self) -> dict[str, Any]:
        """The refusal's fields, by name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True, kw_only=True)
class NotYours(Refusal):
    """Only others may do this; `who` names them as people of this case."""

    act: str
    """The command's name, in snake case."""
    who: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NotNow(Refusal):
    """The case's status does not know this act."""

    act: str
    status: str


@dataclass(frozen=True, kw_only=True)
class AlreadyTaken(Refusal):
    """Somebody took the case first."""

    by: str


@dataclass(frozen=True, kw_only=True)
class AlreadyYours(Refusal):
    """The same press again: it has happened already."""


@dataclass(frozen=True, kw_only=True)
class KeyTurned(Refusal):
    """This side's key is turned already; the other side is awaited."""

    by: str
    waiting: str
    """`patrol` or `repair`."""


@dataclass(frozen=True, kw_only=True)
class OnePersonTwoKeys(Refusal):
    """Nobody turns both keys of a joint check."""


@dataclass(frozen=True, kw_only=True)
class Outdated(Refusal):
    """The button belongs to an earlier round or state (已过时)."""


@dataclass(frozen=True, kw_only=True)
class CaseEnded(Refusal):
    """The case is closed, refused or withdrawn."""

    number: str
    status: str


@dataclass(frozen=True, kw_only=True)
class NoSuchCase(Refusal):
    """There is no such case."""


@dataclass(frozen=True, kw_only=True)
class NotOnRoster(Refusal):
    """The account is nobody of the roster."""


@dataclass(frozen=True, kw_only=True)
class SupervisorOnly(Refusal):
    """From a danger no way leads to a later limit without a supervisor."""


@dataclass(frozen=True, kw_only=True)
class DateInPast(Refusal):
    """A promised date lies in the past."""


@dataclass(frozen=True, kw_only=True)
class DateTooFar(Refusal):
    """A promised date lies further away than allowed."""

    days: int


@dataclass(frozen=True, kw_only=True)
class DangerNotPutOff(Refusal):
    """A danger of today is neither extended nor suspended; 今天修不完 is its way."""


@dataclass(frozen=True, kw_only=True)
class PromiseInstead(Refusal):
    """A promised case is not extended; another date can be promised."""


@dataclass(frozen=True, kw_only=True)
class LimitPassed(Refusal):
    """More time is asked for while the limit runs, not afterwards."""


@dataclass(frozen=True, kw_only=True)
class ExtensionsUsed(Refusal):
    """As many extensions as a case may have were approved."""

    most: int


@dataclass(frozen=True, kw_only=True)
class SuspensionsUsed(Refusal):
    """As many suspensions as a case may have were approved."""

    most: int


@dataclass(frozen=True, kw_only=True)
class ClockStands(Refusal):
    """The case is suspended: there is no limit to put off."""


@dataclass(frozen=True, kw_only=True)
class NotSuspended(Refusal):
    """The case is not suspended; its clock runs."""


@dataclass(frozen=True, kw_only=True)
class AnswerAwaited(Refusal):
    """This was asked for already; a supervisor has not answered yet."""


@dataclass(frozen=True, kw_only=True)
class ReasonNeeded(Refusal):
    """This act needs a reason."""


@dataclass(frozen=True, kw_only=True)
class NothingAsked(Refusal):
    """There is nothing to agree to or decline (any more)."""


@dataclass(frozen=True, kw_only=True)
class MainCase(Refusal):
    """Others are joined to this case; a main case is joined to no other."""

    number: str


@dataclass(frozen=True, kw_only=True)
class JoinedCase(Refusal):
    """The case is joined to another one; that is the main case."""

    main: str


@dataclass(frozen=True, kw_only=True)
class WrongPerson(Refusal):
    """The person named cannot take this case."""

    name: str


@dataclass(frozen=True, kw_only=True)
class UndoOver(Refusal):
    """The time for an undo is over, or something else has happened since."""


@dataclass(frozen=True, kw_only=True)
class UndoNotYours(Refusal):
    """Only who pressed may undo."""

    by: str


@dataclass(frozen=True, kw_only=True)
class NothingChanged(Refusal):
    """It is so already."""
