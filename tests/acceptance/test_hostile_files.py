"""Files that are no good picture: the case stands, and its card says so; nothing crashes."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.city import SMALL, city, jpeg, reaction, text_of
from tests.acceptance.scenes import fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

UNREADABLE = "照片打不开，请重发"


def png(colour: int, depth: int, pixels: bytes) -> bytes:
    """A PNG that says it has 20000 by 20000 pixels; `pixels` is what is behind its header."""
    header = struct.pack(">IIBBBBB", 20000, 20000, depth, colour, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def huge() -> bytes:
    """A true picture of 20000 by 20000 black pixels in a few kilobytes."""
    packer = zlib.compressobj()
    row = b"\0" * (1 + 20000 // 8)
    return png(0, 1, b"".join(packer.compress(row) for _ in range(20000)) + packer.flush())


def claims_to_be_huge() -> bytes:
    """The header of a huge picture in full colour, with hardly any pixels behind it."""
    return png(2, 8, zlib.compress(b"\0" * 1000))


def polyglot() -> bytes:
    """Bytes that begin as a GIF and go on as a script and an archive."""
    return b"GIF89a/*" + b"\0" * 40 + b"*/=1;alert(1)//<script>PK\x03\x04" + b"A" * 500


BAD: dict[str, Callable[[], bytes]] = {
    "empty": bytes,
    "text": "这不是照片".encode,
    "truncated": lambda: jpeg()[:700],
    "head only": lambda: b"\xff\xd8\xff\xe0",
    "huge": huge,
    "claims to be huge": claims_to_be_huge,
    "polyglot": polyglot,
    "svg": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "html": lambda: b"<html><img src=x onerror=alert(1)></html>",
}


@pytest.mark.parametrize("kind", BAD)
async def test_a_bad_image_opens_a_case_that_says_so(tmp_path: Path, kind: str) -> None:
    """As a file and as a photo; the cases go on as any other."""
    async with city(tmp_path) as town:
        data = BAD[kind]()
        for who, field in (("officer01", "document"), ("officer02", "photo")):
            photo = await town.photo(who, SMALL, field=field, data=data, name="现场.jpg")
            assert reaction(await town.message(photo)) == "✍"
            await town.advance(seconds=40)
            card = await town.card(photo)
            assert UNREADABLE in text_of(card)
            assert await town.press("repairer01", card["message_id"], "接单")
            assert text_of(await town.card(photo)).startswith("🟡 已接单")


async def test_a_bad_after_photo_still_brings_the_sheet(tmp_path: Path) -> None:
    """Its place on the sheet stays empty, and both keys are there."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, field="document", data=b"x", name="a.jpg")
        await town.photo("repairer01", reply_to=photo, field="document", data=b"x", settle=10)
        assert await town.sheet(photo)
        assert text_of(await town.card(photo)).startswith("🔵 待查验")


async def test_a_picture_with_something_behind_it_is_kept_as_it_came(tmp_path: Path) -> None:
    """A real photo with an archive behind its end is a photo."""
    async with city(tmp_path) as town:
        data = jpeg() + b"PK\x03\x04" + b"A" * 100
        photo = await town.photo("officer01", SMALL, field="document", data=data, settle=5)
        assert UNREADABLE not in text_of(await town.card(photo))
        kept = [p.read_bytes() for p in (tmp_path / "photos").rglob("*") if p.is_file()]
        assert kept == [data]


async def test_a_photo_that_telegram_has_lost_is_asked_for_again(tmp_path: Path) -> None:
    """`file_gone`: the case stands, and its card says so."""
    async with city(tmp_path) as town:
        await fault(town, "file_gone", probability=1)
        photo = await town.photo("officer01", SMALL, settle=5)
        await town.advance(minutes=30)
        assert UNREADABLE in text_of(await town.card(photo))


async def test_a_photo_sent_anew_takes_the_mark_away(tmp_path: Path) -> None:
    """In reply to the case, and readable."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", SMALL, field="document", data=b"x", settle=10)
        assert UNREADABLE in text_of(await town.card(photo))
        await town.photo("officer01", reply_to=photo, settle=10)
        card = text_of(await town.card(photo))
        assert UNREADABLE not in card
        assert "前2 " in card
