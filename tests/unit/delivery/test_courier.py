"""What the courier sends, in which order and at which pace."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.fakes.clock import MORNING
from tests.fakes.courier_desk import CITY, row
from usecases.records import Priority
from usecases.views import ReactionView, SheetSide, SheetView

if TYPE_CHECKING:
    from casework.case import Case
    from tests.fakes.courier_office import Office
    from usecases.views import Label

OTHER, PERSON = "-4000002", "1011"
SECOND = timedelta(seconds=1)


def _sheet_view() -> SheetView:
    side = SheetSide(photos=(), at=None, name="")
    nothing: object = None
    case: Case = nothing  # type: ignore[assignment] # the fake letters look at nothing
    defect: Label = nothing  # type: ignore[assignment]
    return SheetView(
        case=case, defect=defect, zone=CITY, before=side, after=side, patrol=(), submitter=""
    )


async def test_a_row_is_taken_sent_and_marked(office: Office) -> None:
    """Marked before the call, and after it with the message it became."""
    office.queue(row(1))
    await office.clock.settle()
    assert office.desk.diary == [("taken", 1), ("sent", 1, "1")]
    assert office.told == ["row-1"]


async def test_a_parcel_holds_all_that_the_row_says(office: Office) -> None:
    """Reply, topic, receiver and sound."""
    office.queue(row(1, reply_to="55", thread="7", only="1011", loud=True))
    await office.clock.settle()
    parcel = office.gateway.calls[0].parcel
    assert parcel is not None
    assert (parcel.reply_to, parcel.thread, parcel.only, parcel.silent) == (
        "55",
        "7",
        "1011",
        False,
    )


async def test_a_private_message_quotes_nothing(office: Office) -> None:
    """The photo lies in the group: there is nothing to reply to."""
    office.queue(row(1, PERSON, reply_to="55", thread="7"))
    await office.clock.settle()
    parcel = office.gateway.calls[0].parcel
    assert parcel is not None
    assert (parcel.reply_to, parcel.thread, parcel.silent) == ("", "", True)


async def test_a_reaction_goes_to_the_message_it_is_about(office: Office) -> None:
    """No letter is written for it."""
    office.desk.views[1] = ReactionView(emoji="✍")
    office.queue(row(1, reply_to="55", free=True))
    await office.clock.settle()
    assert office.told == ["✍@55"]


async def test_a_sheet_goes_with_its_picture(office: Office) -> None:
    """The words are its caption."""
    office.desk.views[1] = _sheet_view()
    office.queue(row(1))
    await office.clock.settle()
    parcel = office.gateway.calls[0].parcel
    assert parcel is not None
    assert (parcel.picture, parcel.captioned) == (b"jpeg", True)


@pytest.mark.parametrize("fails", [True, False])
async def test_a_sheet_that_cannot_be_drawn_goes_as_words(office: Office, fails: bool) -> None:  # noqa: FBT001
    """The two keys must reach the people all the same."""
    office.desk.views[1] = _sheet_view()
    office.painter.picture = None
    office.painter.fails = fails
    office.queue(row(1))
    await office.clock.settle()
    parcel = office.gateway.calls[0].parcel
    assert parcel is not None
    assert parcel.picture is None
    assert office.said("sent") == [("sent", 1, "1")]


async def test_an_edited_sheet_is_not_painted_again(office: Office) -> None:
    """Only its caption changes."""
    office.desk.views[1] = _sheet_view()
    office.desk.edits[1] = "77"
    office.queue(row(1))
    await office.clock.settle()
    parcel = office.gateway.calls[0].parcel
    assert parcel is not None
    assert (parcel.edit, parcel.captioned, parcel.picture) == ("77", True, None)


async def test_urgent_rows_go_first(office: Office) -> None:
    """Danger card, card, ladder, sheet, close, edit, board; in a lane first in, first out."""
    order = [Priority.BOARD, Priority.EDIT, Priority.LADDER, Priority.CARD, Priority.DANGER_CARD]
    office.queue(*(row(number, priority=one) for number, one in enumerate(order, start=1)))
    await office.clock.settle()
    assert office.told == ["row-5", "row-4", "row-3", "row-2", "row-1"]


async def test_a_case_is_told_in_order(office: Office) -> None:
    """A later row of the same case never overtakes, however urgent."""
    office.queue(
        row(1, case_id=9, priority=Priority.EDIT, not_before=MORNING + 5 * SECOND),
        row(2, case_id=9, priority=Priority.DANGER_CARD),
        row(3, case_id=8),
    )
    await office.clock.advance(10 * SECOND)
    assert office.told == ["row-3", "row-1", "row-2"]
    assert office.seconds == [0, 5, 5]


async def test_chats_are_written_to_side_by_side_one_call_each(office: Office) -> None:
    """At most eight at once; the fake refuses two calls of one chat."""
    office.gateway.hold = asyncio.Event()
    office.queue(*(row(number, str(1000 + number % 10)) for number in range(1, 31)))
    for _ in range(8):
        await office.gateway.began.acquire()
    office.gateway.hold.set()
    await office.clock.advance(timedelta(minutes=1))
    assert office.gateway.most_at_once == 8
    assert len(office.told) == 30


async def test_a_row_that_is_not_due_waits_for_its_time(office: Office) -> None:
    """Not a second sooner, and nobody spins meanwhile."""
    office.queue(row(1, not_before=MORNING + timedelta(minutes=3)))
    await office.clock.settle()
    asked, slept = office.desk.questions, office.clock.sleeps
    await office.clock.advance(timedelta(minutes=2, seconds=59))
    assert office.told == []
    assert (office.desk.questions, office.clock.sleeps) == (asked, slept)
    await office.clock.advance(SECOND)
    assert office.seconds == [180]


async def test_a_dropped_row_is_not_sent_and_costs_no_place(office: Office) -> None:
    """Its reason had gone: the next row of its lane follows."""
    office.desk.dropped = set(range(1, 31))
    office.queue(*(row(number, case_id=9) for number in range(1, 32)))
    await office.clock.settle()
    assert office.told == ["row-31"]


async def test_sixty_cards_keep_the_pace_and_danger_goes_at_once(office: Office) -> None:
    """15 at once, the danger card within the reserve, all 61 within four minutes."""
    office.queue(*(row(number) for number in range(1, 61)))
    await office.clock.advance(10 * SECOND)
    office.queue(row(61, priority=Priority.DANGER_CARD))
    await office.clock.settle()
    assert office.told[15] == "row-61"
    assert office.seconds[15] == 10
    await office.clock.advance(timedelta(minutes=4))
    assert len(office.told) == 61
    assert office.seconds[-1] <= 240
    times = office.seconds
    assert all(later - sooner >= 60 for sooner, later in zip(times, times[18:], strict=False))


async def test_free_rows_go_even_when_a_group_is_full(office: Office) -> None:
    """Reactions and what one person alone sees are not counted."""
    cards = [row(number, priority=Priority.DANGER_CARD) for number in range(1, 25)]
    office.queue(*cards, row(99, free=True, only="1011", priority=Priority.ANSWER))
    await office.clock.settle()
    assert len(office.told) == 19
    assert "row-99" in office.told


async def test_a_full_group_holds_up_nobody_else(office: Office) -> None:
    """Forty danger cards wait in one group; the other group's card goes."""
    cards = [row(number, priority=Priority.DANGER_CARD) for number in range(1, 60)]
    office.queue(*cards)
    await office.clock.settle()
    office.queue(row(99, OTHER))
    await office.clock.settle()
    assert "row-99" in office.told


async def test_a_person_gets_a_burst_of_five_then_one_a_second(office: Office) -> None:
    """As Telegram wants it in private chats."""
    office.queue(*(row(number, PERSON) for number in range(1, 9)))
    await office.clock.advance(10 * SECOND)
    assert office.seconds == [0, 0, 0, 0, 0, 1, 2, 3]
