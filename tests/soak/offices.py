"""Those who answer the bot: stand-ins, managers, supervisors; and who asks it for figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.soak.habits import MINUTE
from tests.soak.plan import dice

if TYPE_CHECKING:
    from random import Random

    from tests.soak.stage import Heard, Stage

HOURS = re.compile(r"\d+小时")
GRID = re.compile(r"\d+号 ")
ANSWERS = (
    (0.8, ("同意", "同意延期", "同意挂账", "同意退单", "签发"), 2, 40),
    (1.0, ("不同意", "不同意延期", "不同意挂账", "不同意退单", "不签发"), 2, 40),
    (0.7, ("接单",), 0.3, 3.5),
    (0.9, ("代派",), 0.5, 9),
    (0.6, ("查验通过",), 1, 20),
    (0.15, ("🔕 到明早",), 1, 5),
)
"""How often one of these buttons is pressed if it is there, and after how many minutes."""
TAGGED = re.compile(r"tg://user\?id=(\d+)")


@dataclass(slots=True)
class Offices:
    """Each message that asks for an answer is answered, or left to somebody else."""

    stage: Stage
    seed: int

    def hears(self, heard: Heard) -> None:
        """The bot wrote to somebody, privately or by a mention."""
        if not heard.buttons or heard.message.media is not None:
            return
        random = dice(self.seed, heard.chat, heard.message.id)
        who = self._who(heard, random)
        if who:
            self._answer(heard, who, random)

    def _who(self, heard: Heard, random: Random) -> str:
        if heard.chat > 0:
            return self.stage.names[heard.chat]
        users = [int(e["user_id"]) for e in heard.message.entities if "user_id" in e]
        return self.stage.names[random.choice(users)] if users else ""

    def _answer(self, heard: Heard, who: str, random: Random) -> None:
        labels = list(heard.buttons)
        several = [label for label in labels if HOURS.fullmatch(label) or GRID.match(label)]
        if several:
            self._later(heard, who, random.choice(several), random.uniform(1, 20) * MINUTE)
            return
        if heard.text.startswith("这张照片"):
            self._later(heard, who, labels[0], random.uniform(3, 9))
            return
        for share, words, first, last in ANSWERS:
            found = [label for label in labels if label.split(" ")[0] in words or label in words]
            if found and random.random() < share:
                seconds = random.uniform(first, last) * MINUTE
                self._later(heard, who, found[0], seconds)
                return

    def _later(self, heard: Heard, who: str, label: str, seconds: float) -> None:
        def act() -> None:
            if self.stage.press(who, heard, label) and label.startswith("代派"):
                self.stage.after(5, choose)

        def choose() -> None:
            """The message shows whom it may be given to."""
            if heard.text.startswith("代派给谁"):
                self.stage.press(who, heard, next(iter(heard.buttons)))

        self.stage.after(seconds, act)

    def ask(self, day: int) -> None:
        """Who asks for figures today, in private: nobody else is disturbed."""
        random = dice(self.seed, "asks", day)
        for who, words, share in (
            ("leader01", "/today", 0.7),
            ("supervisor01", "/today", 0.3),
            ("manager_east", "/mine", 0.5),
            ("repairer01", "/mine", 0.5),
            ("clerk01", "/today", 0.5),
        ):
            if random.random() < share:
                self._asks(who, words, random.uniform(0.7, 11) * 60 * MINUTE)

    def _asks(self, who: str, words: str, seconds: float) -> None:
        self.stage.after(seconds, lambda: self._says(who, words))

    def _says(self, who: str, words: str) -> None:
        self.stage.say(who, words, privately=True)
