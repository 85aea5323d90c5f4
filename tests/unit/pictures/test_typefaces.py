"""Which font is found, and what it can draw."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from pictures import typefaces
from pictures.typefaces import VENDORED, Typeface

# Names of the sample town and beyond: most of these are missing from GB2312 fonts.
RARE = "玥垚淼喆堃珺璟翀頔赟昇堉祎橦犇㛃"
MARKS = "①⑩℃½㎡□…—·，。、！？：；（）《》“”【】％０９ＡＺ"


@pytest.fixture(scope="module")
def face() -> Typeface:
    """Return the font that ships with us."""
    return Typeface(VENDORED)


def drawn(face: Typeface, character: str) -> bytes:
    """Return the pixels of a character."""
    image = Image.new("L", (64, 64))
    ImageDraw.Draw(image).text((8, 0), character, font=face.sized(40), fill=255)
    return image.tobytes()


def test_rare_characters_of_names_are_really_drawn(face: Typeface) -> None:
    """Each has a shape of its own, and none is the sign for a missing glyph."""
    shapes = {drawn(face, character) for character in RARE}
    assert len(shapes) == len(RARE)
    assert drawn(face, "\U0010ffff") not in shapes
    assert all(face.draws(character) for character in RARE)


def test_the_shipped_font_covers_all_of_gbk(face: Typeface) -> None:
    """Every two-byte character of GBK, letters, digits, and the marks people type."""
    pairs = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    gb2312 = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    rare = "".join(chr(code) for code in range(0x4E00, 0x9FA6, 7))
    wanted = gb2312[::11] + rare + RARE + MARKS + "".join(map(chr, range(0x20, 0x7F)))
    assert [character for character in wanted if not face.draws(character)] == []


@pytest.mark.parametrize("character", ["🙂", "✅", "\ue000", "\U0010ffff", "ก", "ا", "\u0378"])
def test_what_the_font_lacks_is_known(face: Typeface, character: str) -> None:
    """Emoji, private use and other scripts have no glyph in it."""
    assert not face.draws(character)


def test_a_space_counts_as_drawn(face: Typeface) -> None:
    """It is blank, and right to be."""
    assert face.draws(" ")
    assert face.draws("\u3000")


def test_the_configured_font_comes_first(tmp_path: Path) -> None:
    """An office may have a font of its own."""
    own = tmp_path / "own.woff2"
    own.write_bytes(VENDORED.read_bytes())
    assert typefaces.find(own).path == own


def test_a_configured_font_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    """A sheet in another font is better than none; the configuration is checked elsewhere."""
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    assert not typefaces.readable(broken)
    assert not typefaces.readable(tmp_path / "missing.ttf")
    assert typefaces.find(broken).draws("玥")


def test_without_fonts_of_the_system_the_shipped_one_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A bare machine draws Chinese too."""
    monkeypatch.setattr(typefaces, "_SYSTEM", ((Path("/nowhere/font.ttc"), 2),))
    typefaces.find.cache_clear()
    assert typefaces.find().path == VENDORED
    typefaces.find.cache_clear()


def test_a_size_is_loaded_once(face: Typeface) -> None:
    """Unpacking the font takes a while."""
    assert face.sized(33) is face.sized(33)


def test_the_licence_ships_beside_the_font() -> None:
    """The Open Font License asks for it."""
    licence = VENDORED.with_name("OFL.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright 2014-2021 Adobe")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
