"""Small operations on masks of single plans."""

from __future__ import annotations

from PIL import Image, ImageDraw


def disc(full: int, reach: float) -> Image.Image:
    """A round mask in the middle of a square; `reach` is its radius as a share of the side."""
    mask = Image.new("L", (full, full))
    low, high = full * (0.5 - reach), full * (0.5 + reach)
    ImageDraw.Draw(mask).ellipse((low, low, high, high), fill=255)
    return mask


def steep(by: float) -> list[int]:
    """A point table that makes a mask stronger or weaker."""
    return [min(255, round(value * by)) for value in range(256)]


def shrunk(mask: Image.Image, by: float) -> Image.Image:
    """The mask made smaller around its middle."""
    small = mask.resize((round(mask.width * by), round(mask.height * by)))
    out = Image.new("L", mask.size)
    out.paste(small, ((mask.width - small.width) // 2, (mask.height - small.height) // 2))
    return out


def moved(mask: Image.Image, by: tuple[int, int]) -> Image.Image:
    """The mask pushed aside by that many pixels."""
    out = Image.new("L", mask.size)
    out.paste(mask, by)
    return out


def only(mask: Image.Image, without: Image.Image) -> Image.Image:
    """The part of a mask that another one does not cover."""
    return Image.composite(Image.new("L", mask.size), mask, without)
