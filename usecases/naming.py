"""Refusals with names for people instead of keys, as those who read them know each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import refusals
from casework.people import Role

if TYPE_CHECKING:
    from casework.refusals import Refusal
    from usecases.office import Office


def named(office: Office, refusal: Refusal) -> Refusal:
    """The refusal with names for people instead of keys."""
    roster = office.town.roster
    if isinstance(refusal, refusals.NotYours):
        return refusals.NotYours(act=refusal.act, who=display(office, refusal.who))
    if isinstance(refusal, refusals.AlreadyTaken):
        return refusals.AlreadyTaken(by=roster.name(refusal.by))
    if isinstance(refusal, refusals.KeyTurned):
        return refusals.KeyTurned(by=roster.name(refusal.by), waiting=refusal.waiting)
    return refusal


def display(office: Office, who: tuple[str, ...]) -> tuple[str, ...]:
    """How a refusal calls those who may: by name, or by company and role (`standby@东城`)."""
    shown: dict[str, None] = {}
    for key in who:
        person = office.town.roster.person(key)
        if person is None:
            continue
        company = office.town.roster.companies.get(person.company)
        stands_for = person.role in {Role.STANDBY, Role.MANAGER}
        zone = company.zone if company and stands_for else ""
        if person.role is Role.SUPERVISOR:
            shown["supervisor@"] = None
        else:
            shown[f"{person.role.value}@{zone}" if zone else person.name] = None
    return tuple(shown)
