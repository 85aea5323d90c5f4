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
    """At once if it was never answered, else once it was disturbed for as long as it was not."""
    with pytest.raises(PollerTakenError):
        Rivalry().failed(RIVAL, MORNING)
    rivalry = Rivalry()
    rivalry.polled(MORNING)
    for second in (5, 7, 9):
        rivalry.failed(RIVAL, MORNING + timedelta(seconds=second))
        rivalry.polled(MORNING + timedelta(seconds=second + 1))
    with pytest.raises(PollerTakenError):
        rivalry.failed(RIVAL, MORNING + timedelta(seconds=10))


@pytest.mark.parametrize("late", [0, 3], ids=["at once", "as Telegram holds repeated ones back"])
@pytest.mark.parametrize("age", [10, 15, 60, 119, 3600])
def test_of_two_the_older_stays(age: int, late: int) -> None:
    """They end each other's polls in turn, the older one's first; one leaves, never both."""
    old, new = Rivalry(), Rivalry()
    now = MORNING + timedelta(seconds=age)
    old.polled(MORNING)
    new.polled(now)
    left: list[Rivalry] = []
    pauses = {id(old): [1, 2, 5, 10, 30], id(new): [1, 2, 5, 10, 30]}
    disturbed, other = old, new
    while not left:
        try:
            disturbed.failed(RIVAL, now)
        except PollerTakenError:
            left.append(disturbed)
        now += timedelta(seconds=pauses[id(disturbed)].pop(0))
        if disturbed is old and now < MORNING + timedelta(seconds=age + 3):
            now += timedelta(seconds=late)
        disturbed, other = other, disturbed
    assert left == [new]


def test_a_quarrel_long_ago_does_not_count() -> None:
    """After some minutes of peace the next one is another, and the peace before was longer."""
    rivalry = Rivalry()
    rivalry.polled(MORNING)
    rivalry.failed(RIVAL, MORNING + timedelta(seconds=15))
    for second in (140, 300, 900):
        rivalry.failed(RIVAL, MORNING + timedelta(seconds=second))


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
