"""Every reminder and ladder step was told, once, at its second; and nothing besides was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.soak import expected, rules
from tests.soak.expected import Horizon
from tests.soak.heard import NUMBER, Told, told
from tests.soak.month import reachable
from tests.soak.seeking import Search

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping

    from tests.soak.archive import Archive
    from tests.soak.courses import Course
    from tests.soak.expected import Due
    from tests.soak.month import Month

SLACK = timedelta(minutes=5)
"""A message may wait so long for its turn; whether it had to is looked at elsewhere."""
EDGE = timedelta(seconds=3)
"""What changes this close to a moment may come before it or after it."""
HUSH = "🔕 到明早"


@dataclass(frozen=True, slots=True)
class Planned:
    """Something due, and when it is to be said."""

    due: Due
    number: str
    at: datetime
    late: bool = False
    """Whether it was missed, and has to say so."""


@dataclass(slots=True)
class Ears:
    """What was heard, and taken from it what was expected."""

    heard: Counter[Told]
    by_key: dict[tuple[str, str, str], list[Told]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in sorted(self.heard):
            self.by_key.setdefault((one.who, one.number, one.why), []).append(one)

    def takes(self, planned: Planned) -> bool:
        """Whether this was heard then, as late if it is; it is not heard again."""
        at, due = planned.at, planned.due
        waiting = self.by_key.get((due.who, planned.number, due.why), [])
        for one in waiting:
            in_time = at - rules.NEAR <= one.at <= at + SLACK
            if in_time and one.late == planned.late:
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
    ears, count = Ears(told(archive, month.names)), Count()
    planned = _merged(_planned(month, archive, courses, ears))
    drops = [row["created_at"] for row in archive.outbox if row["state"] == "dropped"]
    for one in planned:
        count.due += 1
        if _heard(ears, one):
            continue
        if _dropped(one, drops) or one.at >= month.scale.end - SLACK:
            count.dropped += 1
            continue
        where = f"{one.number} {one.due.why} to {one.due.who}"
        count.wrong.append(f"{where} at {one.at:%m-%d %H:%M:%S}: not told")
    known = {one.due.why for one in planned}
    count.wrong += [
        f"{one.number} {one.why} to {one.who} at {one.at:%m-%d %H:%M:%S}: not expected"
        for one in ears.rest()
        if one.why in known and one.at < month.scale.end - SLACK
    ]
    return count


def _dropped(one: Planned, drops: Iterable[datetime]) -> bool:
    """Whether its reason went first; if only while it waited for its turn, that is recorded."""
    if one.due.holds_until <= one.at + EDGE:
        return True
    waited = one.due.holds_until <= one.at + SLACK
    return waited and any(abs(at - one.at) <= rules.NEAR for at in drops)


def _planned(
    month: Month, archive: Archive, courses: Mapping[int, Course], ears: Ears
) -> Iterator[Planned]:
    numbers = {case: number for number, case in archive.numbers.items()}
    hushes = _hushes(month)
    for due in sorted(_everything(month, archive, courses, _steps(ears.heard))):
        number = numbers[due.case]
        at = _said_at(due, number, hushes)
        back = _back(month, due, at)
        yield Planned(due, number, back, late=back != at)


def _everything(
    month: Month,
    archive: Archive,
    courses: Mapping[int, Course],
    steps: Mapping[str, list[datetime]],
) -> Iterator[Due]:
    horizon = Horizon(month.scale.end, month.stopped)
    numbers = {case: number for number, case in archive.numbers.items()}
    delivered = _delivered(archive)
    for case, course in courses.items():
        yield from expected.nudges(course, horizon)
        yield from expected.signs(course, horizon)
        yield from expected.checks(course, horizon)
        number = numbers[case]
        if number in delivered:
            said = steps.get(number, [])
            search = Search(course, delivered[number], said, horizon)
            yield from search.steps()
    yield from expected.nights(courses.values(), horizon)


def _merged(planned: Iterable[Planned]) -> list[Planned]:
    """Of several points of one limit that are said together only the last one is."""
    last: dict[tuple[object, ...], Planned] = {}
    for one in planned:
        nudge = one.due.why.startswith("nudge")
        key = (one.due.who, one.due.case, one.at, "nudge" if nudge else one.due.why)
        other = last.get(key)
        if other is None or _point(one) > _point(other):
            last[key] = one
    return sorted(last.values(), key=lambda one: (one.at, one.due))


def _point(one: Planned) -> int:
    return int(one.due.why.rpartition(" ")[2]) if " " in one.due.why else 0


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


def _said_at(due: Due, number: str, hushes: Mapping[tuple[str, str], list[datetime]]) -> datetime:
    """When it is to be said: after a hush in the morning, without a private chat in the batch."""
    at = due.at
    reminds = due.why.startswith(("nudge", "check"))
    for press in hushes.get((due.who, number), []) if reminds and not due.danger else []:
        morning = _morning(press)
        if press < at < morning:
            at = morning
    held = reminds and not due.danger and not reachable(due.who)
    return _batch(at) if held else at


def _back(month: Month, due: Due, at: datetime) -> datetime:
    """What was missed while the bot was away is said when it is back, but for dangers by day."""
    back = Horizon(month.scale.end, month.stopped).handled(at)
    return back if due.danger or back == at else rules.quiet_end(back)


def _morning(moment: datetime) -> datetime:
    """The next end of the quiet hours."""
    end = datetime.combine(moment.date(), rules.QUIET[1], moment.tzinfo)
    return end if end > moment else end + rules.DAY


def _batch(at: datetime) -> datetime:
    days = (at, at + rules.DAY)
    times = [
        datetime.combine(day.date(), clock, at.tzinfo) for day in days for clock in rules.BATCHES
    ]
    return next(one for one in times if one >= at)


def _heard(ears: Ears, one: Planned) -> bool:
    """Whether it was heard; who is asked about a draft is not reminded of the case besides."""
    if ears.takes(one):
        return True
    asked = (one.due.who, one.number, "order")
    drafts = ears.by_key.get(asked, []) if one.due.why.startswith("nudge") else []
    return any(abs(draft.at - one.at) <= SLACK for draft in drafts)
