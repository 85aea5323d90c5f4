"""The ground scenes stand here: road, gutter, kerb, pavement with its tactile strip, lawn."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from simulator.scenery import textures
from simulator.scenery.camera import Area, Point
from simulator.scenery.scene import Scene, box, shade

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

KERB_AT = 0.85
KERB_WIDE = 0.16
KERB_HIGH = 0.14
STONE = 0.8
TILE = 0.25

_ROAD_SCALE = 330
_PAVING_SCALE = 260
_ROAD = Area(-4.2, 0.3, 5.05, 7.6)
_PAVING = Area(KERB_AT + KERB_WIDE, 0.1, 3.2, 8.4)


def kerbside(
    seed: str,
    yaw: float = 9.0,
    missing: tuple[int, ...] = (),
    worn: tuple[tuple[int, int], ...] = (),
) -> Scene:
    """Look down at road and pavement.

    `missing` numbers kerb stones that are not there, `worn` names dug-up tiles
    (column from the kerb, row from the near end).
    """
    return _bare_kerbside(seed, yaw, missing, worn).again()


@lru_cache(maxsize=1)
def _bare_kerbside(
    seed: str, yaw: float, missing: tuple[int, ...], worn: tuple[tuple[int, int], ...]
) -> Scene:
    """Before and after a repair it is the same, and most of the work."""
    scene = Scene(seed, eye=1.6, pitch=40, yaw=yaw, focal=1270)
    scene.image.paste(textures.grass(scene.size, seed))
    scene.lay(_road(seed), _ROAD)
    scene.lay(_pavement(seed, worn), _PAVING, KERB_HIGH)
    for number in reversed(range(10)):
        if number not in missing:
            kerb_stone(scene, number)
    scene.darken([_gutter_shade(missing)], 0.32, 7)
    return scene


def kerb_stone(scene: Scene, number: int, light: float = 1.0) -> None:
    """Set one kerb stone; `light` above 1 looks newer."""
    tone = textures.Dice(f"{scene.seed}kerb{number}").between(0.93, 1.05) * light
    area = Area(KERB_AT, 0.1 + number * STONE, KERB_WIDE, STONE - 0.014)
    left, front, top = box(area, 0.0, KERB_HIGH)
    scene.face(left, shade((150, 147, 140), tone * 0.82), 0.6)
    scene.face(front, shade((120, 117, 110), tone * 0.8), 0.6)
    scene.face(top, shade((205, 202, 194), tone), 0.45)


def stone_area(number: int) -> Area:
    """Where that kerb stone lies."""
    return Area(KERB_AT, 0.1 + number * STONE, KERB_WIDE, STONE)


def _pavement(seed: str, worn: Sequence[tuple[int, int]]) -> Image.Image:
    size = (round(_PAVING.width * _PAVING_SCALE), round(_PAVING.depth * _PAVING_SCALE))
    plan = textures.concrete(size, f"{seed}paving").convert("RGB")
    step = TILE * _PAVING_SCALE
    dice = textures.Dice(f"{seed}tiles")
    glaze = Image.new("RGBA", size)
    draw = ImageDraw.Draw(glaze)
    for row in range(round(size[1] / step) + 1):
        for column in range(round(size[0] / step) + 1):
            low = size[1] - row * step
            spot = (column * step + 1.5, low - step + 1.5, (column + 1) * step - 1.5, low - 1.5)
            _tile(draw, spot, column, dice)
    ground = ImageEnhance.Brightness(plan).enhance(0.5)
    joints = glaze.getchannel("A").point([0] + [255] * 255)
    tiled = Image.alpha_composite(plan.convert("RGBA"), glaze)
    plan = Image.composite(tiled, ground.convert("RGBA"), joints)
    if worn:
        _dig(plan, worn, step, seed)
    return plan


def _tile(
    draw: ImageDraw.ImageDraw,
    spot: tuple[float, float, float, float],
    column: int,
    dice: textures.Dice,
) -> None:
    tone = dice.between(0.84, 1.08)
    if column in {4, 5}:
        draw.rectangle(spot, fill=(*shade((214, 168, 62), tone), 190))
        wide = (spot[2] - spot[0]) / 9
        for bar in range(4):
            left = spot[0] + wide * (1 + 2 * bar)
            draw.rectangle((left, spot[1] + 6, left + wide, spot[3] - 6), fill=(240, 200, 96, 205))
        return
    base = (176, 118, 96) if column % 4 in {0, 3} else (168, 162, 154)
    draw.rectangle(spot, fill=(*shade(base, tone), 165))


def _dig(plan: Image.Image, worn: Sequence[tuple[int, int]], step: float, seed: str) -> None:
    mask = Image.new("L", plan.size)
    draw = ImageDraw.Draw(mask)
    for column, row in worn:
        low = plan.size[1] - row * step
        draw.rectangle((column * step, low - step, (column + 1) * step, low), fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(2))
    plan.paste(textures.soil(plan.size, f"{seed}dug").convert("RGBA"), mask=mask)
    inner = mask.filter(ImageFilter.GaussianBlur(9))
    lid = Image.new("RGBA", plan.size, (12, 9, 8, 255))
    edge = ImageOps.invert(inner).point([value // 2 for value in range(256)])
    plan.paste(lid, mask=Image.composite(edge, Image.new("L", plan.size), mask))


def _road(seed: str) -> Image.Image:
    size = (round(_ROAD.width * _ROAD_SCALE), round(_ROAD.depth * _ROAD_SCALE))
    plan = textures.asphalt(size, f"{seed}road")
    gutter = round(0.28 * _ROAD_SCALE)
    slabs = textures.concrete((gutter, size[1]), f"{seed}gutter")
    slabs = ImageEnhance.Brightness(slabs).enhance(0.8)
    lines = ImageDraw.Draw(slabs)
    for joint in range(0, size[1], round(1.0 * _ROAD_SCALE)):
        lines.line((0, joint, gutter, joint), fill=(70, 68, 64), width=4)
    lines.line((1, 0, 1, size[1]), fill=(62, 60, 58), width=5)
    plan.paste(slabs, (size[0] - gutter, 0))
    _damp(plan, seed)
    _lane(plan, seed)
    return plan


def _damp(plan: Image.Image, seed: str) -> None:
    """A few damp patches along the gutter, as after a shower."""
    dice = textures.Dice(f"{seed}damp")
    for number in range(4):
        size = (round(dice.between(240, 420)), round(dice.between(300, 620)))
        mask = textures.blob(size, f"{seed}damp{number}", 0.2).filter(ImageFilter.GaussianBlur(14))
        left = round(plan.width - dice.between(0.4, 1.5) * _ROAD_SCALE)
        top = round(dice.between(0.0, 0.8) * plan.height)
        wet = Image.new("RGB", size, (44, 48, 58))
        plan.paste(wet, (left, top), mask.point([value * 4 // 10 for value in range(256)]))


def _lane(plan: Image.Image, seed: str) -> None:
    """A worn white edge line."""
    left = plan.width - round(2.05 * _ROAD_SCALE)
    size = (round(0.13 * _ROAD_SCALE), plan.height)
    worn = textures.layered(size, f"{seed}lane", (3, 30)).point([0] * 70 + [225] * 186)
    plan.paste((226, 226, 220), (left, 0), worn)


def _gutter_shade(missing: Collection[int]) -> list[Point]:
    far = 0.1 + STONE * (min(missing) if missing else 10)
    return [
        Point(KERB_AT - 0.05, 0, 0.5),
        Point(KERB_AT, 0, 0.5),
        Point(KERB_AT, 0, far),
        Point(KERB_AT - 0.05, 0, far),
    ]
