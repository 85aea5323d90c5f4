"""Which files are pictures: the good ones, and a zoo of those that are not."""

from __future__ import annotations

import struct
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pictures.decoding import MAX_BYTES, MAX_PIXELS, MAX_WEBP_PIXELS
from pictures.errors import (
    Broken,
    NotAPicture,
    PictureError,
    TooHeavy,
    TooLarge,
    Truncated,
)
from pictures.headers import Format
from pictures.intake import Picture, examine
from tests.unit.pictures import zoo

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("kind", list(Format))
def test_a_photo_is_known_by_its_bytes(kind: Format) -> None:
    """Format and size are read from the file itself, whatever its name may be."""
    assert examine(zoo.plain(64, 48, kind=kind)) == Picture(format=kind, width=64, height=48)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA"])
def test_rare_kinds_of_png_are_pictures_too(mode: str) -> None:
    """Screenshots and scans come with palettes, alpha or sixteen bits."""
    assert examine(zoo.saved(Image.new(mode, (9, 7)), "PNG")).width == 9


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", list(Format))
def test_the_size_is_that_of_the_upright_picture(kind: Format, orientation: int) -> None:
    """EXIF orientations 5 to 8 lie on their side."""
    picture = examine(zoo.turned(60, 40, orientation, kind))
    assert (picture.width, picture.height) == (60, 40)


@pytest.mark.parametrize(
    "exif", [b"", b"II", b"MM\0*\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff\x12\x01", b"ZZ*\0"]
)
def test_broken_exif_leaves_the_picture_as_it_is(exif: bytes) -> None:
    """What cannot be read of the orientation stands upright."""
    photo = zoo.plain(40, 30)
    segment = b"Exif\0\0" + exif
    photo = photo[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + photo[2:]
    assert examine(photo).width == 40


@pytest.mark.parametrize("name", zoo.STRANGERS)
def test_what_is_no_jpeg_png_or_webp_is_no_picture(name: str) -> None:
    """Formats outside the list are not even tried."""
    with pytest.raises(NotAPicture):
        examine(zoo.STRANGERS[name])


@pytest.mark.parametrize("name", zoo.DAMAGED)
def test_what_only_begins_like_a_picture_is_refused(name: str) -> None:
    """Neither a decoder's complaint nor anything else gets past."""
    with pytest.raises((Broken, Truncated)):
        examine(zoo.DAMAGED[name])


@pytest.mark.parametrize("kind", list(Format))
def test_a_truncated_photo_is_refused_wherever_it_ends(kind: Format) -> None:
    """Cut anywhere, it is refused, or was cut behind its last pixel."""
    photo = zoo.saved(zoo.noise(96, 64), kind)
    for length in range(0, len(photo) - 40, max(1, len(photo) // 150)):
        with pytest.raises(PictureError):
            examine(photo[:length])


def test_a_photo_cut_in_its_middle_is_called_truncated() -> None:
    """The reason is told apart, because sending it again helps."""
    photo = zoo.saved(zoo.noise(640, 480))
    with pytest.raises(Truncated):
        examine(photo[: len(photo) // 2])


@pytest.mark.parametrize("side", [13_000, 20_000])
def test_a_png_of_very_many_pixels_is_refused_by_its_header(side: int) -> None:
    """A few kilobytes may hold hundreds of megabytes of pixels; they are never unpacked."""
    bomb = zoo.bilevel(side)
    with pytest.raises(TooLarge) as caught:
        examine(bomb)
    assert vars(caught.value) == {"width": side, "height": side, "limit": MAX_PIXELS}


def test_jpeg_and_webp_of_very_many_pixels_are_refused_by_their_headers() -> None:
    """The claim alone is enough."""
    jpeg = bytearray(zoo.plain(40, 30))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 60_000, 60_000)
    webp = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(4) + b"\xff\xff\0" * 2
    with pytest.raises(TooLarge) as caught:
        examine(webp)
    assert caught.value.limit == MAX_WEBP_PIXELS
    with pytest.raises(TooLarge):
        examine(bytes(jpeg))


def test_a_file_over_twenty_mebibytes_is_too_heavy() -> None:
    """The bound of bytes comes before any look inside."""
    with pytest.raises(TooHeavy) as caught:
        examine(bytes(MAX_BYTES + 1))
    assert vars(caught.value) == {"size": MAX_BYTES + 1, "limit": MAX_BYTES}


def test_every_refusal_takes_less_than_150_milliseconds() -> None:
    """Hostile files must not keep the honest ones waiting (the best of three counts)."""
    bombs = {"bomb": zoo.bilevel(20_000), "text bomb": zoo.text_bomb()}
    for name, data in (zoo.STRANGERS | zoo.DAMAGED | bombs).items():
        assert min(_seconds(data) for _ in range(3)) < 0.15, name


def _seconds(data: bytes) -> float:
    start = time.process_time()
    with suppress(PictureError):
        examine(data)
    return time.process_time() - start


@pytest.mark.parametrize("make", [zoo.text_bomb, zoo.broken_animation, zoo.greedy_exif])
def test_hostile_metadata_around_good_pixels_is_never_unpacked(make: Callable[[], bytes]) -> None:
    """Only what draws reaches the decoder, so such a photo is simply a photo."""
    assert examine(make()).width in {8, 40}


@pytest.mark.parametrize("make", [zoo.with_html, zoo.with_zip])
def test_a_polyglot_counts_as_the_picture_it_is(make: Callable[[], bytes]) -> None:
    """What else it may be is left behind when it is drawn anew."""
    assert examine(make()) == Picture(format=Format.JPEG, width=40, height=30)


def test_a_photo_of_two_lenses_is_its_first_picture() -> None:
    """Some phones put two pictures into one JPEG."""
    assert examine(zoo.two_pictures()) == Picture(format=Format.JPEG, width=64, height=48)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(Format)), st.integers(0, 4000), st.binary(min_size=1, max_size=12))
def test_no_damage_raises_anything_but_a_picture_error(
    kind: Format, offset: int, damage: bytes
) -> None:
    """Bytes overwritten anywhere: a picture, or a reason."""
    photo = bytearray(zoo.plain(50, 40, kind=kind))
    offset %= len(photo)
    photo[offset : offset + len(damage)] = damage
    with suppress(PictureError):
        assert examine(bytes(photo)).format is kind
