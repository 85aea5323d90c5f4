"""Commands: the asker alone is answered. Unknown commands and talk get no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.changing import replace
from casework.people import Role
from usecases import digests
from usecases.records import Outgoing, Priority
from usecases.watch_chats import opened_private

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.case import Case
    from casework.people import Person
    from usecases.inputs import CommandGiven
    from usecases.office import Office
    from usecases.records import Json

_Fact = tuple[str, "Json"]
"""The outbox kind of an answer, and its fact."""


def answer_command(office: Office, given: CommandGiven) -> None:
    """Answer one command, once."""
    source = given.source
    if source.forwarded or not office.uow.first_time(source.update_id, office.now):
        return
    answer = _ANSWERS.get(given.name)
    person = office.who(source.sender)
    if source.private:
        _note_private(office, given)
    if answer is None or source.sender.anonymous:
        return
    if person is None:
        if source.private:
            _stranger(office, given)
        return
    kind, fact = answer(office, person, given)
    _send(office, given, person, kind, fact)


def _note_private(office: Office, given: CommandGiven) -> None:
    binding = office.uow.people.by_account(given.source.sender.account)
    if binding is not None:
        opened_private(office, binding, given.source.chat)


def _stranger(office: Office, given: CommandGiven) -> None:
    source = given.source
    office.uow.outbox.add(
        Outgoing(
            kind="notice",
            key=f"answer:{source.update_id}",
            chat=source.chat,
            fact={"words": "start-stranger", "language": source.sender.language},
            priority=Priority.ANSWER,
            not_before=office.now,
            created_at=office.now,
        )
    )


def _send(office: Office, given: CommandGiven, person: Person, kind: str, fact: Json) -> None:
    """In a group the answer is ephemeral; the courier's fallbacks are private, then one line."""
    source = given.source
    row = Outgoing(
        kind=kind,
        key=f"answer:{source.update_id}",
        chat=source.chat,
        person=person.key,
        thread=source.thread,
        fact={**fact, "home": source.chat, "ask": given.name},
        priority=Priority.ANSWER,
        not_before=office.now,
        created_at=office.now,
    )
    if not source.private:
        row = replace(row, only=source.sender.account, free=True)
    office.uow.outbox.add(row)


def _start(office: Office, person: Person, _given: CommandGiven) -> _Fact:
    return "notice", {"words": f"start-{person.role.value}", "fields": _about(office, person)}


def _about(office: Office, person: Person) -> Json:
    company = office.town.roster.companies.get(person.company)
    return {
        "name": person.name,
        "city": office.town.name,
        "grid": person.grid or 0,
        "company": company.name if company else "",
    }


def _help(_office: Office, person: Person, _given: CommandGiven) -> _Fact:
    return "notice", {"words": f"help-{person.role.value}"}


def _today(office: Office, _person: Person, _given: CommandGiven) -> _Fact:
    return "digest", digests.now(office)


def _digests(_office: Office, _person: Person, _given: CommandGiven) -> _Fact:
    return "choices", {}


def _mine(office: Office, person: Person, _given: CommandGiven) -> _Fact:
    return "notice", {"words": "mine", "cases": [c.id for c in mine(office, person)]}


def mine(office: Office, person: Person) -> list[Case]:
    """A person's own open cases: reported or walked, taken or tagged, or all one watches."""
    cases = office.uow.cases
    if person.role in {Role.SUPERVISOR, Role.LEADER, Role.CLERK}:
        return list(cases.open_all())
    if person.role in {Role.MANAGER, Role.STANDBY}:
        return list(cases.open_of_companies([person.company]))
    if person.repair_side:
        return list(cases.open_of_claimer(person.key))
    return list(cases.open_of_patrol(person.key))


def _case(office: Office, _person: Person, given: CommandGiven) -> _Fact:
    numbers = office.town.read(given.argument).numbers
    case = office.uow.cases.by_number(numbers[0]) if numbers else None
    if case is None:
        return "notice", {"words": "case-not-found"}
    return "dossier", {"cases": [case.id]}


_ANSWERS: dict[str, Callable[[Office, Person, CommandGiven], _Fact]] = {
    "start": _start,
    "help": _help,
    "today": _today,
    "digests": _digests,
    "mine": _mine,
    "case": _case,
}
