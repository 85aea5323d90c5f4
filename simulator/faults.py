"""Faults that can be ordered by `/sim/faults`: what real networks and Telegram sometimes do."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

CALL_FAULTS = frozenset(
    {
        "rate_limit", "server_error", "bad_gateway", "reset", "lost_reply", "late_reply",
        "truncated", "delay", "forbidden", "bad_request", "unauthorized", "migrate", "file_gone",
    }
)  # fmt: skip
UPDATE_FAULTS = frozenset({"duplicate_update", "odd_update", "reorder_album", "late_album_item"})
KINDS = CALL_FAULTS | UPDATE_FAULTS

DEFAULT_SECONDS = {"delay": 5.0, "late_reply": 90.0, "late_album_item": 3.0}
ALWAYS = -1


@dataclass(frozen=True, slots=True)
class Target:
    """What a fault may hit: a call (its lower-case method), or an update of a chat."""

    method: str | None = None
    chat: int | None = None
    counted: bool = False
    """Whether Telegram's limits count the call."""


@dataclass(slots=True)
class Fault:
    """One order; `left` is how often it still strikes, ALWAYS without end."""

    id: int
    kind: str
    left: int
    method: str | None = None
    chat: int | None = None
    retry_after: int = 5
    seconds: float = 0.0
    probability: float = 1.0
    words: str = "message to edit not found"
    """What a `bad_request` says."""

    def fits(self, target: Target) -> bool:
        """Whether that call or update is meant.

        Without a method of its own a fault leaves getUpdates alone, because a parked long
        poll would use it up before anything else could happen; and a rate limit hits only
        what Telegram's limits count.
        """
        method, chat = target.method, target.chat
        if self.method is None and self.kind == "rate_limit" and not target.counted:
            return False
        spared = self.method is None and method == "getupdates"
        wanted = not spared and (self.method or method or "").lower() == (method or "")
        return wanted and self.chat in {None, chat}


@dataclass(slots=True)
class Faults:
    """The orders that stand."""

    orders: list[Fault] = field(default_factory=list)
    random: Random = field(default_factory=lambda: Random(20))  # noqa: S311 - replays
    _serial: int = 0

    def order(self, kind: str, **how: object) -> Fault:
        """Let a fault of `kind` strike from now on."""
        self._serial += 1
        count = how.pop("count", None)
        endless = count is None and "probability" in how
        left = ALWAYS if endless else int(str(count)) if count is not None else 1
        fault = Fault(self._serial, kind, left)
        fault.seconds = DEFAULT_SECONDS.get(kind, 0.0)
        for name, value in how.items():
            setattr(fault, name, value)
        self.orders.append(fault)
        return fault

    def strike(self, kinds: set[str], target: Target) -> Fault | None:
        """The first order among `kinds` that hits the target, used up by one."""
        for fault in self.orders:
            if fault.kind not in kinds or not fault.fits(target):
                continue
            if fault.probability < 1 and self.random.random() >= fault.probability:
                continue
            self._use(fault)
            return fault
        return None

    def clear(self) -> None:
        """Take all orders back."""
        self.orders.clear()

    def _use(self, fault: Fault) -> None:
        if fault.left == ALWAYS:
            return
        fault.left -= 1
        if fault.left <= 0:
            self.orders.remove(fault)
