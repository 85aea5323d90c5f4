"""The course of each case, replayed from its history rows alone; nothing of the product is used."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.config import sample
from tests.soak.archive import city_time
from tests.soak.stage import ZONE
from tests.soak.worktime import passed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.soak.archive import Archive, Happened, Row

WAITING, CHECKING, CLOSED = "waiting", "checking", "closed"
UNMENDED = frozenset({WAITING, "taken", "repairing", "rework"})
GONE = frozenset({"refused", "withdrawn"})
COMPANY_OF = {person.username: person.company for person in sample({}).people}
COMPANY_IN = {grid.number: grid.company for grid in sample({}).grids}


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """A case between two rows of its history."""

    case: int
    since: datetime
    """When this state began."""
    status: str
    reported_at: datetime
    category: str
    tier: str
    grid: int | None
    company: str
    repairer: str
    source: str
    reporter: str
    deadline: datetime
    kind: str = "days"
    """The kind of time that the limit is counted in."""
    budget: timedelta = timedelta()
    """The limit's length in that kind, extensions added."""
    night: bool = False
    """Released for the night: nobody is sought before the morning."""
    sought_from: datetime | None = None
    """When somebody else was given the case, so that the claim ladder begins anew."""
    released: bool = False
    """A supervisor let the officer go."""
    given_up: datetime | None = None
    sign_at: datetime | None = None
    patrol_key: str = ""
    repair_key: str = ""
    claimer: str = ""
    claimed_at: datetime | None = None
    submitted_at: datetime | None = None
    round: int = 0
    overdue: bool = False
    left: timedelta | None = None
    """What was left when the repair clock stopped."""
    suspended: bool = False
    extensions: int = 0
    hours_asked: bool = False
    closed_at: datetime | None = None
    on_time: bool = False

    @property
    def open(self) -> bool:
        """Whether it still needs somebody."""
        return self.status in UNMENDED or self.status == CHECKING

    @property
    def runs(self) -> bool:
        """Whether its repair clock runs."""
        return self.status in UNMENDED and not self.suspended


@dataclass(slots=True, repr=False)
class Course:
    """All states of a case, one for each row of its history."""

    rows: list[Happened] = field(default_factory=list)
    states: list[State] = field(default_factory=list)

    @property
    def last(self) -> State:
        """The state now."""
        return self.states[-1]

    def at(self, moment: datetime) -> State | None:
        """The state at a moment, or None before the report."""
        found = None
        for state in self.states:
            if state.since > moment:
                break
            found = state
        return found


def replay(archive: Archive) -> dict[int, Course]:
    """The course of every case."""
    ledger: dict[int, list[Row]] = {}
    for row in archive.clock:
        ledger.setdefault(row["case_id"], []).append(row)
    return {case: _course(rows, ledger.get(case, [])) for case, rows in archive.by_case().items()}


def _course(rows: Iterable[Happened], ledger: Sequence[Row]) -> Course:
    course = Course()
    for row in rows:
        state = _first(row) if not course.states else _next(course, row)
        was = course.last if course.states else None
        course.rows.append(row)
        course.states.append(_measured(was, state, row, ledger))
    return course


SETTING = frozenset({"started", "changed", "extended", "promised", "resumed"})


def _measured(was: State | None, state: State, row: Happened, ledger: Sequence[Row]) -> State:
    """The state with the limit that the ledger gives it at this row."""
    moved = [one for one in ledger if one["at"] == row.at and one["clock"] == "repair"]
    moved = [one for one in moved if one["what"] in SETTING and one["until"] is not None]
    if row.event in MARKS or row.event == "PressUndone" or not moved:
        return state
    last = moved[-1]
    kind = str(last["span"]).partition(":")[0] if last["span"] else state.kind
    state = replace(state, deadline=last["until"], kind=kind, left=None)
    if last["what"] == "resumed" or was is None or last["what"] == "extended":
        before = was.deadline if was is not None else state.reported_at
        more = passed(kind, before, state.deadline)
        grown = state.budget + more if last["what"] == "extended" or was is None else state.budget
        return replace(state, budget=grown)
    return replace(state, budget=passed(kind, _start(state, row), state.deadline))


def _start(state: State, row: Happened) -> datetime:
    """From when a new limit counts: three days always from the report."""
    from_report = row.event == "CategoryChanged" or (
        row.event == "TierChanged" and state.tier == "B"
    )
    return state.reported_at if from_report else row.at


def _first(row: Happened) -> State:
    given = row.data
    repairer = given.get("repairer", "")
    grid = given.get("grid")
    company = COMPANY_OF.get(repairer, "") or COMPANY_IN.get(grid or 0, "")
    return State(
        case=row.case,
        since=row.at,
        status=WAITING,
        reported_at=row.at,
        category=given["category"],
        tier=given["tier"],
        grid=grid,
        company=company,
        repairer=repairer,
        night=bool(given.get("night")),
        source=given.get("source", "patrol"),
        reporter=row.actor,
        deadline=city_time(given["deadline"]),
    )


def _next(course: Course, row: Happened) -> State:
    if row.event == "PressUndone":
        return replace(_before(course, row.actor), since=row.at)
    if _takes_mending_back(course.last, row):
        places = [n for n, one in enumerate(course.rows) if one.event == "ClosureSubmitted"]
        return replace(course.states[places[-1] - 1], since=row.at)
    step = STEPS.get(row.event)
    changes = step(course.last, row) if step else {}
    given = row.data
    if "deadline" in given and row.event not in MARKS:
        changes |= {"deadline": city_time(given["deadline"]), "overdue": False, "left": None}
    return replace(course.last, since=row.at, **changes)


def _takes_mending_back(last: State, row: Happened) -> bool:
    """Whether the after-photo was another case's: nothing was mended here."""
    gone = row.event == "PhotosAdded" and row.data["count"] < 0
    return gone and row.data["phase"] == "after" and last.status == CHECKING


MARKS = frozenset({"OverdueMarked", "Reminded"})
"""Their limit is the one that has passed."""


def _before(course: Course, actor: str) -> State:
    """The state before the last act of somebody, which may have left several rows."""
    places = [n for n, row in enumerate(course.rows) if row.actor == actor]
    at = course.rows[places[-1]].at
    first = next(n for n in places if course.rows[n].at == at)
    return course.states[first - 1]


def _claimed(_was: State, row: Happened) -> Row:
    by = row.data.get("for_whom") or row.data["by"]
    named = {"repairer": by, "company": COMPANY_OF[by]} if row.data.get("for_whom") else {}
    return {"status": "taken", "claimer": by, "claimed_at": row.at, "night": False, **named}


def _submitted(was: State, row: Happened) -> Row:
    left = was.left if was.left is not None else max(was.deadline - row.at, timedelta())
    keys = {"patrol_key": "", "repair_key": ""}
    overdue = was.overdue or bool(row.data.get("late"))
    return {"status": CHECKING, "submitted_at": row.at, "left": left, "overdue": overdue, **keys}


def _moved_away(was: State, row: Happened) -> Row:
    """A sign that was another case's photo is none here."""
    gone = row.data["count"] < 0 and row.data["phase"] == "sign"
    return {"sign_at": None} if gone else {"sign_at": was.sign_at}


def _finished(was: State, row: Happened) -> Row:
    """What guards the place is a sign."""
    guarded = row.at if row.data["stage"] == "guard" else None
    return {"status": "repairing", "sign_at": was.sign_at or guarded}


def _reworked(was: State, row: Happened) -> Row:
    deadline = row.at + was.left if was.left is not None else was.deadline
    return {
        "status": "rework",
        "round": was.round + 1,
        "submitted_at": None,
        "deadline": deadline,
        "left": None,
    }


def _promised(_was: State, row: Happened) -> Row:
    last = date.fromisoformat(row.data["day"]) + timedelta(days=1)
    deadline = datetime(last.year, last.month, last.day, tzinfo=ZONE)
    return {"tier": "C", "deadline": deadline, "overdue": False, "hours_asked": False}


def _placed(was: State, row: Happened) -> Row:
    grid = row.data.get("grid", was.grid)
    company = was.company or COMPANY_IN.get(grid or 0, "")
    return {"grid": grid, "company": company}


def _given_to(was: State, row: Happened) -> Row:
    """Whoever is given a case has to take it: the ladder counts from then."""
    to = row.data.get("to") or row.data.get("repairer", "")
    company = COMPANY_OF.get(to, was.company)
    waits = {"status": WAITING, "claimer": "", "sought_from": row.at, "night": False}
    return {"repairer": to, "company": company, "claimed_at": None, **waits}


def _retiered(was: State, row: Happened) -> Row:
    """A danger lets nobody go for the night."""
    tier = row.data["tier"]
    awake = {"night": False, "sought_from": row.at} if tier == "A" and was.night else {}
    return {"tier": tier, "given_up": None, **awake}


def _ended(status: str) -> Callable[[State, Happened], Row]:
    return lambda _was, row: {"status": status, "closed_at": row.at}


STEPS: Mapping[str, Callable[[State, Happened], Row]] = {
    "CaseClaimed": _claimed,
    "StageFinished": _finished,
    "PhotosAdded": _moved_away,
    "WorkBegun": lambda _was, _row: {"status": "repairing"},
    "ClosureSubmitted": _submitted,
    "ReworkOrdered": _reworked,
    "CaseClosed": lambda _was, row: {
        "status": CLOSED,
        "closed_at": row.at,
        "on_time": bool(row.data.get("on_time")),
    },
    "CaseRefused": _ended("refused"),
    "CaseWithdrawn": _ended("withdrawn"),
    "TierChanged": _retiered,
    "TodayGivenUp": lambda _was, row: {"given_up": row.at},
    "SignPlaced": lambda was, row: {"sign_at": was.sign_at or row.at},
    "KeyTurned": lambda _was, row: {f"{row.data['side']}_key": row.data["by"]},
    "SceneReleased": lambda _was, _row: {"released": True},
    "PromiseAgreed": _promised,
    "PromiseWithdrawn": lambda _was, _row: {"tier": "B"},
    "CategoryChanged": lambda _was, row: {"category": row.data["category"]},
    "PlaceChanged": _placed,
    "CaseMoved": _given_to,
    "CaseHandedOver": _given_to,
    "OverdueMarked": lambda _was, _row: {"overdue": True},
    "ExtensionGranted": lambda was, _row: {"extensions": was.extensions + 1},
    "CaseSuspended": lambda _was, _row: {"suspended": True},
    "CaseResumed": lambda _was, _row: {"suspended": False},
}
