"""The flows whose statements are traced: a city that opens and works, and an old one led on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import migrate
from tests.harness.crash.migrating import old_city
from tests.harness.crash.rounds import MORNING
from tests.harness.crash.scenes import Street
from tests.harness.crash.town import Town
from tests.harness.power.trace import traced

if TYPE_CHECKING:
    from pathlib import Path

    from tests.harness.power.trace import Trace

LIVES = (
    (Street.photo, Street.claim),
    (Street.mend, Street.album),
    (Street.check, Street.close),
    (Street.danger, Street.moment, Street.moment),
    (Street.odd_update, Street.ask, Street.fail),
)
"""An orderly stop after each empties the log into the database."""


async def day(folder: Path) -> Trace:
    """The first start of a city, with all migrations, and five lives at work."""
    town = Town(folder, MORNING.begin)
    street = Street(town)
    with traced(town.settings.database_url.rpartition("/")[2]) as trace:
        for scenes in LIVES:
            life = town.new_life()
            await life.rehearse()
            for scene in scenes:
                await scene(street)
            await life.end()
    return trace


def upgrade(folder: Path) -> tuple[Trace, Path]:
    """An upgrade of an old city, and the file as it was before."""
    before, file = folder / "before.sqlite3", folder / "upgraded.sqlite3"
    old_city(before)
    file.write_bytes(before.read_bytes())
    with traced(file.name) as trace:
        migrate.upgrade(f"sqlite:///{file}", backup_folder=None)
    return trace, before
