"""Of several processes on one database one polls: whose turn it is not takes nobody for a rival."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from typing_extensions import override

from bot.poller import Poller
from bot.rivalry import Rivalry
from tests.fakes.clock import ManualClock
from tests.unit.bot.test_rivalry import RIVAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.receiver import Receiver


class _StandsBy(Exception):  # noqa: N818 - it tells where a process has come to
    """The process waits for its turn."""


class _Turns:
    """Whose turn it is."""

    mine = True

    def is_mine(self) -> bool:
        return self.mine

    async def my_turn(self) -> None:
        raise _StandsBy


class _Quick(ManualClock):
    """Nobody waits for it."""

    @override
    async def sleep_until(self, moment: datetime) -> None:
        self.put(moment)


class _Receiver:
    """Takes nothing in; its bot answers as a test says, one poll after the other."""

    def __init__(self, *polls: Callable[[], list[Any]]) -> None:
        self._polls = iter(polls)
        self.at_once = self
        self.noted = 0

    async def bot(self, _method: object, request_timeout: float) -> list[Any]:
        del request_timeout
        return next(self._polls)()

    async def do(self, _verb: object) -> None:
        self.noted += 1


def _poller(receiver: _Receiver, turns: _Turns, told: list[bool], clock: ManualClock) -> Poller:
    return Poller(
        receiver=cast("Receiver", receiver),
        clock=clock,
        poll_seconds=25,
        heard=lambda: None,
        team=turns,
        rivalry=Rivalry(told.append),
    )


async def test_who_was_disturbed_and_then_stands_by_is_contested_no_more() -> None:
    """Else a process that was paused for some seconds would call itself unwell for ever."""
    turns, told, clock = _Turns(), list[bool](), _Quick()

    def peace() -> list[Any]:
        clock.put(clock.now() + timedelta(minutes=1))
        return []

    def disturbed() -> list[Any]:
        raise RIVAL

    def passed_on() -> list[Any]:
        turns.mine = False
        raise RIVAL

    poller = _poller(_Receiver(peace, peace, disturbed, passed_on), turns, told, clock)
    with pytest.raises(_StandsBy):
        await asyncio.wait_for(poller.run(), 30)
    assert told == [True, False]


async def test_whoever_lost_its_turn_in_the_middle_of_a_poll_does_not_leave() -> None:
    """It was its own city's next process that ended the poll; to leave would be for good."""
    turns, told = _Turns(), list[bool]()

    def passed_on() -> list[Any]:
        turns.mine = False
        raise RIVAL

    receiver = _Receiver(passed_on)
    with pytest.raises(_StandsBy):
        await asyncio.wait_for(_poller(receiver, turns, told, _Quick()).run(), 30)
    assert (told, receiver.noted) == ([], 0)
