"""A pinhole camera over a flat street, so that before and after are seen from one place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple


class Point(NamedTuple):
    """A place in the street, in metres: x to the right, y up, z ahead."""

    x: float
    y: float
    z: float


class Area(NamedTuple):
    """A rectangle on a level plane, in metres: from (x, near) over its width and depth."""

    x: float
    near: float
    width: float
    depth: float


@dataclass(frozen=True, kw_only=True)
class Camera:
    """Where the photographer stands: metres above the road, degrees down and to the right."""

    width: int
    height: int
    eye: float
    pitch: float
    yaw: float
    focal: float

    def project(self, point: Point) -> tuple[float, float]:
        """The pixel at which the point appears; it must lie before the camera."""
        yaw, pitch = math.radians(self.yaw), math.radians(self.pitch)
        across = point.x * math.cos(yaw) - point.z * math.sin(yaw)
        ahead = point.x * math.sin(yaw) + point.z * math.cos(yaw)
        drop = self.eye - point.y
        depth = max(0.05, ahead * math.cos(pitch) + drop * math.sin(pitch))
        down = drop * math.cos(pitch) - ahead * math.sin(pitch)
        return (
            self.width / 2 + self.focal * across / depth,
            self.height / 2 + self.focal * down / depth,
        )

    def size_at(self, point: Point) -> float:
        """How many pixels one metre measures there, across the view."""
        left, _ = self.project(point)
        yaw = math.radians(self.yaw)
        beside = Point(point.x + math.cos(yaw), point.y, point.z - math.sin(yaw))
        return self.project(beside)[0] - left

    def horizon(self) -> float:
        """The row of the horizon; it may lie outside of the picture."""
        return self.height / 2 - self.focal * math.tan(math.radians(self.pitch))

    def plane(self, area: Area, level: float, plan: tuple[int, int]) -> tuple[float, ...]:
        """Pillow's eight numbers that warp a plan of the area; `plan` is its size in pixels."""
        yaw, pitch = math.radians(self.yaw), math.radians(self.pitch)
        rise = self.eye - level
        across = (rise, 0.0, -rise * self.width / 2)
        ahead = (
            0.0,
            -rise * math.sin(pitch),
            rise * (self.focal * math.cos(pitch) + self.height / 2 * math.sin(pitch)),
        )
        depth = (
            0.0,
            math.cos(pitch),
            self.focal * math.sin(pitch) - math.cos(pitch) * self.height / 2,
        )
        x = _mix(across, math.cos(yaw), ahead, math.sin(yaw))
        z = _mix(across, -math.sin(yaw), ahead, math.cos(yaw))
        fine, deep = plan[0] / area.width, plan[1] / area.depth
        column = _mix(x, fine, depth, -area.x * fine)
        row = _mix(z, -deep, depth, (area.near + area.depth) * deep)
        whole = depth[2]
        return tuple(n / whole for n in (*column, *row, depth[0], depth[1]))


def _mix(
    one: tuple[float, float, float],
    by: float,
    two: tuple[float, float, float],
    with_: float,
) -> tuple[float, float, float]:
    first, second, third = (a * by + b * with_ for a, b in zip(one, two, strict=True))
    return first, second, third
