"""Who waits for work hears of each commit that may have brought some, and of no other."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import OperationalError

from casework.changing import replace
from storage.errors import DatabaseFailedError
from storage.writer import Writer
from tests.integration.storage.cast import NOON, due, photo, pothole, row
from usecases.records import Chat, PhotoState, Sent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sqlalchemy import URL, PoolProxiedConnection

    from usecases.ports import UnitOfWork


@asynccontextmanager
async def heard(url: str | URL) -> AsyncIterator[tuple[Writer, list[frozenset[str]]]]:
    """A writer, and the news of its commits; the city has one case, with a row of each kind."""
    news: list[frozenset[str]] = []
    writer = Writer(url, changed=news.append)
    await writer.start()
    await writer.run(_begin)
    news.clear()
    yield writer, news
    await writer.stop()


def _begin(unit: UnitOfWork) -> None:
    unit.cases.add(pothole(unit.cases.new_id()))
    unit.outbox.add(row("a", 1))
    unit.photos.add(photo("700", 1))
    unit.dues.add(due("a", 1))


def _queue(unit: UnitOfWork) -> None:
    unit.outbox.add(row("b", 1))


def _queue_again(unit: UnitOfWork) -> None:
    (found,) = unit.outbox.heads(NOON, shut=(), narrow=(), limit=9)
    unit.outbox.save(found)


def _take(unit: UnitOfWork) -> None:
    (found,) = unit.outbox.heads(NOON, shut=(), narrow=(), limit=9)
    unit.outbox.save(replace(found, state=Sent.SENDING))


def _post(unit: UnitOfWork) -> None:
    unit.photos.add(photo("701", 1))


def _keep(unit: UnitOfWork) -> None:
    (found,) = unit.photos.of_case(1)
    unit.photos.save(replace(found, state=PhotoState.KEPT))


def _try_again(unit: UnitOfWork) -> None:
    (found,) = unit.photos.of_case(1)
    unit.photos.save(replace(found, attempts=1))


def _plan(unit: UnitOfWork) -> None:
    unit.dues.add(due("b", 1))


def _cancel(unit: UnitOfWork) -> None:
    unit.dues.set_case(1, [])


def _finish(unit: UnitOfWork) -> None:
    (found,) = unit.dues.of_case(1)
    unit.dues.finish(found, state="done")


def _chat(unit: UnitOfWork) -> None:
    unit.chats.save(Chat(chat="-1", origin="-1"))


def _change_a_case(unit: UnitOfWork) -> None:
    case = unit.cases.get(1)
    assert case is not None
    unit.cases.save(replace(case, place="西关街", version=case.version + 1), was=case)


def _look(unit: UnitOfWork) -> None:
    unit.outbox.heads(NOON, shut=(), narrow=(), limit=9)


BROUGHT: dict[Callable[[UnitOfWork], None], set[str]] = {
    _queue: {"outbox"},
    _queue_again: {"outbox"},
    _take: set(),  # whoever takes it knows
    _post: {"photos"},
    _keep: set(),
    _try_again: {"photos"},
    _plan: {"dues"},
    _cancel: {"dues"},
    _finish: set(),
    _chat: {"chats"},
    _change_a_case: set(),
    _look: set(),
}


@pytest.mark.parametrize("change", BROUGHT, ids=lambda change: change.__name__.strip("_"))
async def test_a_commit_says_what_it_may_have_brought(
    url: str, change: Callable[[UnitOfWork], None]
) -> None:
    """Sendable rows, photos to fetch, earlier limits, groups."""
    async with heard(url) as (writer, news):
        await writer.run(change)
        assert set().union(*news) == BROUGHT[change]


async def test_the_news_of_a_batch_come_with_its_commit(url: str) -> None:
    """Before it, there is nothing to be found."""
    async with heard(url) as (writer, news):
        async with writer.batch() as batch:
            await batch.call(_queue)
            await batch.call(_plan)
            assert news == []
        assert news == [{"outbox", "dues"}]


async def test_what_was_rolled_back_is_no_news(url: str) -> None:
    """Nothing came of it."""

    def fails(unit: UnitOfWork) -> None:
        _queue(unit)
        raise ZeroDivisionError

    async with heard(url) as (writer, news):
        with pytest.raises(ZeroDivisionError):
            await writer.run(fails)
        assert news == []


async def test_a_commit_that_seems_to_fail_may_have_happened_and_is_told(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update that comes again changes nothing: nobody else would ever say what it brought."""
    commit: Any = DefaultDialect.do_commit

    def odd(dialect: DefaultDialect, connection: PoolProxiedConnection) -> None:
        commit(dialect, connection)
        raise OperationalError("COMMIT", None, OSError("the line went dead"))

    async with heard(url) as (writer, news):
        with monkeypatch.context() as patch:
            patch.setattr(DefaultDialect, "do_commit", odd)
            with pytest.raises(DatabaseFailedError):
                await writer.run(_queue)
        assert {"outbox"} in news
