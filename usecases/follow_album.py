"""One more item of an album: what any item says holds for all, also when it comes late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework import commands, events
from casework.case import Phase
from casework.changing import replace
from casework.decide import decide
from casework.refusals import Refusal
from usecases import ask_which, saving
from usecases.complete_case import complete
from usecases.file_photo import file_photo, phase_of, unclear
from usecases.report_defect import Report, keep_photo, report_defect
from usecases.undo_press import undo_photo

if TYPE_CHECKING:
    from casework.case import Case
    from casework.people import Person
    from casework.reading import Caption
    from usecases.inputs import PhotoPosted
    from usecases.office import Office
    from usecases.records import Album, Photo


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A photo on its way to a case."""

    posted: PhotoPosted
    person: Person
    caption: Caption
    target: Case | None
    """The case it replies to or names."""


def follow_album(office: Office, album: Album, item: Item) -> None:
    """Take in an item of an album that is known already."""
    if album.ignored:
        return
    if item.caption.irrelevant:
        _ignore(office, album, item)
    elif item.target is not None and item.target.id != album.case_id:
        _redirect(office, album, item)
    else:
        _follow(office, album, item)


def add(office: Office, case: Case, item: Item, phase: Phase) -> Case:
    """Add a photo to a case, whatever the case is waiting for; 🤔 by one whose case it is not."""
    act = office.act(item.person, item.posted.source.at)
    try:
        decision = decide(case, commands.AddPhoto(phase=phase), act)
    except Refusal:
        unclear(office, item.posted)
        return case
    changed = saving.save(office, case, decision.case, decision.events, act)
    keep_photo(office, item.posted, changed.id, item.person, phase)
    return changed


def _follow(office: Office, album: Album, item: Item) -> None:
    if album.question:
        ask_which.add_photo(office, album.question, item.posted, item.person)
        return
    case = office.uow.cases.get(album.case_id) if album.case_id else None
    if case is None or not case.open:
        return
    words = item.caption.text
    phase = Phase(album.phase or Phase.BEFORE)
    if words and phase is Phase.AFTER:
        told = phase_of(office, case, item.person, words)
        if told in {Phase.SIGN, Phase.DURING}:
            _correct(office, album, item, told)
            return
    if words and phase is Phase.BEFORE:
        _described(office, album, case, item)
    else:
        add(office, case, item, phase)


def _described(office: Office, album: Album, case: Case, item: Item) -> None:
    """A late caption completes the album's case; one that joined a case becomes its own."""
    if _joined(office, album, case):
        _own_case(office, album, case, item)
        return
    case = add(office, case, item, Phase.BEFORE)
    caption = item.caption
    if caption.text not in case.words:
        together = replace(caption, text=f"{case.words} {caption.text}".strip())
        act = office.act(item.person, item.posted.source.at)
        complete(office, case, together, act, of_report=True)


def _photos(office: Office, album: Album) -> list[Photo]:
    photos = office.uow.photos.of_case(album.case_id) if album.case_id else ()
    return [p for p in photos if p.album == album.album and p.chat == album.chat]


def _joined(office: Office, album: Album, case: Case) -> bool:
    """Whether the album joined a case that another photo had opened."""
    return all(p.message != case.photo_message for p in _photos(office, album))


def _own_case(office: Office, album: Album, case: Case, item: Item) -> None:
    report = Report(posted=item.posted, person=item.person, caption=item.caption)
    opened = report_defect(office, report)
    _move(office, album, case, opened, Phase.BEFORE)
    _counted(office, opened)
    office.uow.albums.save(replace(album, case_id=opened.id))


def _move(office: Office, album: Album, case: Case, target: Case, phase: Phase) -> None:
    """Give the album's photos, and only those, to another case."""
    photos = _photos(office, album)
    for photo in photos:
        ask_which.move_photo(office, photo, target, phase)
    _fewer(office, case, len(photos))


def _fewer(office: Office, case: Case, count: int) -> None:
    happened = (events.PhotosAdded(phase=Phase.BEFORE.value, count=-count),)
    left = ask_which.recount(office, case)
    saving.save(office, case, left, happened, office.act(None))


def _correct(office: Office, album: Album, item: Item, told: Phase) -> None:
    """A late item says that the album shows a warning sign or work, not the finished repair."""
    case = undo_photo(office, album.case_id, item.person)
    if case is None:
        return
    for photo in _photos(office, album):
        if photo.phase is Phase.AFTER:
            office.uow.photos.save(replace(photo, phase=told))
    file_photo(office, case, item.posted, item.person, item.caption.text)
    office.uow.albums.save(replace(album, phase=told))


def _ignore(office: Office, album: Album, item: Item) -> None:
    """`#无关` on a late item takes the album's case back, or its photos out of another's."""
    case = office.uow.cases.get(album.case_id) if album.case_id else None
    if case is not None and _joined(office, album, case):
        photos = _photos(office, album)
        for photo in photos:
            office.uow.photos.save(replace(photo, case_id=0))
        _fewer(office, case, len(photos))
    else:
        _take_back(office, case, item, "#无关")
    office.uow.albums.save(replace(album, ignored=True, case_id=0))


def _take_back(office: Office, case: Case | None, item: Item, reason: str) -> None:
    if case is None or case.reporter != item.person.key:
        return
    act = office.act(item.person, item.posted.source.at)
    try:
        decision = decide(case, commands.Withdraw(reason=reason), act)
    except Refusal:
        return
    saving.save(office, case, decision.case, decision.events, act)


def _redirect(office: Office, album: Album, item: Item) -> None:
    """A late item names another case: the whole album belongs there."""
    target = item.target
    if target is None:
        return
    opened = office.uow.cases.get(album.case_id) if album.case_id else None
    words = item.caption.text
    phase = phase_of(office, target, item.person, words) or Phase.BEFORE
    case = file_photo(office, target, item.posted, item.person, words)
    if case is None:
        return
    if album.question:
        ask_which.settle(office, album.question, case, item.person)
    elif opened is not None and opened.reporter == item.person.key:
        _bring(office, replace(album, phase=phase), opened, case, item)
    office.uow.albums.save(replace(album, case_id=case.id, question=0, phase=phase))


def _bring(office: Office, album: Album, opened: Case, case: Case, item: Item) -> None:
    """The photos that came before the number follow it; a case they opened is taken back."""
    phase = Phase(album.phase)
    if _joined(office, album, opened):
        _move(office, album, opened, case, phase)
    else:
        for photo in office.uow.photos.of_case(opened.id):
            ask_which.move_photo(office, photo, case, phase)
        _take_back(office, _counted(office, opened), item, case.number)
    _counted(office, case)


def _counted(office: Office, case: Case) -> Case:
    counted = ask_which.recount(office, case)
    return saving.save(office, case, counted, (), office.act(None))
