"""All that is looked for, by kind: how grave it is, how it is found, how it is put right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from usecases.auditing import (
    card_checks,
    due_checks,
    history_checks,
    ledger_checks,
    outbox_checks,
    photo_checks,
    row_checks,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from usecases.auditing.scene import Scene
    from usecases.inspecting import Finding
    from usecases.office import Office


class Gravity(StrEnum):
    """How grave a finding is."""

    BROKEN = "broken"
    """It is wrong now, and stays so until it is put right."""
    LOST = "lost"
    """It could not be said or done; it is told once, and then it is history."""
    STRAY = "stray"
    """It belongs to nothing, and harms nothing."""


class Remedy(StrEnum):
    """What the auditor does about it before it tells anybody."""

    WAKE = "wake"
    """The loops are woken; what was merely asleep is then done."""
    REPAIR = "repair"
    """What is known of the case says how it must be: it is made so."""
    FETCH = "fetch"
    """The original is fetched from the platform once more."""
    TELL = "tell"
    """Nothing can be derived: people must look."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One kind of damage."""

    kind: str
    """Its name in the catalogue (`audit-<kind>`), on the command line and in the metrics."""
    gravity: Gravity = Gravity.BROKEN
    remedy: Remedy = Remedy.REPAIR
    look: Callable[[Scene], Iterator[Finding]] | None = None
    """Finds it in a scene; None: the files are looked at outside of the database."""
    repair: Callable[[Office, Finding], None] | None = None


CHECKS: tuple[Check, ...] = (
    Check(kind="due-late", remedy=Remedy.WAKE, look=due_checks.late),
    Check(kind="due-missing", look=due_checks.missing, repair=due_checks.plan_again),
    Check(kind="due-shifted", look=due_checks.shifted, repair=due_checks.set_right),
    Check(
        kind="due-failed",
        gravity=Gravity.LOST,
        remedy=Remedy.TELL,
        look=due_checks.failed,
    ),
    Check(kind="daily-missing", look=due_checks.daily_missing, repair=due_checks.plan_daily),
    Check(
        kind="outbox-stuck",
        remedy=Remedy.WAKE,
        look=outbox_checks.stuck,
    ),
    Check(kind="outbox-far", look=outbox_checks.far, repair=outbox_checks.bring_near),
    Check(kind="outbox-orphan", look=outbox_checks.orphans, repair=outbox_checks.release),
    Check(
        kind="outbox-dead",
        gravity=Gravity.LOST,
        remedy=Remedy.TELL,
        look=outbox_checks.dead,
    ),
    Check(kind="card-missing", look=card_checks.missing, repair=card_checks.post_again),
    Check(kind="card-stale", look=card_checks.stale, repair=card_checks.edit_again),
    Check(kind="card-link", look=card_checks.unlinked, repair=card_checks.link_again),
    Check(kind="card-other", look=card_checks.other, repair=card_checks.take_newest),
    Check(kind="sheet-missing", look=card_checks.sheet_missing, repair=card_checks.sheet_again),
    Check(kind="photo-missing", remedy=Remedy.FETCH),
    Check(kind="photo-altered", remedy=Remedy.FETCH),
    Check(kind="photo-lost", remedy=Remedy.TELL, look=photo_checks.lost),
    Check(kind="photo-link", look=photo_checks.unlinked, repair=photo_checks.link_again),
    Check(kind="photo-stuck", remedy=Remedy.WAKE, look=outbox_checks.photos_stuck),
    Check(kind="file-stray", gravity=Gravity.STRAY, remedy=Remedy.TELL),
    Check(kind="file-part", gravity=Gravity.STRAY),
    Check(kind="chain-broken", remedy=Remedy.TELL, look=history_checks.broken),
    Check(kind="status-unlike", remedy=Remedy.TELL, look=history_checks.unlike),
    Check(kind="case-unlike", remedy=Remedy.TELL, look=history_checks.contradicted),
    Check(kind="ledger-unlike", remedy=Remedy.TELL, look=ledger_checks.unlike),
    Check(kind="row-stray", remedy=Remedy.TELL, look=row_checks.strays),
    Check(kind="counter-low", look=row_checks.counters, repair=row_checks.raise_counter),
    Check(kind="undo-left", look=row_checks.undos, repair=row_checks.drop_undo),
    Check(kind="bound-twice", remedy=Remedy.TELL, look=row_checks.bound_twice),
    Check(kind="look-failed", remedy=Remedy.TELL),
    Check(
        kind="quarantine",
        gravity=Gravity.LOST,
        remedy=Remedy.TELL,
        look=row_checks.quarantined,
    ),
)
BY_KIND = {check.kind: check for check in CHECKS}


def look(scene: Scene) -> list[Finding]:
    """Everything that the rows show, at most so much of each kind."""
    found: list[Finding] = []
    for check in CHECKS:
        if check.look is not None:
            found += _found(scene, check.kind, check.look)[: scene.portion.most]
    return found


def _found(
    scene: Scene, kind: str, seek: Callable[[Scene], Iterator[Finding]]
) -> Sequence[Finding]:
    """Rows that make no sense blind one check and not the others."""
    try:
        return list({finding.id: finding for finding in seek(scene)}.values())
    except MISTAKES as error:
        return [scene.finding(BLIND, kind, f"{kind}: {type(error).__name__}")]


BLIND = "look-failed"
MISTAKES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What rows raise that make no sense."""
