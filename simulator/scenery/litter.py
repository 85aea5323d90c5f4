"""The twin litter bin, with or without what lies around it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageFilter

from simulator.scenery import textures
from simulator.scenery.camera import Area, Point
from simulator.scenery.scene import Scene, box, shade
from simulator.scenery.street import street

if TYPE_CHECKING:
    from simulator.scenery.textures import Colour


def bin_overflowing(*, mended: bool) -> Scene:
    """A twin litter bin buried in bags and cartons, or empty and clean."""
    scene = street("bin", yaw=6, pitch=9)
    for left, colour in ((-0.42, (54, 104, 78)), (0.36, (70, 90, 128))):
        _bin(scene, left, colour, full=not mended)
    if not mended:
        _litter(scene)
    return scene


def _bin(scene: Scene, left: float, colour: Colour, *, full: bool) -> None:
    area = Area(left, 3.0, 0.68, 0.5)
    faces = box(area, 0.08, 0.98)
    scene.cast(faces)
    scene.darken(
        [
            [
                Point(left, 0, 2.97),
                Point(left + 0.68, 0, 2.97),
                Point(left + 0.7, 0, 3.4),
                Point(left, 0, 3.4),
            ]
        ],
        0.6,
        8,
    )
    for face, light in zip(faces, (0.62, 0.95, 1.2), strict=True):
        scene.face(face, shade(colour, light), 0.35)
    for height in (0.3, 0.5):
        rib = [
            Point(left + 0.05, height, 2.995),
            Point(left + 0.63, height, 2.995),
            Point(left + 0.63, height + 0.02, 2.995),
            Point(left + 0.05, height + 0.02, 2.995),
        ]
        scene.face(rib, shade(colour, 0.72), 0.2)
    mouth = [
        Point(left + 0.08, 0.66, 2.99),
        Point(left + 0.6, 0.66, 2.99),
        Point(left + 0.6, 0.88, 2.99),
        Point(left + 0.08, 0.88, 2.99),
    ]
    scene.face(mouth, (18, 20, 22), 0.2)
    if not full:
        flap = [*mouth[:2], mouth[1]._replace(y=0.84, z=2.95), mouth[0]._replace(y=0.84, z=2.95)]
        scene.face(flap, shade(colour, 1.35), 0.2)
    for step in (0.04, 0.56):
        _foot(scene, left + step)


def _foot(scene: Scene, left: float) -> None:
    scene.face(box(Area(left, 3.0, 0.08, 0.1), 0, 0.09)[1], (44, 46, 48), 0.3)


_BAGS = (
    (-0.12, 0.86, 3.2, 0.24, (40, 42, 46)),
    (0.3, 0.84, 3.15, 0.24, (150, 48, 42)),
    (0.72, 0.86, 3.2, 0.28, (226, 228, 226)),
    (0.62, 0.62, 2.95, 0.17, (222, 222, 214)),
    (-0.16, 0.62, 2.95, 0.16, (92, 150, 190)),
    (-0.66, 0.0, 3.1, 0.32, (44, 46, 50)),
    (1.22, 0.0, 3.05, 0.3, (214, 214, 206)),
    (-0.2, 0.0, 2.72, 0.26, (60, 62, 66)),
    (0.42, 0.0, 2.66, 0.24, (150, 58, 48)),
    (0.86, 0.0, 2.6, 0.22, (88, 140, 92)),
)


def _litter(scene: Scene) -> None:
    for x, y, z, size, colour in _BAGS:
        _bag(scene, Point(x, y, z), size, colour)
    for x, z, turn, colour in (
        (-0.62, 2.35, 0.5, (186, 142, 92)),
        (0.1, 2.2, -0.3, (228, 226, 218)),
        (1.3, 2.45, 0.8, (186, 142, 92)),
        (-0.95, 2.75, 1.1, (226, 222, 210)),
        (0.72, 2.12, 0.2, (166, 54, 48)),
    ):
        _carton(scene, Point(x, 0, z), turn, colour)


def _bag(scene: Scene, spot: Point, size: float, colour: Colour) -> None:
    """A knotted plastic bag, lit from the left, with folds."""
    x, y = scene.camera.project(spot)
    r = size * scene.camera.size_at(spot)
    if spot.y == 0:
        scene.darken(
            [
                [
                    Point(spot.x + a * size, 0, spot.z + b * size)
                    for a, b in ((-0.9, -0.3), (1.0, -0.3), (1.7, 0.6), (0.0, 0.6))
                ]
            ],
            0.5,
            8,
        )
    side = round(2.6 * r)
    mask = textures.blob((side, side), f"bag{spot}", 0.1)
    mask = Image.composite(mask, Image.new("L", mask.size), mask)
    folds = textures.layered((side, side), f"folds{spot}", (r * 0.16, r * 0.5)).filter(
        ImageFilter.GaussianBlur(2)
    )
    light = (
        Image.radial_gradient("L")
        .resize((side * 2, side * 2))
        .crop((round(side * 0.62), round(side * 0.66), round(side * 1.62), round(side * 1.66)))
    )
    tone = Image.blend(folds, light.point([255 - v for v in range(256)]), 0.62)
    skin = Image.composite(
        Image.new("RGB", mask.size, shade(colour, 1.35)),
        Image.new("RGB", mask.size, shade(colour, 0.32)),
        tone,
    )
    squeeze = (side, round(side * 0.86))
    scene.image.paste(
        skin.resize(squeeze),
        (round(x - side / 2), round(y - squeeze[1] * 0.92)),
        mask.resize(squeeze),
    )
    top = y - squeeze[1] * 0.86
    knot = [
        (x - r * 0.1, top + r * 0.1),
        (x - r * 0.3, top - r * 0.28),
        (x, top - r * 0.08),
        (x + r * 0.26, top - r * 0.3),
        (x + r * 0.12, top + r * 0.1),
    ]
    scene.fill(knot, shade(colour, 0.85), 0.4)


def _carton(scene: Scene, spot: Point, turn: float, colour: Colour) -> None:
    cos, sin = math.cos(turn), math.sin(turn)

    def corner(x: float, z: float, up: float) -> Point:
        return Point(spot.x + x * cos - z * sin, up, spot.z + x * sin + z * cos)

    floor = [(-0.13, -0.09), (0.13, -0.09), (0.13, 0.09), (-0.13, 0.09)]
    top = [corner(x, z, 0.1) for x, z in floor]
    foot = [corner(x, z, 0.0) for x, z in floor]
    scene.cast([top])
    for one, two, light in ((3, 0, 0.6), (0, 1, 0.78), (1, 2, 0.66)):
        scene.face([foot[one], foot[two], top[two], top[one]], shade(colour, light), 0.5)
    scene.face(top, shade(colour, 1.08), 0.4)
