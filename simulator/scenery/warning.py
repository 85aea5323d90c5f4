"""The place made safe: cones, tape and a warning board round an open shaft."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from simulator.scenery.camera import Point
from simulator.scenery.covers import cover_missing
from simulator.scenery.parts import hang
from simulator.scenery.scene import Scene, shade

if TYPE_CHECKING:
    from simulator.scenery.textures import Colour

_ORANGE: Colour = (236, 92, 32)
_WHITE: Colour = (240, 240, 236)
_BANDS = (*range(20, 34), *range(44, 54))
_CONES = ((-0.6, 2.46), (0.5, 2.42), (-0.66, 1.32), (0.46, 1.3))


def shaft_guarded() -> Scene:
    """The open shaft, fenced off: nobody falls in before it is mended."""
    scene = cover_missing(mended=False)
    _tape(scene, (0, 1))
    _board(scene)
    for number in (0, 1):
        _cone(scene, Point(_CONES[number][0], 0, _CONES[number][1]))
    _tape(scene, (0, 2))
    _tape(scene, (1, 3))
    for number in (2, 3):
        _cone(scene, Point(_CONES[number][0], 0, _CONES[number][1]))
    _tape(scene, (2, 3))
    return scene


def _ring(spot: Point, radius: float, up: float, aside: float = 0.0) -> list[Point]:
    turns = [number * math.tau / 28 for number in range(28)]
    return [
        Point(spot.x + aside + radius * math.cos(a), up, spot.z + radius * math.sin(a))
        for a in turns
    ]


def _cone(scene: Scene, spot: Point) -> None:
    """A traffic cone, built up ring by ring; the right side lies in shade."""
    half = 0.17
    base = [
        Point(spot.x + x * half, 0.02, spot.z + z * half)
        for x, z in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    scene.cast([base, [base[0], base[2], Point(spot.x, 0.6, spot.z)]])
    scene.face(base, (44, 44, 48), 0.5)
    draw = ImageDraw.Draw(scene.image)
    for step in range(64):
        up = 0.03 + step * 0.0088
        radius = 0.125 * (1 - step / 74)
        colour = _WHITE if step in _BANDS else _ORANGE
        for part in range(5):
            light = 0.62 + part * 0.11
            ring = _ring(spot, radius * (1 - part * 0.17), up, -radius * part * 0.1)
            draw.polygon([scene.camera.project(p) for p in ring], fill=shade(colour, light))


def _tape(scene: Scene, pair: tuple[int, int]) -> None:
    """Red and white tape that sags between two cones."""
    (x0, z0), (x1, z1) = (_CONES[number] for number in pair)
    parts = 18

    def spot(part: int, lift: float) -> Point:
        share = part / parts
        sag = 0.1 * math.sin(share * math.pi)
        return Point(x0 + (x1 - x0) * share, 0.5 - sag + lift, z0 + (z1 - z0) * share)

    for part in range(parts):
        quad = [spot(part, 0), spot(part + 1, 0), spot(part + 1, 0.055), spot(part, 0.055)]
        scene.face(quad, (206, 36, 34) if part % 2 else _WHITE, 0.15)


def _board(scene: Scene) -> None:
    """A warning board on the far side of the shaft."""
    left, right, high, near = -0.32, 0.34, 0.62, 2.62
    for x in (left + 0.06, right - 0.06):
        scene.post(Point(x, 0, near - 0.04), Point(x, high, near), 0.02, (70, 72, 76))
    corners = (Point(left, 0.16, near), Point(right, 0.16, near), Point(right, high, near))
    scene.cast([[*corners, Point(left, high, near)]])
    top = Point(left, high, near), Point(right, high, near)
    hang(scene, _sign(), (*top, corners[0]))


def _sign() -> Image.Image:
    plan = Image.new("RGBA", (700, 580), (250, 206, 40, 255))
    draw = ImageDraw.Draw(plan)
    for stripe in range(-1, 12):
        x = stripe * 120
        draw.polygon(
            [(x, 580), (x + 60, 580), (x + 120, 480), (x + 60, 480)], fill=(24, 24, 26, 255)
        )
    draw.rectangle((0, 0, 699, 579), outline=(24, 24, 26, 255), width=14)
    draw.rectangle((14, 470, 685, 482), fill=(24, 24, 26, 255))
    draw.polygon([(350, 40), (590, 446), (110, 446)], fill=(24, 24, 26, 255))
    draw.polygon([(350, 96), (542, 420), (158, 420)], fill=(250, 206, 40, 255))
    draw.rounded_rectangle((330, 190, 370, 330), 18, fill=(24, 24, 26, 255))
    draw.ellipse((328, 350, 372, 394), fill=(24, 24, 26, 255))
    return plan
