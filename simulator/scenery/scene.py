"""One picture in the making: plans laid on the ground, faces, posts, shadows, a last finish."""

from __future__ import annotations

import io
import math
from copy import copy
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from simulator.scenery import textures
from simulator.scenery.camera import Area, Camera, Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.scenery.textures import Colour

WIDTH, HEIGHT = 1280, 960
# Drawn larger and shrunk at the end: that smooths every edge.
OVERSIZE = 1.25

_SUN = (0.55, 0.28)  # metres of shadow per metre of height, across and ahead


class Scene:
    """A canvas seen by a camera; everything is placed in metres."""

    def __init__(self, seed: str, *, eye: float, pitch: float, yaw: float, focal: float) -> None:
        self.seed = seed
        self.camera = Camera(
            width=round(WIDTH * OVERSIZE),
            height=round(HEIGHT * OVERSIZE),
            eye=eye,
            pitch=pitch,
            yaw=yaw,
            focal=focal * OVERSIZE,
        )
        self.size = (self.camera.width, self.camera.height)
        self.image = Image.new("RGB", self.size, (120, 120, 120))
        self._parts = 0

    def again(self) -> Scene:
        """The same scene as it stands, to go on from by itself."""
        other = copy(self)
        other.image = self.image.copy()
        return other

    def lay(self, plan: Image.Image, area: Area, level: float = 0.0) -> None:
        """Lay a plan (seen from above, far side up) on a level; its alpha is kept."""
        flat = plan if plan.mode == "RGBA" else plan.convert("RGBA")
        warped = flat.transform(
            self.size,
            Image.Transform.PERSPECTIVE,
            self.camera.plane(area, level, plan.size),
            Image.Resampling.BILINEAR,
        )
        sky = math.ceil(self.camera.horizon()) + 1
        if sky > 0:
            warped.paste((0, 0, 0, 0), (0, 0, self.size[0], sky))
        self.image.paste(warped, mask=warped.getchannel("A"))

    def face(self, points: Sequence[Point], colour: Colour, rough: float = 0.5) -> None:
        """Fill a flat face, with a little grain."""
        outline = [self.camera.project(point) for point in points]
        self.fill(outline, colour, rough)

    def fill(self, outline: Sequence[tuple[float, float]], colour: Colour, rough: float) -> None:
        """Fill a polygon given in pixels."""
        self._parts += 1
        left, top, right, bottom = self._around([outline], 0)
        if right <= left or bottom <= top:
            return
        size = (right - left, bottom - top)
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in outline], fill=255)
        surface = Image.new("RGB", size, colour)
        if rough > 0:
            grain = textures.layered(size, f"{self.seed}{self._parts}", (2.2, 7, 40))
            dark = Image.new("RGB", size, shade(colour, 1 - 0.3 * rough))
            surface = Image.composite(surface, dark, grain)
        self.image.paste(surface, (left, top), mask)

    def post(self, foot: Point, head: Point, radius: float, colour: Colour) -> None:
        """A round post between two points, lit from the left."""
        (x0, y0), (x1, y1) = self.camera.project(foot), self.camera.project(head)
        wide0 = radius * self.camera.size_at(foot)
        wide1 = radius * self.camera.size_at(head)
        length = math.hypot(x1 - x0, y1 - y0) or 1.0
        nx, ny = (y1 - y0) / length, -(x1 - x0) / length
        if nx > 0:
            nx, ny = -nx, -ny
        strips = 9
        for strip in range(strips):
            near, far = 1 - 2 * strip / strips, 1 - 2 * (strip + 1) / strips
            light = 0.62 + 0.55 * math.cos((near - 0.45) * 1.35) - 0.12
            corners = [
                (x0 + nx * wide0 * near, y0 + ny * wide0 * near),
                (x1 + nx * wide1 * near, y1 + ny * wide1 * near),
                (x1 + nx * wide1 * far, y1 + ny * wide1 * far),
                (x0 + nx * wide0 * far, y0 + ny * wide0 * far),
            ]
            ImageDraw.Draw(self.image).polygon(corners, fill=shade(colour, light))

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """A thin line, `width` in metres."""
        pixels = max(1, round(width * self.camera.size_at(points[0])))
        drawn = [self.camera.project(point) for point in points]
        ImageDraw.Draw(self.image).line(drawn, fill=colour, width=pixels, joint="curve")

    def darken(self, shapes: Sequence[Sequence[Point]], strength: float, soft: float) -> None:
        """Darken polygons; `soft` is the blur in pixels."""
        outlines = [[self.camera.project(point) for point in shape] for shape in shapes]
        left, top, right, bottom = self._around(outlines, round(soft * 3))
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        draw = ImageDraw.Draw(mask)
        for outline in outlines:
            draw.polygon([(x - left, y - top) for x, y in outline], fill=255)
        part = self.image.crop((left, top, right, bottom))
        night = ImageEnhance.Brightness(part).enhance(1 - strength)
        cool = Image.blend(night, Image.new("RGB", part.size, (18, 26, 48)), 0.08)
        part.paste(cool, mask=mask.filter(ImageFilter.GaussianBlur(soft)))
        self.image.paste(part, (left, top))

    def _around(
        self, outlines: Sequence[Sequence[tuple[float, float]]], margin: int
    ) -> tuple[int, int, int, int]:
        """The part of the canvas that holds the outlines."""
        across = [x for outline in outlines for x, _ in outline]
        down = [y for outline in outlines for _, y in outline]
        return (
            max(0, math.floor(min(across)) - margin),
            max(0, math.floor(min(down)) - margin),
            min(self.size[0], math.ceil(max(across)) + margin + 1),
            min(self.size[1], math.ceil(max(down)) + margin + 1),
        )

    def cast(self, shapes: Sequence[Sequence[Point]], level: float = 0.0) -> None:
        """Let things throw their shadow on the ground."""
        fallen = [[fall(point, level) for point in shape] for shape in shapes]
        self.darken(fallen, 0.5, 4)

    def darken_small(self, shape: Sequence[Point]) -> None:
        """A small hard shadow, cheap enough to draw by the dozen."""
        overlay = ImageDraw.Draw(self.image, "RGBA")
        overlay.polygon([self.camera.project(point) for point in shape], fill=(10, 12, 20, 110))

    def finish(self) -> bytes:
        """Light falling off to the corners, film grain, shrunk: the JPEG bytes."""
        image = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        dim = Image.radial_gradient("L").resize((WIDTH, HEIGHT)).point(_VIGNETTE)
        image = ImageChops.multiply(image, Image.merge("RGB", (dim, dim, dim)))
        grain = textures.noise((WIDTH, HEIGHT), f"{self.seed}film", 1.3)
        film = Image.merge("RGB", (grain, grain, grain))
        image = Image.blend(image, ImageChops.soft_light(image, film), 0.14)
        image = ImageEnhance.Brightness(image).enhance(1.2)
        image = ImageEnhance.Color(image).enhance(1.05).convert("RGB", _WARM)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=86, optimize=True)
        return out.getvalue()


_WARM = (1.03, 0, 0, 2, 0, 1.0, 0, 1, 0, 0, 0.94, 0)
_VIGNETTE = [round(255 - 70 * (value / 255) ** 2.2) for value in range(256)]


def shade(colour: Colour, light: float) -> Colour:
    """The colour made lighter (> 1) or darker (< 1)."""
    red, green, blue = (max(0, min(255, round(part * light))) for part in colour)
    return red, green, blue


def fall(point: Point, level: float = 0.0) -> Point:
    """Where the point's shadow meets the ground."""
    height = max(0.0, point.y - level)
    return Point(point.x + height * _SUN[0], level, point.z + height * _SUN[1])


def box(area: Area, bottom: float, top: float) -> list[list[Point]]:
    """The faces of a box that a camera before and left of it sees: left, front, top."""
    left, right = area.x, area.x + area.width
    near, far = area.near, area.near + area.depth
    return [
        [
            Point(left, bottom, near),
            Point(left, bottom, far),
            Point(left, top, far),
            Point(left, top, near),
        ],
        [
            Point(left, bottom, near),
            Point(right, bottom, near),
            Point(right, top, near),
            Point(left, top, near),
        ],
        [
            Point(left, top, near),
            Point(right, top, near),
            Point(right, top, far),
            Point(left, top, far),
        ],
    ]
