"""What every use case is given: the transaction, the town, and the moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from casework.act import Act
from casework.changing import replace
from casework.people import Role
from usecases.crowd import Crowd
from usecases.records import Binding, Outgoing, Priority
from usecases.views import Label, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from casework.case import Case
    from casework.people import Person
    from casework.town import Town
    from usecases.inputs import Sender
    from usecases.ports import UnitOfWork
    from usecases.records import Json


class Timetable(Protocol):
    """When the daily things fall due."""

    def after(self, kind: str, moment: datetime) -> datetime:
        """The first time of this kind (`usecases.beats.KINDS`) later than a moment."""
        ...

    def before(self, kind: str, moment: datetime) -> datetime:
        """The last time of this kind earlier than a moment."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """One transaction at one moment."""

    uow: UnitOfWork
    town: Town
    now: datetime
    timetable: Timetable
    crowd: Crowd = field(default_factory=Crowd)

    def act(self, person: Person | None, at: datetime | None = None) -> Act:
        """An act of this person, now or at the time of a message."""
        return Act(person=person, at=at or self.now, now=self.now, town=self.town)

    def who(self, sender: Sender) -> Person | None:
        """The person of the roster behind an account; binds a username once, to the first account.

        None: an anonymous admin, or nobody of the roster.
        """
        if sender.anonymous:
            return None
        binding = self.uow.people.by_account(sender.account)
        if binding is None:
            return self._bind(sender)
        if sender.language and sender.language != binding.language:
            self.uow.people.save(replace(binding, language=sender.language))
        return self.town.roster.person(binding.person) or self._bind_anew(sender, binding)

    def _bind_anew(self, sender: Sender, binding: Binding) -> Person | None:
        """Who left the roster, and stands there by another username that this account has now.

        The office has written down the new one; cases of before keep the old one.
        """
        person = self.town.roster.person(sender.username.lower())
        if person is None or self.uow.people.by_person(person.key) is not None:
            return self._bind(sender)
        self.uow.people.rename(binding.person, person.key)
        self._show_supervisors("bound", person, sender.account)
        return person

    def _bind(self, sender: Sender) -> Person | None:
        person = self.town.roster.person(sender.username.lower())
        if person is None:
            return None
        if self.uow.people.by_person(person.key) is not None:
            self._show_supervisors("bound-other", person, sender.account)
            return None
        self.uow.people.save(
            Binding(
                person=person.key,
                account=sender.account,
                bound_at=self.now,
                language=sender.language,
            )
        )
        self._show_supervisors("bound", person, sender.account)
        return person

    def _show_supervisors(self, words: str, about: Person, account: str) -> None:
        for supervisor in self.town.roster.with_role(Role.SUPERVISOR):
            if supervisor.key == about.key:
                continue
            self.tell_privately(
                supervisor.key,
                f"{words}:{about.key}:{account}",
                {"words": words, "fields": {"name": about.name, "username": about.key}},
            )

    def private_chat(self, person: str) -> str:
        """The person's open private chat; empty when there is none."""
        binding = self.uow.people.by_person(person)
        return binding.private if binding else ""

    def tell_privately(self, person: str, key: str, fact: Json, *, case_id: int = 0) -> bool:
        """Queue a silent line for a person's private chat; False when it is not open."""
        chat = self.private_chat(person)
        if not chat:
            return False
        self.uow.outbox.add(
            Outgoing(
                kind="notice",
                key=f"{key}:{person}",
                case_id=case_id,
                chat=chat,
                person=person,
                fact=fact,
                priority=Priority.EDIT,
                not_before=self.now,
                created_at=self.now,
            )
        )
        return True

    def tell(self, people: Iterable[str], case: Case, key: str, fact: Json) -> None:
        """Queue what somebody must act on: privately where open, else one reply in the group.

        Who has left the roster can do nothing about it; if nobody else is asked, the supervisors.
        """
        asked = [*people]
        there = [one for one in asked if self.town.roster.person(one)]
        in_group: list[str] = []
        for person in there or (self.supervisors() if asked else ()):
            chat = self.private_chat(person)
            if chat:
                self._queue(case, f"{key}:{person}", fact, chat=chat, person=person)
            else:
                in_group.append(person)
        if in_group:
            self._queue(case, key, {**fact, "to": in_group}, chat=case.chat)

    def _queue(self, case: Case, key: str, fact: Json, *, chat: str, person: str = "") -> None:
        here = chat == case.chat
        self.uow.outbox.add(
            Outgoing(
                kind="notice",
                key=key,
                case_id=case.id,
                chat=chat,
                person=person,
                reply_to=case.photo_message if here else "",
                thread=case.thread if here else "",
                fact={**fact, "home": case.chat},
                priority=Priority.LADDER,
                loud=True,
                not_before=self.now,
                created_at=self.now,
            )
        )

    def supervisors(self) -> tuple[str, ...]:
        """The keys of all supervisors."""
        return tuple(p.key for p in self.town.roster.with_role(Role.SUPERVISOR))

    def language_of(self, person: str) -> str:
        """The language of a person's private chat: the roster's, else the app's, else Chinese."""
        entry = self.town.roster.person(person)
        if entry is not None and entry.language:
            return entry.language
        binding = self.uow.people.by_person(person)
        return spoken(binding.language if binding else "", self.town.language)

    def named(self, person: str) -> Name:
        """A person, nameable and taggable."""
        binding = self.uow.people.by_person(person)
        account = binding.account if binding else ""
        return Name(text=self.town.roster.name(person), account=account, username=person)

    def label(self, category: str) -> Label:
        """A category's names."""
        return label(self.town, category)


def spoken(app: str, default: str) -> str:
    """The catalogue that fits an app's language code."""
    if not app:
        return default
    return "zh" if app.lower().startswith("zh") else "en"


def label(town: Town, category: str) -> Label:
    """A category's names, even of one that left the file."""
    zh, en = town.category_names(category)
    return Label(zh=zh, en=en)


def present(people: Sequence[Person]) -> tuple[str, ...]:
    """The keys of those who are not away."""
    return tuple(p.key for p in people if not p.away)
