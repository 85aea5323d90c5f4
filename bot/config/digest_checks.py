"""Checks of the digests: whoever gets one stands in the roster, and each group in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config.settings import username_key
from bot.config.values import nearest
from casework.digests import DigestKind

if TYPE_CHECKING:
    from bot.config.reading import Report
    from bot.config.settings import Settings


def check_digests(settings: Settings, report: Report) -> None:
    """Note everything of the digests that makes no sense."""
    for kind in DigestKind:
        _people(kind, settings, report)
        _groups(kind, settings, report)
    filing = settings.digests.filing
    if filing.draft >= filing.at:
        report.add(
            "digests.filing.draft",
            "not_below",
            given=f"{filing.draft:%H:%M}",
            key="at",
            other=f"{filing.at:%H:%M}",
        )


def _people(kind: DigestKind, settings: Settings, report: Report) -> None:
    known = {person.key: person.username for person in settings.people}
    for given in settings.digests.of(kind).people:
        if username_key(given) not in known and not report.may_know("people", given):
            suggestion = nearest(given, known.values())
            place = f"digests.{kind.value}.people"
            report.add(place, "unknown_pair", given=given, suggestion=suggestion)


def _groups(kind: DigestKind, settings: Settings, report: Report) -> None:
    known = {str(group.chat) for group in settings.groups}
    for given in map(str, settings.digests.of(kind).groups):
        if given not in known and report.intact("groups"):
            place, suggestion = f"digests.{kind.value}.groups", nearest(given, known)
            report.add(place, "unknown_chat", given=given, suggestion=suggestion)
