"""Invisible characters go, what is drawn stays, and folding keeps every position."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.folding import fold, strip_invisible

INVISIBLE = "\u200b\u200c\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("井\u200b盖\u202e破损", "井盖破损"),
        ("第一行\r\n第二行\n\n第三行\t完", "第一行 第二行 第三行 完"),
        ("  两边　空白  ", "两边 空白"),
        ("e\u0301", "é"),
        ("\x00\x07\x1b[31m", "[31m"),
        ("⚠️", "⚠️"),
        ("1️⃣", "1️⃣"),
        ("👨‍👩‍👧 👷🏽‍♀️", "👨‍👩‍👧 👷🏽‍♀️"),
        ("井\u200d盖\ufe0f", "井盖"),
        ("\u3164\u2800\uffa0空", "空"),
        ("\ud800坏", "坏"),
        ("王建国\u2028赵志强", "王建国 赵志强"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_what_nobody_sees_goes_and_what_is_drawn_stays(text: str, shown: str) -> None:
    """A joiner and the emoji look stay inside an emoji only."""
    assert strip_invisible(text) == shown


@settings(deadline=None)
@given(st.text())
def test_stripping_twice_changes_nothing(text: str) -> None:
    """The stored form is a fixed point."""
    once = strip_invisible(text)
    assert strip_invisible(once) == once


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(INVISIBLE + "井盖a1 \n\u200d\ufe0f👨️⚠e\u0301\u20e3")))
def test_no_direction_or_control_character_is_left(text: str) -> None:
    """Whatever the mixture."""
    shown = strip_invisible(text)
    assert not set(shown) & set(INVISIBLE)
    assert unicodedata.is_normalized("NFC", shown)


@settings(deadline=None)
@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    """Places are cut from the original by positions found in the folded text."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＸＣ－１", "xc-1"),
        ("井蓋破損", "井盖破损"),
        ("檢查井", "检查井"),
        ("時風路", "时风路"),
        ("Ｐothole", "pothole"),
    ],
)  # fmt: skip
def test_width_case_and_script_are_folded(text: str, folded: str) -> None:
    """For comparing only."""
    assert fold(text) == folded
