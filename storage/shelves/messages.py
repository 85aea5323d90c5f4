"""The shelves of what was said: messages of cases, albums, and people's last words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BindParameter, bindparam, delete, literal_column
from typing_extensions import override

from casework.changing import replace
from storage import tables
from storage.hand import Query
from storage.shapes import Plan
from storage.shelves.shelf import Shelf
from usecases.records import Album, Link, Words

if TYPE_CHECKING:
    from datetime import datetime

    from storage.hand import Hand

L, A, W = tables.links.c, tables.albums.c, tables.words.c
CHAT: BindParameter[str] = bindparam("chat")
MESSAGE: BindParameter[str] = bindparam("message")
LINKS = Plan(record=Link, table=tables.links, same=("chat", "message"))
ALBUMS = Plan(record=Album, table=tables.albums, same=("chat", "album"), conflict="replace")
WORDS = Plan(record=Words, table=tables.words, same=("chat", "message"), conflict="replace")

LINK = Query(LINKS.read().where(L.chat == CHAT, L.message == MESSAGE), "chat", "message")
ALBUM = Query(ALBUMS.read().where(A.chat == CHAT, A.album == bindparam("album")), "chat", "album")
LAST_WORDS = Query(
    WORDS.read()
    .where(W.chat == CHAT, W.person == bindparam("person"), W.at >= bindparam("since"))
    .order_by(W.at.desc())
    .limit(literal_column("1")),
    "chat",
    "person",
    "since",
)
FORGET_WORDS = Query(
    delete(tables.words).where(W.chat == CHAT, W.message == MESSAGE), "chat", "message"
)
PURGE_WORDS = Query(delete(tables.words).where(W.at < bindparam("before")), "before")
OLDEST_WORDS = Query(WORDS.read().order_by(W.at).limit(literal_column("1")))


class LinkShelf(Shelf):
    """Which message belongs to which case (`ports.Links`)."""

    def __init__(self, hand: Hand, parent: Shelf) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(LINKS)
        self._known: dict[tuple[str, str], Link | None] = {}
        self._new: set[tuple[str, str]] = set()
        self._changed: set[tuple[str, str]] = set()

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._new or self._changed)

    def get(self, chat: str, message: str) -> Link | None:
        """The link of a message."""
        key = (chat, message)
        if key not in self._known:
            row = self._hand.one(LINK, chat, message)
            self._known[key] = self._shape.record(row) if row else None
        return self._known[key]

    def add(self, link: Link) -> bool:
        """Keep a link; False when the message already belongs to a case (the old one stays)."""
        if self.get(link.chat, link.message) is not None:
            return False
        self._known[link.chat, link.message] = link
        self._new.add((link.chat, link.message))
        return True

    def move(self, chat: str, message: str, case_id: int) -> None:
        """Give a message to another case; a message of no case stays one."""
        link = self.get(chat, message)
        if link is None:
            return
        self._known[chat, message] = replace(link, case_id=case_id)
        if (chat, message) not in self._new:
            self._changed.add((chat, message))

    @override
    def write(self) -> None:
        shape, known = self._shape, self._known
        if self._new:
            self._hand.many(shape.insert, shape.new([known[key] for key in self._new]))
            self._new.clear()
        if self._changed:
            self._hand.many(shape.update, shape.change([known[key] for key in self._changed]))
            self._changed.clear()

    @override
    def reset(self) -> None:
        self._known.clear()


class AlbumShelf(Shelf):
    """The albums seen (`ports.Albums`)."""

    def __init__(self, hand: Hand, parent: Shelf) -> None:
        super().__init__(hand, parent)
        self._shape = hand.shape(ALBUMS)
        self._known: dict[tuple[str, str], Album | None] = {}
        self._changed: set[tuple[str, str]] = set()

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._changed)

    def get(self, chat: str, album: str) -> Album | None:
        """The album, if an item of it was seen."""
        key = (chat, album)
        if key not in self._known:
            row = self._hand.one(ALBUM, chat, album)
            self._known[key] = self._shape.record(row) if row else None
        return self._known[key]

    def save(self, album: Album) -> None:
        """Keep or replace what became of an album."""
        self._known[album.chat, album.album] = album
        self._changed.add((album.chat, album.album))

    @override
    def write(self) -> None:
        if self._changed:
            rows = self._shape.new([self._known[key] for key in self._changed])
            self._hand.many(self._shape.insert, rows)
            self._changed.clear()

    @override
    def reset(self) -> None:
        self._known.clear()


class WordsShelf(Shelf):
    """The last words of people, kept for minutes (`ports.LastWords`)."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self._shape = hand.shape(WORDS)
        self._new: dict[tuple[str, str], Words] = {}
        self._speakers: set[tuple[str, str]] = set()

    @property
    @override
    def dirty(self) -> bool:
        return bool(self._new)

    def add(self, words: Words) -> None:
        """Keep somebody's words; the same message again replaces them."""
        self._new[words.chat, words.message] = words
        self._speakers.add((words.chat, words.person))

    def last(self, chat: str, person: str, since: datetime) -> Words | None:
        """The last words of a person in a chat since then, if not yet used."""
        if (chat, person) in self._speakers:
            self.settle()
        row = self._hand.one(LAST_WORDS, chat, person, since)
        return self._shape.record(row) if row else None

    def forget(self, chat: str, message: str) -> None:
        """Delete words that were used."""
        self._new.pop((chat, message), None)
        self._hand.run(FORGET_WORDS, chat, message)

    def purge(self, before: datetime) -> datetime | None:
        """Delete older words; the time of the oldest that stays."""
        self.settle()
        self._hand.run(PURGE_WORDS, before)
        row = self._hand.one(OLDEST_WORDS)
        return self._shape.record(row).at if row else None

    @override
    def write(self) -> None:
        if self._new:
            self._hand.many(self._shape.insert, self._shape.new(self._new.values()))
            self._new.clear()
            self._speakers.clear()
