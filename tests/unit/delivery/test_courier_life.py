"""How the courier starts, rests, logs and stops."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from delivery.outcomes import (
    Refused,
    TokenRefused,
    TokenRefusedError,
)
from tests.fakes.clock import MORNING
from tests.fakes.courier_desk import GROUP, row
from tests.fakes.courier_office import Office, open_office
from usecases.records import Sent as State

OTHER = "-4000002"
SECOND = timedelta(seconds=1)


async def test_a_poke_during_a_round_is_not_lost(office: Office) -> None:
    """A row committed while another is being sent goes right after it."""
    office.gateway.hold = asyncio.Event()
    office.queue(row(1))
    await office.gateway.began.acquire()
    office.queue(row(2, OTHER))
    await office.gateway.began.acquire()
    assert not office.courier.idle
    office.gateway.hold.set()
    await office.clock.settle()
    assert office.desk.left() == []


async def test_it_is_idle_only_when_time_or_a_poke_is_needed(office: Office) -> None:
    """Not while something can be sent, not while a call runs."""
    assert office.courier.idle
    office.queue(row(1))
    assert not office.courier.idle
    await office.clock.settle()
    assert office.courier.idle
    office.desk.add(row(2, not_before=MORNING + SECOND))
    office.courier.poke()
    await office.clock.settle()
    office.clock.put(MORNING + SECOND)
    assert not office.courier.idle


async def test_what_waits_waits_no_longer_when_the_clock_is_put_back(office: Office) -> None:
    """Not for the hour that the clock lost; whoever sleeps until then looks again."""
    office.queue(row(1, not_before=MORNING + 3 * SECOND))
    await office.clock.settle()
    office.clock.put_back(timedelta(hours=1))
    await office.clock.settle()
    assert office.told == []
    await office.clock.advance(3 * SECOND)
    assert office.told == ["row-1"]


async def test_rows_found_as_being_sent_are_settled_at_the_start() -> None:
    """A card is sent once more, a nudge is not."""
    office = Office()
    office.desk.add(row(1, state=State.SENDING))
    office.desk.add(row(2, kind="nudge", state=State.SENDING))
    async with open_office(office):
        assert office.told == ["row-1"]


async def test_the_pace_is_rebuilt_at_the_start() -> None:
    """A restart gives no fresh allowance."""
    office = Office()
    office.desk.before = [(GROUP, MORNING - 10 * SECOND)] * 15
    office.desk.add(row(1))
    async with open_office(office):
        assert office.told == []
        await office.clock.advance(50 * SECOND)
        assert office.seconds == [50]


async def test_a_stop_lets_the_call_in_flight_finish() -> None:
    """And takes no further row."""
    office = Office()
    office.gateway.hold = asyncio.Event()
    for number in (1, 2):
        office.desk.add(row(number))
    async with asyncio.TaskGroup() as group:
        group.create_task(office.courier.run(), name="courier")
        await office.gateway.began.acquire()
        stopping = group.create_task(office.courier.stop(), name="stop")
        await asyncio.sleep(0.01)
        office.gateway.hold.set()
        await stopping
    assert office.desk.rows[1].state is State.SENT
    assert office.desk.rows[2].state is State.QUEUED


@pytest.mark.parametrize("cancelled", [True, False])
async def test_a_call_that_does_not_finish_stays_marked(
    monkeypatch: pytest.MonkeyPatch,
    cancelled: bool,  # noqa: FBT001
) -> None:
    """It may have been sent: the next start treats it as ambiguous."""
    monkeypatch.setattr("delivery.lanes.STOP_WITHIN", 0.05)
    office = Office()
    office.gateway.hold = asyncio.Event()
    office.desk.add(row(1))
    async with asyncio.TaskGroup() as group:
        running = group.create_task(office.courier.run(), name="courier")
        await office.gateway.began.acquire()
        if cancelled:
            running.cancel()
        else:
            await office.courier.stop()
    assert office.desk.rows[1].state is State.SENDING
    assert office.courier.idle


async def test_a_cancelled_courier_still_finishes_its_call() -> None:
    """The nursery stops by cancelling."""
    office = Office()
    office.gateway.hold = asyncio.Event()
    office.desk.add(row(1))
    async with asyncio.TaskGroup() as group:
        running = group.create_task(office.courier.run(), name="courier")
        await office.gateway.began.acquire()
        running.cancel()
        await asyncio.sleep(0.01)
        office.gateway.hold.set()
    assert office.desk.rows[1].state is State.SENT


async def test_a_revoked_token_stops_it_with_a_clear_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The row waits for a good token; the log says what happened."""
    office = Office()
    office.script(TokenRefused())
    office.desk.add(row(1))
    with pytest.raises(TokenRefusedError, match="refuses the bot's token"):
        await office.courier.run()
    assert office.desk.rows[1].state is State.QUEUED
    assert [line.levelno for line in caplog.records] == [logging.CRITICAL]


async def test_a_desk_that_fails_stops_it() -> None:
    """A courier that runs on without its outbox looks healthy and is not."""
    office = Office()

    async def broken(row_id: int, message: str) -> None:
        raise OSError(f"no disk for {row_id} {message}")

    office.desk.sent = broken  # type: ignore[method-assign] # the fake's one broken part
    office.desk.add(row(1))
    with pytest.raises(OSError, match="no disk"):
        await office.courier.run()


async def test_logs_hold_ids_and_no_words(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """A stable action and the case; no text, not even Telegram's about it."""
    caplog.set_level(logging.DEBUG)
    office.script(Refused("Bad Request: unsupported start tag 王建国"))
    office.queue(row(1, case_id=12))
    await office.clock.settle()
    lines = [vars(line) for line in caplog.records if line.name.startswith("delivery")]
    assert [(line["action"], line["case"], line["row"]) for line in lines] == [
        ("delivery.refused", 12, 1)
    ]
    assert [line.getMessage() for line in caplog.records if line.name.startswith("delivery")] == [
        "not told: refused for good"
    ]
    assert "王建国" not in str(lines)
