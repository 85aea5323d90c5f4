"""🔕 到明早: one person hears no reminder of one case until the quiet hours end next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework import refusals
from casework.case import Tier
from casework.rules import Circle
from usecases.circles import circle
from usecases.keeping import Hush
from usecases.views import Toast

if TYPE_CHECKING:
    from datetime import datetime

    from casework.case import Case
    from casework.people import Person
    from usecases.inputs import ButtonPressed
    from usecases.office import Office


def hush(office: Office, case: Case, _press: ButtonPressed, person: Person) -> Toast:
    """Let the presser sleep over a case; nobody else is affected.

    Raises:
        CaseEnded: there is nothing left to remind of.
        Outdated: the case has become a danger, which nobody sleeps over.
    """
    if not case.open:
        raise refusals.CaseEnded(number=case.number, status=case.status.value)
    if case.danger:
        raise refusals.Outdated
    until = _morning(office)
    office.uow.hushes.put(Hush(case_id=case.id, person=person.key, until=until))
    local, today = office.town.local(until), office.town.day(office.now)
    return Toast(
        words="hushed",
        fields={
            "clock": f"{local:%H:%M}",
            "day": "today" if local.date() == today else "tomorrow",
            "sign": "yes" if _sign_is_due(case) and _mends(office, case, person) else "no",
        },
    )


def _sign_is_due(case: Case) -> bool:
    """The warning sign is asked for all the same: by the morning it would be missed."""
    asked = case.sign_at is not None or case.sign_asked is not None
    return case.unmended and case.tier is Tier.THREE_DAYS and not asked


def _mends(office: Office, case: Case, person: Person) -> bool:
    return person.key in circle(office, case, Circle.REPAIRER)


def _morning(office: Office) -> datetime:
    """The next end of the quiet hours."""
    town = office.town
    today, until = town.day(office.now), town.rules.reminders.quiet_until
    morning = town.at(today, until)
    return morning if morning > office.now else town.at(today + timedelta(days=1), until)
