"""How fast the courier may speak: sliding windows per group and overall, a bucket per person; pure.

A call counts from its start until its window has passed since its end: it may have arrived at any
moment between, so the limits hold on the platform's side too. One call per chat at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from delivery.meters import Bucket, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from casework import rules
    from usecases.teamwork import Pause

_SECOND = timedelta(seconds=1)


def is_group(chat: str) -> bool:
    """Whether a chat is a group (its id begins with a minus), not a person's."""
    return chat.startswith("-")


@dataclass(slots=True)
class _Pause:
    until: datetime
    length: timedelta

    def ends(self, now: datetime) -> datetime:
        # Mended for good if the clock was put back.
        self.until = min(self.until, now + self.length)
        return self.until


class Pace:
    """The pace of all chats. Times must come from the one clock."""

    def __init__(self, rules: rules.Pace) -> None:
        self._rules = rules
        self._overall = Window(rules.overall_most, _SECOND)
        self._chats: dict[str, Window | Bucket] = {}
        self._pauses: dict[str, _Pause] = {}

    @property
    def memory(self) -> timedelta:
        """How far back calls still count."""
        return max(self._rules.group_window, self._rules.private_every * self._rules.private_burst)

    def rebuild(self, sent: Iterable[tuple[str, datetime]], pauses: Iterable[Pause]) -> None:
        """Count calls made before a restart (chat, end of the call), and keep the pauses."""
        for pause in pauses:
            self.pause(pause.chat, pause.since, pause.until - pause.since)
        for chat, at in sorted(sent, key=lambda one: one[1]):
            self.started(chat, at)
            self.ended(chat, at)

    def started(self, chat: str, at: datetime) -> None:
        """A call begins. One of `ended` and `released` must follow."""
        self._overall.started(at)
        self._meter(chat).started(at)

    def ended(self, chat: str, at: datetime) -> None:
        """The chat's call has ended and may have been counted by the platform."""
        self._overall.ended(at)
        self._meter(chat).ended(at)

    def released(self, chat: str) -> None:
        """The chat's call never reached the platform."""
        self._overall.released()
        self._meter(chat).released()

    def pause(self, chat: str, now: datetime, length: timedelta) -> None:
        """Let a chat rest; a pause never shortens an earlier one."""
        ends = self._pauses[chat].ends(now) if chat in self._pauses else now
        if now + length >= ends:
            self._pauses[chat] = _Pause(now + length, length)

    def moved(self, old: str, new: str) -> None:
        """A group has a new id; what it used up stays used up."""
        if old in self._chats:
            self._chats[new] = self._chats.pop(old)
        if old in self._pauses:
            self._pauses[new] = self._pauses.pop(old)

    def full(self, now: datetime) -> bool:
        """Whether nothing that counts may be sent anywhere at this moment."""
        return self._overall.opens(now) > now

    def allows(self, chat: str, now: datetime, *, danger: bool) -> bool:
        """Whether a counted call to the chat may begin now."""
        if self._paused(chat, now) or self.full(now):
            return False
        keep = 0 if danger else self._rules.group_reserve
        return self._meter(chat).opens(now, keep) <= now

    def shut(self, now: datetime) -> set[str]:
        """Chats that rest: nothing at all may be sent to them."""
        return {chat for chat in tuple(self._pauses) if self._paused(chat, now)}

    def narrow(self, now: datetime) -> set[str]:
        """Chats that have room for danger cards at most, or for nothing that counts."""
        keep = self._rules.group_reserve
        return {chat for chat, meter in self._chats.items() if meter.opens(now, keep) > now}

    def next_opening(self, now: datetime) -> datetime | None:
        """When the first of the closed chats takes more than it does now; None: all are open."""
        return min((moment for moment in self._openings(now) if moment > now), default=None)

    def _openings(self, now: datetime) -> Iterator[datetime]:
        self._tidy(now)
        yield self._overall.opens(now)
        for pause in self._pauses.values():
            yield pause.ends(now)
        for meter in self._chats.values():
            yield meter.opens(now)
            yield meter.opens(now, self._rules.group_reserve)

    def _paused(self, chat: str, now: datetime) -> bool:
        pause = self._pauses.get(chat)
        return pause is not None and pause.ends(now) > now

    def _tidy(self, now: datetime) -> None:
        self._chats = {chat: one for chat, one in self._chats.items() if not one.quiet(now)}
        self._pauses = {chat: one for chat, one in self._pauses.items() if one.until > now}

    def _meter(self, chat: str) -> Window | Bucket:
        if chat not in self._chats:
            rules = self._rules
            self._chats[chat] = (
                Window(rules.group_most, rules.group_window)
                if is_group(chat)
                else Bucket(rules.private_burst, rules.private_every)
            )
        return self._chats[chat]
