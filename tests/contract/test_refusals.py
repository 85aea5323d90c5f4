"""What the simulator does not do it says, in every form in which it can be asked."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from simulator.api import methods as simulated_methods
from tests.contract.people import GROUP, OFFICER, People, picture
from tests.contract.schema import Schema

if TYPE_CHECKING:
    from simulator import Simulator

SUPPORTED = {method.name: method for method in simulated_methods().values()}
OTHERS = sorted(name for name in Schema().methods if name not in SUPPORTED)
UNSUPPORTED = sorted(
    (name, parameter)
    for name in SUPPORTED
    for parameter in Schema().methods[name]["parameters"]
    if parameter not in SUPPORTED[name].accepts
)

BUTTON = "can't parse inline keyboard button: "


async def ask(people: People, sim: Simulator, method: str, **parameters: object) -> dict[str, Any]:
    """A raw call; the status and the error code must agree."""
    url = f"/bot{sim.bot_token}/{method}"
    async with people.session.post(url, json=parameters) as answer:
        body: dict[str, Any] = await answer.json()
        assert body["ok"] is (answer.status == 200)
        assert body["ok"] or body["error_code"] == answer.status
        return body


async def test_no_other_method_of_the_bot_api_is_ever_ok(people: People, sim: Simulator) -> None:
    """144 methods are not there, and say so."""
    assert len(OTHERS) > 100
    for name in OTHERS:
        body = await ask(people, sim, name, chat_id=GROUP, text="x")
        assert (body["ok"], body["error_code"]) == (False, 404)
        assert name.lower() in body["description"]


def test_every_accepted_parameter_exists(schema: Schema) -> None:
    """The simulator invents no parameter."""
    for name, method in SUPPORTED.items():
        assert method.accepts <= set(schema.methods[name]["parameters"]), name


async def test_every_known_parameter_that_is_not_acted_upon_is_refused(
    people: People, sim: Simulator
) -> None:
    """Otherwise a test would believe in something that never happened."""
    for name, parameter in UNSUPPORTED:
        body = await ask(people, sim, name, **{parameter: "1"})
        assert body["description"] == (
            f'Bad Request: parameter "{parameter}" is not supported by the simulator'
        ), name


async def test_an_unsupported_parameter_that_says_nothing_is_no_reason(
    people: People, sim: Simulator
) -> None:
    """`allow_paid_broadcast=false` is the same as leaving it out."""
    said = {"chat_id": GROUP, "text": "x", "allow_paid_broadcast": False}
    assert (await ask(people, sim, "sendMessage", **said))["ok"]


@pytest.mark.parametrize("form", ["query", "form", "json", "multipart"])
@pytest.mark.parametrize("name", ["sendMessage", "SENDMESSAGE", "sendmessage"])
async def test_all_ways_to_send_parameters_are_equal(
    people: People, sim: Simulator, form: str, name: str
) -> None:
    """GET and POST; form, JSON and multipart; names in any case."""
    parameters = {"chat_id": str(GROUP), "text": "你好 & <b>", "disable_notification": "true"}
    url = f"/bot{sim.bot_token}/{name}"
    ways: dict[str, dict[str, Any]] = {
        "query": {"params": parameters},
        "form": {"data": parameters},
        "json": {"json": {**parameters, "chat_id": GROUP, "disable_notification": True}},
        "multipart": {"data": {**parameters, "ignored": io.BytesIO(picture())}},
    }
    verb = "GET" if form == "query" else "POST"
    async with people.session.request(verb, url, **ways[form]) as answer:
        body = await answer.json()
    assert body["result"]["text"] == "你好 & <b>"
    assert (await people.see(OFFICER))[-1]["silent"] is True


async def test_a_wrong_token_is_unauthorized(people: People) -> None:
    """As Telegram says it, for calls and for files."""
    async with people.session.get("/bot1:AAAA/getMe") as answer:
        assert answer.status == 401
        assert await answer.json() == {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized",
        }
    async with people.session.get("/file/bot1:AAAA/photos/file_1.jpg") as answer:
        assert answer.status == 401


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": GROUP}, "message text is empty"),
        ("sendMessage", {"chat_id": GROUP, "text": "<b> </b>", "parse_mode": "HTML"},
         "text must be non-empty"),
        ("sendMessage", {"chat_id": -5, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 999, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": GROUP, "text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": GROUP, "text": "😀" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": GROUP, "text": "x", "parse_mode": "MarkdownV2"},
         'parse_mode "MarkdownV2" is not supported by the simulator'),
        ("sendMessage", {"chat_id": GROUP, "text": "x", "reply_parameters": {"message_id": 9}},
         "message to be replied not found"),
        ("sendMessage", {"chat_id": GROUP, "text": "x", "reply_markup": "nonsense"},
         "can't parse reply markup JSON object"),
        ("sendPhoto", {"chat_id": GROUP}, "there is no photo in the request"),
        ("sendPhoto", {"chat_id": GROUP, "photo": "abc"},
         "wrong file_id or the file is temporarily unavailable"),
        ("sendPhoto", {"chat_id": GROUP, "photo": "https://example.org/x.jpg"},
         "failed to get HTTP URL content"),
        ("sendLocation", {"chat_id": GROUP, "latitude": 1}, "longitude is empty"),
        ("sendMediaGroup", {"chat_id": GROUP, "media": []}, "there are no messages to send"),
        ("sendChatAction", {"chat_id": GROUP, "action": "dance"},
         "wrong parameter action in request"),
        ("editMessageText", {"chat_id": GROUP, "text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"chat_id": GROUP, "message_id": 99, "text": "x"},
         "message to edit not found"),
        ("deleteMessage", {"chat_id": GROUP, "message_id": 99}, "message to delete not found"),
        ("deleteMessages", {"chat_id": GROUP}, "message identifiers are not specified"),
        ("forwardMessage", {"chat_id": GROUP, "from_chat_id": GROUP, "message_id": 99},
         "message to forward not found"),
        ("copyMessage", {"chat_id": GROUP, "from_chat_id": GROUP, "message_id": 99},
         "message to copy not found"),
        ("setMessageReaction", {"chat_id": GROUP, "message_id": 99}, "message to react not found"),
        ("pinChatMessage", {"chat_id": GROUP, "message_id": 99}, "message to pin not found"),
        ("unpinChatMessage", {"chat_id": GROUP, "message_id": 99}, "message to unpin not found"),
        ("getChatMember", {"chat_id": GROUP}, "invalid user_id specified"),
        ("getFile", {}, "file_id not specified"),
        ("answerCallbackQuery", {"callback_query_id": "1"},
         "query is too old and response timeout expired or query ID is invalid"),
        ("createForumTopic", {"chat_id": GROUP, "name": "x"}, "the chat is not a forum"),
        ("setWebhook", {"url": "http://example.org/"},
         "bad webhook: An HTTPS URL must be provided for webhook"),
        ("setWebhook", {"url": "https://example.org/", "secret_token": "ä"},
         "bad webhook: the simulator delivers to loopback addresses only"),
        ("setWebhook", {"url": "http://127.0.0.1/", "secret_token": "ä"},
         "secret token contains unallowed characters"),
        ("setWebhook", {"url": "http://127.0.0.1/", "secret_token": "a" * 257},
         "secret token is too long"),
    ],
)  # fmt: skip
async def test_a_mistake_is_told_in_telegrams_words(
    people: People, sim: Simulator, method: str, parameters: dict[str, object], words: str
) -> None:
    """The texts are those of the real server."""
    body = await ask(people, sim, method, **parameters)
    assert body["description"] == f"Bad Request: {words}"


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x"}, BUTTON + "Text buttons are unallowed in the inline keyboard"),
        ({"text": "", "callback_data": "a"}, BUTTON + "Text is empty"),
        ({"text": "x", "callback_data": "a" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "井" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "a", "url": "https://a.b"}, "BUTTON_TYPE_INVALID"),
        ({"text": "x", "callback_data": "a", "style": "pink"},
         BUTTON + "invalid button style specified"),
        ({"text": "x", "web_app": {"url": "https://a.b"}},
         'field "web_app" of InlineKeyboardButton is not supported by the simulator'),
    ],
)  # fmt: skip
async def test_a_bad_button_is_refused(
    people: People, sim: Simulator, button: dict[str, object], words: str
) -> None:
    """64 bytes of data, one action, a known style."""
    markup = json.dumps({"inline_keyboard": [[button]]})
    body = await ask(people, sim, "sendMessage", chat_id=GROUP, text="x", reply_markup=markup)
    assert body["description"] == f"Bad Request: {words}"


async def test_data_of_exactly_64_bytes_is_taken(people: People, sim: Simulator) -> None:
    """The limit itself is allowed."""
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "井" * 21 + "a"}]]}
    sent = await ask(people, sim, "sendMessage", chat_id=GROUP, text="x", reply_markup=markup)
    assert sent["ok"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "file must be non-empty"),
        (b"no picture at all", "IMAGE_PROCESS_FAILED"),
        (picture(9000, 2000), "PHOTO_INVALID_DIMENSIONS"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_a_bots_photo_must_be_one(
    people: People, sim: Simulator, data: bytes, words: str
) -> None:
    """Unlike a person's app, a bot gets its bad picture refused."""
    form = aiohttp.FormData({"chat_id": str(GROUP)})
    form.add_field("photo", data, filename="a.jpg")
    async with people.session.post(f"/bot{sim.bot_token}/sendPhoto", data=form) as answer:
        assert (await answer.json())["description"] == f"Bad Request: {words}"
