"""The standing scenes stand here: pavement, kerb, road, houses across, trees, a soft sky."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from simulator.scenery import textures
from simulator.scenery.camera import Area, Point
from simulator.scenery.scene import Scene, shade
from simulator.scenery.textures import Colour, Dice

KERB_AT = -1.7
LAWN_AT = 2.3

_HAZE: Colour = (206, 216, 222)
_ROAD_LEVEL = -0.14
_FACADE_AT = -12.0


def street(seed: str, *, yaw: float = 0.0, pitch: float = 0.0) -> Scene:
    """Stand on the pavement and look along the street; pitch below zero looks up."""
    return _bare_street(seed, yaw, pitch).again()


@lru_cache(maxsize=1)
def _bare_street(seed: str, yaw: float, pitch: float) -> Scene:
    """Before and after a repair it is the same, and most of the work."""
    scene = Scene(seed, eye=1.6, pitch=pitch, yaw=yaw, focal=1050)
    _sky(scene)
    _houses(scene)
    _far_trees(scene)
    _blurred(scene, 2.6)
    _ground(scene)
    return scene


def foliage(scene: Scene, centre: Point, reach: tuple[float, float], leaves: int) -> None:
    """A crown of leaves: dark ones first, then lighter ones towards the sun."""
    x, y = scene.camera.project(centre)
    scale = scene.camera.size_at(centre)
    wide, high = reach[0] * scale, reach[1] * scale
    dice = Dice(f"{scene.seed}{centre}")
    draw = ImageDraw.Draw(scene.image)
    for number in range(leaves):
        light = number / leaves
        across = dice.between(-1, 1)
        limit = (1 - across * across) ** 0.5
        up = dice.between(-limit, limit)
        at_x = x + (across * (1 - 0.25 * light) - 0.12 * light) * wide
        at_y = y + (up * (1 - 0.25 * light) - 0.18 * light) * high
        size = dice.between(0.5, 1.0) * scale * (0.13 - 0.06 * light)
        tone = 0.5 + 0.75 * light + dice.between(-0.14, 0.14)
        colour = shade((74, 112, 46), tone)
        flat = dice.between(0.6, 1.0)
        draw.ellipse(
            (at_x - size, at_y - size * flat, at_x + size, at_y + size * flat), fill=colour
        )


def _sky(scene: Scene) -> None:
    width, height = scene.size
    fade = Image.linear_gradient("L").resize(scene.size)
    sky = ImageOps.colorize(fade, (112, 158, 206), (226, 234, 236))
    clouds = textures.layered((width // 4, height), f"{scene.seed}sky", (150, 70, 34))
    veil = clouds.point([max(0, min(190, (value - 120) * 2)) for value in range(256)])
    veil = veil.resize(scene.size).filter(ImageFilter.GaussianBlur(12))
    sky.paste((240, 243, 244), mask=veil)
    scene.image.paste(sky)


def _houses(scene: Scene) -> None:
    """Facades across the road, running away from the viewer."""
    dice = Dice(f"{scene.seed}houses")
    walls: tuple[Colour, ...] = ((206, 190, 164), (190, 178, 170), (214, 204, 190), (184, 150, 128))
    draw = ImageDraw.Draw(scene.image)
    for number in reversed(range(7)):
        near = 3.0 + number * 11
        high = dice.between(8.5, 15)
        mist = min(0.75, number * 0.13)
        wall = _misty(walls[number % 4], mist)
        _panel(scene, draw, (near, near + 11), (0, high), wall)
        _panel(scene, draw, (near, near + 11), (0, 3.1), shade(wall, 0.78))
        for floor in range(1, int(high / 3.1)):
            for window in range(4):
                at = near + 0.9 + window * 2.5
                glass = _misty((84, 104, 122), mist + dice.between(0, 0.2))
                _panel(scene, draw, (at, at + 1.5), (floor * 3.1 + 0.8, floor * 3.1 + 2.4), glass)


def _panel(
    scene: Scene,
    draw: ImageDraw.ImageDraw,
    along: tuple[float, float],
    up: tuple[float, float],
    colour: Colour,
) -> None:
    spots = ((along[0], up[0]), (along[1], up[0]), (along[1], up[1]), (along[0], up[1]))
    draw.polygon([scene.camera.project(Point(_FACADE_AT, y, z)) for z, y in spots], fill=colour)


def _far_trees(scene: Scene) -> None:
    """A belt of trees at the end of the street and beside the lawn."""
    dice = Dice(f"{scene.seed}belt")
    spots = [Point(dice.between(-16, 34), dice.between(1.5, 3.2), 58) for _ in range(26)]
    spots += [Point(5.5 + dice.between(-0.5, 2), 3.0, 44 - number * 4.4) for number in range(9)]
    draw = ImageDraw.Draw(scene.image)
    for spot in sorted(spots, key=lambda point: -point.z):
        mist = min(0.7, spot.z / 75)
        scale = scene.camera.size_at(spot)
        x, y = scene.camera.project(spot)
        for leaf in range(70):
            size = dice.between(0.25, 0.7) * scale
            at_x, at_y = x + dice.between(-1.7, 1.7) * scale, y + dice.between(-1.6, 1.9) * scale
            colour = _misty(shade((70, 100, 50), 0.7 + leaf / 130), mist)
            draw.ellipse((at_x - size, at_y - size * 0.8, at_x + size, at_y + size * 0.8), colour)


def _ground(scene: Scene) -> None:
    far = textures.asphalt((700, 1500), f"{scene.seed}far").resize((350, 1500))
    scene.lay(far, Area(_FACADE_AT - 8, 1, 18.4, 78), _ROAD_LEVEL)
    near = textures.asphalt((1000, 1400), f"{scene.seed}near")
    scene.lay(near, Area(-6.7, 1, 5, 7), _ROAD_LEVEL)
    across = textures.concrete((200, 1200), f"{scene.seed}across")
    scene.lay(across, Area(_FACADE_AT - 0.2, 1, 2.8, 78), 0)
    lane = Image.new("RGBA", (12, 1500))
    dashes = ImageDraw.Draw(lane)
    for dash in range(0, 1500, 100):
        dashes.rectangle((0, dash, 12, dash + 45), fill=(232, 232, 226, 230))
    scene.lay(lane, Area(-5.6, 2, 0.15, 76), _ROAD_LEVEL)
    lawn = textures.grass((800, 1600), f"{scene.seed}lawn")
    scene.lay(lawn, Area(LAWN_AT, 0.8, 30, 76))
    scene.lay(textures.grass((900, 1200), f"{scene.seed}turf"), Area(LAWN_AT, 0.8, 6, 8))
    scene.lay(_walk(scene.seed, (760, 1700), 0.5), Area(KERB_AT, 8, LAWN_AT - KERB_AT, 68))
    scene.lay(_walk(scene.seed, (1000, 1900), 0.4), Area(KERB_AT, 0.6, LAWN_AT - KERB_AT, 7.6))
    _haze(scene)


def _walk(seed: str, size: tuple[int, int], tile: float) -> Image.Image:
    """The plan of the pavement: kerb on its left, then slabs."""
    plan = textures.concrete(size, f"{seed}walk")
    wide = LAWN_AT - KERB_AT
    step = tile * size[0] / wide
    draw = ImageDraw.Draw(plan, "RGBA")
    dice = Dice(f"{seed}slabs")
    kerb = 0.18 * size[0] / wide
    for row in range(int(size[1] / step) + 1):
        for column in range(int(size[0] / step) + 1):
            left, top = kerb + column * step, row * step
            light = round(dice.between(0, 34))
            red = (168, 120, 100, 150) if column in {0, 8} else (60, 56, 54, light)
            draw.rectangle(
                (left, top, left + step, top + step), fill=red, outline=(70, 66, 62, 170)
            )
    draw.rectangle((0, 0, kerb, size[1]), fill=(214, 210, 202, 235))
    for joint in range(0, size[1], max(1, round(step * 2.4))):
        draw.line((0, joint, kerb, joint), fill=(96, 92, 88, 255), width=2)
    draw.rectangle((size[0] - kerb / 2, 0, size[0], size[1]), fill=(196, 192, 184, 235))
    return plan


def _haze(scene: Scene) -> None:
    """Air grows thicker towards the horizon."""
    horizon = round(scene.camera.horizon())
    up, down = 70, 190
    band = Image.linear_gradient("L").point([value * 4 // 10 for value in range(256)])
    mask = Image.new("L", scene.size)
    mask.paste(band.resize((scene.size[0], up)), (0, horizon - up))
    mask.paste(ImageOps.flip(band).resize((scene.size[0], down)), (0, horizon))
    scene.image.paste(_HAZE, mask=mask)


def _blurred(scene: Scene, by: float) -> None:
    scene.image = scene.image.filter(ImageFilter.GaussianBlur(by))


def _misty(colour: Colour, mist: float) -> Colour:
    red, green, blue = (
        round(part * (1 - mist) + air * mist) for part, air in zip(colour, _HAZE, strict=True)
    )
    return red, green, blue
