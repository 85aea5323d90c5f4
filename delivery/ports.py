"""What courier and fetcher need from other rooms, as Protocols. All times are aware, in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime, timedelta

    from delivery.outcomes import FetchOutcome, Outcome
    from usecases.digest_views import ChartView
    from usecases.records import Waiting, Wanted
    from usecases.teamwork import Pause
    from usecases.to_tell import Telling
    from usecases.views import SheetView


class CourierDesk(Protocol):
    """The outbox as the courier sees it; each call is a committed transaction of its own."""

    async def waiting(
        self, *, shut: Collection[str], narrow: Collection[str], limit: int
    ) -> Waiting:
        """The next sendable row of each lane (see `usecases.later.Outbox.heads`).

        With them the earliest `not_before` that lies in the future among queued rows.
        """
        ...

    async def take(self, row_id: int) -> Telling | None:
        """Mark a row as being sent, and say what to tell.

        None: it was dropped, or it was not ready and put back with a later `not_before`.
        """
        ...

    async def sent(self, row_id: int, message: str) -> None:
        """The row was told and became this message (empty for a reaction)."""
        ...

    async def again(self, row_id: int, *, not_before: datetime, note: str) -> None:
        """The row was surely not told: queue it again."""
        ...

    async def ambiguous(self, row_id: int, note: str) -> None:
        """The row may have been told: the policy of its kind decides."""
        ...

    async def refused(self, row_id: int, note: str) -> None:
        """The row was refused for good."""
        ...

    async def unreachable(self, row_id: int, note: str) -> None:
        """The person cannot be reached this way: tell it another way."""
        ...

    async def gone(self, row_id: int, note: str) -> None:
        """The message that the row would edit does not exist any more."""
        ...

    async def chat_state(self, chat: str, state: str) -> None:
        """A group is `muted` or `gone`: its rows wait."""
        ...

    async def migrated(self, old: str, new: str) -> None:
        """A group has a new id: everything moves."""
        ...

    async def put_back(self, step: timedelta) -> None:
        """The clock was put back by so much: what waits does so no longer than it would have."""
        ...

    async def recover(self) -> None:
        """At the start: rows found as being sent follow the policy of their kind."""
        ...

    async def sent_since(self, moment: datetime) -> Sequence[tuple[str, datetime]]:
        """Chat and time of every send and edit that counts for the pace, oldest first."""
        ...

    async def pauses(self) -> Sequence[Pause]:
        """The chats that rest."""
        ...


class PhotoDesk(Protocol):
    """The photos as the fetcher sees them; each call is a committed transaction of its own."""

    async def wanted(self, limit: int) -> Wanted:
        """Photos whose fetching is due, oldest first, and the earliest time one is (or was) due."""
        ...

    async def kept(self, photo_id: int, *, sha256: str, width: int, height: int) -> None:
        """The photo is on the shelf; sizes in pixels, upright."""
        ...

    async def broken(self, photo_id: int) -> None:
        """The photo was fetched and cannot be read as a picture."""
        ...

    async def lost(self, photo_id: int) -> None:
        """The photo cannot be fetched."""
        ...

    async def put_off(self, photo_id: int, try_at: datetime) -> None:
        """It was not the photo's fault: try later, as if it had not been tried."""
        ...

    async def again(self, photo_id: int, try_at: datetime) -> None:
        """The fetching failed: count the attempt, try again then."""
        ...


class LetterButton(Protocol):
    """A button in its final words."""

    @property
    def text(self) -> str:
        """The words on it."""
        ...

    @property
    def data(self) -> str:
        """At most 64 bytes that come back with a press."""
        ...

    @property
    def style(self) -> str:
        """`primary`, `success`, `danger` or empty."""
        ...


class Letter(Protocol):
    """A message in its final words."""

    @property
    def text(self) -> str:
        """HTML as Telegram reads it."""
        ...

    @property
    def buttons(self) -> Sequence[Sequence[LetterButton]]:
        """The rows of buttons."""
        ...


class Letters(Protocol):
    """Words what is to be told; pure."""

    def write(self, telling: Telling, now: datetime) -> Letter:
        """The letter for a telling, as of `now`."""
        ...


class Painter(Protocol):
    """Draws before/after sheets and charts."""

    async def sheet(self, view: SheetView, language: str) -> bytes | None:
        """The sheet as JPEG; None when it cannot be drawn."""
        ...

    async def chart(self, view: ChartView, language: str) -> bytes | None:
        """The chart of a review as JPEG; None when it cannot be drawn."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that was read and kept."""

    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Broken:
    """Bytes that are no readable picture."""


@dataclass(frozen=True, slots=True)
class Unproved:
    """Bytes whose reader died or took too long, by their fault or by the machine's."""


class PhotoShelf(Protocol):
    """Keeps pictures by the hash of their original bytes."""

    async def keep(self, data: bytes) -> Kept | Broken | Unproved:
        """Verify and keep a picture; keeping one twice is one.

        Raises:
            OSError: The disk or the machine failed; the same bytes may be kept later.
        """
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """One message ready for the platform."""

    chat: str
    text: str
    buttons: Sequence[Sequence[LetterButton]] = ()
    thread: str = ""
    reply_to: str = ""
    only: str = ""
    """The account that alone sees it."""
    edit: str = ""
    """The message to edit instead of sending a new one."""
    silent: bool = False
    captioned: bool = False
    """The text is the caption of a picture."""
    picture: bytes | None = None
    """The picture to send, as JPEG."""


class Gateway(Protocol):
    """The chat platform's sending side. Raises nothing but `CancelledError`."""

    async def send(self, parcel: Parcel) -> Outcome:
        """Send or edit a message."""
        ...

    async def react(self, chat: str, message: str, emoji: str) -> Outcome:
        """Set the bot's reaction on a message; an empty one takes it back."""
        ...

    async def pin(self, chat: str, message: str) -> Outcome:
        """Pin a message at the top of its chat, in silence."""
        ...


class Files(Protocol):
    """The chat platform's files. Raises nothing but `CancelledError`."""

    async def fetch(self, file: str) -> FetchOutcome:
        """The bytes behind a handle."""
        ...
