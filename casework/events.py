"""What happened to a case: past tense, frozen. Each becomes one row of the case's history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """The base of every event."""

    def data(self) -> dict[str, Any]:
        """The event's fields as JSON can hold them; moments and days as ISO 8601."""
        return {
            name: value.isoformat() if isinstance(value, (date, datetime)) else value
            for name in self.__dataclass_fields__
            if (value := getattr(self, name)) not in (None, "", False)
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseReported(Event):
    """A photo opened the case."""

    category: str
    tier: str
    place: str = ""
    grid: int | None = None
    repairer: str = ""
    deadline: datetime
    forwarded: bool = False
    night: bool = False
    cures: str = ""
    """The case that was mended for now, of which this is the cure (根治)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseClaimed(Event):
    """Somebody took the case (接单)."""

    by: str
    for_whom: str = ""
    """Set when a supervisor took it in this person's name (代派)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkBegun(Event):
    """Work began on the spot (开工)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignPlaced(Event):
    """The warning sign stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosureSubmitted(Event):
    """The after-photo came (待查验)."""

    by: str
    round: int
    late: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotosAdded(Event):
    """Further photos came."""

    phase: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyTurned(Event):
    """One side passed the joint check."""

    side: str
    """`patrol` or `repair`."""
    by: str
    remote: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseClosed(Event):
    """Both sides passed it (结案)."""

    on_time: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReworkOrdered(Event):
    """The check failed (返工)."""

    round: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TodayGivenUp(Event):
    """今天修不完."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HoursGranted(Event):
    """A supervisor set hours for a danger."""

    hours: int
    deadline: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseAsked(Event):
    """A promised date was asked for."""

    day: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseAgreed(Event):
    """A supervisor agreed to the promised date."""

    day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseDeclined(Event):
    """A supervisor declined the promised date."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseWithdrawn(Event):
    """A supervisor withdrew the promised date; the limit is tier B's from then."""

    deadline: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class StageFinished(Event):
    """A stage of a staged limit was proven by its photo, and the next one began."""

    stage: str
    late: bool = False
    next: str
    deadline: datetime
    """When the next stage ends."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtensionAsked(Event):
    """An extension was asked for (延期)."""

    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtensionGranted(Event):
    """A supervisor gave the original limit once more."""

    count: int
    """The how manieth extension of the case it is."""
    deadline: datetime
    was: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtensionDeclined(Event):
    """A supervisor declined the extension."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SuspensionAsked(Event):
    """It was asked to put the case off to a day (挂账)."""

    day: date
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseSuspended(Event):
    """A supervisor agreed: the repair clock stands until 00:00 of the day."""

    day: date


@dataclass(frozen=True, kw_only=True, slots=True)
class SuspensionDeclined(Event):
    """A supervisor declined to put the case off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseResumed(Event):
    """The repair clock of a suspended case goes on (恢复)."""

    deadline: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TierChanged(Event):
    """The tier changed, and the limit with it."""

    tier: str
    was: str
    deadline: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineChanged(Event):
    """A supervisor set another limit."""

    deadline: datetime
    was: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryChanged(Event):
    """The category changed."""

    category: str
    was: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceChanged(Event):
    """The place changed or became known."""

    place: str
    grid: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseMoved(Event):
    """Another repairer answers for the case, because its place lies in another grid."""

    repairer: str
    was: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsAdded(Event):
    """Words came later."""

    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRefused(Event):
    """A supervisor refused the case (退单)."""

    reason: str
    duplicate_of: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusalAsked(Event):
    """A manager asked for a refusal."""

    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusalDeclined(Event):
    """A supervisor declined to refuse the case."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseHandedOver(Event):
    """Another repairer was given the case (转派)."""

    to: str
    was: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseWithdrawn(Event):
    """The reporter took it back (撤回)."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SceneReleased(Event):
    """A supervisor let the officer leave (准予撤场)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseJoined(Event):
    """A supervisor joined it to a main case (并案)."""

    main: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CasesJoined(Event):
    """Other cases were joined to this one (主案)."""

    cases: str
    """Their numbers, with blanks between them."""
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseParted(Event):
    """A supervisor took it away from its main case (取消并案)."""

    main: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MainEnded(Event):
    """The main case has ended; this one is worked on by itself again."""

    main: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MainReopened(Event):
    """The end of the main case was taken back."""

    main: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StopgapMarked(Event):
    """It is mended for now only (临时处置)."""

    off: bool = False
    """The mark was taken off again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CureOpened(Event):
    """A case for the cure was opened (根治)."""

    cure: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OverdueMarked(Event):
    """The limit passed while the repair was owed (逾期)."""

    deadline: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SignMarkedMissing(Event):
    """24:00 passed without a warning sign (未设警示)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminded(Event):
    """The repair side was reminded that the limit has passed (提醒)."""

    deadline: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderDrafted(Event):
    """A rung of the supervision ladder was drafted and waits for a supervisor."""

    rung: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderIssued(Event):
    """A supervisor issued a draft (督办单, 报主要负责人, 提请党组)."""

    number: str
    """`<year>-<serial>`, without gaps within a year."""
    rung: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderDeclined(Event):
    """A supervisor did not issue a draft (不签发)."""

    rung: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PressUndone(Event):
    """Who pressed took it back (撤销)."""

    back_to: str
    """The status it went back to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoUnreadable(Event):
    """A photo could not be read or fetched (照片打不开)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoSentAnew(Event):
    """A readable photo came after one that could not be read."""
