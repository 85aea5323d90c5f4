"""Files that a bot sends: new ones, or files that it has seen before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from simulator.errors import bad_request
from simulator.messages import Media, PhotoFile
from simulator.photos import Rendition, measure

if TYPE_CHECKING:
    from simulator.api.call import Call
    from simulator.json_types import Json
    from simulator.requests import Upload
    from simulator.world import World

PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES = 10_000
"""Width and height together may not exceed this."""

PHOTO_RATIO = 20


async def read_photo(call: Call, reference: str, upload: Upload | None) -> Media:
    """The photo to send."""
    if upload is not None:
        return await _new_photo(call, upload.data)
    known = _known(call, reference, "photo")
    if known.kind != "photo":
        raise bad_request("can't use file of type Document as Photo")
    return known


async def read_document(call: Call, reference: str, upload: Upload | None) -> Media:
    """The document to send."""
    if upload is not None:
        return await _new_document(call.world, upload)
    return _known(call, reference, "document")


async def _new_photo(call: Call, data: bytes) -> Media:
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > PHOTO_BYTES:
        raise bad_request("file is too big for a photo")
    size = await asyncio.to_thread(measure, data)
    if size is not None and not _fits(*size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    sizes = await asyncio.to_thread(call.world.darkroom.develop, data)
    if sizes is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return keep_photo(call.world, sizes)


def _fits(width: int, height: int) -> bool:
    longest, shortest = max(width, height), max(min(width, height), 1)
    return width + height <= PHOTO_SIDES and longest / shortest <= PHOTO_RATIO


async def _new_document(world: World, upload: Upload) -> Media:
    if not upload.data:
        raise bad_request("file must be non-empty")
    return await keep_document(world, upload)


def keep_photo(world: World, sizes: tuple[Rendition, ...]) -> Media:
    """Store all sizes of a photo."""
    kept = [
        PhotoFile(world.files.add("photo", size.data, mime="image/jpeg"), size.width, size.height)
        for size in sizes
    ]
    return world.keep(Media("photo", tuple(kept)))


async def keep_document(world: World, upload: Upload) -> Media:
    """Store a file with its bytes as they are, and a thumbnail if it is a picture."""
    file = world.files.add("document", upload.data, upload.filename, upload.mime)
    details: Json = {"mime_type": file.mime}
    if upload.filename:
        details["file_name"] = upload.filename
    thumbnail: tuple[PhotoFile, ...] = ()
    if file.mime.startswith("image/"):
        sizes = await asyncio.to_thread(world.darkroom.develop, upload.data)
        thumbnail = keep_photo(world, sizes[:2][-1:]).sizes if sizes else ()
    return world.keep(Media("document", thumbnail, file, details))


def _known(call: Call, reference: str, what: str) -> Media:
    if not reference:
        raise bad_request(f"there is no {what} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return call.world.media[call.world.files.by_id(reference, call.bot.id).key]
