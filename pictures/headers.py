"""What a picture says of itself, read without a decoder; Pillow is later handed only what draws.

Metadata never reaches Pillow's parsers: those of EXIF and text can be made to eat memory, and the
one fact needed of it, which way is up, takes a dozen lines. Of a WebP it is carried along unread.
Sources: ITU-T T.81 annex B (JPEG), W3C PNG 11.2-11.3, RFC 9649 (WebP), CIPA DC-008 (orientation).
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pictures.errors import Broken, NotAPicture, Truncated

if TYPE_CHECKING:
    from collections.abc import Iterator

UPRIGHT = 1
_SIDEWAYS = (5, 6, 7, 8)  # orientations that swap width and height
_ORIENTATION_TAG = 0x0112
_MOST_CHUNKS = 50_000  # a 20 MiB file in 8 KiB chunks has 2,560
_MOST_MARKERS = 5_000  # of a JPEG; a photo with all its metadata has some hundreds
_MOST_SCANS = 64  # each one walks over all pixels again; encoders that try hard make some 15

_SOI = b"\xff\xd8"
_SOS, _EOI, _APP1 = 0xDA, 0xD9, 0xE1
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# How far the next one is; 0xFF is a fill byte before a marker.
_LENGTHLESS = dict.fromkeys((0x00, 0x01, *range(0xD0, 0xD9)), 2) | {0xFF: 1}
# APP0 and APP14 say how colours are stored; the other application segments and comments go.
_METADATA = (frozenset(range(0xE1, 0xF0)) - {0xEE}) | {0xFE}

_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")
"""A marker among the bytes of a scan, where the others are escaped."""

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_DRAWS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})


class Format(StrEnum):
    """The formats we take, by the names Pillow knows them under."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Width and height in pixels as stored, EXIF's orientation (1-8), and the bytes that draw."""

    format: Format
    width: int
    height: int
    orientation: int
    body: bytes

    @property
    def upright(self) -> tuple[int, int]:
        """Width and height in pixels once turned upright."""
        if self.orientation in _SIDEWAYS:
            return self.height, self.width
        return self.width, self.height


def read(data: bytes) -> Header:
    """Read the header; raises NotAPicture, Truncated or Broken."""
    if data.startswith(_SOI + b"\xff"):
        header = _jpeg(data)
    elif data.startswith(_PNG_SIGNATURE):
        header = _png(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        header = _webp(data)
    else:
        raise NotAPicture
    if not (header.width and header.height):
        raise Broken(why="no size")
    return header


def _jpeg(data: bytes) -> Header:
    body, exif = [_SOI], b""
    width = height = 0
    for marker, start, end in _segments(data):
        segment = data[start:end]
        if marker in _FRAMES:
            height, width = _unpack(">HH", segment, 5)
        if marker == _APP1 and segment[4:10] == b"Exif\0\0":
            exif = exif or segment[10:]
        if marker == _SOS:
            _few_scans(data, start)
            body.append(data[start:])
        elif marker not in _METADATA:
            body.append(segment)
    return Header(
        format=Format.JPEG,
        width=width,
        height=height,
        orientation=_orientation(exif),
        body=b"".join(body),
    )


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment up to the first scan; junk between them is skipped."""
    at = len(_SOI)
    for _ in range(_MOST_MARKERS):
        at = data.find(b"\xff", at)
        if at < 0:
            raise Truncated
        (marker,) = _unpack(">B", data, at + 1)
        if marker in _LENGTHLESS:
            at += _LENGTHLESS[marker]
        elif marker == _EOI:
            raise Broken(why="no scan")
        else:
            end = at + 2 + _unpack(">H", data, at + 2)[0]
            yield marker, at, end
            if marker == _SOS:
                return
            at = max(end, at + 4)
    raise Broken(why="too many markers")


def _few_scans(data: bytes, at: int) -> None:
    """Refuse what a decoder would be busy with for minutes: scan upon scan, from the first on.

    Only up to the picture's end: what a phone puts behind it, a film for instance, is not read.
    """
    scans = 0
    for _ in range(_MOST_MARKERS):
        found = _MARKER.search(data, at)
        if found is None or found[1][0] == _EOI:
            return
        scans += found[1][0] == _SOS
        if scans > _MOST_SCANS:
            raise Broken(why="too many scans")
        at = found.end()
        if at + 2 <= len(data):
            at += max(_unpack(">H", data, at)[0], 2)
    raise Broken(why="too many markers")


def _png(data: bytes) -> Header:
    body, exif = [_PNG_SIGNATURE], b""
    for kind, start, end in _chunks(data, at=8, order=">"):
        if kind in _PNG_DRAWS:
            body.append(data[start:end])
        elif kind == b"eXIf":
            exif = data[start + 8 : end - 4]
    width, height = _unpack(">II", data, 16)
    return Header(
        format=Format.PNG,
        width=width,
        height=height,
        orientation=_orientation(exif),
        body=b"".join(body),
    )


def _webp(data: bytes) -> Header:
    exif = b""
    for kind, start, end in _chunks(data, at=12, order="<"):
        if kind == b"EXIF":
            exif = data[start + 8 : end].removeprefix(b"Exif\0\0")
    width, height = _webp_size(data)
    return Header(
        format=Format.WEBP,
        width=width,
        height=height,
        orientation=_orientation(exif),
        body=data,
    )


def _webp_size(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8X":
        _unpack("<6B", data, 24)
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L":
        (bits,) = _unpack("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = _unpack("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise Broken(why="no WebP frame")


def _chunks(data: bytes, *, at: int, order: str) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of each chunk of a PNG (order ">") or WebP (order "<").

    The last one may reach beyond the data: whether pixels are missing is for the decoder to say.
    """
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(data):
            return
        if order == ">":
            length, kind = struct.unpack_from(">I4s", data, at)
            end = at + 12 + length
        else:
            kind, length = struct.unpack_from("<4sI", data, at)
            end = at + 8 + length + length % 2
        yield kind, at, end
        at = end
    raise Broken(why="too many chunks")


def _unpack(layout: str, data: bytes, offset: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(layout, data, offset)
    except struct.error as error:
        raise Truncated from error


def _orientation(exif: bytes) -> int:
    """Which way is up, 1-8; what cannot be read stands upright."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return UPRIGHT
    try:
        (directory,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, directory)
        for entry in range(directory + 2, directory + 2 + 12 * count, 12):
            tag, value = struct.unpack_from(f"{order}H6xH", exif, entry)
            if tag == _ORIENTATION_TAG:
                return value if value in range(1, 9) else UPRIGHT
    except struct.error:
        return UPRIGHT
    return UPRIGHT
