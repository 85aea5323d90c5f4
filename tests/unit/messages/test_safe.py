"""Words of people, cleaned and cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.safe import Html, escaped, joined, safe, shortened, shown_units, units
from tests.unit.messages.cast import length


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("金城路 3号", "金城路 3号"),
        ("  一\n二\t三 ", "一 二 三"),
        ("\u202e反\u202c", "反"),
        ("零\u200b宽\ufeff", "零宽"),
        ("a\0b\x1b", "ab"),
        ("\ue000私", "私"),
        ("e\u0301\u0301\u0301\u0301\u0301x", "é\u0301\u0301\u0301x"),
        ("玥垚", "玥垚"),
        ("👍🏽 ok", "👍🏽 ok"),
    ],
)
def test_what_cannot_be_seen_is_gone(written: str, shown: str) -> None:
    """And what can be seen stays."""
    assert safe(written) == shown


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 40))
def test_nothing_is_ever_longer_than_asked(text: str, limit: int) -> None:
    """In UTF-16 units, counted independently."""
    assert length(shortened(text, limit)) <= limit
    assert length(safe(text, limit)) <= limit
    assert units(text) == length(text)


def test_a_cut_ends_in_an_ellipsis_and_never_inside_a_joined_emoji() -> None:
    """Half a family would be drawn as a stranger and a box."""
    assert shortened("井盖破损严重", 4) == "井盖破…"
    assert shortened("abc", 3) == "abc"
    assert not shortened("👩\u200d👧 x", 4).endswith("\u200d…")


def test_words_are_escaped_once_and_markup_is_left_alone() -> None:
    """Html knows that it is Html."""
    assert escaped("<&>") == "&lt;&amp;&gt;"
    assert escaped(escaped("<&>")) == "&lt;&amp;&gt;"
    assert joined(" & ", [Html("<b>x</b>"), escaped("<")]) == "<b>x</b> &amp; &lt;"
    assert shown_units(Html("<b>x</b> &amp; 🕳")) == 6
