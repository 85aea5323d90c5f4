"""What the auditor found: one message, one line for each kind, with what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from messages.letter import Letter
from messages.safe import Html, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from messages.voice import Voice
    from usecases.views import AuditItem, AuditView


def audit(voice: Voice, view: AuditView) -> Letter:
    """Word the findings."""
    return Letter("\n".join(_lines(voice, view)))


def _lines(voice: Voice, view: AuditView) -> Iterator[Html]:
    tagged = [] if voice.private else [voice.mention(name) for name in view.to]
    if tagged:
        yield joined(voice.text("comma"), tagged)
    yield Html(f"<b>{voice.html('audit-title')}</b>")
    yield from (_line(voice, item) for item in view.items)
    yield voice.html("audit-more")


def _line(voice: Voice, item: AuditItem) -> Html:
    what = voice.text(f"audit-{item.kind}", count=item.count)
    return voice.html("audit-line", what=what, names=voice.names(item.names))
