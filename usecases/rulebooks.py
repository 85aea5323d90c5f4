"""The dated versions of the category file: a case keeps the rules under which it was opened."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from casework.people import Role
from usecases.keeping import Rulebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from casework.categories import Categories, Category
    from usecases.office import Office
    from usecases.records import Json

MISTAKES_SHOWN = 3
"""How many mistakes of a file a supervisor is shown; the log tells all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Adopted:
    """What is in force after a file was read."""

    rulebook: Rulebook
    new: bool
    """Whether the text is another than that of the version before."""
    earlier: tuple[Rulebook, ...]
    """The versions that open cases still keep."""


def adopt(office: Office, text: str, tree: Categories) -> Adopted:
    """Make a category file that was read the version in force, unless it is that already."""
    newest = office.uow.rulebooks.newest()
    digest = sha256(text.encode()).hexdigest()
    new = newest is None or newest.sha256 != digest
    if newest is None or new:
        names = {**(newest.names if newest else {}), **_names((*tree.leaves, tree.fallback))}
        version = newest.version + 1 if newest else 1
        newest = Rulebook(version=version, at=office.now, sha256=digest, text=text, names=names)
        office.uow.rulebooks.add(newest)
    earlier = tuple(office.uow.rulebooks.of_open_cases(newest.version))
    return Adopted(rulebook=newest, new=new, earlier=earlier)


def in_force(office: Office) -> tuple[Rulebook | None, Sequence[Rulebook]]:
    """The version in force, and those that open cases still keep."""
    newest = office.uow.rulebooks.newest()
    earlier = office.uow.rulebooks.of_open_cases(newest.version) if newest else ()
    return newest, earlier


def tell_adopted(office: Office, version: int) -> None:
    """Tell the supervisors that new cases follow an edited file from now on."""
    for supervisor in office.town.roster.with_role(Role.SUPERVISOR):
        fields = {"version": version}
        fact = {"words": "rules-adopted", "fields": fields}
        office.tell_privately(supervisor.key, f"rules:{version}", fact)


def tell_refused(office: Office, content: str, lines: Mapping[str, Sequence[str]]) -> None:
    """Tell the supervisors what is wrong with an edited file, once for each content of it.

    Args:
        office: The transaction.
        content: A digest of the content.
        lines: The mistakes in the order of the file, by language.
    """
    key = f"rules-refused:{office.town.rules_version}:{content[:16]}"
    for supervisor in office.town.roster.with_role(Role.SUPERVISOR):
        told = lines[office.language_of(supervisor.key)]
        shown = [*told[:MISTAKES_SHOWN], *[""] * MISTAKES_SHOWN]
        fields: Json = {
            "count": len(told),
            "first": shown[0],
            "second": shown[1],
            "third": shown[2],
            "rest": max(len(told) - MISTAKES_SHOWN, 0),
        }
        office.tell_privately(supervisor.key, key, {"words": "rules-refused", "fields": fields})


def _names(leaves: Iterable[Category]) -> Json:
    return {leaf.code: [leaf.name_zh, leaf.name_en] for leaf in leaves}
