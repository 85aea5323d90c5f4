"""Telegram's HTML: its tags, its leniencies, and its words for what it cannot parse.

Offsets in entities count UTF-16 units, offsets in errors count UTF-8 bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.errors import bad_request

if TYPE_CHECKING:
    from simulator.json_types import Json

SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = {*SIMPLE_TAGS, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
PLAIN = re.compile(r"[^<&]+")
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{0,7})|#([0-9]{0,8})|([a-zA-Z]+));?")
USER_LINK = re.compile(r"^tg:(?://)?user\?(?:.*&)?id=(\d+)(?:&.*)?$")
TIME_FORMAT = re.compile(r"^(?:[rR]|[tTdDwW]*)$")
SPACES = " \t\r\n\0\x0b"
HIGHEST_CODE_POINT = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class _Open:
    tag: str
    arguments: dict[str, str]
    offset: int
    begin: int


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text of `source` and its entities; raises ApiError in Telegram's words."""
    return _Parser(source).parse()


class _Parser:
    """Reads the source once, from left to right."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        """Walk over the source and hand out text and entities."""
        while self._at < len(self._source):
            plain = PLAIN.match(self._source, self._at)
            if plain is not None:
                self._emit(plain[0])
                self._at = plain.end()
            elif self._source[self._at] == "<":
                self._tag()
            else:
                self._reference()
        if self._open:
            tag = self._open[-1].tag
            raise _unparsed(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self._text), self._entities

    def _emit(self, text: str) -> None:
        self._text.append(text)
        self._offset += utf16_length(text)

    def _reference(self) -> None:
        decoded, length = decode_reference(self._source, self._at)
        self._emit(decoded)
        self._at += length

    def _byte(self, position: int) -> int:
        return len(self._source[:position].encode("utf-8", "replace"))

    def _peek(self) -> str:
        return self._source[self._at] if self._at < len(self._source) else ""

    def _skip_spaces(self) -> None:
        while self._peek() and self._peek() in SPACES:
            self._at += 1

    def _read_until(self, stops: str) -> str:
        begin = self._at
        while self._peek() and self._peek() not in stops:
            self._at += 1
        return self._source[begin : self._at]

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._peek() == "/":
            self._at += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._read_until(SPACES + ">").lower()
        if not self._peek():
            raise _unparsed(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in TAGS:
            raise _unparsed(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        arguments = self._attributes(tag, begin)
        if tag == "span" and arguments.get("class") != "tg-spoiler":
            where = self._byte(begin)
            raise _unparsed(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self._at += 1
        self._open.append(_Open(tag, arguments, self._offset, len(self._text)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if self._peek() == ">":
                return found
            name = self._read_until(SPACES + "=>/\"'")
            if not name:
                where = self._byte(begin)
                raise _unparsed(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
            self._skip_spaces()
            found[name] = self._value(tag, begin) if self._peek() == "=" else ""
            if not self._peek():
                where = self._byte(begin)
                raise _unparsed(f'Unclosed start tag "{tag}" at byte offset {where}')

    def _value(self, tag: str, begin: int) -> str:
        self._at += 1
        self._skip_spaces()
        quote = self._peek()
        if not quote:
            where = self._byte(begin)
            raise _unparsed(f'Unclosed start tag "{tag}" at byte offset {where}')
        value = self._quoted(quote) if quote in "'\"" else self._name_token()
        if not self._peek():
            raise _unparsed(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return value

    def _name_token(self) -> str:
        begin = self._at
        while self._peek() and (
            (self._peek().isascii() and self._peek().isalnum()) or self._peek() in ".-"
        ):
            self._at += 1
        if self._peek() and self._peek() not in SPACES + ">":
            raise _unparsed(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return self._source[begin : self._at].lower()

    def _quoted(self, quote: str) -> str:
        self._at += 1
        raw = self._read_until(quote)
        if self._peek() == quote:
            self._at += 1
        return REFERENCE.sub(lambda match: decode_reference(match.group(), 0)[0], raw)

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise _unparsed(f"Unexpected end tag at byte offset {self._byte(begin)}")
        tag = self._read_until(SPACES + ">").lower()
        self._skip_spaces()
        if self._peek() != ">":
            raise _unparsed(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self._at += 1
        opened = self._open.pop()
        if tag and tag != opened.tag:
            raise _unparsed(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        place = {"offset": opened.offset, "length": self._offset - opened.offset}
        if opened.tag in SIMPLE_TAGS:
            self._entities.append({"type": SIMPLE_TAGS[opened.tag], **place})
            return
        content = "".join(self._text[opened.begin :])
        found = _SPECIAL[opened.tag](opened.arguments, content)
        if opened.tag in {"pre", "code"} and self._merge_code(found, place):
            return
        if found is not None:
            self._entities.append({**found, **place})

    def _merge_code(self, found: dict[str, Any] | None, place: Json) -> bool:
        """`<pre><code class="language-x">` is one entity; tell whether it was merged."""
        if not self._entities or found is None:
            return False
        inner = self._entities[-1]
        same = inner["offset"] == place["offset"] and inner["length"] == place["length"]
        if not same or {inner["type"], found["type"]} != {"pre", "code"}:
            return False
        language = inner.get("language") or found.get("language")
        if not language:
            return False
        self._entities[-1] = {"type": "pre", **place, "language": language}
        return True


def decode_reference(source: str, at: int) -> tuple[str, int]:
    """What stands at the `&` at `at`, and how many characters of the source it takes."""
    match = REFERENCE.match(source, at)
    if match is None:
        return "&", 1
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        known = NAMED.get(name)
        return (known, len(match.group())) if known else ("&", 1)
    code = int(hexadecimal or "0", 16) if hexadecimal is not None else int(decimal or "0")
    if not 0 < code < HIGHEST_CODE_POINT or code in SURROGATES:
        return "&", 1
    return chr(code), len(match.group())


def _link(arguments: dict[str, str], content: str) -> Json | None:
    url = arguments.get("href") or content
    user = USER_LINK.match(url)
    if user:
        return {"type": "text_mention", "user_id": int(user.group(1))}
    checked = checked_link(url)
    return {"type": "text_link", "url": checked} if checked else None


def checked_link(url: str) -> str | None:
    """The link as Telegram keeps it, or None if it is none."""
    if re.match(r"^(?:https?|ftp|tg|tonsite)://[^\s]+$", url) or url.startswith("mailto:"):
        return f"{url}/" if re.match(r"^https?://[^/?#]+$", url) else url
    if re.match(r"^[\w-]+(\.[\w-]+)+(/\S*)?$", url):
        return f"http://{url}" + ("" if "/" in url else "/")
    return None


def _code(arguments: dict[str, str], _content: str) -> Json:
    kind = arguments.get("class", "")
    language = kind.removeprefix("language-") if kind.startswith("language-") else ""
    return {"type": "code", "language": language} if language else {"type": "code"}


def _emoji(arguments: dict[str, str], _content: str) -> Json:
    identifier = arguments.get("emoji-id", "")
    if not identifier.isdecimal() or int(identifier) == 0:
        raise _unparsed("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": identifier}


def _time(arguments: dict[str, str], _content: str) -> Json | None:
    style = arguments.get("format", "")
    if not TIME_FORMAT.match(style):
        raise _unparsed("Invalid date-time format specified")
    unix = arguments.get("unix", "")
    if not unix.isdecimal() or int(unix) == 0:
        return None
    found: Json = {"type": "date_time", "unix_time": int(unix)}
    return found | ({"date_time_format": style} if style else {})


def _quote(arguments: dict[str, str], _content: str) -> Json:
    expandable = "expandable" in arguments
    return {"type": "expandable_blockquote" if expandable else "blockquote"}


_SPECIAL = {
    "a": _link,
    "pre": lambda _arguments, _content: {"type": "pre"},
    "code": _code,
    "tg-emoji": _emoji,
    "tg-time": _time,
    "blockquote": _quote,
}


def _unparsed(words: str) -> Exception:
    return bad_request(f"can't parse entities: {words}")
