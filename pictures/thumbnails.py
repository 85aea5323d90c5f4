"""What others are shown: the picture drawn anew, upright and without a trace of its metadata."""

from __future__ import annotations

import io

from pictures import decoding

EDGE = 1280  # pixels; the longest side a messenger shows in full
_QUALITY = 85


def reencode(data: bytes, *, edge: int = EDGE) -> bytes:
    """Return a JPEG of at most `edge` pixels a side, upright, holding pixels alone.

    Raises:
        PictureError: one of TooHeavy, TooLarge, NotAPicture, Truncated, Broken.

    """
    image = decoding.fitted(decoding.bounded(data), (edge, edge))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
