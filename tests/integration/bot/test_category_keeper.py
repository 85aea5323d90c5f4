"""The category file in force: its versions at starts, and the trees that open cases keep."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import casework
from bot.assembly import Product, build, prepare
from bot.config import sample
from casework.case import Tier
from pictures.worker import PictureWorker
from tests import databases
from tests.fakes.clock import ManualClock
from tests.integration.storage.cast import NOON, pothole
from usecases.keeping import Rulebook

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest

    from usecases.office import Office

SHIPPED = (Path(casework.__file__).parent / "data" / "categories.toml").read_text("utf-8")
KERB = 'code = "2052"\nname_zh = "路沿石缺失"'
SHORTER = SHIPPED.replace(KERB, f'{KERB}\ntier = "A"\nlimit = "4 紧急工作时"')
WITHOUT = SHORTER.replace(KERB, 'code = "2959"\nname_zh = "路沿石不见了"')


@asynccontextmanager
async def product_with(folder: Path, text: str) -> AsyncIterator[Product]:
    """The product with this category file, opened; no loops."""
    file = folder / "own.toml"
    file.write_text(text, encoding="utf-8")
    settings = databases.housed(replace(sample({}), data=folder))
    settings = replace(settings, files=replace(settings.files, categories=file))
    prepare(settings)
    product = build(settings, ManualClock(NOON), PictureWorker())
    await product.writer.start()
    try:
        await product.desk.start()
        await product.categories.open()
        yield product
    finally:
        await product.writer.stop()
        await product.bot.session.close()


def keep(office: Office) -> None:
    """An open case of the version in force."""
    case = pothole(category="2052", rules_version=office.town.rules_version)
    office.uow.cases.add(case)


async def test_the_same_file_is_the_same_version_after_a_restart(tmp_path: Path) -> None:
    """A start alone changes nothing."""
    for _ in range(2):
        async with product_with(tmp_path, SHIPPED) as product:
            assert product.desk.town.rules_version == 1
            assert not product.desk.town.earlier


async def test_a_case_keeps_the_rules_under_which_it_was_opened(tmp_path: Path) -> None:
    """Over restarts with an edited file, as long as it is open."""
    async with product_with(tmp_path, SHIPPED) as product:
        await product.desk.do(keep)
    async with product_with(tmp_path, SHORTER) as product:
        town = product.desk.town
        assert town.rules_version == 2
        old, new = town.leaf("2052", 1), town.leaf("2052", 2)
        assert old is not None
        assert new is not None
        assert (old.tier, old.limit) == (Tier.THREE_DAYS, None)
        assert new.tier is Tier.TODAY
        assert new.limit is not None


async def test_a_code_that_left_the_file_has_its_rules_and_its_name(tmp_path: Path) -> None:
    """Those of the case's own version; a code that never was has neither."""
    async with product_with(tmp_path, SHIPPED) as product:
        await product.desk.do(keep)
    async with product_with(tmp_path, WITHOUT) as product:
        town = product.desk.town
        assert town.leaf("2052", 1) is not None
        assert town.leaf("2052", 2) is None
        assert town.leaf("2959", 1) is not None
        assert town.category_names("2052") == ("路沿石缺失", "Kerb missing")
        assert town.category_names("0000") == ("0000", "0000")
        assert town.knows("2052")
        assert not town.knows("0000")


async def test_a_version_that_cannot_be_read_any_more_gives_way_to_todays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A later program may know the file otherwise; its cases must not stop the start."""
    unreadable = Rulebook(version=1, at=NOON, sha256="0" * 64, text="[groups]\n", names={})

    def old_times(office: Office) -> None:
        office.uow.rulebooks.add(unreadable)
        office.uow.cases.add(pothole(category="2052", rules_version=1))

    settings = databases.housed(replace(sample({}), data=tmp_path))
    prepare(settings)
    product = build(settings, ManualClock(NOON), PictureWorker())
    await product.writer.start()
    try:
        await product.desk.do(old_times)
        with caplog.at_level(logging.WARNING):
            await product.categories.open()
    finally:
        await product.writer.stop()
        await product.bot.session.close()
    town = product.desk.town
    assert town.rules_version == 2
    assert town.leaf("2052", 1) == town.leaf("2052", 2)
    assert "version 1 of the category file is out of date" in caplog.text
