"""Text is made fit to be drawn: nothing invisible, nothing too wide."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pictures.lettering import clean, drawable, ellipsised, wrap
from pictures.typefaces import VENDORED, Typeface

FACE = Typeface(VENDORED)
FONT = FACE.sized(40)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("金城路\u202e口楼鼓", "金城路口楼鼓"),
        ("\u2066李强\u2069", "李强"),
        ("李\u200b强\ufeff", "李强"),
        ("井盖\x00破\x1b[31m损\x7f", "井盖破[31m损"),
        ("金城路\n鼓楼路\t口\u2028东侧", "金城路 鼓楼路 口 东侧"),
        ("  两  头  ", "两 头"),
        ("Z\u0351\u036b\u0343a\u0334l", "Zal"),
        ("cafe\u0301", "café"),
        ("a\ud800b", "ab"),
        ("", ""),
    ],
)
def test_invisible_and_direction_characters_are_gone(text: str, seen: str) -> None:
    """What stays is one line of what can be seen."""
    assert clean(text) == seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("王建国🙂", "王建国□"),
        ("👨\u200d👩\u200d👧 李强", "□ 李强"),
        ("👍🏽", "□"),
        ("🇨🇳队", "□队"),
        ("⚠\ufe0f危险", "□危险"),
        ("1\ufe0f\u20e3号", "1号"),
        ("سلام", "□□□□"),
        ("孙玥陈垚淼喆堃", "孙玥陈垚淼喆堃"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_what_the_font_lacks_becomes_one_box(text: str, seen: str) -> None:
    """One emoji is one box, however many characters it is made of."""
    assert drawable(text, FACE) == seen


def test_a_short_text_stays_on_one_line() -> None:
    """Nothing is done that need not be."""
    assert wrap("金城路", FONT, width=400, most=2) == ["金城路"]
    assert wrap("", FONT, width=400, most=2) == []


def test_chinese_breaks_anywhere_but_before_closing_punctuation() -> None:
    """The comma stays with the character before it, the bracket with the one behind."""
    assert wrap("一二三四五，六七", FONT, width=205, most=2) == ["一二三四", "五，六七"]
    assert wrap("一二三四（五）六", FONT, width=205, most=2) == ["一二三四", "（五）六"]


def test_words_and_numbers_stay_whole() -> None:
    """A lamp post's number is not torn apart."""
    assert wrap("灯杆 XC-2024 旁边", FONT, width=205, most=2) == ["灯杆", "XC-2024…"]


def test_a_word_wider_than_the_line_is_broken_all_the_same() -> None:
    """Nothing may stand out over the edge."""
    lines = wrap("W" * 30, FONT, width=200, most=9)
    assert "".join(lines) == "W" * 30
    assert all(FONT.getlength(line) <= 200 for line in lines)


def test_a_long_text_ends_with_an_ellipsis() -> None:
    """What does not fit is not pretended away."""
    lines = wrap("城" * 40, FONT, width=205, most=2)
    assert lines == ["城" * 5, "城" * 4 + "…"]


def test_cutting_goes_by_measured_width() -> None:
    """A text that fits is not touched."""
    assert ellipsised("东侧", FONT, width=80) == "东侧"
    assert ellipsised("东侧西侧", FONT, width=121) == "东侧…"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.integers(60, 500), st.integers(1, 3))
def test_no_text_is_ever_wider_or_longer_than_its_room(text: str, width: int, most: int) -> None:
    """Whatever people type."""
    lines = wrap(drawable(text, FACE), FONT, width=width, most=most)
    assert len(lines) <= most
    assert all(FONT.getlength(line) <= width for line in lines)
