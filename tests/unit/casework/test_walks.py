"""Whatever people do to a case in whatever order: what must always be true of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from casework import commands, events
from casework.case import Case, Status, Tier
from casework.decide import decide
from casework.permissions import PATROL_KEY, REPAIR_KEY, relations
from casework.refusals import Refusal
from tests.unit.casework.people import NINE, SAMPLES, act, case, town
from usecases import snapshot

if TYPE_CHECKING:
    from casework.decide import Decision

CAST = ("officer01", "repairer01", "standby_east", "manager_east", "supervisor01", "officer02", "")
LIKELY = (commands.Submit, commands.Pass, commands.Rework, commands.Claim)
STEPS = st.lists(
    st.tuples(
        st.one_of(
            st.sampled_from(LIKELY), st.sampled_from(sorted(SAMPLES, key=lambda c: c.__name__))
        ),
        st.sampled_from(CAST),
        st.integers(min_value=0, max_value=900),
    ),
    max_size=25,
)
CLOCK = {
    commands.MarkOverdue,
    commands.MarkSignMissing,
    commands.Remind,
    commands.DraftOrder,
}
Steps = list[tuple[type[commands.Command], str, int]]


def walk(steps: Steps) -> list[tuple[Case, Decision]]:
    """Each case with what was decided about it."""
    one, at, found = case(), NINE, []
    for command, who, minutes in steps:
        at += timedelta(minutes=minutes)
        if not who and command not in CLOCK:
            continue  # the clock does nothing else
        try:
            decision = decide(one, SAMPLES[command], act(who, at))
        except Refusal:
            continue
        found.append((one, decision))
        one = decision.case
    return found


@given(STEPS)
def test_a_closed_case_was_checked_by_two_people_of_two_sides(steps: Steps) -> None:
    """And nothing happens to it afterwards."""
    for was, decision in walk(steps):
        assert was.open
        one = decision.case
        if one.status is Status.CLOSED:
            assert one.patrol_key != one.repair_key
            by_person = town().roster.people
            assert relations(one, by_person[one.patrol_key], town().roster) & PATROL_KEY
            assert relations(one, by_person[one.repair_key], town().roster) & REPAIR_KEY
            assert one.on_time is not None
            assert isinstance(decision.events[-1], events.CaseClosed)


@given(STEPS)
def test_a_case_in_work_is_somebodys(steps: Steps) -> None:
    """Whoever begins, guards or mends an untaken case has taken it."""
    for _, decision in walk(steps):
        one = decision.case
        if one.status in {Status.TAKEN, Status.REPAIRING, Status.CHECKING, Status.REWORK}:
            assert one.claimer
        if one.status is Status.WAITING:
            assert not one.claimer
        assert (one.tier is Tier.PROMISED) == (one.promised is not None)


@given(STEPS)
def test_every_decision_says_what_happened_and_versions_only_grow(steps: Steps) -> None:
    """A row of history for each change; nothing is changed in silence."""
    for was, decision in walk(steps):
        assert decision.events
        assert decision.case.version in {was.version, was.version + 1}
        assert decision.case != was or all(
            isinstance(event, events.WordsAdded) for event in decision.events
        )


@given(STEPS)
def test_a_case_comes_back_from_its_snapshot_as_it_was(steps: Steps) -> None:
    """What an undo restores is the exact state of before."""
    for was, decision in walk(steps):
        assert snapshot.unpack(snapshot.pack(was)) == was
        undone = replace(decision.case, sign_at=None)
        assert snapshot.unpack(snapshot.pack(undone)) == undone


@given(STEPS)
def test_no_rung_is_reached_but_by_the_clock_and_no_paper_issued_but_by_a_supervisor(
    steps: Steps,
) -> None:
    """One rung after another, and the next only when the one before was issued."""
    for was, decision in walk(steps):
        one, happened = decision.case, decision.events
        rungs = [e.rung for e in happened if isinstance(e, events.OrderIssued)]
        assert all(was.rung_asked and was.rung == rung for rung in rungs)
        if any(isinstance(e, events.OrderDrafted) for e in happened):
            assert not was.rung_asked
            assert not was.rung_declined
            assert one.rung == was.rung + 1
