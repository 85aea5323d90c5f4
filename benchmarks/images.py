"""Hostile images: how long until each is refused, and how much memory that takes.

Each goes to a process of its own that has looked at an ordinary photo before, as the product's do.
What is refused by its first bytes and what must be decoded to its last pixel are both here; one is
a good photo that is an archive, too: it is taken, and only its pixels are ever used.
"""

from __future__ import annotations

import asyncio
import io
import re
import struct
import time
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from pictures.errors import PictureError
from pictures.worker import PictureWorker

if TYPE_CHECKING:
    from collections.abc import Callable

SCANS, SEGMENTS = 5000, 4_000_000
TRIES = 5
"""Each is shown so often; the median time counts, and the highest memory."""
WIDE = (4000, 3000)
"""A phone's photo."""


class Refusal(NamedTuple):
    """What became of an image."""

    name: str
    outcome: str
    milliseconds: float
    mebibytes: float
    """The most memory its process ever held; 0 where the system does not tell."""


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _photo(**options: object) -> bytes:
    noise = Image.effect_noise((800, 600), 60).convert("RGB").resize(WIDE)
    return _saved(noise, "JPEG", quality=85, **options)


def _bomb() -> bytes:
    """A PNG of a few kilobytes that would unfold to 400 megapixels."""
    return _saved(Image.new("1", (20_000, 20_000)), "PNG")


def _text_bomb() -> bytes:
    """A PNG whose compressed text would fill 64 MB."""
    good = _saved(Image.new("RGB", (40, 30)), "PNG")
    body = b"Comment\0\0" + zlib.compress(bytes(64_000_000), 1)
    crc = struct.pack(">I", zlib.crc32(b"zTXt" + body))
    return good[:33] + struct.pack(">I", len(body)) + b"zTXt" + body + crc + good[33:]


def _truncated() -> bytes:
    """A large photo that ends in its middle."""
    photo = _photo()
    return photo[: len(photo) // 2]


def _polyglot() -> bytes:
    """A photo that is an archive of a program, too."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("payload.exe", b"MZ-PAYLOAD")
    return _saved(Image.new("RGB", (40, 30)), "JPEG") + archive.getvalue()


def _wrong_type() -> bytes:
    """A drawing that asks for a file of the machine, sent as a photo."""
    return b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'


def _huge() -> bytes:
    """A JPEG that says it has four gigapixels."""
    photo = _saved(Image.new("RGB", (40, 30)), "JPEG")
    frame = photo.index(b"\xff\xc0")
    return photo[: frame + 5] + struct.pack(">HH", 65_500, 65_500) + photo[frame + 9 :]


def many_scans(size: tuple[int, int] = WIDE, count: int = SCANS) -> bytes:
    """A progressive JPEG whose last scan comes again and again; each walks over all pixels."""
    photo = _saved(Image.new("RGB", size, (90, 120, 150)), "JPEG", progressive=True)
    last = [found.start() for found in re.finditer(rb"\xff\xda", photo)][-1]
    return photo[:last] + photo[last:-2] * count + photo[-2:]


def endless_segments(count: int = SEGMENTS) -> bytes:
    """A JPEG of empty segments that never comes to its first scan."""
    return b"\xff\xd8" + b"\xff\xe1\x00\x02" * count


IMAGES: dict[str, Callable[[], bytes]] = {
    "a bomb: 20,000 × 20,000 pixels in a small PNG": _bomb,
    "a PNG whose text would fill 64 MB": _text_bomb,
    "a photo of 12 megapixels that ends in its middle": _truncated,
    "a photo that is a ZIP, too": _polyglot,
    "SVG for a photo": _wrong_type,
    "a JPEG that says 65,500 × 65,500": _huge,
    f"a progressive JPEG of {SCANS:,} scans": many_scans,
    f"a JPEG of {SEGMENTS:,} empty segments": endless_segments,
}


async def refused(name: str, data: bytes) -> Refusal:
    """Show an image to a process that has seen a photo before."""
    async with PictureWorker(processes=1) as worker:
        await worker.examine(_saved(Image.new("RGB", (640, 480)), "JPEG"))
        begun, outcome = time.perf_counter(), "taken"
        try:
            await worker.examine(data)
        except PictureError as error:
            outcome = type(error).__name__
        took = (time.perf_counter() - begun) * 1000
        return Refusal(name, outcome, took, max(map(_peak, worker.pids), default=0.0))


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    return int(status.read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 1024


def measured() -> list[Refusal]:
    """All of them, one after the other."""
    found = []
    for name, make in IMAGES.items():
        data = make()
        tries = [asyncio.run(refused(name, data)) for _ in range(TRIES)]
        middle = sorted(tries, key=lambda one: one.milliseconds)[TRIES // 2]
        found.append(middle._replace(mebibytes=max(one.mebibytes for one in tries)))
    return found
