"""What became of fetching a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import events
from casework.changing import replace
from usecases import saving
from usecases.records import PhotoState

if TYPE_CHECKING:
    from datetime import datetime

    from usecases.office import Office
    from usecases.records import Photo


def kept(office: Office, photo_id: int, sha256: str, size: tuple[int, int]) -> None:
    """The original is on the shelf; `size` is width and height in pixels, turned upright."""
    photo = office.uow.photos.get(photo_id)
    if photo is None:
        return
    width, height = size
    office.uow.photos.save(
        replace(photo, state=PhotoState.KEPT, sha256=sha256, width=width, height=height)
    )
    case = office.uow.cases.get(photo.case_id) if photo.case_id else None
    if case is not None and case.unreadable and _sent_anew(office, photo):
        readable = replace(case, unreadable=False)
        saving.save(office, case, readable, (events.PhotoSentAnew(),), office.act(None))


def _sent_anew(office: Office, photo: Photo) -> bool:
    """Whether a readable photo came after each one of its case that cannot be read."""
    unreadable = {PhotoState.BROKEN, PhotoState.LOST}
    photos = office.uow.photos.of_case(photo.case_id)
    return all(p.id < photo.id for p in photos if p.state in unreadable)


def unreadable(office: Office, photo_id: int, state: PhotoState) -> None:
    """The photo cannot be read or fetched: the case stands, its card says so."""
    photo = office.uow.photos.get(photo_id)
    if photo is None or photo.state is not PhotoState.WANTED:
        return
    office.uow.photos.save(replace(photo, state=state))
    case = office.uow.cases.get(photo.case_id) if photo.case_id else None
    if case is not None:
        changed = replace(case, unreadable=True)
        happened = (events.PhotoUnreadable(),) if not case.unreadable else ()
        saving.save(office, case, changed, happened, office.act(None))


def again(office: Office, photo_id: int, try_at: datetime) -> None:
    """Fetching failed for now."""
    photo = office.uow.photos.get(photo_id)
    if photo is not None:
        office.uow.photos.save(replace(photo, attempts=photo.attempts + 1, try_at=try_at))


def put_off(office: Office, photo_id: int, try_at: datetime) -> None:
    """Keeping it failed by our own disk, which says nothing of the photo."""
    photo = office.uow.photos.get(photo_id)
    if photo is not None:
        office.uow.photos.save(replace(photo, try_at=try_at))
