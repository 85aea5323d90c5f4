"""One message as it is kept; what a bot or a person sees of it is drawn by `views.py`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.files import StoredFile
    from simulator.json_types import Json


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One size of a photo."""

    file: StoredFile
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Media:
    """A file in a message: `kind` is the message's field (photo, document, video, voice)."""

    kind: str
    sizes: tuple[PhotoFile, ...] = ()
    """For a photo all its sizes, ascending; for others the thumbnail."""
    file: StoredFile | None = None
    details: Json = field(default_factory=dict)
    """Width, height, duration and the like."""

    @property
    def identity(self) -> str:
        """Equal for equal content; tells whether an edit changes anything."""
        if self.file is not None:
            return self.file.unique_id
        return self.sizes[-1].file.unique_id


@dataclass(slots=True)
class Message:
    """A message; `content` holds the fields that need no drawing, in the Bot API's form."""

    id: int
    chat_id: int
    date: int
    sender: int
    content: Json = field(default_factory=dict)
    media: Media | None = None
    edit_date: int | None = None
    reply_to: int | None = None
    thread: int | None = None
    media_group: str | None = None
    markup: Json | None = None
    silent: bool = False
    anonymous: bool = False
    service: bool = False
    via_bot: Json | None = None
    origin: Json | None = None
    pinned_message: int | None = None
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    receiver: int | None = None
    ephemeral_id: int | None = None
    anchor: int = 0
    """For an ephemeral message: the last ordinary id when it was sent."""
    replaces: int | None = None
    """For an ephemeral message: the ordinary one that its receiver sees it in place of."""

    @property
    def text(self) -> str:
        """The words of the message, wherever they stand."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """The entities that belong to `text`."""
        found = self.content.get("entities") or self.content.get("caption_entities") or []
        return list(found)
