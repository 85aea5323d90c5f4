"""A photo: whose it is, which case it belongs to, or that it opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.case import Phase
from casework.changing import replace
from casework.people import Role
from usecases import ask_which
from usecases.answer_command import mine
from usecases.file_photo import file_photo, phase_of
from usecases.follow_album import Item, add, follow_album
from usecases.hear_words import VOICE, ask_anonymous
from usecases.records import Album, Link, Outgoing, Part, Priority
from usecases.report_defect import Report, report_defect

if TYPE_CHECKING:
    from casework.case import Case
    from casework.people import Person
    from casework.reading import Caption
    from usecases.inputs import PhotoPosted
    from usecases.office import Office
    from usecases.records import Words


def receive_photo(office: Office, posted: PhotoPosted) -> None:
    """Take in one photo, once."""
    source, uow = posted.source, office.uow
    if source.via_bot or not uow.first_time(source.update_id, office.now):
        return
    if _known(office, posted):
        return
    if source.sender.anonymous:
        ask_anonymous(office, _replied(office, posted), source)
        return
    person = office.who(source.sender)
    if person is None:
        return
    if source.private:
        _to_the_group(office, posted, person)
        return
    caption = office.town.read(posted.caption)
    target = _target(office, posted, caption)
    _take_in(office, Item(posted=posted, person=person, caption=caption, target=target))


def _to_the_group(office: Office, posted: PhotoPosted, person: Person) -> None:
    """A photo is proof for both sides, so it belongs where both see it; once a minute, not each.

    Who has cases of their own hears which; to others a list of all that is open would say nothing.
    """
    source = posted.source
    replied = _replied(office, posted)
    own = mine(office, person) if person.role in {Role.OFFICER, Role.REPAIRER} else []
    cases = [replied] if replied is not None else own
    row = Outgoing(
        kind="notice",
        key=f"photo-here:{person.key}:{source.at:%Y%m%d%H%M}",
        chat=source.chat,
        person=person.key,
        fact={"words": "photo-here", "cases": [case.id for case in cases if case.open]},
        priority=Priority.ANSWER,
        not_before=office.now,
        created_at=office.now,
    )
    office.uow.outbox.add(row)


def _known(office: Office, posted: PhotoPosted) -> bool:
    """Whether this very message was taken in; a migrated group counts its messages anew."""
    source = posted.source
    link = office.uow.links.get(source.chat, source.message)
    return link is not None and link.at == source.at


def _target(office: Office, posted: PhotoPosted, caption: Caption) -> Case | None:
    """The case that a photo replies to or names; what is forwarded reports, and never acts."""
    if posted.source.forwarded:
        return None
    return _replied(office, posted) or _numbered(office, caption, posted.source.chat)


def _replied(office: Office, posted: PhotoPosted) -> Case | None:
    link = office.uow.links.get(posted.source.chat, posted.source.reply_to)
    return office.uow.cases.get(link.case_id) if link else None


def _take_in(office: Office, item: Item) -> None:
    posted = item.posted
    album = office.uow.albums.get(posted.source.chat, posted.album) if posted.album else None
    if album is not None:
        follow_album(office, album, item)
        return
    followed = _alone(office, item)
    if posted.album and followed is not None:
        office.uow.albums.save(followed)


def _numbered(office: Office, caption: Caption, chat: str) -> Case | None:
    """The case a caption names, if it is one of this group: elsewhere nothing acts on it."""
    found = (office.uow.cases.by_number(number) for number in caption.numbers)
    return next((case for case in found if case is not None and case.chat == chat), None)


def _alone(office: Office, item: Item) -> Album | None:
    """Take in a photo that follows nothing; says what became of it, for its album."""
    if item.target is not None:
        return _filed(office, item.target, item)
    if item.caption.irrelevant:
        return replace(_followed(item, None), ignored=True)
    joined = _join(office, item)
    if joined is not None:
        return _followed(item, joined)
    if item.person.repair_side and not item.posted.source.forwarded:
        asked = ask_which.sort_out(office, item.posted, item.person, item.caption)
        if asked is not None:
            return asked
    return _followed(item, _report(office, item))


def _filed(office: Office, target: Case, item: Item) -> Album:
    words = item.caption.text
    phase = phase_of(office, target, item.person, words)
    case = file_photo(office, target, item.posted, item.person, words)
    return replace(_followed(item, case), phase=phase or Phase.BEFORE)


def _followed(item: Item, case: Case | None) -> Album:
    source = item.posted.source
    return Album(
        chat=source.chat,
        album=item.posted.album,
        case_id=case.id if case else 0,
        phase=Phase.BEFORE,
        person=item.person.key,
        at=source.at,
    )


def _join(office: Office, item: Item) -> Case | None:
    """Further photos without words, soon after, by the same person, join the case."""
    source = item.posted.source
    if item.caption.text or source.forwarded:
        return None
    newest = office.uow.cases.newest_of(item.person.key, source.chat)
    if newest is None or not newest.open or newest.thread != source.thread:
        return None
    if not _soon_after(office, item, newest):
        return None
    return add(office, newest, item, Phase.BEFORE)


def _soon_after(office: Office, item: Item, newest: Case) -> bool:
    since = item.posted.source.at - newest.reported_at
    return -office.town.rules.opening.join <= since <= office.town.rules.opening.join


def _report(office: Office, item: Item) -> Case:
    words = None if item.caption.text else _words_before(office, item)
    caption = _described(office, words) if words else item.caption
    report = Report(posted=item.posted, person=item.person, caption=caption)
    case = report_defect(office, report)
    if words is not None:
        _use_up(office, words, case)
    return case


def _words_before(office: Office, item: Item) -> Words | None:
    """The last words of the same person, if they name a place or a category, or were spoken."""
    source = item.posted.source
    since = source.at - office.town.rules.opening.words_before
    words = office.uow.words.last(source.chat, item.person.key, since)
    if words is None or words.at > source.at or words.thread != source.thread:
        return None
    names = office.town.words.names_anything(office.town.read(words.text))
    return words if names or words.text == VOICE else None


def _described(office: Office, words: Words) -> Caption:
    caption = office.town.read(words.text)
    return replace(caption, text=VOICE) if words.text == VOICE else caption


def _use_up(office: Office, words: Words, case: Case) -> None:
    """The words belong to the case now: a reply to them is one to it, and they serve no other."""
    office.uow.words.forget(words.chat, words.message)
    link = Link(
        chat=words.chat,
        message=words.message,
        case_id=case.id,
        part=Part.WORDS,
        person=words.person,
        at=words.at,
    )
    office.uow.links.add(link)
