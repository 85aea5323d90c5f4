"""Rounds: a fresh town at some hour, scenes in order, and a life of the bot for each scene."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tests.harness.crash.scenes import Street
from tests.soak.stage import ZONE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Scene = Callable[[Street], Awaitable[None]]


@dataclass(frozen=True)
class Round:
    """When it begins, and what happens."""

    name: str
    begin: datetime
    scenes: tuple[Scene, ...]


MORNING = Round(
    "morning",
    datetime(2026, 3, 10, 9, 0, tzinfo=ZONE),
    (
        Street.rest,
        Street.photo,
        Street.claim,
        Street.mend,
        Street.album,
        Street.check,
        Street.close,
        Street.silent_photo,
        Street.words,
        Street.claim_by_words,
        Street.lost,
        Street.refused,
        Street.begin,
        Street.more,
        Street.ask,
        Street.photo,
        Street.edit,
        Street.mend,
        Street.fail,
        Street.odd_update,
        Street.claim,
        Street.danger,
        Street.moment,
        Street.moment,
        Street.moment,
        Street.moment,
        Street.moment,
        Street.rest,
    ),
)
"""All that people do, and the first steps of the ladder."""
AFTERNOON = Round(
    "afternoon",
    datetime(2026, 3, 10, 16, 21, tzinfo=ZONE),
    (Street.danger, Street.photo, Street.claim, Street.photo, *(Street.moment,) * 14),
)
"""The ladder to its end, the board, the draft and the daily filing."""
NIGHT = Round(
    "night",
    datetime(2026, 3, 10, 19, 50, tzinfo=ZONE),
    (
        *(Street.danger, Street.claim, Street.photo, Street.claim),
        *(Street.to_ten, *(Street.moment,) * 3),
        *(Street.to_midnight, *(Street.moment,) * 4),
    ),
)
"""The list of the night, a danger's limit at midnight."""
MONDAY = Round(
    "monday",
    datetime(2026, 6, 1, 8, 16, tzinfo=ZONE),
    (Street.photo, Street.danger, Street.claim, *(Street.moment,) * 7),
)
"""A Monday that begins a month: the digests of day, week and month."""
ROUNDS = (MORNING, AFTERNOON, NIGHT, MONDAY)
CONTROL = Round(
    "control",
    MORNING.begin,
    (Street.rest, *(Street.photo, Street.danger, Street.album) * 5),
)
"""Photos alone: which of them a receiver that confirms first has lost is seen at once."""
