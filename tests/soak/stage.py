"""The simulated group from inside: people post and press without a network, at exact moments."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PIL import Image
from typing_extensions import override

from simulator import posting, views
from simulator.api.inputs import keep_photo
from simulator.entities import find
from simulator.events import Hub
from simulator.messages import Media, Message
from simulator.photos import Darkroom, Rendition, measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator import Simulator
    from simulator.chats import Chat

ZONE = ZoneInfo("Asia/Shanghai")
COLOURS = ("gray", "olive", "peru", "slategray", "tan", "rosybrown", "darkkhaki", "silver")
PIXELS = (64, 48)
"""The pictures are tiny: this measures time and words, not photos."""


class QuickDarkroom(Darkroom):
    """Keeps pictures in the one size they come in: nobody looks at them here."""

    @override
    def develop(self, data: bytes) -> tuple[Rendition, ...] | None:
        size = measure(data)
        return (Rendition(data, *size),) if size else None


class Eyes(Hub):
    """Tells somebody of every message of the bot the moment it stands in a chat."""

    def __init__(self) -> None:
        super().__init__()
        self.see: Callable[[int], None] = lambda _chat: None

    @override
    def tell(self, kind: str, **note: object) -> None:
        super().tell(kind, **note)
        chat = note.get("chat")
        if kind == "chat" and isinstance(chat, int):
            self.see(chat)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the bot as it came; `button` looks at how it stands now."""

    chat: int
    message: Message

    @property
    def text(self) -> str:
        """Its words now."""
        return self.message.text

    @property
    def buttons(self) -> dict[str, str]:
        """The labels on it now, and what each sends."""
        rows = (self.message.markup or {}).get("inline_keyboard", [])
        return {b["text"]: str(b.get("callback_data", "")) for row in rows for b in row}


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that somebody pressed, and the words above it."""

    at: datetime
    who: str
    label: str
    text: str


@dataclass(slots=True, repr=False)
class Stage:
    """All that people can do. Every act happens at once; the bot hears of it as time walks."""

    simulator: Simulator
    listener: Callable[[Heard], None] = lambda _heard: None
    ids: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    _group: int = 0
    thread: int | None = None
    """The topic in which people write."""
    posts: int = 0
    """Messages and presses of people."""
    pressed: list[Pressed] = field(default_factory=list)
    _photos: list[Media] = field(default_factory=list)
    _seen: dict[tuple[int, int | None], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        world = self.simulator.world
        for person in world.people.values():
            self.ids[str(person.username)] = person.id
            self.names[person.id] = str(person.username)
        self._group = next(c.id for c in world.groups.values() if c.title == "巡查群")
        eyes = Eyes()
        eyes.see = self._look
        world.hub = eyes
        world.darkroom = QuickDarkroom()
        for colour in COLOURS:
            sizes = world.darkroom.develop(tiny_photo(colour))
            self._photos.append(keep_photo(world, sizes or ()))

    @property
    def group(self) -> int:
        """The group's id; once it has become a supergroup, nobody can write in the old one."""
        new = self.simulator.world.groups[self._group].migrated_to
        if new is not None:
            self._group = new
        return self._group

    @property
    def now(self) -> datetime:
        """The moment, in city time."""
        return self.simulator.clock.now().astimezone(ZONE)

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Do something when the clock shows this."""
        self.simulator.clock.call_at(moment, act)

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        """Do something so many seconds from now."""
        self.at(self.now + timedelta(seconds=seconds), act)

    def message(self, number: int) -> Message | None:
        """A message of the group."""
        return self.simulator.world.groups[self.group].messages.get(number)

    def photo(
        self, who: str, words: str = "", *, colour: int = 0, count: int = 1, reply_to: int = 0
    ) -> int:
        """Post a photo, or an album; its (first) message."""
        content = marked("caption", words) if words else {}
        made = [
            self._framed(who, content if n == 0 else {}, reply_to, self.media(colour + n))
            for n in range(count)
        ]
        world, chat = self.simulator.world, self._chat(who, self.group)
        if count > 1:
            album = world.next_album()
            for message in made:
                message.media_group = album
            posting.post_album(world, chat, made)
        else:
            posting.post(world, chat, made[0])
        return made[0].id

    def say(self, who: str, words: str, *, reply_to: int = 0, privately: bool = False) -> int:
        """Say something in the group, or to the bot alone."""
        chat = self._chat(who, self.ids[who] if privately else self.group)
        message = self._framed(who, marked("text", words), reply_to, None)
        message.chat_id = chat.id
        return posting.post(self.simulator.world, chat, message).id

    def press(self, who: str, heard: Heard, label: str) -> bool:
        """Press a button; False when it has gone."""
        data = heard.buttons.get(label)
        message = heard.message
        if data is None:
            return False
        world, account = self.simulator.world, self.ids[who]
        bot = world.first_bot
        chat = self._chat(who, heard.chat)
        place = (chat.id, message.id or message.ephemeral_id or 0)
        query = world.callbacks.ask(bot.id, account, place, world.clock.now())
        query.ephemeral_message = message.receiver is not None
        shown = views.for_bot(world, chat, message, bot.id)
        asked: dict[str, Any] = {"id": query.id, "from": views.user_object(world, account)}
        asked |= {"message": shown, "chat_instance": str(chat.id * 7919), "data": data}
        self.posts += 1
        self.pressed.append(Pressed(self.now, who, label, message.text))
        posting.give(world, bot, "callback_query", asked)
        return True

    def whisper(self, who: str) -> Heard | None:
        """The newest message of the group that this person alone sees."""
        chat = self.simulator.world.groups[self.group]
        own = [m for m in chat.ephemeral.values() if m.receiver == self.ids[who]]
        return Heard(chat.id, own[-1]) if own else None

    def media(self, number: int) -> Media:
        """One of the pictures that people have."""
        return self._photos[number % len(self._photos)]

    def _framed(self, who: str, content: Any, reply_to: int, media: Media | None) -> Message:
        self.posts += 1
        now = self.simulator.world.unix()
        own: dict[str, Any] = {"reply_to": reply_to or None, "thread": self.thread}
        return Message(0, self.group, now, self.ids[who], content, media, **own)

    def _chat(self, who: str, chat: int) -> Chat:
        world = self.simulator.world
        return (
            world.private_chat(self.ids[who], world.first_bot.id)
            if chat > 0
            else world.groups[chat]
        )

    def _look(self, chat_id: int) -> None:
        """Hand on what the bot wrote since the last look."""
        world = self.simulator.world
        bot = world.first_bot.id
        chat = world.groups.get(chat_id) or world.private.get((chat_id, bot))
        if chat is None:
            return
        first = self._seen.get((chat_id, chat.owner_bot), 0) + 1
        self._seen[chat_id, chat.owner_bot] = chat.last_message_id
        for number in range(first, chat.last_message_id + 1):
            message = chat.messages.get(number)
            if message is not None and message.sender == bot:
                self.listener(Heard(chat_id, message))


@cache
def tiny_photo(colour: str = "gray") -> bytes:
    """A plain photo of few pixels."""
    out = io.BytesIO()
    Image.new("RGB", PIXELS, colour).save(out, "JPEG")
    return out.getvalue()


def marked(field_name: str, words: str) -> dict[str, Any]:
    """Words as a message holds them."""
    entities = find(words, [])
    name = "entities" if field_name == "text" else "caption_entities"
    return {field_name: words, name: entities} if entities else {field_name: words}
