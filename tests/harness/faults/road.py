"""The road of a run: reports by named people, and all that becomes of them.

There are two: a defect is reported, claimed, mended and closed by two keys; and a danger comes as
an album, finds nobody, is offered to the stand-in and taken, while the report of the day falls due.

Each act is done once, as soon as what it needs stands in the chat; an act that came to nothing
leaves the next one waiting for ever, and the run is told as stuck.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.soak.story import FIRST

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.faults.bench import Bench
    from tests.soak.stage import Heard

SMALL, DANGER = "金城路", "东关街"
"""Where the two defects are: the first is mended and closed, the second sought for and taken."""
AGAIN = 7.0
"""Seconds until somebody looks again."""
OUT = "out"
"""Why a product hears nothing that is out for a day."""
PASS = "查验通过"
BOARD = "今日看板"
SOUGHT = timedelta(minutes=6)
"""So long after its card the danger is taken: the stand-in was asked after five minutes."""
NUMBER = re.compile(r"XC-\d{8}-\d+")


@dataclass(slots=True, repr=False)
class Road:
    """What people do, in their order."""

    bench: Bench
    places: tuple[str, ...] = (SMALL, DANGER)
    """The roads that are gone."""
    photos: dict[str, int] = field(default_factory=dict)
    """The (first) message of each report."""
    posted_in: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    """The number of each place's case, as its card told it."""
    told_at: dict[str, datetime] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    """What is still to be done."""
    _waiting: list[Callable[[], None]] = field(default_factory=list)
    """What nobody tries while the product is away for a day."""

    def plan(self) -> None:
        """Everybody knows what he will do."""
        soon = self.bench.random.uniform
        if SMALL in self.places:
            self._act("report", soon(3, 15), self._report)
            self._act("claim", soon(40, 100), self._claim)
            self._act("mend", soon(200, 300), self._mend)
            self._act("first key", soon(330, 400), self._first_key)
            self._act("second key", soon(410, 460), self._second_key)
        if DANGER in self.places:
            self._act("album", soon(10, 35), self._album)
            self._act("take", soon(380, 420), self._take)

    @property
    def done(self) -> bool:
        """Whether everybody did all, and the cards show it."""
        ends = {SMALL: "已结案", DANGER: "已接单"}
        torn = "cards" in self.bench.excused  # an older card may be the newest that stands
        shown = torn or all(self._shows(place, ends[place]) for place in self.places)
        return shown and not self.left

    def report(self, who: str, words: str, place: str, count: int = 1) -> int:
        """Somebody posts photos of a defect."""
        number = self.bench.stage.photo(who, words, count=count)
        self.photos[place], self.posted_in[place] = number, self.bench.group.id
        return number

    def card(self, place: str) -> Heard | None:
        """The newest card of the place's case that stands in the group."""
        self._learn()
        return self._newest(lambda heard: self._is_of(heard, place))

    def sheet(self, place: str) -> Heard | None:
        """The newest sheet."""
        number = self.numbers.get(place)
        return self._newest(
            lambda h: h.message.media is not None and number is not None and number in h.text
        )

    def state(self, place: str) -> str:
        """The state that the card shows; empty without one."""
        card = self.card(place)
        found = FIRST.match(card.text) if card else None
        return found["state"] if found else ""

    def states(self) -> str:
        """What the cards show."""
        return ", ".join(f"{place} {self.state(place) or '-'}" for place in self.photos)

    def _learn(self) -> None:
        for heard in self.bench.heard:
            place = next((p for p in self.photos if p in heard.text), None)
            if place is not None and place not in self.numbers and _is_card(heard):
                self.numbers[place] = NUMBER.findall(heard.text)[0]
                self.told_at[place] = self.bench.now

    def _is_of(self, heard: Heard, place: str) -> bool:
        """Whether it is a card of the place's case."""
        number = self.numbers.get(place)
        return number is not None and number in heard.text and _is_card(heard)

    def _newest(self, fits: Callable[[Heard], bool]) -> Heard | None:
        group = self.bench.group
        for heard in reversed(self.bench.heard):
            stands = group.messages.get(heard.message.id) is heard.message
            if heard.chat == group.id and stands and fits(heard):
                return heard
        return None

    def _act(self, name: str, seconds: float, act: Callable[[], bool]) -> None:
        self.left.append(name)
        self.bench.later(seconds, lambda: self._try(name, act))

    def go_on(self) -> None:
        """Somebody looks again whom a day away had made give up looking."""
        waiting, self._waiting = self._waiting, []
        for again in waiting:
            self.bench.later(AGAIN, again)

    def _try(self, name: str, act: Callable[[], bool]) -> None:
        if OUT in self.bench.deaf:
            self._waiting.append(lambda: self._try(name, act))
        elif not self.bench.deaf and act():
            self.left.remove(name)
        else:
            self.bench.later(AGAIN, lambda: self._try(name, act))

    def _report(self) -> bool:
        return self.report("officer01", f"{SMALL} 路沿石缺失", SMALL) > 0

    def _album(self) -> bool:
        words = f"{DANGER} 井盖破损 危险"
        return self.report("officer02", words, DANGER, self.bench.album) > 0

    def _claim(self) -> bool:
        card = self.card(SMALL)
        if card is None and SMALL in self.told_at:  # somebody tore it off
            return self._say("repairer01", SMALL)
        return card is not None and self.bench.stage.press("repairer01", card, "接单")

    def _take(self) -> bool:
        if not self._shows(DANGER, "待对接") or self.bench.now < self.told_at[DANGER] + SOUGHT:
            return False
        return self._say("repairer02", DANGER)

    def _mend(self) -> bool:
        if "claim" in self.left or not self._shows(SMALL, "已接单"):
            return False
        where = self._of(SMALL)
        return self.bench.stage.photo("repairer01", "修好了", colour=4, reply_to=where) > 0

    def _say(self, who: str, place: str) -> bool:
        where = self._of(place)
        return where > 0 and self.bench.stage.say(who, "收到", reply_to=where) > 0

    def _shows(self, place: str, state: str) -> bool:
        """Whether the card says so; or somebody tore it off, and nobody can tell.

        What stands then may be an older card, which shows what was.
        """
        return self.state(place) == state or (place in self.told_at and self._torn(place))

    def _torn(self, place: str) -> bool:
        """Whether the newest card of all does not stand any more."""
        newest = next((h for h in reversed(self.bench.heard) if self._is_of(h, place)), None)
        stands = self.card(place)
        return newest is None or stands is None or newest.message is not stands.message

    def _first_key(self) -> bool:
        return self._passes("officer01")

    def _second_key(self) -> bool:
        return "first key" not in self.left and self._passes("repairer01")

    def _passes(self, who: str) -> bool:
        """On the sheet, or on the card where the sheet is not."""
        shown = self.sheet(SMALL) or self.card(SMALL)
        return shown is not None and self.bench.stage.press(who, shown, PASS)

    def _of(self, place: str) -> int:
        """The message to reply to: the photo, or the card, or else what last named it alone."""
        photo, group = self.photos[place], self.bench.group
        if self.posted_in[place] == group.id and photo in group.messages:
            return photo
        named = self.card(place) or self._newest(lambda heard: self._names_only(heard, place))
        return named.message.id if named else 0

    def _names_only(self, heard: Heard, place: str) -> bool:
        """The board names all cases of the group, be it one."""
        named = set(NUMBER.findall(heard.text))
        return named == {self.numbers.get(place)} and BOARD not in heard.text


def _is_card(heard: Heard) -> bool:
    return heard.message.media is None and FIRST.match(heard.text) is not None
