"""Every reminder and ladder step was told, once, at its second; and nothing besides was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.soak import expected, rules
from tests.soak.heard import NUMBER, Told, told
from tests.soak.month import reachable

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

    from tests.soak.archive import Archive
    from tests.soak.courses import Course
    from tests.soak.expected import Due
    from tests.soak.month import Month

SLACK = timedelta(seconds=90)
"""A message may wait so long for its turn; whether it had to is looked at elsewhere."""
EDGE = timedelta(seconds=3)
"""What changes this close to a moment may come before it or after it."""
HUSH = "🔕 到明早"


@dataclass(slots=True)
class Ears:
    """What was heard, and taken from it what was expected."""

    heard: Counter[Told]
    by_key: dict[tuple[str, str, str], list[Told]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in sorted(self.heard):
            self.by_key.setdefault((one.who, one.number, one.why), []).append(one)

    def takes(self, who: str, number: str, why: str, at: datetime) -> bool:
        """Whether this was heard then; it is not heard again."""
        waiting = self.by_key.get((who, number, why), [])
        for one in waiting:
            if at - rules.NEAR <= one.at <= at + SLACK:
                waiting.remove(one)
                return True
        return False

    def rest(self) -> list[Told]:
        """What was not expected."""
        return sorted(one for waiting in self.by_key.values() for one in waiting)


@dataclass(slots=True)
class Count:
    """What came of all that was due."""

    due: int = 0
    dropped: int = 0
    wrong: list[str] = field(default_factory=list)


def reminders(month: Month, archive: Archive, courses: Mapping[int, Course]) -> Count:
    """Match what was due with what was heard."""
    numbers = {case: number for number, case in archive.numbers.items()}
    ears, count = Ears(told(archive, month.names)), Count()
    steps = _steps(ears.heard)
    hushes = _hushes(month)
    everything = _merged(_everything(month, archive, courses, steps))
    for due in everything:
        count.due += 1
        number = numbers[due.case]
        at = _said_at(due, number, hushes)
        if _heard(ears, due, number, at):
            continue
        if at is None or due.holds_until <= at + EDGE or at >= month.scale.end - SLACK:
            count.dropped += 1
            continue
        count.wrong.append(f"{number} {due.why} to {due.who} at {at:%m-%d %H:%M:%S}: not told")
    expectable = {due.why for due in everything}
    count.wrong += [
        f"{one.number} {one.why} to {one.who} at {one.at:%m-%d %H:%M:%S}: not expected"
        for one in ears.rest()
        if one.why in expectable and one.at < month.scale.end - SLACK
    ]
    return count


def _everything(
    month: Month,
    archive: Archive,
    courses: Mapping[int, Course],
    steps: Mapping[str, list[datetime]],
) -> Iterator[Due]:
    end = month.scale.end
    numbers = {case: number for number, case in archive.numbers.items()}
    delivered = _delivered(archive)
    for case, course in courses.items():
        yield from expected.nudges(course, end)
        yield from expected.signs(course, end)
        yield from expected.checks(course, end)
        number = numbers[case]
        if number in delivered:
            yield from expected.ladder(course, delivered[number], steps.get(number, []), end)
    yield from expected.nights(courses.values(), end)


def _merged(dues: Iterator[Due]) -> list[Due]:
    """Of several points of one limit that are due together the last one is said."""
    last: dict[tuple[object, ...], Due] = {}
    kept: list[Due] = []
    for due in sorted(dues):
        if not due.why.startswith("nudge"):
            kept.append(due)
            continue
        key = (due.who, due.case, due.at)
        other = last.get(key)
        if other is None or _point(due) > _point(other):
            last[key] = due
    return sorted([*kept, *last.values()])


def _point(due: Due) -> int:
    return int(due.why.split(" ")[1])


def _delivered(archive: Archive) -> dict[str, datetime]:
    """When each card first stood in the group."""
    found: dict[str, datetime] = {}
    for call in archive.calls:
        if call.sends and call.in_group and call.text[:1] in "⚪🟡🟠🔵🟢🔴⚫":
            number = NUMBER.search(call.text.split("\n")[0])
            if number is not None:
                found.setdefault(number[0], call.at)
    return found


def _steps(heard: Counter[Told]) -> dict[str, list[datetime]]:
    found: dict[str, list[datetime]] = {}
    for one in sorted(heard):
        if one.why == "ladder":
            found.setdefault(one.number, []).append(one.at)
    return found


def _hushes(month: Month) -> dict[tuple[str, str], list[datetime]]:
    """When who wanted no more reminders of a case until the morning."""
    found: dict[tuple[str, str], list[datetime]] = {}
    for press in month.pressed:
        if press.label.startswith(HUSH):
            serial = press.label.removeprefix(HUSH).strip()
            numbers = NUMBER.findall(press.text)
            chosen = [n for n in numbers if n.endswith(serial)] if serial else numbers[:1]
            found.setdefault((press.who, chosen[0]), []).append(press.at)
    return found


def _said_at(
    due: Due, number: str, hushes: dict[tuple[str, str], list[datetime]]
) -> datetime | None:
    """When it is to be said: after a hush in the morning, without a private chat in the batch."""
    at = due.at
    hushed = due.why.startswith(("nudge", "check"))
    for press in hushes.get((due.who, number), []) if hushed and not due.danger else []:
        morning = rules.quiet_end(press.replace(hour=23)) if press.hour >= 7 else press
        if press < at < morning:
            at = morning
    held = due.why.startswith("nudge") and not due.danger and not reachable(due.who)
    return _batch(at) if held else at


def _batch(at: datetime) -> datetime:
    days = (at, at + rules.DAY)
    times = [
        datetime.combine(day.date(), clock, at.tzinfo) for day in days for clock in rules.BATCHES
    ]
    return next(one for one in times if one >= at)


def _heard(ears: Ears, due: Due, number: str, at: datetime | None) -> bool:
    if at is None:
        return False
    if ears.takes(due.who, number, due.why, at):
        return True
    asked = (due.who, number, "order")
    drafts = ears.by_key.get(asked, []) if due.why.startswith("nudge") else []
    return any(abs(one.at - at) <= SLACK for one in drafts)
