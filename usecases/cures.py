"""临时处置 and 根治: what was mended for now only is followed by a case for the lasting repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clockwork, events
from casework.case import Case, Release, Status, Tier, unasked
from casework.changing import replace
from usecases import consequences

if TYPE_CHECKING:
    from casework.act import Act
    from casework.events import Event
    from usecases.books import Saving
    from usecases.office import Office

UNDONE = "undone"
"""The reason of a cure whose first case is open again."""


def opened(office: Office, first: Case, act: Act) -> Case:
    """The case for the cure: same place, people and photo; a number and a limit of its own.

    It waits for a claim and then for a repair or a promise. What was dangerous stays so until a
    supervisor gives it hours, a promise or another tier.
    """
    town = office.town
    day = town.day(act.at)
    danger = first.tier is Tier.TODAY
    cure = Case(
        id=office.uow.cases.new_id(),
        number=f"XC-{day:%Y%m%d}-{office.uow.cases.next_serial(day):04d}",
        tier=Tier.TODAY if danger else Tier.THREE_DAYS,
        category=first.category,
        words=first.words,
        place=first.place,
        grid=first.grid,
        company=first.company,
        chat=first.chat,
        thread=first.thread,
        photo_message=first.photo_message,
        reporter=first.reporter,
        officer=first.officer,
        repairer=first.claimer or first.repairer,
        source=first.source,
        rules_version=town.rules_version,
        reported_at=act.at,
        opened_at=office.now,
        deadline=act.at,
        hours_asked=danger,
        release=Release.CLAIMED,
        burst_asked=True,
        cures=first.number,
        company_patrol=first.company_patrol,
        before=first.before,
    )
    return clockwork.by_rule(cure, act.at, town)


def reported(cure: Case) -> Event:
    """How the case for the cure begins."""
    return events.CaseReported(
        category=cure.category,
        tier=cure.tier.value,
        place=cure.place,
        grid=cure.grid,
        repairer=cure.repairer,
        deadline=cure.deadline,
        cures=cure.cures,
    )


def named(office: Office, first: Case, cure: Case) -> tuple[Case, tuple[Event, ...]]:
    """The first case with the number of its cure; who replies to its photo means the cure now."""
    office.uow.links.move(first.chat, first.photo_message, cure.id)
    consequences.card(office, cure)
    if cure.hours_asked:
        consequences.ask_hours(office, cure, first.submitted_by)
    return replace(first, cure=cure.number), (events.CureOpened(cure=cure.number),)


def take_back(office: Office, first: Case, number: str, act: Act, save: Saving) -> None:
    """The close was undone: so is the case that it had opened."""
    cure = office.uow.cases.by_number(number)
    if cure is None or not cure.open:
        return
    office.uow.links.move(first.chat, first.photo_message, first.id)
    back = replace(
        unasked(cure),
        version=cure.version + 1,
        status=Status.WITHDRAWN,
        closed_at=act.at,
        ended_by=act.key,
        reason=UNDONE,
    )
    save(office, cure, back, (events.CaseWithdrawn(reason=UNDONE),), act)
