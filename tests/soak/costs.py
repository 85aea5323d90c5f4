"""What the month cost: messages and edits per case, where they went, and how dense they were."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.soak.archive import EDITS, most_in_a_minute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.soak.archive import Archive

MOST_CALLS = 7.0
"""Sends and edits per case in all chats, on average over a month, digests and boards included."""
MOST_MESSAGES = 2.5
"""Messages per case in the groups, where all hear them; private ones ask one person to act."""
MOST_IN_A_MINUTE = 18


CITY = ("digest", "board", "pin", "notice start-", "notice bound", "notice mine", "notice help")
"""What belongs to no case: the digests, the boards, answers to commands."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Counts of the whole month."""

    cases: int
    group_messages: int
    private_messages: int
    group_edits: int
    private_edits: int
    busiest: int
    """The most calls of any group in any sliding 60 s."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Messages and edits by what they say."""

    @property
    def messages(self) -> float:
        """Messages per case that a whole group hears."""
        return self._per_case(self.group_messages)

    @property
    def private(self) -> float:
        """Messages per case to one person alone."""
        return self._per_case(self.private_messages)

    @property
    def calls(self) -> float:
        """Messages and edits per case."""
        edits = self._per_case(self.group_edits + self.private_edits)
        return self.messages + self.private + edits

    @property
    def words(self) -> str:
        """All of it in a line."""
        groups = self._per_case(self.group_messages + self.group_edits)
        city = sum(n for kind, n in self.kinds.items() if kind.startswith(CITY))
        return (
            f"{self.calls:.2f} sends and edits per case ({groups:.2f} in groups), of them "
            f"{self.messages:.2f} messages to groups and {self.private:.2f} to one person; "
            f"{self._per_case(city):.2f} belong to no case (digests, boards, commands)"
        )

    def _per_case(self, count: int) -> float:
        return count / max(self.cases, 1)


def costs(archive: Archive) -> Costs:
    """Count; reactions, toasts and what one member alone sees in a group are apart."""
    sent = [call for call in archive.calls if call.sends]
    edits = [call for call in archive.calls if call.method in EDITS and not call.whispered]
    return Costs(
        cases=len(archive.numbers),
        group_messages=sum(call.in_group for call in sent),
        private_messages=sum(not call.in_group for call in sent),
        group_edits=sum(call.in_group for call in edits),
        private_edits=sum(not call.in_group for call in edits),
        busiest=max(most_in_a_minute(archive.calls).values(), default=0),
        kinds=Counter(_kinds(archive)),
    )


def _kinds(archive: Archive) -> Iterator[str]:
    for row in archive.outbox:
        if row["state"] == "sent" and not row["only"]:
            words = str(row["fact"].get("words", "")) if row["fact"] else ""
            if row["kind"] != "reaction":
                yield f"{row['kind']} {words}".strip()
