"""Every digest came once to each who gets it, at its second; one that was missed says so."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from tests.soak import rules
from tests.soak.worktime import works

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.soak.archive import Archive, Call
    from tests.soak.month import Month

MANAGERS_GROUP = -4000002
WHEN = {
    "日碰头": (time(8, 30), (), True),
    "（草稿）": (time(16, 30), ("clerk",), False),
    "日报备": (time(17, 0), ("clerk",), True),
    "周分析": (time(8, 30), ("leader",), True),
    "月小结": (time(8, 30), ("leader",), True),
}
"""Each digest by its title: when it comes, to which roles, and whether the managers' group too."""
LATE = "【补发】"
SOON = timedelta(minutes=2)
"""What was missed comes as soon as the bot has read what waited for it."""


def wrong(month: Month, archive: Archive) -> tuple[int, list[str]]:
    """How many were due, and those that did not come, came twice, or came unasked."""
    due = Counter(_due(month))
    came = Counter(
        (title, call.chat, _moment(call, month), LATE in call.text)
        for call in archive.calls
        for title in [_title(call)]
        if title and call.sends
    )
    lost = [f"{_words(key)} did not come" for key in (due - came)]
    extra = [f"{_words(key)} came unasked" for key in (came - due)]
    return sum(due.values()), sorted(lost + extra)


Key = tuple[str, int, datetime, bool]


def _words(key: Key) -> str:
    return f"{key[0]} to {key[1]} at {key[2]:%m-%d %H:%M:%S}"


def _title(call: Call) -> str:
    """The title of a digest in words; a picture goes along with its words."""
    head = "\n".join(call.text.split("\n")[:2])
    return next((t for t in WHEN if t in head and call.method == "sendMessage"), "")


def _moment(call: Call, month: Month) -> datetime:
    """When it came; a second or two of waiting for its turn are looked at elsewhere."""
    if month.stopped and month.stopped[1] <= call.at <= month.stopped[1] + SOON:
        return month.stopped[1]
    return call.at.replace(second=0, microsecond=0)


def _due(month: Month) -> Iterator[Key]:
    accounts = {name: account for account, name in month.names.items()}
    for title, at in _moments(month):
        _, roles, grouped = WHEN[title]
        late = month.stopped is not None and month.stopped[0] <= at < month.stopped[1]
        told = month.stopped[1] if late and month.stopped else at
        if title == "（草稿）" and late:
            continue  # it was filed meanwhile
        chats = [accounts[who] for role in roles for who in rules.with_role(role)]
        for chat in [*chats, MANAGERS_GROUP] if grouped else chats:
            yield title, chat, told, late


def _moments(month: Month) -> Iterator[tuple[str, datetime]]:
    for number in range(month.scale.days + 1):
        day = month.scale.start + number * rules.DAY
        for title, (clock, _, _) in WHEN.items():
            at = datetime.combine(day.date(), clock, day.tzinfo)
            if month.scale.start < at < month.scale.end and _comes(title, at):
                yield title, at


def _comes(title: str, at: datetime) -> bool:
    if title == "周分析":
        return at.weekday() == 0
    if title == "月小结":
        before = [at.replace(day=day) for day in range(1, at.day)]
        return works(at.date()) and not any(works(day.date()) for day in before)
    return True
