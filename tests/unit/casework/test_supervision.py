"""The supervision ladder of a limit: when a rung is due, who moves it on, and what ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from casework import clockwork, commands, events, refusals, supervision
from casework.agenda import Kind, agenda
from casework.case import Status, Tier
from casework.decide import decide
from tests.unit.casework.people import act, after, case, local, town

if TYPE_CHECKING:
    from datetime import datetime

    from casework.case import Case

TAKEN = case(status=Status.TAKEN, claimer="repairer01")
"""Three days from the 10th at nine: 63 hours."""
DANGER = case(tier=Tier.TODAY, status=Status.TAKEN, claimer="repairer01")
"""15 hours."""


def due(one: Case) -> tuple[int, datetime] | None:
    """The next rung and its moment, as the agenda has it."""
    found = [(e.step, e.at) for e in agenda(one, town()) if e.kind is Kind.RUNG]
    assert len(found) <= 1
    return found[0] if found else None


def reminded(one: Case) -> Case:
    """The case at its limit."""
    return after(one, commands.Remind(), act(at=one.deadline))


def drafted(one: Case, at: datetime) -> Case:
    """The case with its next rung drafted."""
    return after(one, commands.DraftOrder(), act(at=at))


def issued(one: Case, at: datetime) -> Case:
    """The case with its draft issued."""
    command = commands.IssueOrder(rung=one.rung, number="2026-1")
    return after(one, command, act("supervisor01", at))


def test_the_first_rung_is_the_limit_itself() -> None:
    """At 24:00, for it disturbs nobody."""
    assert due(TAKEN) == (1, local(13, 0))
    assert due(DANGER) == (1, local(11, 0))
    decision = decide(TAKEN, commands.Remind(), act(at=local(13, 0)))
    assert decision.events == (events.Reminded(deadline=TAKEN.deadline),)
    assert decision.case.version == TAKEN.version, "it ends nobody's undo"


def test_each_later_rung_waits_for_its_point_and_a_day_and_the_morning() -> None:
    """Three days: 63 hours after the limit; a danger: a day, and at any hour."""
    assert due(reminded(TAKEN)) == (2, local(15, 15))
    assert due(reminded(DANGER)) == (2, local(12, 0))
    late = replace(reminded(TAKEN), rung_at=local(15, 4))
    assert due(late) == (2, local(16, 7)), "a day later is 04:00; it waits for the morning"


def test_the_next_rung_is_only_due_once_the_one_before_was_issued() -> None:
    """A draft that waits holds the ladder; so does one that was declined."""
    waiting = drafted(reminded(TAKEN), local(15, 15))
    assert due(waiting) is None
    signed = issued(waiting, local(16, 10))
    assert due(signed) == (3, local(18, 7)), "three times the limit is 06:00 of the 18th"
    slow = issued(waiting, local(19, 10))
    assert due(slow) == (3, local(20, 10)), "a day after it was issued"
    no = after(waiting, commands.DeclineOrder(rung=2), act("supervisor01", local(16, 10)))
    assert due(no) is None


def test_there_are_four_rungs() -> None:
    """After 提请党组 there is none."""
    one, at = reminded(DANGER), local(12, 0)
    for rung in (2, 3, 4):
        one = issued(drafted(one, at), at)
        assert one.rung == rung
        at += timedelta(days=1)
    assert due(one) is None


def test_a_standing_clock_has_no_ladder() -> None:
    """Mended, put off or ended."""
    one = clockwork.stopped(reminded(TAKEN), local(14, 9), town())
    assert due(one) is None
    assert due(replace(one, status=Status.CHECKING)) is None
    assert due(replace(reminded(TAKEN), status=Status.CLOSED)) is None


def test_another_limit_begins_anew() -> None:
    """After a rework, an extension, another tier: from the first rung, whatever was declined."""
    waiting = drafted(reminded(TAKEN), local(15, 15))
    no = after(waiting, commands.DeclineOrder(rung=2), act("supervisor01", local(16, 10)))
    longer = clockwork.extended(no, town())
    assert due(longer) == (1, longer.deadline)
    again = reminded(longer)
    assert (again.rung, again.rung_declined, again.rung_asked) == (1, False, False)
    assert not supervision.draft_stands(clockwork.extended(waiting, town()))


@pytest.mark.parametrize("command", [commands.IssueOrder(rung=2), commands.DeclineOrder(rung=2)])
def test_only_a_draft_that_stands_is_decided(
    command: commands.IssueOrder | commands.DeclineOrder,
) -> None:
    """Not before it is drafted, not another rung, not twice, not once it is mended."""
    waiting = drafted(reminded(TAKEN), local(15, 15))
    boss = act("supervisor01", local(16, 10))
    for one in (
        TAKEN,
        reminded(TAKEN),
        replace(waiting, rung=3),
        after(waiting, command, boss),
        clockwork.stopped(replace(waiting, status=Status.CHECKING), local(16, 9), town()),
    ):
        with pytest.raises(refusals.Outdated):
            decide(one, command, boss)


def test_the_clock_moves_the_ladder_only_when_it_is_due() -> None:
    """Neither early nor twice."""
    early = act(at=local(12, 23))
    with pytest.raises(refusals.NothingChanged):
        decide(TAKEN, commands.Remind(), early)
    with pytest.raises(refusals.NothingChanged):
        decide(reminded(TAKEN), commands.Remind(), act(at=local(13, 1)))
    with pytest.raises(refusals.NothingChanged):
        decide(reminded(TAKEN), commands.DraftOrder(), act(at=local(15, 14)))
    waiting = drafted(reminded(TAKEN), local(15, 15))
    with pytest.raises(refusals.NothingChanged):
        decide(waiting, commands.DraftOrder(), act(at=local(18, 15)))


def test_a_dropped_draft_was_not_reached() -> None:
    """Its rung is due again under the same limit, under another key."""
    waiting = drafted(reminded(TAKEN), local(15, 15))
    gone = supervision.dropped(waiting, local(15, 16))
    assert due(gone) == (2, local(16, 16))
    keys = {e.key for one in (reminded(TAKEN), gone) for e in agenda(one, town())}
    assert len([key for key in keys if ":rung:" in key]) == 2
