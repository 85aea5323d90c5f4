"""更多: the menu that only the presser sees, and its levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.case import Phase, Status, Tier
from casework.people import Role
from casework.permissions import grantees, relations
from usecases import time_menus
from usecases.records import Outgoing, Priority
from usecases.views import MOST_BUTTONS, Action, Button, Label, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from casework.case import Case
    from casework.people import Person
    from casework.permissions import Who
    from usecases.inputs import ButtonPressed
    from usecases.office import Office
    from usecases.records import Json

Rows = tuple[tuple[Button, ...], ...]

REASONS = {
    Level.REFUSE: ("not-ours", "not-found", "no-defect", "duplicate"),
    Level.WITHDRAW: ("mistake", "fixed", "wrong-photo"),
}
"""The reasons offered by button; each is `reason-<code>` of the catalogue."""

WORDS = {
    Level.ROOT: "menu-root",
    Level.CATEGORY: "menu-category",
    Level.PLACE: "menu-place",
    Level.DEADLINE: "menu-deadline",
    Level.PROMISE: "menu-promise",
    Level.EXTEND: "menu-extend",
    Level.SUSPEND: "menu-suspend",
    Level.REFUSE: "menu-refuse",
    Level.DUPLICATE: "menu-duplicate",
    Level.HAND_OVER: "menu-hand-over",
    Level.CLAIM_FOR: "menu-claim-for",
    Level.WITHDRAW: "menu-withdraw",
    Level.PHOTOS: "menu-photos",
}

MOST = 12
"""A level offers at most this many choices."""


def open_menu(office: Office, case: Case, press: ButtonPressed, person: Person) -> None:
    """Queue the menu for the presser alone."""
    level, _, chosen = press.arg.partition(".")
    known = level if level in set(Level) else Level.ROOT
    fact: Json = {
        "words": _heading(Level(known), person),
        "cases": [case.id],
        "level": known,
        "chosen": chosen,
        "person": person.key,
        "home": case.chat,
    }
    ephemeral = not press.private
    office.uow.outbox.add(
        Outgoing(
            kind="menu",
            key=f"menu:{press.update_id}",
            chat=press.chat,
            person=person.key,
            only=press.sender.account if ephemeral else "",
            fact={**fact, "edit": press.only or (press.message if _own(press) else "")},
            priority=Priority.ANSWER,
            free=ephemeral,
            not_before=office.now,
            created_at=office.now,
        )
    )


def _heading(level: Level, person: Person) -> str:
    """Who may only ask for a refusal is told who decides, and is offered no duplicate."""
    if level is Level.REFUSE and person.role is not Role.SUPERVISOR:
        return "menu-ask-refusal"
    return WORDS[level]


def offers_anything(office: Office, case: Case, person: Person) -> bool:
    """Whether the menu holds a single button for this person now."""
    return any(_root(office, case, person, ""))


def _own(press: ButtonPressed) -> bool:
    """In a private chat a further level replaces the menu's own message."""
    return press.private and press.arg != ""


def rows(office: Office, case: Case, fact: Json) -> Rows:
    """The buttons of a level, for this person, as the case stands now."""
    person = office.town.roster.person(fact["person"])
    if person is None:
        return ()
    level = Level(fact["level"])
    buttons = _LEVELS[level](office, case, person, fact["chosen"])
    return pairs(buttons)


def pairs(buttons: Iterable[Button]) -> Rows:
    """At most two buttons a row."""
    flat = tuple(buttons)
    return tuple(flat[at : at + 2] for at in range(0, len(flat), 2))


def _root(office: Office, case: Case, person: Person, _chosen: str) -> Iterator[Button]:
    held = relations(case, person, office.town.roster)
    yield from _undo(office, case, person)
    for who, wanted, level, word in _OPENINGS:
        if held & who and wanted(case) and _leads_on(office, case, person, level):
            yield Button(action=Action.MORE, case_id=case.id, arg=level.value, word=word)
    for who, wanted, action, word in _ACTIONS:
        if held & who and wanted(case):
            yield Button(action=action, case_id=case.id, word=word)


def _leads_on(office: Office, case: Case, person: Person, level: Level) -> bool:
    """Whether there is something to choose behind a level, and it would be allowed."""
    if level is Level.WITHDRAW:
        young = office.now <= case.opened_at + office.town.rules.opening.withdraw
        return young or case.status is Status.WAITING
    if level in time_menus.OFFERED:
        return time_menus.OFFERED[level](office, case)
    if level is Level.PHOTOS:
        return any(_photos(office, case, person, "")) and bool(_neighbours(office, case))
    return True


def _undo(office: Office, case: Case, person: Person) -> Iterator[Button]:
    undo = office.uow.undos.get(case.id)
    if undo and undo.person == person.key and undo.version == case.version:
        yield Button(action=Action.UNDO, case_id=case.id)


def _always(_case: Case) -> bool:
    return True


def _unmended(case: Case) -> bool:
    return case.unmended


def _due_today(case: Case) -> bool:
    """A danger may be given up again when its granted hours do not suffice either."""
    again = case.not_today is not None and (case.tier is not Tier.TODAY or case.hours_asked)
    waits = case.tier is Tier.PROMISED or case.suspended
    return case.unmended and not waits and not again


def _waiting(case: Case) -> bool:
    return case.delivered_at is not None and case.claimer == "" and case.unmended


def _taken_for_good(case: Case) -> bool:
    return bool(case.claimer) and not case.stopgap


_OPENINGS: tuple[tuple[Who, Callable[[Case], bool], Level, str], ...] = (
    (grantees("set_category"), _always, Level.CATEGORY, "category"),
    (grantees("set_place"), _always, Level.PLACE, "place"),
    (grantees("ask_extension"), _unmended, Level.EXTEND, "extend"),
    (grantees("ask_promise"), _unmended, Level.PROMISE, "promise"),
    (grantees("ask_suspension"), _unmended, Level.SUSPEND, "suspend"),
    (grantees("set_deadline"), _unmended, Level.DEADLINE, "deadline"),
    (grantees("hand_over"), _unmended, Level.HAND_OVER, "hand-over"),
    (grantees("claim_for"), _waiting, Level.CLAIM_FOR, "claim-for"),
    (grantees("refuse", "ask_refusal"), _always, Level.REFUSE, "refuse"),
    (grantees("withdraw"), _unmended, Level.WITHDRAW, "withdraw"),
    (grantees("move_photo"), _always, Level.PHOTOS, "move-photo"),
)
_ACTIONS: tuple[tuple[Who, Callable[[Case], bool], Action, str], ...] = (
    (grantees("give_up_today"), _due_today, Action.NOT_TODAY, ""),
    (grantees("resume"), lambda case: case.suspended, Action.RESUME, ""),
    (grantees("release_scene"), _waiting, Action.RELEASE, ""),
    (
        grantees("withdraw_promise"),
        lambda case: case.tier is Tier.PROMISED,
        Action.PROMISE_BACK,
        "",
    ),
    (grantees("mark_stopgap"), _taken_for_good, Action.STOPGAP, ""),
    (grantees("mark_stopgap"), lambda case: case.stopgap, Action.STOPGAP_OFF, ""),
    (grantees("part"), lambda case: bool(case.main), Action.PART, ""),
    (grantees("split"), lambda case: case.before > 1, Action.SPLIT, ""),
)


def _categories(office: Office, case: Case, _person: Person, chosen: str) -> Iterator[Button]:
    """The best guesses first, then the groups; a group opens its leaves."""
    categories = office.town.categories
    if chosen:
        for leaf in categories.in_group(chosen):
            yield _category(case, leaf.code, leaf.name_zh, leaf.name_en)
        return
    yield from _likely(office, case)
    rest = categories.fallback
    for group in categories.groups:
        if group.code == rest.group and not categories.in_group(group.code):
            yield _category(case, rest.code, rest.name_zh, rest.name_en)
            continue
        yield Button(
            action=Action.MORE,
            case_id=case.id,
            arg=f"{Level.CATEGORY.value}.{group.code}",
            names=Label(zh=group.name_zh, en=group.name_en),
        )


def _likely(office: Office, case: Case) -> Iterator[Button]:
    """The categories the words may have meant, best first."""
    leaves = office.town.read(case.words).guess.alternatives if case.words else ()
    for leaf in leaves:
        if leaf.code != case.category:
            yield _category(case, leaf.code, leaf.name_zh, leaf.name_en)


def _category(case: Case, code: str, zh: str, en: str) -> Button:
    return Button(action=Action.CATEGORY, case_id=case.id, arg=code, names=Label(zh=zh, en=en))


def _places(office: Office, case: Case, _person: Person, _chosen: str) -> Iterator[Button]:
    yield from grids(office, case)


def grids(office: Office, case: Case) -> Iterator[Button]:
    """A button for each grid: its number and first street; of very many, the company's first.

    What is too much is left out; the place may be written, too.
    """
    every = office.town.gazetteer.grids
    many = len(every) > MOST_BUTTONS
    for grid in sorted(every, key=lambda grid: many and grid.company != case.company):
        yield Button(
            action=Action.GRID,
            case_id=case.id,
            arg=str(grid.number),
            word="grid",
            fields={"grid": grid.number, "street": grid.streets[0] if grid.streets else ""},
        )


def _refusals(_office: Office, case: Case, person: Person, _chosen: str) -> Iterator[Button]:
    for reason in REASONS[Level.REFUSE]:
        if reason == "duplicate":
            if person.role is Role.SUPERVISOR:
                yield Button(
                    action=Action.MORE,
                    case_id=case.id,
                    arg=Level.DUPLICATE.value,
                    word="reason-duplicate",
                )
            continue
        yield Button(action=Action.REFUSE, case_id=case.id, arg=reason, word=f"reason-{reason}")


def _duplicates(office: Office, case: Case, _person: Person, _chosen: str) -> Iterator[Button]:
    for other in _neighbours(office, case):
        yield Button(
            action=Action.DUPLICATE, case_id=case.id, arg=str(other.id), label=other.number
        )


def _neighbours(office: Office, case: Case) -> list[Case]:
    """Other open cases of the group, those of the same grid and category first, newest first."""
    others = [c for c in office.uow.cases.open_all() if c.chat == case.chat and c.id != case.id]
    others.sort(key=lambda c: (c.grid != case.grid, c.category != case.category, -c.id))
    return others[:MOST]


def _hand_overs(office: Office, case: Case, person: Person, _chosen: str) -> Iterator[Button]:
    within = "" if person.role is Role.SUPERVISOR else person.company
    for other in _crew(office, case, within=within):
        if other.key != (case.claimer or case.repairer):
            label = _of_company(office, case, other)
            yield Button(action=Action.HAND_OVER, case_id=case.id, arg=other.key, label=label)


def _of_company(office: Office, case: Case, person: Person) -> str:
    """A name; of another company's people with its zone: there the clock starts anew."""
    company = office.town.roster.companies.get(person.company)
    if company is None or company.key == case.company:
        return person.name
    return f"{person.name} · {company.zone}"


def _claim_fors(office: Office, case: Case, _person: Person, _chosen: str) -> Iterator[Button]:
    for other in _crew(office, case, within=case.company):
        yield Button(action=Action.CLAIM_FOR, case_id=case.id, arg=other.key, label=other.name)


def _crew(office: Office, case: Case, *, within: str) -> Iterator[Person]:
    """The repair side, all or of one company: the case's own first, the tagged at the head."""
    people = [
        p for p in office.town.roster.people.values() if p.repair_side and within in {"", p.company}
    ]
    people.sort(key=lambda p: (p.company != case.company, p.key != case.repairer))
    yield from people[: 3 * MOST]


def _withdrawals(_office: Office, case: Case, _person: Person, _chosen: str) -> Iterator[Button]:
    for reason in REASONS[Level.WITHDRAW]:
        yield Button(action=Action.WITHDRAW, case_id=case.id, arg=reason, word=f"reason-{reason}")


def _photos(office: Office, case: Case, _person: Person, chosen: str) -> Iterator[Button]:
    """First the photo (newest first), then the case it belongs to."""
    if chosen:
        for other in _neighbours(office, case):
            yield Button(
                action=Action.MOVE_PHOTO,
                case_id=case.id,
                arg=f"{chosen}.{other.id}",
                label=other.number,
            )
        return
    for photo in reversed(office.uow.photos.of_case(case.id)[-MOST:]):
        if photo.message != case.photo_message:
            yield Button(
                action=Action.MORE,
                case_id=case.id,
                arg=f"{Level.PHOTOS.value}.{photo.id}",
                word=f"photo-{Phase(photo.phase).value}",
                fields={"time": f"{office.town.local(photo.at):%H:%M}"},
            )


_LEVELS: dict[Level, Callable[[Office, Case, Person, str], Iterator[Button]]] = {
    Level.ROOT: _root,
    Level.CATEGORY: _categories,
    Level.PLACE: _places,
    Level.DEADLINE: time_menus.deadlines,
    Level.PROMISE: time_menus.promises,
    Level.EXTEND: time_menus.extensions,
    Level.SUSPEND: time_menus.suspensions,
    Level.REFUSE: _refusals,
    Level.DUPLICATE: _duplicates,
    Level.HAND_OVER: _hand_overs,
    Level.CLAIM_FOR: _claim_fors,
    Level.WITHDRAW: _withdrawals,
    Level.PHOTOS: _photos,
}
