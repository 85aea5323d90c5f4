"""The shelves of people and groups: few rows that seldom change, so they are written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BindParameter, String, bindparam, exists, literal_column, not_, text
from typing_extensions import override

from storage import tables, topics
from storage.columns import one_of
from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.outbox import lane_in
from storage.shelves.shelf import Shelf
from storage.tables_of_time import boards
from usecases.records import Binding, Chat, Sent

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sqlalchemy import ColumnElement, Table, TextClause

    from storage.hand import Hand

P, G = tables.people.c, tables.chats.c
OLD: BindParameter[str] = bindparam("old", type_=String())
NEW: BindParameter[str] = bindparam("new", type_=String())
BINDINGS = Plan(record=Binding, table=tables.people, same=("person",), conflict="replace")
CHATS = Plan(record=Chat, table=tables.chats, same=("origin",), conflict="replace")

BY_ACCOUNT = Query(BINDINGS.read().where(P.account == bindparam("account")), "account")
BY_PERSON = Query(BINDINGS.read().where(P.person == bindparam("person")), "person")
BY_CHAT = Query(CHATS.read().where(G.chat == bindparam("chat")), "chat")
BY_ORIGIN = Query(CHATS.read().where(G.origin == bindparam("origin")), "origin")


def _move(table: Table, *where: ColumnElement[bool] | TextClause, **values: object) -> Query:
    statement = table.update().where(table.c.chat == OLD, *where)
    return Query(statement.values(chat=NEW, **values), "old", "new")


def _move_unless_there(table: Table, *key: str) -> Query:
    """A row stays behind when the new chat has one of the same key already."""
    there = table.alias("there")
    same = [there.c[name] == table.c[name] for name in key]
    return _move(table, not_(exists().where(there.c.chat == NEW, *same)))


# A supergroup counts its messages anew, and those of before are out of a bot's reach: their numbers
# would be those of other messages there. So what is kept by number stays with the old id.
MOVES = (
    _move(tables.cases, card="", photo_message="", thread=""),
    _move_unless_there(tables.albums, "album"),
    _move_unless_there(tables.words, "message"),
    _move(tables.nudges),
    _move(
        tables.outbox,
        text(tables.IS_WAITING),
        tables.outbox.c.kind == literal_column("'reaction'"),
        state=Sent.DROPPED.value,
        note="the group has moved",
    ),
    _move(tables.outbox, text(tables.IS_WAITING), lane=lane_in(NEW), reply_to="", thread=""),
    _move(tables.outbox, text(one_of("state", Sent)), lane=lane_in(NEW)),
    _move_unless_there(tables.chats),
)
RENAMED = Query(tables.people.update().where(P.person == OLD).values(person=NEW), "old", "new")
ALL_CHATS = Query(CHATS.read().order_by(G.origin))
FORGET = Query(tables.chats.delete().where(G.origin == OLD), "old")
NAMED_ANEW = tuple(
    Query(table.update().where(table.c.origin == OLD).values(origin=NEW), "old", "new")
    for table in (tables.chats, boards)
)


class PeopleShelf(Shelf):
    """The bindings between the roster and accounts (`ports.People`)."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._shape = hand.shape(BINDINGS)
        self._by_account: dict[str, Binding | None] = {}
        self._by_person: dict[str, Binding | None] = {}

    def by_account(self, account: str) -> Binding | None:
        """The person behind an account."""
        if account not in self._by_account:
            self._by_account[account] = self._one(BY_ACCOUNT, account)
        return self._by_account[account]

    def by_person(self, person: str) -> Binding | None:
        """The account of a person, once seen."""
        if person not in self._by_person:
            self._by_person[person] = self._one(BY_PERSON, person)
        return self._by_person[person]

    def save(self, binding: Binding) -> None:
        """Keep or replace a binding."""
        self._by_account.clear()
        self._by_person.clear()
        self._hand.many(self._shape.insert, self._shape.new([binding]))

    def rename(self, old: str, new: str) -> None:
        """Let the account of one person of the roster be that of another one."""
        self._by_account.clear()
        self._by_person.clear()
        self._hand.run(RENAMED, old, new)

    def _one(self, query: Query, value: str) -> Binding | None:
        row = self._hand.one(query, value)
        return self._shape.record(row) if row else None


class ChatShelf(Shelf):
    """The groups as the bot knows them (`ports.Chats`)."""

    def __init__(self, hand: Hand, everything: Callable[[], None]) -> None:
        super().__init__(hand)
        self._shape = hand.shape(CHATS)
        self._settle_everything = everything
        self._by_chat: dict[str, Chat | None] = {}

    def get(self, chat: str) -> Chat | None:
        """A group by the id now in use."""
        if chat not in self._by_chat:
            self._by_chat[chat] = self._one(BY_CHAT, chat)
        return self._by_chat[chat]

    def by_origin(self, origin: str) -> Chat | None:
        """A group by its id in the configuration."""
        return self._one(BY_ORIGIN, origin)

    def save(self, chat: Chat) -> None:
        """Keep or replace a group, by its origin."""
        self._by_chat.clear()
        self._hand.news.add(topics.CHATS)
        self._hand.many(self._shape.insert, self._shape.new([chat]))

    def move(self, old: str, new: str) -> None:
        """Move cases, albums, words, nudges and outbox rows to a new id.

        Messages, photos and cards of before keep the old one; what would go to a message of
        before goes without it.
        """
        self._settle_everything()
        self._hand.news.add(topics.CHATS)
        for query in MOVES:
            self._hand.run(query, old, new)
        self._by_chat.clear()

    def forget_others(self, origins: Collection[str]) -> bool:
        """Forget the groups that stand under other ids in the configuration; whether any did."""
        known = map(self._shape.record, self._hand.rows(ALL_CHATS))
        others = [one.origin for one in known if one.origin not in origins]
        for origin in others:
            self._hand.run(FORGET, origin)
        self._by_chat.clear()
        return bool(others)

    def name_anew(self, old: str, new: str) -> None:
        """Let a group with its board stand under another id in the configuration."""
        self._settle_everything()
        self._hand.news.add(topics.CHATS)
        for query in NAMED_ANEW:
            self._hand.run(query, old, new)
        self._by_chat.clear()

    def _one(self, query: Query, value: str) -> Chat | None:
        row = self._hand.one(query, value)
        return self._shape.record(row) if row else None

    @override
    def reset(self) -> None:
        self._by_chat.clear()
