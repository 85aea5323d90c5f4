"""Everything that the simulated Telegram knows, in one place; `reset` goes back to the town."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from simulator import town
from simulator.bots import Bot, new_bot
from simulator.callbacks import CallbackQueries
from simulator.calllog import CallLog
from simulator.chats import Chat
from simulator.errors import SimError
from simulator.events import Hub
from simulator.faults import Faults
from simulator.files import FileStore
from simulator.limits import Limits
from simulator.photos import Darkroom
from simulator.webhooks import Webhooks

if TYPE_CHECKING:
    from simulator.clock import SimulatedClock
    from simulator.messages import Media, Message
    from simulator.people import Person

FIRST_SUPERGROUP_ID = -1_001_000_000_001


class World:
    """The state; the rules stand in the modules that work on it."""

    def __init__(self, clock: SimulatedClock) -> None:
        self.clock = clock
        self.hub = Hub()
        self.darkroom = Darkroom()
        self.callbacks = CallbackQueries()
        self.webhooks = Webhooks(clock)
        self.bots: dict[str, Bot] = {}
        self._last_message_ids: dict[tuple[int, int | None], int] = {}
        self._empty()
        self._settle()

    def _empty(self) -> None:
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Chat] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.files = FileStore()
        self.media: dict[int, Media] = {}
        self.faults = Faults()
        self.log = CallLog()
        self.random = Random(7)  # noqa: S311 - a run must repeat
        self._last_album = 0

    def _settle(self) -> None:
        """Fill the empty world with the sample town."""
        people = town.people()
        self.people.update({person.id: person for person in people})
        self.add_bot(town.bot(), town.BOT_TOKEN)
        for group in town.groups(people):
            self.add_group(group)

    def reset(self) -> None:
        """Back to the sample town. Identifiers go on growing, so that no bot sees one twice."""
        for chat in self.all_chats():
            self._last_message_ids[chat.id, chat.owner_bot] = chat.last_message_id
            chat.messages.clear()  # an item of an album may still be on its way
        self._empty()
        first = next(iter(self.bots.values()))
        self.bots = {first.token: first}
        first.queue.clear()
        first.webhook = None
        first.limits = Limits()
        first.queue.wake()
        self._settle()
        self.hub.tell("chats")
        self.hub.tell("people")

    def unix(self) -> int:
        """Now, in whole unix seconds."""
        return int(self.clock.now().timestamp())

    def add_bot(self, person: Person, token: str) -> Bot:
        """Register a bot; one that was there already stays the same object."""
        self.people[person.id] = person
        bot = self.bots.get(token)
        if bot is None:
            bot = self.bots[token] = new_bot(person, token)
        bot.person = person
        return bot

    def add_group(self, chat: Chat) -> Chat:
        """Open a group."""
        self.groups[chat.id] = self._numbered(chat)
        return chat

    def private_chat(self, person: int, bot: int) -> Chat:
        """The chat of a person with a bot, opened if it was not."""
        chat = self.private.get((person, bot))
        if chat is None:
            members = {person: "member", bot: "member"}
            chat = Chat(person, "private", members=members, owner_bot=bot)
            self.private[person, bot] = self._numbered(chat)
            self.hub.tell("chats")
        return chat

    def all_chats(self) -> list[Chat]:
        """Groups first, then private chats."""
        return [*self.groups.values(), *self.private.values()]

    def bot_by_id(self, account: int) -> Bot | None:
        """The bot with that account, if it is one."""
        return next((bot for bot in self.bots.values() if bot.id == account), None)

    @property
    def first_bot(self) -> Bot:
        """The bot that private chats on the people's side belong to."""
        return next(iter(self.bots.values()))

    def person(self, account: int) -> Person:
        """The account, or a SimError."""
        person = self.people.get(account)
        if person is None:
            raise SimError(f"there is no person {account}", 404)
        return person

    def chat_for_people(self, chat_id: int, bot: int | None = None) -> Chat:
        """The chat as people address it, or a SimError."""
        if chat_id > 0:
            owner = self.first_bot.id if bot is None else bot
            chat = self.private.get((chat_id, owner))
        else:
            chat = self.groups.get(chat_id)
        if chat is None:
            raise SimError(f"there is no chat {chat_id}", 404)
        return chat

    def keep(self, media: Media) -> Media:
        """Remember what its files belong to, so that they can be sent again by id."""
        for file in [size.file for size in media.sizes] + ([media.file] if media.file else []):
            self.media[file.key] = media
        return media

    def next_album(self) -> str:
        """A fresh `media_group_id`."""
        self._last_album += 1
        return str(13_000_000_000_000_000 + self.unix() * 1000 + self._last_album % 1000)

    def album(self, chat: Chat, media_group: str) -> list[Message]:
        """The messages of an album, oldest first."""
        return [m for m in chat.messages.values() if m.media_group == media_group]

    def free_group_id(self, *, supergroup: bool) -> int:
        """An id that no group has."""
        if supergroup:
            return min([FIRST_SUPERGROUP_ID + 1, *self.groups]) - 1
        small = [chat for chat in self.groups if chat > FIRST_SUPERGROUP_ID + 1]
        return min([town.GROUP_ID, *small]) - 1

    def free_person_id(self) -> int:
        """An id that no person has."""
        return max(account for account in self.people if account < town.BOT_ID) + 1

    def free_bot_id(self) -> int:
        """An id that no bot has."""
        return max(bot.id for bot in self.bots.values()) + 1

    def _numbered(self, chat: Chat) -> Chat:
        chat.last_message_id = self._last_message_ids.get((chat.id, chat.owner_bot), 0)
        return chat
