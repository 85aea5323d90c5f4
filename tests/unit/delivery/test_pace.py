"""The limits hold in every window, whatever the calls' length, and nothing waits for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import rules
from delivery.pace import Pace
from tests.fakes.clock import MORNING
from usecases.teamwork import Pause

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GROUP, OTHER, PERSON = "-4000001", "-4000002", "1001"
SECOND = timedelta(seconds=1)
MINUTE = timedelta(seconds=60)

steps = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 0, 1, 40, 300, 1000, 9000]),  # milliseconds since the last step
        st.sampled_from([GROUP, OTHER, PERSON, "1002"]),
        st.booleans(),  # a danger card
        st.sampled_from([0, 0, 5, 400, 3000]),  # milliseconds the call takes
        st.integers(0, 100),  # per cent of it until the call arrives
    ),
    min_size=20,
    max_size=200,
)


def _spent(pace: Pace, chat: str, times: int, at: datetime = MORNING) -> None:
    for _ in range(times):
        pace.started(chat, at)
        pace.ended(chat, at)


def _most_within(times: Iterable[datetime], span: timedelta) -> int:
    """The most in any half-open window of this span."""
    ordered = sorted(times)
    return max(
        (sum(start <= other < start + span for other in ordered) for start in ordered), default=0
    )


def _arrivals(
    pace: Pace, plan: Sequence[tuple[int, str, bool, int, int]]
) -> list[tuple[str, datetime]]:
    """Play a plan of wished calls; calls of different chats overlap."""
    now = MORNING
    flying: dict[str, datetime] = {}
    arrived = []
    for wait, chat, danger, length, share in plan:
        now += timedelta(milliseconds=wait)
        for other, end in sorted(flying.items(), key=lambda one: one[1]):
            if end <= now:
                pace.ended(other, end)
                del flying[other]
        if chat not in flying and pace.allows(chat, now, danger=danger):
            pace.started(chat, now)
            flying[chat] = now + timedelta(milliseconds=length)
            arrived.append((chat, now + timedelta(milliseconds=length * share / 100)))
    return arrived


@given(steps)
@settings(max_examples=150, deadline=None)
def test_no_limit_is_ever_passed_where_calls_arrive(
    plan: list[tuple[int, str, bool, int, int]],
) -> None:
    """18 per group in any minute, 28 in any second: counted at the platform's door."""
    arrived = _arrivals(Pace(rules.Pace()), plan)
    assert _most_within((at for _, at in arrived), SECOND) <= 28
    for group in (GROUP, OTHER):
        assert _most_within((at for chat, at in arrived if chat == group), MINUTE) <= 18


@given(steps)
@settings(max_examples=100, deadline=None)
def test_a_person_gets_one_a_second_after_a_burst_of_five(
    plan: list[tuple[int, str, bool, int, int]],
) -> None:
    """In any n seconds at most n + 5."""
    arrived = _arrivals(Pace(rules.Pace()), plan)
    times = [at for chat, at in arrived if chat == PERSON]
    for seconds in (1, 3, 10, 60):
        assert _most_within(times, timedelta(seconds=seconds)) <= seconds + 5


@given(st.lists(st.integers(0, 3000), min_size=18, max_size=40), st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_closed_chat_opens_when_it_says(gaps: list[int], danger: bool) -> None:  # noqa: FBT001
    """Waiting for each next opening always leads to a free place, within a minute and a bit."""
    pace, now = Pace(rules.Pace()), MORNING
    for gap in gaps:
        now += timedelta(milliseconds=gap)
        waited = MORNING + (now - MORNING)
        while not pace.allows(GROUP, now, danger=danger):
            opening = pace.next_opening(now)
            assert opening is not None
            assert opening > now
            now = opening
        assert now - waited <= MINUTE
        pace.started(GROUP, now)
        pace.ended(GROUP, now)


def test_three_places_of_a_group_are_kept_for_danger() -> None:
    """After 15 sends only a danger card may go, after 18 not even that."""
    pace = Pace(rules.Pace())
    _spent(pace, GROUP, 15)
    assert pace.narrow(MORNING) == {GROUP}
    assert not pace.allows(GROUP, MORNING, danger=False)
    assert pace.allows(GROUP, MORNING, danger=True)
    _spent(pace, GROUP, 3)
    assert not pace.allows(GROUP, MORNING, danger=True)


def test_a_group_opens_when_the_oldest_is_a_minute_old() -> None:
    """A sliding window, no fixed minutes."""
    pace = Pace(rules.Pace())
    _spent(pace, GROUP, 1)
    _spent(pace, GROUP, 14, MORNING + 30 * SECOND)
    assert pace.next_opening(MORNING + 31 * SECOND) == MORNING + MINUTE
    assert not pace.allows(GROUP, MORNING + MINUTE - SECOND, danger=False)
    assert pace.allows(GROUP, MORNING + MINUTE, danger=False)


def test_a_person_is_written_to_five_times_then_once_a_second() -> None:
    """The burst, then the steady rate."""
    pace, now = Pace(rules.Pace()), MORNING
    sent: list[datetime] = []
    while len(sent) < 8:
        if pace.allows(PERSON, now, danger=False):
            _spent(pace, PERSON, 1, now)
            sent.append(now)
        else:
            now = pace.next_opening(now) or now
    assert [(at - MORNING).total_seconds() for at in sent] == [0, 0, 0, 0, 0, 1, 2, 3]


def test_all_chats_together_stay_under_28_a_second() -> None:
    """The 29th person waits for the next second."""
    pace = Pace(rules.Pace())
    for number in range(28):
        _spent(pace, str(number + 1), 1)
    assert pace.full(MORNING)
    assert not pace.allows("99", MORNING, danger=True)
    assert pace.next_opening(MORNING) == MORNING + SECOND
    assert pace.allows("99", MORNING + SECOND, danger=False)


def test_a_pause_closes_one_chat_for_its_whole_length() -> None:
    """Danger cards included; other chats go on."""
    pace = Pace(rules.Pace())
    pace.pause(GROUP, MORNING, 35 * SECOND)
    assert pace.shut(MORNING + 34 * SECOND) == {GROUP}
    assert not pace.allows(GROUP, MORNING + 34 * SECOND, danger=True)
    assert pace.allows(OTHER, MORNING, danger=False)
    assert pace.next_opening(MORNING) == MORNING + 35 * SECOND
    assert pace.shut(MORNING + 35 * SECOND) == set()


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    """The rest that Telegram asked for is kept whole."""
    pace = Pace(rules.Pace())
    pace.pause(GROUP, MORNING, 35 * SECOND)
    pace.pause(GROUP, MORNING, SECOND)
    assert pace.shut(MORNING + 30 * SECOND) == {GROUP}


def test_a_group_takes_its_pause_along_when_it_moves() -> None:
    """The platform's ban may well be on the new one, too."""
    pace = Pace(rules.Pace())
    pace.pause(GROUP, MORNING, 35 * SECOND)
    pace.moved(GROUP, "-1007")
    assert pace.shut(MORNING + 30 * SECOND) == {"-1007"}


def test_a_restart_forgets_no_pause() -> None:
    """Nor does it make one longer."""
    pace = Pace(rules.Pace())
    ban = Pause(chat=GROUP, since=MORNING - 5 * SECOND, until=MORNING + 30 * SECOND)
    pace.rebuild((), [ban])
    assert pace.shut(MORNING + 29 * SECOND) == {GROUP}
    assert pace.shut(MORNING + 30 * SECOND) == set()


def test_a_restart_forgets_no_call() -> None:
    """The window is rebuilt from the times in the outbox, in any order."""
    pace = Pace(rules.Pace())
    pace.rebuild(((GROUP, MORNING - number * SECOND) for number in range(18)), ())
    assert not pace.allows(GROUP, MORNING, danger=True)
    assert pace.allows(GROUP, MORNING + 43 * SECOND, danger=True)


def test_a_call_that_never_left_costs_nothing() -> None:
    """Connection refused: the place is free again."""
    pace = Pace(rules.Pace())
    for chat in (GROUP, PERSON):
        for _ in range(100):
            pace.started(chat, MORNING)
            pace.released(chat)
        assert pace.allows(chat, MORNING, danger=False)


def test_a_call_counts_from_its_end() -> None:
    """It may have arrived late: a slow call leaves the window late."""
    pace = Pace(rules.Pace())
    _spent(pace, GROUP, 17)
    pace.started(GROUP, MORNING)
    pace.ended(GROUP, MORNING + 30 * SECOND)
    _spent(pace, GROUP, 14, MORNING + MINUTE)
    assert not pace.allows(GROUP, MORNING + MINUTE, danger=False)
    assert pace.allows(GROUP, MORNING + 90 * SECOND, danger=False)


def test_a_group_with_a_new_id_does_not_start_afresh() -> None:
    """What the old id used up stays used up."""
    pace = Pace(rules.Pace())
    _spent(pace, GROUP, 18)
    pace.moved(GROUP, "-1004000001")
    assert not pace.allows("-1004000001", MORNING, danger=True)


@pytest.mark.parametrize("chat", [GROUP, PERSON])
def test_a_clock_put_back_closes_nothing_for_long(chat: str) -> None:
    """An hour back: calls and pauses count as of now, not as of an hour ahead."""
    pace = Pace(rules.Pace())
    _spent(pace, chat, 5)
    pace.pause(chat, MORNING, 35 * SECOND)
    now = earlier = MORNING - timedelta(hours=1)
    assert not pace.allows(chat, earlier, danger=False)
    while (opening := pace.next_opening(now)) is not None:
        now = opening
    assert pace.allows(chat, now, danger=False)
    assert now - earlier <= MINUTE


def test_an_open_pace_has_no_next_opening() -> None:
    """Nobody is woken for nothing."""
    pace = Pace(rules.Pace())
    _spent(pace, GROUP, 3)
    assert pace.next_opening(MORNING) is None


def test_a_full_group_opens_for_danger_first() -> None:
    """When one of 18 has left the window; for all others when four have."""
    pace = Pace(rules.Pace())
    for number in range(18):
        _spent(pace, GROUP, 1, MORNING + number * SECOND)
    openings, now = [], MORNING + 18 * SECOND
    while (opening := pace.next_opening(now)) is not None:
        openings.append(opening)
        now = opening
    assert openings == [MORNING + 60 * SECOND, MORNING + 63 * SECOND]
