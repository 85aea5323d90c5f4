"""Ports of what is to be told, done or undone later; all shelves belong to one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from usecases.records import (
        DueRow,
        HeldNudge,
        Outgoing,
        Quarantined,
        Undo,
    )


class Outbox(Protocol):
    """What people must be told, and how far the telling is."""

    def add(self, row: Outgoing) -> None:
        """Queue a fact, unless one with the same key exists."""
        ...

    def add_edit(self, row: Outgoing) -> None:
        """Queue a card edit; merged with a queued one of the case (more urgent priority wins)."""
        ...

    def get(self, row_id: int) -> Outgoing | None:
        """One row."""
        ...

    def claim(self, row_id: int) -> Outgoing | None:
        """One row if it is the first that waits in its lane, and nobody else is at it."""
        ...

    def by_key(self, key: str) -> Outgoing | None:
        """The row of a key."""
        ...

    def has(self, key: str) -> bool:
        """Whether a fact was queued under this key."""
        ...

    def heads(
        self, now: datetime, *, shut: Collection[str], narrow: Collection[str], limit: int
    ) -> Sequence[Outgoing]:
        """The next sendable row of each lane, most urgent first, then oldest.

        Rows of `shut` chats are left out; of `narrow` chats only danger cards come;
        rows that are free of the pace come from both unless the chat is `shut`.
        Chats whose state is not `here` are left out.
        """
        ...

    def next_time(self, now: datetime) -> datetime | None:
        """The earliest `not_before` later than now among queued rows."""
        ...

    def put_off(self, now: datetime) -> Sequence[Outgoing]:
        """Queued rows with a `not_before` later than now."""
        ...

    def save(self, row: Outgoing) -> None:
        """Replace a row; its key, case and creation stay."""
        ...

    def last_tried(self, case_id: int, kind: str) -> Outgoing | None:
        """The last row of a kind (card, edit or sheet) of a case that was tried at all."""
        ...

    def sending(self) -> Sequence[Outgoing]:
        """Rows marked as being sent: after a start, the ambiguous ones."""
        ...

    def sent_since(self, moment: datetime) -> Sequence[tuple[str, datetime]]:
        """(chat, time) of every counted send and edit since then, to rebuild the pace."""
        ...


class Dues(Protocol):
    """What falls due."""

    def set_case(self, case_id: int, rows: Iterable[DueRow]) -> None:
        """Make these the pending rows of a case.

        Pending rows with other keys are cancelled; cancelled ones with these keys are pending
        again; what was done or dropped under a key stays so.
        """
        ...

    def add(self, row: DueRow) -> bool:
        """Add a row; False when its key exists."""
        ...

    def owe(self, row: DueRow) -> bool:
        """Make it pending, at its time, if it is not so; False when its key is used up."""
        ...

    def claim(self, now: datetime, limit: int) -> Sequence[DueRow]:
        """Pending rows due by now, earliest first."""
        ...

    def finish(self, row: DueRow, *, state: str, note: str = "") -> None:
        """Record what became of a row."""
        ...

    def next_at(self) -> datetime | None:
        """When the next pending row falls due."""
        ...

    def of_case(self, case_id: int) -> Sequence[DueRow]:
        """All rows of a case, earliest first."""
        ...

    def planned(self, kind: str) -> Sequence[DueRow]:
        """The pending rows of this kind, earliest first."""
        ...

    def used_up(self, key: str) -> bool:
        """Whether something was done or dropped under this key."""
        ...


class Undos(Protocol):
    """The last press of each case."""

    def put(self, undo: Undo) -> None:
        """Remember the state before a press."""
        ...

    def get(self, case_id: int) -> Undo | None:
        """The state before the last press of a case."""
        ...

    def drop(self, case_id: int) -> None:
        """Forget it."""
        ...


class Nudges(Protocol):
    """Reminders that wait for a batch."""

    def hold(self, nudge: HeldNudge) -> None:
        """Keep a reminder for the next batch of its group."""
        ...

    def take(self, chat: str, until: datetime) -> Sequence[HeldNudge]:
        """Take out the reminders of a group that fell due by then."""
        ...


class Quarantine(Protocol):
    """Updates that failed."""

    def add(self, entry: Quarantined) -> None:
        """Keep a failed update; one already there counts one attempt more."""
        ...

    def waiting(self) -> Sequence[Quarantined]:
        """Those not yet replayed, oldest first."""
        ...

    def replayed(self, update_id: int, at: datetime) -> None:
        """Mark one as replayed."""
        ...
