"""The auditor (自检): looks every minute, twice before it believes, repairs or tells once.

It is a loop of its own and no due row: a lost due row is among what it looks for. It reads beside
the writer, in portions, so that it costs the same whatever the age of the city. What looks wrong
is looked at again some seconds later, after the loops were woken: a tick that was asleep, a call
under way or a clock that jumped is no damage.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from delivery.outcomes import Fetched
from storage.errors import StorageError
from usecases.auditing import settle
from usecases.auditing.checks import BY_KIND, Gravity, Remedy
from usecases.auditing.examine import PART, survey
from usecases.auditing.result import AuditResult
from usecases.auditing.scene import Gaze, Portion, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from delivery.ports import Files
    from pictures.inspector import ShelfInspector
    from pictures.shelf import Shelf
    from storage.reader import Looker
    from usecases.auditing.examine import Seen
    from usecases.desk import Desk
    from usecases.inspecting import Finding
    from usecases.ports import Clock
    from web.totals import Totals

log = logging.getLogger(__name__)

SECOND_LOOK = timedelta(seconds=10)
"""How long what looks wrong is given to prove right."""
SPARE = timedelta(seconds=5)
"""What both looks themselves may take of a period."""


@dataclass(kw_only=True, slots=True)
class Auditor:
    """Looks after the city. `bot/nursery.py` runs `run()`."""

    desk: Desk
    looker: Looker
    shelf: Shelf
    inspector: ShelfInspector
    files: Files
    every: timedelta
    """Within this time any damage is found; zero: nobody looks."""
    wake: Callable[[], None]
    """Rings all loops: what looks late may only have been slept through."""
    busy: Callable[[], Collection[str] | None]
    """Chats with a call in flight; None: other processes send, too."""
    totals: Totals
    """Learns what came of the last look."""
    portion: Portion = field(default_factory=Portion)
    _position: Position = field(default_factory=Position)
    _repaired: int = 0
    _until: datetime | None = None

    @property
    def clock(self) -> Clock:
        """The one clock."""
        return self.desk.clock

    @property
    def idle(self) -> bool:
        """Whether only time can bring anything to do."""
        return not self.every or (self._until is not None and self._until > self.clock.now())

    async def run(self) -> None:
        """Look for ever; a look that fails is no reason to stop, nor to be called good."""
        if not self.every:
            return
        self._position = await self.desk.do(settle.kept_position, self._position)
        while True:
            await self._rest(self.every - SECOND_LOOK - SPARE)
            try:
                await self.look()
            except Exception as error:
                log.exception("a look of the auditor failed", extra={"action": "audit.failed"})
                await self._blind(error)

    async def _blind(self, error: Exception) -> None:
        """Damage may keep the rows from being read at all; the supervisors hear of that, too."""
        self.totals.audit = AuditResult(
            ok=False, at=self.clock.now(), counts={"look-failed": 1}, repaired=self._repaired
        )
        try:
            await self.desk.do(settle.blind, type(error).__name__)
            await self.desk.do(settle.tell, frozenset(), self.portion.most)
        except StorageError:
            log.warning("nobody could be told of it", extra={"action": "audit.untold"})

    async def _rest(self, length: timedelta) -> None:
        self._until = self.clock.now() + max(length, SPARE)
        await self.clock.sleep_until(self._until)
        self._until = None

    async def look(self) -> None:
        """One look and all that follows from it."""
        first, found = await self._see()
        known = {finding.id for finding in first.known}
        seen = [finding for finding in found if finding.id in known]
        if len(seen) < len(found):
            self.wake()
            await self._rest(SECOND_LOOK)
            second, again = await self._see()
            first = replace(first, position=second.position)
            still = {finding.id for finding in found}
            seen = [finding for finding in again if finding.id in still]
        await self._settle(first, seen)

    async def _see(self) -> tuple[Seen, list[Finding]]:
        gaze = Gaze(
            town=self.desk.town,
            timetable=self.desk.timetable,
            now=self.clock.now(),
            portion=self.portion,
            position=self._position,
            busy=self.busy(),
        )
        return await asyncio.to_thread(survey, self.looker, self.inspector, gaze)

    async def _settle(self, first: Seen, seen: Sequence[Finding]) -> None:
        """Remember, repair, tell; then the next look goes on where this one ended."""
        known = {finding.id for finding in first.known}
        for finding in seen:
            if finding.id not in known:
                _log(finding, "audit.found")
        wanted = await self.desk.do(settle.settle, seen, first.known)
        done = [finding for finding in wanted if await self._repair(finding)]
        await self.desk.do(settle.tried, wanted)
        await self.desk.do(settle.mended, [f for f in done if _surely(f)])
        told = await self.desk.do(settle.tell, {f.id for f in done}, self.portion.most)
        self._position = first.position
        await self.desk.do(settle.keep_position, self._position)
        self._conclude(seen, {finding.id for finding in done}, told)

    def _conclude(
        self, seen: Sequence[Finding], done: Collection[tuple[str, str]], told: int
    ) -> None:
        self._repaired += len(done)
        left = [finding for finding in seen if finding.id not in done]
        counts = Counter(finding.kind for finding in left)
        ok = all(BY_KIND[kind].gravity is not Gravity.BROKEN for kind in counts)
        self.totals.audit = AuditResult(
            ok=ok, at=self.clock.now(), counts=dict(counts), repaired=self._repaired
        )
        if told:
            log.error(
                "%d findings of the auditor were told to the supervisors",
                told,
                extra={"action": "audit.told", "kinds": sorted(counts)},
            )

    async def _repair(self, finding: Finding) -> bool:
        """Whether something was done; one that fails must not keep the others."""
        try:
            if BY_KIND[finding.kind].remedy is Remedy.FETCH:
                if not await self._fetch(finding):
                    return False
            elif finding.kind == PART:
                await asyncio.to_thread(self.inspector.remove_unfinished, _path(finding))
            else:
                await self.desk.do(settle.repair, finding)
        except Exception:
            log.exception(
                "a repair failed", extra={"action": "audit.unrepaired", "kind": finding.kind}
            )
            return False
        _log(finding, "audit.repaired")
        return True

    async def _fetch(self, finding: Finding) -> bool:
        """Get the original once more; only the same bytes take the place of what is gone."""
        digest = str(finding.data.get("digest", ""))
        if not digest:
            return False
        outcome = await self.files.fetch(str(finding.data["file"]))
        if not isinstance(outcome, Fetched):
            return False
        return await asyncio.to_thread(self._put, outcome.data, digest)

    def _put(self, data: bytes, digest: str) -> bool:
        if hashlib.sha256(data).hexdigest() != digest:
            return False
        self.shelf.put(data)
        return True


def _surely(finding: Finding) -> bool:
    """What lies on the disk again needs no second look."""
    return BY_KIND[finding.kind].remedy is Remedy.FETCH or finding.kind == PART


def _path(finding: Finding) -> str:
    return str(finding.data["path"])


def _log(finding: Finding, action: str) -> None:
    log.warning(
        "%s: %s",
        finding.kind,
        finding.name,
        extra={"action": action, "kind": finding.kind, "case": finding.data.get("case", 0)},
    )
