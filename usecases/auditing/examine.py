"""One look at the rows, and what is to be looked at among the files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from casework.changing import replace
from usecases.auditing import checks, scene
from usecases.inspecting import Finding
from usecases.records import PhotoState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from usecases.auditing.scene import Gaze, Position, Scene
    from usecases.ports import UnitOfWork
    from usecases.records import Photo


T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """A file that must be on the shelf."""

    digest: str
    """Its SHA-256."""
    file: str
    """The chat platform's handle for fetching it again."""
    name: str
    """Whose photo it is, for people."""
    case: int
    thorough: bool
    """It is read whole, however untouched it looks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What one look has seen."""

    findings: list[Finding]
    """What the rows show."""
    originals: list[Original]
    known: Sequence[Finding]
    """What had been found before, and was looked at again."""
    position: Position
    """Where the next look goes on."""


class Lying(Protocol):
    """What lies in a part of the folder of photos, by paths within it."""

    @property
    def originals(self) -> list[str]:
        """Files with the name of a digest, in their place."""
        ...

    @property
    def others(self) -> list[str]:
        """All other files."""
        ...

    @property
    def unfinished(self) -> list[str]:
        """What writers have begun."""
        ...

    @property
    def after(self) -> str:
        """Where to go on."""
        ...


class Files(Protocol):
    """The folder of photos, as the auditor looks at it; slow, so it has a thread of its own."""

    def state(self, digest: str, *, thorough: bool) -> str:
        """`good`, `missing` or `altered`."""
        ...

    def lying(self, after: str, most: int, again: Iterable[str]) -> Lying:
        """What lies behind a place, until about so many names were read, and some besides."""
        ...


class Looker(Protocol):
    """Reads one committed state beside the writer."""

    def look(self, fn: Callable[[UnitOfWork], T]) -> T:
        """What the function makes of it."""
        ...


def survey(looker: Looker, files: Files, gaze: Gaze) -> tuple[Seen, list[Finding]]:
    """Look at rows and files; not for the event loop."""
    seen = looker.look(partial(examine, gaze=gaze))
    missing = look_at_files(files, seen.originals, gaze.now)
    again = [str(f.data["path"]) for f in seen.known if "path" in f.data]
    lying = files.lying(gaze.position.file, gaze.portion.files, again)
    digests = {digest_of(path) for path in lying.originals}
    named = looker.look(partial(_named, digests=digests))
    position = replace(seen.position, file=lying.after)
    found = [*seen.findings, *missing, *strays(lying, named, gaze.now)]
    return replace(seen, position=position), found


def _named(uow: UnitOfWork, *, digests: Collection[str]) -> frozenset[str]:
    return uow.inspection.named(digests)


def examine(uow: UnitOfWork, gaze: Gaze) -> Seen:
    """Look at the rows of one committed state."""
    try:
        beheld, position = scene.behold(uow, gaze)
    except checks.MISTAKES as error:
        return _blinded(uow, gaze, type(error).__name__)
    findings = checks.look(beheld)
    findings += [_without_file(beheld, p) for p in _kept(beheld.photos) if not p.sha256]
    return Seen(
        findings=findings,
        originals=list(_originals(beheld)),
        known=beheld.known,
        position=position,
    )


def _blinded(uow: UnitOfWork, gaze: Gaze, reason: str) -> Seen:
    """Rows that make no sense kept the cases from being read at all: that is what was found."""
    known = uow.findings.all(gaze.portion.most)
    blind = Finding(kind=checks.BLIND, subject="cases", name=reason, found_at=gaze.now)
    return Seen(findings=[*known, blind], originals=[], known=known, position=gaze.position)


def _kept(photos: Iterable[Photo]) -> Iterator[Photo]:
    return (photo for photo in photos if photo.state is PhotoState.KEPT)


def _name(beheld: Scene, photo: Photo) -> str:
    case = beheld.cases.get(photo.case_id)
    return case.number if case is not None else f"photo #{photo.id}"


def _without_file(beheld: Scene, photo: Photo) -> Finding:
    return beheld.finding("photo-missing", f"row:{photo.id}", _name(beheld, photo))


def _originals(beheld: Scene) -> Iterator[Original]:
    """Each file once, though several photos may have it."""
    found: dict[str, Original] = {}
    for photo in _kept(beheld.photos):
        known = found.get(photo.sha256)
        thorough = photo.id in beheld.thorough or (known is not None and known.thorough)
        if photo.sha256:
            found[photo.sha256] = Original(
                digest=photo.sha256,
                file=photo.file,
                name=_name(beheld, photo),
                case=photo.case_id,
                thorough=thorough,
            )
    yield from found.values()


def look_at_files(files: Files, originals: Iterable[Original], now: datetime) -> list[Finding]:
    """The originals that are missing or are other bytes than they were."""
    return [
        Finding(
            kind=f"photo-{state}",
            subject=one.digest,
            name=one.name,
            data={"digest": one.digest, "file": one.file},
            found_at=now,
        )
        for one in originals
        if (state := files.state(one.digest, thorough=one.thorough)) != "good"
    ]


STRAY, PART = "file-stray", "file-part"


def strays(lying: Lying, named: Collection[str], now: datetime) -> list[Finding]:
    """Files that no photo names, and what a writer has begun and left."""
    unknown = [path for path in lying.originals if digest_of(path) not in named]
    found = [(STRAY, path) for path in (*unknown, *lying.others)]
    found += [(PART, path) for path in lying.unfinished]
    return [
        Finding(
            kind=kind,
            subject=path,
            name=digest_of(path)[:SHOWN],
            data={"path": path},
            found_at=now,
        )
        for kind, path in found
    ]


def digest_of(path: str) -> str:
    """The last part of a path: the digest, for an original."""
    return path.rpartition("/")[2]


SHOWN = 12
"""Letters of a file's name that people see."""
