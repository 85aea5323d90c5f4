"""The manhole: its cover whole, broken, or gone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from simulator.scenery import textures
from simulator.scenery.camera import Area, Point
from simulator.scenery.ground import debris
from simulator.scenery.kerbside import kerbside
from simulator.scenery.masks import disc, moved

if TYPE_CHECKING:
    from simulator.scenery.scene import Scene

_COVER = Area(-0.44, 1.42, 0.96, 0.96)


_COVER_PIXELS = 860


def cover_broken(*, mended: bool) -> Scene:
    """A cast-iron cover with a piece broken out, or a new one."""
    scene = kerbside("cover")
    scene.lay(_cover(new=True) if mended else _broken_cover(), _COVER)
    if not mended:
        debris(scene, Point(0.04, 0, 1.9), 0.62, 18, (70, 66, 64))
    return scene


def cover_missing(*, mended: bool) -> Scene:
    """An open shaft without its cover, or a new cover."""
    scene = kerbside("shaft", yaw=5)
    scene.lay(_cover(new=True) if mended else _shaft(), _COVER)
    return scene


def _cover(*, new: bool) -> Image.Image:
    """A round cover in its frame, seen from above."""
    full = _COVER_PIXELS
    plan = Image.new("RGBA", (full, full))
    collar = textures.concrete((full, full), "collar")
    collar = ImageEnhance.Brightness(collar).enhance(1.02 if new else 0.78)
    plan.paste(collar, mask=disc(full, 0.5 if new else 0.475))
    plan.paste((34, 34, 36), mask=disc(full, 0.412))
    frame = textures.stained((full, full), "frame", (66, 62, 60), (128, 122, 118))
    plan.paste(frame, mask=disc(full, 0.402))
    plan.paste((20, 20, 22), mask=disc(full, 0.362))
    dark, light = ((58, 60, 64), (112, 114, 118)) if new else ((62, 52, 46), (116, 102, 92))
    plan.paste(textures.stained((full, full), "iron", dark, light), mask=disc(full, 0.352))
    _studs(plan, (152, 154, 158) if new else (146, 132, 120))
    return plan


def _studs(plan: Image.Image, light: textures.Colour) -> None:
    full = plan.width
    draw = ImageDraw.Draw(plan)
    middle, step = full / 2, full * 0.038
    for row in range(-10, 11):
        for column in range(-10, 11):
            away = math.hypot(row, column) * step
            if away > full * 0.3 or (row + column) % 2:
                continue
            x, y, r = middle + column * step, middle + row * step, step * 0.36
            draw.ellipse((x - r + 3, y - r + 4, x + r + 3, y + r + 4), fill=(24, 22, 22, 255))
            draw.ellipse((x - r, y - r, x + r, y + r), fill=(*light, 255))
    for reach in (0.325, 0.345):
        r = full * reach
        draw.ellipse(
            (middle - r, middle - r, middle + r, middle + r), outline=(*light, 255), width=4
        )
    for side in (-1, 1):
        x = middle + side * full * 0.2
        draw.rounded_rectangle(
            (x - 30, middle - 11, x + 30, middle + 11), 10, fill=(18, 18, 20, 255)
        )


def _broken_cover() -> Image.Image:
    plan = _cover(new=False)
    full = plan.width
    gap = [(0.5, 0.47), (0.585, 0.37), (0.66, 0.335), (0.75, 0.2), (0.9, 0.3), (0.92, 0.62)]
    gap += [(0.8, 0.78), (0.68, 0.74), (0.66, 0.64), (0.56, 0.6), (0.54, 0.52)]
    points = [(x * full, y * full) for x, y in gap]
    wedge = Image.new("L", plan.size)
    ImageDraw.Draw(wedge).polygon(points, fill=255)
    hole = Image.composite(wedge, Image.new("L", plan.size), disc(full, 0.356))
    plan.paste((158, 146, 134), mask=moved(hole, (-7, -6)))
    deep = _depth(full)
    plan.paste(deep, mask=hole)
    draw = ImageDraw.Draw(plan)
    for crack in (
        ((0.5, 0.47), (0.43, 0.43), (0.38, 0.45), (0.3, 0.38), (0.2, 0.36)),
        ((0.55, 0.6), (0.51, 0.67), (0.52, 0.74), (0.46, 0.83)),
        ((0.43, 0.43), (0.42, 0.33), (0.37, 0.24)),
    ):
        line = [(x * full, y * full) for x, y in crack]
        draw.line(line, fill=(12, 10, 10, 255), width=11, joint="curve")
        draw.line([(x + 5, y + 6) for x, y in line], fill=(150, 136, 124, 255), width=3)
    return plan


def _depth(full: int) -> Image.Image:
    """The inside of a shaft: lit brickwork on the far wall, darkness below."""
    bricks = textures.stained((full, full), "shaftwall", (64, 50, 42), (128, 104, 88))
    draw = ImageDraw.Draw(bricks)
    for row in range(0, full, 34):
        draw.line((0, row, full, row), fill=(48, 40, 36), width=5)
        for column in range((row // 34 % 2) * 40, full, 80):
            draw.line((column, row, column, row + 34), fill=(48, 40, 36), width=5)
    below = moved(disc(full, 0.36), (24, round(full * 0.17)))
    bricks.paste((8, 8, 10), mask=below.filter(ImageFilter.GaussianBlur(full * 0.035)))
    return bricks


def _shaft() -> Image.Image:
    plan = _cover(new=False)
    full = plan.width
    plan.paste((14, 14, 16), mask=disc(full, 0.372))
    plan.paste(_depth(full), mask=disc(full, 0.362))
    draw = ImageDraw.Draw(plan)
    for rung in range(3):
        y = full * (0.2 + rung * 0.055)
        wide = full * (0.085 - rung * 0.008)
        tone = 150 - rung * 42
        draw.line(
            [
                (full / 2 - wide, y - 16),
                (full / 2 - wide, y),
                (full / 2 + wide, y),
                (full / 2 + wide, y - 16),
            ],
            fill=(tone, tone - 28, tone - 48, 255),
            width=9,
            joint="curve",
        )
    return plan
