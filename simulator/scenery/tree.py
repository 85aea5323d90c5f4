"""The street tree and its torn branch."""

from __future__ import annotations

from PIL import ImageDraw

from simulator.scenery import textures
from simulator.scenery.camera import Area, Point
from simulator.scenery.parts import ribbon
from simulator.scenery.scene import Scene, box, shade
from simulator.scenery.street import foliage, street
from simulator.scenery.textures import Colour, Dice

_BARK: Colour = (112, 88, 66)


_WOOD: Colour = (226, 190, 138)


def tree_broken(*, mended: bool) -> Scene:
    """A street tree with a big branch torn off over the pavement, or cut clean."""
    scene = street("tree", yaw=4, pitch=-4)
    foot, fork = Point(1.3, 0, 5.2), Point(1.24, 2.3, 5.2)
    scene.darken(
        [[Point(-0.4, 0, 4.9), Point(2.2, 0, 4.4), Point(3.0, 0, 7.5), Point(0.2, 0, 7.6)]],
        0.34,
        26,
    )
    _tree_pit(scene, foot)
    foliage(scene, Point(1.6, 4.1, 5.6), (2.0, 1.35), 900)
    scene.post(foot, fork, 0.17, _BARK)
    scene.post(fork, Point(2.1, 3.7, 5.4), 0.1, _BARK)
    scene.post(fork, Point(1.1, 3.9, 5.3), 0.11, _BARK)
    foliage(scene, Point(1.9, 4.3, 5.1), (1.7, 0.95), 700)
    stump = Point(0.83, 2.62, 5.15)
    scene.post(Point(1.22, 2.2, 5.18), stump, 0.1, _BARK)
    if mended:
        _cut(scene, stump)
        return scene
    _torn_branch(scene)
    return scene


def _tree_pit(scene: Scene, foot: Point) -> None:
    area = Area(foot.x - 0.55, foot.z - 0.45, 1.1, 0.95)
    scene.lay(textures.soil((500, 430), "pit"), area)
    for left, front, top in (box(Area(area.x, area.near, area.width, 0.07), 0, 0.06),):
        scene.face(left, (130, 126, 120), 0.5)
        scene.face(front, (150, 146, 140), 0.5)
        scene.face(top, (196, 192, 186), 0.5)


def _cut(scene: Scene, stump: Point) -> None:
    x, y = scene.camera.project(stump)
    r = 0.105 * scene.camera.size_at(stump)
    draw = ImageDraw.Draw(scene.image)
    draw.ellipse((x - r * 0.8, y - r, x + r * 0.8, y + r), fill=shade(_BARK, 0.7))
    for ring, tone in ((0.86, 1.0), (0.6, 0.9), (0.52, 1.0), (0.3, 0.9), (0.22, 1.02)):
        reach = r * ring
        draw.ellipse(
            (x - reach * 0.8, y - reach, x + reach * 0.8, y + reach), fill=shade(_WOOD, tone)
        )


def _torn_branch(scene: Scene) -> None:
    """Splinters at the stump, the branch hanging down to the ground with its leaves."""
    elbow, tip = Point(-0.25, 1.3, 4.8), Point(-1.05, 0.12, 4.4)
    scene.cast([ribbon(Point(0.6, 2.3, 5.0), elbow, 0.08), ribbon(elbow, tip, 0.08)])
    scene.darken(
        [[Point(-1.6, 0, 3.9), Point(0.3, 0, 3.9), Point(0.6, 0, 4.9), Point(-1.4, 0, 5.0)]],
        0.45,
        18,
    )
    foliage(scene, Point(-0.9, 0.55, 4.6), (0.95, 0.5), 420)
    scene.post(Point(0.66, 2.36, 5.05), elbow, 0.085, _BARK)
    scene.post(elbow, tip, 0.06, _BARK)
    scene.post(elbow, Point(-0.9, 0.9, 4.6), 0.035, _BARK)
    foliage(scene, Point(-0.75, 0.42, 4.1), (0.85, 0.4), 420)
    scene.face(
        [
            Point(0.86, 2.74, 5.1),
            Point(0.93, 2.5, 5.1),
            Point(0.6, 2.42, 5.0),
            Point(0.72, 2.6, 5.0),
        ],
        _WOOD,
        0.6,
    )
    dice = Dice("splinters")
    for number in range(15):
        start = Point(0.92 - number * 0.006, 2.72 - number * 0.017, 5.1)
        end = Point(start.x - dice.between(0.12, 0.36), start.y + dice.between(-0.16, 0.1), 5.05)
        scene.face(
            [start, end, start._replace(y=start.y - 0.05)],
            shade(_WOOD, dice.between(0.7, 1.1)),
            0.3,
        )
