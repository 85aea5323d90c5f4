"""A busy hour of the sample town, through `/sim` alone, with a bot that is killed again."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import aiohttp

from tests.acceptance.city import Message, buttons, is_card, jpeg, text_of
from tests.acceptance.processes import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path
    from random import Random

    from tests.acceptance.city import City

KILLS = 50
PATIENCE = 180
"""Seconds for the imports of the lives' parent, on a busy machine."""
TOGETHER = 3
"""Lives that may be at work at the same time."""
LONGEST_LIFE = 0.4
"""Seconds; long enough to handle a batch and send, short enough to be killed on the way."""
KILLED_YOUNG = 0.2
"""The part of the lives that may end before they receive anything."""
STEP = timedelta(seconds=72)
"""What the town's clock jumps from life to life: 50 of them are an hour."""
STREETS = (
    *("金城路", "时风路", "朝阳街", "学府路", "兴业路"),
    *("西关街", "和平街", "黄河路", "健康路", "创业路"),
)
NUMBER = re.compile(r"XC-\d{8}-\d{4}")


@dataclass
class Hour:
    """What people did, and what the bot must therefore show."""

    town: City
    random: Random
    photos: dict[int, int] = field(default_factory=dict)
    """Each photo and the number of its officer."""
    claimed: set[int] = field(default_factory=set)
    """Photos whose case somebody took, by a press or by words."""
    calls: int = 0
    """The last call of the bot that was looked at."""

    async def happens(self) -> None:
        """A few minutes of the hour: photos, words and presses, as they come."""
        officers = self.random.sample(range(1, 11), 2)
        acts = [self._report(officer) for officer in officers]
        acts += [self._claim(photo) for photo in self._to_claim()]
        for act in acts:
            await act
            await asyncio.sleep(self.random.uniform(0, 0.03))

    def _to_claim(self) -> list[int]:
        free = [photo for photo in self.photos if photo not in self.claimed]
        return self.random.sample(free, min(1, len(free)))

    async def _report(self, number: int) -> None:
        who, words = f"officer{number:02}", f"{STREETS[number - 1]} 路沿石破损"
        captioned = self.random.random() < 0.6
        photo = await self._post(who, caption=words if captioned else "")
        self.photos[photo] = number
        if not captioned:
            await self._say(who, words)

    async def _claim(self, photo: int) -> None:
        """By a press if the card is there, else by words in reply to the photo."""
        who = f"repairer{self.photos[photo]:02}"
        cards = [m for m in await self.town.replies(photo) if "接单" in buttons(m)]
        if not cards:
            await self._say(who, "收到", reply_to=photo)
        elif not await self._press(who, cards[-1]["message_id"]):
            return
        self.claimed.add(photo)

    async def _post(self, who: str, *, caption: str) -> int:
        form = aiohttp.FormData({"from": str(self.town.ids[who])})
        if caption:
            form.add_field("caption", caption)
        form.add_field("photo", PHOTO, filename="photo.jpg", content_type="image/jpeg")
        url = f"{self.town.base}/sim/chats/{self.town.group}/messages"
        async with self.town.session.post(url, data=form) as answer:
            told = await answer.json()
            assert answer.status == 200, told
        return int(told["message_ids"][0])

    async def _say(self, who: str, text: str, **more: int) -> None:
        body = {"from": self.town.ids[who], "text": text, **more}
        await self.town.call("POST", f"/sim/chats/{self.town.group}/messages", body)

    async def _press(self, who: str, card: int) -> bool:
        """Press and walk on; False if the button went away at this moment."""
        url = f"{self.town.base}/sim/chats/{self.town.group}/messages/{card}/press"
        body = {"from": self.town.ids[who], "button": "接单", "wait": 0}
        async with self.town.session.post(url, json=body) as answer:
            return answer.status == 200

    async def slow_files(self) -> None:
        """Most photos take longer to fetch than a life lasts: the machine has other work."""
        fault = {"kind": "delay", "method": "getFile", "seconds": 600, "probability": 0.8}
        await self.town.call("POST", "/sim/faults", {**fault, "count": 1_000_000})

    async def polled(self) -> None:
        """Return when the bot of a new life has made its first call."""
        calls: list[Message] = []
        while not calls:
            await asyncio.sleep(0.01)
            calls = await self.town.get(f"/sim/log?after={self.calls}")
        self.calls = calls[-1]["number"]

    async def settled(self, patience: float) -> Ledger:
        """What the group shows once nothing is missing, or after so many seconds."""
        loop = asyncio.get_running_loop()
        until = loop.time() + patience
        while True:
            await asyncio.sleep(0.3)
            shown = await ledger(self)
            if not shown.missing(self) or loop.time() > until:
                return shown
            await self.jump(timedelta(seconds=61))

    async def jump(self, step: timedelta = STEP) -> None:
        """Put the clock ahead."""
        then = await self.town.now() + step
        await self.town.call("POST", "/sim/clock", {"set": then.isoformat()})


PHOTO = jpeg(size=(64, 48))


@dataclass(frozen=True)
class Ledger:
    """What the group shows at the end."""

    numbers: dict[int, set[str]]
    """The case numbers of the cards below each photo."""
    cards: dict[int, list[Message]]
    others: list[str]
    """The bot's other texts."""

    @property
    def lost(self) -> list[int]:
        """Photos that opened no case."""
        return [photo for photo, found in self.numbers.items() if not found]

    @property
    def opened_twice(self) -> list[int]:
        """Photos that opened more than one case, or share one with another photo."""
        used = Counter(number for found in self.numbers.values() for number in found)
        return [
            photo
            for photo, found in self.numbers.items()
            if len(found) > 1 or any(used[number] > 1 for number in found)
        ]

    def first_line(self, photo: int) -> str:
        """The newest card's first line."""
        return text_of(self.cards[photo][-1]).split("\n")[0]

    def without_place(self, hour: Hour) -> list[int]:
        """Photos whose words did not reach their card."""
        return [
            photo
            for photo, cards in self.cards.items()
            if cards and STREETS[hour.photos[photo] - 1] not in text_of(cards[-1])
        ]

    def unclaimed(self, hour: Hour) -> list[int]:
        """Photos whose case was taken, and does not show it."""
        return [
            photo
            for photo in hour.claimed
            if self.cards[photo] and "已接单" not in self.first_line(photo)
        ]

    def missing(self, hour: Hour) -> dict[str, list[int] | list[str]]:
        """All that is lost or done twice, by what it is."""
        found: dict[str, list[int] | list[str]] = {
            "cases": self.lost,
            "opened twice": self.opened_twice,
            "words": self.without_place(hour),
            "claims": self.unclaimed(hour),
            "reminders": self.unreminded(hour),
        }
        return {what: which for what, which in found.items() if which}

    def unreminded(self, hour: Hour) -> list[str]:
        """Cases nobody took that were never brought to the people of a ladder step.

        On a busy machine the clock runs ahead of the bot: what is late by then is told as missed.
        """
        waiting = {n for p, found in self.numbers.items() if p not in hour.claimed for n in found}
        told = Counter(n for text in self.others for n in set(NUMBER.findall(text)))
        missed = {n for text in self.others if "补发" in text for n in NUMBER.findall(text)}
        return sorted(number for number in waiting - missed if told[number] < LADDER)


LADDER = 3
"""Stand-in, manager and supervisors are each told once at least."""


async def ledger(hour: Hour) -> Ledger:
    """Read the group."""
    said = await hour.town.from_bot()
    cards: dict[int, list[Message]] = {photo: [] for photo in hour.photos}
    for message in filter(is_card, said):
        cards[message["reply_to_message"]["message_id"]].append(message)
    numbers = {
        photo: {n for card in found for n in NUMBER.findall(text_of(card).split("\n")[0])}
        for photo, found in cards.items()
    }
    others = [text_of(m) for m in said if not is_card(m)]
    return Ledger(numbers=numbers, cards=cards, others=others)


class Lives:
    """Forks lives of the bot."""

    def __init__(self, parent: Process) -> None:
        self._parent = parent
        self._lives: list[int] = []

    async def begin(self) -> int:
        """The process id of a new life."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(b"\n")
        life = int(await asyncio.wait_for(self._parent.stdout.readline(), PATIENCE))
        self._lives.append(life)
        return life

    async def end(self) -> None:
        """Kill those that still live, and their parent."""
        for life in self._lives[-TOGETHER:]:
            kill(life)
        self._parent.kill()
        await self._parent.communicate()


@asynccontextmanager
async def lives(config: Path, *options: str) -> AsyncIterator[Lives]:
    """The parent of a bot's lives."""
    with (config.parent / "lives.log").open("ab") as log:
        parent = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.fakes.lives", str(config), *options),
            cwd=ROOT,
            stdin=PIPE,
            stdout=PIPE,
            stderr=log,
        )
    births = Lives(parent)
    try:
        yield births
    finally:
        await births.end()


async def killed_through(hour: Hour, births: Lives) -> None:
    """Live through the hour, in as many lives as there are kills."""
    await hour.slow_files()
    for _ in range(KILLS):
        life = await births.begin()
        if hour.random.random() < KILLED_YOUNG:
            await _end(life, hour.random.uniform(0, LONGEST_LIFE))
            await hour.happens()
        else:
            await hour.polled()
            async with asyncio.TaskGroup() as group:
                group.create_task(_end(life, hour.random.uniform(0, LONGEST_LIFE)))
                await hour.happens()
        await hour.jump()
    await hour.town.call("DELETE", "/sim/faults")


async def _end(life: int, after: float) -> None:
    await asyncio.sleep(after)
    kill(life)


def kill(life: int) -> None:
    """SIGKILL, unless it is over already."""
    if life:
        with suppress(ProcessLookupError):
            os.kill(life, signal.SIGKILL)
