"""What people do between two kills: each scene is one act, and leaves the next to another life.

A scene waits until the bot rests before its act, so what must come of the act is known.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from simulator import posting
from tests.soak.story import FIRST

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.harness.crash.town import Town
    from tests.soak.stage import Heard

STREETS = (
    *("金城路", "时风路", "朝阳街", "学府路", "兴业路"),
    *("西关街", "和平街", "黄河路", "健康路", "创业路"),
)
DEFECTS = ("路沿石缺失", "路面坑洼", "路灯不亮", "垃圾堆积", "井盖破损 危险")
DANGER = len(DEFECTS) - 1
MOMENTS = timedelta(seconds=15)
"""Until an album is whole and words belong to nothing any more."""
ODD = 7
"""A message of this kind cannot be read: it belongs into the quarantine."""


@dataclass
class Affair:
    """One defect, and what must have come of it."""

    photo: int
    number: int
    """Of the officer and the repairer."""
    street: str
    photos: int = 1
    words: bool = True
    expected: Counter[str] = field(default_factory=lambda: Counter(["CaseReported"]))
    """The events that people's acts must have left in the history, each so often."""
    state: str = "待对接"

    @property
    def officer(self) -> str:
        """Who reports and checks."""
        return f"officer{self.number:02}"

    @property
    def repairer(self) -> str:
        """Who mends."""
        return f"repairer{self.number:02}"


class Street:
    """The affairs of one town, and the scenes of its day."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.affairs: list[Affair] = []
        self.odd = 0
        """Updates that nobody can read."""

    def _next(self) -> tuple[int, str, str]:
        count = len(self.affairs)
        number = count % len(STREETS) + 1
        place = STREETS[number - 1]
        return number, place, f"{place} {DEFECTS[count % DANGER]}"

    def _open(self, words: str, number: int, place: str, photos: int = 1) -> Affair:
        photo = self.town.stage.photo(
            f"officer{number:02}", words, colour=len(self.affairs), count=photos
        )
        affair = Affair(photo, number, place, photos, words=bool(words))
        self.affairs.append(affair)
        return affair

    async def photo(self) -> None:
        """A photo with its words."""
        await self.town.calm()
        number, place, words = self._next()
        self._open(words, number, place)
        await self.town.calm()

    async def danger(self) -> None:
        """A photo of a danger."""
        await self.town.calm()
        number, place, _ = self._next()
        self._open(f"{place} {DEFECTS[DANGER]}", number, place)
        await self.town.calm()

    async def album(self) -> None:
        """Three photos that are one case."""
        await self.town.calm()
        number, place, words = self._next()
        self._open(words, number, place, photos=3)
        await self.town.walk(MOMENTS)

    async def silent_photo(self) -> None:
        """A photo whose words may follow."""
        await self.town.calm()
        number, place, _ = self._next()
        self._open("", number, place)
        await self.town.calm()

    async def words(self) -> None:
        """Words for the last photo that came without."""
        await self.town.calm()
        affair = next((a for a in self.affairs if not a.words and a.state == "待对接"), None)
        if affair is not None:
            self.town.stage.say(affair.officer, f"{affair.street} 路面坑洼", reply_to=affair.photo)
            affair.words = True
        await self.town.calm()

    async def claim(self) -> None:
        """`接单`."""
        await self._press("待对接", "接单", "已接单", "CaseClaimed")

    async def claim_by_words(self) -> None:
        """收到, in reply."""
        await self.town.calm()
        affair = self._one("待对接")
        if affair is not None and self._card(affair) is not None:
            self.town.stage.say(affair.repairer, "收到", reply_to=affair.photo)
            self._becomes(affair, "已接单", "CaseClaimed")
        await self.town.calm()

    async def begin(self) -> None:
        """`开工`."""
        await self._press("已接单", "开工", "维修中", "WorkBegun")

    async def mend(self) -> None:
        """The after-photo, which brings the sheet."""
        await self.town.calm()
        affair = self._one("已接单", "维修中", "返工")
        if affair is not None:
            self.town.stage.photo(affair.repairer, "修好了", colour=3, reply_to=affair.photo)
            affair.photos += 1
            self._becomes(affair, "待查验", "ClosureSubmitted")
        await self.town.walk(MOMENTS)

    async def check(self) -> None:
        """The first key."""
        await self._press("待查验", "查验通过", "一把钥匙", "KeyTurned", by_officer=True)

    async def close(self) -> None:
        """The second key."""
        await self._press("一把钥匙", "查验通过", "已结案", "KeyTurned", "CaseClosed")

    async def fail(self) -> None:
        """`返工`."""
        await self._press("待查验", "返工", "返工", "ReworkOrdered", by_officer=True)

    async def more(self) -> None:
        """A menu that only one person sees."""
        await self._press("待对接", "更多", "待对接", by_officer=True)

    async def ask(self) -> None:
        """A command, privately."""
        await self.town.calm()
        self.town.stage.say("repairer01", "/mine", privately=True)
        await self.town.calm()

    async def edit(self) -> None:
        """The words of a case that nobody has taken are changed."""
        await self.town.calm()
        waiting = [affair for affair in self.affairs if affair.state == "待对接"]
        messages = [(affair, self.town.stage.message(affair.photo)) for affair in waiting]
        worded = [(a, m) for a, m in messages if m is not None and m.content]
        if worded:
            affair, message = worded[0]
            message.content["caption"] = f"{affair.street} 路面坑洼 东侧"
            world = self.town.simulator.world
            chat = world.groups[self.town.stage.group]
            posting.announce(world, chat, message, "edited_message")
        await self.town.calm()

    async def odd_update(self) -> None:
        """An update that cannot be read, between two others."""
        await self.town.calm()
        world = self.town.simulator.world
        number, place, words = self._next()
        posting.give(world, world.first_bot, "message", {"message_id": ODD})
        self.odd += 1
        self._open(words, number, place)
        await self.town.calm()

    async def rest(self) -> None:
        """Nothing: what the last life left behind is done."""
        await self.town.calm()

    async def moment(self) -> None:
        """Time goes on to whatever falls due next."""
        await self.town.walk_on()

    async def to_ten(self) -> None:
        """The evening passes."""
        await self.town.walk_to(21, 59)

    async def to_midnight(self) -> None:
        """The night begins."""
        await self.town.walk_to(23, 59)

    async def lost(self) -> None:
        """A photo; the answer to the call that sends its card never arrives."""
        await self.town.calm()
        self._trouble("lost_reply")
        await self.photo()
        await self.town.walk(MOMENTS)

    async def refused(self) -> None:
        """A photo; Telegram refuses its card for now."""
        await self.town.calm()
        self._trouble("server_error")
        await self.photo()
        await self.town.walk(MOMENTS)

    def _trouble(self, kind: str) -> None:
        faults = self.town.simulator.world.faults
        faults.order(kind, method="sendMessage", chat=self.town.stage.group, count=1)

    async def _press(
        self, state: str, label: str, then: str, *events: str, by_officer: bool = False
    ) -> None:
        await self.town.calm()
        affair = self._one(state)
        shown = self._shown(affair) if affair is not None else None
        if affair is not None and shown is not None:
            who = affair.officer if by_officer else affair.repairer
            if self.town.stage.press(who, shown, label):
                self._becomes(affair, then, *events)
        await self.town.calm()

    def _shown(self, affair: Affair) -> Heard | None:
        checked = affair.state in {"待查验", "一把钥匙"}
        return self._sheet(affair) if checked else self._card(affair)

    def _becomes(self, affair: Affair, state: str, *events: str) -> None:
        affair.state = state
        affair.expected.update(events)

    def _one(self, *states: str) -> Affair | None:
        """The affair that has stood longest in one of these states and shows its message."""
        found = [affair for affair in self.affairs if affair.state in states]
        return next((affair for affair in found if self._shown(affair) is not None), None)

    def _card(self, affair: Affair) -> Heard | None:
        return self._last(affair, lambda heard: bool(FIRST.match(heard.text)))

    def _sheet(self, affair: Affair) -> Heard | None:
        return self._last(affair, lambda heard: heard.message.media is not None)

    def _last(self, affair: Affair, fits: Callable[[Heard], bool]) -> Heard | None:
        group = self.town.stage.group
        for heard in reversed(self.town.heard):
            reply = heard.message.reply_to == affair.photo and heard.chat == group
            if reply and fits(heard):
                return heard
        return None
