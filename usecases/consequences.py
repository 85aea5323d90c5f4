"""Event → what people must be told. Edits notify nobody, so who must act gets a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework import clockwork, events
from casework.case import Status
from casework.people import Role
from casework.rules import Circle
from casework.supervision import REPORTED, WRITTEN
from usecases.card_shown import ANYWAY
from usecases.circles import circle
from usecases.close_told import tell_close
from usecases.office import present
from usecases.records import EDIT, DueRow, Outgoing, Priority

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from casework.act import Act
    from casework.case import Case
    from casework.events import Event
    from usecases.office import Office
    from usecases.records import Json

FILED, CLAIMED, CLOSED, UNCLEAR = "✍", "🫡", "👌", "🤔"
"""The reactions on a photo; each stands in Telegram's fixed list."""


def card(
    office: Office,
    case: Case,
    *,
    wait: timedelta | None = None,
    again: str = "",
    late: bool = False,
) -> None:
    """Queue the case's card; `again` tells a later one (the card was deleted, a group returned).

    `late`: it is one of a flood, and goes behind all else.
    """
    first = not again
    priority = Priority.DANGER_CARD if case.danger and first else Priority.CARD
    office.uow.outbox.add(
        Outgoing(
            kind="card",
            key=f"card:{case.id}:{again or 1}",
            case_id=case.id,
            chat=case.chat,
            reply_to=case.photo_message,
            thread=case.thread,
            priority=Priority.BOARD if late else priority,
            loud=first,
            not_before=office.now + wait if wait else office.now,
            created_at=office.now,
        )
    )


def react(office: Office, case: Case, emoji: str, *, late: bool = False) -> None:
    """Queue a reaction on the case's photo, unless it stayed behind when its group moved."""
    if case.photo_message:
        react_on(office, case.chat, case.photo_message, emoji, case_id=case.id, late=late)


def react_on(  # noqa: PLR0913 - beyond five by keyword alone
    office: Office, chat: str, message: str, emoji: str, *, case_id: int = 0, late: bool = False
) -> None:
    """Queue a reaction on a message; `late`: behind all else."""
    office.uow.outbox.add(
        Outgoing(
            kind="reaction",
            key=f"reaction:{chat}:{message}:{emoji}:{office.now.timestamp():.3f}",
            case_id=case_id,
            chat=chat,
            fact={"message": message, "emoji": emoji},
            priority=Priority.BOARD if late else Priority.ANSWER,
            free=True,
            not_before=office.now,
            created_at=office.now,
        )
    )


def freshen(
    office: Office, case: Case, *, wait: timedelta | None = None, anyway: bool = False
) -> None:
    """Queue an edit of the card, unless the first card is still to come.

    With `wait` it is one that the next edit may take along until then; `anyway`: it goes out
    even if the card should look so already.
    """
    if not case.card:
        return
    office.uow.outbox.add_edit(
        Outgoing(
            kind=EDIT,
            key=f"edit:{case.id}:{case.history_seq}:{office.now.timestamp():.3f}",
            case_id=case.id,
            chat=case.chat,
            fact={ANYWAY: True} if anyway else {},
            priority=Priority.EDIT if case.open else Priority.CLOSE,
            not_before=office.now + wait if wait else office.now,
            created_at=office.now,
        )
    )


def sheet(office: Office, case: Case, *, again: str = "") -> None:
    """Queue the before/after sheet of this round; `again` tells a later one."""
    which = f"{case.history_seq}-{again}" if again else f"{case.history_seq}"
    office.uow.outbox.add(
        Outgoing(
            kind="sheet",
            key=f"sheet:{case.id}:{case.round}:{which}",
            case_id=case.id,
            chat=case.chat,
            reply_to=case.photo_message,
            thread=case.thread,
            fact={"round": case.round},
            priority=Priority.SHEET,
            loud=True,
            not_before=office.now + office.town.rules.opening.album_settle,
            created_at=office.now,
        )
    )


def tell(office: Office, case: Case, event: Event, act: Act) -> None:
    """Queue what an event obliges the bot to say."""
    teller = _TELLERS.get(type(event))
    if teller is not None:
        teller(office, case, event, act)


def _notice(office: Office, case: Case, words: str, *people: str, **fields: str | int) -> None:
    fact: Json = {"words": words, "cases": [case.id], "fields": fields}
    asked = [person for person in people if person]
    office.tell(asked, case, f"{words}:{case.id}:{case.history_seq}", fact)


def _quietly(office: Office, case: Case, words: str, person: str, **fields: str | int) -> None:
    fact: Json = {"words": words, "cases": [case.id], "fields": fields}
    key = f"{words}:{case.id}:{case.history_seq}"
    office.tell_privately(person, key, fact, case_id=case.id)


def _holder(case: Case) -> str:
    return case.claimer or case.repairer


def _claimed(office: Office, case: Case, event: events.CaseClaimed, _act: Act) -> None:
    react(office, case, CLAIMED)
    _quietly(office, case, "released", case.reporter, by=office.town.roster.name(case.claimer))
    if event.for_whom:
        by = office.town.roster.name(event.by)
        _notice(office, case, "handed-over", event.for_whom, by=by)


def _submitted(office: Office, case: Case, _event: events.ClosureSubmitted, _act: Act) -> None:
    sheet(office, case)


def _closed(office: Office, case: Case, _event: events.CaseClosed, act: Act) -> None:
    react(office, case, CLOSED)
    tell_close(office, case, act)


def _rework(office: Office, case: Case, event: events.ReworkOrdered, act: Act) -> None:
    by = office.town.roster.name(act.key)
    _notice(office, case, "rework", _holder(case), reason=event.reason, round=event.round, by=by)


def _given_up(office: Office, case: Case, _event: events.TodayGivenUp, act: Act) -> None:
    if case.sign_at is None:
        _notice(office, case, "sign-ask", _holder(case))
    if case.hours_asked:
        ask_hours(office, case, act.key)


def ask_hours(office: Office, case: Case, person: str) -> None:
    """A danger cannot be mended today, says somebody: the supervisors set its hours."""
    by = office.town.roster.name(person)
    _notice(office, case, "hours-ask", *office.supervisors(), by=by)


def _hours(office: Office, case: Case, event: events.HoursGranted, _act: Act) -> None:
    _quietly(office, case, "hours-granted", _holder(case), hours=event.hours)


def _promise_asked(office: Office, case: Case, event: events.PromiseAsked, act: Act) -> None:
    by = office.town.roster.name(act.key)
    day = event.day.isoformat()
    _notice(office, case, "promise-ask", *office.supervisors(), day=day, reason=event.reason, by=by)


def _promise_agreed(office: Office, case: Case, event: events.PromiseAgreed, _act: Act) -> None:
    day = event.day.isoformat()
    _quietly(office, case, "promise-answered", case.promise_by, day=day, agree="yes")


def _promise_declined(
    office: Office, case: Case, _event: events.PromiseDeclined, _act: Act
) -> None:
    _quietly(office, case, "promise-answered", case.promise_by, day="", agree="no")


def _promise_back(office: Office, case: Case, _event: events.PromiseWithdrawn, _act: Act) -> None:
    _notice(office, case, "promise-withdrawn", _holder(case))


def _extension_asked(office: Office, case: Case, event: events.ExtensionAsked, act: Act) -> None:
    by = office.town.roster.name(act.key)
    until = clockwork.extended(case, office.town).deadline.isoformat()
    _notice(
        office,
        case,
        "extension-ask",
        *office.supervisors(),
        until=until,
        reason=event.reason,
        by=by,
    )


def _extension_granted(
    office: Office, case: Case, event: events.ExtensionGranted, _act: Act
) -> None:
    until = event.deadline.isoformat()
    _quietly(office, case, "extension-answered", case.extension_by, until=until, agree="yes")


def _extension_declined(
    office: Office, case: Case, _event: events.ExtensionDeclined, _act: Act
) -> None:
    _quietly(office, case, "extension-answered", case.extension_by, until="", agree="no")


def _suspension_asked(office: Office, case: Case, event: events.SuspensionAsked, act: Act) -> None:
    by = office.town.roster.name(act.key)
    day = event.day.isoformat()
    asked = {"day": day, "reason": event.reason, "by": by}
    _notice(office, case, "suspension-ask", *office.supervisors(), **asked)


def _suspended(office: Office, case: Case, event: events.CaseSuspended, _act: Act) -> None:
    day = event.day.isoformat()
    _quietly(office, case, "suspension-answered", case.suspend_by, day=day, agree="yes")


def _suspension_declined(
    office: Office, case: Case, _event: events.SuspensionDeclined, _act: Act
) -> None:
    _quietly(office, case, "suspension-answered", case.suspend_by, day="", agree="no")


def _resumed(office: Office, case: Case, _event: events.CaseResumed, act: Act) -> None:
    """Whoever mends it is told by who resumed it; what the clock does is said with its sayings."""
    if act.person is not None and act.key != _holder(case):
        by = office.town.roster.name(act.key)
        _notice(office, case, "resumed-by", _holder(case), by=by)


def _handed_over(office: Office, case: Case, event: events.CaseHandedOver, act: Act) -> None:
    _notice(office, case, "handed-over", event.to, by=office.town.roster.name(act.key))


def _moved(office: Office, case: Case, event: events.CaseMoved, act: Act) -> None:
    if case.delivered_at is not None:
        _notice(office, case, "moved", event.repairer, by=office.town.roster.name(act.key))


def _refusal_asked(office: Office, case: Case, event: events.RefusalAsked, act: Act) -> None:
    by = office.town.roster.name(act.key)
    _notice(office, case, "refusal-ask", *office.supervisors(), reason=event.reason, by=by)


def _refused(office: Office, case: Case, event: events.CaseRefused, _act: Act) -> None:
    for person in {case.reporter, case.claimer} - {"", case.ended_by}:
        _quietly(office, case, "refused", person, reason=event.reason, other=event.duplicate_of)


def _joined(office: Office, case: Case, _event: events.CaseJoined, act: Act) -> None:
    """Nobody need wait at the place of a joined case."""
    if case.status is Status.WAITING:
        react(office, case, CLAIMED)
        _quietly(office, case, "released", case.reporter, by=office.town.roster.name(act.key))


def _released(office: Office, case: Case, _event: events.SceneReleased, act: Act) -> None:
    react(office, case, CLAIMED)
    _quietly(office, case, "released", case.reporter, by=office.town.roster.name(act.key))


def _issued(office: Office, case: Case, event: events.OrderIssued, act: Act) -> None:
    """Whom a paper of the supervision ladder goes to; the card carries its number."""
    freshen(office, case)
    said = {"order": event.number, "by": office.town.roster.name(act.key)}
    managers = circle(office, case, Circle.MANAGER)
    leaders = circle(office, case, Circle.LEADER)
    if event.rung == WRITTEN:
        people = (*managers, *circle(office, case, Circle.REPAIRER))
        _notice(office, case, "order-2", *dict.fromkeys(people), **said)
    elif event.rung == REPORTED:
        _notice(office, case, "order-3", *leaders, **said)
        _notice(office, case, "order-told", *managers, **said)
    else:
        clerks = present(office.town.roster.with_role(Role.CLERK))
        _notice(office, case, "order-4", *leaders, *clerks, **said)


def _undone(office: Office, case: Case, _event: events.PressUndone, _act: Act) -> None:
    waiting = case.status is Status.WAITING
    react(office, case, FILED if waiting else CLAIMED)


_TELLERS: dict[type[Event], Callable[..., None]] = {
    events.CaseClaimed: _claimed,
    events.ClosureSubmitted: _submitted,
    events.CaseClosed: _closed,
    events.ReworkOrdered: _rework,
    events.TodayGivenUp: _given_up,
    events.HoursGranted: _hours,
    events.PromiseAsked: _promise_asked,
    events.PromiseAgreed: _promise_agreed,
    events.PromiseDeclined: _promise_declined,
    events.PromiseWithdrawn: _promise_back,
    events.ExtensionAsked: _extension_asked,
    events.ExtensionGranted: _extension_granted,
    events.ExtensionDeclined: _extension_declined,
    events.SuspensionAsked: _suspension_asked,
    events.CaseSuspended: _suspended,
    events.SuspensionDeclined: _suspension_declined,
    events.CaseResumed: _resumed,
    events.CaseHandedOver: _handed_over,
    events.CaseMoved: _moved,
    events.RefusalAsked: _refusal_asked,
    events.CaseRefused: _refused,
    events.SceneReleased: _released,
    events.CaseJoined: _joined,
    events.OrderIssued: _issued,
    events.PressUndone: _undone,
}


def show_menu(office: Office, case: Case, fact: Json) -> None:
    """Show a menu on the card itself, for a minute."""
    stamp = f"{office.now.timestamp():.3f}"
    office.uow.outbox.add(
        Outgoing(
            kind="card-menu",
            key=f"card-menu:{case.id}:{stamp}",
            case_id=case.id,
            chat=case.chat,
            fact={**fact, "menu": True},
            priority=Priority.ANSWER,
            not_before=office.now,
            created_at=office.now,
        )
    )
    over = office.now + office.town.rules.opening.undo
    office.uow.dues.add(
        DueRow(
            kind="menu_over", key=f"menu_over:{case.id}:{stamp}", at=over, data={"case": case.id}
        )
    )
