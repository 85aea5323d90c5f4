"""What others are shown: upright, small enough, and nothing but pixels."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from pictures.errors import NotAPicture, Truncated
from pictures.headers import Format
from pictures.thumbnails import reencode
from tests.unit.pictures import zoo


def opened(data: bytes) -> Image.Image:
    """Return the picture of a file."""
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", list(Format))
def test_every_orientation_is_turned_upright(kind: Format, orientation: int) -> None:
    """Each quarter of the photo ends up where the photographer saw it."""
    shown = opened(reencode(zoo.turned(120, 80, orientation, kind)))
    assert shown.size == (120, 80)
    assert zoo.corners(shown) == zoo.CORNERS


@pytest.mark.parametrize("kind", list(Format))
def test_no_place_owner_or_other_metadata_is_left(kind: Format) -> None:
    """Where the photographer stood is nobody's business but the office's."""
    original = zoo.turned(120, 80, 6, kind)
    assert zoo.SECRET in original
    shown = reencode(original)
    assert zoo.SECRET not in shown
    assert b"Exif" not in shown
    assert not opened(shown).getexif()
    assert set(opened(shown).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_colour_profiles_and_comments_are_left_behind() -> None:
    """Nothing a file carries beside its pixels is carried over."""
    profile, words = b"PROFILE" * 40, b"COMMENT"
    photo = zoo.saved(zoo.cornered(40, 30), icc_profile=profile, comment=words, xmp=b"<x:xmp/>")
    webp = zoo.saved(zoo.cornered(40, 30), "WEBP", icc_profile=profile, xmp=b"<x:xmp/>")
    for data in (photo, webp):
        shown = reencode(data)
        assert not any(part in shown for part in (b"PROFILE", words, b"x:xmp"))


def test_the_other_half_of_a_polyglot_is_left_behind() -> None:
    """A page or an archive hidden in a photo is not passed on."""
    assert b"script" not in reencode(zoo.with_html())
    assert b"PAYLOAD" not in reencode(zoo.with_zip())


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((2560, 1920), (1280, 960)),
        ((1000, 3000), (427, 1280)),
        ((640, 480), (640, 480)),
        ((5000, 1), (1280, 1)),
    ],
)
def test_a_photo_is_made_smaller_but_never_larger(
    size: tuple[int, int], shown: tuple[int, int]
) -> None:
    """At most 1280 pixels a side."""
    assert opened(reencode(zoo.plain(*size))).size == shown


def test_a_see_through_picture_stands_on_white() -> None:
    """A drawing sent as a file must not turn black."""
    shown = opened(reencode(zoo.saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")))
    assert shown.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_rare_kinds_of_picture_keep_their_grey(mode: str) -> None:
    """Whatever the way it is stored, middle grey stays middle grey."""
    image = Image.new("L", (16, 16), 255 if mode == "1" else 128)
    if mode == "I;16":
        image = Image.new("I;16", (16, 16), 128 * 256)
    data = zoo.saved(image.convert(mode), "JPEG" if mode == "CMYK" else "PNG")
    pixel = opened(reencode(data)).getpixel((8, 8))
    assert zoo.nearest(pixel, [(0, 0, 0), (128, 128, 128), (255, 255, 255)]) == (
        (255, 255, 255) if mode == "1" else (128, 128, 128)
    )


def test_what_cannot_be_shown_says_why() -> None:
    """The reasons are those of the intake."""
    with pytest.raises(NotAPicture):
        reencode(b"GIF89a")
    with pytest.raises(Truncated):
        reencode(zoo.saved(zoo.noise(640, 480))[:9000])
