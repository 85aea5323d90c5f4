from __future__ import annotations

import asyncio
import json
import logging
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.assembly import Product, build, prepare, running
from bot.config import sample
from bot.receiver import Receiver
from handlers.replies import ToastReply
from pictures.worker import PictureWorker
from simulator.clock import SimulatedClock
from storage.errors import DatabaseFailedError
from tests import databases
from tests.fakes.clock import ManualClock
from tests.fakes.lent_processes import lent_worker
from tests.fakes.odd_telegram import CHAT, from_officer, odd_telegram, photo
from tests.fakes.settled import SettledSession
from usecases.desk import CourierOffice

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.receiver import RawUpdate

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 3, 10, 2, 0, 30, tzinfo=UTC)
"""Half a minute after the odd Telegram's messages."""
SMALL = "金城路 路沿石缺失"


@asynccontextmanager
async def product_in(
    folder: Path, clock: ManualClock | None = None, *, without: str = ""
) -> AsyncIterator[Product]:
    """The product with writer and desk at work, and no loops; `without` has left the roster."""
    settings = databases.housed(replace(sample({}), data=folder))
    people = tuple(person for person in settings.people if person.username != without)
    settings = replace(settings, people=people)
    prepare(settings)
    product = build(settings, clock or ManualClock(NOW), PictureWorker())
    product.bot.session = SettledSession()
    await product.writer.start()
    try:
        await product.desk.start()
        yield product
    finally:
        await product.writer.stop()


def rows(folder: Path, query: str) -> list[Any]:
    """What the database holds."""
    return databases.rows(folder, query)


def press(update_id: int, case: int) -> RawUpdate:
    """Repairer01 presses 接单 on the card of a case."""
    repairer = {"id": 1011, "is_bot": False, "first_name": "李强", "username": "repairer01"}
    card = {"message_id": 900, "date": 1773108010, "chat": CHAT, "text": "card"}
    query = {"id": str(update_id), "from": repairer, "chat_instance": "1", "message": card}
    return {"update_id": update_id, "callback_query": {**query, "data": f"c:{case}:0:"}}


async def test_one_update_is_handled_once_within_a_batch_after_it_and_after_a_restart(
    tmp_path: Path,
) -> None:
    """The same update, and the same photo under a new update id."""
    first = photo(701, SMALL)
    async with product_in(tmp_path) as product:
        await product.receiver.take_in([first, first])
        await product.receiver.take_in([first])
    async with product_in(tmp_path) as product:
        await product.receiver.take_in([first, {**first, "update_id": 702}])
    assert rows(tmp_path, "SELECT count(*) FROM cases") == [(1,)]
    assert rows(tmp_path, "SELECT count(*) FROM photos") == [(1,)]


async def test_a_press_that_the_app_repeats_under_a_new_id_changes_one_thing(
    tmp_path: Path,
) -> None:
    """Twenty of them at once; each is answered, one claims."""
    async with product_in(tmp_path) as product:
        await product.receiver.take_in([photo(701, SMALL)])
        replies = await product.receiver.take_in([press(710 + n, 1) for n in range(20)])
    assert len([reply for reply in replies if isinstance(reply, ToastReply)]) == 20
    claims = "SELECT count(*) FROM history WHERE event = 'CaseClaimed'"
    assert rows(tmp_path, claims) == [(1,)]
    assert rows(tmp_path, "SELECT claimer FROM cases") == [("repairer01",)]


async def test_a_photo_of_somebody_who_left_the_roster_can_be_moved(tmp_path: Path) -> None:
    """As what it was; the press is answered, and not put aside as failed."""
    async with product_in(tmp_path) as product:
        theirs = [_by(photo(number, words), 2) for number, words in ((702, SMALL), (703, ""))]
        await product.receiver.take_in([photo(701, SMALL), *theirs])
    move = press(710, 2)
    supervisor = {"id": 1025, "is_bot": False, "first_name": "宋文博", "username": "supervisor01"}
    move["callback_query"] |= {"from": supervisor, "data": "mp:2:0:3.1"}
    async with product_in(tmp_path, without="officer02") as product:
        assert len(await product.receiver.take_in([move])) == 1
    assert rows(tmp_path, "SELECT case_id, phase FROM photos WHERE id = 3") == [(1, "before")]


async def test_a_late_item_of_an_album_whose_case_was_handed_over_changes_nothing(
    tmp_path: Path,
) -> None:
    """It gets 🤔 as any photo by somebody whose case it is not."""
    repairer = press(0, 0)["callback_query"]["from"]
    album = [photo(702, "施工中"), photo(703, "")]
    for update in album:
        reply = {"message_id": 701, "date": 1773108000, "chat": CHAT}
        update["message"] |= {"from": repairer, "media_group_id": "9", "reply_to_message": reply}
    hand_over = press(710, 1)
    supervisor = {"id": 1025, "is_bot": False, "first_name": "宋文博", "username": "supervisor01"}
    hand_over["callback_query"] |= {"from": supervisor, "data": "v:1:0:repairer02"}
    async with product_in(tmp_path) as product:
        await product.receiver.take_in([photo(701, SMALL), album[0], hand_over, album[1]])
    assert rows(tmp_path, "SELECT count(*) FROM quarantine") == [(0,)]
    assert rows(tmp_path, "SELECT repairer, during FROM cases") == [("repairer02", 1)]
    unclear = (
        "SELECT count(*) FROM outbox WHERE kind = 'reaction' AND CAST(fact AS TEXT) LIKE '%🤔%'"
    )
    assert rows(tmp_path, unclear) == [(1,)]


async def test_a_batch_is_handled_in_the_order_of_its_updates(tmp_path: Path) -> None:
    """Sixty photos of ten officers: the numbers follow the messages."""
    batch = [_by(photo(800 + n, f"{SMALL} {n}"), 1 + n % 10) for n in range(60)]
    async with product_in(tmp_path) as product:
        await product.receiver.take_in(batch)
    opened = rows(tmp_path, "SELECT photo_message FROM cases ORDER BY number")
    assert [int(message) for (message,) in opened] == [800 + n for n in range(60)]


async def test_words_of_the_same_batch_complete_the_photo_before_them(tmp_path: Path) -> None:
    """What is said after a photo finds its case, though both were fetched at once."""
    words = from_officer(702, text="鼓楼路 井盖缺失")
    async with product_in(tmp_path) as product:
        await product.receiver.take_in([photo(701, ""), words])
    assert rows(tmp_path, "SELECT place, tier FROM cases") == [("鼓楼路", "A")]


async def test_one_failing_update_neither_blocks_the_rest_nor_disappears(tmp_path: Path) -> None:
    """It is kept whole, with the error that it met, and goes through once it can."""
    odd = from_officer(702, text=5)
    async with product_in(tmp_path) as product:
        await product.receiver.take_in([photo(701, SMALL), odd, _by(photo(703, SMALL), 2)])
        assert rows(tmp_path, "SELECT count(*) FROM cases") == [(2,)]
        ((raw, trace, attempts),) = rows(
            tmp_path, "SELECT raw, traceback, attempts FROM quarantine"
        )
        assert json.loads(raw) == odd
        assert "ValidationError" in trace
        assert "batch was rolled back" not in trace
        assert not await product.receiver.replay(odd)
        assert rows(tmp_path, "SELECT attempts FROM quarantine") == [(attempts + 1,)]
        assert await product.receiver.replay(from_officer(702, text="5"))
        assert rows(tmp_path, "SELECT count(*) FROM quarantine WHERE replayed_at IS NULL") == [(0,)]


@pytest.mark.parametrize("more", [{}, {"message": None}, {"channel_post": 5}])
async def test_a_kind_that_nobody_asked_for_is_passed_over_without_a_word_of_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, more: RawUpdate
) -> None:
    """It is not put aside for ever either; what came with it is handled."""
    caplog.set_level(logging.DEBUG)
    future = {"update_id": 702, **more, "future_thing": {"text": "我的电话 13812345678"}}
    async with product_in(tmp_path) as product:
        await product.receiver.take_in([photo(701, SMALL), future])
        assert await product.receiver.replay(future)
    assert rows(tmp_path, "SELECT count(*) FROM quarantine") == [(0,)]
    assert rows(tmp_path, "SELECT count(*) FROM cases") == [(1,)]
    assert "update 702 is of no kind" in caplog.text
    assert "13812345678" not in caplog.text


async def test_a_database_in_trouble_is_no_fault_of_the_updates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing goes to quarantine, nothing is confirmed: the batch comes again and goes through."""
    tries = 0
    take_in = Receiver.take_in

    async def in_trouble_once(receiver: Receiver, updates: list[RawUpdate]) -> object:
        nonlocal tries
        tries += 1
        if tries == 1:
            await receiver.writer.run(_fails)
        return await take_in(receiver, updates)

    monkeypatch.setattr(Receiver, "take_in", in_trouble_once)
    async with odd_telegram(photo(701, SMALL)) as telegram, _run(tmp_path, telegram.base):
        await telegram.until("sendMessage")
    assert tries == 2
    assert rows(tmp_path, "SELECT count(*) FROM quarantine") == [(0,)]


async def test_whoever_brings_updates_hears_of_a_trouble_at_once(tmp_path: Path) -> None:
    """Telegram brings them again; the loops' own desk would wait for the database instead."""
    async with product_in(tmp_path) as product:
        with pytest.raises(DatabaseFailedError):
            async with asyncio.timeout(10):
                await product.receiver.at_once.do(_fails)


def _fails(_unit: object) -> None:
    raise DatabaseFailedError("disk I/O error")


async def test_a_batch_is_confirmed_only_after_its_commit(tmp_path: Path) -> None:
    """When the offset passes the photo, another process can read its case."""
    seen: list[tuple[int, int]] = []
    async with odd_telegram(photo(701, SMALL)) as telegram:
        telegram.on_poll = lambda offset: seen.append((offset, _cases(tmp_path)))
        async with _run(tmp_path, telegram.base):
            await telegram.until("sendMessage")
    assert seen[0] == (0, 0)
    assert {cases for offset, cases in seen if offset == 702} == {1}


def _cases(folder: Path) -> int:
    return int(rows(folder, "SELECT count(*) FROM cases")[0][0])


@asynccontextmanager
async def _run(folder: Path, base: str) -> AsyncIterator[Product]:
    settings = databases.housed(replace(sample({}), data=folder))
    telegram = replace(settings.telegram, api_base=base)
    settings = replace(settings, telegram=telegram)
    async with running(settings, SimulatedClock(NOW), lent_worker()) as product:
        yield product


async def test_a_migrated_groups_new_id_is_known_to_the_rest_of_its_batch(tmp_path: Path) -> None:
    """The photo after the migration opens a case, and nobody leaves the group."""
    new = {"id": -1001234567890, "type": "supergroup", "title": "巡查群"}
    moved = from_officer(701, chat=new, migrate_from_chat_id=CHAT["id"])
    after = photo(702, SMALL)
    after["message"]["chat"] = new
    async with product_in(tmp_path) as product:
        assert await product.receiver.take_in([moved, after]) == []
    assert rows(tmp_path, "SELECT chat FROM cases") == [(str(new["id"]),)]


async def test_a_group_heard_in_a_batch_that_fails_is_heard_all_the_same(tmp_path: Path) -> None:
    """What was learnt of it in the rolled back transaction is forgotten, and learnt anew."""
    async with product_in(tmp_path) as product:
        office = CourierOffice(product.desk)
        await office.chat_state(str(CHAT["id"]), "gone")
        await product.receiver.take_in([photo(701, SMALL), from_officer(702, text=5)])
    here = f"SELECT state FROM chats WHERE chat = '{CHAT['id']}'"  # noqa: S608 - a number
    assert rows(tmp_path, here) == [("here",)]


async def test_what_was_being_sent_at_a_kill_is_settled_by_its_kind(tmp_path: Path) -> None:
    """A card is sent again; the marks of before are kept, so that the pace knows of them."""
    async with product_in(tmp_path) as product:
        await product.receiver.take_in([photo(701, SMALL)])
        office = CourierOffice(product.desk)
        for head in rows(tmp_path, "SELECT id FROM outbox"):
            await office.take(head[0])
    states = "SELECT DISTINCT state FROM outbox"
    assert rows(tmp_path, states) == [("sending",)]
    later = ManualClock(NOW + timedelta(minutes=1))
    async with product_in(tmp_path, later) as product:
        office = CourierOffice(product.desk)
        await office.recover()
        assert rows(tmp_path, states) == [("queued",)]
        since = await office.sent_since(NOW - timedelta(minutes=1))
    assert len(since) == 1


def _by(update: RawUpdate, officer: int) -> RawUpdate:
    sender = {"id": 1000 + officer, "username": f"officer{officer:02}"}
    update["message"]["from"] = {**update["message"]["from"], **sender}
    return update


async def test_a_clock_put_back_between_two_lives_holds_nothing_up(tmp_path: Path) -> None:
    """What was queued an hour ahead of the new time may go, or waits as long as it should."""
    ahead = ManualClock(NOW + timedelta(hours=1))
    async with product_in(tmp_path, ahead) as product:
        await product.receiver.take_in([photo(701, SMALL)])
    async with product_in(tmp_path) as product:
        office = CourierOffice(product.desk)
        assert not (await office.waiting(shut=(), narrow=(), limit=5)).rows
        await office.recover()
        waiting = await office.waiting(shut=(), narrow=(), limit=5)
        kinds = {row.kind for row in waiting.rows}
    assert kinds == {"reaction"}
