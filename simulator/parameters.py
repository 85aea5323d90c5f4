"""Parameters of a Bot API call, typed as Telegram types them and refused as it refuses them.

Telegram ignores what it does not know; here a parameter that the simulator does not act upon is
refused, so that no test believes in something that never happened.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from simulator.errors import bad_request

if TYPE_CHECKING:
    from simulator.json_types import Json
    from simulator.requests import Fields, Upload

ABSENT = (None, "", False, "false", "False")
"""Values that say the same as leaving the parameter out."""

INTEGERS = frozenset(
    {
        "chat_id", "from_chat_id", "message_id", "user_id", "message_thread_id", "offset",
        "receiver_user_id", "ephemeral_message_id", "limit", "timeout", "max_connections",
        "cache_time", "icon_color",
    }
)  # fmt: skip
"""Parameters that the log shows as numbers, however they were sent."""

FLAGS = frozenset(
    {
        "disable_notification", "protect_content", "show_alert", "is_big", "has_spoiler",
        "show_caption_above_media", "drop_pending_updates", "return_bots",
    }
)  # fmt: skip
"""Parameters that the log shows as true or false."""

LONGEST_INTEGER = 20
TRUE = ("true", "yes", "1")


class Parameters:
    """The parameters of one call."""

    def __init__(self, fields: Fields) -> None:
        self._values = fields.values
        self._uploads = {upload.name: upload for upload in fields.uploads}

    def refuse_unknown(self, accepted: frozenset[str]) -> None:
        """Refuse every parameter outside of `accepted`, unless it says nothing."""
        for name, value in self._values.items():
            if name not in accepted and value not in ABSENT:
                words = f'parameter "{name}" is not supported by the simulator'
                raise bad_request(words)

    def has(self, name: str) -> bool:
        """Whether there is a value that says something."""
        return self._values.get(name) not in (None, "") or name in self._uploads

    def text(self, name: str) -> str:
        """A String; empty if absent."""
        value = self._values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def required_text(self, name: str) -> str:
        """A String that must say something."""
        value = self.text(name)
        if not value:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """An Integer; what is no number counts as `default`, as Telegram has it."""
        try:
            return int(str(self._values.get(name, default)).strip())
        except ValueError:
            return default

    def number(self, name: str) -> float:
        """A Float that must be there."""
        words = self.text(name).strip()
        if not words:
            raise bad_request(f"{name} is empty")
        try:
            number = float(words)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise bad_request(f"{name} must be a valid Number")
        return number

    def flag(self, name: str) -> bool:
        """A Boolean."""
        value = self._values.get(name)
        return value is True or str(value).lower() in TRUE

    def object(self, name: str, what: str) -> Json | None:
        """A JSON object, or None if absent; `what` names it in errors."""
        found = self._json(name, what)
        if found is None:
            return None
        if not isinstance(found, dict):
            raise bad_request(f"object expected as {what}")
        return found

    def array(self, name: str, what: str) -> list[Any] | None:
        """A JSON array, or None if absent; `what` names it in errors."""
        found = self._json(name, what)
        if found is None:
            return None
        if not isinstance(found, list):
            raise bad_request(f"expected an Array of {what}")
        return found

    def upload(self, name: str) -> Upload | None:
        """A file sent in the field itself or attached to it under another name."""
        reference = self._values.get(name)
        if isinstance(reference, str) and reference.startswith("attach://"):
            return self.attached(reference)
        return self._uploads.get(name)

    def attached(self, reference: str) -> Upload:
        """The file behind `attach://name`."""
        upload = self._uploads.get(reference.removeprefix("attach://"))
        if upload is None:
            raise bad_request("there is no such file in the request")
        return upload

    def decoded(self) -> Json:
        """All parameters for the log: typed, JSON texts as objects, files by name and size."""
        shown = {name: _shown(name, value) for name, value in self._values.items()}
        for upload in self._uploads.values():
            shown[upload.name] = {"file": upload.filename, "size": len(upload.data)}
        return shown

    def _json(self, name: str, what: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        value = self._values.get(name)
        if value in (None, ""):
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise bad_request(f"can't parse {what} JSON object") from error


def _shown(name: str, value: Any) -> Any:  # noqa: ANN401 - whatever the caller sent
    if not isinstance(value, str):
        return value
    if name in INTEGERS and value.lstrip("-").isdecimal():
        return int(value) if len(value) < LONGEST_INTEGER else value
    if name in FLAGS:
        return value.lower() in TRUE
    return _shown_json(value)


def _shown_json(value: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    if value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def known_keys(what: str, given: Json, accepted: frozenset[str]) -> None:
    """Refuse keys of an object that the simulator would not act upon."""
    for key, value in given.items():
        if key not in accepted and value not in ABSENT:
            raise bad_request(f'field "{key}" of {what} is not supported by the simulator')
