"""Floods: one person who sends a thousand photos a minute.

Every photo is filed, for none may be lost; but what is over the bound of one person goes behind all
else, so that the others do not wait for it, and the flooder is told once, not once a photo. Waiting
is counted in virtual time and in places of the queue.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from casework.rules import Flood
from tests.acceptance.city import city, is_card
from tests.attacks.office import office
from tests.attacks.updates import photo_by, press
from usecases.crowd import Crowd, spread

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City

NINE = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
FLOOD = Flood()
THOUSAND = 1000
PLACE = "金城路{}号 路沿石缺失"
DANGER = "金城路{}号 井盖缺失 危险"


async def test_a_thousand_photos_are_a_thousand_cases_and_one_message(tmp_path: Path) -> None:
    """The first twenty go as ever; the others' cards stand behind all of another officer."""
    async with office(tmp_path) as desk:
        for start in range(0, THOUSAND, 100):
            await desk.take(
                *(
                    photo_by(1000 + n, "officer01", DANGER.format(n))
                    for n in range(start, start + 100)
                )
            )
        await desk.take(*(photo_by(5000 + n, "officer02", PLACE.format(n)) for n in range(5)))
        assert desk.rows("SELECT count(*) FROM cases") == [(THOUSAND + 5,)]
        said = "SELECT count(*) FROM outbox WHERE fact LIKE '%flood%'"
        assert desk.rows(said) == [(1,)]
        queue = desk.rows(
            "SELECT c.reporter FROM outbox o JOIN cases c ON c.id = o.case_id"
            " WHERE o.kind = 'card' ORDER BY o.priority, o.id"
        )
        reporters = [str(reporter) for (reporter,) in queue]
        assert reporters[:20] == ["officer01"] * 20
        assert reporters[20:25] == ["officer02"] * 5
        fetched_now = desk.rows("SELECT count(*) FROM photos WHERE try_at <= '2026-03-10 02:01'")
        assert fetched_now == [(25,)]
        assert desk.untroubled()


async def waits(town: City, photo: int) -> float:
    """Seconds of virtual time until the card of a photo is there."""
    for seconds in range(0, 600, 5):
        if any(is_card(message) for message in await town.replies(photo)):
            return seconds
        await town.advance(seconds=5)
    return 600


async def test_others_wait_no_more_than_twice_as_long_beside_a_flood(tmp_path: Path) -> None:
    """Another officer reports right after a flood of seventy, and after twenty as on a busy day.

    Of the flood, too, only the first twenty are before.
    """
    times = []
    for count in (20, 70):
        async with city(tmp_path / str(count)) as town:
            for number in range(count):
                await town.photo("officer01", PLACE.format(number), settle=0)
            photo = await town.photo("officer02", PLACE.format(999), settle=0)
            times.append(await waits(town, photo))
    quiet, flooded = times
    assert flooded <= 2 * max(quiet, 5)


def test_the_bound_lets_twenty_through_and_then_two_a_minute() -> None:
    """By the times of the messages: a backlog of a day is no flood."""
    crowd = Crowd()
    assert [crowd.over("a", NINE, FLOOD) for _ in range(21)] == [False] * 20 + [True]
    assert not crowd.over("b", NINE, FLOOD)
    later = NINE + timedelta(minutes=1)
    assert [crowd.over("a", later, FLOOD) for _ in range(3)] == [False, False, True]
    day = [NINE + timedelta(minutes=5 * n) for n in range(200)]
    assert not any(crowd.over("c", at, FLOOD) for at in day)


def test_originals_over_the_bound_trickle() -> None:
    """Within ten minutes of ten minutes later, no two of six hundred at once."""
    moments = {spread(case_id, FLOOD) for case_id in range(600)}
    assert len(moments) == 600
    assert min(moments) == FLOOD.within
    assert max(moments) < 2 * FLOOD.within


async def test_thousands_of_presses_change_one_thing(tmp_path: Path) -> None:
    """Each is answered; the case is claimed once, and nothing is queued for the rest."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        waiting = "SELECT count(*) FROM outbox"
        await desk.take(press(10, "repairer01", "c:1:0:"))
        before = desk.rows(waiting)
        for start in range(0, 1000, 500):
            toasts = await desk.take(
                *(press(100 + n, "repairer01", "c:1:0:") for n in range(start, start + 500))
            )
            assert len(toasts) == 500
        assert desk.rows(waiting) == before
        assert desk.rows("SELECT count(*) FROM history WHERE event = 'CaseClaimed'") == [(1,)]


async def test_fifty_edits_of_a_caption_queue_one_card(tmp_path: Path) -> None:
    """They merge into the edit that already waits."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        edits = []
        for number in range(50):
            update = photo_by(100 + number, "officer01", PLACE.format(number))
            message = {**update.pop("message"), "message_id": 1, "edit_date": 1773108001 + number}
            edits.append({**update, "edited_message": message})
        await desk.take(*edits)
        assert desk.rows("SELECT count(*) FROM outbox WHERE kind IN ('card', 'edit')")[0][0] in {
            1,
            2,
        }
        assert desk.untroubled()
