"""The words of a message or caption: parsed, trimmed, measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.entities import TEXT_LIMIT, clean, finish
from simulator.errors import bad_request
from simulator.html import parse_html, utf16_length
from simulator.people import PLAIN_CAPTION

if TYPE_CHECKING:
    from simulator.api.call import Call
    from simulator.json_types import Json

RAW_LIMIT = 1 << 15
GIVEN_TYPES = frozenset(
    {
        "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote",
        "expandable_blockquote", "code", "pre", "text_link", "text_mention", "custom_emoji",
        "date_time",
    }
)  # fmt: skip
FOUND_TYPES = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)


def read_text(call: Call) -> Json:
    """The fields `text` and `entities` of the message to send."""
    parameters = call.parameters
    raw = parameters.text("text")
    if not raw:
        raise bad_request("message text is empty")
    entities = parameters.array("entities", "MessageEntity")
    text, found = formatted(call, raw, parameters.text("parse_mode"), entities)
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text, "entities": found} if found else {"text": text}


def read_caption(call: Call, source: Json | None = None) -> Json:
    """The fields `caption` and `caption_entities`, of the call or of an InputMedia."""
    if source is None:
        parameters = call.parameters
        entities = parameters.array("caption_entities", "MessageEntity")
        raw, mode = parameters.text("caption"), parameters.text("parse_mode")
    else:
        entities = source.get("caption_entities")
        raw, mode = str(source.get("caption") or ""), str(source.get("parse_mode") or "")
    text, found = formatted(call, raw, mode, entities)
    if utf16_length(text) > PLAIN_CAPTION:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": found} if found else {"caption": text}


def formatted(call: Call, raw: str, mode: str, given: list[Any] | None) -> tuple[str, list[Json]]:
    """Plain text and entities of `raw`, as `mode` or the given entities say."""
    if len(raw.encode("utf-8", "replace")) > RAW_LIMIT:
        raise bad_request("text is too long")
    if mode.lower() not in {"", "none", "html"}:
        raise bad_request(f'parse_mode "{mode}" is not supported by the simulator')
    text, entities = clean(raw), _given(given or [])
    if mode.lower() == "html":
        text, entities = parse_html(text)
    known = [entity for entity in entities if _is_known(call, entity)]
    return finish(text, known)


def _given(entities: list[Any]) -> list[Json]:
    kept: list[Json] = []
    for entity in entities:
        if not isinstance(entity, dict):
            raise bad_request("can't parse MessageEntity: expected an Object")
        if entity.get("type") in FOUND_TYPES:
            continue
        kept.append(_checked(entity))
    return kept


def _checked(entity: Json) -> Json:
    if entity.get("type") not in GIVEN_TYPES:
        raise bad_request("can't parse MessageEntity: unsupported type specified")
    place = {key: entity.get(key) for key in ("offset", "length")}
    if not all(isinstance(value, int) and value >= 0 for value in place.values()):
        raise bad_request("can't parse MessageEntity: offset and length must be Integers")
    if entity["type"] == "text_mention":
        user = entity.get("user")
        account = user.get("id") if isinstance(user, dict) else None
        return {"type": "text_mention", "user_id": account, **place}
    return dict(entity)


def _is_known(call: Call, entity: Json) -> bool:
    """Telegram drops a mention of somebody whom the bot has never met."""
    if entity["type"] != "text_mention":
        return True
    account = entity["user_id"]
    if (account, call.bot.id) in call.world.private:
        return True
    groups = call.world.groups.values()
    return any(group.has(account) and group.has(call.bot.id) for group in groups)
