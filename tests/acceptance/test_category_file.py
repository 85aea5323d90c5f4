"""The category file of an office: edited while the bot runs, dated, and never half taken over."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import casework
from tests import databases
from tests.acceptance.city import SMALL, city, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from bot.config import Settings
    from tests.acceptance.city import City

SHIPPED = (Path(casework.__file__).parent / "data" / "categories.toml").read_text("utf-8")
OLD_NAME = 'name_zh = "路沿石缺失"'


def own_file(folder: Path) -> tuple[Path, Callable[[Settings], Settings]]:
    """A file of the office, and the settings that name it."""
    file = folder / "own.toml"
    file.write_text(SHIPPED, encoding="utf-8")
    return file, lambda settings: replace(settings, files=replace(settings.files, categories=file))


def rows(folder: Path, query: str) -> list[Any]:
    """What the database holds."""
    return databases.rows(folder, query)


async def card(town: City, photo: int) -> str:
    """The words of a case's card."""
    return text_of(await town.card(photo))


async def test_an_edited_file_holds_for_new_cases_within_a_minute(tmp_path: Path) -> None:
    """A new dated version; the supervisors hear of it once."""
    file, change = own_file(tmp_path)
    async with city(tmp_path, change=change) as town:
        await town.start("supervisor01")
        before = await town.photo("officer01", SMALL)
        file.write_text(SHIPPED.replace(OLD_NAME, 'name_zh = "路牙石不见了"'), "utf-8")
        await town.advance(minutes=2)
        after = await town.photo("officer02", "时风路 路牙石不见了")
        assert "路牙石不见了" in await card(town, after)
        told = [text for text in await town.private("supervisor01") if "问题分类表" in text]
        assert told == ["问题分类表已换成第 2 版。新立的案按新表办，已立的案照旧。"]
        assert before != after
    assert rows(tmp_path, "SELECT rules_version FROM cases ORDER BY id") == [(1,), (2,)]
    assert rows(tmp_path, "SELECT version FROM rulebooks ORDER BY version") == [(1,), (2,)]


async def test_a_wrong_edit_is_told_once_with_its_lines_and_changes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log tells all, the supervisors the first of it; the old file stays in force."""
    file, change = own_file(tmp_path)
    wrong = SHIPPED.replace('code = "2052"', 'code = "2052"\ntier = "X"\nlimit = "bald"')
    wrong = wrong.replace('group = "4"', 'group = "8"')
    line = wrong.splitlines().index('tier = "X"') + 1
    async with city(tmp_path, change=change) as town:
        await town.start("supervisor01")
        with caplog.at_level(logging.WARNING):
            file.write_text(wrong, "utf-8")
            await town.advance(minutes=5)
        told = [text for text in await town.private("supervisor01") if "问题分类表" in text]
        assert len(told) == 1
        assert "有 4 处要改，眼下仍按原来的办" in told[0]
        assert f"own.toml items[14].leaves[2].tier（第 {line} 行）" in told[0]
        assert "另有 1 处" in told[0]
        photo = await town.photo("officer01", SMALL)
        assert "路沿石缺失" in await card(town, photo)
    loud = [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]
    warned = [words for words in loud if "category file" in words]
    assert len(warned) == 1
    assert all(word in warned[0] for word in (".tier", ".limit", ".group"))
    assert rows(tmp_path, "SELECT version FROM rulebooks") == [(1,)]


async def test_a_file_that_is_gone_and_comes_back_changes_nothing(tmp_path: Path) -> None:
    """Some editors do that at every save."""
    file, change = own_file(tmp_path)
    async with city(tmp_path, change=change) as town:
        await town.start("supervisor01")
        file.unlink()
        await town.advance(minutes=3)
        file.write_text(SHIPPED, "utf-8")
        await town.advance(minutes=3)
        told = [text for text in await town.private("supervisor01") if "问题分类表" in text]
        assert len(told) == 1
        assert "没有这个文件" in told[0]
    assert rows(tmp_path, "SELECT version FROM rulebooks") == [(1,)]


async def test_a_category_that_left_the_file_keeps_its_name_on_old_cards(tmp_path: Path) -> None:
    """Also after a restart; and the case is judged by the rules under which it was opened."""
    file, change = own_file(tmp_path)
    async with city(tmp_path, change=change) as town:
        photo = await town.photo("officer01", SMALL)
        file.write_text(SHIPPED.replace('code = "2052"', 'code = "2952"'), "utf-8")
        await town.advance(minutes=2)
    file.write_text(
        SHIPPED.replace('code = "2052"', 'code = "2952"').replace(OLD_NAME, 'name_zh = "缺路沿"'),
        "utf-8",
    )
    async with city(tmp_path, change=change) as town:
        await town.start("supervisor01")
        number = rows(tmp_path, "SELECT number FROM cases")[0][0]
        await town.say("supervisor01", f"/case {number}", chat=town.ids["supervisor01"])
        assert "路沿石缺失" in (await town.private("supervisor01"))[-1]
    assert photo
    assert rows(tmp_path, "SELECT version FROM rulebooks ORDER BY version") == [(1,), (2,), (3,)]
