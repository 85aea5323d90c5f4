"""Presses under a digest: what its figures mean, that one wants it no more, the remark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import refusals
from casework.digests import DigestKind
from usecases import asides, filing
from usecases.views import Action, Button, NoticeView, Toast

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.people import Person
    from usecases.inputs import ButtonPressed
    from usecases.office import Office


def answer(office: Office, press: ButtonPressed, person: Person) -> Toast:
    """Do what a button under a digest asks.

    Raises:
        Outdated: it was never shown to this person.
    """
    return PRESSES[press.action](office, press, person)


def _definitions(office: Office, press: ButtonPressed, person: Person) -> Toast:
    """口径: the definitions, for the presser alone."""
    asides.tell(office, press, person, "notice", {"words": "definitions"})
    return Toast(words="definitions")


def _mute(office: Office, press: ButtonPressed, person: Person) -> Toast:
    """🔕: this person gets this kind no more."""
    kind = _kind(press)
    muted = kind.value in office.uow.mutes.of(person.key)
    office.uow.mutes.put(person.key, kind.value)
    return Toast(words="digest-muted-already" if muted else "digest-muted", fields=_named(kind))


def _choose(office: Office, press: ButtonPressed, person: Person) -> Toast:
    """A kind in the list of `/digests` is turned on or off, and the list shows it."""
    kind = _kind(press)
    muted = kind.value in office.uow.mutes.of(person.key)
    if muted:
        office.uow.mutes.drop(person.key, kind.value)
    else:
        office.uow.mutes.put(person.key, kind.value)
    edit = press.only or (press.message if press.private else "")
    asides.tell(office, press, person, "choices", {"edit": edit})
    return Toast(words="digest-wanted" if muted else "digest-muted", fields=_named(kind))


def _named(kind: DigestKind) -> dict[str, str | int]:
    return {"kind": kind.value}


def _kind(press: ButtonPressed) -> DigestKind:
    if press.arg not in set(DigestKind):
        raise refusals.Outdated
    return DigestKind(press.arg)


def _remark(office: Office, press: ButtonPressed, person: Person) -> Toast:
    if person.role not in filing.WRITERS or not press.private:
        raise refusals.Outdated
    return filing.ask(office, press, person)


PRESSES: dict[Action, Callable[[Office, ButtonPressed, Person], Toast]] = {
    Action.DEFINITIONS: _definitions,
    Action.MUTE_DIGEST: _mute,
    Action.CHOOSE_DIGEST: _choose,
    Action.REMARK: _remark,
}


def choices(office: Office, person: Person) -> NoticeView:
    """`/digests`: the kinds that are sent to a person, each with a button that turns it."""
    muted = office.uow.mutes.of(person.key)
    kinds = office.town.digests.wanted_by(person)
    return NoticeView(
        words="digests" if kinds else "digests-none",
        zone=office.town.zone,
        buttons=tuple((_choice(kind, on=kind.value not in muted),) for kind in kinds),
    )


def _choice(kind: DigestKind, *, on: bool) -> Button:
    word = "" if on else "choose-digest-off"
    return Button(action=Action.CHOOSE_DIGEST, case_id=0, arg=kind.value, word=word)
