"""A repairer's photo without reply or number: which case is it, or is it a new one?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework import events, refusals
from casework.case import Phase, Status
from casework.changing import replace
from casework.decide import decide
from casework.reading import case_numbers
from usecases import saving
from usecases.file_photo import command_of, file_photo, phase_of
from usecases.inputs import File, PhotoPosted, Sender, Source
from usecases.records import Album, Link, Outgoing, Part, Photo, Priority
from usecases.report_defect import Report, report_defect

if TYPE_CHECKING:
    from casework.case import Case
    from casework.people import Person
    from casework.reading import Caption
    from usecases.office import Office


def sort_out(office: Office, posted: PhotoPosted, person: Person, caption: Caption) -> Album | None:
    """File a photo of the repair side under its only open case, or ask; None: it is a new one.

    A number that names no case here is no finishing word: another case was meant.
    """
    source = posted.source
    mine = _open_cases(office, posted, person)
    if not mine:
        return None
    album = Album(chat=source.chat, album=posted.album, person=person.key, at=source.at)
    finished = office.town.words.after_words(caption.text) and not caption.numbers
    if len(mine) == 1 and finished:
        phase = phase_of(office, mine[0], person, caption.text)
        case = file_photo(office, mine[0], posted, person, caption.text)
        return replace(album, case_id=case.id if case else 0, phase=phase or Phase.AFTER)
    question = office.uow.new_question()
    _hold(office, question, posted, person)
    _ask(office, question, posted, person, [c.id for c in mine])
    return replace(album, question=question)


def add_photo(office: Office, question: int, posted: PhotoPosted, person: Person) -> None:
    """A further photo of an album that waits for an answer, or has got it."""
    filed = [p for p in office.uow.photos.of_question(question) if p.case_id]
    if not filed:
        _hold(office, question, posted, person)
        _answered_late(office, question, posted, person)
        return
    case = office.uow.cases.get(filed[0].case_id)
    if case is not None:
        file_photo(office, case, posted, person, posted.caption)


def _answered_late(office: Office, question: int, posted: PhotoPosted, person: Person) -> None:
    """Finishing words on a late item say where the album belongs, if one case is open."""
    mine = _open_cases(office, posted, person)
    finished = office.town.words.after_words(posted.caption) and not case_numbers(posted.caption)
    if len(mine) == 1 and finished:
        asked = Question(number=question, thread=posted.source.thread)
        answer(office, asked, person, mine[0])


def settle(office: Office, question: int, case: Case, person: Person) -> None:
    """A late item named the case: the photos that waited for the answer belong there."""
    for photo in office.uow.photos.of_question(question):
        if not photo.case_id:
            _place(office, photo, case, None)
    _recounted(office, case, person)


def _open_cases(office: Office, posted: PhotoPosted, person: Person) -> list[Case]:
    cases = office.uow.cases.open_of_claimer(person.key)
    return [case for case in cases if case.chat == posted.source.chat]


def _hold(office: Office, question: int, posted: PhotoPosted, person: Person) -> None:
    office.uow.photos.add(
        Photo(
            case_id=0,
            chat=posted.source.chat,
            message=posted.source.message,
            album=posted.album,
            order=posted.order,
            file=posted.file.file,
            unique=posted.file.unique,
            phase=Phase.AFTER,
            person=person.key,
            at=posted.source.at,
            try_at=office.now,
            question=question,
            caption=posted.caption,
        )
    )


def _ask(
    office: Office, question: int, posted: PhotoPosted, person: Person, cases: list[int]
) -> None:
    source = posted.source
    office.uow.outbox.add(
        Outgoing(
            kind="notice",
            key=f"question:{question}",
            chat=source.chat,
            person=person.key,
            reply_to=source.message,
            thread=source.thread,
            fact={
                "words": "question-case",
                "cases": cases,
                "question": question,
                "to": [person.key],
            },
            priority=Priority.LADDER,
            loud=True,
            not_before=office.now + office.town.rules.opening.album_settle,
            created_at=office.now,
        )
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question that was asked, and the topic it stands in."""

    number: int
    thread: str = ""


def answer(office: Office, question: Question, person: Person, target: Case | None) -> Case:
    """The answer: file the photos under a case, or open a new one with them.

    Raises:
        NothingAsked: the question is answered, or was never asked.
        NotYours: only the one who was asked may answer.
    """
    photos = [p for p in office.uow.photos.of_question(question.number) if not p.case_id]
    if not photos:
        raise refusals.NothingAsked
    if photos[0].person != person.key:
        raise refusals.NotYours(act="file", who=(photos[0].person,))
    words = next((p.caption for p in photos if p.caption), "")
    first, *others = (replace(photo, caption=words) for photo in photos)
    posted = posted_of(first, question.thread)
    case = _file(office, target, posted, person) if target else _new(office, posted, person)
    for photo in (first, *others):
        _place(office, photo, case, Phase.BEFORE if target is None else None)
    return _recounted(office, case, person)


def posted_of(photo: Photo, thread: str, *, forwarded: bool = False) -> PhotoPosted:
    """A kept photo as it was posted once."""
    source = Source(
        update_id=0,
        chat=photo.chat,
        message=photo.message,
        thread=thread,
        forwarded=forwarded,
        sender=Sender(account=""),
        at=photo.at,
    )
    file = File(file=photo.file, unique=photo.unique)
    return PhotoPosted(
        source=source, file=file, caption=photo.caption, album=photo.album, order=photo.order
    )


def _file(office: Office, target: Case, posted: PhotoPosted, person: Person) -> Case:
    if not target.open:
        raise refusals.CaseEnded(number=target.number, status=target.status.value)
    case = file_photo(office, target, posted, person, posted.caption)
    if case is None:
        raise refusals.NothingChanged
    return case


def _new(office: Office, posted: PhotoPosted, person: Person) -> Case:
    caption = office.town.read(posted.caption)
    return report_defect(office, Report(posted=posted, person=person, caption=caption))


def _place(office: Office, photo: Photo, case: Case, phase: Phase | None) -> None:
    filed = phase or phase_of(office, case, _person(office, photo), photo.caption)
    office.uow.photos.save(
        replace(photo, case_id=case.id, phase=filed or photo.phase, round=case.round)
    )
    _link(office, photo, case)


def _person(office: Office, photo: Photo) -> Person:
    return office.town.roster.people[photo.person]


def _link(office: Office, photo: Photo, case: Case) -> None:
    link = Link(
        chat=photo.chat,
        message=photo.message,
        case_id=case.id,
        part=Part.PHOTO,
        person=photo.person,
        at=photo.at,
    )
    if not office.uow.links.add(link):
        office.uow.links.move(photo.chat, photo.message, case.id)


def _recounted(office: Office, case: Case, person: Person) -> Case:
    changed = recount(office, case)
    return saving.save(office, case, changed, (), office.act(person))


def recount(office: Office, case: Case) -> Case:
    """The case with its photos counted from the shelf."""
    phases = [p.phase for p in office.uow.photos.of_case(case.id)]
    return replace(
        case,
        before=phases.count(Phase.BEFORE),
        during=phases.count(Phase.DURING) + phases.count(Phase.SIGN),
        after=phases.count(Phase.AFTER) + phases.count(Phase.CHECK),
    )


def move_photo(office: Office, photo: Photo, target: Case, phase: Phase) -> None:
    """Give one photo to another case."""
    office.uow.photos.save(replace(photo, case_id=target.id, phase=phase, round=target.round))
    office.uow.links.move(photo.chat, photo.message, target.id)


def rehome(office: Office, photo: Photo, source: Case, target: Case, person: Person) -> None:
    """移照片: a photo filed under the wrong case goes to the right one, as what it is there.

    An after-photo opens the joint check of the right case; the wrong one is owed its repair again
    when no after-photo of its round is left.
    """
    known = office.town.roster.person(photo.person)
    author = known or person
    phase = _phase_there(office, photo, target, known) if known else photo.phase
    act = office.act(author, photo.at)
    decision = decide(target, command_of(target, phase, told=author.repair_side), act)
    move_photo(office, photo, target, phase)
    saving.save(office, target, recount(office, decision.case), decision.events, act)
    left = reopened(office, _unguarded(office, recount(office, source)))
    happened = (events.PhotosAdded(phase=photo.phase.value, count=-1),)
    saving.save(office, source, left, happened, office.act(person))


def _phase_there(office: Office, photo: Photo, target: Case, author: Person) -> Phase:
    """What a photo shows of another case: a warning sign or work stays what it is."""
    phase = phase_of(office, target, author, photo.caption) or photo.phase
    if phase is Phase.AFTER and photo.phase in {Phase.SIGN, Phase.DURING}:
        return photo.phase
    return phase


def _unguarded(office: Office, case: Case) -> Case:
    """The case without its warning sign, if no photo shows one."""
    photos = office.uow.photos.of_case(case.id)
    if case.sign_at is None or any(p.phase is Phase.SIGN for p in photos):
        return case
    return replace(case, sign_at=None)


def reopened(office: Office, case: Case) -> Case:
    """The case without the after-photo it rested on: the repair is owed again."""
    if case.status is not Status.CHECKING:
        return case
    photos = office.uow.photos.of_case(case.id)
    if any(p.phase is Phase.AFTER and p.round == case.round for p in photos):
        return case
    return replace(
        case,
        version=case.version + 1,
        status=Status.REWORK if case.round else Status.TAKEN,
        left=case.left if case.suspended_until else None,
        submitted_at=None,
        submitted_by="",
        patrol_key="",
        patrol_remote=False,
        repair_key="",
        repair_remote=False,
        overdue=case.overdue or (not case.suspended_until and office.now > case.deadline),
    )
