"""Where photos stand on a sheet: in whole rows, nothing cropped, all sides of one height.

The photos of a side stand in rows that fill its width; so its height is a straight line of its
width, and the widths at which all sides are equally high follow from one equation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise, product
from typing import NamedTuple, TypeAlias

NARROWEST, WIDEST = 0.5, 2.2  # width ÷ height of a tile; slimmer or broader photos get a mat
_LEAST_SHARE = 0.66  # of an even share of the width; below it there is no room for the words
_MOST_ROWS = 5
_PLEASANT = 1.1  # height of a side ÷ an even share of the width

Rows: TypeAlias = list[list[float]]  # aspect ratios, row by row


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the sheet and the tiles in it, in the order of its photos."""

    box: Box
    tiles: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """Height of a side as a function of its width: slope × width + rise."""

    slope: float
    rise: float

    def height(self, width: float) -> float:
        return self.slope * width + self.rise

    def width(self, height: float) -> float:
        return (height - self.rise) / self.slope


def arrange(sides: list[list[float]], *, width: int, gap: int, tile_gap: int) -> list[Side]:
    """Place the photos of all sides, given as aspect ratios, from the top left corner (0, 0).

    Every side has at least one photo; `gap` stands between sides, `tile_gap` between tiles, in
    pixels.
    """
    bounded = [[min(max(aspect, NARROWEST), WIDEST) for aspect in side] for side in sides]
    room = width - gap * (len(sides) - 1)
    choices = product(*(_groupings(side) for side in bounded))
    rows = min(choices, key=lambda choice: _cost([_line(r, tile_gap) for r in choice], room))
    lines = [_line(grouping, tile_gap) for grouping in rows]
    widths = _widths(lines, room)
    height = round(_height(lines, widths))
    edges = [round(sum(widths[:at]) + gap * at) for at in range(len(widths))]
    placed = []
    for left, share, grouping in zip(edges, widths, rows, strict=True):
        box = Box(left, 0, round(share), height)
        placed.append(Side(box, tuple(_tiles(grouping, box, tile_gap))))
    return placed


def _groupings(side: list[float]) -> list[Rows]:
    """The side in 1, 2, 3 … rows as even as can be, the fuller rows below."""
    return [_grouped(side, count) for count in range(1, min(len(side), _MOST_ROWS) + 1)]


def _grouped(side: list[float], count: int) -> Rows:
    least, fuller = divmod(len(side), count)
    edges = [at * least + max(0, at - (count - fuller)) for at in range(count + 1)]
    return [side[start:end] for start, end in pairwise(edges)]


def _line(rows: Rows, gap: int) -> _Line:
    slope = sum(1 / sum(row) for row in rows)
    inner = sum(gap * (len(row) - 1) / sum(row) for row in rows)
    return _Line(slope, gap * (len(rows) - 1) - inner)


def _even(lines: list[_Line], room: float) -> list[float]:
    """The widths at which all sides are equally high."""
    height = (room + sum(line.rise / line.slope for line in lines)) / sum(
        1 / line.slope for line in lines
    )
    return [line.width(height) for line in lines]


def _widths(lines: list[_Line], room: float) -> list[float]:
    """The even widths, but none so slim that its words have no room."""
    least = _LEAST_SHARE * room / len(lines)
    widths = [max(width, least) for width in _even(lines, room)]
    spare = sum(widths) - room
    slack = sum(width - least for width in widths)
    if spare <= 0 or slack <= 0:
        return widths
    return [width - spare * (width - least) / slack for width in widths]


def _height(lines: list[_Line], widths: list[float]) -> float:
    """The common height; between those wanted, if the widths could not be made even."""
    wanted = [math.log(line.height(width)) for line, width in zip(lines, widths, strict=True)]
    return math.exp(sum(wanted) / len(wanted))


def _cost(lines: list[_Line], room: float) -> float:
    """How far an arrangement is from equal widths and a pleasant height."""
    share = room / len(lines)
    widths = _even(lines, room)
    uneven = sum(abs(math.log(max(width, 1) / share)) for width in widths)
    height = _height(lines, _widths(lines, room))
    return uneven + abs(math.log(height / (share * _PLEASANT)))


def _tiles(rows: Rows, box: Box, gap: int) -> list[Box]:
    """Fill the box with the rows; where their shape is another, they stand in its middle."""
    line = _line(rows, gap)
    width = min(box.width, round(line.width(box.height)))
    height = box.height if width < box.width else min(box.height, round(line.height(box.width)))
    left = box.left + (box.width - width) // 2
    top = float(box.top + (box.height - height) // 2)
    bottom = round(top) + height
    tiles: list[Box] = []
    for row in rows:
        tall = (width - gap * (len(row) - 1)) / sum(row)
        low = bottom if row is rows[-1] else round(top + tall)
        tiles += _row(row, Box(left, round(top), width, low - round(top)), gap)
        top += tall + gap
    return tiles


def _row(row: list[float], box: Box, gap: int) -> list[Box]:
    room = box.width - gap * (len(row) - 1)
    edges = [room * sum(row[:at]) / sum(row) for at in range(len(row) + 1)]
    return [
        Box(box.left + round(start) + gap * at, box.top, round(end) - round(start), box.height)
        for at, (start, end) in enumerate(pairwise(edges))
    ]
