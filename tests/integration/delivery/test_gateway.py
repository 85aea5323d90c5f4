"""What aiogram makes of Telegram's answers, and of their absence, as the courier sees it."""

from __future__ import annotations

import json
import socket
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe
from aiohttp import ConnectionTimeoutError

from delivery import answers
from delivery.gateway import TelegramGateway
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
)
from delivery.ports import Parcel
from delivery.session import Session
from tests.fakes.bot_api import TOKEN, BotApi, Reply, bot_api, error, message, ok

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

GROUP = "-4000001"
CARD = Parcel(chat=GROUP, text="<b>card</b>")
EDIT = Parcel(chat=GROUP, text="card", edit="11")


@dataclass(frozen=True)
class Key:
    """A button of a letter."""

    text: str
    data: str
    style: str = ""


@dataclass
class Line:
    """A gateway and the server behind it."""

    api: BotApi
    gateway: TelegramGateway

    async def send(self, parcel: Parcel, *replies: Reply) -> Outcome:
        """Send a parcel to a server that answers like this."""
        self.api.answer(*replies)
        return await self.gateway.send(parcel)

    @property
    def fields(self) -> dict[str, Any]:
        """What the last call said."""
        return self.api.calls[-1][1]

    @property
    def methods(self) -> list[str]:
        """The methods called so far."""
        return [method for method, _ in self.api.calls]


@asynccontextmanager
async def _gateway(base: str) -> AsyncIterator[TelegramGateway]:
    session = Session(api=TelegramAPIServer.from_base(base))
    async with Bot(TOKEN, session=session).context() as bot, await session.create_session():
        yield TelegramGateway(bot, answer_within=1)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """A gateway to a server of the test's own."""
    async with bot_api() as api, _gateway(api.base) as gateway:
        yield Line(api, gateway)


async def test_a_message_is_sent_with_all_it_needs(line: Line) -> None:
    """HTML, reply that may be missing, topic, sound, no preview, buttons with style."""
    parcel = Parcel(
        chat=GROUP,
        text="<b>card</b>",
        buttons=((Key("接单", "c:1", "primary"), Key("更多", "m:1")),),
        thread="7",
        reply_to="5",
        silent=True,
    )
    assert await line.send(parcel, ok(message(42))) == Sent("42")
    said = line.fields
    assert (said["text"], said["parse_mode"], said["chat_id"]) == ("<b>card</b>", "HTML", GROUP)
    assert (said["message_thread_id"], said["disable_notification"]) == ("7", "true")
    assert json.loads(said["reply_parameters"])["allow_sending_without_reply"] is True
    assert json.loads(said["link_preview_options"])["is_disabled"] is True
    assert json.loads(said["reply_markup"])["inline_keyboard"] == [
        [
            {"text": "接单", "callback_data": "c:1", "style": "primary"},
            {"text": "更多", "callback_data": "m:1"},
        ]
    ]


async def test_a_plain_message_sounds_and_says_nothing_superfluous(line: Line) -> None:
    """A stranger's server may refuse what it does not know."""
    await line.send(CARD, ok(message()))
    assert set(line.fields) == {"chat_id", "text", "parse_mode", "link_preview_options"}


async def test_a_sheet_is_sent_as_a_photo(line: Line) -> None:
    """The words are its caption."""
    parcel = Parcel(chat=GROUP, text="sheet", picture=b"\xff\xd8jpeg", captioned=True)
    assert await line.send(parcel, ok(message(43))) == Sent("43")
    assert line.methods == ["sendPhoto"]
    assert line.fields["caption"] == "sheet"
    uploads = [one for one in line.fields.values() if not isinstance(one, str)]
    assert uploads == [b"\xff\xd8jpeg"]


async def test_an_edit_names_its_message(line: Line) -> None:
    """And takes the buttons away when there are none."""
    assert await line.send(EDIT, ok(message(11))) == Sent("11")
    assert line.methods == ["editMessageText"]
    assert "reply_markup" not in line.fields


async def test_a_whisper_is_seen_by_one(line: Line) -> None:
    """Its own id is what edits it later."""
    parcel = Parcel(chat=GROUP, text="menu", only="1011")
    receiver = {"id": 1011, "is_bot": False, "first_name": "李强"}
    answer = message(0, receiver_user=receiver, ephemeral_message_id=9)
    assert await line.send(parcel, ok(answer)) == Sent("9")
    assert json.loads(line.fields["ephemeral_message_parameters"]) == {"receiver_user_id": 1011}


@pytest.mark.parametrize(
    ("captioned", "method"),
    [(False, "editEphemeralMessageText"), (True, "editEphemeralMessageCaption")],
)
async def test_a_whisper_is_edited_by_its_own_methods(
    line: Line,
    captioned: bool,  # noqa: FBT001
    method: str,
) -> None:
    """With receiver and ephemeral id."""
    parcel = Parcel(chat=GROUP, text="menu", only="1011", edit="9", captioned=captioned)
    assert await line.send(parcel, ok(result=True)) == Sent("9")
    assert line.methods == [method]
    assert (line.fields["receiver_user_id"], line.fields["ephemeral_message_id"]) == ("1011", "9")


async def test_a_reaction_is_set_and_taken_back(line: Line) -> None:
    """One emoji, or none."""
    line.api.answer(ok(result=True), ok(result=True))
    assert await line.gateway.react(GROUP, "5", "✍") == Sent("")
    assert json.loads(line.fields["reaction"]) == [{"type": "emoji", "emoji": "✍"}]
    assert await line.gateway.react(GROUP, "5", "") == Sent("")
    assert json.loads(line.fields.get("reaction", "[]")) == []


BAD = "Bad Request: "
ANSWERS = [
    (error(429, "Too Many Requests: retry after 35", retry_after=35), Later(timedelta(seconds=35))),
    (error(429, "Too Many Requests: retry after 0"), Later(timedelta(seconds=5))),
    (error(500, "Internal Server Error"), SurelyNot("Internal Server Error", reached=True)),
    (error(502, "Bad Gateway"), SurelyNot("Bad Gateway", reached=True)),
    (error(500, "restart"), SurelyNot("restart", reached=True)),
    (Reply(502, "<html>502 Bad Gateway</html>"), Maybe("ClientDecodeError")),
    (Reply(200, '{"ok": tr'), Maybe("ClientDecodeError")),
    (Reply(200, '{"ok": true, "result": {"message_id": 41, "chat": "odd"}}'), Sent("41")),
    (Reply(200, "half", length=100), Maybe("ClientPayloadError")),
    (Reply(reset=True), Maybe("ServerDisconnectedError")),
    (Reply(200, "{}", waits=1.5), Maybe("TimeoutError")),
    (
        error(
            400, BAD + "group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100400
        ),
        Migrated("-100400"),
    ),
    (
        error(403, "Forbidden: bot was blocked by the user"),
        NoChat(Absence.BLOCKED, "Forbidden: bot was blocked by the user"),
    ),
    (
        error(403, "Forbidden: user is deactivated"),
        NoChat(Absence.BLOCKED, "Forbidden: user is deactivated"),
    ),
    (
        error(403, "Forbidden: bot can't initiate conversation with a user"),
        NoChat(Absence.BLOCKED, "Forbidden: bot can't initiate conversation with a user"),
    ),
    (
        error(403, "Forbidden: bot was kicked from the group chat"),
        NoChat(Absence.GONE, "Forbidden: bot was kicked from the group chat"),
    ),
    (
        error(403, "Forbidden: bot is not a member of the supergroup chat"),
        NoChat(Absence.GONE, "Forbidden: bot is not a member of the supergroup chat"),
    ),
    (error(400, BAD + "chat not found"), NoChat(Absence.GONE, BAD + "chat not found")),
    (
        error(400, BAD + "have no rights to send a message"),
        NoChat(Absence.MUTED, BAD + "have no rights to send a message"),
    ),
    (
        error(400, BAD + "not enough rights to send text messages to the chat"),
        NoChat(Absence.MUTED, BAD + "not enough rights to send text messages to the chat"),
    ),
    (error(401, "Unauthorized"), TokenRefused()),
    (error(400, BAD + "can't parse entities"), Refused(BAD + "can't parse entities")),
    (error(404, "Not Found: method not found"), Refused("Not Found: method not found")),
    (error(413, "Request Entity Too Large"), Refused("too large")),
]


@pytest.mark.parametrize(("reply", "expected"), ANSWERS, ids=[str(one) for _, one in ANSWERS])
async def test_every_answer_has_its_outcome(line: Line, reply: Reply, expected: Outcome) -> None:
    """Surely not, maybe, later, never: told apart."""
    assert await line.send(CARD, reply) == expected
    assert len(line.api.calls) == 1


EDIT_ANSWERS = [
    (
        (
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        ),
        Same(),
    ),
    ("message to edit not found", NoMessage(BAD + "message to edit not found")),
    ("message can't be edited", NoMessage(BAD + "message can't be edited")),
    ("MESSAGE_ID_INVALID", NoMessage(BAD + "MESSAGE_ID_INVALID")),
]


@pytest.mark.parametrize(("words", "expected"), EDIT_ANSWERS)
async def test_an_edit_knows_same_and_gone(line: Line, words: str, expected: Outcome) -> None:
    """The same content is a success, a missing message is not."""
    assert await line.send(EDIT, error(400, BAD + words)) == expected


@pytest.mark.parametrize(
    ("words", "kind"), [("REACTION_INVALID", Refused), ("message to react not found", NoMessage)]
)
async def test_a_refused_reaction_has_its_outcome(
    line: Line, words: str, kind: type[Refused | NoMessage]
) -> None:
    """By the group's settings, or because the photo is gone."""
    line.api.answer(error(400, BAD + words))
    assert await line.gateway.react(GROUP, "5", "✍") == kind(BAD + words)


PIN_ANSWERS = [
    ("CHAT_NOT_MODIFIED", Same()),
    ("message to pin not found", NoMessage(BAD + "message to pin not found")),
    (
        "not enough rights to manage pinned messages in the chat",
        Refused(BAD + "not enough rights to manage pinned messages in the chat"),
    ),
]


@pytest.mark.parametrize(("words", "expected"), PIN_ANSWERS)
async def test_a_refused_pin_has_its_outcome(line: Line, words: str, expected: Outcome) -> None:
    """Pinned already is as good as pinned; without the right the message stands unpinned."""
    line.api.answer(error(400, BAD + words))
    assert await line.gateway.pin(GROUP, "5") == expected


@pytest.mark.parametrize("words", ["message thread not found", "TOPIC_CLOSED"])
async def test_a_lost_topic_sends_to_the_group_itself(line: Line, words: str) -> None:
    """Once more, without the topic."""
    parcel = Parcel(chat=GROUP, text="card", thread="7")
    assert await line.send(parcel, error(400, BAD + words), ok(message(44))) == Sent("44")
    assert "message_thread_id" not in line.fields


async def test_a_lost_topic_is_left_out_only_once(line: Line) -> None:
    """No loop, whatever the server says."""
    parcel = Parcel(chat=GROUP, text="card", thread="7")
    lost = error(400, BAD + "message thread not found")
    assert await line.send(parcel, lost, lost) == Refused(BAD + "message thread not found")


@pytest.mark.parametrize(
    ("captioned", "words", "methods"),
    [
        (
            True,
            "there is no caption in the message to edit",
            ["editMessageCaption", "editMessageText"],
        ),
        (
            False,
            "there is no text in the message to edit",
            ["editMessageText", "editMessageCaption"],
        ),
    ],
)
async def test_a_sheet_that_went_as_words_is_edited_as_words(
    line: Line,
    captioned: bool,  # noqa: FBT001
    words: str,
    methods: list[str],
) -> None:
    """And the other way round; but only once."""
    parcel = Parcel(chat=GROUP, text="sheet", edit="11", captioned=captioned)
    assert await line.send(parcel, error(400, BAD + words), ok(message(11))) == Sent("11")
    assert line.methods == methods


async def test_a_refused_connection_surely_sent_nothing() -> None:
    """Nobody listens: it never left."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        async with _gateway(f"http://127.0.0.1:{closed.getsockname()[1]}") as gateway:
            outcome = await gateway.send(CARD)
    assert outcome == SurelyNot("ClientConnectorError", reached=False)


def test_a_connection_that_takes_too_long_surely_sent_nothing() -> None:
    """A time-out of connecting is told from one of answering."""
    unanswered = TelegramNetworkError(GetMe(), "Request timeout error")
    unanswered.__cause__ = ConnectionTimeoutError()
    assert answers.meaning(unanswered) == SurelyNot("ConnectionTimeoutError", reached=False)


async def test_connecting_is_bounded_apart_from_answering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody listens but accepts nobody: the queue of connections is full."""
    monkeypatch.setattr("delivery.session.CONNECT_WITHIN", 0.2)
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)  # noqa: FBT003 - the socket's own interface
            waiting.connect_ex(listener.getsockname())
        async with _gateway(f"http://127.0.0.1:{listener.getsockname()[1]}") as gateway:
            outcome = await gateway.send(CARD)
    assert outcome == SurelyNot("ConnectionTimeoutError", reached=False)


async def test_a_chat_that_is_no_number_is_refused(line: Line) -> None:
    """A row from another platform does no harm."""
    assert await line.send(Parcel(chat="feishu:1", text="card")) == Refused("no valid message")


@pytest.mark.parametrize("parcel", [CARD, EDIT])
async def test_no_outcome_and_no_repr_holds_the_token(line: Line, parcel: Parcel) -> None:
    """Neither whole nor its secret part."""
    secret = TOKEN.split(":")[1]
    for reply, _ in ANSWERS:
        outcome = await line.send(parcel, reply)
        assert secret not in repr(outcome)
    assert secret not in repr(line.gateway)
