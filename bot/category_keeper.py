"""Keeps the category file in force: dated versions, and edits taken over while the bot runs.

Only a file of the office is watched; the one that ships changes with the program alone.
"""

from __future__ import annotations

import asyncio
import logging
import tomllib
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.config.category_files import category_text, tree_of
from bot.config.problems import ConfigError
from casework.categories import Categories, CategoryFileError
from usecases import rulebooks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from usecases.desk import Desk
    from usecases.keeping import Rulebook
    from usecases.ports import Clock
    from usecases.rulebooks import Adopted

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)
"""How often a file of the office is looked at."""
LANGUAGES = ("zh", "en")


class CategoryKeeper:
    """Swaps the town of a desk when the category file was edited. The nursery runs `run()`."""

    def __init__(self, desk: Desk, file: Path | None, clock: Clock) -> None:
        self._desk = desk
        self._file = file
        self._clock = clock
        self._stamp: tuple[int, ...] = ()
        self._seen = ""
        self._until: datetime | None = None

    @property
    def idle(self) -> bool:
        """Whether only time can bring anything to do."""
        return self._file is None or (self._until is not None and self._until > self._clock.now())

    async def open(self) -> None:
        """At a start: the file that was loaded is in force, as a new version if it was edited.

        Raises:
            ConfigError: It was edited since then, and is wrong now.
        """
        self._stamp = await asyncio.to_thread(_stamp, self._file)
        text = await asyncio.to_thread(category_text, self._file)
        self._seen = _digest(text)
        tree = self._desk.town.categories
        if self._file is not None:
            tree = await asyncio.to_thread(tree_of, text, str(self._file))
        await self._adopt(text, tree)

    async def run(self) -> None:
        """Look at the file once a minute, for ever."""
        while self._file is not None:
            self._until = self._clock.now() + EVERY
            await self._clock.sleep_until(self._until)
            await self.look()

    async def look(self) -> None:
        """Take over the file if it was edited and is good; else say what is wrong with it."""
        stamp = await asyncio.to_thread(_stamp, self._file)
        if self._file is not None and stamp != self._stamp:
            self._stamp = stamp
            await self._read(self._file)

    async def follow(self) -> None:
        """Take over the version that another process has put in force."""
        newest, earlier = await self._desk.do(rulebooks.in_force)
        if newest is None or newest.version == self._desk.town.rules_version:
            return
        try:
            tree = Categories.from_mapping(tomllib.loads(newest.text))
        except CategoryFileError:
            # A newer program's: this one goes on with what it can read.
            return
        await self._put_in_force(newest, earlier, tree)

    async def _read(self, file: Path) -> None:
        content = ""
        try:
            text = await asyncio.to_thread(category_text, file)
            content = _digest(text)
            if content != self._seen:
                await self._take_over(text, await asyncio.to_thread(tree_of, text, file.name))
        except ConfigError as error:
            if content != self._seen:
                await self._refuse(content, error)
        self._seen = content

    async def _take_over(self, text: str, tree: Categories) -> None:
        adopted = await self._adopt(text, tree)
        if adopted.new:
            await self._desk.do(rulebooks.tell_adopted, adopted.rulebook.version)

    async def _adopt(self, text: str, tree: Categories) -> Adopted:
        adopted = await self._desk.do(rulebooks.adopt, text, tree)
        book = adopted.rulebook
        await self._put_in_force(book, adopted.earlier, tree)
        if adopted.new:
            extra = {"action": "rules.adopted", "version": book.version}
            log.info("category file, version %d", book.version, extra=extra)
        return adopted

    async def _put_in_force(
        self, book: Rulebook, earlier: Sequence[Rulebook], tree: Categories
    ) -> None:
        trees = await asyncio.to_thread(_trees, earlier)
        names = {code: (zh, en) for code, (zh, en) in book.names.items()}
        self._desk.town = replace(
            self._desk.town,
            categories=tree,
            rules_version=book.version,
            earlier=trees,
            known_names=names,
        )

    async def _refuse(self, content: str, error: ConfigError) -> None:
        log.warning(
            "the edited category file is not used: %s",
            " ".join(error.lines("en")),
            extra={"action": "rules.refused", "mistakes": len(error.problems)},
        )
        lines = {language: error.lines(language) for language in LANGUAGES}
        await self._desk.do(rulebooks.tell_refused, content, lines)


def _stamp(file: Path | None) -> tuple[int, ...]:
    """What changes with every edit of a file; nothing where there is no file."""
    try:
        found = file.stat() if file is not None else None
    except OSError:
        return ()
    return (found.st_mtime_ns, found.st_size, found.st_ino) if found else ()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _trees(books: Sequence[Rulebook]) -> dict[int, Categories]:
    """The trees of earlier versions; one that this program cannot read any more is left out."""
    trees = {}
    for book in books:
        try:
            trees[book.version] = Categories.from_mapping(tomllib.loads(book.text))
        except CategoryFileError:
            log.warning(
                "version %d of the category file is out of date; its cases follow today's",
                book.version,
                extra={"action": "rules.outdated"},
            )
    return trees
