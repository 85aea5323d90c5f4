"""What the presser alone sees at once: toasts, and refusals that say who may and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from messages.dossiers import kebab
from messages.safe import TOAST_UNITS, Said, safe, shortened
from messages.voice import NAME_UNITS, order

if TYPE_CHECKING:
    from casework.refusals import Refusal
    from messages.catalogue import Catalogue
    from usecases.views import Toast

_CODES: Final = frozenset({"act", "status"})
"""Fields that hold codes; their words are `act-…` and `status-…`."""


def toast(catalogue: Catalogue, toast: Toast, language: str) -> str:
    """Word the answer to a press, at most 200 UTF-16 units."""
    fields = dict(toast.fields)
    if "order" in fields:
        fields["order"] = order(catalogue, language, str(fields["order"]))
    text = catalogue.text(language, f"toast-{toast.words}", **fields)
    return str(shortened(text, TOAST_UNITS))


def refusal(catalogue: Catalogue, refusal: Refusal, language: str) -> str:
    """Word a refusal, at most 200 UTF-16 units.

    People come as display words: a name, or `<role>@<zone>` (`standby@东城`, `supervisor@`).
    """
    fields: dict[str, str | int] = {}
    for name, value in refusal.data().items():
        if isinstance(value, tuple):
            shown = dict.fromkeys(_called(catalogue, language, who) for who in value)
            fields[name] = Said(catalogue.text(language, "comma").join(shown))
            fields[f"has_{name}"] = "yes" if shown else "no"
        elif name in _CODES:
            fields[name] = _coded(catalogue, language, name, value)
        else:
            fields[name] = value if isinstance(value, int) else safe(value, NAME_UNITS)
    key = f"refusal-{kebab(type(refusal).__name__)}"
    return str(shortened(catalogue.text(language, key, **fields), TOAST_UNITS))


def _called(catalogue: Catalogue, language: str, who: str) -> str:
    """Name one of those who may: by name, or by what they are for which zone."""
    role, at, zone = who.partition("@")
    if at and catalogue.has(f"who-{role}"):
        return catalogue.text(language, f"who-{role}", zone=zone)
    return safe(who, NAME_UNITS)


def _coded(catalogue: Catalogue, language: str, code: str, value: str) -> str:
    key = f"{code}-{value.lower().replace('_', '-')}"
    return catalogue.text(language, key, round=0) if catalogue.has(key) else value
