"""Telegram's HTML: tags, entities in UTF-16 units, and its words for what it cannot parse."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.entities import clean, finish, piece
from simulator.errors import ApiError
from simulator.html import parse_html


def kinds(source: str) -> list[tuple[str, str]]:
    """The entities of `source` with the words that they cover."""
    text, entities = finish(*parse_html(source))
    return [(entity["type"], piece(text, entity)) for entity in entities]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>粗</b><strong>粗</strong>", [("bold", "粗"), ("bold", "粗")]),
        ("<i>x</i> <em>y</em>", [("italic", "x"), ("italic", "y")]),
        ("<u>x</u> <ins>y</ins>", [("underline", "x"), ("underline", "y")]),
        ("<s>x</s> <del>y</del>", [("strikethrough", "x"), ("strikethrough", "y")]),
        ("<tg-spoiler>x</tg-spoiler>", [("spoiler", "x")]),
        ('<span class="tg-spoiler">x</span>', [("spoiler", "x")]),
        ("<b>a<i>b</i></b>", [("bold", "ab"), ("italic", "b")]),
        ("<code>x</code>", [("code", "x")]),
        ("<pre>x</pre>", [("pre", "x")]),
        ("<blockquote>x</blockquote>", [("blockquote", "x")]),
        ("<blockquote expandable>x</blockquote>", [("expandable_blockquote", "x")]),
        ('<a href="https://example.org/a?b=1&amp;c=2">x</a>', [("text_link", "x")]),
        ('<a href="tg://user?id=1011">李强</a>', [("text_mention", "李强")]),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', [("custom_emoji", "👍")]),
        ('<tg-time unix="1700000000" format="t">x</tg-time>', [("date_time", "x")]),
        ("<B>x</B>", [("bold", "x")]),
        ("<b></b>", []),
        ("😀<b>😀</b>", [("bold", "😀")]),
        ("  <b> x </b>  ", [("bold", "x")]),
        ("<b>@officer01</b>", [("bold", "@officer01"), ("mention", "@officer01")]),
        ("<code>@officer01</code>", [("code", "@officer01")]),
        ("/today@xunchaqun_bot 其余", [("bot_command", "/today@xunchaqun_bot")]),
    ],
)
def test_tags_become_entities(source: str, expected: list[tuple[str, str]]) -> None:
    """Also nested, trimmed, and with what Telegram finds by itself."""
    assert kinds(source) == expected


def test_offsets_count_utf16_units() -> None:
    """An emoji outside of the first plane is two."""
    _, (entity,) = parse_html("😀中<b>x</b>")
    assert (entity["offset"], entity["length"]) == (3, 1)


def test_code_in_pre_is_one_entity_with_its_language() -> None:
    """As in Telegram's documentation."""
    _, entities = parse_html('<pre><code class="language-python">x</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('unix="1700000000"', {"unix_time": 1700000000}),
        ('unix="1700000000" format="wDT"', {"unix_time": 1700000000, "date_time_format": "wDT"}),
        ('unix="1700000000" format="r"', {"unix_time": 1700000000, "date_time_format": "r"}),
    ],
)
def test_a_time_keeps_its_moment_and_format(attributes: str, expected: dict[str, Any]) -> None:
    """The client prints it in the reader's own zone."""
    _, (entity,) = parse_html(f"<tg-time {attributes}>x</tg-time>")
    assert entity == {"type": "date_time", "offset": 0, "length": 1, **expected}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&#20013;&#x6587;", "中文"),
        ("&nbsp; & &unknown;", "&nbsp; & &unknown;"),
        ("&#0; &#1114112;", "&#0; &#1114112;"),
        ("&lt", "<"),
    ],
)
def test_references_are_decoded_as_telegram_does(source: str, text: str) -> None:
    """Four names, numbers, and everything else as it stands."""
    assert parse_html(source)[0] == text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("中<script>", 'Unsupported start tag "script" at byte offset 3'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("1 <2> 3", 'Unsupported start tag "2" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("</b>", "Unexpected end tag at byte offset 0"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x,y>z</a>", "Unexpected end of name token at byte offset 8"),
        ('<a "x">z</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="1" format="q">y</tg-time>', "Invalid date-time format specified"),
    ],
)
def test_what_cannot_be_parsed_is_told_in_telegrams_words(source: str, words: str) -> None:
    """Offsets count UTF-8 bytes."""
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


def test_control_and_direction_characters_vanish_from_a_bots_text() -> None:
    """As Telegram cleans what bots send."""
    assert clean("a\x00b\u202ec\r\nd") == "a bc\nd"


def test_a_thousand_nested_tags_are_no_trouble() -> None:
    """Depth is not recursion."""
    text, entities = parse_html("<b>" * 1000 + "x" + "</b>" * 1000)
    assert (text, len(entities)) == ("x", 1000)
