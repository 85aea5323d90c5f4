"""Notices: who must act, and on what; looked at again when they are about to be said."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casework import claiming, clockwork, refusals
from casework.case import Status, Tier
from casework.rules import Circle
from usecases import drafts, menus, reasons
from usecases.views import Action, AuditItem, AuditView, Button, CaseLine, Level, Name, NoticeView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from casework.case import Case
    from casework.refusals import Refusal
    from usecases.office import Office
    from usecases.records import Json, Outgoing

WATCHING = frozenset({"nudge-watch"})
MOMENTS = timedelta(minutes=1)
"""Steps of the ladder are further apart than this."""


def _runs(case: Case) -> bool:
    return case.unmended and case.left is None


# What must still hold of a case for a notice about it to be said.
_HOLDS: dict[str, Callable[[Case], bool]] = {
    "ladder-standby": lambda case: case.status is Status.WAITING,
    "ladder-manager": lambda case: case.status is Status.WAITING,
    "ladder-supervisor": lambda case: case.status is Status.WAITING,
    "ladder-leader": lambda case: case.status is Status.WAITING,
    "overnight": lambda case: case.open and case.tier is Tier.TODAY,
    "overnight-group": lambda case: case.open and case.tier is Tier.TODAY,
    "sign-ask": lambda case: case.unmended and case.sign_at is None,
    "check-ask": lambda case: case.status is Status.CHECKING,
    "check-late": lambda case: case.status is Status.CHECKING,
    "rework": lambda case: case.unmended,
    "moved": lambda case: case.status is Status.WAITING,
    "handed-over": lambda case: case.unmended,
    "hours-ask": lambda case: case.hours_asked,
    "promise-ask": lambda case: case.promise_asked is not None,
    "extension-ask": lambda case: case.extension_asked,
    "suspension-ask": lambda case: case.suspend_asked is not None,
    "resumed": _runs,
    "resumed-by": _runs,
    "refusal-ask": lambda case: bool(case.refusal_asked),
    "question-place": lambda case: case.open and case.grid is None,
    "question-anonymous": lambda case: case.open,
    "missed": lambda case: case.open,
    "burst-ask": lambda case: case.open and not case.main,
    "main-ended": lambda case: case.unmended and not case.follows,
    "closed": lambda case: case.status is Status.CLOSED,
}


def notice(office: Office, row: Outgoing) -> NoticeView | None:
    """The notice of a row; None when the reason of all its cases has gone."""
    words = str(row.fact["words"])
    if "people" in row.fact:
        return _by_person(office, row)
    lines = [one for one in _lines(office, row.fact, words) if not _overtaken(office, one[0], row)]
    if (row.fact.get("cases") and not lines) or _answered(office, row.fact):
        return None
    in_a_line = words == "overnight-group"
    return NoticeView(
        words=words,
        zone=office.town.zone,
        to=tuple(office.named(key) for key in row.fact.get("to", ())),
        fields=_numbered(lines) if in_a_line else row.fact.get("fields", {}),
        lines=() if in_a_line else tuple(line for _, line in lines),
        buttons=_buttons(office, row, [case for case, _ in lines]),
        late=bool(row.fact.get("late")),
        refusal=_told_refusal(row.fact),
    )


def audit(office: Office, row: Outgoing) -> AuditView:
    """What the auditor found."""
    items = (AuditItem(kind=k, count=n, names=tuple(names)) for k, n, names in row.fact["audit"])
    to = tuple(office.named(key) for key in row.fact.get("to", ()))
    return AuditView(zone=office.town.zone, items=tuple(items), to=to)


def _numbered(lines: list[tuple[Case, CaseLine]]) -> dict[str, str | int]:
    """The cases of a notice of one line: how many, and their numbers."""
    return {"count": len(lines), "numbers": " ".join(case.number for case, _ in lines)}


def _answered(office: Office, fact: Json) -> bool:
    """Whether the question of a notice was answered before it was asked, by a later item."""
    question = int(fact.get("question", 0))
    return question > 0 and all(p.case_id for p in office.uow.photos.of_question(question))


def _told_refusal(fact: Json) -> Refusal | None:
    """The refusal that this notice tells, if it tells one."""
    if "refusal" not in fact:
        return None
    kind, data = fact["refusal"]
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    refusal: Refusal = getattr(refusals, kind)(**fields)
    return refusal


def menu(office: Office, case: Case, fact: Json) -> NoticeView:
    """A level of the menu behind 更多."""
    return NoticeView(
        words=str(fact["words"]),
        zone=office.town.zone,
        fields={"number": case.number},
        lines=(line(office, case),),
        buttons=menus.rows(office, case, fact),
    )


def _lines(office: Office, fact: Json, words: str) -> list[tuple[Case, CaseLine]]:
    """The cases of a notice whose reason still holds; each is an id or `[id, words, at]`."""
    holds = _HOLDS.get(words, _any_case)
    found = []
    for item in fact.get("cases", ()):
        case_id, why, at = (item, "", None) if isinstance(item, int) else item
        case = office.uow.cases.get(case_id, lock=False)
        moment = datetime.fromisoformat(at) if at else None
        if case is None or not holds(case) or not reasons.holds(case, why, moment, office.town):
            continue
        found.append((case, line(office, case, why, moment)))
    return found


def _overtaken(office: Office, case: Case, row: Outgoing) -> bool:
    """Whether a later step of the ladder says the same: those that waited long are said once."""
    if row.fact["words"] != "ladder-supervisor" or case.ladder_at is None:
        return False
    again = claiming.circle_of(case, case.ladder, office.town) is Circle.SUPERVISOR
    return again and case.ladder_at - row.created_at > MOMENTS


def _any_case(_case: Case) -> bool:
    return True


def line(office: Office, case: Case, words: str = "", at: datetime | None = None) -> CaseLine:
    """One case in a list."""
    return CaseLine(
        number=case.number,
        defect=office.label(case.category),
        place=case.place,
        grid=case.grid,
        status=case.status,
        deadline=case.deadline,
        overdue=case.overdue,
        words=words,
        at=at,
        link=f"{case.chat}/{case.card}" if case.card else "",
        check_until=clockwork.check_until(case, office.town),
        suspended_until=case.suspended_until if case.suspended else None,
    )


def _by_person(office: Office, row: Outgoing) -> NoticeView | None:
    """What a whole group hears: each person once, with the cases whose reason still holds.

    People with the same cases share the list.
    """
    shared: dict[tuple[CaseLine, ...], list[Name]] = {}
    cases: dict[int, Case] = {}
    words = str(row.fact["words"])
    for person, items in row.fact["people"]:
        lines = _lines(office, {"cases": items}, words)
        cases |= {case.id: case for case, _ in lines}
        if lines:
            shared.setdefault(tuple(text for _, text in lines), []).append(office.named(person))
    if not shared:
        return None
    return NoticeView(
        words=words,
        zone=office.town.zone,
        people=tuple((tuple(names), lines) for lines, names in shared.items()),
        buttons=_buttons(office, row, list(cases.values())),
        late=bool(row.fact.get("late")),
    )


def _buttons(office: Office, row: Outgoing, cases: list[Case]) -> tuple[tuple[Button, ...], ...]:
    maker = _BUTTONS.get(str(row.fact["words"]))
    if maker is None or not cases:
        return ()
    return menus.pairs(maker(office, row, cases))


def _one(cases: list[Case]) -> Case | None:
    return cases[0] if len(cases) == 1 else None


def _claiming(_office: Office, _row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    for case in cases[: menus.MOST]:
        if case.status is Status.WAITING:
            number = _told_apart(case, cases)
            yield Button(action=Action.CLAIM, case_id=case.id, style="primary", number=number)


def _supervising(_office: Office, _row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    for case in cases[: menus.MOST]:
        number = _told_apart(case, cases)
        arg = Level.CLAIM_FOR.value
        yield Button(action=Action.MORE, case_id=case.id, arg=arg, word="claim-for", number=number)
        yield Button(action=Action.RELEASE, case_id=case.id, number=number)


def _reminding(_office: Office, row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    """Who mends may claim; in private anybody may sleep over what is no danger."""
    for case in cases[: menus.MOST]:
        number = _told_apart(case, cases)
        if case.status is Status.WAITING and row.fact["words"] not in WATCHING:
            yield Button(action=Action.CLAIM, case_id=case.id, style="primary", number=number)
        if row.person and not case.danger:
            yield Button(action=Action.HUSH, case_id=case.id, number=number)


def _ordering(office: Office, _row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    """A draft is issued or not; in a list of other things only the drafts have buttons."""
    drafted = [(case, paper) for case in cases if (paper := drafts.pending(office, case))]
    for case, paper in drafted[: menus.MOST]:
        number, arg = _told_apart(case, cases), drafts.button_arg(paper)
        yield Button(action=Action.ISSUE, case_id=case.id, arg=arg, style="danger", number=number)
        yield Button(action=Action.NOT_ISSUE, case_id=case.id, arg=arg, number=number)


def _told_apart(case: Case, cases: list[Case]) -> str:
    """Month, day and serial of a case whose buttons stand beside those of others."""
    return case.number.partition("-")[2][len("YYYY") :] if len(cases) > 1 else ""


def _hours(office: Office, _row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    for hours in office.town.rules.limits.hours_choices:
        yield Button(
            action=Action.HOURS,
            case_id=cases[0].id,
            arg=str(hours),
            word="hours",
            fields={"hours": hours},
        )


def _promise(_office: Office, _row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    yield Button(action=Action.AGREE, case_id=cases[0].id, style="success")
    yield Button(action=Action.DISAGREE, case_id=cases[0].id, style="danger")


def _extension(_office: Office, _row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    yield Button(action=Action.EXTEND_AGREE, case_id=cases[0].id, style="success")
    yield Button(action=Action.EXTEND_DECLINE, case_id=cases[0].id, style="danger")


def _suspension(_office: Office, _row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    yield Button(action=Action.SUSPEND_AGREE, case_id=cases[0].id, style="success")
    yield Button(action=Action.SUSPEND_DECLINE, case_id=cases[0].id, style="danger")


def _refusal(_office: Office, _row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    yield Button(action=Action.REFUSE_ASKED, case_id=cases[0].id, style="danger")
    yield Button(action=Action.REFUSE_DECLINED, case_id=cases[0].id)


def _checking(office: Office, row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    case = _one(cases)
    if case is None:
        yield from _reminding(office, row, cases)
    else:
        key, turn = case.id, case.round
        yield Button(action=Action.PASS, case_id=key, round=turn, style="success")
        yield Button(action=Action.REMOTE, case_id=key, round=turn)
        yield Button(action=Action.REWORK, case_id=key, round=turn, style="danger")
        yield from _reminding(office, row, cases)


def _grids(office: Office, _row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    yield from menus.grids(office, cases[0])


def _which(_office: Office, row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    question = str(row.fact["question"])
    for case in cases[: menus.MOST]:
        yield Button(action=Action.FILE, case_id=case.id, arg=question, label=case.number)
    yield Button(action=Action.NEW, case_id=0, arg=question, style="primary")


def _joining(_office: Office, row: Outgoing, cases: list[Case]) -> Iterable[Button]:
    """Both buttons carry the case by which the question is known."""
    asked = int(row.fact["cases"][0])
    if len(cases) > 1:
        yield Button(action=Action.JOIN, case_id=asked, style="primary")
        yield Button(action=Action.NOT_JOIN, case_id=asked)


_BUTTONS: dict[str, Callable[[Office, Outgoing, list[Case]], Iterable[Button]]] = {
    "ladder-standby": _claiming,
    "ladder-manager": _claiming,
    "ladder-supervisor": _supervising,
    "nudge": _reminding,
    "nudge-watch": _reminding,
    "nudge-watched": _claiming,
    "missed": _ordering,
    "order-ask": _ordering,
    "moved": _claiming,
    "handed-over": _claiming,
    "hours-ask": _hours,
    "promise-ask": _promise,
    "extension-ask": _extension,
    "suspension-ask": _suspension,
    "refusal-ask": _refusal,
    "check-ask": _checking,
    "check-late": _checking,
    "burst-ask": _joining,
    "question-place": _grids,
    "question-case": _which,
}
