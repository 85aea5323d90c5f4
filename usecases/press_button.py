"""A press on a button: the same act whether pressed once or twenty times."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casework import commands, refusals
from casework.case import Status, Tier
from casework.decide import allow
from casework.people import Role
from casework.refusals import Refusal
from usecases import asides, ask_which, digest_presses, hush, menus, merging, orders
from usecases.naming import named
from usecases.old_card import freshen_pressed
from usecases.perform import perform
from usecases.split_case import split
from usecases.typed_acts import refusal_asked, stands
from usecases.undo_press import undo_press
from usecases.views import Action, Toast

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.case import Case
    from casework.commands import Command
    from casework.people import Person
    from usecases.inputs import ButtonPressed
    from usecases.office import Office

Answer = Toast | Refusal


def press_button(office: Office, press: ButtonPressed) -> Answer | None:
    """Do what a button asks; the answer is what the presser sees. None: this press was handled."""
    if not office.uow.first_time(press.update_id, office.now):
        return None
    person = office.who(press.sender)
    if person is None:
        return refusals.NotOnRoster()
    answer = _answer(office, press, person)
    freshen_pressed(office, press)
    return answer


def _answer(office: Office, press: ButtonPressed, person: Person) -> Answer:
    try:
        return _press(office, press, person)
    except Refusal as refusal:
        return named(office, refusal)


def _press(office: Office, press: ButtonPressed, person: Person) -> Answer:
    if press.action in {Action.FILE, Action.NEW}:
        return _answer_question(office, press, person)
    if press.action in digest_presses.PRESSES:
        return digest_presses.answer(office, press, person)
    case = office.uow.cases.get(press.case_id)
    if case is None or not _at_home(case, press):
        raise refusals.NoSuchCase
    special = _SPECIAL.get(press.action)
    if special is not None:
        return special(office, case, press, person)
    command, words = _COMMANDS[press.action](office, case, press)
    act = office.act(person, press.at)
    case = perform(office, case, command, act)
    return _said(case, words)


def _at_home(case: Case, press: ButtonPressed) -> bool:
    """A case is pressed in its own group, or in a private chat; nowhere else."""
    return press.private or case.chat == press.chat


def _said(case: Case, words: str) -> Toast:
    if words == "passed":
        words = "closed" if case.status is Status.CLOSED else "passed-waiting"
    return Toast(words=words, fields={"number": case.number})


_Named = tuple["Command", str]


def _claim(_office: Office, _case: Case, _press: ButtonPressed) -> _Named:
    return commands.Claim(), "claimed"


def _begin(_office: Office, _case: Case, _press: ButtonPressed) -> _Named:
    return commands.Begin(), "begun"


def _pass(_office: Office, case: Case, press: ButtonPressed) -> _Named:
    _of_this_round(case, press)
    remote = press.action is Action.REMOTE
    return commands.Pass(remote=remote, round=press.round), "passed"


def _rework(_office: Office, case: Case, press: ButtonPressed) -> _Named:
    _of_this_round(case, press)
    return commands.Rework(round=press.round), "rework"


def _of_this_round(case: Case, press: ButtonPressed) -> None:
    """A key of an earlier round is out of date, even while its round has no successor yet.

    Raises:
        Outdated: it is one.
    """
    if case.open and press.round != case.round:
        raise refusals.Outdated


def _not_today(_office: Office, _case: Case, _press: ButtonPressed) -> _Named:
    return commands.GiveUpToday(), "given-up-today"


def _hours(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    return commands.GrantHours(hours=_number(press.arg, _SPAN_DIGITS)), "hours-granted"


def _promise(office: Office, _case: Case, press: ButtonPressed) -> _Named:
    days, _, reason = press.arg.partition(".")
    day = office.town.day(office.now) + timedelta(days=_number(days, _SPAN_DIGITS))
    return commands.AskPromise(day=day, reason=reason or "long-works"), "promise-asked"


def _agree(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    agree = press.action is Action.AGREE
    return commands.AnswerPromise(agree=agree), "promise-agreed" if agree else "promise-declined"


def _promise_back(_office: Office, _case: Case, _press: ButtonPressed) -> _Named:
    return commands.WithdrawPromise(), "promise-withdrawn"


def _extend(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    return commands.AskExtension(reason=press.arg), "extension-asked"


def _answer_extension(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    agree = press.action is Action.EXTEND_AGREE
    words = "extension-granted" if agree else "extension-declined"
    return commands.AnswerExtension(agree=agree), words


def _suspend(office: Office, _case: Case, press: ButtonPressed) -> _Named:
    days, _, reason = press.arg.partition(".")
    day = office.town.day(office.now) + timedelta(days=_number(days, _SPAN_DIGITS))
    return commands.AskSuspension(day=day, reason=reason), "suspension-asked"


def _answer_suspension(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    agree = press.action is Action.SUSPEND_AGREE
    words = "suspended" if agree else "suspension-declined"
    return commands.AnswerSuspension(agree=agree), words


def _resume(_office: Office, _case: Case, _press: ButtonPressed) -> _Named:
    return commands.Resume(), "resumed"


def _tier(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    if press.arg not in {Tier.TODAY.value, Tier.THREE_DAYS.value}:
        raise refusals.Outdated
    return commands.SetTier(tier=Tier(press.arg)), "tier-changed"


def _deadline(office: Office, _case: Case, press: ButtonPressed) -> _Named:
    deadline = office.now + timedelta(hours=_number(press.arg, _SPAN_DIGITS))
    return commands.SetDeadline(deadline=deadline), "deadline-changed"


def _category(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    return commands.SetCategory(category=press.arg), "category-changed"


def _grid(office: Office, case: Case, press: ButtonPressed) -> _Named:
    number = _number(press.arg)
    if office.town.gazetteer.grid(number) is None:
        raise refusals.Outdated
    return commands.SetPlace(place=case.place, grid=number), "place-changed"


def _refuse(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    return commands.Refuse(reason=press.arg), "refused"


def _refuse_asked(office: Office, case: Case, _press: ButtonPressed) -> _Named:
    if case.open and not case.refusal_asked:
        raise refusals.NothingAsked
    return refusal_asked(office, case), "refused"


def _decline(_office: Office, _case: Case, _press: ButtonPressed) -> _Named:
    return commands.DeclineRefusal(), "refusal-declined"


def _duplicate(office: Office, case: Case, press: ButtonPressed) -> _Named:
    other = office.uow.cases.get(_number(press.arg))
    if other is None or not stands(case, other):
        raise refusals.NoSuchCase
    return commands.Refuse(reason="duplicate", duplicate_of=other.number), "refused"


def _hand_over(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    return commands.HandOver(person=press.arg), "handed-over"


def _claim_for(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    return commands.ClaimFor(person=press.arg), "claimed-for"


def _withdraw(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    return commands.Withdraw(reason=press.arg), "withdrawn"


def _part(_office: Office, _case: Case, _press: ButtonPressed) -> _Named:
    return commands.Part(), "parted"


def _stopgap(_office: Office, _case: Case, press: ButtonPressed) -> _Named:
    on = press.action is Action.STOPGAP
    return commands.MarkStopgap(on=on), "stopgap-marked" if on else "stopgap-off"


def _release(_office: Office, _case: Case, _press: ButtonPressed) -> _Named:
    return commands.ReleaseScene(), "released"


_DIGITS = 12
_SPAN_DIGITS = 4
"""More days or hours than these are on no button, and no calendar holds them."""


def _number(text: str, digits: int = _DIGITS) -> int:
    """A number from callback data, which anybody may forge.

    Raises:
        Outdated: it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= digits):
        raise refusals.Outdated
    return int(text)


_COMMANDS: dict[Action, Callable[[Office, Case, ButtonPressed], _Named]] = {
    Action.CLAIM: _claim,
    Action.BEGIN: _begin,
    Action.PASS: _pass,
    Action.REMOTE: _pass,
    Action.REWORK: _rework,
    Action.NOT_TODAY: _not_today,
    Action.HOURS: _hours,
    Action.PROMISE: _promise,
    Action.AGREE: _agree,
    Action.DISAGREE: _agree,
    Action.PROMISE_BACK: _promise_back,
    Action.EXTEND: _extend,
    Action.EXTEND_AGREE: _answer_extension,
    Action.EXTEND_DECLINE: _answer_extension,
    Action.SUSPEND: _suspend,
    Action.SUSPEND_AGREE: _answer_suspension,
    Action.SUSPEND_DECLINE: _answer_suspension,
    Action.RESUME: _resume,
    Action.TIER: _tier,
    Action.DEADLINE: _deadline,
    Action.CATEGORY: _category,
    Action.GRID: _grid,
    Action.REFUSE: _refuse,
    Action.REFUSE_ASKED: _refuse_asked,
    Action.REFUSE_DECLINED: _decline,
    Action.DUPLICATE: _duplicate,
    Action.HAND_OVER: _hand_over,
    Action.CLAIM_FOR: _claim_for,
    Action.WITHDRAW: _withdraw,
    Action.RELEASE: _release,
    Action.PART: _part,
    Action.STOPGAP: _stopgap,
    Action.STOPGAP_OFF: _stopgap,
}


def _undo(office: Office, case: Case, _press: ButtonPressed, person: Person) -> Answer:
    undo_press(office, case, person)
    return Toast(words="undone", fields={"number": case.number})


def _more(office: Office, case: Case, press: ButtonPressed, person: Person) -> Answer:
    allow(case, "more", office.act(person))
    if not press.arg and not menus.offers_anything(office, case, person):
        return Toast(words="menu-empty", fields={"number": case.number})
    menus.open_menu(office, case, press, person)
    return Toast(words="menu-opened", fields={"number": case.number})


def _refuse_or_ask(office: Office, case: Case, press: ButtonPressed, person: Person) -> Answer:
    """A manager's 退单 is a request to the supervisors."""
    if person.role is not Role.MANAGER:
        command, words = _refuse(office, case, press)
    else:
        command, words = commands.AskRefusal(reason=press.arg), "refusal-asked"
    return _said(perform(office, case, command, office.act(person, press.at)), words)


def _move_photo(office: Office, case: Case, press: ButtonPressed, person: Person) -> Answer:
    """移照片: one photo of this case belongs to another."""
    allow(case, "move_photo", office.act(person))
    photo_id, _, other_id = press.arg.partition(".")
    photo = office.uow.photos.get(_number(photo_id))
    other = office.uow.cases.get(_number(other_id))
    if photo is None or photo.case_id != case.id or photo.message == case.photo_message:
        raise refusals.Outdated
    if other is None or other.id == case.id or other.chat != case.chat or not other.open:
        raise refusals.NoSuchCase
    ask_which.rehome(office, photo, case, other, person)
    return Toast(words="moved-photo", fields={"number": other.number})


def _earlier(office: Office, case: Case, press: ButtonPressed, person: Person) -> Answer:
    """What came before the shown part of the dossier, for the presser alone."""
    ledger, _, history = press.arg.partition(".")
    before = [_number(ledger), _number(history)]
    asides.tell(office, press, person, "dossier", {"cases": [case.id], "before": before})
    return Toast(words="earlier-told")


def _split(office: Office, case: Case, _press: ButtonPressed, person: Person) -> Answer:
    count = split(office, case, person)
    return Toast(words="split", fields={"count": count})


_SPECIAL: dict[Action, Callable[[Office, Case, ButtonPressed, Person], Answer]] = {
    Action.UNDO: _undo,
    Action.MORE: _more,
    Action.HUSH: hush.hush,
    Action.ISSUE: orders.answer,
    Action.NOT_ISSUE: orders.answer,
    Action.REFUSE: _refuse_or_ask,
    Action.MOVE_PHOTO: _move_photo,
    Action.JOIN: merging.pressed,
    Action.NOT_JOIN: merging.declined,
    Action.SPLIT: _split,
    Action.EARLIER: _earlier,
}


def _answer_question(office: Office, press: ButtonPressed, person: Person) -> Answer:
    target = None
    if press.action is Action.FILE:
        target = office.uow.cases.get(press.case_id)
        if target is None or not _at_home(target, press):
            raise refusals.NoSuchCase
    question = ask_which.Question(number=_number(press.arg), thread=press.thread)
    case = ask_which.answer(office, question, person, target)
    return Toast(words="filed", fields={"number": case.number})
