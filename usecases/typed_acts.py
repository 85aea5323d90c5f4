"""Acts typed in reply to a case: a promised date, a place, a refusal, a withdrawal."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from casework import commands
from casework.people import Role
from casework.permissions import REPAIR_KEY, relations

if TYPE_CHECKING:
    from casework.act import Act
    from casework.case import Case
    from casework.commands import Command
    from usecases.office import Office

_PROMISE = re.compile(
    r"^(?:承诺|预计|保证|promise(?:d)?(?: by)?)?[\s:：]*"
    r"(?:(?P<year>20\d\d)\s*[-年/.])?\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})\s*[日号]?"
    r"(?P<rest>(?:前|完成|完工|修好|办结)?[\s,，。:：;；].*|(?:前|完成|完工|修好|办结).*)?$",
    re.IGNORECASE | re.DOTALL,
)
_PLACE = re.compile(
    r"^(?:改位置|位置|地点|place)[\s:：是]*(?P<rest>\S.*)$", re.IGNORECASE | re.DOTALL
)
_REFUSE = re.compile(r"^(?:退单|refuse)[\s:：,，]*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
_DUPLICATE = re.compile(r"^(?:重复|duplicate)\b|^重复", re.IGNORECASE)
_WITHDRAW = re.compile(r"^(?:撤回|withdraw)[\s:：,，]*(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)

LONGEST = 200
"""Typed reasons are cut to this many characters."""


def typed(office: Office, case: Case, text: str, act: Act) -> Command | None:
    """The command typed in reply to a case, if the words are one."""
    clean = office.town.read(text).text
    for reader in (_promise, _place, _refuse, _withdraw):
        command = reader(office, case, clean, act)
        if command is not None:
            return command
    return None


def _promise(office: Office, case: Case, text: str, act: Act) -> Command | None:
    found = _PROMISE.match(text)
    person = act.person
    if found is None or person is None:
        return None
    if not relations(case, person, office.town.roster) & REPAIR_KEY:
        return None
    day = _day(found, office.town.day(act.at))
    if day is None:
        return None
    reason = (found["rest"] or "").lstrip("前,，。:：;； ").strip()[:LONGEST]
    return commands.AskPromise(day=day, reason=reason or "long-works")


def _day(found: re.Match[str], today: date) -> date | None:
    """The date that was typed; without a year the next one that is not half a year gone."""
    try:
        if found["year"]:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        day = date(today.year, int(found["month"]), int(found["day"]))
        return day.replace(year=today.year + 1) if (today - day).days > _HALF_YEAR else day
    except ValueError:
        return None


_HALF_YEAR = 183


def _place(office: Office, _case: Case, text: str, _act: Act) -> Command | None:
    found = _PLACE.match(text)
    if found is None:
        return None
    place = office.town.read(found["rest"]).place
    if place is None:
        return commands.SetPlace(place=found["rest"].strip()[:LONGEST], grid=None)
    return commands.SetPlace(place=place.text, grid=place.grid)


def _refuse(office: Office, case: Case, text: str, act: Act) -> Command | None:
    refused = _REFUSE.match(text)
    rest = refused["rest"].strip() if refused else text
    if refused is None and not _DUPLICATE.match(text):
        return None
    if _DUPLICATE.match(rest):
        return _duplicate(office, case, rest)
    reason = rest[:LONGEST]
    if act.person is not None and act.person.role is Role.MANAGER:
        return commands.AskRefusal(reason=reason)
    return commands.Refuse(reason=reason)


def _duplicate(office: Office, case: Case, text: str) -> Command | None:
    for number in office.town.read(text).numbers:
        other = office.uow.cases.by_number(number)
        if other is not None and other.id != case.id:
            return commands.Refuse(reason="duplicate", duplicate_of=other.number)
    return None


def _withdraw(_office: Office, case: Case, text: str, act: Act) -> Command | None:
    found = _WITHDRAW.match(text)
    if found is None or case.reporter != act.key:
        return None
    return commands.Withdraw(reason=found["rest"].strip()[:LONGEST])
