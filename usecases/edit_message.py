"""An edited message: an edited caption updates its case, a replaced photo is added; none acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import commands
from casework.case import Phase
from casework.changing import replace
from casework.decide import decide
from casework.refusals import Refusal
from usecases import saving
from usecases.complete_case import complete
from usecases.inputs import PhotoPosted
from usecases.records import Part
from usecases.report_defect import keep_photo

if TYPE_CHECKING:
    from casework.case import Case
    from casework.people import Person
    from casework.reading import Caption
    from usecases.inputs import MessageEdited
    from usecases.office import Office


def edit_message(office: Office, edited: MessageEdited) -> None:
    """Take in one edit, once."""
    source, uow = edited.source, office.uow
    if source.via_bot or not uow.first_time(source.update_id, office.now):
        return
    link = uow.links.get(source.chat, source.message)
    person = office.who(source.sender)
    if link is None or person is None:
        return
    case = uow.cases.get(link.case_id)
    if case is None or not case.open:
        return
    if edited.file is not None:
        case = _replaced(office, case, edited, person)
    if case.reporter == person.key and link.part in {Part.PHOTO, Part.WORDS}:
        _reworded(office, case, edited, person)


def _replaced(office: Office, case: Case, edited: MessageEdited, person: Person) -> Case:
    """A replaced photo is added; the first one stays."""
    file = edited.file
    known = office.uow.photos.of_message(edited.source.chat, edited.source.message)
    if file is None or not known or any(p.unique == file.unique for p in known):
        return case
    phase = known[0].phase
    act = office.act(person, edited.source.at)
    try:
        decision = decide(case, commands.AddPhoto(phase=phase), act)
    except Refusal:
        return case
    case = saving.save(office, case, decision.case, decision.events, act)
    posted = PhotoPosted(source=edited.source, file=file, order=len(known))
    keep_photo(office, posted, case.id, person, phase)
    return case


def _reworded(office: Office, case: Case, edited: MessageEdited, person: Person) -> None:
    """Words of the report count until the case is taken; later they are a note."""
    photos = office.uow.photos.of_message(edited.source.chat, edited.source.message)
    if photos and photos[0].phase is not Phase.BEFORE:
        return
    caption = office.town.read(edited.text)
    if not caption.text:
        return
    if photos and edited.source.message != case.photo_message:
        caption = _added(office, case, caption)
    complete(office, case, caption, office.act(person, edited.source.at))


def _added(office: Office, case: Case, caption: Caption) -> Caption:
    """近处看 under a further photo adds to the description, and does not take its place."""
    if not case.words or office.town.words.names_anything(caption):
        return caption
    if caption.text in case.words:
        return replace(caption, text=case.words)
    return replace(caption, text=f"{case.words} {caption.text}")
