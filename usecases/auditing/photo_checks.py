"""Rows of photos: each case has as many as it counts, and a reply to each leads to its case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from usecases.records import Link, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from usecases.auditing.scene import Scene
    from usecases.inspecting import Finding
    from usecases.office import Office


def lost(scene: Scene) -> Iterator[Finding]:
    """Cases that count more photos than there are rows; a cure shows those of its first case."""
    there = scene.inspection.photo_counts(scene.cases)
    for case in scene.cases.values():
        counted = case.before + case.during + case.after
        if not case.cures and counted > there.get(case.id, 0):
            yield scene.finding("photo-lost", case.id, case.number, case=case.id)


def unlinked(scene: Scene) -> Iterator[Finding]:
    """Photos that no reply would lead to their case."""
    for photo in scene.inspection.unlinked(scene.cases):
        case = scene.cases[photo.case_id]
        yield scene.finding("photo-link", photo.id, case.number, case=case.id, photo=photo.id)


def link_again(office: Office, finding: Finding) -> None:
    """The message is a photo of the case."""
    photo = office.uow.photos.get(int(finding.data["photo"]))
    if photo is None or not photo.case_id:
        return
    office.uow.links.add(
        Link(
            chat=photo.chat,
            message=photo.message,
            case_id=photo.case_id,
            part=Part.PHOTO,
            person=photo.person,
            at=photo.at,
        )
    )
