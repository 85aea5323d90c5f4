"""The papers of the supervision ladder: the bot drafts and asks, a supervisor issues or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import commands, refusals, supervision
from casework.changing import replace
from casework.decide import decide
from casework.people import Role
from casework.refusals import Refusal
from usecases import circles, drafts, saving
from usecases.keeping import Order, OrderState
from usecases.reasons import ORDER
from usecases.records import DONE
from usecases.sayings import ASK, Saying
from usecases.views import Action, Toast

if TYPE_CHECKING:
    from datetime import datetime

    from casework.act import Act
    from casework.case import Case
    from casework.people import Person
    from usecases.inputs import ButtonPressed
    from usecases.office import Office
    from usecases.records import DueRow, Outcome
    from usecases.sayings import Sayings


def rung(office: Office, case: Case, row: DueRow, sayings: Sayings) -> Outcome:
    """The next rung: 提醒 is recorded, each later one is drafted and a supervisor is asked."""
    first = int(row.data["step"]) == supervision.REMINDED
    act = office.act(None, row.at)
    try:
        decision = decide(case, commands.Remind() if first else commands.DraftOrder(), act)
    except Refusal as refusal:
        return "dropped", type(refusal).__name__
    if not first:
        _draft(office, decision.case, row.at)
    saved = saving.save(office, case, decision.case, decision.events, act)
    if not first:
        _ask(office, saved, row.at, sayings)
    return DONE


def _draft(office: Office, case: Case, at: datetime) -> None:
    attempt = sum(one.rung == case.rung for one in office.uow.orders.of(case.id)) + 1
    paper = Order(case_id=case.id, rung=case.rung, attempt=attempt, drafted_at=at)
    office.uow.orders.save(paper)


def _ask(office: Office, case: Case, at: datetime, sayings: Sayings) -> None:
    """Ask the supervisors who can be asked privately; if there is none, all of them in the group.

    A paper is no business of the crew's, and one sounding message a case would drown the group.
    """
    asked = circles.supervisors(office)
    for person in [one for one in asked if office.private_chat(one)] or asked:
        why = f"{ORDER}{case.rung}"
        sayings.add(Saying(person=person, words=ASK, case=case, why=why, at=at))


def waiting(office: Office, row: DueRow, sayings: Sayings) -> Outcome:
    """Every morning: the drafts that have waited since an earlier day, asked about again."""
    today = office.town.day(row.at)
    asked = [c for c in office.uow.cases.open_all() if supervision.draft_stands(c)]
    old = [c for c in asked if c.rung_at is not None and office.town.day(c.rung_at) < today]
    for case in old:
        _ask(office, case, row.at, sayings)
    return DONE if old else ("dropped", "no draft waits")


def answer(office: Office, case: Case, press: ButtonPressed, person: Person) -> Toast:
    """Issue the draft of a button, or do not. Neither can be undone.

    Raises:
        Refusal: the presser is no supervisor, or that draft is no longer asked about.
    """
    if not case.open:
        raise refusals.CaseEnded(number=case.number, status=case.status.value)
    paper = drafts.pending(office, case)
    if paper is None or press.arg != drafts.button_arg(paper):
        return _said_before(office, case, press.arg, person)
    act = office.act(person, press.at)
    if press.action is Action.ISSUE:
        return _issue(office, case, paper, act)
    decision = decide(case, commands.DeclineOrder(rung=paper.rung), act)
    _decide(office, paper, act, OrderState.DECLINED)
    saving.save(office, case, decision.case, decision.events, act)
    return Toast(words="order-declined", fields={"number": case.number})


def _said_before(office: Office, case: Case, arg: str, person: Person) -> Toast:
    """A supervisor who came late to a draft hears who has decided it, and how; nobody else."""
    paper = next((p for p in office.uow.orders.of(case.id) if drafts.button_arg(p) == arg), None)
    if paper is None or not paper.decided_by or person.role is not Role.SUPERVISOR:
        raise refusals.Outdated
    by = office.town.roster.name(paper.decided_by)
    if paper.state is OrderState.ISSUED:
        return Toast(words="order-issued-by", fields={"by": by, "order": paper.number})
    return Toast(words="order-declined-by", fields={"by": by})


def _issue(office: Office, case: Case, paper: Order, act: Act) -> Toast:
    """A number is only taken by what may be issued: there are no gaps."""
    decide(case, commands.IssueOrder(rung=paper.rung), act)
    year = office.town.day(act.at).year
    number = f"{year}-{office.uow.orders.next_serial(year)}"
    decision = decide(case, commands.IssueOrder(rung=paper.rung, number=number), act)
    _decide(office, paper, act, OrderState.ISSUED, number)
    saving.save(office, case, decision.case, decision.events, act)
    return Toast(words="order-issued", fields={"order": number})


def _decide(office: Office, paper: Order, act: Act, state: OrderState, number: str = "") -> None:
    office.uow.orders.save(
        replace(paper, state=state, number=number, decided_at=act.at, decided_by=act.key)
    )
