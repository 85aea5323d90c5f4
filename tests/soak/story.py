"""The life of one case among people: claimed or not, mended, checked, mended again.

Each person looks at the card as it stands when he acts; what is no longer there he leaves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.soak import habits

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.soak.plan import Report
    from tests.soak.stage import Heard, Stage

FIRST = re.compile(r"^[⚪🟡🟠🔵🟢🔴⚫] (?P<state>\S+)(?: \d+)? (?P<number>XC-\d{8}-\d+) ")
MENDED = "mended"
CHECKING = "待查验"
MOST_STAGES = 4
UNMENDED = frozenset({"待对接", "已接单", "维修中", "返工"})


@dataclass(slots=True, repr=False)
class Story:
    """One report and what becomes of it."""

    stage: Stage
    report: Report
    random: Random
    posted: Callable[[Story], None]
    photo: int = 0
    card: Heard | None = None
    sheet: Heard | None = None
    done: list[str] = field(default_factory=list)
    """What people did, in order."""

    @property
    def state(self) -> str:
        """The state as the newer of card and sheet shows it; empty before the card."""
        return CHECKING if self._sheet_is_newer() else self._first("state")

    @property
    def number(self) -> str:
        """The case's number, once it is shown."""
        return self._first("number")

    @property
    def limit(self) -> datetime | None:
        """The moment that the card counts down to."""
        entities = self.card.message.entities if self.card else []
        times = [e["unix_time"] for e in entities if "unix_time" in e]
        return datetime.fromtimestamp(times[0], self.stage.now.tzinfo) if times else None

    @property
    def danger(self) -> bool:
        """Whether the card shows a limit of today."""
        return self.card is not None and "A 当天" in self.card.text.split("\n")[0]

    def _sheet_is_newer(self) -> bool:
        if self.sheet is None or self.card is None:
            return False
        card = self.card.message
        return self.sheet.message.date >= max(card.date, card.edit_date or 0)

    def _first(self, group: str) -> str:
        found = FIRST.match(self.card.text) if self.card else None
        return found[group] if found else ""

    def begin(self) -> None:
        """The reporter posts."""
        report = self.report
        if report.spoken == "before":
            self.stage.say(report.reporter, report.words)
            self.stage.after(self.random.uniform(8, 30), lambda: self._post(""))
            return
        self._post("" if report.spoken else report.words)
        if report.spoken:
            self.stage.after(self.random.uniform(8, 60), self._explain)

    def _post(self, words: str) -> None:
        report = self.report
        self.photo = self.stage.photo(
            report.reporter, words, colour=report.serial, count=report.photos
        )
        self.posted(self)

    def _explain(self) -> None:
        self.stage.say(self.report.reporter, self.report.words)

    def hears(self, heard: Heard) -> None:
        """The bot replied to the report."""
        if FIRST.match(heard.text) and heard.message.media is None:
            first, self.card = self.card is None, heard
            if first:
                self._plan()
        elif heard.message.media is not None:
            self.sheet = heard
            self._plan_check()

    def _plan(self) -> None:
        claim = habits.claim(self.random)
        if claim is not None:
            act = self._claim_by_words if claim.by_words else self._claim
            at = self.stage.now + timedelta(seconds=claim.seconds)
            asleep = claim.waits_for_morning and not self.danger
            self.stage.at(habits.at_dawn(at, self.random) if asleep else at, act)
        self._later(self.random.uniform(9, 12) * habits.HOUR, self._claim, asleep=True)
        self._mend_later(habits.work(self.random, danger=self.report.danger))
        change = habits.change(self.random)
        if change is not None:
            self._later(change.seconds, lambda: self._change(change), asleep=True)

    def _claim(self) -> None:
        if self.state == "待对接" and self._press(self.report.repairer, self.card, "接单"):
            self._claimed()

    def _claim_by_words(self) -> None:
        if self.state == "待对接":
            words = self.random.choice(("收到", "马上到", "接单", "来了"))
            self.stage.say(self.report.repairer, words, reply_to=self.photo)
            self._claimed()

    def _claimed(self) -> None:
        for share, first, last, words in habits.SIGNS:
            if self.random.random() < share:
                self._shows_later(self.random.uniform(first, last), words)

    def _shows_later(self, seconds: float, words: str) -> None:
        self._later(seconds, lambda: self._shows(words))

    def _shows(self, words: str) -> None:
        """`开工` is a button, the others are photos."""
        if words == "开工" and self.state == "已接单":
            self._press(self.report.repairer, self.card, words)
        elif words != "开工" and self.state in UNMENDED - {"待对接"}:
            self._photo(words)

    def _mend_later(self, seconds: float) -> None:
        at = self._in_time(self.stage.now + timedelta(seconds=seconds))
        if not self.danger:
            at = habits.by_day(at, self.random, habits.LAST_REPAIR)
            self._guard(at)
        self.stage.at(at, self._mend)

    def _in_time(self, at: datetime) -> datetime:
        """Most look at the limit on the card: half of it is not to pass."""
        limit = self.limit
        if limit is None or self.random.random() >= habits.HASTE:
            return at
        left = max(limit - self.stage.now, timedelta())
        return min(at, self.stage.now + left * self.random.uniform(*habits.SOON))

    def _guard(self, mended: datetime) -> None:
        """Who will not be done by the evening puts up a sign before he goes home."""
        evening = self.stage.now.replace(hour=habits.LAST_REPAIR, minute=0, second=0)
        left = (evening - self.stage.now).total_seconds()
        if mended > evening and left > 0 and self.random.random() < habits.GUARDED:
            self._shows_later(self.random.uniform(0.5, 0.95) * left, "警示")

    def _mend(self) -> None:
        if self.state not in UNMENDED:
            return
        if self.random.random() < habits.NUMBERED:
            words = f"{self.number} 修好了"
            self.stage.photo(self.report.repairer, words, colour=self.report.serial + 3)
        else:
            self._photo(self.random.choice(("", "修好了", "已修复")))
        self.done.append(MENDED)
        self.stage.after(habits.MINUTE, self._look_again)

    def _look_again(self) -> None:
        """A photo may end but a stage of the repair: then there is more to do."""
        if self.state in UNMENDED and self.done.count(MENDED) < MOST_STAGES:
            self._mend_later(self.random.uniform(*habits.STAGE))

    def _photo(self, words: str) -> None:
        who, colour = self.report.repairer, self.report.serial + 3
        self.stage.photo(who, words, colour=colour, reply_to=self.photo)
        self.done.append(f"photo {words}")

    def _plan_check(self) -> None:
        check = habits.check(self.random)
        if check.fails:
            self._later(check.patrol, self._fail, asleep=True)
            return
        self._later(check.patrol, lambda: self._turn(self.report.officer, check.key), asleep=True)
        other = f"manager_{self.report.company}" if check.by_manager else self.report.repairer
        self._later(check.repair, lambda: self._turn(other, "查验通过"), asleep=True)

    def _turn(self, who: str, key: str) -> None:
        if self.state == CHECKING:
            self._press(who, self.sheet, key)

    def _fail(self) -> None:
        if self.state == CHECKING and self._press(self.report.officer, self.sheet, "返工"):
            self._mend_later(self.random.uniform(0.3, 5) * habits.HOUR)

    def _change(self, change: habits.Change) -> None:
        """Press 更多 and what follows, or a button of the card itself."""
        who = change.who.format(
            officer=self.report.officer,
            repairer=self.report.repairer,
            company=self.report.company,
        )
        if change.path[0] in (self.card.buttons if self.card else {}):
            self._press(who, self.card, change.path[0])
            self._shows_later(self.random.uniform(4, 40) * 60, "警示")
        elif self._press(who, self.card, "更多"):
            self.stage.after(self.random.uniform(3, 8), lambda: self._next(who, change.path))

    def _next(self, who: str, path: tuple[str, ...]) -> None:
        shown = self.stage.whisper(who)
        labels = list(shown.buttons) if shown else []
        label = self.random.choice(labels) if path[0] == "*" and labels else path[0]
        if self._press(who, shown, label) and path[1:]:
            self.stage.after(self.random.uniform(2, 6), lambda: self._next(who, path[1:]))

    def _press(self, who: str, heard: Heard | None, label: str) -> bool:
        pressed = heard is not None and self.stage.press(who, heard, label)
        self.done.append(label if pressed else f"{label} gone")
        return pressed

    def _later(self, seconds: float, act: Callable[[], None], *, asleep: bool = False) -> None:
        """Do it then; who is asleep at night and sees no danger does it in the morning."""
        at = self.stage.now + timedelta(seconds=seconds)
        if asleep and not self.danger:
            at = habits.by_day(at, self.random)
        self.stage.at(at, act)
