"""The 34 faults and their pairs: nothing is lost, nothing is half done, nothing is said twice.

A failure names fault and seed; the same names play the same run again.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.harness.faults import controls
from tests.harness.faults.matrix import FAULTS, Fault
from tests.harness.faults.road import DANGER, SMALL
from tests.harness.faults.runs import ROADS, play

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.faults.bench import Bench
    from tests.harness.faults.road import Road

SEEDS = 10
PAIRS = 100
SHEETS = 10
"""The pairs come in so many tests, which may run side by side."""
PATIENCE = 400
"""Seconds; on a quiet machine a test takes two."""

pytestmark = pytest.mark.timeout(PATIENCE)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_loses_nothing_and_doubles_nothing(name: str) -> None:
    """With ten seeds; the town is quiet a minute later."""
    assert play(([FAULTS[name]], str(seed)) for seed in range(SEEDS)) == []


@pytest.mark.parametrize(
    ("names", "seed", "place"),
    [
        ("F15", 22, SMALL),  # a photo's next try was ten minutes away when all else was done
        ("F17", 12, SMALL),  # the simulator let a private chat migrate
        ("F17", 47, DANGER),  # a report was posted in a group that had become another one
        ("F18", 38, SMALL),  # the newest card was torn off, an older one still stood
        ("F5+F16", 0, SMALL),  # people went on while Telegram dropped what they did
        ("F5+F17", 0, DANGER),  # a group that had moved unheard was left as a stranger's
        ("F5+F34", 0, SMALL),  # a report that came late at night waited for the morning
        ("F5+F27", 2, DANGER),  # a second process was started when there was no first
        ("F8+F16", 1, SMALL),  # who had blocked the bot was not told that it was back
        ("F14+F33", 2, DANGER),  # a report that waited for its next try waited an hour more
        ("F26+F30", 3, DANGER),  # the first start succeeded after the hour of the report only
        ("F26+F34", 3, DANGER),  # it was started again before it had ended
        ("F5+F15", 4, SMALL),  # what was done while all was HTML was dropped in the day away
        ("F17+F18", 4, DANGER),  # with the card torn off, somebody replied to nothing
        ("F11+F31", 0, SMALL),  # a row was marked as being sent by a commit that did not say so
    ],
)
def test_what_went_wrong_once_goes_well(names: str, seed: int, place: str) -> None:
    """Found by `make soak`; not among the seeds below ten."""
    run = ([FAULTS[name] for name in names.split("+")], str(seed))
    assert play([run], first=ROADS.index((place,))) == []


@pytest.mark.parametrize("sheet", range(SHEETS))
def test_two_faults_at_once_lose_nothing_either(sheet: int) -> None:
    """A hundred of the 561 pairs; `make soak` plays them all."""
    pairs = Random(561).sample(list(combinations(FAULTS.values(), 2)), PAIRS)  # noqa: S311 - replays
    assert play((pair, "1") for pair in pairs[sheet::SHEETS]) == []


def test_nothing_goes_wrong_when_nothing_goes_wrong() -> None:
    """The roads themselves."""
    assert play(([], str(seed)) for seed in range(2)) == []


def test_a_run_is_the_same_again() -> None:
    """What a control breaks, it breaks with the same words."""
    runs = [([_fault(controls.killed_at_intake), _fault(controls.confirm_first)], "2")] * 2
    once = play(runs)
    assert once == play(runs)
    assert once


def test_the_stock_loop_loses_cases_on_the_same_bench() -> None:
    """It confirms first; the same kills take nothing from the product."""
    kills, stock = _fault(controls.killed_at_intake), _fault(controls.confirm_first)
    assert play(([kills], str(seed)) for seed in range(4)) == []
    wrong = play(([kills, stock], str(seed)) for seed in range(4))
    assert any("0 cases instead of one" in one or "stuck before" in one for one in wrong)


def test_a_courier_that_marks_afterwards_says_things_twice_on_the_same_bench() -> None:
    """The product marks before it calls, and knows what it may have said."""
    kills, late = _fault(controls.killed_when_told), _fault(controls.unmarked)
    assert play(([kills], str(seed)) for seed in range(4)) == []
    wrong = play(([kills, late], str(seed)) for seed in range(4))
    assert any("was told 2 times" in one for one in wrong)


def test_a_clock_that_was_put_back_holds_no_edit_up() -> None:
    """The card was edited an hour ahead of time: the next edit need not wait for that hour.

    It is claimed in between; the card that shows the end is wanted within 45 minutes.
    """

    def hour_ahead(bench: Bench, _road: Road) -> None:
        bench.later(20, lambda: bench.machine.turn(timedelta(hours=1)))
        bench.later(150, lambda: bench.machine.turn(timedelta()))
        bench.ends(bench.now + timedelta(seconds=150))

    assert play(([_fault(hour_ahead)], str(seed)) for seed in (0, 2)) == []


def _fault(strike: Callable[[Bench, Road], None]) -> Fault:
    return Fault(strike.__name__, strike)
