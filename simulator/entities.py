"""Words and their entities: what Telegram finds by itself, trims, sorts and measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.html import utf16_length

if TYPE_CHECKING:
    from simulator.json_types import Json

TEXT_LIMIT = 4096
FOUND = (
    ("url", re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?，。；：！？)）]")),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "bot_command",
        re.compile(r"(?<![\w/])/([A-Za-z0-9_]{1,64})(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}(?![\w])")),
    ("hashtag", re.compile(r"(?<![\w&#])#(?=\w*[^\W\d])\w{1,256}")),
)
SOLID = frozenset({"code", "pre", "text_link", "text_mention", "date_time", "custom_emoji"})
"""Inside these nothing is found."""

CONTROLS = {code: " " for code in range(32) if code not in {10, 13}} | {13: None}
INVISIBLE = dict.fromkeys([*range(0x2028, 0x202F), 0x333, 0x33F, 0x30A])


def clean(text: str) -> str:
    """What Telegram makes of a bot's text before it looks at it: no control characters."""
    return text.translate(CONTROLS | INVISIBLE)


def whole(text: str) -> str:
    """`text` without halves of surrogate pairs, which no answer could be encoded with."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def finish(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Trim the text, add what is found by itself, and sort the entities as Telegram does."""
    kept = text.rstrip()
    stripped = kept.lstrip()
    lead, total = utf16_length(kept) - utf16_length(stripped), utf16_length(stripped)
    moved = [_clip(entity, lead, total) for entity in entities]
    fitting = [entity for entity in moved if entity["length"] > 0]
    if _may_hold_more(stripped):
        fitting += find(stripped, fitting)
    fitting.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return stripped, fitting


def find(text: str, taken: list[Json]) -> list[Json]:
    """Mentions, commands, hashtags, links and addresses outside of `taken`."""
    solid = [entity for entity in taken if entity["type"] in SOLID]
    found: list[Json] = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            entity = {"type": kind, "offset": offset, "length": utf16_length(match.group())}
            if not any(_overlap(entity, other) for other in [*solid, *found]):
                found.append(entity)
    return sorted(found, key=lambda entity: int(entity["offset"]))


def piece(text: str, entity: Json) -> str:
    """The part of `text` that an entity covers."""
    units = text.encode("utf-16-le")
    begin = 2 * int(entity["offset"])
    return units[begin : begin + 2 * int(entity["length"])].decode("utf-16-le", "replace")


def _may_hold_more(text: str) -> bool:
    return any(char in text for char in "@/#:")


def _clip(entity: Json, lead: int, total: int) -> Json:
    begin = max(entity["offset"] - lead, 0)
    end = min(entity["offset"] - lead + entity["length"], total)
    return {**entity, "offset": begin, "length": max(end - begin, 0)}


def _overlap(one: Json, other: Json) -> bool:
    begins_before: bool = one["offset"] < other["offset"] + other["length"]
    ends_after: bool = other["offset"] < one["offset"] + one["length"]
    return begins_before and ends_after
