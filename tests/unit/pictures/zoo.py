"""Pictures good and hostile, made by code; the cast of this room's tests."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 200, 30), (30, 30, 220), (230, 220, 40)
CORNERS = (RED, GREEN, BLUE, YELLOW)  # top left, top right, bottom left, bottom right

_UNDOES = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
_ORIENTATION, _MAKER, _GPS, _LATITUDE = 0x0112, 0x010F, 0x8825, 2
SECRET = b"SERIAL-OF-THE-OWNERS-PHONE"


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """Return the image as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def plain(width: int, height: int, colour: tuple[int, int, int] = RED, kind: str = "JPEG") -> bytes:
    """Return a photo of one colour."""
    return saved(Image.new("RGB", (width, height), colour), kind)


def cornered(width: int, height: int) -> Image.Image:
    """Return an image whose four quarters have the colours of CORNERS."""
    image = Image.new("RGB", (2, 2))
    image.putdata(CORNERS)
    return image.resize((width, height), Image.Resampling.NEAREST)


def turned(width: int, height: int, orientation: int, kind: str = "JPEG") -> bytes:
    """Return a photo that is `cornered` once turned upright, with GPS and an owner in its EXIF."""
    image = cornered(width, height)
    if orientation in _UNDOES:
        image = image.transpose(_UNDOES[orientation])
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif[_MAKER] = SECRET.decode()
    exif[_GPS] = {1: "N", _LATITUDE: (35.0, 46.0, 12.5), 3: "E", 4: (115.0, 4.0, 33.0)}
    return saved(image, kind, exif=exif)


def corners(image: Image.Image) -> tuple[tuple[int, int, int], ...]:
    """Return which of the CORNERS each quarter of an image is nearest to."""
    width, height = image.size
    spots = [(x, y) for y in (height // 4, 3 * height // 4) for x in (width // 4, 3 * width // 4)]
    return tuple(nearest(image.convert("RGB").getpixel(spot), CORNERS) for spot in spots)


def nearest(pixel: object, colours: Iterable[tuple[int, int, int]]) -> tuple[int, int, int]:
    """Return the colour that is nearest to the pixel."""
    assert isinstance(pixel, tuple)
    return min(
        colours, key=lambda colour: sum(abs(a - b) for a, b in zip(pixel, colour, strict=True))
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return one PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bilevel(side: int) -> bytes:
    """Return a valid black square PNG of one bit per pixel: very many pixels in few bytes."""
    rows = zlib.compress(bytes((side // 8 + 1) * side), 1)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return _png(chunk(b"IHDR", header), chunk(b"IDAT", rows))


def _png(*chunks: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + chunk(b"IEND", b"")


def _png_with(*extra: bytes) -> bytes:
    """A good 8x8 PNG with more chunks before its pixels."""
    good = plain(8, 8, kind="PNG")
    after_header = 8 + 25
    return good[:after_header] + b"".join(extra) + good[after_header:]


def text_bomb() -> bytes:
    """Return a PNG whose compressed text would fill 64 MB."""
    return _png_with(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(64_000_000), 1)))


def broken_animation() -> bytes:
    """Return an animated PNG whose frames have no control chunk."""
    return _png_with(
        chunk(b"acTL", struct.pack(">II", 3, 0)), chunk(b"fdAT", struct.pack(">I", 0) + b"\0" * 9)
    )


def many_chunks() -> bytes:
    """Return a PNG of a hundred thousand empty chunks."""
    return _png_with(chunk(b"tEXt", b"") * 100_000)


def greedy_exif() -> bytes:
    """Return a JPEG whose EXIF asks a reader for three thousand copies of itself."""
    entries = [struct.pack("<HHII", 0x9000 + at, 7, 30_000, 100) for at in range(3000)]
    tiff = b"II*\0" + struct.pack("<IH", 8, 3000) + b"".join(entries)
    return _jpeg_with(0xE1, b"Exif\0\0" + tiff.ljust(65_000, b"x"))


def _jpeg_with(marker: int, body: bytes, width: int = 40, height: int = 30) -> bytes:
    good = plain(width, height)
    return good[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + good[2:]


def with_html() -> bytes:
    """Return a JPEG that is a web page too."""
    return _jpeg_with(0xFE, b"--><script>alert(1)</script><!--")


def with_zip() -> bytes:
    """Return a JPEG that is a ZIP archive too."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("payload.exe", b"MZ-PAYLOAD")
    return plain(40, 30) + archive.getvalue()


def two_pictures() -> bytes:
    """Return what phones with two lenses write: one JPEG file of two pictures."""
    second = Image.new("RGB", (64, 48), BLUE)
    return saved(Image.new("RGB", (64, 48), RED), "MPO", save_all=True, append_images=[second])


def noise(width: int, height: int) -> Image.Image:
    """Return an image that compresses badly."""
    return Image.effect_noise((width, height), 80).convert("RGB")


JPEG_HEADER_OF_NOTHING = b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x00\x00\x00\x03" + b"\x01\x11\x00" * 3

STRANGERS: dict[str, bytes] = {
    "empty": b"",
    "one byte": b"\xff",
    "text": "金城路井盖破损".encode(),
    "GIF": saved(Image.new("P", (8, 8)), "GIF"),
    "BMP": saved(Image.new("RGB", (8, 8)), "BMP"),
    "TIFF": saved(Image.new("RGB", (8, 8)), "TIFF"),
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64),
    "PDF": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9999 9999\n",
    "ZIP": b"PK\x03\x04" + bytes(30),
    "WAV in RIFF": b"RIFF\x24\0\0\0WAVEfmt " + bytes(20),
}
"""Files that are no picture of ours, by what they are."""

DAMAGED: dict[str, bytes] = {
    "JPEG of three bytes": b"\xff\xd8\xff",
    "JPEG without a scan": b"\xff\xd8\xff\xe0\x00\x04xx\xff\xd9",
    "JPEG without a size": JPEG_HEADER_OF_NOTHING + b"\xff\xda\x00\x02" + bytes(9),
    "JPEG of endless fill": b"\xff\xd8" + b"\xff" * 100_000,
    "JPEG of empty segments": b"\xff\xd8" + b"\xff\xe1\x00\x00" * 50_000,
    "PNG signature alone": b"\x89PNG\r\n\x1a\n",
    "PNG without pixels": _png(chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))),
    "PNG of no width": _png(chunk(b"IHDR", struct.pack(">IIBBBBB", 0, 8, 8, 2, 0, 0, 0))),
    "PNG of many chunks": many_chunks(),
    "PNG with a wrong checksum": plain(8, 8, kind="PNG").replace(b"IDAT", b"IDAT\0"),
    "WebP header alone": b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\0",
    "WebP of unknown frames": b"RIFF\x1a\0\0\0WEBPABCD\x0d\0\0\0\x2f\0\0\0\0" + bytes(9),
}
"""Files that begin as a picture of ours, and are none."""
