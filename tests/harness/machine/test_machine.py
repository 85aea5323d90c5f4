"""Hypothesis drives people, clock and faults; a small model says where each case must stand."""

from __future__ import annotations

import gc
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from bot.config import sample
from storage.errors import DatabaseDisturbedError
from tests.harness.faults.bench import lay_database
from tests.harness.faults.lives import on_the_bench
from tests.harness.machine.rulebook import Case, Standing
from tests.harness.machine.town import Office, again
from usecases.auditing.course import contradicted
from usecases.auditing.due_checks import View, astray
from usecases.chain import broken_at
from usecases.records import Sent
from usecases.views import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.unit import Unit
    from usecases.inputs import PhotoPosted
    from usecases.records import Outgoing

LEAST_STEPS = 5000
EXAMPLES, LENGTH = 130, 50
PEOPLE = {p.username: 1001 + n for n, p in enumerate(sample({}).people)}
GRIDS = st.sampled_from([1, 6])
"""One of each company."""
ACTORS = st.sampled_from(
    [
        "officer01", "officer06", "repairer01", "repairer06", "standby_east", "standby_west",
        "manager_east", "supervisor01", "supervisor02", "leader01",
    ]
)  # fmt: skip
WHICH = st.integers(min_value=0, max_value=9)
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made below it


class Machine(RuleBasedStateMachine):
    """The group, from outside; every step is checked against the model."""

    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        lay_database(Path(self.folder.name), PEOPLE, old=False)
        self.office = Office(Path(self.folder.name) / "xunchaqun.sqlite3", PEOPLE)
        self.cases: list[Case] = []
        self.messages = 100
        self.last: PhotoPosted | None = None
        self.told: dict[int, int] = {}
        self.doubted: set[int] = set()

    @initialize()
    def start(self) -> None:
        """The bot begins."""
        self.office.do(self.office.desk.start())

    @override
    def teardown(self) -> None:
        """Nothing is overdue, every chain is whole, nothing was said twice without a doubt.

        Nor has the auditor anything to say against a case or the times of its due rows.
        """
        self.office.failing = False
        self.office.look(self._look)
        self.office.close()
        self.folder.cleanup()

    def _look(self, unit: Unit) -> None:
        for case in unit.cases.page(0, 1000):
            history = unit.history.of(case.id)
            assert broken_at(case, history) is None
            assert contradicted(case, history) == []
            view = View(
                town=self.office.desk.town, now=self.office.now_at, reached=self.office.now_at
            )
            assert astray(case, unit.dues.of_case(case.id), view) == frozenset()
        assert len(unit.cases.page(0, 1000)) == len(self.cases)
        due = unit.dues.next_at()
        assert due is None or due > self.office.now_at
        assert all(self.told[row] == 1 or row in self.doubted for row in self.told)

    def _done(self, work: Any, repeat: Callable[[], Any]) -> Any:
        """Do it; if it was ordered to fail, all is as before, and it is done again."""
        type(self).steps += 1
        try:
            return self.office.do(work)
        except DatabaseDisturbedError:
            for case in self.cases:
                self._compare(case)
            return self.office.do(repeat())

    def _compare(self, case: Case) -> None:
        found = self.office.case(case.id)
        keys = (found.patrol_key, found.repair_key)
        assert Standing(found.status.value, found.claimer, *keys) == case.now

    @rule(grid=GRIDS)
    def report(self, grid: int) -> None:
        """An officer posts a photo."""
        self.messages += 1
        message, street = str(self.messages), {1: "金城路", 6: "人民西路"}[grid]
        who = f"officer{grid:02}"
        posted = self.office.photo(who, message, f"{street} 路沿石缺失")
        desk = self.office.desk
        self._done(desk.receive_photo(posted), lambda: desk.receive_photo(posted))
        self.cases.append(Case(len(self.cases) + 1, message, grid))
        self.last = posted
        self._compare(self.cases[-1])

    @precondition(lambda self: self.last is not None)
    @rule(fresh=st.booleans())
    def repeat(self, fresh: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        """The last photo comes again, as the same update or as another one."""
        if self.last is not None:
            number = self.office.fresh() if fresh else self.last.source.update_id
            posted, desk = again(self.last, number), self.office.desk
            self._done(desk.receive_photo(posted), lambda: desk.receive_photo(posted))
            assert self.office.look(_count) == len(self.cases)

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, who=ACTORS)
    def claim(self, which: int, who: str) -> None:
        """接单."""
        case = self._case(which)
        self._press(case, who, Action.CLAIM, case.claim(who))

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, who=ACTORS)
    def begin(self, which: int, who: str) -> None:
        """开工."""
        case = self._case(which)
        self._press(case, who, Action.BEGIN, case.begin(who))

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, who=ACTORS)
    def turn(self, which: int, who: str) -> None:
        """查验通过."""
        case = self._case(which)
        self._press(case, who, Action.PASS, case.turn(who))

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, who=ACTORS)
    def rework(self, which: int, who: str) -> None:
        """返工."""
        case = self._case(which)
        self._press(case, who, Action.REWORK, case.rework(who))

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, own=st.booleans(), who=ACTORS)
    def mend(self, which: int, own: bool, who: str) -> None:  # noqa: FBT001 - drawn
        """An after-photo in reply to the report, mostly by whose case it is."""
        case = self._case(which)
        who = case.repairer if own else who
        if not who.startswith(("repairer", "standby", "manager")):
            return
        self.messages += 1
        posted = self.office.photo(who, str(self.messages), "修好了", reply_to=case.photo)
        desk, wanted = self.office.desk, case.mend(who)
        self._done(desk.receive_photo(posted), lambda: desk.receive_photo(posted))
        self._moved(case, who, wanted)

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, who=ACTORS, own=st.booleans())
    def undo(self, which: int, who: str, own: bool) -> None:  # noqa: FBT001 - drawn
        """撤销, mostly by who pressed."""
        case = self._case(which)
        who = (case.presser or who) if own else who
        before, may = case.now, case.may_undo(who, self.office.now_at)
        press = self.office.press(who, Action.UNDO, case.id, 0)
        desk = self.office.desk
        self._done(desk.press_button(press), lambda: desk.press_button(press))
        found = self.office.case(case.id)
        standing = Standing(found.status.value, found.claimer, found.patrol_key, found.repair_key)
        if may and case.untouched:
            assert standing == case.before
        else:
            assert standing == before or (may and standing == case.before)
        if standing != before:
            case.now, case.pressed_at, case.presser = standing, None, ""

    @rule(seconds=st.sampled_from([1, 20, 61, 400, 3600, 6 * 3600, 24 * 3600]))
    def wait(self, seconds: int) -> None:
        """Time passes, and what falls due is handled."""
        type(self).steps += 1
        self.office.failing = False
        if seconds > 1:
            self._touch()
        self.office.walk(timedelta(seconds=seconds))

    @rule()
    def disturb(self) -> None:
        """The next transaction is lost at its end."""
        type(self).steps += 1
        self.office.failing = bool(self.cases)

    @rule(breaks=st.sampled_from(["", "", "again", "doubt", "death"]))
    def tell(self, breaks: str) -> None:
        """The courier tells what it can; the last call may come to nothing, or nobody knows."""
        type(self).steps += 1
        self.office.failing = False
        self._touch()
        for row in self._heads():
            if self.office.do(self.office.courier.take(row.id)) is not None:
                self._carry(row, breaks)

    def _heads(self) -> list[Outgoing]:
        waiting = self.office.courier.waiting(shut=(), narrow=(), limit=8)
        return list(self.office.do(waiting).rows)

    def _carry(self, row: Outgoing, breaks: str) -> None:
        courier, free = self.office.courier, row.kind in {"edit", "reaction", "board", "pin"}
        if breaks == "again":
            later = self.office.now_at + timedelta(seconds=1)
            self.office.do(courier.again(row.id, not_before=later, note="502"))
            return
        if not free:
            self.told[row.id] = self.told.get(row.id, 0) + 1
        if breaks == "":
            self.office.do(courier.sent(row.id, str(10_000 + row.id)))
            return
        self.doubted.add(row.id)
        if breaks == "doubt":
            self.office.do(courier.ambiguous(row.id, "time-out"))
        else:
            self.office.do(courier.recover())
        assert self.office.look(partial(_state_of, row.id)) in {Sent.QUEUED, Sent.DROPPED}

    def _case(self, which: int) -> Case:
        return self.cases[-1 - which % min(len(self.cases), 3)]

    def _touch(self) -> None:
        for case in self.cases:
            case.untouched = False

    def _press(self, case: Case, who: str, action: Action, wanted: Standing | None) -> None:
        turn = self.office.case(case.id).round if not self.office.failing else None
        press = self.office.press(who, action, case.id, turn if turn is not None else 0)
        if turn is None:
            self.office.failing = False
            press = self.office.press(who, action, case.id, self.office.case(case.id).round)
            self.office.failing = True
        desk = self.office.desk
        self._done(desk.press_button(press), lambda: desk.press_button(press))
        self._moved(case, who, wanted)

    def _moved(self, case: Case, who: str, wanted: Standing | None) -> None:
        if wanted is not None:
            case.before, case.now = case.now, wanted
            case.presser, case.pressed_at, case.untouched = who, self.office.now_at, True
        self._compare(case)


def _count(unit: Unit) -> int:
    return len(unit.cases.page(0, 1000))


def _state_of(row_id: int, unit: Unit) -> Sent:
    row = unit.outbox.get(row_id)
    assert row is not None
    return row.state


@pytest.mark.timeout(400)
def test_five_thousand_steps_agree_with_the_model() -> None:
    """The steps are counted, so that a machine that does little is noticed."""
    Machine.steps = 0
    plan = settings(
        max_examples=EXAMPLES,
        stateful_step_count=LENGTH,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # a failure is told as it came: making it smaller takes minutes
        suppress_health_check=list(HealthCheck),
    )
    gc.disable()  # to look through all that lives on takes a seventh of the time
    try:
        with on_the_bench():
            run_state_machine_as_test(Machine, settings=plan)
    finally:
        gc.enable()
    assert Machine.steps >= LEAST_STEPS
