"""The outbox and the fetching of photos: what may go goes, and what could not go is known.

Rows wait by rule while their chat is muted or gone, rests after a 429, or is full.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework.changing import replace
from usecases import courier_desk
from usecases.records import Sent
from usecases.supervisors import SELF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from usecases.auditing.scene import Scene
    from usecases.inspecting import Finding
    from usecases.office import Office

STUCK = timedelta(minutes=30)
"""A chat in which nothing was even tried for so long, though something waits for it."""
SOON = timedelta(minutes=5)
FAR = timedelta(hours=36)
"""No rule puts anything off further: the quiet hours are over by then."""
ORPHANED = timedelta(minutes=10)
"""A call of another process that began longer ago has come to its end."""
UNFETCHED = timedelta(hours=1)
REMEMBERED = timedelta(days=7)
"""How long what was refused for good is still named."""


def stuck(scene: Scene) -> Iterator[Finding]:
    """Rows whose time has come, in chats that are open and where nothing moves."""
    before = scene.now - STUCK
    rows = scene.inspection.waiting_long(before, scene.portion.most)
    if not rows:
        return
    moving = {chat for chat, _ in scene.uow.outbox.sent_since(before)}
    waiting = {row.chat for row in rows} - moving
    still = {chat for chat in waiting if _open(scene, chat) and not _retried(scene, chat)}
    for row in rows:
        if row.chat in still:
            yield scene.finding("outbox-stuck", row.id, scene.name_of(row))


def _open(scene: Scene, chat: str) -> bool:
    known = scene.uow.chats.get(chat)
    return known is None or known.state == "here"


def _retried(scene: Scene, chat: str) -> bool:
    return scene.inspection.tried_again(chat, scene.now - SOON)


def far(scene: Scene) -> Iterator[Finding]:
    """Rows that are put off further than any rule does; those behind them wait, too."""
    for row in scene.inspection.put_off(scene.now + FAR, scene.portion.most):
        yield scene.finding("outbox-far", row.id, scene.name_of(row), row=row.id)


def bring_near(office: Office, finding: Finding) -> None:
    """The row may go now."""
    row = office.uow.outbox.get(int(finding.data["row"]))
    if row is not None and row.state is Sent.QUEUED:
        office.uow.outbox.save(replace(row, not_before=office.now))


def orphans(scene: Scene) -> Iterator[Finding]:
    """Rows marked as being sent, whose call nobody makes."""
    for row in scene.uow.outbox.sending():
        old = row.sent_at is None or row.sent_at < scene.now - ORPHANED
        if old if scene.busy is None else row.chat not in scene.busy:
            which = {"row": row.id, "attempts": row.attempts}
            yield scene.finding(
                "outbox-orphan", f"{row.id}:{row.attempts}", scene.name_of(row), **which
            )


def release(office: Office, finding: Finding) -> None:
    """It may have been sent: its kind says whether it is sent again."""
    row = office.uow.outbox.get(int(finding.data["row"]))
    if row is not None and row.attempts == finding.data["attempts"]:
        courier_desk.ambiguous(office, row.id, "nobody was sending it")


def dead(scene: Scene) -> Iterator[Finding]:
    """What asked somebody to act and was refused for good: nobody has heard it."""
    for row in scene.inspection.dead(scene.now - REMEMBERED, scene.portion.most):
        if row.fact.get("words") not in SELF:
            yield scene.finding("outbox-dead", row.id, scene.name_of(row))


def photos_stuck(scene: Scene) -> Iterator[Finding]:
    """Photos that should have been fetched, and nobody tries."""
    rows = scene.inspection.wanted_long(scene.now - UNFETCHED, scene.portion.most)
    for photo in rows:
        yield scene.finding("photo-stuck", photo.id, f"photo #{photo.id}")
