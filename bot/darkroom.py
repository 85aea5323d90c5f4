"""Between delivery and pictures: keeps photos on the shelf, has sheets drawn in the worker."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from delivery.ports import Broken, Kept, Unproved
from pictures.chart import Bar, ChartSpec, Panel, Row
from pictures.errors import Missing, NotStarted, PictureError, TimedOut, WorkerDied
from pictures.sheet import Column, SheetSpec

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from messages.charts import BarLabels, RowLabels
    from messages.letters import Letters
    from messages.sheets import SideLabels
    from pictures.shelf import Shelf
    from pictures.worker import PictureWorker
    from usecases.digest_views import ChartView
    from usecases.ports import Clock
    from usecases.views import SheetSide, SheetView

TRIES = 2
"""A drawing that died or took too long may pass the second time."""


class KeptPhotos:
    """Keeps verified originals (`delivery.ports.PhotoShelf`)."""

    def __init__(self, worker: PictureWorker, shelf: Shelf) -> None:
        self._worker = worker
        self._shelf = shelf

    async def keep(self, data: bytes) -> Kept | Broken | Unproved:
        """Verify in the worker, keep the original bytes by their hash."""
        try:
            picture = await self._worker.examine(data)
        except NotStarted as error:
            raise OSError(f"no process starts that would look at it ({error.why})") from error
        except (TimedOut, WorkerDied):
            return Unproved()
        except PictureError:
            return Broken()
        digest = await asyncio.to_thread(self._shelf.put, data)
        return Kept(sha256=digest, width=picture.width, height=picture.height)


class SheetPainter:
    """Draws before/after sheets and charts (`delivery.ports.Painter`)."""

    def __init__(
        self,
        worker: PictureWorker,
        shelf: Shelf,
        letters: Letters,
        clock: Clock,
        font: Path | None,
    ) -> None:
        self._worker = worker
        self._shelf = shelf
        self._letters = letters
        self._clock = clock
        self._font = font

    async def sheet(self, view: SheetView, language: str) -> bytes | None:
        """The sheet of a round as JPEG; None when it cannot be drawn."""
        labels = self._letters.sheet_labels(view, language, self._clock.now())
        spec = SheetSpec(
            number=labels.number,
            title=labels.title,
            place=labels.place,
            columns=(
                await self._column(view.before, labels.before),
                await self._column(view.after, labels.after),
            ),
            missing=labels.missing,
            font=self._font,
        )
        return await self._drawn(partial(self._worker.sheet, spec))

    async def chart(self, view: ChartView, language: str) -> bytes | None:
        """The chart of a review as JPEG; None when it cannot be drawn."""
        labels = self._letters.chart_labels(view, language, self._clock.now())
        spec = ChartSpec(
            title=labels.title,
            legend=labels.legend,
            panels=tuple(_panel(heading, rows) for heading, rows in labels.panels),
            font=self._font,
        )
        return await self._drawn(partial(self._worker.chart, spec))

    async def _drawn(self, draw: Callable[[], Awaitable[bytes]]) -> bytes | None:
        for _ in range(TRIES):
            try:
                return await draw()
            except (TimedOut, WorkerDied):
                continue
            except PictureError:
                return None
        return None

    async def _column(self, side: SheetSide, labels: SideLabels) -> Column:
        photos = await asyncio.to_thread(self._read, side.photos)
        return Column(label=labels.label, photos=photos, time=labels.time, person=labels.person)

    def _read(self, digests: tuple[str, ...]) -> tuple[bytes | None, ...]:
        return tuple(self._one(digest) for digest in digests) or (None,)

    def _one(self, digest: str) -> bytes | None:
        try:
            return self._shelf.read(digest)
        except Missing:
            return None


def _panel(heading: str, rows: tuple[RowLabels, ...]) -> Panel:
    return Panel(
        heading=heading,
        rows=tuple(
            Row(
                label=row.label,
                note=row.note,
                bars=(_bar(row.bars[0]), _bar(row.bars[1])),
                strong=row.strong,
            )
            for row in rows
        ),
    )


def _bar(bar: BarLabels) -> Bar:
    return Bar(bar.share, bar.words)
