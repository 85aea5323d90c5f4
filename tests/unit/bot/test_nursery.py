"""Tasks are owned: they fail loudly and stop in order, within a bound."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging

import pytest

from bot.nursery import Nursery, TaskFailedError
from delivery.outcomes import TokenRefusedError


async def _forever(name: str, stopped: list[str]) -> None:
    try:
        await asyncio.Event().wait()
    finally:
        stopped.append(name)


async def _fail() -> None:
    raise ValueError("no route to Telegram")


async def test_leaving_the_block_stops_the_last_started_first() -> None:
    """The receiver, started last, is silent before the courier goes."""
    stopped: list[str] = []
    async with Nursery() as nursery:
        nursery.start("courier", _forever("courier", stopped))
        nursery.start("receiver", _forever("receiver", stopped))
        await asyncio.sleep(0)
    assert stopped == ["receiver", "courier"]


async def test_a_failed_task_stops_the_whole_and_names_itself() -> None:
    """Nobody waits for ever beside a dead courier."""
    stopped: list[str] = []
    told: list[str] = []
    with pytest.raises(TaskFailedError) as caught:
        async with Nursery(on_failure=lambda name, _: told.append(name)) as nursery:
            nursery.start("receiver", _forever("receiver", stopped))
            nursery.start("courier", _fail())
            await asyncio.Event().wait()
    assert caught.value.name == "courier"
    assert isinstance(caught.value.__cause__, ValueError)
    assert told == ["courier"]
    assert stopped == ["receiver"]


@pytest.mark.parametrize(
    ("error", "level", "traced"),
    [
        (TokenRefusedError(), logging.INFO, False),
        (OSError(errno.ENOSPC, "full"), logging.INFO, False),
        (TokenRefusedError(), logging.DEBUG, True),
        (ValueError("no route"), logging.INFO, True),
    ],
)
async def test_an_error_with_words_of_its_own_is_logged_without_a_traceback(
    error: Exception, level: int, traced: object, caplog: pytest.LogCaptureFixture
) -> None:
    """Only --debug shows where it arose; of one that nobody thought of it is always shown."""

    async def fail() -> None:
        raise error

    caplog.set_level(level)
    with pytest.raises(TaskFailedError):
        async with Nursery() as nursery:
            nursery.start("courier", fail())
            await asyncio.Event().wait()
    [line] = [one for one in caplog.records if vars(one).get("action") == "task.failed"]
    assert bool(line.exc_info or line.exc_text) == traced


async def test_a_failure_at_the_end_of_the_block_is_still_raised() -> None:
    """The block ends without another await, just when the task fails."""
    with pytest.raises(TaskFailedError):
        async with Nursery() as nursery:
            nursery.start("courier", _fail())
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(1)
    await asyncio.sleep(0)  # no cancellation is left over for the code behind the block


async def test_a_failure_while_stopping_is_raised_too() -> None:
    """A task that breaks on its way out has not stopped well."""

    async def breaks_on_stop() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise ValueError("could not put away")

    with pytest.raises(TaskFailedError, match="shelf"):
        async with Nursery() as nursery:
            nursery.start("shelf", breaks_on_stop())
            await asyncio.sleep(0)


async def test_a_cancellation_from_outside_passes_through() -> None:
    """Ctrl-C stops the tasks and goes on up."""
    stopped: list[str] = []

    async def run() -> None:
        async with Nursery() as nursery:
            nursery.start("courier", _forever("courier", stopped))
            await asyncio.Event().wait()

    async with asyncio.timeout(5):
        running = asyncio.gather(run(), return_exceptions=True)
        await asyncio.sleep(0.01)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert stopped == ["courier"]


async def test_an_error_of_the_block_itself_is_the_one_that_is_raised() -> None:
    """The block's own error is not hidden behind the stop."""
    stopped: list[str] = []
    with pytest.raises(LookupError):
        async with Nursery() as nursery:
            nursery.start("courier", _forever("courier", stopped))
            await asyncio.sleep(0)
            raise LookupError("no such thing")
    assert stopped == ["courier"]


async def test_a_stubborn_task_does_not_hold_up_the_stop(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The stop is bounded; who does not go is named in the log."""
    release = asyncio.Event()

    async def stubborn() -> None:
        while not release.is_set():
            with contextlib.suppress(asyncio.CancelledError):
                await release.wait()

    async with asyncio.timeout(5):
        async with Nursery() as nursery:
            nursery.start("stubborn", stubborn())
            await asyncio.sleep(0)
            await nursery.stop(within=0.05)
            stuck = [vars(r)["task"] for r in caplog.records if "in time" in r.message]
            assert stuck == ["stubborn"]
            release.set()


async def test_nothing_starts_during_the_stop() -> None:
    """A task born during the stop would outlive it."""
    async with Nursery() as nursery:
        await nursery.stop()
        with pytest.raises(RuntimeError, match="latecomer"):
            nursery.start("latecomer", _fail())


async def test_a_task_that_ends_by_itself_stops_no_other() -> None:
    """A job that is done is no failure."""
    stopped: list[str] = []

    async def job() -> None:
        await asyncio.sleep(0)

    async with Nursery() as nursery:
        nursery.start("courier", _forever("courier", stopped))
        nursery.start("job", job())
        await asyncio.sleep(0.01)
        assert stopped == []
    assert stopped == ["courier"]
