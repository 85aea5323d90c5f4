"""Surfaces made of hashed noise: the same seed gives the same bytes on every machine."""

from __future__ import annotations

import hashlib
import math
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

Colour: TypeAlias = tuple[int, int, int]
Size: TypeAlias = tuple[int, int]

_BICUBIC = Image.Resampling.BICUBIC


class Dice:
    """A repeatable source of numbers for a named purpose."""

    def __init__(self, seed: str) -> None:
        self._bytes = hashlib.shake_128(seed.encode()).digest(1 << 16)
        self._at = 0

    def between(self, low: float, high: float) -> float:
        """The next number, evenly spread from low to high."""
        self._at = (self._at + 2) % (len(self._bytes) - 2)
        value = int.from_bytes(self._bytes[self._at : self._at + 2], "big")
        return low + (high - low) * value / 65535


def noise(size: Size, seed: str, grain: float = 1.0) -> Image.Image:
    """Grey noise whose specks measure about `grain` pixels."""
    width, height = max(2, round(size[0] / grain)), max(2, round(size[1] / grain))
    raw = hashlib.shake_128(seed.encode()).digest(width * height)
    small = Image.frombytes("L", (width, height), raw)
    return small if (width, height) == size else small.resize(size, _BICUBIC)


def layered(size: Size, seed: str, grains: tuple[float, ...]) -> Image.Image:
    """Noise of several grains laid over each other, stretched to the full range."""
    image = noise(size, f"{seed}0", grains[0])
    for number, grain in enumerate(grains[1:], start=1):
        image = Image.blend(image, noise(size, f"{seed}{number}", grain), 1 / (number + 1))
    return ImageOps.autocontrast(image, cutoff=1)


def stained(size: Size, seed: str, dark: Colour, light: Colour) -> Image.Image:
    """A surface between two colours, with fine grain and broad stains."""
    fine = layered(size, f"{seed}f", (1.6, 3.5))
    broad = layered(size, f"{seed}b", (60, 160))
    return ImageOps.colorize(Image.blend(fine, broad, 0.4), dark, light)


def asphalt(size: Size, seed: str) -> Image.Image:
    """Worn road surface with bright chippings."""
    image = stained(size, seed, (58, 60, 66), (140, 140, 142))
    chips = noise(size, f"{seed}c", 2.2).point([0] * 232 + [150] * 24)
    image.paste((176, 174, 168), mask=chips)
    return image


def fresh_asphalt(size: Size, seed: str) -> Image.Image:
    """A new patch: darker, even, still a little shiny."""
    image = stained(size, seed, (36, 37, 41), (74, 75, 80))
    chips = noise(size, f"{seed}c", 2.0).point([0] * 240 + [110] * 16)
    image.paste((120, 120, 124), mask=chips)
    return image


def concrete(size: Size, seed: str) -> Image.Image:
    """Light concrete or granite."""
    return stained(size, seed, (138, 135, 128), (196, 193, 185))


def soil(size: Size, seed: str) -> Image.Image:
    """Broken sub-base: earth with stones."""
    image = stained(size, seed, (52, 42, 32), (138, 116, 90))
    stones = noise(size, f"{seed}s", 9).point([0] * 205 + [200] * 51)
    image.paste((150, 140, 124), mask=stones.filter(ImageFilter.GaussianBlur(1.2)))
    return image


def grass(size: Size, seed: str) -> Image.Image:
    """Lawn or low planting."""
    return stained(size, seed, (42, 66, 30), (118, 146, 70))


def blob(size: Size, seed: str, roughness: float = 0.16) -> Image.Image:
    """A mask of one irregular patch that nearly fills the size."""
    dice = Dice(f"{seed}-blob")
    waves = [(dice.between(0, math.tau), dice.between(0.3, 1.0)) for _ in range(7)]
    points = []
    for step in range(160):
        angle = step * math.tau / 160
        swing = sum(
            weight * math.sin(angle * (number + 2) + phase) / (number + 2)
            for number, (phase, weight) in enumerate(waves)
        )
        reach = 0.5 / (1 + roughness * 1.6) * (1 + roughness * swing * 2)
        points.append(
            (
                size[0] * (0.5 + reach * math.cos(angle)),
                size[1] * (0.5 + reach * math.sin(angle)),
            )
        )
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).polygon(points, fill=255)
    return mask


def rim(mask: Image.Image, depth: int) -> Image.Image:
    """The inner edge of a mask, `depth` pixels wide, strongest at the border."""
    inner = mask.filter(ImageFilter.GaussianBlur(depth))
    return ImageChops.multiply(mask, ImageChops.invert(inner))
