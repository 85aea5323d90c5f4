"""No number of the rules is larger or smaller than a city can live with; the bound is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import ConfigError
from bot.config.loading import parse
from casework import clockwork
from casework.case import Status, Tier
from casework.claiming import overdue_steps
from casework.nudging import point
from casework.rules import (
    MOST_DAYS,
    MOST_LIMIT_DAYS,
    MOST_PERCENT,
    MOST_TIMES,
    Climb,
    Ladder,
    Limits,
)
from tests.unit.casework.people import local, standing, town

SAMPLE = (Path(__file__).parents[3] / "bot/data/sample_town.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("[rules.limits]\ndays = 1000000", "1000000 is too large; at most 366"),
        ("[rules.limits]\npromise_days = [7, 3651]", "3651 is too large; at most 3650"),
        ("[rules.limits]\npromise_most = 3651", "3651 is too large; at most 3650"),
        ("[rules.limits]\nsuspend_days = [3651]", "3651 is too large; at most 3650"),
        ("[rules.limits]\nsuspend_most = 3651", "3651 is too large; at most 3650"),
        ("[rules.limits]\nhours_choices = [721]", "721 is too large; at most 720"),
        ("[rules.limits]\nextensions = 11", "11 is too large; at most 10"),
        ("[rules.limits]\nsuspensions = 11", "11 is too large; at most 10"),
        ('[rules.limits]\ntoday_floor = "3661 d"', "3661 d is too large; at most 3660 d"),
        ('[rules.ladder]\nagain = "59 s"', "59 s is too small; at least 60 s"),
        ('[rules.board]\nevery = "1 ms"', "1 ms is too small; at least 60 s"),
        (f"[[groups]]\nchat = {-(2**52) - 1}", "is too small; at least -4503599627370496"),
    ],
)
def test_each_bound_is_told(more: str, told: str) -> None:
    """At the key's own line."""
    with pytest.raises(ConfigError) as caught:
        parse(f"{SAMPLE}\n{more}\n", {}, source="config.toml", base=Path.cwd())
    [line] = caught.value.lines("en")
    assert told in line


def test_at_all_bounds_every_date_lies_in_the_calendar() -> None:
    """A photo is filed, extended as often as may be, and its last reminder has a date."""
    longest = timedelta(days=3660)
    limits = Limits(
        days=MOST_LIMIT_DAYS,
        today_floor=longest,
        promise_most=MOST_DAYS,
        suspend_most=MOST_DAYS,
        extensions=MOST_TIMES,
    )
    climb = Climb(claim=longest, points=(MOST_PERCENT,))
    ladder = Ladder(a=climb, b=climb, c=climb, again=longest)
    here = replace(town(), rules=replace(town().rules, limits=limits, ladder=ladder))
    for tier in (Tier.TODAY, Tier.THREE_DAYS):
        one = replace(standing(Status.TAKEN), tier=tier)
        one = clockwork.by_rule(one, one.reported_at, here)
        assert point(one, MOST_PERCENT, here).year >= one.reported_at.year + 100
        for _ in range(MOST_TIMES if tier is Tier.THREE_DAYS else 0):
            one = clockwork.extended(one, here)
        assert point(one, MOST_PERCENT, here) > one.deadline
        assert overdue_steps(one, 2, local(10, 8), here) == (2,)
