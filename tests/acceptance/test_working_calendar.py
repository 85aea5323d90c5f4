"""A year whose holidays nobody has entered: said at the start, and once in December."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.city import MORNING, ZONE, City, city

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.config import Settings

ABOUT = "2027 年的工作日历"
EVE = datetime(2026, 11, 30, 16, 0, tzinfo=ZONE)
NIGHT = datetime(2026, 12, 15, 23, 0, tzinfo=ZONE)


async def _told(town: City, who: str = "supervisor01") -> list[str]:
    return [text for text in await town.private(who) if ABOUT in text]


def _with_calendar(folder: Path) -> Callable[[Settings], Settings]:
    def change(settings: Settings) -> Settings:
        return replace(settings, files=replace(settings.files, calendar=folder))

    return change


def _missed(caplog: pytest.LogCaptureFixture) -> list[object]:
    """The years that the log names as missing."""
    records = [r for r in caplog.records if vars(r).get("action") == "calendar.missing"]
    assert all(r.levelno == logging.WARNING for r in records)
    return [vars(r)["year"] for r in records]


async def test_the_supervisors_hear_once_on_the_first_of_december(tmp_path: Path) -> None:
    """Privately, in the morning; in the group nobody hears of it."""
    async with city(tmp_path, EVE) as town:
        for who in ("supervisor01", "manager_east"):
            await town.start(who)
        await town.until(8, 29)
        assert await _told(town) == []
        await town.until(8, 31)
        assert len(await _told(town)) == 1
        assert await _told(town, "manager_east") == []
        await town.advance(days=3)
        assert len(await _told(town)) == 1
        assert not any(ABOUT in str(m.get("text")) for m in await town.from_bot())


async def test_a_start_in_the_middle_of_december_says_it_when_the_night_is_over(
    tmp_path: Path,
) -> None:
    """And the next start says nothing more."""
    async with city(tmp_path, NIGHT) as town:
        await town.start("supervisor01")
        assert await _told(town) == []
        await town.until(7, 1)
        assert len(await _told(town)) == 1
    async with city(tmp_path, NIGHT.replace(day=20)) as town:
        await town.start("supervisor01")
        await town.advance(days=1)
        assert await _told(town) == []


async def test_what_was_missed_on_the_first_is_said_late(tmp_path: Path) -> None:
    """The bot was away; it says so, and not at night."""
    async with city(tmp_path, EVE) as town:
        await town.start("supervisor01")
        await town.jump(NIGHT)
        assert await _told(town) == []
        await town.until(7, 1)
        [text] = await _told(town)
        assert text.startswith("【补发】")


async def test_nobody_is_bothered_about_a_year_that_is_known(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The file lies in the folder of the configuration."""
    folder = tmp_path / "calendar"
    folder.mkdir()
    for year in (2026, 2027):
        (folder / f"{year}.toml").write_text(f"year = {year}\n", encoding="utf-8")
    async with city(tmp_path, EVE, _with_calendar(folder)) as town:
        await town.start("supervisor01")
        await town.advance(days=2)
        assert await _told(town) == []
    assert _missed(caplog) == []


@pytest.mark.parametrize(
    ("at", "shipped", "missed"),
    [(MORNING, True, []), (NIGHT, True, [2027]), (NIGHT, False, [2026, 2027])],
)
async def test_a_start_names_the_years_that_are_missing(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    at: datetime,
    shipped: bool,  # noqa: FBT001 - a parameter of the test
    missed: list[int],
) -> None:
    """The next one from December on."""
    change = None if shipped else _with_calendar(tmp_path / "nowhere")
    async with city(tmp_path, at, change):
        assert _missed(caplog) == missed
