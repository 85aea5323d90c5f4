"""What the courier makes of each way a call can end."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

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
)
from tests.fakes.courier_desk import GROUP, row
from usecases.records import Priority
from usecases.records import Sent as State
from usecases.views import ReactionView

if TYPE_CHECKING:
    from tests.fakes.courier_office import Office

OTHER, PERSON = "-4000002", "1011"
SECOND = timedelta(seconds=1)


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


async def test_a_row_that_cannot_be_made_out_silences_no_other(office: Office) -> None:
    """It is given up, and costs the chat no place of the pace."""
    office.desk.broken.add(1)
    office.queue(row(1), row(2))
    await office.clock.settle()
    assert office.told == ["row-2"]
    assert office.desk.rows[1].state is State.DEAD
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
