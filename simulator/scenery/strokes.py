"""Lettering by strokes: no font is needed to write the name of one street."""

from __future__ import annotations

from PIL import ImageDraw, ImageFont

# Strokes on a square of 100 by 100, y downwards.
_STROKES: dict[str, tuple[tuple[int, ...], ...]] = {
    "金": (
        (50, 3, 30, 26, 5, 42),
        (50, 3, 70, 26, 95, 42),
        (30, 43, 70, 43),
        (16, 62, 84, 62),
        (50, 43, 50, 94),
        (26, 69, 35, 86),
        (74, 69, 65, 86),
        (7, 95, 93, 95),
    ),
    "城": (
        (3, 34, 35, 34),
        (19, 8, 19, 78),
        (2, 86, 37, 72),
        (42, 28, 97, 28),
        (44, 28, 43, 62, 32, 94),
        (44, 52, 62, 52, 60, 80, 52, 76),
        (68, 4, 71, 46, 80, 74, 92, 93, 97, 76),
        (91, 44, 80, 70, 58, 94),
        (82, 8, 92, 19),
    ),
    "路": (
        (8, 8, 40, 8, 40, 36, 8, 36, 8, 8),
        (24, 36, 24, 88),
        (24, 62, 41, 62),
        (9, 52, 9, 91),
        (3, 95, 45, 84),
        (64, 3, 58, 20, 46, 38),
        (60, 17, 88, 17, 72, 42, 47, 58),
        (60, 25, 76, 42, 97, 56),
        (58, 63, 90, 63, 90, 95, 58, 95, 58, 63),
    ),
}


def write(draw: ImageDraw.ImageDraw, words: str, at: tuple[float, float], size: float) -> None:
    """Write white words from their top left corner; Latin ones in Pillow's own font."""
    if words.isascii():
        draw.text(at, words, fill=(255, 255, 255), font=ImageFont.load_default(size))
        return
    left, top = at
    pen = round(size * 0.105)
    for letter in words:
        for stroke in _STROKES[letter]:
            points = [
                (left + x * size / 100, top + y * size / 100)
                for x, y in zip(stroke[::2], stroke[1::2], strict=True)
            ]
            draw.line(points, fill=(255, 255, 255), width=pen, joint="curve")
            for x, y in (points[0], points[-1]):
                r = pen / 2
                draw.ellipse((x - r, y - r, x + r, y + r), fill=(255, 255, 255))
        left += size * 1.13
