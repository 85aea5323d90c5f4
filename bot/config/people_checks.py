"""Checks of the roster: who is paired with whom, and that nobody could turn both keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.config.settings import username_key
from bot.config.values import nearest
from casework.people import REPAIR_ROLES, Role

if TYPE_CHECKING:
    from bot.config.reading import Report
    from bot.config.settings import PersonEntry, Settings

_USERNAME = re.compile(r"@?[A-Za-z][A-Za-z0-9_]{3,31}")


def check_people(settings: Settings, report: Report) -> None:
    """Note everything of the roster that makes no sense."""
    _names(settings, report)
    _officers_per_grid(settings, report)
    for number, person in report.numbered("people", settings.people):
        place = f"people[{number}]"
        if person.role in REPAIR_ROLES:
            _repair_side(person, place, settings, report)
        elif person.company:
            report.add(f"{place}.company", "patrol_with_company", role=person.role.value)
        if person.role is Role.OFFICER:
            _officer(person, place, settings, report)
        else:
            _no_officer(person, place, report)
    if report.intact("people"):
        _somebody(settings, report)


def known_company(given: str, place: str, settings: Settings, report: Report) -> None:
    """Note a company's key that no company has."""
    known = [company.key for company in settings.companies]
    if given not in known and not report.may_know("companies", given):
        suggestion = nearest(given, known)
        report.add(place, "unknown_company", given=given, suggestion=suggestion)


def _names(settings: Settings, report: Report) -> None:
    """A username stands for one person, and one person has one role."""
    seen: dict[str, tuple[str, PersonEntry]] = {}
    for number, person in report.numbered("people", settings.people):
        place = f"people[{number}].username"
        if not _USERNAME.fullmatch(person.username.strip()):
            report.add(place, "wrong_username", given=person.username)
        if person.key in seen:
            other, first = seen[person.key]
            both = (person.role in REPAIR_ROLES) != (first.role in REPAIR_ROLES)
            code = "two_keys" if both else "double"
            report.add(place, code, given=person.username, other=other)
        seen.setdefault(person.key, (place, person))


def _officers_per_grid(settings: Settings, report: Report) -> None:
    seen: dict[int, str] = {}
    for number, person in report.numbered("people", settings.people):
        if person.role is not Role.OFFICER or person.grid is None:
            continue
        place = f"people[{number}].grid"
        if person.grid in seen:
            report.add(place, "double", given=str(person.grid), other=seen[person.grid])
        seen.setdefault(person.grid, place)


def _repair_side(person: PersonEntry, place: str, settings: Settings, report: Report) -> None:
    if not person.company:
        report.add(place, "repairer_without_company")
    else:
        known_company(person.company, f"{place}.company", settings, report)


def _no_officer(person: PersonEntry, place: str, report: Report) -> None:
    for key, given in (("grid", person.grid), ("pair", person.pair)):
        if given:
            report.add(f"{place}.{key}", "only_officers", key=key, role=person.role.value)


def _officer(person: PersonEntry, place: str, settings: Settings, report: Report) -> None:
    grids = {grid.number: grid for grid in settings.grids}
    if person.grid is None:
        report.add(place, "officer_without", key="grid")
    elif person.grid not in grids and not report.may_know("grids", person.grid):
        report.add(f"{place}.grid", "unknown_grid", given=str(person.grid))
    if not person.pair:
        report.add(place, "officer_without", key="pair")
    else:
        _pair(person, f"{place}.pair", settings, report)


def _pair(person: PersonEntry, place: str, settings: Settings, report: Report) -> None:
    people = {one.key: one for one in settings.people}
    pair = people.get(username_key(person.pair))
    if pair is None:
        if not report.may_know("people", person.pair):
            repairers = [one.username for one in settings.people if one.role is Role.REPAIRER]
            suggestion = nearest(person.pair, repairers)
            report.add(place, "unknown_pair", given=person.pair, suggestion=suggestion)
        return
    if pair.role is not Role.REPAIRER:
        report.add(place, "pair_not_repairer", given=person.pair, role=pair.role.value)
        return
    serving = next((g.company for g in settings.grids if g.number == person.grid), None)
    known = {company.key for company in settings.companies}
    if serving in known and pair.company in known - {serving}:
        report.add(
            place,
            "pair_other_company",
            given=person.pair,
            company=pair.company,
            grid=str(person.grid),
            serving=str(serving),
        )


def _somebody(settings: Settings, report: Report) -> None:
    """Each company has a manager, and somebody decides."""
    managed = {one.company for one in settings.people if one.role is Role.MANAGER}
    for number, company in report.numbered("companies", settings.companies):
        if company.key not in managed:
            report.add(f"companies[{number}]", "company_without_manager", given=company.name)
    if settings.people and not any(one.role is Role.SUPERVISOR for one in settings.people):
        report.add("people", "no_supervisor")
