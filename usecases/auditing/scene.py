"""What one look of the auditor sees: one committed state, the cases whose turn it is, with rows.

Open cases and those that ended last are looked at every time (so many of them at most, then in
turns); all others are walked by and by, so that a look costs the same in a city of any age.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from casework.changing import replace
from usecases.inspecting import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from casework.case import Case
    from casework.ledger import LedgerRow
    from casework.town import Town
    from usecases.inspecting import Inspection
    from usecases.office import Timetable
    from usecases.ports import UnitOfWork
    from usecases.records import DueRow, HistoryRow, Json, Link, Outgoing, Photo, Undo

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Portion:
    """How much one look takes on."""

    open: int = 300
    """Open cases."""
    ended: int = 50
    """Cases that ended last."""
    cases: int = 100
    """Cases of the walk over all."""
    photos: int = 50
    """Photos of the walk over all; their files are read whole."""
    newest: int = 200
    """Photos that came last; a file that was read before is read again once it was touched."""
    rows: int = 2000
    """Rows of the walk over due rows, outbox and photos."""
    files: int = 2000
    """Names in the folder of photos."""
    most: int = 200
    """Findings of one kind, and findings of before that are looked at again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """How far the walks have come; each begins anew when it is through."""

    opened: datetime = LONG_AGO
    case: int = 0
    photo: int = 0
    row: int = 0
    file: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What one look sees."""

    uow: UnitOfWork
    town: Town
    timetable: Timetable
    now: datetime
    portion: Portion
    known: Sequence[Finding]
    """What was found before and is looked at again."""
    busy: Collection[str] | None
    """Chats with a call of this process in flight; None: nobody here knows of any."""
    position: Position
    cases: Mapping[int, Case]
    """The cases of this look."""
    histories: Mapping[int, Sequence[HistoryRow]]
    ledgers: Mapping[int, Sequence[LedgerRow]]
    dues: Mapping[int, Sequence[DueRow]]
    """Of the open cases."""
    shown: Mapping[int, Sequence[Outgoing]]
    """Cards, edits and sheets of the open cases and those that ended last."""
    undos: Mapping[int, Undo]
    links: Mapping[int, Link]
    photos: Sequence[Photo]
    """Photos whose files are looked at."""
    thorough: frozenset[int]
    """Of these, those whose files are read whole whatever they look like."""

    @property
    def inspection(self) -> Inspection:
        """The auditor's reads."""
        return self.uow.inspection

    def finding(self, kind: str, subject: object, name: str, **data: object) -> Finding:
        """Something found in this look."""
        told: Json = dict(data)
        return Finding(kind=kind, subject=str(subject), name=name, data=told, found_at=self.now)

    def name_of(self, row: DueRow | Outgoing) -> str:
        """What a row is called: by its kind, its id, and the number of its case if it has one."""
        case = self.uow.cases.get(row.case_id, lock=False) if row.case_id else None
        return f"{row.kind} #{row.id}" + (f" {case.number}" if case is not None else "")

    @property
    def open_cases(self) -> Iterable[Case]:
        """The open cases of this look."""
        return (case for case in self.cases.values() if case.open)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gaze:
    """What a look is given besides the state of the city."""

    town: Town
    timetable: Timetable
    now: datetime
    portion: Portion
    position: Position
    busy: Collection[str] | None = None
    also: tuple[Finding, ...] = ()
    """What is looked at again besides what is kept."""


def behold(uow: UnitOfWork, gaze: Gaze) -> tuple[Scene, Position]:
    """See what is to be looked at, and where the next look goes on."""
    portion, position = gaze.portion, gaze.position
    known = (*uow.findings.all(portion.most), *gaze.also)
    opened = uow.inspection.open_since(position.opened, portion.open)
    ended = uow.inspection.closed_last(portion.ended)
    walked = uow.cases.page(position.case, portion.cases)
    again = uow.inspection.cases(_cases_of(known))
    cases = {case.id: case for some in (opened, ended, walked, again) for case in some}
    vivid = [c.id for c in cases.values() if c.open] + [c.id for c in ended]
    photos, thorough = _photos(uow.inspection, gaze, vivid, known)
    scene = Scene(
        uow=uow,
        town=gaze.town,
        timetable=gaze.timetable,
        now=gaze.now,
        portion=portion,
        known=known,
        busy=gaze.busy,
        position=position,
        cases=cases,
        histories=uow.inspection.histories(cases),
        ledgers=uow.inspection.ledgers(cases),
        dues=uow.inspection.dues_of([c.id for c in cases.values() if c.open]),
        shown=uow.inspection.shown_of(set(vivid)),
        undos=uow.inspection.undos_of(cases),
        links=uow.inspection.card_links(set(vivid)),
        photos=photos,
        thorough=thorough,
    )
    return scene, _next(position, portion, scene, (opened, walked))


def _cases_of(known: Sequence[Finding]) -> set[int]:
    return {int(finding.data["case"]) for finding in known if "case" in finding.data}


def _photos(
    inspection: Inspection, gaze: Gaze, cases: Sequence[int], known: Sequence[Finding]
) -> tuple[Sequence[Photo], frozenset[int]]:
    walk = inspection.photos_after(gaze.position.photo, gaze.portion.photos)
    again = [
        photo
        for digest in {str(f.data["digest"]) for f in known if "digest" in f.data}
        for photo in inspection.photos_of_file(digest)
    ]
    fresh = inspection.newest_photos(gaze.portion.newest)
    found = {p.id: p for some in (walk, again, fresh, inspection.photos_of(cases)) for p in some}
    return tuple(found.values()), frozenset(p.id for some in (walk, again) for p in some)


def _next(
    position: Position,
    portion: Portion,
    scene: Scene,
    walks: tuple[Sequence[Case], Sequence[Case]],
) -> Position:
    opened, walked = walks
    last = max(scene.inspection.last_id(table) for table in ("photos", "dues", "outbox"))
    row = position.row + portion.rows
    photos = [p for p in scene.photos if p.id in scene.thorough and p.id > position.photo]
    through = not photos or len(photos) < portion.photos
    return replace(
        position,
        opened=_opened_next(position.opened, opened, portion.open),
        case=walked[-1].id if walked and len(walked) >= portion.cases else 0,
        photo=0 if through else sorted(p.id for p in photos)[portion.photos - 1],
        row=row if portion.rows and row < last else 0,
    )


def _opened_next(since: datetime, opened: Sequence[Case], most: int) -> datetime:
    """Where the open cases go on: those of one moment that fill a look are passed."""
    if not opened or len(opened) < most:
        return LONG_AGO
    return (
        max(opened[-1].reported_at, since + _MOMENT)
        if since != LONG_AGO
        else (opened[-1].reported_at)
    )
