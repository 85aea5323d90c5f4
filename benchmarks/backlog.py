"""`python -m benchmarks.backlog CASES TALK`: a long backlog in a process of its own.

A case's backlog is five updates: the photo, more photos of an album, the claim in words. TALK
further updates say nothing to the bot. Prints, as JSON, seconds, updates, the messages that are
left to send, and the memory at tenths of the way.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.contenders import product_in
from benchmarks.start import resident
from benchmarks.updates import each_photo
from bot import collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.updates import RawUpdate

ALBUM = 4
"""Photos of each case."""
EACH = ALBUM + 1
"""Updates of each case."""
BATCH = 100


def backlog(cases: int, talk: int) -> Iterator[RawUpdate]:
    """All updates in order: cases, and talk evenly between them."""
    every = talk // max(cases, 1)
    number = 0
    for photo in each_photo(cases):
        for raw in (*_album(photo), _claim(photo), *(_talk(photo) for _ in range(every))):
            number += 1
            message = {**raw["message"], "message_id": number + 1_000_000}
            if "reply_to_message" in raw["message"]:
                first = raw["message"]["reply_to_message"] | {
                    "message_id": number + 1_000_000 - ALBUM
                }
                message |= {"reply_to_message": first}
            yield {"update_id": 500_000_000 + number, "message": message}


def _album(photo: RawUpdate) -> Iterator[RawUpdate]:
    group = str(photo["update_id"])
    first = photo["message"] | {"media_group_id": group}
    yield {"message": first}
    bare = {key: value for key, value in first.items() if key != "caption"}
    for at in range(1, ALBUM):
        sizes = [
            {**size, "file_unique_id": f"{size['file_unique_id']}{at}"} for size in first["photo"]
        ]
        yield {"message": bare | {"photo": sizes}}


def _claim(photo: RawUpdate) -> RawUpdate:
    officer = photo["message"]["from"]["id"] - 1000
    repairer = {
        "id": 2000 + officer,
        "is_bot": False,
        "first_name": "维修员",
        "username": f"repairer{officer:02}",
    }
    return {"message": _said(photo, repairer, "收到") | {"reply_to_message": photo["message"]}}


def _talk(photo: RawUpdate) -> RawUpdate:
    passer = {"id": 9001, "is_bot": False, "first_name": "路人"}
    return {"message": _said(photo, passer, "今天真热")}


def _said(photo: RawUpdate, who: dict[str, Any], words: str) -> dict[str, Any]:
    kept = {key: photo["message"][key] for key in ("date", "chat")}
    return kept | {"from": who, "text": words}


async def measure(cases: int, talk: int) -> dict[str, Any]:
    """Take all of it in, and look at what is left."""
    total, before = cases * EACH + talk, resident()
    memory: list[int] = []
    with tempfile.TemporaryDirectory("-backlog") as folder:
        async with product_in(Path(folder)) as bench:
            begun, taken = time.perf_counter(), 0
            batch: list[RawUpdate] = []
            for raw in backlog(cases, talk):
                batch.append(raw)
                if len(batch) == BATCH:
                    await bench.take_in(batch)
                    taken += len(batch)
                    batch = []
                    if taken * 10 // total > len(memory):
                        memory.append(resident() - before)
            if batch:
                await bench.take_in(batch)
            seconds = time.perf_counter() - begun
        left = _left(Path(folder))
    return {"seconds": seconds, "updates": total, "memory": memory, "left": left}


def _left(folder: Path) -> int:
    """Messages and edits that wait to be sent; reactions cost nothing."""
    with closing(sqlite3.connect(folder / "xunchaqun.sqlite3")) as database:
        waiting = "SELECT count(*) FROM outbox WHERE state = 'queued' AND NOT free"
        return int(database.execute(waiting).fetchone()[0])


if __name__ == "__main__":
    collector.settle()
    told = asyncio.run(measure(int(sys.argv[1]), int(sys.argv[2])))
    sys.stdout.write(json.dumps(told))
