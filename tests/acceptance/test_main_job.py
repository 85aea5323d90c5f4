"""The main job, end to end, with nothing but `/sim` calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.acceptance.city import CAPTION, buttons, city, is_card, reaction, text_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.both_databases


async def test_a_case_lives_from_photo_to_close_by_presses(tmp_path: Path) -> None:
    """One card, one sheet, at most four edits."""
    async with city(tmp_path) as town:
        photo = await town.photo("officer01", CAPTION)
        card = await town.card(photo)
        assert text_of(card).startswith("⚪ 待对接 XC-20260310-0001 检查井破损 · A 当天")
        assert reaction(await town.message(photo)) == "✍"
        assert await town.press("repairer01", card["message_id"], "接单")
        assert text_of(await town.card(photo)).startswith("🟡 已接单")
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = await town.sheet(photo)
        assert "查验通过" in buttons(sheet)
        await town.press("officer01", sheet["message_id"], "查验通过")
        await town.press("repairer01", sheet["message_id"], "查验通过")
        assert text_of(await town.card(photo)).startswith("🟢 已结案")
        said = await town.from_bot()
        assert [is_card(m) for m in said] == [True, False]
        assert len([c for c in await town.log() if c["method"].startswith("edit")]) <= 4
