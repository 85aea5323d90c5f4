"""What a month must show: each check says in one line what it found, and all that was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.soak import away, costs, pacing, recount, reminders, rows, sent_digests
from tests.soak.courses import replay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.soak.archive import Archive
    from tests.soak.courses import Course
    from tests.soak.month import Month


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    name: str
    words: str
    wrong: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing was wrong."""
        return not self.wrong


def findings(month: Month, archive: Archive) -> list[Finding]:
    """All checks of a month."""
    courses = replay(archive)
    return [
        _healthy(month, archive),
        _costs(archive),
        _density(archive),
        _checked("no due row is left", len(archive.dues), rows.left_behind(month, archive)),
        _checked("every row was told once", len(archive.outbox), rows.told_once(archive)),
        _checked("said at its second", len(archive.outbox), pacing.late(month, archive)),
        _checked("history and rows agree", len(courses), rows.astray(archive, courses)),
        _checked("the auditor finds nothing", len(courses), month.audited),
        _reminders(month, archive, courses),
        _checked("after a time away", len(archive.calls), away.wrong(month, archive)),
        _digests(month, archive),
        _figures(archive, courses),
    ]


def _checked(name: str, count: int, wrong: Sequence[str]) -> Finding:
    return Finding(name, f"{count} looked at", tuple(wrong))


def _healthy(month: Month, archive: Archive) -> Finding:
    words = f"{len(archive.numbers)} cases, {month.acts} acts, {len(archive.calls)} calls"
    refused = [one for one in archive.refused if not _excused(month, one)]
    return Finding("nothing failed", words, (*month.errors, *refused))


def _excused(month: Month, refused: str) -> bool:
    """A press of yesterday has no toast any more; a menu may be asked for as it stands."""
    old = month.stopped is not None and "query is too old" in refused
    same = refused.startswith("editEphemeral") and "not modified" in refused
    return old or same


def _reminders(month: Month, archive: Archive, courses: Mapping[int, Course]) -> Finding:
    count = reminders.reminders(month, archive, courses)
    words = f"{count.due} reminders and steps to one person, {count.dropped} had lost their reason"
    return Finding("told once, at its second", words, tuple(count.wrong))


def _digests(month: Month, archive: Archive) -> Finding:
    count, wrong = sent_digests.wrong(month, archive)
    return Finding("each digest once", f"{count} to a person or group", tuple(wrong))


def _figures(archive: Archive, courses: Mapping[int, Course]) -> Finding:
    wrong: list[str] = []
    for digest in archive.digests:
        counted = recount.counted_at(archive, digest)
        if counted is not None:
            wrong += recount.disagreements(courses, digest, counted)
    return Finding("figures recounted", f"{len(archive.digests)} digests", tuple(wrong))


def _costs(archive: Archive) -> Finding:
    found = costs.costs(archive)
    wrong = []
    if found.calls > costs.MOST_CALLS:
        wrong.append(f"more than {costs.MOST_CALLS} sends and edits per case")
    if found.messages > costs.MOST_MESSAGES:
        wrong.append(f"more than {costs.MOST_MESSAGES} messages per case to groups")
    return Finding("cost", found.words, tuple(wrong))


def _density(archive: Archive) -> Finding:
    most = costs.costs(archive).busiest
    wrong = (f"{most} in 60 s",) if most > costs.MOST_IN_A_MINUTE else ()
    return Finding("pace", f"at most {most} sends and edits of a group in any 60 s", wrong)
