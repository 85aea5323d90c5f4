"""Next year's working calendar: once, in December, the supervisors hear that it is missing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from casework import deadlines
from usecases.records import DONE, DueRow, Outgoing, Priority

if TYPE_CHECKING:
    from usecases.office import Office
    from usecases.records import Outcome
    from usecases.sayings import Sayings

KIND: Final = "calendar"
DECEMBER: Final = 12


def seed(office: Office) -> None:
    """At a start: see that next year is looked at; later in December that is at once."""
    _plan(office, office.town.day(office.now).year + 1)


def _plan(office: Office, year: int) -> None:
    """The morning of 1 December of the year before; each year is looked at once."""
    town = office.town
    first = town.at(date(year - 1, DECEMBER, 1), town.rules.reminders.morning)
    row = DueRow(
        kind=KIND, key=f"{KIND}:{year}", at=deadlines.quiet_end(max(first, office.now), town)
    )
    if first > office.now:
        office.uow.dues.owe(row)  # the office may have moved the morning, or the time zone
    else:
        office.uow.dues.add(row)


def handle(office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """Tell the supervisors privately, if the year is still unknown; and plan the next one."""
    year, this_year = int(row.key.partition(":")[2]), office.town.day(office.now).year
    _plan(office, max(year, this_year) + 1)
    if year in office.town.calendar.years or year < this_year:
        return "dropped", "known or over"
    hearers = [key for key in office.supervisors() if office.private_chat(key)]
    for person in hearers:
        _tell(office, person, year, late=sayings.late(row.at))
    return DONE if hearers else ("dropped", "no open private chat")


def _tell(office: Office, person: str, year: int, *, late: bool) -> None:
    office.uow.outbox.add(
        Outgoing(
            kind="notice",
            key=f"{KIND}:{year}:{person}",
            chat=office.private_chat(person),
            person=person,
            fact={"words": "calendar-missing", "fields": {"year": year}, "late": late},
            priority=Priority.EDIT,
            not_before=deadlines.quiet_end(office.now, office.town),
            created_at=office.now,
        )
    )
