"""Every Bot API call, as `/sim/log` tells it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from simulator.json_types import Json

KEPT = 200_000


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call; `time` is when it was answered."""

    number: int
    time: datetime
    bot: int
    method: str
    chat: int | str | None
    parameters: Json
    status: int
    error: str | None

    def as_json(self) -> Json:
        """The entry of `GET /sim/log`."""
        return {
            "number": self.number,
            "time": self.time.isoformat(),
            "bot": self.bot,
            "method": self.method,
            "chat": self.chat,
            "parameters": self.parameters,
            "status": self.status,
            "error": self.error,
        }


class CallLog:
    """The newest calls, numbered from 1 in the order of their answers."""

    def __init__(self) -> None:
        self._records: deque[CallRecord] = deque(maxlen=KEPT)
        self._last = 0

    def next_number(self) -> int:
        """The number of the next record."""
        self._last += 1
        return self._last

    def add(self, record: CallRecord) -> None:
        """Keep one more."""
        self._records.append(record)

    def after(self, number: int) -> list[CallRecord]:
        """The records above `number`, oldest first."""
        newer: list[CallRecord] = []
        for record in reversed(self._records):
            if record.number <= number:
                break
            newer.append(record)
        newer.reverse()
        return newer
