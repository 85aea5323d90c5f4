"""What is drawn of a photo: upright, small enough, on white, and nothing but pixels."""

from __future__ import annotations

import pytest
from PIL import Image

from pictures.decoding import bounded, fitted
from pictures.errors import NotAPicture, Truncated
from pictures.headers import Format
from tests.unit.pictures import zoo


def shown(data: bytes) -> Image.Image:
    """Return the picture as it is drawn in a tile of 1280 pixels a side."""
    return fitted(bounded(data), (1280, 1280))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", list(Format))
def test_every_orientation_is_turned_upright(kind: Format, orientation: int) -> None:
    """Each quarter of the photo ends up where the photographer saw it."""
    image = shown(zoo.turned(120, 80, orientation, kind))
    assert image.size == (120, 80)
    assert zoo.corners(image) == zoo.CORNERS


@pytest.mark.parametrize("kind", list(Format))
def test_nothing_is_left_that_saving_would_write_again(kind: Format) -> None:
    """Pillow passes some of what a file tells on to the next."""
    assert shown(zoo.turned(120, 80, 6, kind)).info == {}


@pytest.mark.parametrize(
    ("size", "drawn"),
    [
        ((2560, 1920), (1280, 960)),
        ((1000, 3000), (427, 1280)),
        ((640, 480), (640, 480)),
        ((5000, 1), (1280, 1)),
    ],
)
def test_a_photo_is_made_smaller_but_never_larger(
    size: tuple[int, int], drawn: tuple[int, int]
) -> None:
    """It fits the tile, whatever its shape."""
    assert shown(zoo.plain(*size)).size == drawn


def test_a_see_through_picture_stands_on_white() -> None:
    """A drawing sent as a file must not turn black."""
    image = shown(zoo.saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))
    assert image.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_rare_kinds_of_picture_keep_their_grey(mode: str) -> None:
    """Whatever the way it is stored, middle grey stays middle grey."""
    image = Image.new("L", (16, 16), 255 if mode == "1" else 128)
    if mode == "I;16":
        image = Image.new("I;16", (16, 16), 128 * 256)
    data = zoo.saved(image.convert(mode), "JPEG" if mode == "CMYK" else "PNG")
    pixel = shown(data).getpixel((8, 8))
    assert zoo.nearest(pixel, [(0, 0, 0), (128, 128, 128), (255, 255, 255)]) == (
        (255, 255, 255) if mode == "1" else (128, 128, 128)
    )


def test_what_cannot_be_shown_says_why() -> None:
    """The reasons are those of the intake."""
    with pytest.raises(NotAPicture):
        shown(b"GIF89a")
    with pytest.raises(Truncated):
        shown(zoo.saved(zoo.noise(640, 480))[:9000])
