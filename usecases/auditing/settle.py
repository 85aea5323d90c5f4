"""What follows from a look: remember, repair what can be derived, tell what cannot, once.

A finding is told when its repair did not help, or when there is none; of one kind at most one
message an hour. It is forgotten when it is right again, and is news when it comes back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework.changing import replace
from usecases import supervisors
from usecases.auditing.checks import BY_KIND, Remedy
from usecases.inspecting import Finding, Mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from usecases.auditing.scene import Position
    from usecases.office import Office
    from usecases.records import Json

Id = tuple[str, str]
WORDS = "audit"
TOLD_AGAIN = timedelta(hours=1)
"""How long findings of a kind that was just told are gathered before the next message."""
WALKS = ("case", "photo", "row")
"""The walks whose position is kept."""
MOST = 1_000
"""Findings that are kept in mind at a time."""
NAMED = 5
"""Names in a line of the message; the others are counted."""


def settle(office: Office, seen: Sequence[Finding], known: Sequence[Finding]) -> list[Finding]:
    """Keep what was seen, forget what is right again; those whose repair is to be tried."""
    here = {finding.id: finding for finding in seen}
    # Another process may have found, tried or told one of them since the look.
    before = {finding.id: finding for finding in office.uow.findings.all(MOST)}
    for finding in known:
        if finding.id not in here:
            office.uow.findings.drop(finding)
    for finding in seen:
        if finding.id not in before:
            office.uow.findings.save(finding)
    return [f for f in here.values() if _repairable(f) and not _tried(before.get(f.id))]


def _repairable(finding: Finding) -> bool:
    return BY_KIND[finding.kind].remedy in {Remedy.REPAIR, Remedy.FETCH}


def _tried(finding: Finding | None) -> bool:
    return finding is not None and finding.tried_at is not None


def repair(office: Office, finding: Finding) -> None:
    """Put one right by what is known; the next look sees whether it helped."""
    mend = BY_KIND[finding.kind].repair
    if mend is not None:
        mend(office, finding)


def tried(office: Office, findings: Iterable[Finding]) -> None:
    """Note that their repair was tried."""
    for finding in findings:
        office.uow.findings.save(replace(finding, tried_at=office.now))


def mended(office: Office, findings: Iterable[Finding]) -> None:
    """These are right again, for sure."""
    for finding in findings:
        office.uow.findings.drop(finding)


def tell(office: Office, repaired: Collection[Id], most: int) -> int:
    """Tell the supervisors what they have not heard of; how many findings that were.

    `repaired`: what was repaired just now; the next look says whether it helped.
    """
    news: dict[str, list[Finding]] = {}
    for finding in office.uow.findings.all(most):
        if finding.told_at is None and finding.id not in repaired and finding.kind in BY_KIND:
            news.setdefault(finding.kind, []).append(finding)
    due = {kind: some for kind, some in news.items() if _may_be_told(office, kind)}
    if due:
        _say(office, due)
    return sum(map(len, due.values()))


def blind(office: Office, reason: str) -> None:
    """A look could not be ended because of what it met: that is a finding, too."""
    office.uow.findings.save(
        Finding(kind="look-failed", subject=reason, name=reason, found_at=office.now)
    )


def _may_be_told(office: Office, kind: str) -> bool:
    mark = office.uow.marks.get(_mark(kind))
    return mark is None or not timedelta(0) <= office.now - mark.at < TOLD_AGAIN


def _mark(kind: str) -> str:
    return f"told:{kind}"


def _say(office: Office, news: dict[str, list[Finding]]) -> None:
    for kind, some in news.items():
        office.uow.marks.put(Mark(name=_mark(kind), at=office.now))
        for finding in some:
            office.uow.findings.save(replace(finding, told_at=office.now))
    items = [[kind, len(some), _names(some)] for kind, some in news.items()]
    fact: Json = {"words": WORDS, "audit": items}
    supervisors.tell(office, f"{WORDS}:{office.now.timestamp():.3f}", fact)


def _names(findings: Sequence[Finding]) -> list[str]:
    return list(dict.fromkeys(finding.name for finding in findings))[:NAMED]


def keep_position(office: Office, position: Position) -> None:
    """Remember how far the walks have come, so that a restart does not begin them anew."""
    for name in WALKS:
        value: int = getattr(position, name)
        mark = office.uow.marks.get(f"walk:{name}")
        if (mark.value if mark is not None else 0) != value:
            office.uow.marks.put(Mark(name=f"walk:{name}", at=office.now, value=value))


def kept_position(office: Office, position: Position) -> Position:
    """How far the walks had come."""
    case, photo, row = (office.uow.marks.get(f"walk:{name}") for name in WALKS)
    return replace(
        position,
        case=case.value if case is not None else 0,
        photo=photo.value if photo is not None else 0,
        row=row.value if row is not None else 0,
    )
