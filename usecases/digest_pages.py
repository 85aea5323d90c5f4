"""From the kept fact of a digest to its view; only the named cases are read anew."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from casework.case import Source, Status, Tier
from casework.changing import replace
from usecases import notices
from usecases.digest_facts import unpacked
from usecases.digest_views import (
    Cause,
    ChartView,
    DigestView,
    Findings,
    Past,
    Promises,
    Row,
)
from usecases.figures import NOTHING
from usecases.views import Action, Button

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from usecases.keeping import KeptDigest
    from usecases.office import Office
    from usecases.records import Json, Outgoing
    from usecases.views import CaseLine

Rows = tuple[tuple[Button, ...], ...]


def page(
    office: Office,
    fact: Json,
    part: str,
    *,
    kept: KeptDigest | None = None,
    row: Outgoing | None = None,
) -> DigestView:
    """A digest, its draft, or the figures now; `part` is `text`, `draft` or `today`."""
    kind = kept.kind if kept and part == "text" else part
    made = _page(office, fact, kind)
    if kept is None or row is None:
        return replace(made, buttons=((_definitions(),),))
    return replace(
        made,
        remark=kept.remark,
        remark_by=office.town.roster.name(kept.remark_by) if kept.remark_by else "",
        late=bool(row.fact.get("late")),
        buttons=_buttons(kept, part, row),
    )


def chart(office: Office, kept: KeptDigest, *, late: bool) -> ChartView:
    """The picture of a review; one that was missed says so, as its text does."""
    return ChartView(digest=replace(_page(office, kept.fact, kept.kind), late=late))


def _page(office: Office, fact: Json, kind: str) -> DigestView:
    return DigestView(
        kind=kind,
        zone=office.town.zone,
        since=datetime.fromisoformat(fact["since"]),
        until=datetime.fromisoformat(fact["until"]),
        total=unpacked(fact["all"]),
        ended=fact["ended"],
        states={Status(name): count for name, count in fact["states"].items()},
        overdue=_lines(office, fact["overdue"]),
        due=_lines(office, fact["due"]),
        overnight=tuple(one for one in _lines(office, fact["overnight"]) if _open(one)),
        rows={name: _rows(office, name, parts) for name, parts in fact["by"].items()},
        findings=_findings(office, fact),
    )


def _definitions() -> Button:
    return Button(action=Action.DEFINITIONS, case_id=0)


def _buttons(kept: KeptDigest, part: str, row: Outgoing) -> Rows:
    if part == "draft":
        stamp = f"{kept.until:%Y%m%d%H%M}"
        return ((Button(action=Action.REMARK, case_id=0, arg=stamp), _definitions()),)
    if not row.person:
        return ((_definitions(),),)
    mute = Button(action=Action.MUTE_DIGEST, case_id=0, arg=kept.kind)
    return ((_definitions(), mute),)


def _lines(office: Office, ids: Iterable[int]) -> tuple[CaseLine, ...]:
    found = (office.uow.cases.get(case_id, lock=False) for case_id in ids)
    return tuple(notices.line(office, case) for case in found if case is not None)


def _open(line: CaseLine) -> bool:
    return line.status not in {Status.CLOSED, Status.REFUSED, Status.WITHDRAWN}


def _rows(office: Office, dimension: str, parts: Mapping[str, Json]) -> tuple[Row, ...]:
    if dimension == "company":
        # All stand side by side, also one that had nothing to do.
        parts = {**dict.fromkeys(office.town.roster.companies, NOTHING.pack()), **parts}
    rows = [_row(office, dimension, key, tally) for key, tally in parts.items()]
    if dimension == "category":
        return tuple(sorted(rows, key=lambda row: (-row.tally.reported, row.key)))
    places = {key: at for at, key in enumerate(_order(office, dimension))}
    return tuple(sorted(rows, key=lambda row: (places.get(row.key, len(places)), row.key)))


def _order(office: Office, dimension: str) -> list[str]:
    if dimension == "grid":
        return [str(grid.number) for grid in office.town.gazetteer.grids]
    if dimension == "company":
        return list(office.town.roster.companies)
    return [one.value for one in (Source if dimension == "source" else Tier)]


def _row(office: Office, dimension: str, key: str, tally: Json) -> Row:
    company = office.town.roster.companies.get(key) if dimension == "company" else None
    return Row(
        key=key,
        name=company.name if company else "",
        names=office.label(key) if dimension == "category" else None,
        tally=unpacked(tally),
    )


def _findings(office: Office, fact: Json) -> Findings:
    if "past" not in fact:
        return Findings()
    companies = office.town.roster.companies
    promises = {key: fact["promises"].get(key, (0, 0)) for key in companies}
    causes = fact["causes"].items()
    return Findings(
        past=tuple(_past(past) for past in fact["past"]),
        places=tuple((name, count) for name, count in fact["places"]),
        causes=tuple(
            Cause(kind=kind, reasons=tuple((reason, count) for reason, count in reasons))
            for kind, reasons in causes
        ),
        promises=tuple(
            Promises(company=companies[key].name, kept=kept, broken=broken)
            for key, (kept, broken) in promises.items()
        ),
        slowest=_lasted(office, fact.get("slowest", ())),
        fastest=_lasted(office, fact.get("fastest", ())),
    )


def _past(fact: Json) -> Past:
    return Past(
        since=datetime.fromisoformat(fact["since"]),
        until=datetime.fromisoformat(fact["until"]),
        tally=unpacked(fact["all"]),
    )


def _lasted(office: Office, pairs: Iterable[tuple[int, int]]) -> tuple[tuple[CaseLine, int], ...]:
    found = ((office.uow.cases.get(case, lock=False), seconds) for case, seconds in pairs)
    return tuple((notices.line(office, case), seconds) for case, seconds in found if case)
