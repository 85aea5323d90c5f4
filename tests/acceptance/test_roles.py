"""The two keys: which side a person stands on, and that nobody stands on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.acceptance.city import SMALL, at_once, city, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.city import City


async def in_check(town: City, who: str = "repairer01", caption: str = SMALL) -> tuple[int, int]:
    """A case of officer01 that waits for its check; its photo and sheet."""
    photo = await town.photo("officer01", caption)
    await town.photo(who, reply_to=photo, settle=6)
    return photo, (await town.sheet(photo))["message_id"]


async def test_one_person_turns_one_key_only(tmp_path: Path) -> None:
    """The same side again changes nothing; the other side closes."""
    async with city(tmp_path, change=at_once) as town:
        photo, sheet = await in_check(town)
        assert await town.press("repairer01", sheet, "查验通过") == "已查验通过，等另一方。"
        assert await town.press("repairer01", sheet, "查验通过") == "已经办好了，不用再按"
        assert await town.press("manager_east", sheet, "查验通过") == "李强已查验通过，等巡查方"
        assert await town.press("standby_east", sheet, "远程查验") == "李强已查验通过，等巡查方"
        assert text_of(await town.card(photo)).startswith("🔵")
        assert await town.press("officer01", sheet, "查验通过") == "双方查验通过，已结案。"


async def test_people_of_neither_side_turn_no_key(tmp_path: Path) -> None:
    """The toast names who may; a repairer who is only paired is none of them."""
    async with city(tmp_path, change=at_once) as town:
        photo, sheet = await in_check(town, "standby_east")
        for who in ("repairer01", "repairer06", "officer02", "manager_west", "leader01", "clerk01"):
            toast = await town.press(who, sheet, "查验通过", settle=1)
            assert toast.startswith("只有"), who
            assert "王建国" in toast, who
        for who in ("standby_east", "manager_east", "repairer01"):
            assert await town.press(who, sheet, "返工", settle=1) == "只有王建国、督查能退回返工"
        shown = text_of(await town.card(photo))
        assert shown.startswith("🔵")
        assert "等" not in shown


async def test_a_supervisor_may_turn_the_patrol_key(tmp_path: Path) -> None:
    """And the manager the repair key."""
    async with city(tmp_path, change=at_once) as town:
        photo, sheet = await in_check(town)
        await town.press("supervisor02", sheet, "查验通过")
        assert "等维修方" in text_of(await town.card(photo))
        assert await town.press("officer01", sheet, "查验通过") == "唐静已查验通过，等维修方"
        await town.press("manager_east", sheet, "查验通过")
        assert text_of(await town.card(photo)).startswith("🟢")


async def test_a_remote_check_is_marked_as_such(tmp_path: Path) -> None:
    """非现场 on the closed card."""
    async with city(tmp_path, change=at_once) as town:
        photo, sheet = await in_check(town)
        await town.press("officer01", sheet, "远程查验")
        assert "非现场" in text_of(await town.card(photo))
        await town.press("repairer01", sheet, "查验通过")
        closed = text_of(await town.card(photo))
        assert closed.startswith("🟢")
        assert "非现场" in closed


async def test_the_grids_officer_turns_the_key_of_anothers_report(tmp_path: Path) -> None:
    """officer02 reports in grid 1: both officers and supervisors hold the patrol key."""
    async with city(tmp_path, change=at_once) as town:
        photo = await town.photo("officer02", SMALL)
        shown = text_of(await town.card(photo))
        assert "赵志强" in shown
        assert "王建国" in shown
        assert "李强" in shown
        await town.photo("repairer01", reply_to=photo, settle=6)
        sheet = (await town.sheet(photo))["message_id"]
        assert await town.press("officer01", sheet, "查验通过") == "已查验通过，等另一方。"
        assert await town.press("officer02", sheet, "查验通过") == "王建国已查验通过，等维修方"


async def test_nobody_of_the_company_checks_its_own_find_for_the_patrol(tmp_path: Path) -> None:
    """Company patrol: the finder turns the repair key, the grid's officer the other."""
    async with city(tmp_path, change=at_once) as town:
        found = await town.photo("repairer01", SMALL, settle=5)
        await town.photo("repairer01", reply_to=found, settle=6)
        sheet = (await town.sheet(found))["message_id"]
        assert await town.press("repairer01", sheet, "查验通过") == "已查验通过，等另一方。"
        toast = await town.press("repairer01", sheet, "返工", settle=1)
        assert toast.startswith("只有王建国")
        assert await town.press("repairer01", sheet, "查验通过") == "已经办好了，不用再按"
        assert await town.press("officer01", sheet, "查验通过") == "双方查验通过，已结案。"
