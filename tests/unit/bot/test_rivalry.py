"""Two programs that poll with one token: the later one leaves, the earlier one says so once."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from aiogram.exceptions import TelegramConflictError, TelegramNetworkError
from aiogram.methods import GetUpdates

from bot.rivalry import SETTLED, PollerTakenError, Rivalry
from tests.fakes.clock import MORNING

RIVAL = TelegramConflictError(
    GetUpdates(),
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
    " running",
)
HOOK = TelegramConflictError(
    GetUpdates(), "Conflict: can't use getUpdates method while webhook is active"
)


def test_a_newcomer_leaves() -> None:
    """Whether it was never answered, or only a moment ago."""
    with pytest.raises(PollerTakenError):
        Rivalry().failed(RIVAL, MORNING)
    rivalry = Rivalry()
    rivalry.polled(MORNING)
    with pytest.raises(PollerTakenError):
        rivalry.failed(RIVAL, MORNING + SETTLED - timedelta(seconds=1))


def test_who_was_there_first_says_it_once_and_again_when_it_is_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Health looks at the same state."""
    caplog.set_level(logging.INFO, logger="bot.rivalry")
    told: list[bool] = []
    rivalry = Rivalry(told.append)
    rivalry.polled(MORNING)
    for minute in range(2, 6):
        rivalry.failed(RIVAL, MORNING + timedelta(minutes=minute))
        assert rivalry.on
    rivalry.polled(MORNING + SETTLED * 4)
    assert not rivalry.on
    assert told == [True, False]
    assert [getattr(line, "action", "") for line in caplog.records] == [
        "receiver.contested",
        "receiver.uncontested",
    ]


def test_a_webhook_or_a_broken_network_is_no_rival() -> None:
    """The start takes the webhook away; the poll is tried again."""
    rivalry = Rivalry()
    rivalry.failed(HOOK, MORNING)
    rivalry.failed(TelegramNetworkError(GetUpdates(), "reset"), MORNING)
    assert not rivalry.on
