"""What each person was told of which case, and why: read from the words of the bot's messages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from tests.soak.archive import Archive, Call

LATE = "【补发】"
NUMBER = re.compile(r"XC-\d{8}-\d+")
TAG = re.compile(r'tg://user\?id=(\d+)"')
POINTS = {
    "时限已过半": "nudge 50",
    "时限已过四分之三": "nudge 75",
    "时限已到": "nudge 100",
    "超过时限一倍": "nudge 200",
    "超过时限两倍": "nudge 300",
}
"""How a line says at which point of its limit a case stands."""
HEADS = {
    "请替班接单": "ladder",
    "请经理安排人接单": "ladder",
    "请督查代派，或准予撤场": "ladder",
    "请领导过问：": "ladder",
    "请先放好警示标志": "sign",
    "已修好，请到现场查验": "check",
    "查验超时，请督查过问": "check-late",
    "督办文书已拟好": "order",
    "过夜未结": "overnight",
}
"""How a message says what it is about, where its lines do not."""
MISSED = {
    "没人接单": "ladder",
    "请放警示标志并拍照": "sign",
    "等您查验": "check",
    "查验超时": "check-late",
    "过夜未结": "overnight",
    "拟发督办单": "order",
    "拟报主要负责人": "order",
    "拟提请党组研究": "order",
}
"""How a line of what was missed says why it is there."""


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """One person heard of one case, once."""

    at: datetime
    who: str
    number: str
    why: str
    late: bool = False
    """Whether the message says that it was missed (补发)."""


def told(archive: Archive, names: Mapping[int, str]) -> Counter[Told]:
    """All that was told in messages, by whoever heard it; cards and sheets are no telling."""
    found: Counter[Told] = Counter()
    for call in archive.calls:
        if call.sends and call.method == "sendMessage":
            found.update(_of(call, names))
    return found


def _of(call: Call, names: Mapping[int, str]) -> Iterator[Told]:
    lines = call.text.split("\n")
    head = next((why for words, why in HEADS.items() if any(words in x for x in lines[:3])), "")
    people = [names[call.chat]] if call.chat in names else []
    for line in lines:
        tags = [names[int(tag)] for tag in TAG.findall(line)]
        number = NUMBER.search(line)
        if number is None:
            people = tags or people
            continue
        why = _why(line, head)
        for who in people if why else ():
            yield Told(call.at, who, number[0], why, LATE in call.text)


def _why(line: str, head: str) -> str:
    """A line's own reason comes before that of its message."""
    tail = line.split(" · ")
    for words, why in (POINTS | MISSED).items():
        if words in tail:
            return why
    return head
