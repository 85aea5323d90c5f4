"""A photo opens a case at once, before any question (挂号, 立即)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework import clockwork, deadlines, events
from casework.arranging import assigned
from casework.case import Case, Phase, Release, Source, Status, Tier
from casework.changing import made, replace
from casework.people import Role
from usecases import consequences, saving
from usecases.crowd import spread
from usecases.records import Link, Outgoing, Part, Photo, Priority

if TYPE_CHECKING:
    from datetime import datetime

    from casework.people import Person
    from casework.reading import Caption
    from usecases.inputs import PhotoPosted
    from usecases.office import Office


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A photo that opens a case, with the words that belong to it."""

    posted: PhotoPosted
    person: Person
    caption: Caption
    """The photo's own caption, or the words said just before."""


def report_defect(office: Office, report: Report) -> Case:
    """Open a case for a photo."""
    source = report.posted.source
    act = office.act(report.person, source.at)
    case = _new_case(office, report)
    happened = events.CaseReported(
        category=case.category,
        tier=case.tier.value,
        place=case.place,
        grid=case.grid,
        repairer=case.repairer,
        deadline=case.deadline,
        forwarded=case.forwarded,
        night=case.release is Release.NIGHT,
    )
    case = saving.open_case(office, case, (happened,), act)
    late = office.crowd.over(case.reporter, source.at, office.town.rules.flood)
    keep_photo(office, report.posted, case.id, report.person, Phase.BEFORE, late=late)
    consequences.react(office, case, consequences.FILED, late=late)
    settle = office.town.rules.opening.album_settle
    consequences.card(office, case, wait=settle if report.posted.album else None, late=late)
    if late:
        _tell_flood(office, case)
    elif case.grid is None:
        ask_place(office, case)
    return case


def _tell_flood(office: Office, case: Case) -> None:
    """Once an hour, not once a photo: all are filed, and their cards come later."""
    key = f"flood:{case.reporter}:{office.now:%Y%m%d%H}"
    private = office.private_chat(case.reporter)
    if not any(map(office.uow.outbox.has, (key, f"{key}:{case.reporter}"))):
        fact = {"words": "flood", "fields": {}}
        if not private or not office.tell_privately(case.reporter, key, fact):
            office.tell([case.reporter], case, key, fact)


def _new_case(office: Office, report: Report) -> Case:
    town, source, person = office.town, report.posted.source, report.person
    caption = report.caption
    leaf = caption.guess.category
    day = town.day(source.at)
    case = made(
        Case,
        id=office.uow.cases.new_id(),
        number=f"XC-{day:%Y%m%d}-{office.uow.cases.next_serial(day):04d}",
        category=leaf.code,
        tier=Tier.TODAY if caption.danger else leaf.tier,
        words=caption.text,
        place=caption.place.text if caption.place else "",
        chat=source.chat,
        thread=source.thread,
        photo_message=source.message,
        reporter=person.key,
        officer=person.key if person.role is Role.OFFICER else "",
        source=_SOURCES[person.role],
        reported_at=source.at,
        opened_at=office.now,
        deadline=source.at,
        forwarded=source.forwarded,
        rules_version=town.rules_version,
        before=1,
    )
    case = clockwork.by_rule(case, source.at, town)
    case = replace(case, sign_asked=_sign_asked(office, case))
    return _paired(office, case, _grid_of(office, report), person)


def _sign_asked(office: Office, case: Case) -> datetime | None:
    """When the card of a new case asks for the warning sign, so that nothing else need do it."""
    town = office.town
    hour = town.at(town.day(case.reported_at), town.rules.limits.sign_asked)
    late = case.tier is Tier.THREE_DAYS and case.reported_at >= hour
    today = town.day(office.now) == town.day(case.reported_at)
    told = late and today and not deadlines.is_quiet(office.now, town)
    return office.now if told else None


_SOURCES = {
    Role.OFFICER: Source.PATROL,
    Role.REPAIRER: Source.COMPANY,
    Role.STANDBY: Source.COMPANY,
    Role.MANAGER: Source.COMPANY,
    Role.SUPERVISOR: Source.INSPECTION,
    Role.LEADER: Source.INSPECTION,
    Role.CLERK: Source.OFFICE,
}


def _grid_of(office: Office, report: Report) -> int | None:
    """The grid by place when the place tells it, else the reporter's own."""
    place = report.caption.place
    if place is not None and place.grid is not None:
        return place.grid
    return home_grid(office, report.person)


def home_grid(office: Office, person: Person) -> int | None:
    """A person's own grid: an officer's, or that of the officer a repairer is paired with."""
    if person.role is not Role.REPAIRER:
        return person.grid
    officers = office.town.roster.with_role(Role.OFFICER)
    return next((o.grid for o in officers if o.pair == person.key), None)


def _paired(office: Office, case: Case, grid: int | None, person: Person) -> Case:
    if grid is not None:
        case = assigned(case, grid, office.town.roster)
    finder = person.role in {Role.REPAIRER, Role.STANDBY}
    if finder and case.company in {"", person.company}:
        return replace(
            case,
            company=person.company,
            repairer=person.key,
            claimer=person.key,
            claimed_at=case.reported_at,
            company_patrol=True,
            status=Status.TAKEN,
            release=Release.CLAIMED,
            late_entry=office.now > case.deadline,
        )
    night = case.tier is not Tier.TODAY and deadlines.is_quiet(office.now, office.town)
    return replace(
        case,
        release=Release.NIGHT if night else Release.NO,
        late_entry=office.now > case.deadline,
    )


def keep_photo(  # noqa: PLR0913 - beyond five by keyword alone
    office: Office,
    posted: PhotoPosted,
    case_id: int,
    person: Person,
    phase: Phase,
    *,
    late: bool = False,
) -> None:
    """Keep a photo of a case, and want its original; `late`: others' originals come before it."""
    source = posted.source
    case = office.uow.cases.get(case_id) if case_id else None
    office.uow.photos.add(
        Photo(
            case_id=case_id,
            chat=source.chat,
            message=source.message,
            album=posted.album,
            order=posted.order,
            file=posted.file.file,
            unique=posted.file.unique,
            phase=phase,
            round=case.round if case else 0,
            person=person.key,
            at=source.at,
            try_at=office.now + spread(case_id, office.town.rules.flood) if late else office.now,
        )
    )
    if case_id:
        link = Link(
            chat=source.chat,
            message=source.message,
            case_id=case_id,
            part=Part.PHOTO,
            person=person.key,
            at=source.at,
        )
        if not office.uow.links.add(link):
            office.uow.links.move(source.chat, source.message, case_id)


def ask_place(office: Office, case: Case) -> None:
    """Ask the reporter once, by buttons, in which grid the place lies."""
    private = office.private_chat(case.reporter)
    office.uow.outbox.add(
        Outgoing(
            kind="notice",
            key=f"place:{case.id}",
            case_id=case.id,
            chat=private or case.chat,
            person=case.reporter,
            reply_to="" if private else case.photo_message,
            thread="" if private else case.thread,
            fact={
                "words": "question-place",
                "cases": [case.id],
                "to": [case.reporter],
                "home": case.chat,
            },
            priority=Priority.LADDER,
            loud=True,
            not_before=office.now,
            created_at=office.now,
        )
    )
