"""Parts that several standing things share: a tilt, a hung board, a block, a shadow strip."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from simulator.scenery.camera import Area, Point
from simulator.scenery.scene import Scene, box, shade

if TYPE_CHECKING:
    from simulator.scenery.textures import Colour


@dataclass(frozen=True)
class Lean:
    """A thing that tilts sideways around its foot, by degrees (clockwise to the right)."""

    foot: Point
    degrees: float

    def at(self, across: float, up: float) -> Point:
        """The place of a point given from the foot, before the tilt."""
        turn = math.radians(self.degrees)
        return Point(
            self.foot.x + across * math.cos(turn) + up * math.sin(turn),
            self.foot.y + up * math.cos(turn) - across * math.sin(turn),
            self.foot.z,
        )


def hang(scene: Scene, plan: Image.Image, corners: tuple[Point, Point, Point]) -> None:
    """Hang a flat board by its top left, top right and bottom left corners."""
    (ax, ay), (bx, by), (cx, cy) = (scene.camera.project(corner) for corner in corners)
    wide, high = plan.size
    ux, uy, vx, vy = (bx - ax) / wide, (by - ay) / wide, (cx - ax) / high, (cy - ay) / high
    whole = ux * vy - vx * uy
    a, b, d, e = vy / whole, -vx / whole, -uy / whole, ux / whole
    data = (a, b, -a * ax - b * ay, d, e, -d * ax - e * ay)
    flat = plan.transform(scene.size, Image.Transform.AFFINE, data, Image.Resampling.BICUBIC)
    scene.image.paste(flat, mask=flat.getchannel("A"))


def block(scene: Scene, area: Area, up: tuple[float, float], colour: Colour) -> None:
    """A lit block on the ground with its shadow."""
    left, front, top = box(area, *up)
    scene.cast([left, front])
    scene.face(front, shade(colour, 0.82), 0.7)
    scene.face(left, shade(colour, 0.66), 0.7)
    scene.face(top, shade(colour, 1.06), 0.5)


def ribbon(foot: Point, head: Point, half: float) -> list[Point]:
    """A flat strip between two points, for shadows of thin things."""
    return [
        foot._replace(x=foot.x - half),
        foot._replace(x=foot.x + half),
        head._replace(x=head.x + half),
        head._replace(x=head.x - half),
    ]
