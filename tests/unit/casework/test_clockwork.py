"""The repair clock: which limit a case gets, and that stopping it loses and wins no time."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import clockwork, commands, events
from casework.act import Act
from casework.case import Phase, Status, Tier
from casework.categories import Categories
from casework.decide import decide
from casework.spans import Span, TimeKind
from tests.unit.casework.people import NINE, act, case, local, town
from tests.unit.casework.reading_town import DATA

if TYPE_CHECKING:
    from casework.case import Case
    from casework.decide import Decision
    from casework.town import Town

COVER, SINKHOLE, LEAK = "2031", "2015", "2152"
"""A cover of tier B, a road collapse in three stages, and a gas leak, both of tier A."""
HOUR = timedelta(hours=1)
NOTHING = timedelta(0)


@cache
def written(**limits: str) -> Town:
    """The sample town whose categories have these limits of their own (`c2031="4 工作时"`)."""
    data = tomllib.loads((DATA / "categories.toml").read_text("utf-8"))
    for leaf in _leaves(data):
        if (limit := limits.get(f"c{leaf['code']}")) is not None:
            leaf["limit"] = limit
            leaf.pop("stages", None)
    return replace(town(), categories=Categories.from_mapping(data))


def _leaves(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [leaf for item in data["items"] for leaf in item["leaves"]]


@pytest.mark.parametrize(
    ("category", "tier", "ends", "stage"),
    [
        (COVER, Tier.THREE_DAYS, local(10, 15), ""),
        (COVER, Tier.TODAY, local(11, 0), ""),
        (SINKHOLE, Tier.TODAY, local(10, 11), "guard"),
        (SINKHOLE, Tier.THREE_DAYS, local(13, 0), ""),
        (LEAK, Tier.TODAY, local(10, 11), ""),
        (LEAK, Tier.THREE_DAYS, local(13, 0), ""),
        ("gone", Tier.THREE_DAYS, local(13, 0), ""),
    ],
)
def test_a_category_s_own_limit_holds_in_its_own_tier(
    category: str, tier: Tier, ends: datetime, stage: str
) -> None:
    """Elsewhere that of the tier; a code that left the file has none of its own."""
    city = written(c2031="4 工作时", c2152="2 紧急工作时")
    one = clockwork.by_rule(case(category=category, tier=tier), NINE, city)
    assert (one.deadline, one.stage, one.left) == (ends, stage, None)
    assert one.budget == city.work.passed(one.span.kind, NINE, ends)


def test_a_limit_of_today_keeps_its_four_hours_and_its_whole_budget() -> None:
    """Reported at 22:30 it ends at 02:30, and reminders take fractions of these four hours."""
    late = local(10, 22, 30)
    one = clockwork.by_rule(case(tier=Tier.TODAY), late, town())
    assert (one.deadline, one.budget) == (local(11, 2, 30), 4 * HOUR)


KINDS = st.sampled_from(
    [
        Span(kind=TimeKind.URGENT, amount=500),
        Span(kind=TimeKind.HOURS, amount=700),
        Span(kind=TimeKind.WORKDAYS, amount=3),
        Span(kind=TimeKind.DAYS, amount=3),
    ]
)
LENGTHS = st.timedeltas(NOTHING, timedelta(days=6))


@given(KINDS, st.lists(st.tuples(LENGTHS, LENGTHS), max_size=4))
def test_pauses_neither_lose_nor_win_time(
    span: Span, pauses: list[tuple[timedelta, timedelta]]
) -> None:
    """The time that ran before each stop, and what is left or over, make up the limit."""
    work = town().work
    one, at, ran = clockwork.under(case(), span, NINE, town()), NINE, NOTHING
    for until_stop, pause in pauses:
        stop = at + until_stop
        ran += work.passed(span.kind, at, stop)
        one = clockwork.stopped(one, stop, town())
        assert one.left is not None
        assert ran + one.left == one.budget
        at = stop + pause
        one = clockwork.resumed(one, at, town())
        assert work.passed(span.kind, at, one.deadline) == one.budget - ran
    assert one.left is None


def test_a_clock_that_stands_is_not_stopped_twice_and_late_stays_late() -> None:
    """A suspension keeps what was left; a late after-photo that fails, how late it was."""
    one = clockwork.stopped(case(), local(10, 9), town())
    assert clockwork.stopped(one, local(12, 9), town()) == one
    late = clockwork.stopped(case(), local(20, 9), town())
    assert late.left == late.deadline - local(20, 9) < NOTHING
    again = clockwork.resumed(replace(late, rung=2, rung_limit=late.deadline), local(21, 9), town())
    assert again.deadline == late.deadline + timedelta(days=1)
    assert again.rung_limit == again.deadline, "the ladder goes on under it"


@pytest.mark.parametrize(
    ("span", "ends", "extended"),
    [
        (Span(kind=TimeKind.DAYS, amount=3), local(13, 0), local(16, 0)),
        (Span(kind=TimeKind.URGENT, amount=480), local(10, 17), local(11, 1)),
        (Span(kind=TimeKind.HOURS, amount=240), local(10, 15), local(11, 9)),
        (Span(kind=TimeKind.WORKDAYS, amount=2), local(12, 9), local(16, 9)),
    ],
)
def test_an_extension_is_the_limit_once_more_from_its_end(
    span: Span, ends: datetime, extended: datetime
) -> None:
    """Of working days over a weekend; the budget grows by as much."""
    one = clockwork.under(case(), span, NINE, town())
    assert one.deadline == ends
    longer = clockwork.extended(one, town())
    assert longer.deadline == extended
    assert longer.budget == town().work.passed(span.kind, NINE, extended)


def test_another_company_s_promise_lasts_as_long_as_the_first() -> None:
    """Fourteen days from the transfer."""
    promised = clockwork.until_day(
        replace(case(), tier=Tier.PROMISED, promised=local(23, 12).date()),
        local(23, 12).date(),
        NINE,
        town(),
    )
    again = clockwork.anew(replace(promised, overdue=True), local(25, 9), town())
    assert again.promised is not None
    assert (again.promised.month, again.promised.day) == (4, 7)
    assert not again.overdue


def recategorised(
    one: Case, to: str, city: Town, who: str = "officer01", hour: int = 10
) -> Decision:
    """What 改类别 decides in a town."""
    by = act(who, local(10, hour))
    by = Act(person=by.person, at=by.at, now=by.now, town=city)
    return decide(one, commands.SetCategory(category=to), by)


def test_a_limit_follows_a_corrected_category() -> None:
    """Counted from the report; where that has passed, from the correction."""
    city = written(c2031="4 工作时", c2014="1 工作时")
    one = clockwork.by_rule(case(category=COVER), NINE, city)
    early = recategorised(one, "2014", city, hour=9)
    assert early.case.deadline == local(10, 10)
    assert isinstance(early.events[-1], events.DeadlineChanged)
    late = recategorised(one, "2014", city, hour=14)
    assert late.case.deadline == local(10, 15)


def test_a_limit_that_somebody_set_stays_with_another_category() -> None:
    """By a supervisor, or extended, or promised."""
    city = written(c2014="1 工作时")
    one = clockwork.by_rule(case(category=COVER), NINE, city)
    for other in (
        clockwork.for_hours(one, 6, NINE, city),
        replace(clockwork.extended(one, city), extensions=1),
        clockwork.until_day(
            replace(one, promised=local(20, 9).date()), local(20, 9).date(), NINE, city
        ),
    ):
        assert recategorised(other, "2014", city).case.deadline == other.deadline


def test_a_dangerous_category_raises_the_tier_and_none_lowers_it() -> None:
    """A sinkhole is one of today's, in its first stage; called a cover, it stays of today."""
    raised = recategorised(case(category=COVER), SINKHOLE, town()).case
    assert (raised.tier, raised.stage, raised.deadline) == (Tier.TODAY, "guard", local(10, 12))
    longer = recategorised(raised, COVER, town())
    assert (longer.case.tier, longer.case.deadline) == (Tier.TODAY, raised.deadline)
    by_supervisor = recategorised(raised, COVER, town(), "supervisor01").case
    assert (by_supervisor.stage, by_supervisor.deadline) == ("", local(11, 0))


def test_the_stages_follow_each_other_and_the_last_has_no_next() -> None:
    """Guard, repair, restore; each proven by its own photo."""
    one = clockwork.by_rule(case(category=SINKHOLE, tier=Tier.TODAY), NINE, town())
    seen = []
    for hour in (10, 12, 14):
        seen.append((one.stage, clockwork.evidence(one, town()), one.deadline))
        one = clockwork.staged_on(one, local(10, hour), town())
    assert seen == [
        ("guard", Phase.SIGN, local(10, 11)),
        ("repair", Phase.DURING, local(11, 10)),
        ("restore", Phase.AFTER, local(13, 12)),
    ]
    assert clockwork.next_stage(one, town()) is None
    assert one.stage == "restore"


def test_a_late_stage_makes_the_case_late_although_the_last_was_not() -> None:
    """And the mark of being overdue goes with the stage that was."""
    one = replace(
        clockwork.by_rule(case(category=SINKHOLE, tier=Tier.TODAY), NINE, town()),
        status=Status.TAKEN,
        claimer="repairer01",
        overdue=True,
    )
    guarded = decide(one, commands.PlaceSign(), act("repairer01", local(10, 12)))
    assert isinstance(guarded.events[-1], events.StageFinished)
    assert guarded.events[-1].late
    assert (guarded.case.overdue, guarded.case.stage_late) == (False, True)
    one = guarded.case
    for hour, who in (
        (13, "repairer01"),
        (14, "repairer01"),
        (15, "officer01"),
        (16, "repairer01"),
    ):
        command = commands.Submit() if hour < 15 else commands.Pass()
        one = decide(one, command, act(who, local(10, hour))).case
    assert (one.status, one.on_time) == (Status.CLOSED, False)
