"""The figures, digests and reviews that the tests of the wording speak of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from casework.case import Status
from tests.unit.messages.cast import COVER, NOW, ZONE, line
from usecases.digest_views import (
    Cause,
    ChartView,
    DigestView,
    Findings,
    Past,
    Promises,
    Row,
    Tally,
)

if TYPE_CHECKING:
    from usecases.views import Label


def tally(**changes: Any) -> Tally:
    """Four reported, three of four closed, two of them in time."""
    figures = Tally(
        reported=4,
        filed=4,
        dispatched=4,
        own=1,
        claimed=4,
        claim=360,
        closed=3,
        mend=7500,
        owed=4,
        on_time=2,
        extended=0,
        reworked=1,
        open=1,
        overdue=1,
        overnight=0,
    )
    return replace(figures, **changes)


def broken_down(name: str = "东城公司", label: Label = COVER) -> dict[str, tuple[Row, ...]]:
    """The small day broken down: all of it is grid 1, one company, one category, one tier."""
    every = tally()
    return {
        "grid": (Row(key="1", tally=every),),
        "company": (Row(key="east", name=name, tally=every),),
        "category": (Row(key="2001", names=label, tally=every),),
        "source": (Row(key="patrol", tally=every),),
        "tier": (Row(key="A", tally=every),),
    }


def digest(**changes: Any) -> DigestView:
    """The filing of a small day."""
    view = DigestView(
        kind="filing",
        zone=ZONE,
        since=NOW - timedelta(hours=17, minutes=5),
        until=NOW + timedelta(hours=6, minutes=55),
        total=tally(),
        states={Status.WAITING: 1},
        overdue=(line(overdue=True),),
        rows=broken_down(),
    )
    return replace(view, **changes)


def review(**changes: Any) -> DigestView:
    """The week from 9 to 15 November, after one with a better and one with no closing rate."""
    monday = datetime(2026, 11, 15, 16, 0, tzinfo=UTC)
    week = timedelta(days=7)
    ends = [monday - n * week for n in (1, 2)]
    tallies = (tally(reported=9, closed=9, on_time=1, owed=10), tally(closed=0, on_time=0, owed=0))
    past = tuple(
        Past(since=end - week, until=end, tally=one) for end, one in zip(ends, tallies, strict=True)
    )
    findings = Findings(
        past=past,
        places=(("金城路", 3), ("鼓楼广场", 1)),
        causes=(Cause(kind="rework", reasons=(("没修平", 2), ("", 1))),),
        promises=(Promises(company="东城公司", kept=2, broken=1),),
    )
    view = digest(kind="week", since=monday - week, until=monday, findings=findings)
    return replace(view, **changes)


def chart(**changes: Any) -> ChartView:
    """The picture of that week."""
    return ChartView(digest=review(**changes))
