"""拆开: photos that joined one case become a case each (一处一件)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import events, refusals
from casework.case import Phase
from casework.decide import allow
from usecases import ask_which, saving
from usecases.report_defect import Report, report_defect

if TYPE_CHECKING:
    from casework.case import Case
    from casework.people import Person
    from usecases.office import Office
    from usecases.records import Photo


def split(office: Office, case: Case, person: Person) -> int:
    """Open a case for each photo of the report but the first; returns how many.

    Raises:
        CaseEnded: there is nothing left to split.
        NotYours: only the reporter and the supervisors may.
        NothingChanged: there is only one photo.
    """
    allow(case, "split", office.act(person))
    reporter = office.town.roster.person(case.reporter)
    photos = _by_message(office, case)
    if len(photos) <= 1 or reporter is None:
        raise refusals.NothingChanged
    for photo in photos[1:]:
        _opened(office, case, photo, reporter)
    changed = ask_which.recount(office, case)
    happened = (events.PhotosAdded(phase=Phase.BEFORE.value, count=1 - len(photos)),)
    saving.save(office, case, changed, happened, office.act(person))
    return len(photos) - 1


def _by_message(office: Office, case: Case) -> list[Photo]:
    """The photos of the report, one of each message: a replaced one stays with its own."""
    photos = office.uow.photos.of_case(case.id)
    first = {p.message: p for p in reversed(photos) if p.phase is Phase.BEFORE}
    return sorted(first.values(), key=lambda p: (p.at, p.order, p.id))


def _opened(office: Office, case: Case, photo: Photo, reporter: Person) -> None:
    posted = ask_which.posted_of(photo, case.thread, forwarded=case.forwarded)
    caption = office.town.read(case.words)
    opened = report_defect(office, Report(posted=posted, person=reporter, caption=caption))
    ask_which.move_photo(office, photo, opened, Phase.BEFORE)
