"""Defects of the ground: pothole, kerb stone, paving."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from simulator.scenery import textures
from simulator.scenery.camera import Area, Point
from simulator.scenery.kerbside import (
    KERB_AT,
    KERB_HIGH,
    KERB_WIDE,
    kerb_stone,
    kerbside,
    stone_area,
)
from simulator.scenery.masks import moved, only, shrunk, steep
from simulator.scenery.scene import Scene, box, fall, shade

_WORN = ((2, 3), (3, 3), (3, 4), (2, 4), (3, 5), (4, 4), (4, 3), (2, 5), (1, 4), (5, 4))


def pothole(*, mended: bool) -> Scene:
    """A deep hole in the carriageway with a puddle, or a squared patch."""
    scene = kerbside("pothole")
    if mended:
        _patch(scene, Area(-0.72, 1.35, 1.2, 1.05))
        return scene
    _hole(scene, Area(-0.72, 1.4, 1.2, 1.0))
    debris(scene, Point(-0.1, 0, 1.9), 0.8, 46)
    return scene


def kerb_missing(*, mended: bool) -> Scene:
    """One kerb stone gone and another knocked over, or both set again."""
    scene = kerbside("kerb", yaw=24, missing=(2,))
    if mended:
        kerb_stone(scene, 2, 1.16)
        kerb_stone(scene, 1)
        kerb_stone(scene, 0)
        return scene
    _gap(scene, stone_area(2))
    kerb_stone(scene, 1)
    kerb_stone(scene, 0)
    _fallen_stone(scene)
    debris(scene, Point(0.7, 0, 2.1), 0.45, 40, (150, 138, 118))
    return scene


def paving_broken(*, mended: bool) -> Scene:
    """Loose, cracked and missing paving, or paving laid anew."""
    worn = () if mended else _WORN
    scene = kerbside("paving", yaw=42, worn=worn)
    if mended:
        return scene
    left = KERB_AT + KERB_WIDE
    for number, (column, row, turn) in enumerate(
        ((2.3, 4.6, 24), (4.1, 3.4, -17), (1.0, 3.0, 38), (3.4, 5.4, 8))
    ):
        _loose_tile(scene, Point(left + column * 0.25, KERB_HIGH, 0.1 + row * 0.25), turn, number)
    debris(scene, Point(left + 0.8, KERB_HIGH, 1.15), 0.5, 40, (160, 132, 112))
    return scene


def debris(
    scene: Scene,
    centre: Point,
    spread: float,
    count: int,
    colour: textures.Colour = (112, 108, 104),
) -> None:
    """Loose stones around a place, each with its own small shadow."""
    dice = textures.Dice(f"{scene.seed}debris")
    for _ in range(count):
        angle, reach = dice.between(0, math.tau), spread * dice.between(0.62, 1.0)
        size = dice.between(0.008, 0.034)
        spot = Point(
            centre.x + reach * math.cos(angle), centre.y, centre.z + reach * 0.8 * math.sin(angle)
        )
        corners = [
            Point(
                spot.x + size * math.cos(turn) * dice.between(0.7, 1.2),
                spot.y + size * (0.8 if turn < math.pi else 0.1),
                spot.z + size * math.sin(turn),
            )
            for turn in (0.3, 1.4, 2.6, 3.7, 5.2)
        ]
        scene.darken_small([fall(point, centre.y) for point in corners])
        scene.face(corners, shade(colour, dice.between(0.75, 1.3)), 0.4)


def _hole(scene: Scene, area: Area) -> None:
    size = (round(area.width * 620), round(area.depth * 620))
    broken = textures.blob(size, "crumble", 0.15)
    crumbs = Image.new("RGBA", size)
    crumbs.paste(textures.soil(size, "rubble"), mask=broken)
    edge = ImageEnhance.Brightness(textures.asphalt(size, "edge")).enhance(0.62)
    crumbs.paste(edge, mask=textures.rim(broken, 30).point(steep(2.2)))
    inner = shrunk(textures.blob(size, "crumble", 0.15), 0.82)
    dark = Image.new("RGB", size, (20, 17, 15))
    crumbs.paste(dark, mask=textures.rim(inner, 26).point(steep(1.7)))
    lit = moved(inner, (-24, -18))
    crumbs.paste((150, 142, 130), mask=only(inner, lit).point(steep(0.55)))
    shadow = only(inner, moved(inner, (46, 34))).filter(ImageFilter.GaussianBlur(8))
    crumbs.paste(dark, mask=shadow.point(steep(0.9)))
    _puddle(crumbs, shrunk(textures.blob(size, "puddle", 0.1), 0.5))
    scene.lay(crumbs, area)


def _puddle(plan: Image.Image, mask: Image.Image) -> None:
    sky = Image.linear_gradient("L").resize(plan.size)
    water = ImageOps.colorize(sky, (172, 196, 214), (58, 66, 74))
    plan.paste((34, 30, 28), mask=mask.filter(ImageFilter.MaxFilter(9)))
    plan.paste(water, mask=mask.filter(ImageFilter.GaussianBlur(1.5)))
    clouds = textures.layered(plan.size, "clouds", (90, 50)).point([0] * 150 + [120] * 106)
    gleam = Image.composite(clouds, Image.new("L", plan.size), mask)
    plan.paste((236, 242, 246), mask=gleam.filter(ImageFilter.GaussianBlur(9)))


def _patch(scene: Scene, area: Area) -> None:
    size = (round(area.width * 560), round(area.depth * 560))
    plan = Image.new("RGBA", size)
    plan.paste(textures.fresh_asphalt(size, "patch"), (0, 0))
    draw = ImageDraw.Draw(plan)
    draw.rectangle((0, 0, size[0] - 1, size[1] - 1), outline=(20, 20, 22, 255), width=24)
    draw.rectangle((24, 24, size[0] - 25, size[1] - 25), outline=(88, 88, 92, 255), width=3)
    scene.lay(plan, area)


def _gap(scene: Scene, area: Area) -> None:
    """Where a kerb stone was: its bed, and the raw edge of the pavement behind."""
    bed = (round(area.width * 900), round(area.depth * 900))
    scene.lay(textures.soil(bed, "bed"), area, -0.02)
    right, near, far = area.x + area.width, area.near, area.near + area.depth
    bank = [
        Point(right, -0.02, near),
        Point(right, -0.02, far),
        Point(right + 0.03, KERB_HIGH, far),
        Point(right + 0.03, KERB_HIGH, near),
    ]
    scene.face(bank, (104, 84, 64), 1.0)
    far_end = box(Area(area.x, far, area.width, 0.01), -0.02, KERB_HIGH)[1]
    scene.face(far_end, (112, 108, 102), 0.9)
    floor = [
        Point(right, 0, near),
        Point(right, 0, far),
        Point(right - 0.1, 0, far),
        Point(right - 0.1, 0, near),
    ]
    scene.darken([floor], 0.55, 6)


def _fallen_stone(scene: Scene) -> None:
    """The stone lies askew on the carriageway."""
    turn = math.radians(62)
    base, high = Point(0.02, 0, 1.62), 0.15

    def corner(along: float, aside: float, up: float) -> Point:
        return Point(
            base.x + along * math.sin(turn) - aside * math.cos(turn),
            up,
            base.z + along * math.cos(turn) + aside * math.sin(turn),
        )

    long, wide = 0.66, 0.17
    front = [(0, 0, 0), (long, 0, 0), (long - 0.02, 0, high), (0.03, 0, high)]
    end = [(0, 0, 0), (0, wide, 0), (0.05, wide, high), (0.03, 0, high)]
    top = [(0.03, 0, high), (long - 0.02, 0, high), (long + 0.03, wide, high), (0.05, wide, high)]
    faces = [[corner(*spot) for spot in face] for face in (end, front, top)]
    scene.cast(faces)
    for face, light in zip(faces, (0.72, 0.6, 1.0), strict=True):
        scene.face(face, shade((200, 197, 189), light), 0.6)


def _loose_tile(scene: Scene, spot: Point, turn: float, number: int) -> None:
    colour = ((176, 118, 96), (206, 164, 70), (168, 162, 154), (176, 118, 96))[number]
    angle, half = math.radians(turn), 0.118
    lift = (0.05, 0.015, 0.06, 0.03)[number]
    plan = [(-half, -half, 0.0), (half, -half, 0.01), (half, half, lift), (-half, half, lift)]
    top = [
        Point(
            spot.x + x * math.cos(angle) - z * math.sin(angle),
            spot.y + 0.03 + up,
            spot.z + x * math.sin(angle) + z * math.cos(angle),
        )
        for x, z, up in plan
    ]
    scene.cast([top], spot.y)
    edge = [point._replace(y=point.y - 0.03) for point in top]
    for one, two in ((0, 1), (3, 0)):
        scene.face([top[one], top[two], edge[two], edge[one]], shade(colour, 0.5), 0.5)
    scene.face(top, shade(colour, 1.05), 0.6)
    if number == 0:
        scene.line([top[0], spot._replace(y=spot.y + 0.05), top[2]], 0.008, (60, 44, 38))
