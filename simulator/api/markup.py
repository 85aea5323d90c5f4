"""Inline keyboards: checked button by button, because every bad one is refused differently."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from simulator.errors import bad_request
from simulator.parameters import known_keys

if TYPE_CHECKING:
    from simulator.api.call import Call
    from simulator.json_types import Json

DATA_LIMIT = 64
"""Bytes of callback data."""

BUTTON_LIMIT = 100
COPY_LIMIT = 256
STYLES = frozenset({"danger", "success", "primary"})
BUTTON_KEYS = frozenset({"text", "style", "url", "callback_data", "copy_text", "disabled"})
ACTIONS = ("url", "callback_data", "copy_text", "disabled")
URL = re.compile(r"^(?:https?://\S+|tg://\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?)$")


def read_markup(call: Call) -> Json | None:
    """The inline keyboard of a call, or None if there is none."""
    return check_markup(call.parameters.object("reply_markup", "reply markup"))


def check_markup(markup: Json | None) -> Json | None:
    """The keyboard if it is sound; raises ApiError otherwise."""
    if markup is None:
        return None
    known_keys("reply_markup", markup, frozenset({"inline_keyboard"}))
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    checked = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, checked)) > BUTTON_LIMIT:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def _button(button: Any) -> Json:  # noqa: ANN401 - whatever JSON holds
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    known_keys("InlineKeyboardButton", button, BUTTON_KEYS)
    if not str(button.get("text") or "").strip():
        raise bad_request("can't parse inline keyboard button: Text is empty")
    kinds = [key for key in ACTIONS if button.get(key) not in (None, "")]
    if not kinds:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(kinds) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    _check_action(button)
    return {key: value for key, value in button.items() if value not in (None, "")}


def _check_action(button: Json) -> None:
    style = button.get("style")
    if style and style not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    if len(str(button.get("callback_data") or "").encode()) > DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.get("url") and not URL.match(str(button["url"])):
        raise bad_request(
            f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
        )
    copy = button.get("copy_text")
    if copy and not 0 < len(str(copy.get("text") or "")) <= COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
