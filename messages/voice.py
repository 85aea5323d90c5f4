"""One language, one city clock, one moment: how days, times, names and places are said in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from casework.spans import TimeKind
from casework.worktime import WORKING
from messages.safe import Html, Said, escaped, safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from messages.catalogue import Catalogue
    from usecases.views import Label, Name

NAME_UNITS: Final = 32
PLACE_UNITS: Final = 60
DEFECT_UNITS: Final = 30
REASON_UNITS: Final = 80
_DAYS_FROM: Final = 2

Field = str | int | date | datetime  # and `Label`; what a view hands over to be said


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """Speaks to one reader. Moments come in UTC and are said on the city's clock."""

    catalogue: Catalogue
    language: str
    zone: ZoneInfo
    now: datetime
    private: bool = False
    """In a private chat nobody is tagged."""

    def text(self, key: str, /, **fields: str | int) -> Said:
        """Return a text without markup."""
        return self.catalogue.text(self.language, key, **fields)

    def html(self, key: str, /, **fields: str | int) -> Html:
        """Return a text as HTML."""
        return self.catalogue.html(self.language, key, **fields)

    def label(self, label: Label, limit: int = DEFECT_UNITS) -> str:
        """Return a two-language name in the reader's."""
        return safe(label.en if self.language == "en" else label.zh, limit)

    def value(self, value: Field | Label) -> str | int:
        """Return what a view hands over as this language says it."""
        match value:
            case datetime():
                return self.limit(value)
            case date():
                return self.day(value)
            case str() | int():
                return value
            case _:
                return self.label(value)

    def day(self, day: date) -> str:
        """Return a day without its year, unless that is another one than now."""
        if day.year == self.now.astimezone(self.zone).year:
            return self.text("day", month=day.month, day=day.day)
        return self.text("day-of-year", year=day.year, month=day.month, day=day.day)

    def stamp(self, moment: datetime) -> str:
        """Return when something happened, with its day, so that it stays true tomorrow."""
        local = moment.astimezone(self.zone)
        return self.text("moment", day=self.day(local.date()), clock=f"{local:%H:%M}")

    def limit(self, moment: datetime, *, tomorrow: bool = False) -> str:
        """Return a limit as clock time; midnight is 24:00 of the day before.

        “Today” is safe on a card until the limit passes: the card is edited then, and from then
        on names the day, since it may stand for days. “Tomorrow” is only for messages that are
        read once, and has to be asked for.
        """
        local = moment.astimezone(self.zone)
        day, clock = local.date(), f"{local:%H:%M}"
        if clock == "00:00":
            day, clock = day - timedelta(days=1), "24:00"
        ahead = (day - self.now.astimezone(self.zone).date()).days
        if ahead == 0 and moment > self.now:
            return self.text("moment", day=self.text("today"), clock=clock)
        if ahead == 1 and tomorrow:
            return self.text("moment", day=self.text("tomorrow"), clock=clock)
        return self.text("moment", day=self.day(day), clock=clock)

    def live(self, moment: datetime) -> Html:
        """Return a countdown that the reader's app keeps true by itself.

        The entity's own words are only seen where an app does not know it.
        """
        unix = int(moment.timestamp())
        return Html(f'<tg-time unix="{unix}" format="r">{self.html("live-fallback")}</tg-time>')

    def lasting(self, length: timedelta, kind: TimeKind = TimeKind.URGENT) -> str:
        """Return a length of time in hours and minutes; of working time it is said so.

        Days of the calendar are named from two days on.
        """
        minutes = length // timedelta(minutes=1)
        hours, rest = divmod(minutes, 60)
        days, over = divmod(hours, 24)
        if kind in WORKING:
            return self.text("lasting-working", hours=hours, minutes=rest)
        if days >= _DAYS_FROM:
            return self.text("lasting-days", days=days, hours=over, minutes=rest)
        return self.text("lasting", hours=hours, minutes=rest)

    def reason(self, reason: str) -> str:
        """Return a reason: the words of its code, or what somebody typed."""
        key = f"reason-{reason}"
        return self.text(key) if self.catalogue.has(key) else safe(reason, REASON_UNITS)

    def order(self, number: str) -> str:
        """Return the number of a paper (`2026-1`) as the office writes it."""
        return order(self.catalogue, self.language, number)

    def why(self, reason: str, limit: int = REASON_UNITS) -> str:
        """Return a reason as the end of a sentence; nothing where none was given."""
        shown = safe(self.reason(reason), limit)
        return self.text("why", reason=shown) if shown else ""

    def mention(self, name: Name) -> Html:
        """Tag a person by a mention that works without a username; in private only name them."""
        shown = escaped(self.name(name))
        if self.private:
            return shown
        if name.account.isascii() and name.account.isdigit():
            return Html(f'<a href="tg://user?id={name.account}">{shown}</a>')
        if name.username and name.username.isascii() and name.username.isidentifier():
            return Html(f"{shown} @{name.username}")
        return shown

    def name(self, name: Name | str) -> str:
        """Name a person without tagging; an invisible name still needs letters to press on."""
        if isinstance(name, str):
            return safe(name, NAME_UNITS)
        return safe(name.text, NAME_UNITS) or safe(name.username or name.account, NAME_UNITS) or "?"

    def place(self, place: str, grid: int | None) -> str:
        """Return where a case lies; what is not known yet is asked for, a bare grid said once."""
        parts = [safe(place, PLACE_UNITS)] if place.strip() else []
        parts.append(self.text("place-missing") if grid is None else self.text("grid", grid=grid))
        return self.listed(dict.fromkeys(filter(None, parts)))

    def listed(self, parts: Iterable[str]) -> str:
        """Set plain pieces side by side."""
        return " · ".join(parts)

    def names(self, names: Iterable[str]) -> str:
        """Enumerate people or words."""
        return self.text("comma").join(safe(name, NAME_UNITS) for name in names)


def order(catalogue: Catalogue, language: str, number: str) -> str:
    """Return the number of a paper (`2026-1`) as the office writes it."""
    year, _, serial = number.partition("-")
    return catalogue.text(language, "order-number", year=year, serial=serial)
