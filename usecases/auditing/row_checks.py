"""Rows beside the cases: references, counters, undos, accounts, the quarantine."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from usecases.auditing.scene import Scene
    from usecases.inspecting import Finding, Stray
    from usecases.office import Office

REFERRING = ("photos", "dues", "outbox")
UNDO_LEFT = timedelta(days=1)
"""No undo lasts so long, even if the clock was put back by hours."""


def strays(scene: Scene) -> Iterator[Finding]:
    """Rows that name a case which does not exist."""
    for table in REFERRING:
        for stray in _strays(scene, table):
            yield scene.finding(
                "row-stray", f"{table}:{stray.id}", f"{table} #{stray.id}", row=stray.id
            )


def _strays(scene: Scene, table: str) -> Iterator[Stray]:
    size, last = scene.portion.rows, scene.inspection.last_id(table)
    yield from scene.inspection.strays(table, scene.position.row, scene.position.row + size)
    yield from scene.inspection.strays(table, max(0, last - size), last)
    for finding in scene.known:
        if finding.kind == "row-stray" and finding.subject.startswith(f"{table}:"):
            row = int(finding.data["row"])
            yield from scene.inspection.strays(table, row - 1, row)


def counters(scene: Scene) -> Iterator[Finding]:
    """Counters that would give a number for a second time."""
    for name, used in _used(scene):
        if used > scene.inspection.counter(name):
            yield scene.finding("counter-low", name, name, used=used)


def _used(scene: Scene) -> Iterator[tuple[str, int]]:
    """Counters and numbers in use that they must have passed."""
    inspection, today = scene.inspection, scene.town.day(scene.now)
    yield "case", inspection.last_id("cases")
    yield "question", inspection.last_question()
    for day in (today, today - timedelta(days=1)):
        coming = inspection.serial(day) + 1
        while scene.uow.cases.by_number(f"XC-{day:%Y%m%d}-{coming:04d}") is not None:
            coming += 1
        yield f"day:{day.isoformat()}", coming - 1
    coming = inspection.counter(f"order:{today.year}") + 1
    while inspection.has_order(f"{today.year}-{coming}"):
        coming += 1
    yield f"order:{today.year}", coming - 1


def raise_counter(office: Office, finding: Finding) -> None:
    """Go on behind the numbers in use."""
    office.uow.inspection.raise_counter(finding.subject, int(finding.data["used"]))


def undos(scene: Scene) -> Iterator[Finding]:
    """Undos that no press of the case has made, or that never end."""
    for case in scene.cases.values():
        undo = scene.undos.get(case.id)
        if undo is None:
            continue
        if undo.version > case.version or undo.until > scene.now + UNDO_LEFT:
            yield scene.finding("undo-left", case.id, case.number, case=case.id)


def drop_undo(office: Office, finding: Finding) -> None:
    """It cannot be taken back any more."""
    office.uow.undos.drop(int(finding.data["case"]))


def bound_twice(scene: Scene) -> Iterator[Finding]:
    """People with two accounts, or two people with one private chat: letters would go astray."""
    seen: dict[str, str] = {}
    for binding in scene.inspection.bindings():
        places = [f"person:{binding.person.lower()}"]
        places += [f"chat:{binding.private}"] if binding.private else []
        for place in places:
            first = seen.setdefault(place, binding.person)
            if first != binding.person:
                yield scene.finding("bound-twice", place, f"{first} / {binding.person}")


def quarantined(scene: Scene) -> Iterator[Finding]:
    """Updates that could not be handled and wait for a replay."""
    for update in scene.inspection.quarantined(scene.portion.most):
        yield scene.finding("quarantine", update, f"update {update}")
