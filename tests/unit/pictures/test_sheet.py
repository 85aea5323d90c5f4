"""The before/after sheet: equally high, upright, readable, and nothing in it but pixels."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from pictures.headers import Format
from pictures.sheet import MAX_BYTES, WIDTH, Column, SheetSpec, render
from pictures.typefaces import VENDORED
from tests.unit.pictures import zoo

Colour = tuple[int, int, int]

BEFORE = Column(label="修复前", photos=(zoo.plain(800, 600),), time="09:12", person="王建国")
AFTER = Column(label="修复后", photos=(zoo.plain(800, 600, zoo.BLUE),), time="10:47", person="李强")
SPEC = SheetSpec(
    number="XC-20261120-0001",
    title="井盖破损",
    place="金城路与鼓楼路口东侧",
    columns=(BEFORE, AFTER),
    missing="暂无照片",
    font=VENDORED,
)
BARE = {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
MAT, PAPER, BAND = (229, 231, 235), (255, 255, 255), (31, 41, 55)


def sheet(spec: SheetSpec) -> Image.Image:
    """Return the sheet as people see it."""
    return Image.open(io.BytesIO(render(spec))).convert("RGB")


def sides(*photos: tuple[bytes | None, ...]) -> SheetSpec:
    """Return a sheet of these photos."""
    columns = zip((BEFORE, AFTER), photos, strict=True)
    return replace(SPEC, columns=tuple(replace(column, photos=files) for column, files in columns))


def where(image: Image.Image, colour: Colour, tolerance: int = 15) -> tuple[int, int, int, int]:
    """Return the box of everything of a colour: left, top, right, bottom."""
    bands = [
        band.point(lambda level, wanted=wanted: 255 * (abs(level - wanted) <= tolerance))
        for band, wanted in zip(image.split(), colour, strict=True)
    ]
    mask = Image.merge("RGB", bands).point(lambda level: level // 255 * 85).convert("L")
    box = mask.point(lambda level: 255 * (level >= 84)).getbbox()
    assert box is not None
    return box


def size(box: tuple[int, int, int, int]) -> tuple[int, int]:
    """Return width and height of a box."""
    return box[2] - box[0], box[3] - box[1]


def test_both_sides_are_equally_high_and_stand_side_by_side() -> None:
    """The usual sheet: two landscape photos."""
    image = sheet(SPEC)
    before, after = where(image, zoo.RED), where(image, zoo.BLUE)
    assert image.width == WIDTH
    assert size(before) == pytest.approx((744, 558), abs=2)
    assert size(after) == pytest.approx(size(before), abs=2)
    assert before[1] == pytest.approx(after[1], abs=1)
    assert before[2] < after[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [((800, 600), (600, 800)), ((600, 800), (1000, 800)), ((640, 640), (450, 800))],
)
def test_portrait_and_landscape_are_equally_high_too(
    before: tuple[int, int], after: tuple[int, int]
) -> None:
    """Nothing is cropped: both keep their shape."""
    image = sheet(sides((zoo.plain(*before),), (zoo.plain(*after, zoo.BLUE),)))
    left, right = size(where(image, zoo.RED)), size(where(image, zoo.BLUE))
    assert left[1] == pytest.approx(right[1], abs=3)
    assert left[0] / left[1] == pytest.approx(before[0] / before[1], rel=0.02)
    assert right[0] / right[1] == pytest.approx(after[0] / after[1], rel=0.02)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_stand_upright(orientation: int) -> None:
    """However the phone was held."""
    image = sheet(sides((zoo.turned(800, 600, orientation),), AFTER.photos))
    left, top, right, bottom = 40, where(image, zoo.BLUE)[1], 784, where(image, zoo.BLUE)[3]
    assert zoo.corners(image.crop((left, top, right, bottom))) == zoo.CORNERS


@pytest.mark.parametrize("photos", [(), (None,), (b"",), (b"GIF89a",), (zoo.bilevel(9000),)])
def test_a_missing_or_unreadable_photo_is_a_placeholder(photos: tuple[bytes | None, ...]) -> None:
    """The sheet is drawn all the same, and both sides keep their shape."""
    image = sheet(sides(photos, AFTER.photos))
    after = where(image, zoo.BLUE)
    before = where(image.crop((0, after[1] - 30, 800, after[3] + 30)), MAT, 6)
    assert before == pytest.approx((40, 30, 784, 30 + size(after)[1]), abs=3)


def test_a_photo_that_breaks_in_the_middle_is_a_placeholder_too() -> None:
    """Its header is fine, its pixels are not."""
    photo = zoo.saved(zoo.noise(800, 600))
    image = sheet(sides((photo[: len(photo) // 2],), AFTER.photos))
    assert size(where(image.crop((0, 0, 800, image.height)), MAT, 8))[1] > 500


def test_a_sheet_without_any_photo_can_be_drawn() -> None:
    """Two placeholders in the usual shape."""
    assert sheet(sides((), ())).size[0] == WIDTH


@pytest.mark.parametrize("count", [1, 2, 3, 7, 10])
def test_every_photo_of_an_album_is_shown(count: int) -> None:
    """Each is found by its own colour, and large enough to be recognised."""
    colours = [(20 + 23 * at, 240 - 23 * at, 40 + 70 * (at % 4)) for at in range(count)]
    album = tuple(zoo.plain(400, 300, colour) for colour in colours)
    image = sheet(sides((None,), album))
    boxes = [where(image, colour, 7) for colour in colours]
    assert all(width >= 150 and height >= 110 for width, height in map(size, boxes))
    assert len(set(boxes)) == count


def test_more_than_ten_photos_are_counted_in_the_corner() -> None:
    """What is not shown is not hidden either."""
    ten, twelve = (sheet(sides((None,), (zoo.plain(400, 300),) * n)) for n in (10, 12))
    assert ten.size == twelve.size
    right, bottom = where(twelve, zoo.RED)[2:]
    spot = right - 12, bottom - 12
    assert zoo.nearest(ten.getpixel(spot), [zoo.RED, BAND]) == zoo.RED
    assert zoo.nearest(twelve.getpixel(spot), [zoo.RED, BAND]) == BAND


def test_three_sides_may_stand_beside_each_other() -> None:
    """Before, under way, after."""
    during = replace(BEFORE, label="维修中", photos=(zoo.plain(800, 600, zoo.GREEN),))
    image = sheet(replace(SPEC, columns=(BEFORE, during, AFTER)))
    boxes = [where(image, colour) for colour in (zoo.RED, zoo.GREEN, zoo.BLUE)]
    tops, bottoms = [box[1] for box in boxes], [box[3] for box in boxes]
    assert max(tops) - min(tops) <= 3
    assert max(bottoms) - min(bottoms) <= 3


def test_labels_are_told_apart_by_colour_and_by_words() -> None:
    """Amber is before, green is after; the words say it too."""
    image = sheet(SPEC)
    below = where(image, zoo.RED)[3]
    words = image.crop((0, below, WIDTH, image.height))
    amber, green = where(words, (180, 83, 9), 20), where(words, (21, 128, 61), 20)
    assert amber[0] == pytest.approx(40, abs=6)
    assert green[0] == pytest.approx(816, abs=6)
    assert amber[1] == pytest.approx(green[1], abs=2)


def test_letters_are_large_enough_for_a_phone() -> None:
    """At 390 points of width the smallest line is 14 points high or more."""
    image = sheet(replace(SPEC, columns=(replace(BEFORE, time="", label=""), AFTER)))
    below = where(image, zoo.RED)[3] + 90
    name = where(image.crop((0, below, 700, image.height)), (55, 65, 81), 60)
    assert size(name)[1] * 390 / WIDTH >= 13


def test_long_words_are_cut_and_never_leave_the_sheet() -> None:
    """Two lines of title, two of place, two of a name; the rest is an ellipsis."""
    long = "城北新区创业路与环城西路交叉口向北约二百米路西侧公交站台（科技园站）后方" * 5
    columns = (replace(BEFORE, person=long, time=long, label=long), AFTER)
    image = sheet(replace(SPEC, number=long, title=long, place=long, columns=columns))
    assert image.height < 2000
    edges = image.crop((WIDTH - 30, 0, WIDTH, image.height))
    assert {zoo.nearest(edges.getpixel((15, y)), [BAND, PAPER, zoo.RED]) for y in (40, 900)} == {
        BAND,
        PAPER,
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\u202e\u2066",
        "\ud800",
        "王🙂建👨\u200d👩\u200d👧国",
        "a" * 5000,
        "\x00\n\x1b[31m",
        "سلام",
    ],
)
def test_no_words_make_it_fail(text: str) -> None:
    """Names and captions are what people type, or paste."""
    columns = tuple(Column(label=text, time=text, person=text) for _ in range(2))
    spec = SheetSpec(
        number=text, title=text, place=text, columns=columns, missing=text, font=VENDORED
    )
    assert sheet(spec).width == WIDTH


def test_direction_characters_change_nothing_on_the_sheet() -> None:
    """A name cannot turn the line around."""
    bent = replace(SPEC, place="金城路\u202e与鼓楼路\u2066口东侧\u200b")
    assert render(bent) == render(SPEC)


def test_rare_names_are_written_as_such() -> None:
    """玥 and 垚 look different from each other, and from the box of a missing character."""
    names = {
        render(replace(SPEC, columns=(replace(BEFORE, person=name), AFTER)))
        for name in ("孙玥", "孙垚", "孙淼", "孙喆", "孙堃", "孙□", "孙🙂")
    }
    assert len(names) == 6  # the emoji is drawn as the box


@pytest.mark.parametrize("kind", list(Format))
def test_no_metadata_of_any_photo_is_in_the_sheet(kind: Format) -> None:
    """Neither place nor phone, nor a comment of the program that drew it."""
    photo = zoo.turned(800, 600, 6, kind)
    assert zoo.SECRET in photo
    made = render(sides((photo,), (zoo.turned(600, 800, 3, kind),)))
    assert zoo.SECRET not in made
    assert b"Exif" not in made
    assert not Image.open(io.BytesIO(made)).getexif()
    assert set(Image.open(io.BytesIO(made)).info) <= BARE


def test_colour_profiles_and_comments_of_photos_are_left_behind() -> None:
    """Nothing a file carries beside its pixels is carried over."""
    profile, words = b"PROFILE" * 40, b"COMMENT"
    photo = zoo.saved(zoo.cornered(40, 30), icc_profile=profile, comment=words, xmp=b"<x:xmp/>")
    webp = zoo.saved(zoo.cornered(40, 30), "WEBP", icc_profile=profile, xmp=b"<x:xmp/>")
    made = render(sides((photo,), (webp,)))
    assert not any(part in made for part in (b"PROFILE", words, b"x:xmp"))


def test_the_other_half_of_a_polyglot_is_left_behind() -> None:
    """A page or an archive hidden in a photo is not passed on."""
    made = render(sides((zoo.with_html(),), (zoo.with_zip(),)))
    assert b"script" not in made
    assert b"PAYLOAD" not in made


def test_a_sheet_of_twenty_grainy_photos_is_at_most_a_megabyte_and_a_half() -> None:
    """Quality gives way before size does."""
    grainy = zoo.saved(zoo.noise(1280, 960), quality=95)
    assert len(render(sides((grainy,) * 10, (grainy,) * 10))) <= MAX_BYTES


def test_the_same_words_and_photos_give_the_same_bytes() -> None:
    """A sheet sent again is the same sheet."""
    assert render(SPEC) == render(SPEC)


def test_the_repr_of_a_sheet_leaves_the_photos_out() -> None:
    """Logs must not fill with bytes."""
    assert "xff" not in repr(SPEC)
