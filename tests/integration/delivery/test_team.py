"""Several processes, one outbox: each row by one, each chat by one at a time, one pace for all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

import pytest

from delivery.team import TeamCourierOffice
from tests.fakes.clock import ManualClock
from tests.fakes.members import Member, member, notice
from tests.integration.storage.cast import photo, pothole
from usecases import fall_due
from usecases.records import Outgoing, Priority, Sent, Wanted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from usecases.ports import UnitOfWork

GROUP, OTHER, PERSON = "-4000001", "-4000002", "1001"
SECOND = timedelta(seconds=1)
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


@pytest.fixture
def clock() -> ManualClock:
    """The one clock of all."""
    return ManualClock()


@pytest.fixture
async def east(postgres_clone: str, clock: ManualClock) -> AsyncIterator[Member]:
    """One process."""
    async with member(postgres_clone, "east", clock) as one:
        yield one


@pytest.fixture
async def west(postgres_clone: str, clock: ManualClock) -> AsyncIterator[Member]:
    """Another one."""
    async with member(postgres_clone, "west", clock) as one:
        yield one


async def test_a_row_goes_to_one_process_and_its_chat_waits_for_the_answer(
    east: Member, west: Member, clock: ManualClock
) -> None:
    """Also with a row of another lane; other chats go on."""
    await east.writer.run(lambda unit: unit.cases.add(pothole(1)))
    await east.queue(
        notice("first", GROUP, clock),
        notice("second", GROUP, clock, case_id=1),
        notice("elsewhere", OTHER, clock),
    )
    assert await east.take("first")
    assert not await west.take("first")
    assert not await west.take("second")
    assert await west.heads() == ["elsewhere"]
    assert await west.take("elsewhere")
    await east.courier.sent(await east.id_of("first"), "901")
    assert await west.take("second")


async def test_a_row_taken_by_a_commit_that_nobody_heard_of_is_taken_again(
    east: Member, west: Member, clock: ManualClock
) -> None:
    """It was not sent. What another process took meanwhile is left alone."""

    async def unheard(function: Callable[[UnitOfWork, *Ts], T], *arguments: *Ts) -> T:
        await east.writer.run(function, *arguments)
        return await east.writer.run(function, *arguments)

    again = TeamCourierOffice(east.desk.through(unheard), east.name)
    await east.queue(notice("mine", GROUP, clock), notice("theirs", OTHER, clock))
    assert await again.take(await east.id_of("mine")) is not None
    assert await west.take("theirs")
    assert await again.take(await east.id_of("theirs")) is None
    await east.courier.sent(await east.id_of("mine"), "901")
    assert (await east.row("mine")).state is Sent.SENT


async def test_no_process_takes_a_row_before_its_turn(
    east: Member, west: Member, clock: ManualClock
) -> None:
    """Another one may have put off the row before it, since the heads were asked for."""
    later = clock.now() + 60 * SECOND
    await east.queue(
        notice("first", GROUP, clock, not_before=later), notice("second", GROUP, clock)
    )
    assert not await west.take("second")
    await clock.advance(60 * SECOND)
    assert await west.take("first")


async def test_the_pace_of_a_group_counts_the_calls_of_all(
    east: Member, west: Member, clock: ManualClock
) -> None:
    """Eighteen in a minute together (two of them kept for danger), whoever made them."""
    rows = [notice(f"{n:02}", GROUP, clock, fact=_fact(n)) for n in range(20)]
    await east.queue(*rows)
    sent = 0
    for n in range(20):
        one = (east, west)[n % 2]
        if await one.take(f"{n:02}"):
            sent += 1
            await one.courier.sent(await one.id_of(f"{n:02}"), str(900 + n))
        await clock.advance(SECOND)
    rules = east.desk.town.rules.pace
    assert sent == rules.group_most - rules.group_reserve
    assert await east.heads() == await west.heads() == []
    opening = (await west.waiting()).later
    assert opening is not None
    assert clock.now() < opening <= clock.now() + rules.group_window
    await clock.advance(opening - clock.now())
    assert len(await west.heads()) == 1


async def test_what_has_no_room_is_not_offered_again_and_again(
    east: Member, west: Member, clock: ManualClock
) -> None:
    """A danger card of a full group waits for its opening, and hides no other chat."""
    most = east.desk.town.rules.pace.group_most
    await east.queue(*(_danger(f"{n}", clock) for n in range(most + 1)))
    for n in range(most):
        assert await east.take(f"{n}")
        await east.courier.sent(await east.id_of(f"{n}"), str(900 + n))
        await clock.advance(SECOND)
    assert await west.heads() == []
    await west.queue(notice("elsewhere", OTHER, clock, priority=Priority.BOARD))
    assert await west.heads() == ["elsewhere"]


def _danger(key: str, clock: ManualClock) -> Outgoing:
    return notice(key, GROUP, clock, priority=Priority.DANGER_CARD)


async def test_a_row_that_cannot_be_made_out_is_set_aside(east: Member, clock: ManualClock) -> None:
    """The call was never begun, and the row must not come again."""
    await east.queue(notice("odd", GROUP, clock, kind="nonsense"))
    with pytest.raises(KeyError):
        await east.take("odd")
    await east.courier.refused(await east.id_of("odd"), "not told: KeyError")
    assert (await east.row("odd")).state is Sent.DEAD


def _fact(number: int) -> dict[str, object]:
    return {"words": "bound", "fields": {"name": str(number), "username": "x"}}


async def test_all_together_send_no_more_than_the_whole_allows_in_a_second(
    east: Member, west: Member, clock: ManualClock
) -> None:
    """To however many chats."""
    most = east.desk.town.rules.pace.overall_most
    await east.queue(*(notice(f"{n}", f"-{n + 1}", clock) for n in range(most + 4)))
    taken = [await (east, west)[n % 2].take(f"{n}") for n in range(most + 4)]
    assert sum(taken) == most
    assert await east.heads() == []


async def test_a_chat_that_rests_rests_for_all(
    east: Member, west: Member, clock: ManualClock
) -> None:
    """A 429 that one process was told holds for the others, to its end, and for other lanes."""
    await east.writer.run(lambda unit: unit.cases.add(pothole(1)))
    await east.queue(notice("a", GROUP, clock), notice("b", GROUP, clock, case_id=1))
    assert await east.take("a")
    rest = clock.now() + 35 * SECOND
    await east.courier.again(await east.id_of("a"), not_before=rest, note="429")
    assert await west.heads() == []
    await clock.advance(34 * SECOND)
    assert not await west.take("a")
    assert not await west.take("b")
    assert (await west.waiting()).later == rest
    await clock.advance(SECOND)
    assert await west.take("a")


async def test_what_a_dead_process_was_sending_is_ambiguous_and_what_a_living_one_sends_is_not(
    east: Member, west: Member, clock: ManualClock
) -> None:
    """The policy of the kind decides: a rework is said again, a line of information is not."""
    rework = {"words": "rework", "fields": {}}
    await east.queue(
        notice("told", GROUP, clock),
        notice("asked", OTHER, clock, fact=rework),
        notice("mine", PERSON, clock),
    )
    assert [await east.take(key) for key in ("told", "asked")] == [True, True]
    assert await west.take("mine")
    await west.courier.recover()
    assert (await west.row("told")).state is Sent.SENDING
    east.die()
    await west.courier.recover()
    states = [(await west.row(key)).state for key in ("told", "asked", "mine")]
    assert states == [Sent.DROPPED, Sent.QUEUED, Sent.SENDING]
    await clock.advance(2 * SECOND)
    assert await west.take("asked")


async def test_a_process_that_was_taken_for_dead_can_still_say_that_it_has_sent(
    east: Member, west: Member, clock: ManualClock
) -> None:
    """Then nobody sends it again; that it would try again is void, another one may be at it."""
    rework = {"words": "rework", "fields": {}}
    for key in ("early", "late"):
        await east.queue(notice(key, f"-{len(key)}", clock, fact=rework))
        assert await east.take(key)
    east.die()
    await west.courier.recover()
    await east.courier.sent(await east.id_of("early"), "901")
    assert (await west.row("early")).state is Sent.SENT
    await east.courier.again(await east.id_of("late"), not_before=clock.now(), note="reset")
    assert (await west.row("late")).not_before > clock.now()
    await clock.advance(2 * SECOND)
    assert await west.take("late")
    await east.courier.again(await east.id_of("late"), not_before=clock.now(), note="reset")
    assert (await west.row("late")).state is Sent.SENDING


async def test_a_photo_is_fetched_by_one_process_and_after_its_death_by_another(
    east: Member, west: Member
) -> None:
    """Each asks for work; a photo in another's hands is none, nor a reason to look again."""

    def post(unit: UnitOfWork) -> None:
        unit.photos.add(photo("700", 0, at=east.desk.clock.now(), try_at=east.desk.clock.now()))

    await east.writer.run(post)
    ((mine,), _) = await east.fetcher.wanted(8)
    assert await west.fetcher.wanted(8) == Wanted([], None)
    assert [p.id for p in (await east.fetcher.wanted(8)).photos] == [mine.id]
    east.die()
    photos, next_try = await west.fetcher.wanted(8)
    assert next_try is not None
    assert [p.id for p in photos] == [mine.id]
    await west.fetcher.kept(mine.id, sha256="0" * 64, width=1, height=1)
    assert (await east.fetcher.wanted(8)).photos == []


async def test_a_due_row_is_handled_by_one_process(east: Member, west: Member) -> None:
    """They wait for each other, and the second finds it done."""
    await east.desk.start()
    await west.desk.start()
    assert isinstance(east.desk.clock, ManualClock)
    await east.desk.clock.advance(timedelta(hours=8))
    handled = [await one.desk.do(fall_due.fall_due) for one in (east, west)]
    assert handled[0] > 0
    assert handled[1] == 0
