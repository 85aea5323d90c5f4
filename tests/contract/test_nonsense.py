"""Nonsense is refused, never a crash: every parameter of every method, every key of `/sim`."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.api import methods as simulated_methods
from simulator.entities import finish, piece
from simulator.errors import ApiError
from simulator.html import parse_html, utf16_length
from simulator.limits import Limits
from tests.contract.people import GROUP, OFFICER, People, picture

if TYPE_CHECKING:
    from simulator import Simulator

NONSENSE: list[Any] = [
    "x", "-1", "0", "9" * 30, "٣", "[]", "{}", "[[1]]", '{"a": 1}', "[null]", "null", "true",
    '[{"type": 5}]', '{"inline_keyboard": [[5]]}', "\u202e\0", "attach://nothing", "😀" * 50,
    '{"message_id": "x"}', '{"receiver_user_id": 1001, "callback_query_id": []}', "NaN", "1e400",
    '[{"type": "bold", "offset": -1, "length": 9}]', '{"type": "photo", "media": 5}', "[" * 5000,
]  # fmt: skip
SOUND: dict[str, Any] = {"chat_id": GROUP, "from_chat_id": GROUP, "text": "x", "message_id": 1}
SKIPPED = {"setwebhook", "leavechat", "deletewebhook", "logout", "close"}


@pytest.mark.parametrize("name", sorted(simulated_methods().keys() - SKIPPED))
async def test_no_parameter_crashes_a_method(name: str, sim: Simulator, people: People) -> None:
    """Whatever stands in it; the answer is 200 or a refusal in words."""
    method = simulated_methods()[name]
    await people.show(OFFICER, [picture(32, 32)])
    for parameter, value in itertools.product(sorted(method.accepts), NONSENSE):
        if parameter == "timeout":
            continue
        body = {key: SOUND[key] for key in method.accepts & SOUND.keys()} | {parameter: value}
        url = f"/bot{sim.bot_token}/{name}"
        async with people.session.post(url, json=body) as answer:
            found = await answer.json()
        assert answer.status < 500, (parameter, value, found)
        sim.world.first_bot.limits = Limits()


SIM_KEYS: dict[tuple[str, str], list[str]] = {
    ("POST", "/bots"): ["username", "name"],
    ("POST", "/people"): ["first_name", "username", "language_code", "premium"],
    ("PATCH", "/people/1001"): ["first_name", "username", "language_code", "premium"],
    ("POST", "/chats"): ["title", "members", "admins", "forum", "privacy", "reactions"],
    ("POST", f"/chats/{GROUP}/members"): ["user", "action", "without"],
    ("POST", f"/chats/{GROUP}/messages"): [
        "text", "latitude", "reply_to", "thread", "forward_from", "via_bot", "anonymous",
        "media_group", "bot",
    ],
    ("POST", f"/chats/{GROUP}/messages/1/press"): ["data", "button", "row", "wait", "bot"],
    ("PATCH", f"/chats/{GROUP}/messages/1"): ["from", "text", "caption"],
    ("GET", f"/chats/{GROUP}/messages"): ["viewer", "after", "limit"],
    ("POST", "/clock"): ["set"],
    ("POST", "/faults"): ["kind", "count", "method", "chat", "retry_after", "seconds"],
    ("GET", "/chats/x/messages"): ["viewer"],
}  # fmt: skip


@pytest.mark.parametrize(("method", "path"), sorted(SIM_KEYS))
async def test_no_key_crashes_the_peoples_side(method: str, path: str, people: People) -> None:
    """4xx with words, or done."""
    await people.say(OFFICER, "x")
    base: dict[str, Any] = {"from": OFFICER, "text": "x", "title": "x", "user": OFFICER}
    base |= {"first_name": "x", "kind": "delay", "method": "nothing", "wait": 0}
    values = [*NONSENSE, 5, -5, 1.5, None, True, [], {}, [1001], ["👍"], 10**30]
    keys = SIM_KEYS[method, path]
    for key, value in itertools.product(keys, values):
        body: dict[str, Any] = {k: v for k, v in base.items() if k in {*keys, "from"}}
        if "from" in body and "messages" not in path:
            del body["from"]
        body[key] = value
        how: dict[str, Any] = {"json": body}
        if method == "GET":
            how = {"params": {key: json.dumps(value)[:2000]}}
        async with people.session.request(method, f"/sim{path}", **how) as answer:
            found = await answer.json()
        assert answer.status < 500, (key, value, found)
        assert answer.status == 200 or found["error"], (key, value)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"5", b"{", b'{"a":' * 3000, b"\xff\xfe", b"[" * 100_000],
)
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/x"])
async def test_no_body_crashes_either_side(
    sim: Simulator, people: People, kind: str, body: bytes
) -> None:
    """Not even one nested a hundred thousand levels deep."""
    for path in (f"/bot{sim.bot_token}/sendMessage", f"/sim/chats/{GROUP}/messages"):
        headers = {"Content-Type": kind}
        async with people.session.post(path, data=body, headers=headers) as answer:
            assert 400 <= answer.status < 500, (path, await answer.text())


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<b>", "</b>", "<a href='", "'>", "</a>", "<", ">", "&lt;", "&#x1F600;", "&", "😀",
             "中", " ", "\n", '<pre><code class="language-x">', "</code></pre>", "/x", "@officer01"]
        ),
        max_size=15,
    )
)  # fmt: skip
def test_parsed_entities_always_lie_within_the_text(pieces: list[str]) -> None:
    """Or the source is refused."""
    try:
        text, entities = finish(*parse_html("".join(pieces)))
    except ApiError:
        return
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16_length(text)
        assert piece(text, entity)
