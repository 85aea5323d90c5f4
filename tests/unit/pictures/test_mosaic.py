"""Photos stand in whole rows, uncropped, and all sides are equally high."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pictures.mosaic import NARROWEST, WIDEST, Box, Side, arrange

LANDSCAPE, PORTRAIT = 4 / 3, 3 / 4
photos = st.lists(st.floats(NARROWEST, WIDEST), min_size=1, max_size=10)


def arranged(*sides: list[float]) -> list[Side]:
    """Return the sides at the size of a sheet."""
    return arrange(list(sides), width=1520, gap=32, tile_gap=10)


def inside(tile: Box, box: Box) -> bool:
    """Whether the tile lies within the box."""
    return (
        box.left <= tile.left
        and box.top <= tile.top
        and tile.left + tile.width <= box.left + box.width
        and tile.top + tile.height <= box.top + box.height
    )


def apart(one: Box, other: Box) -> bool:
    """Whether two tiles do not touch."""
    return (
        one.left + one.width < other.left
        or other.left + other.width < one.left
        or one.top + one.height < other.top
        or other.top + other.height < one.top
    )


def test_two_landscapes_share_the_width_evenly() -> None:
    """The usual sheet."""
    before, after = arranged([LANDSCAPE], [LANDSCAPE])
    assert before.box == Box(0, 0, 744, 558)
    assert after.box == Box(776, 0, 744, 558)
    assert before.tiles == (before.box,)


def test_a_portrait_beside_a_landscape_is_as_high_and_less_wide() -> None:
    """Neither is cropped, neither has a mat."""
    before, after = arranged([LANDSCAPE], [PORTRAIT])
    assert before.box.height == after.box.height == before.tiles[0].height
    assert before.box.width / after.box.width == pytest.approx(LANDSCAPE / PORTRAIT, rel=0.01)
    assert before.tiles[0].width / before.tiles[0].height == pytest.approx(LANDSCAPE, rel=0.01)


@pytest.mark.parametrize(("count", "rows"), [(1, 1), (2, 2), (3, 2), (4, 2), (6, 3), (10, 4)])
def test_albums_stand_in_rows(count: int, rows: int) -> None:
    """Ten photos a side make four rows, so that each is still to be recognised."""
    for side in arranged([LANDSCAPE] * count, [LANDSCAPE] * count):
        assert len({tile.top for tile in side.tiles}) == rows
        assert min(tile.width for tile in side.tiles) >= 240


def test_one_photo_and_ten_are_equally_high() -> None:
    """The mosaic is shaped to the single photo."""
    one, ten = arranged([LANDSCAPE], [LANDSCAPE] * 10)
    assert one.box.height == ten.box.height == one.tiles[0].height
    assert ten.tiles[-1].top + ten.tiles[-1].height == pytest.approx(ten.box.height, abs=1)


@settings(max_examples=150, deadline=None)
@given(st.lists(photos, min_size=1, max_size=3))
def test_whatever_the_photos_nothing_overlaps_and_no_side_is_too_slim(
    sides: list[list[float]],
) -> None:
    """All sides are of one height and within the sheet, each tile within its side."""
    placed = arrange(sides, width=1520, gap=32, tile_gap=10)
    assert len({side.box.height for side in placed}) == 1
    assert placed[-1].box.left + placed[-1].box.width <= 1521
    for side, aspects in zip(placed, sides, strict=True):
        assert side.box.width >= 0.6 * (1520 - 32 * (len(sides) - 1)) / len(sides)
        assert len(side.tiles) == len(aspects)
        assert all(inside(tile, side.box) for tile in side.tiles)
        assert all(apart(one, other) for one, other in combinations(side.tiles, 2))


@settings(max_examples=150, deadline=None)
@given(photos, photos)
def test_every_tile_has_the_shape_of_its_photo(before: list[float], after: list[float]) -> None:
    """So nothing needs to be cropped."""
    for side, aspects in zip(arranged(before, after), (before, after), strict=True):
        for tile, aspect in zip(side.tiles, aspects, strict=True):
            assert abs(tile.width - aspect * tile.height) <= 2 + 2 * aspect


def test_a_panorama_gets_a_tile_that_is_not_a_mere_line() -> None:
    """It stands on a mat instead."""
    (side,) = arranged([9.0])
    assert side.box.width / side.box.height == pytest.approx(WIDEST, rel=0.01)
