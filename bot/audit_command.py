"""`xunchaqun audit`: everything that the auditor looks for, at once, beside a running bot.

What looks wrong is looked at again after a moment, so that what is under way is no finding. It
exits with 1 when something is named. Without `--repair` nothing is changed.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from bot.belongings import shelf_in
from bot.cli_texts import say
from bot.clocks import tool_clock
from bot.config.city import town as build_town
from bot.heard import heard
from bot.progress import Progress
from bot.tools import look_for_city, look_for_database
from pictures.inspector import ShelfInspector
from scheduler.timetable import CronTimetable
from storage import condition
from storage.reader import Looker
from storage.soundness import looked_over
from storage.writer import Writer
from usecases.auditing import settle
from usecases.auditing.checks import BY_KIND, Remedy
from usecases.auditing.examine import PART, survey
from usecases.auditing.scene import LONG_AGO, Gaze, Portion, Position
from usecases.beats import beats
from usecases.desk import Desk, Homes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.cli_texts import Language
    from bot.config import Settings
    from casework.town import Town
    from usecases.auditing.examine import Seen
    from usecases.inspecting import Finding
    from usecases.ports import Clock, UnitOfWork

WHOLE = Portion(
    open=500, ended=50, cases=500, photos=500, newest=0, rows=20_000, files=5_000, most=1_000
)
"""Taken on at a time until all was walked through."""
NOTHING = replace(WHOLE, open=0, ended=0, cases=0, photos=0, rows=0, files=0)
"""Only what was found is looked at again."""
MOMENT = 2.0
"""Real seconds between both looks: a running bot has then done what was under way."""


@dataclass(kw_only=True, slots=True)
class Audit:
    """One walk through a whole city."""

    settings: Settings
    clock: Clock
    language: Language
    tell: Callable[[str], None]
    progress: Progress
    moment: float = MOMENT
    town: Town = field(init=False)
    timetable: CronTimetable = field(init=False)
    _inspector: ShelfInspector = field(init=False)

    def __post_init__(self) -> None:
        self.town = build_town(self.settings)
        come = beats(self.town.rules.reminders, self.town.digests)
        self.timetable = CronTimetable(self.town.zone, come, self.town.calendar.works)
        self._inspector = ShelfInspector(shelf_in(self.settings.data))

    def run(self, *, repair: bool) -> int:
        """Walk, tell, and mend if that is wanted; 1 if something is named, else 0.

        Raises:
            NoDatabaseError: The bot has never run.
            DatabaseDamagedError: Its pages do not fit together: no row can be trusted.
            StorageError: The database cannot be used.
        """
        look_for_database(self.settings)
        looked_over(self.settings.database_url)
        look_for_city(self.settings)
        looker = Looker(self.settings.database_url)
        try:
            cases, photos = condition.sizes(self.settings.database_url)
            found = self._believed(looker, self._walk(looker, looker.look(_length)))
        finally:
            looker.stop()
        mended = asyncio.run(self._repair(found)) if repair and found else Counter[str]()
        self._tell_all(found, mended)
        for said in heard(self.settings, self.clock.now()):
            self._say(said.key, **said.fields)
        sizes = {"cases": cases, "photos": photos, "count": len(found)}
        key = "audit_bad" if found else "audit_good"
        self._say(key, **sizes, mended=mended.total())
        return int(len(found) > mended.total())

    def _walk(self, looker: Looker, total: int) -> list[Finding]:
        found: dict[tuple[str, str], Finding] = {}
        portion, position = WHOLE, Position()
        with self.progress.part("audit_walk", total) as advance:
            while portion.open or portion.cases or portion.photos or portion.rows or portion.files:
                seen, some = self._survey(looker, portion, position)
                found |= {finding.id: finding for finding in some}
                advance(_steps(position, seen.position))
                portion, position = _left(portion, seen.position), seen.position
        return list(found.values())

    def _survey(
        self, looker: Looker, portion: Portion, position: Position, also: Sequence[Finding] = ()
    ) -> tuple[Seen, list[Finding]]:
        gaze = Gaze(
            town=self.town,
            timetable=self.timetable,
            now=self.clock.now(),
            portion=portion,
            position=position,
            also=tuple(also),
        )
        return survey(looker, self._inspector, gaze)

    def _believed(self, looker: Looker, found: list[Finding]) -> list[Finding]:
        """What a second look sees, too."""
        if not found:
            return found
        time.sleep(self.moment)
        _, again = self._survey(looker, NOTHING, Position(), found)
        still = {finding.id for finding in again}
        return sorted((one for one in found if one.id in still), key=lambda one: one.id)

    async def _repair(self, found: Sequence[Finding]) -> Counter[str]:
        """Mend what can be derived; how many of each kind."""
        mended: Counter[str] = Counter()
        writer = Writer(self.settings.database_url)
        await writer.start()
        try:
            desk = self._desk(writer)
            for finding in found:
                if finding.kind == PART:
                    self._inspector.remove_unfinished(str(finding.data["path"]))
                elif BY_KIND[finding.kind].remedy is Remedy.REPAIR:
                    await desk.do(settle.repair, finding)
                else:
                    continue
                mended[finding.kind] += 1
        finally:
            await writer.stop()
        return mended

    def _desk(self, writer: Writer) -> Desk:
        return Desk(writer.run, self.town, self.clock, self.timetable, Homes(self.town))

    def _tell_all(self, found: Sequence[Finding], mended: Counter[str]) -> None:
        """Each kind with its findings, and then with what to do."""
        for kind, some in groupby(found, key=lambda finding: finding.kind):
            for finding in some:
                fields = {"seq": 0, **finding.data, "name": finding.name}
                self._say(f"audit-{kind}", **fields)
            if mended[kind]:
                self._say("audit_repaired", count=mended[kind])
            else:
                self._say("audit_remedy", remedy=say(f"remedy-{kind}", self.language))

    def _say(self, key: str, **fields: object) -> None:
        self.tell(say(key, self.language, **fields))


def audit(settings: Settings, *, language: Language, repair: bool) -> int:
    """Walk through a whole city with the clock of its configuration, and print what is found."""

    def tell(line: str) -> None:
        sys.stdout.write(f"{line}\n")

    walk = Audit(
        settings=settings,
        clock=tool_clock(settings),
        language=language,
        tell=tell,
        progress=Progress(language),
    )
    return walk.run(repair=repair)


def _length(uow: UnitOfWork) -> int:
    """Of the walk, which goes by ids: PostgreSQL leaves some out."""
    return uow.inspection.last_id("cases") + uow.inspection.last_id("photos")


def _steps(was: Position, now: Position) -> int:
    """How many cases and photos further; a walk that is through has taken no known step."""
    return max(0, now.case - was.case) + max(0, now.photo - was.photo)


def _left(portion: Portion, position: Position) -> Portion:
    """What is still to be walked: whatever has begun anew is through."""
    return replace(
        portion,
        open=portion.open if position.opened != LONG_AGO else 0,
        ended=0,
        cases=portion.cases if position.case else 0,
        photos=portion.photos if position.photo else 0,
        rows=portion.rows if position.row else 0,
        files=portion.files if position.file else 0,
    )
