"""Things on posts: the street-name plate and the lamp."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter

from simulator.scenery.camera import Area, Point
from simulator.scenery.ground import debris
from simulator.scenery.parts import Lean, block, hang, ribbon
from simulator.scenery.street import street
from simulator.scenery.strokes import write
from simulator.scenery.textures import Colour, Dice

if TYPE_CHECKING:
    from simulator.scenery.scene import Scene

_STEEL: Colour = (188, 192, 196)


def sign_tilted(*, mended: bool) -> Scene:
    """A street-name plate whose posts lean over, or stand upright."""
    scene = street("sign", yaw=3, pitch=-1.5)
    lean = Lean(Point(0.25, 0, 4.5), 0 if mended else 27)
    posts = [(lean.at(side, 0), lean.at(side, 2.5)) for side in (-0.42, 0.42)]
    scene.cast([ribbon(foot, head, 0.05) for foot, head in posts])
    scene.cast(
        [[lean.at(-0.75, 1.9), lean.at(0.75, 1.9), lean.at(0.75, 2.45), lean.at(-0.75, 2.45)]]
    )
    if not mended:
        base = Point(0.25, 0, 4.45)
        debris(scene, base, 0.5, 46, (150, 142, 132))
        _rubble(scene, base)
    for foot, head in posts:
        scene.post(foot, head, 0.035, _STEEL)
    hang(scene, _plate(), (lean.at(-0.78, 2.5), lean.at(0.78, 2.5), lean.at(-0.78, 1.9)))
    return scene


def lamp_leaning(*, mended: bool) -> Scene:
    """A lamp post that leans, its hatch open and a wire hanging bare, or a sound one."""
    scene = street("lamp", yaw=1, pitch=-8)
    lean = Lean(Point(0.7, 0, 5.9), 0 if mended else -17)
    foot, head = lean.at(0, 0), lean.at(0, 4.1)
    scene.cast([ribbon(foot, head, 0.07)])
    block(scene, Area(foot.x - 0.22, 5.72, 0.44, 0.36), (0, 0.12), (176, 172, 166))
    scene.post(foot, head, 0.062, (86, 98, 108))
    scene.post(lean.at(0, 0), lean.at(0, 0.95), 0.095, (76, 88, 98))
    scene.post(lean.at(-0.02, 4.08), lean.at(-1.0, 4.28), 0.035, (86, 98, 108))
    _lantern(scene, lean)
    _hatch(scene, lean, open_=not mended)
    if not mended:
        _bare_wire(scene, lean)
        debris(scene, foot, 0.5, 40, (150, 142, 132))
    return scene


def _plate() -> Image.Image:
    plan = Image.new("RGBA", (1040, 400))
    draw = ImageDraw.Draw(plan)
    draw.rounded_rectangle((0, 0, 1039, 399), 34, fill=(236, 238, 240, 255))
    draw.rounded_rectangle((12, 12, 1027, 387), 26, fill=(26, 82, 164, 255))
    write(draw, "金城路", (250, 48), 170)
    write(draw, "JINCHENG LU", (300, 282), 70)
    sheen = Image.linear_gradient("L").resize(plan.size).point([40 - v // 7 for v in range(256)])
    plan.paste(
        (255, 255, 255, 255),
        mask=Image.composite(sheen, Image.new("L", plan.size), plan.getchannel("A")),
    )
    return plan


def _rubble(scene: Scene, base: Point) -> None:
    for x, z, wide, high in (
        (-0.62, 0.0, 0.34, 0.1),
        (0.22, -0.06, 0.42, 0.14),
        (-0.1, 0.1, 0.3, 0.08),
    ):
        block(scene, Area(base.x + x, base.z + z, wide, 0.24), (0, high), (168, 162, 152))


def _lantern(scene: Scene, lean: Lean) -> None:
    outline = [
        lean.at(-0.62, 4.28),
        lean.at(-1.32, 4.36),
        lean.at(-1.36, 4.26),
        lean.at(-0.62, 4.12),
    ]
    scene.face(outline, (120, 130, 138), 0.2)
    glass = [lean.at(-0.76, 4.14), lean.at(-1.32, 4.25), lean.at(-1.2, 4.1), lean.at(-0.86, 4.04)]
    scene.face(glass, (244, 238, 206), 0.1)


def _hatch(scene: Scene, lean: Lean, *, open_: bool) -> None:
    door = [lean.at(-0.05, 0.4), lean.at(0.05, 0.4), lean.at(0.05, 0.78), lean.at(-0.05, 0.78)]
    scene.face(door, (16, 16, 18) if open_ else (68, 80, 90), 0.2)
    if open_:
        leaf = [lean.at(0.1, 0.4), lean.at(0.26, 0.34), lean.at(0.26, 0.74), lean.at(0.1, 0.78)]
        scene.face(leaf, (112, 124, 134), 0.4)


def _bare_wire(scene: Scene, lean: Lean) -> None:
    """Wires out of the hatch, and the torn feed hanging from the arm."""
    wires = (((210, 44, 40), -0.22), ((236, 196, 40), -0.36), ((44, 96, 190), -0.12))
    for number, (colour, reach) in enumerate(wires):
        start = 0.7 - number * 0.08
        curve = [
            lean.at(0, start),
            lean.at(reach * 0.5, start - 0.02),
            lean.at(reach * 0.9, start - 0.2),
        ]
        end = lean.at(reach, start - 0.42)
        scene.line([*curve, end], 0.026, colour)
        scene.line([end, Point(end.x - 0.02, end.y - 0.07, end.z)], 0.02, (222, 138, 74))
    top = lean.at(-0.5, 4.2)
    sag = [
        Point(top.x - 0.05 * n + 0.22 * math.sin(n * 0.55), top.y - n * 0.36, top.z - 0.1)
        for n in range(8)
    ]
    scene.line([top, *sag], 0.036, (22, 22, 24))
    tip = sag[-1]
    for spread in (-0.09, 0.0, 0.1):
        scene.line([tip, Point(tip.x + spread, tip.y - 0.17, tip.z)], 0.018, (228, 144, 78))
    _sparks(scene, Point(tip.x, tip.y - 0.2, tip.z))


def _sparks(scene: Scene, spot: Point) -> None:
    x, y = scene.camera.project(spot)
    scale = scene.camera.size_at(spot)
    glow = Image.new("L", scene.size)
    draw = ImageDraw.Draw(glow)
    draw.ellipse((x - scale * 0.1, y - scale * 0.1, x + scale * 0.1, y + scale * 0.1), fill=210)
    scene.image.paste((255, 236, 170), mask=glow.filter(ImageFilter.GaussianBlur(scale * 0.07)))
    dice = Dice(f"{scene.seed}sparks")
    pen = ImageDraw.Draw(scene.image)
    for _ in range(13):
        angle, reach = dice.between(0, math.tau), scale * dice.between(0.08, 0.22)
        end = (x + reach * math.cos(angle), y + reach * math.sin(angle))
        pen.line((x, y, *end), fill=(255, 246, 206), width=3)
