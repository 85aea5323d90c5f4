"""What the presser alone sees at once: toasts, and refusals that say who may and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casework.people import Role
from messages.dossiers import kebab
from messages.safe import TOAST_UNITS, safe, shortened
from messages.voice import NAME_UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casework.people import Person, Roster
    from casework.refusals import Refusal
    from messages.catalogue import Catalogue
    from usecases.views import Toast

_PEOPLE: Final = frozenset({"by", "name"})
_CODES: Final = {"act": "act", "status": "status"}


def toast(catalogue: Catalogue, toast: Toast, language: str) -> str:
    """Word the answer to a press, at most 200 UTF-16 units."""
    fields = dict(toast.fields)
    for name, code in (*_CODES.items(), ("tier", "tier")):
        if name in fields:
            fields[name] = _coded(catalogue, language, code, str(fields[name]))
    return shortened(catalogue.text(language, f"toast-{toast.words}", **fields), TOAST_UNITS)


def refusal(catalogue: Catalogue, refusal: Refusal, language: str, names: Mapping[str, str]) -> str:
    """Word a refusal, at most 200 UTF-16 units.

    `names` are the display words of people by key; who is not in it is named as given.
    """
    fields: dict[str, str | int] = {}
    for name, value in refusal.data().items():
        if isinstance(value, tuple):
            shown = dict.fromkeys(safe(names.get(one, one), NAME_UNITS) for one in value)
            fields[name] = catalogue.text(language, "comma").join(shown)
            fields[f"has_{name}"] = "yes" if shown else "no"
        elif name in _PEOPLE:
            fields[name] = safe(names.get(value, value), NAME_UNITS)
        elif name in _CODES:
            fields[name] = _coded(catalogue, language, _CODES[name], value)
        else:
            fields[name] = value
    key = f"refusal-{kebab(type(refusal).__name__)}"
    return shortened(catalogue.text(language, key, **fields), TOAST_UNITS)


def names(catalogue: Catalogue, roster: Roster, language: str) -> dict[str, str]:
    """Return how people are called when it is said who may: by name, or by zone and role."""
    return {
        person.key: _called(catalogue, roster, person, language)
        for person in roster.people.values()
    }


def _called(catalogue: Catalogue, roster: Roster, person: Person, language: str) -> str:
    if person.role is Role.SUPERVISOR:
        return catalogue.text(language, "who-supervisor")
    company = roster.companies.get(person.company)
    if company is None or person.role not in {Role.STANDBY, Role.MANAGER}:
        return person.name
    return catalogue.text(language, f"who-{person.role.value}", zone=company.zone)


def _coded(catalogue: Catalogue, language: str, code: str, value: str) -> str:
    key = f"{code}-{value.lower().replace('_', '-')}"
    return catalogue.text(language, key, round=0) if catalogue.has(key) else value
