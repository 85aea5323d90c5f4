"""Words in a group: a press in words, an answer, or a description. Most talk is left alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework import commands
from casework.case import Status
from casework.changing import replace
from casework.decide import decide
from casework.permissions import Relation, relations
from casework.refusals import Refusal
from usecases import filing, merging, saving
from usecases.complete_case import complete
from usecases.naming import named
from usecases.perform import perform
from usecases.records import DueRow, Link, Outgoing, Part, Priority, Words
from usecases.typed_acts import typed

if TYPE_CHECKING:
    from casework.act import Act
    from casework.case import Case
    from casework.commands import Command
    from casework.people import Person
    from casework.reading import Caption
    from usecases.inputs import Source, WordsSaid
    from usecases.office import Office

MOMENT = timedelta(seconds=1)
"""Words of exactly the age at which they are deleted are not older yet."""
VOICE = "🎤"
"""Stands for a voice message among the words of a case."""


def hear_words(office: Office, said: WordsSaid) -> None:
    """Take in one text or voice message, once."""
    source, uow = said.source, office.uow
    if source.via_bot or source.forwarded or not uow.first_time(source.update_id, office.now):
        return
    link = uow.links.get(source.chat, source.reply_to) if source.reply_to else None
    target = uow.cases.get(link.case_id) if link else None
    if source.sender.anonymous:
        ask_anonymous(office, target, source)
        return
    person = office.who(source.sender)
    if person is None:
        return
    if target is not None:
        _reply(office, target, said, person)
    else:
        _of_no_case(office, said, person)


def _of_no_case(office: Office, said: WordsSaid, person: Person) -> None:
    """In private the remark of a filing; in the group a claim, words after a photo, or talk."""
    if said.source.private:
        filing.hear(office, said, person)
    elif not said.source.reply_to:
        _plain(office, said, person)


def _reply(office: Office, case: Case, said: WordsSaid, person: Person) -> None:
    """Words in reply to a case: a press in words, a typed act, or more of the description."""
    act = office.act(person, said.source.at)
    if said.voice:
        _describe(office, case, said, act)
        return
    command = pressed(office, case, said.text)
    if command is not None:
        _quietly(office, case, command, act)
        return
    if not _typed(office, case, said, act) and _tells_more(office, case, said.text, person):
        _more(office, case, office.town.read(said.text), act)


def _tells_more(office: Office, case: Case, text: str, person: Person) -> bool:
    """The reporter's words that name a place, a category or a danger; talk and answers do not."""
    if case.reporter != person.key:
        return _names_place(office, case, text, person)
    words, caption = office.town.words, office.town.read(text)
    return words.names_anything(caption) or (caption.danger and not words.asks(text))


def _more(office: Office, case: Case, caption: Caption, act: Act) -> None:
    """Until the case is taken its words grow; later each message is a note of its own."""
    if case.words and case.status is Status.WAITING:
        known = caption.text in case.words
        text = case.words if known else f"{case.words} {caption.text}"
        caption = replace(caption, text=text)
    complete(office, case, caption, act)


def _names_place(office: Office, case: Case, text: str, person: Person) -> bool:
    """Whoever may correct the place may name a missing one in reply."""
    held = relations(case, person, office.town.roster)
    may = held & {Relation.CLAIMER, Relation.SUPERVISOR, Relation.GRID_OFFICER}
    return case.grid is None and bool(may) and office.town.read(text).place is not None


def pressed(office: Office, case: Case, text: str) -> Command | None:
    """The press that these words stand for, given where the case stands."""
    words = office.town.words
    if case.status is Status.CHECKING:
        if words.pass_word(text):
            return commands.Pass()
        if words.fail_word(text):
            return commands.Rework()
    if case.status is Status.WAITING and words.claim_word(text):
        return commands.Claim()
    return None


def _quietly(office: Office, case: Case, command: Command, act: Act) -> None:
    """Words that may not act change nothing, and nobody is told off in public."""
    try:
        perform(office, case, command, act)
    except Refusal:
        return


def _typed(office: Office, case: Case, said: WordsSaid, act: Act) -> bool:
    """Whether the words are an act typed out; a refusal is told to who typed it, alone."""
    try:
        if merging.typed(office, case, said.text, act):
            return True
        command = typed(office, case, said.text, act)
        if command is None:
            return False
        perform(office, case, command, act)
    except Refusal as refusal:
        _tell_alone(office, case, named(office, refusal), said.source, act)
    return True


def _tell_alone(office: Office, case: Case, refusal: Refusal, source: Source, act: Act) -> None:
    """Where it was typed: in the group for this person's eyes, in a private chat as it is."""
    office.uow.outbox.add(
        Outgoing(
            kind="notice",
            key=f"refusal:{source.update_id}",
            chat=source.chat,
            person=act.key,
            only="" if source.private else source.sender.account,
            thread=source.thread,
            fact={
                "words": "refusal",
                "refusal": [type(refusal).__name__, refusal.data()],
                "cases": [case.id],
                "home": case.chat,
            },
            priority=Priority.ANSWER,
            free=not source.private,
            not_before=office.now,
            created_at=office.now,
        )
    )


def _plain(office: Office, said: WordsSaid, person: Person) -> None:
    """Words without reply: a claim of the one case that waits, words after a photo, or talk."""
    if said.voice:
        _voice(office, said, person)
        return
    if office.town.words.claim_word(said.text):
        _plain_claim(office, said, person)
        return
    if not _after_photo(office, said, person):
        _keep(office, said, person)


def _plain_claim(office: Office, said: WordsSaid, person: Person) -> None:
    at = said.source.at
    since = at - office.town.rules.opening.claim_word
    waiting = [
        case
        for case in office.uow.cases.waiting_for(person.key, since)
        if case.chat == said.source.chat and case.reported_at <= at
    ]
    if len(waiting) == 1:
        _quietly(office, waiting[0], commands.Claim(), office.act(person, at))


def _recent(office: Office, said: WordsSaid, person: Person) -> Case | None:
    """The case this person opened within the last two minutes."""
    newest = office.uow.cases.newest_of(person.key, said.source.chat)
    if newest is None or not newest.open or newest.thread != said.source.thread:
        return None
    waited = said.source.at - newest.reported_at
    within = waited <= office.town.rules.opening.words_after
    return newest if within and waited.total_seconds() >= 0 else None


def _after_photo(office: Office, said: WordsSaid, person: Person) -> bool:
    case = _recent(office, said, person)
    caption = office.town.read(said.text)
    if case is None or not office.town.words.names_anything(caption):
        return False
    if case.words and not _fills(case, caption, office):
        return False
    words = f"{case.words} {caption.text}".strip() if case.words else caption.text
    act = office.act(person, said.source.at)
    complete(office, case, replace(caption, text=words), act, of_report=True)
    link_words(office, case, said, person)
    return True


def _fills(case: Case, caption: Caption, office: Office) -> bool:
    """Whether words say what the case lacks, and nothing against what it has."""
    kind_known = office.town.read(case.words).guess.sure
    sure = caption.guess.sure
    if case.place and caption.place is not None and caption.place.grid not in {None, case.grid}:
        return False
    if kind_known and sure and caption.guess.category.code != case.category:
        return False
    lacks_place = not case.place and caption.place is not None
    return lacks_place or (sure and not kind_known) or caption.danger


def _voice(office: Office, said: WordsSaid, person: Person) -> None:
    case = _recent(office, said, person)
    if case is not None:
        _describe(office, case, said, office.act(person, said.source.at))
    else:
        _keep(office, replace(said, text=VOICE), person)


def _describe(office: Office, case: Case, said: WordsSaid, act: Act) -> None:
    """A voice message is kept as description: the case links to it."""
    if act.person is None or not case.open:
        return
    words = f"{case.words} {VOICE}".strip()
    command = commands.AddWords(words=words, of_report=True)
    try:
        decision = decide(case, command, act)
    except Refusal:
        return
    case = saving.save(office, case, decision.case, decision.events, act)
    link_words(office, case, said, act.person)


def link_words(office: Office, case: Case, said: WordsSaid, person: Person) -> None:
    """Let a reply to these words be a reply to the case, and an edit of them reach it."""
    office.uow.links.add(
        Link(
            chat=said.source.chat,
            message=said.source.message,
            case_id=case.id,
            part=Part.WORDS,
            person=person.key,
            at=said.source.at,
        )
    )


def _keep(office: Office, said: WordsSaid, person: Person) -> None:
    """Keep last words for minutes: a photo may follow."""
    source = said.source
    office.uow.words.add(
        Words(
            chat=source.chat,
            thread=source.thread,
            message=source.message,
            person=person.key,
            text=said.text,
            at=source.at,
        )
    )
    purge_at = office.now + office.town.rules.opening.words_kept + MOMENT
    office.uow.dues.add(DueRow(kind="words", key=f"words:{purge_at:%y%m%d%H%M}", at=purge_at))


def ask_anonymous(office: Office, case: Case | None, source: Source) -> None:
    """Ask an anonymous admin, once per case and silently, to press instead."""
    if case is None or not case.open or case.anonymous_asked:
        return
    asked = replace(case, anonymous_asked=True)
    saving.save(office, case, asked, (), office.act(None))
    office.uow.outbox.add(
        Outgoing(
            kind="notice",
            key=f"anonymous:{case.id}",
            case_id=case.id,
            chat=case.chat,
            reply_to=source.message,
            thread=source.thread,
            fact={"words": "question-anonymous", "cases": [case.id]},
            priority=Priority.EDIT,
            not_before=office.now,
            created_at=office.now,
        )
    )
