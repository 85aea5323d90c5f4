"""A photo in a group: whose it is, which case it belongs to, or that it opens one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casework import commands
from casework.case import Phase
from casework.decide import decide
from casework.refusals import Refusal
from usecases import ask_which, saving
from usecases.complete_case import complete
from usecases.file_photo import file_photo, phase_of
from usecases.hear_words import ask_anonymous
from usecases.records import Album
from usecases.report_defect import Report, keep_photo, report_defect
from usecases.undo_press import undo_photo

if TYPE_CHECKING:
    from casework.case import Case
    from casework.people import Person
    from casework.reading import Caption
    from usecases.inputs import PhotoPosted
    from usecases.office import Office


@dataclass(frozen=True, kw_only=True, slots=True)
class _Item:
    """A photo on its way to a case."""

    posted: PhotoPosted
    person: Person
    caption: Caption
    target: Case | None
    """The case it replies to or names."""


def receive_photo(office: Office, posted: PhotoPosted) -> None:
    """Take in one photo, once."""
    source, uow = posted.source, office.uow
    if source.via_bot or not uow.first_time(source.update_id, office.now):
        return
    if uow.links.get(source.chat, source.message) is not None:
        return
    target = _target(office, posted)
    if source.sender.anonymous:
        ask_anonymous(office, target, source)
        return
    person = office.who(source.sender)
    if person is None:
        return
    caption = office.town.read(posted.caption)
    target = target or _numbered(office, caption)
    item = _Item(posted=posted, person=person, caption=caption, target=target)
    if posted.album:
        _album_item(office, item)
    else:
        _alone(office, item)


def _target(office: Office, posted: PhotoPosted) -> Case | None:
    link = office.uow.links.get(posted.source.chat, posted.source.reply_to)
    return office.uow.cases.get(link.case_id) if link else None


def _numbered(office: Office, caption: Caption) -> Case | None:
    found = (office.uow.cases.by_number(number) for number in caption.numbers)
    return next((case for case in found if case is not None), None)


def _alone(office: Office, item: _Item) -> Album | None:
    """Take in a photo that follows nothing; says what became of it, for its album."""
    if item.target is not None:
        return _filed(office, item.target, item)
    if item.caption.irrelevant:
        return replace(_followed(item, None), ignored=True)
    if item.person.repair_side:
        asked = ask_which.sort_out(office, item.posted, item.person, item.caption)
        if asked is not None:
            return asked
    case = _join(office, item) or _report(office, item)
    return _followed(item, case)


def _filed(office: Office, target: Case, item: _Item) -> Album:
    words = item.caption.text
    phase = phase_of(office, target, item.person, words)
    case = file_photo(office, target, item.posted, item.person, words)
    return replace(_followed(item, case), phase=phase or Phase.BEFORE)


def _followed(item: _Item, case: Case | None) -> Album:
    source = item.posted.source
    return Album(
        chat=source.chat,
        album=item.posted.album,
        case_id=case.id if case else 0,
        phase=Phase.BEFORE,
        person=item.person.key,
        at=source.at,
    )


def _join(office: Office, item: _Item) -> Case | None:
    """Further photos without words, soon after, by the same person, join the case."""
    source = item.posted.source
    if item.caption.text or source.forwarded:
        return None
    newest = office.uow.cases.newest_of(item.person.key, source.chat)
    if newest is None or not newest.open or newest.thread != source.thread:
        return None
    if not _soon_after(office, item, newest):
        return None
    return _add(office, newest, item, Phase.BEFORE)


def _soon_after(office: Office, item: _Item, newest: Case) -> bool:
    since = item.posted.source.at - newest.reported_at
    return -office.town.rules.opening.join <= since <= office.town.rules.opening.join


def _add(office: Office, case: Case, item: _Item, phase: Phase) -> Case:
    act = office.act(item.person, item.posted.source.at)
    decision = decide(case, commands.AddPhoto(phase=phase), act)
    changed = saving.save(office, case, decision.case, decision.events, act)
    keep_photo(office, item.posted, changed.id, item.person, phase)
    return changed


def _report(office: Office, item: _Item) -> Case:
    caption = item.caption
    if not caption.text:
        caption = _words_before(office, item)
    return report_defect(office, Report(posted=item.posted, person=item.person, caption=caption))


def _words_before(office: Office, item: _Item) -> Caption:
    """The last words of the same person, if they name a place or a category."""
    source = item.posted.source
    since = source.at - office.town.rules.opening.words_before
    words = office.uow.words.last(source.chat, item.person.key, since)
    if words is None or words.at > source.at:
        return item.caption
    caption = office.town.read(words.text)
    if not office.town.words.names_anything(caption):
        return item.caption
    office.uow.words.forget(words.chat, words.message)
    return caption


def _album_item(office: Office, item: _Item) -> None:
    """One item of an album; what any item says holds for all, also when it comes late."""
    source = item.posted.source
    album = office.uow.albums.get(source.chat, item.posted.album)
    if album is None:
        followed = _alone(office, item)
        if followed is not None:
            office.uow.albums.save(followed)
        return
    if album.ignored:
        return
    if item.caption.irrelevant:
        _ignore(office, album, item)
    elif item.target is not None and item.target.id != album.case_id:
        _redirect(office, album, item)
    else:
        _follow(office, album, item)


def _follow(office: Office, album: Album, item: _Item) -> None:
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
    case = _add(office, case, item, phase)
    if words and phase is Phase.BEFORE:
        complete(office, case, item.caption, office.act(item.person, item.posted.source.at))


def _correct(office: Office, album: Album, item: _Item, told: Phase) -> None:
    """A late item says that the album shows a warning sign or work, not the finished repair."""
    case = undo_photo(office, album.case_id, item.person)
    if case is None:
        return
    for photo in office.uow.photos.of_case(case.id):
        if photo.person == item.person.key and photo.phase is Phase.AFTER:
            office.uow.photos.save(replace(photo, phase=told))
    file_photo(office, case, item.posted, item.person, item.caption.text)
    office.uow.albums.save(replace(album, phase=told))


def _ignore(office: Office, album: Album, item: _Item) -> None:
    """`#无关` on a late item takes the album's case back."""
    _take_back(office, album, item, "#无关")
    office.uow.albums.save(replace(album, ignored=True, case_id=0))


def _take_back(office: Office, album: Album, item: _Item, reason: str) -> None:
    case = office.uow.cases.get(album.case_id) if album.case_id else None
    if case is None or case.reporter != item.person.key:
        return
    act = office.act(item.person, item.posted.source.at)
    try:
        decision = decide(case, commands.Withdraw(reason=reason), act)
    except Refusal:
        return
    saving.save(office, case, decision.case, decision.events, act)


def _redirect(office: Office, album: Album, item: _Item) -> None:
    """A late item names another case: the whole album belongs there."""
    target = item.target
    if target is None:
        return
    opened = office.uow.cases.get(album.case_id) if album.case_id else None
    case = file_photo(office, target, item.posted, item.person, item.caption.text)
    if case is None:
        return
    if opened is not None and opened.reporter == item.person.key:
        ask_which.move_photos(office, opened, case)
        _take_back(office, album, item, case.number)
    office.uow.albums.save(replace(album, case_id=case.id))
