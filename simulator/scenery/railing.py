"""The white railing between road and pavement."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulator.scenery.camera import Point
from simulator.scenery.ground import debris
from simulator.scenery.parts import ribbon
from simulator.scenery.scene import Scene, shade
from simulator.scenery.street import street

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.scenery.textures import Colour

_FALLEN, _BENT = 1, 2
_TOP = 0.98
_BARS = tuple(0.12 + number * 0.14 for number in range(10))


def rail_broken(*, mended: bool) -> Scene:
    """A roadside railing with one panel knocked flat and one bent, or whole."""
    scene = street("rail", yaw=-27, pitch=7)
    for number in reversed(range(8)):
        near = 1.5 + number * 1.5
        if not mended and number == _FALLEN:
            _fallen_panel(scene, near)
        else:
            _rail_panel(scene, near, 0.55 if number == _BENT and not mended else 0.0)
    if not mended:
        debris(scene, Point(-1.1, 0, 3.6), 0.5, 26, (196, 196, 196))
    return scene


def _rail_panel(scene: Scene, near: float, bend: float) -> None:
    """One panel of white railing; `bend` pushes its middle over the pavement."""
    white: Colour = (236, 238, 238)

    def spot(along: float, up: float) -> Point:
        push = bend * math.sin(along / 1.5 * math.pi) * up
        return Point(-1.45 + push, up - push * 0.35, near + along)

    scene.cast(_rail_shadow(spot))
    for along in reversed(_BARS):
        scene.post(spot(along, 0.14), spot(along, 1.0), 0.012, white)
    for up in (0.18, 0.62, _TOP):
        for step in range(8):
            one, two = spot(step * 0.1875, up), spot((step + 1) * 0.1875, up)
            quad = [one, two, two._replace(y=two.y + 0.055), one._replace(y=one.y + 0.055)]
            scene.face(quad, shade(white, 0.97 if up == _TOP else 0.86), 0.1)
    for along in (0.0, 1.5):
        scene.post(spot(along, 0), spot(along, 1.14), 0.04, (210, 214, 216))
        scene.post(spot(along, 1.0), spot(along, 1.12), 0.042, (206, 52, 44))


def _rail_shadow(spot: Callable[[float, float], Point]) -> list[list[Point]]:
    shapes = [[spot(a, 0.1), spot(a + 0.03, 0.1), spot(a + 0.03, 1.0), spot(a, 1.0)] for a in _BARS]
    for up in (0.18, 0.98):
        low = [spot(along, up) for along in (0.0, 0.75, 1.5)]
        shapes.append([*low, *(spot(along, up + 0.05) for along in (1.5, 0.75, 0.0))])
    return shapes


def _fallen_panel(scene: Scene, near: float) -> None:
    """A panel torn off its posts, lying on the pavement."""

    def spot(along: float, up: float) -> Point:
        return Point(-1.2 + up * 0.97 + along * 0.12, 0.05, near + 0.12 + along - up * 0.25)

    for up in (0.05, 0.45, 0.85):
        quad = [spot(0, up), spot(1.5, up), spot(1.5, up + 0.07), spot(0, up + 0.07)]
        scene.darken_small([point._replace(x=point.x + 0.05, y=0) for point in quad])
        scene.face(quad, (232, 234, 234), 0.2)
    for along in _BARS:
        ends = spot(along, 0.0), spot(along, 0.95)
        scene.darken_small([p._replace(x=p.x + 0.05, y=0) for p in ribbon(*ends, 0.012)])
        scene.post(*ends, 0.013, (224, 226, 226))
    stump = Point(-1.45, 0, near)
    scene.post(stump, Point(-1.32, 0.34, near), 0.04, (210, 214, 216))
