"""What the courier sends, in which order, and what it says about it."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from casework import rules
from delivery.courier import Courier
from delivery.outcomes import (
    Absence,
    Later,
    Maybe,
    Migrated,
    NoChat,
    NoMessage,
    Outcome,
    Refused,
    Same,
    Sent,
    SurelyNot,
    TokenRefused,
    TokenRefusedError,
)
from delivery.pace import Pace
from tests.fakes.clock import MORNING, ManualClock
from tests.fakes.courier_desk import CITY, GROUP, FakeCourierDesk, row
from tests.fakes.gateway import FakeGateway, PlainLetters, PlainPainter
from usecases.records import Outgoing, Priority
from usecases.records import Sent as State
from usecases.views import ReactionView, SheetSide, SheetView

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from casework.case import Case
    from usecases.views import Label

OTHER, PERSON = "-4000002", "1011"
SECOND = timedelta(seconds=1)


@dataclass
class Office:
    """A courier and everything around it."""

    clock: ManualClock = field(default_factory=ManualClock)
    desk: FakeCourierDesk = field(init=False)
    gateway: FakeGateway = field(init=False)
    letters: PlainLetters = field(default_factory=PlainLetters)
    painter: PlainPainter = field(default_factory=PlainPainter)
    pace: Pace = field(default_factory=lambda: Pace(rules.Pace()))
    courier: Courier = field(init=False)

    def __post_init__(self) -> None:
        self.desk = FakeCourierDesk(self.clock)
        self.gateway = FakeGateway(self.clock)
        self.courier = Courier(
            desk=self.desk,
            gateway=self.gateway,
            letters=self.letters,
            painter=self.painter,
            pace=self.pace,
            clock=self.clock,
        )
        self.clock.add_probe(lambda: self.courier.idle)

    def queue(self, *rows: Outgoing) -> None:
        """Commit rows."""
        for one in rows:
            self.desk.add(one)
        self.courier.poke()

    def script(self, *outcomes: Outcome, chat: str = GROUP) -> None:
        """Let the next calls of a chat end like this."""
        self.gateway.script[chat].extend(outcomes)

    @property
    def told(self) -> list[str]:
        """Keys of the rows in the order of their calls."""
        return [call.text for call in self.gateway.calls]

    @property
    def seconds(self) -> list[float]:
        """When the calls were made, from the start."""
        return [(call.at - MORNING).total_seconds() for call in self.gateway.calls]

    def said(self, *events: str) -> list[tuple[object, ...]]:
        """The diary's lines of these events."""
        return [line for line in self.desk.diary if line[0] in events]


@asynccontextmanager
async def _open(office: Office) -> AsyncIterator[Office]:
    """Run the courier of an office until the block ends."""
    async with asyncio.TaskGroup() as group:
        group.create_task(office.courier.run(), name="courier")
        await office.clock.settle()
        yield office
        await office.courier.stop()


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    """A running courier with an empty outbox."""
    async with _open(Office()) as running:
        yield running


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
    office.queue(*cards, row(99, OTHER))
    await office.clock.settle()
    assert "row-99" in office.told


async def test_a_person_gets_a_burst_of_five_then_one_a_second(office: Office) -> None:
    """As Telegram wants it in private chats."""
    office.queue(*(row(number, PERSON) for number in range(1, 9)))
    await office.clock.advance(10 * SECOND)
    assert office.seconds == [0, 0, 0, 0, 0, 1, 2, 3]


async def test_a_flood_answer_pauses_that_chat_alone(office: Office) -> None:
    """All of `retry_after`, danger included; the other chat goes on."""
    office.script(Later(35 * SECOND))
    office.queue(row(1), row(2, priority=Priority.EDIT), row(3, OTHER))
    await office.clock.settle()
    office.queue(row(4, priority=Priority.DANGER_CARD), row(5, free=True))
    await office.clock.advance(34 * SECOND)
    assert office.told == ["row-1", "row-3"]
    await office.clock.advance(SECOND)
    assert sorted(office.told[2:]) == ["row-1", "row-2", "row-4", "row-5"]
    assert set(office.seconds[2:]) == {35}


async def test_what_surely_failed_is_tried_again_with_back_off(office: Office) -> None:
    """1, 2, 4 s … and the chat rests meanwhile, so that its order holds."""
    office.script(*[SurelyNot("ClientConnectorError", reached=False)] * 4)
    office.queue(row(1), row(2))
    await office.clock.advance(30 * SECOND)
    assert office.told[-2:] == ["row-1", "row-2"] or office.told[-2:] == ["row-2", "row-1"]
    assert office.seconds[:5] == [0, 1, 3, 7, 15]
    assert office.desk.left() == []


async def test_a_refused_connection_costs_no_place_of_the_pace(office: Office) -> None:
    """After a long outage the group is not closed by calls that never left."""
    office.script(*[SurelyNot("ClientConnectorError", reached=False)] * 30)
    office.queue(*(row(number) for number in range(1, 16)))
    await office.clock.advance(timedelta(minutes=30))
    office.gateway.script.clear()
    await office.clock.advance(timedelta(minutes=1))
    assert office.desk.left() == []


async def test_a_server_error_counts_and_is_tried_again(office: Office) -> None:
    """It reached Telegram, which may have counted it."""
    office.script(*[SurelyNot("Internal Server Error", reached=True)] * 2)
    office.queue(row(1))
    await office.clock.advance(10 * SECOND)
    assert office.said("again", "sent") == [
        ("again", 1, "Internal Server Error"),
        ("again", 1, "Internal Server Error"),
        ("sent", 1, "3"),
    ]


async def test_a_row_that_always_fails_does_not_stop_its_chat(office: Office) -> None:
    """Other cases get through between its attempts."""
    bad = SurelyNot("Internal Server Error", reached=True)
    office.script(bad, Sent("1"), bad, Sent("2"), bad, bad)
    office.queue(row(1, priority=Priority.DANGER_CARD), row(2), row(3))
    await office.clock.advance(timedelta(minutes=2))
    assert office.desk.left() == []


async def test_a_maybe_follows_the_policy_of_the_kind(office: Office) -> None:
    """A card is sent again, a nudge is not."""
    office.script(Maybe("TimeoutError"))
    office.script(Maybe("TimeoutError"), chat=OTHER)
    office.queue(row(1), row(2, OTHER, kind="nudge"))
    await office.clock.advance(10 * SECOND)
    assert office.told == ["row-1", "row-2", "row-1"]
    assert office.desk.rows[1].state is State.SENT
    assert office.desk.rows[2].state is State.DROPPED


async def test_ten_minutes_of_broken_gateways_make_few_copies(office: Office) -> None:
    """Each ambiguous attempt may be a copy in the group: they come ever more rarely."""
    office.script(*[Maybe("ClientDecodeError")] * 1000)
    office.queue(row(1))
    await office.clock.advance(timedelta(minutes=10))
    assert len(office.told) <= 16
    office.gateway.script.clear()
    await office.clock.advance(timedelta(minutes=1))
    assert office.desk.rows[1].state is State.SENT


async def test_an_unchanged_message_is_a_success(office: Office) -> None:
    """`message is not modified`: it looks as it should."""
    office.desk.edits[1] = "77"
    office.script(Same())
    office.queue(row(1))
    await office.clock.settle()
    assert office.said("sent") == [("sent", 1, "77")]


async def test_a_deleted_card_is_told_to_the_desk(office: Office) -> None:
    """Which posts it again."""
    office.desk.edits[1] = "77"
    office.script(NoMessage("message to edit not found"))
    office.queue(row(1))
    await office.clock.settle()
    assert office.said("gone", "sent") == [
        ("gone", 1, "message to edit not found"),
        ("sent", 1, "2"),
    ]


async def test_a_refused_row_is_dead_and_the_next_goes(office: Office) -> None:
    """A poisoned letter stops nobody."""
    office.script(Refused("Bad Request: can't parse entities"))
    office.queue(row(1, case_id=9), row(2, case_id=9))
    await office.clock.settle()
    assert office.desk.rows[1].state is State.DEAD
    assert office.desk.rows[2].state is State.SENT


@pytest.mark.parametrize(
    "outcome", [Refused("Bad Request: REACTION_INVALID"), NoMessage("message to react not found")]
)
async def test_a_refused_reaction_is_dropped(office: Office, outcome: Outcome) -> None:
    """The group's settings forbid it, or the photo is gone: no second try."""
    office.desk.views[1] = ReactionView(emoji="✍")
    office.script(outcome)
    office.queue(row(1, reply_to="55", free=True))
    await office.clock.settle()
    assert len(office.said("refused")) == 1
    assert len(office.told) == 1


async def test_a_letter_that_cannot_be_worded_stops_nobody(office: Office) -> None:
    """It is given up, loudly; the rest goes on."""
    office.letters.unwordable = {1}
    office.queue(row(1), row(2))
    await office.clock.settle()
    assert office.said("refused") == [("refused", 1, "not worded: KeyError")]
    assert office.told == ["row-2"]


async def test_somebody_who_blocked_the_bot_is_told_another_way(office: Office) -> None:
    """The use case routes it anew."""
    office.script(NoChat(Absence.BLOCKED, "bot was blocked by the user"), chat=PERSON)
    office.queue(row(1, PERSON))
    await office.clock.settle()
    assert office.said("unreachable") == [("unreachable", 1, "bot was blocked by the user")]


async def test_an_unknown_private_chat_is_unreachable_too(office: Office) -> None:
    """`chat not found`: the person never opened it."""
    office.script(NoChat(Absence.GONE, "chat not found"), chat=PERSON)
    office.queue(row(1, PERSON))
    await office.clock.settle()
    assert office.said("unreachable", "chat") == [("unreachable", 1, "chat not found")]


@pytest.mark.parametrize("absence", [Absence.MUTED, Absence.GONE])
async def test_a_group_that_cannot_be_written_to_waits(office: Office, absence: Absence) -> None:
    """Its rows stay queued until the bot is back; other chats go on."""
    office.script(NoChat(absence, "no"))
    office.queue(row(1), row(2), row(3, OTHER))
    await office.clock.advance(timedelta(minutes=5))
    assert office.said("chat") == [("chat", GROUP, absence.value)]
    assert office.told == ["row-1", "row-3"]
    office.desk.states.clear()
    office.courier.poke()
    await office.clock.settle()
    assert office.desk.left() == []


@pytest.mark.parametrize(
    "outcome", [Refused("not supported"), NoChat(Absence.MUTED, "need administrator rights")]
)
async def test_a_refused_whisper_goes_another_way(office: Office, outcome: Outcome) -> None:
    """A bot that may not whisper may still write: the group is not muted."""
    office.script(outcome)
    office.queue(row(1, only="1011", free=True))
    await office.clock.settle()
    assert len(office.said("unreachable")) == 1
    assert office.desk.states == {}


async def test_a_whisper_in_a_lost_group_goes_privately(office: Office) -> None:
    """And the group's other rows wait."""
    office.script(NoChat(Absence.GONE, "bot was kicked"))
    office.queue(row(1, only="1011", free=True))
    await office.clock.settle()
    assert len(office.said("unreachable")) == 1
    assert office.desk.states == {GROUP: "gone"}


async def test_a_migrated_group_is_followed(office: Office) -> None:
    """The row in hand moves with those that wait."""
    office.script(Migrated("-1004000001"))
    office.queue(row(1), row(2))
    await office.clock.settle()
    assert office.said("migrated") == [("migrated", GROUP, "-1004000001")]
    assert [call.chat for call in office.gateway.calls] == [GROUP, *["-1004000001"] * 2]
    assert office.desk.left() == []


async def test_a_poke_during_a_round_is_not_lost(office: Office) -> None:
    """A row committed while another is being sent goes right after it."""
    office.gateway.hold = asyncio.Event()
    office.queue(row(1))
    await office.gateway.began.acquire()
    office.queue(row(2, OTHER))
    await office.gateway.began.acquire()
    assert not office.courier.idle
    office.gateway.hold.set()
    await office.clock.settle()
    assert office.desk.left() == []


async def test_it_is_idle_only_when_time_or_a_poke_is_needed(office: Office) -> None:
    """Not while something can be sent, not while a call runs."""
    assert office.courier.idle
    office.queue(row(1))
    assert not office.courier.idle
    await office.clock.settle()
    assert office.courier.idle
    office.desk.add(row(2, not_before=MORNING + SECOND))
    office.courier.poke()
    await office.clock.settle()
    office.clock.put(MORNING + SECOND)
    assert not office.courier.idle


async def test_rows_found_as_being_sent_are_settled_at_the_start() -> None:
    """A card is sent once more, a nudge is not."""
    office = Office()
    office.desk.add(row(1, state=State.SENDING))
    office.desk.add(row(2, kind="nudge", state=State.SENDING))
    async with _open(office):
        assert office.told == ["row-1"]


async def test_the_pace_is_rebuilt_at_the_start() -> None:
    """A restart gives no fresh allowance."""
    office = Office()
    office.desk.before = [(GROUP, MORNING - 10 * SECOND)] * 15
    office.desk.add(row(1))
    async with _open(office):
        assert office.told == []
        await office.clock.advance(50 * SECOND)
        assert office.seconds == [50]


async def test_a_stop_lets_the_call_in_flight_finish() -> None:
    """And takes no further row."""
    office = Office()
    office.gateway.hold = asyncio.Event()
    for number in (1, 2):
        office.desk.add(row(number))
    async with asyncio.TaskGroup() as group:
        group.create_task(office.courier.run(), name="courier")
        await office.gateway.began.acquire()
        stopping = group.create_task(office.courier.stop(), name="stop")
        await asyncio.sleep(0.01)
        office.gateway.hold.set()
        await stopping
    assert office.desk.rows[1].state is State.SENT
    assert office.desk.rows[2].state is State.QUEUED


@pytest.mark.parametrize("cancelled", [True, False])
async def test_a_call_that_does_not_finish_stays_marked(
    monkeypatch: pytest.MonkeyPatch,
    cancelled: bool,  # noqa: FBT001
) -> None:
    """It may have been sent: the next start treats it as ambiguous."""
    monkeypatch.setattr("delivery.lanes.STOP_WITHIN", 0.05)
    office = Office()
    office.gateway.hold = asyncio.Event()
    office.desk.add(row(1))
    async with asyncio.TaskGroup() as group:
        running = group.create_task(office.courier.run(), name="courier")
        await office.gateway.began.acquire()
        if cancelled:
            running.cancel()
        else:
            await office.courier.stop()
    assert office.desk.rows[1].state is State.SENDING
    assert office.courier.idle


async def test_a_cancelled_courier_still_finishes_its_call() -> None:
    """The nursery stops by cancelling."""
    office = Office()
    office.gateway.hold = asyncio.Event()
    office.desk.add(row(1))
    async with asyncio.TaskGroup() as group:
        running = group.create_task(office.courier.run(), name="courier")
        await office.gateway.began.acquire()
        running.cancel()
        await asyncio.sleep(0.01)
        office.gateway.hold.set()
    assert office.desk.rows[1].state is State.SENT


async def test_a_revoked_token_stops_it_with_a_clear_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The row waits for a good token; the log says what happened."""
    office = Office()
    office.script(TokenRefused())
    office.desk.add(row(1))
    with pytest.raises(TokenRefusedError, match="refuses the bot's token"):
        await office.courier.run()
    assert office.desk.rows[1].state is State.QUEUED
    assert [line.levelno for line in caplog.records] == [logging.CRITICAL]


async def test_a_desk_that_fails_stops_it() -> None:
    """A courier that runs on without its outbox looks healthy and is not."""
    office = Office()

    async def broken(row_id: int, message: str) -> None:
        raise OSError(f"no disk for {row_id} {message}")

    office.desk.sent = broken  # type: ignore[method-assign] # the fake's one broken part
    office.desk.add(row(1))
    with pytest.raises(OSError, match="no disk"):
        await office.courier.run()


async def test_logs_hold_ids_and_no_words(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """A stable action and the case; no text, not even Telegram's about it."""
    caplog.set_level(logging.DEBUG)
    office.script(Refused("Bad Request: unsupported start tag 王建国"))
    office.queue(row(1, case_id=12))
    await office.clock.settle()
    lines = [vars(line) for line in caplog.records if line.name.startswith("delivery")]
    assert [(line["action"], line["case"], line["row"]) for line in lines] == [
        ("delivery.refused", 12, 1)
    ]
    assert "王建国" not in str(lines)


async def test_nothing_is_lost_and_no_case_is_told_out_of_order(office: Office) -> None:
    """Troubles of every kind, twelve cases of five rows in three chats: all arrive, in order."""
    troubles: list[Outcome] = [
        SurelyNot("ClientConnectorError", reached=False),
        Later(7 * SECOND),
        SurelyNot("Bad Gateway", reached=True),
        Maybe("ServerDisconnectedError"),
    ]
    for chat in (GROUP, OTHER, PERSON):
        office.script(*(one for trouble in troubles * 3 for one in (trouble, Sent("5"))), chat=chat)
    for number in range(60):
        chat = (GROUP, OTHER, PERSON)[number % 3]
        office.queue(row(number + 1, chat, case_id=number % 12 + 1))
    await office.clock.advance(timedelta(minutes=20))
    assert office.desk.left() == []
    finished = [line[1] for line in office.said("sent")]
    for case in range(12):
        of_case = [number for number in finished if (int(str(number)) - 1) % 12 == case]
        assert all(int(str(a)) < int(str(b)) for a, b in pairwise(of_case))
