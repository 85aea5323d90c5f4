"""One judgement, from the signs alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from web.health import Complaint, Limits, Reason, Signs, alive, judge
from web.pulse import Pulse

LIMITS = Limits(patience=timedelta(minutes=3), clock_off=timedelta(minutes=2), disk_mb=200)
WELL = Signs(heard=timedelta(seconds=30), wrote=timedelta(0), clock_off=timedelta(0), disk_mb=5_000)


def test_a_bot_that_makes_progress_is_well() -> None:
    """Even if nobody told the time and the disk was not looked at yet."""
    assert judge(WELL, LIMITS) == ()
    assert judge(replace(WELL, clock_off=None, disk_mb=None), LIMITS) == ()


@pytest.mark.parametrize(
    ("signs", "reason"),
    [
        (
            replace(WELL, heard=timedelta(seconds=180.2)),
            Reason(what=Complaint.DEAF, value=180.2, limit=180.0),
        ),
        (
            replace(WELL, wrote=timedelta(hours=1)),
            Reason(what=Complaint.WRITER, value=3600.0, limit=180.0),
        ),
        (
            replace(WELL, clock_off=timedelta(seconds=-121)),
            Reason(what=Complaint.CLOCK, value=121.0, limit=120.0),
        ),
        (replace(WELL, disk_mb=199), Reason(what=Complaint.DISK, value=199, limit=200)),
        (replace(WELL, contested=True), Reason(what=Complaint.CONTESTED)),
    ],
)
def test_each_thing_that_is_wrong_is_told_with_its_figure(signs: Signs, reason: Reason) -> None:
    """At the limit itself all is well."""
    assert judge(signs, LIMITS) == (reason,)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """One look is enough."""
    ill = Signs(
        heard=timedelta(hours=1),
        wrote=timedelta(hours=1),
        clock_off=timedelta(hours=1),
        disk_mb=0,
    )
    told = [reason.what for reason in judge(ill, LIMITS)]
    assert told == [Complaint.DEAF, Complaint.WRITER, Complaint.CLOCK, Complaint.DISK]


@pytest.mark.parametrize("phase", [Complaint.STARTING, Complaint.STOPPING])
def test_before_and_after_its_work_the_bot_is_not_well_but_alive(phase: Complaint) -> None:
    """What the parts show then says nothing."""
    reasons = judge(replace(WELL, phase=phase, heard=timedelta(hours=1)), LIMITS)
    assert reasons == (Reason(what=phase),)
    assert alive(reasons)


@pytest.mark.parametrize("what", Complaint)
def test_a_process_is_ended_only_for_what_a_restart_may_cure(what: Complaint) -> None:
    """A full disk would make it start for ever."""
    assert alive((Reason(what=what),)) is (what not in {Complaint.DEAF, Complaint.WRITER})


def test_the_pulse_counts_from_the_start_and_then_from_each_stamp() -> None:
    """A long start is nobody's fault."""
    now = 1000.0
    pulse = Pulse(lambda: now, LIMITS)
    now += 3600
    assert [reason.what for reason in pulse.reasons()] == [Complaint.STARTING]
    pulse.begin()
    now += 181
    assert [reason.what for reason in pulse.reasons()] == [Complaint.DEAF, Complaint.WRITER]
    pulse.heard()
    assert [reason.what for reason in pulse.reasons()] == [Complaint.WRITER]
    pulse.wrote()
    assert pulse.reasons() == ()
