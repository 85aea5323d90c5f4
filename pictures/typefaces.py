"""Which font letters our pictures: the configured one, the system's, else the one we ship."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

VENDORED = Path(__file__).with_name("fonts") / "NotoSansSC-Regular.woff2"

# Where distributions keep fonts that draw Chinese.
_SIMPLIFIED_CHINESE = 2  # the face of that script in a Noto CJK collection
_SYSTEM = (
    (Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), _SIMPLIFIED_CHINESE),
    (Path("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"), _SIMPLIFIED_CHINESE),
    (Path("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc"), _SIMPLIFIED_CHINESE),
    (Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"), 0),
    (Path("/usr/share/fonts/wqy-microhei/wqy-microhei.ttc"), 0),
)

_NEVER_A_CHARACTER = "\U0010ffff"  # so every font answers it with its sign for "missing"
_PROBE = 32  # pixels; enough to tell any two glyphs apart


class Typeface:
    """One font in all sizes, which knows the characters it can draw; sizes are loaded on demand."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        self._index = index
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self._drawn: dict[str, bool] = {}

    def sized(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the font at this size in pixels; raises OSError if the file is no font."""
        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(
                self.path, size, index=self._index, layout_engine=ImageFont.Layout.BASIC
            )
        return self._sizes[size]

    def draws(self, character: str) -> bool:
        """Whether the font has a visible glyph of its own for the character (a space counts)."""
        if character not in self._drawn:
            glyph = self._probed(character)
            blank = glyph.getbbox() is None
            self._drawn[character] = character.isspace() or not (
                blank or glyph.tobytes() == self._probed(_NEVER_A_CHARACTER).tobytes()
            )
        return self._drawn[character]

    def _probed(self, character: str) -> Image.Image:
        image = Image.new("L", (2 * _PROBE, 2 * _PROBE))
        draw = ImageDraw.Draw(image)
        draw.text((_PROBE // 2, _PROBE // 4), character, font=self.sized(_PROBE), fill=255)
        return image


@lru_cache(maxsize=4)
def find(path: Path | None = None) -> Typeface:
    """Return the first readable font: `path`, Noto CJK, WenQuanYi, then the one we ship."""
    configured = [(path, 0)] if path else []
    for candidate, index in (*configured, *_SYSTEM):
        if readable(candidate, index):
            return Typeface(candidate, index)
    return Typeface(VENDORED)


def readable(path: Path, index: int = 0) -> bool:
    """Whether the file is a font that can be used; a configuration is checked with it at start."""
    try:
        ImageFont.truetype(path, _PROBE, index=index)
    except OSError:
        return False
    return True
