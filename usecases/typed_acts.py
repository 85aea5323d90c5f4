"""Acts typed in reply to a case: a date, more time, a place, a refusal, a withdrawal, a rework."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from casework import commands, refusals
from casework.case import Status
from casework.people import Role
from casework.permissions import grantees, relations

if TYPE_CHECKING:
    from casework.act import Act
    from casework.case import Case
    from casework.commands import Command
    from casework.people import Person
    from usecases.office import Office

_UNITS = "米|天|个|小时|分钟|公分|厘米|毫米|公里|处|块|次|人|吨|方|元|[cmk]?m(?![a-z])"
"""After one of these the numbers are a measure and no date: 3.5 米, 1-2 天."""
_DATE = (
    r"(?:(?P<year>20\d\d)\s*[-年/.])?\s*(?P<month>\d{1,2})\s*[-月/.]\s*(?P<day>\d{1,2})\s*[日号]?"
    rf"(?!\s*(?:{_UNITS}))"
)
_PROMISE = re.compile(
    r"^(?:承诺|预计|保证|(?:申请)?延期(?:到|至)?|promise(?:d)?(?: by)?)?[\s:：]*"
    + _DATE
    + r"(?P<rest>(?:前|完成|完工|修好|办结)?[\s,，。:：;；].*|(?:前|完成|完工|修好|办结).*)?$",
    re.IGNORECASE | re.DOTALL,
)
_SUSPEND = re.compile(
    r"^(?:申请)?(?:挂账|挂帐|suspend)(?:到|至| until)?[\s:：,，]*"
    + _DATE
    + r"(?P<rest>[\s,，。:：;；].*)?$",
    re.IGNORECASE | re.DOTALL,
)
_EXTEND = re.compile(
    r"^(?:申请)?(?:延期|extend|extension)(?:[\s:：,，]+(?P<rest>.*))?$", re.IGNORECASE | re.DOTALL
)
_PLACE = re.compile(
    r"^(?P<word>改位置|位置|地点|place)(?P<mark>[\s:：是在]*)(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_REFUSE = re.compile(
    r"^(?:退单|refuse)(?:(?:[\s:：,，]+|(?=重复))(?P<rest>.*))?$", re.IGNORECASE | re.DOTALL
)
_DUPLICATE = re.compile(r"^(?:重复|duplicate)", re.IGNORECASE)
_WITHDRAW = re.compile(
    r"^(?:撤回|withdraw)(?:[\s:：,，]+(?P<rest>.*))?$", re.IGNORECASE | re.DOTALL
)
_MARKS = r"\s:：,，.。;；、!！~～…—-"
_TAKEN_BACK = (
    "不用|不必|不需|不要(?!的)|不了|不返|不该|不应|不算|不同意|不可能|不至于|"
    "没事|没(?:有)?(?:必要|问题|返)|没有的事|没这(?:个|回)?(?:必要|事)|没说[要返]|"
    "别(?!的|处|人)|免|取消|算了|作废|的话|"
    "no need|not? (?:needed|necessary|required)|no longer|no(?:pe)?\\W*$|never ?mind|don.?t|cancel"
)
"""Behind 返工 these take it back: 返工，不用了. Other words that begin with 不 or 没 say what is
wrong: 返工，没压实."""
_REWORK = re.compile(
    rf"^(?:返工|没修好|rework)(?:[{_MARKS}]+|(?=[（(]))"
    rf"(?P<rest>(?![（(]?(?:{_TAKEN_BACK}))[^{_MARKS}].*)$",
    re.IGNORECASE | re.DOTALL,
)

_JOIN = re.compile(r"^(?:并案|并到|并入|join)(?![a-z])", re.IGNORECASE)


def joins(text: str) -> bool:
    """Whether the words say that a case belongs to the one that they name (并案 XC-…)."""
    return _JOIN.match(text) is not None


LONGEST_MARK = 12
"""Longer words that hold 临时处置 speak of it; they mark nothing."""
LONGEST = 200
"""Typed reasons are cut to this many characters."""


def typed(office: Office, case: Case, text: str, act: Act) -> Command | None:
    """The command typed in reply to a case, if the words are one.

    Raises:
        NoSuchCase: 退单 重复 without the number of another case.
    """
    if office.town.words.asks(text):
        return None
    clean = office.town.read(text).text.strip()
    for reader in (_promise, _extend, _suspend, _place, _refuse, _withdraw, _rework, _marked):
        command = reader(office, case, clean, act)
        if command is not None:
            return command
    return None


def _promise(office: Office, case: Case, text: str, act: Act) -> Command | None:
    found = _PROMISE.match(text)
    day = _day(found, office.town.day(act.at)) if found else None
    if found is None or day is None or not _mends(office, case, act):
        return None
    return commands.AskPromise(day=day, reason=_reason(found) or "long-works")


def _extend(office: Office, case: Case, text: str, act: Act) -> Command | None:
    found = _EXTEND.match(text)
    if found is None or not _mends(office, case, act):
        return None
    return commands.AskExtension(reason=_reason(found))


def _suspend(office: Office, case: Case, text: str, act: Act) -> Command | None:
    found = _SUSPEND.match(text)
    day = _day(found, office.town.day(act.at)) if found else None
    if found is None or day is None or not _mends(office, case, act):
        return None
    return commands.AskSuspension(day=day, reason=_reason(found))


def _mends(office: Office, case: Case, act: Act) -> bool:
    """Whether the actor may ask for more time."""
    person = act.person
    return person is not None and _may(office, case, person, "ask_promise")


def _may(office: Office, case: Case, person: Person, act: str) -> bool:
    """Whether the person may do it at all; whether now, is for `decide`."""
    return bool(relations(case, person, office.town.roster) & grantees(act))


def _reason(found: re.Match[str]) -> str:
    return (found["rest"] or "").lstrip("前,，。:：;； ").strip()[:LONGEST]


def _day(found: re.Match[str], today: date) -> date | None:
    """The date that was typed; without a year the next one that is not half a year gone."""
    try:
        if found["year"]:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
        day = date(today.year, int(found["month"]), int(found["day"]))
        return day.replace(year=today.year + 1) if (today - day).days > _HALF_YEAR else day
    except ValueError:
        return None


_HALF_YEAR = 183


def _place(office: Office, _case: Case, text: str, _act: Act) -> Command | None:
    found = _PLACE.match(text)
    if found is None:
        return None
    place = office.town.read(found["rest"]).place
    if place is not None:
        return commands.SetPlace(place=place.text, grid=place.grid)
    meant = found["mark"] and (found["word"] == "改位置" or set(found["mark"]) & set(":："))
    if not meant:
        return None
    return commands.SetPlace(place=found["rest"].strip()[:LONGEST], grid=None)


def _refuse(office: Office, case: Case, text: str, act: Act) -> Command | None:
    refused = _REFUSE.match(text)
    if refused is None and not _DUPLICATE.match(text):
        return None
    rest = (refused["rest"] or "").strip() if refused else text
    other = _other(office, case, rest)
    if _DUPLICATE.match(rest) and other is None:
        if refused:
            raise refusals.NoSuchCase
        return None
    if act.person is not None and act.person.role is Role.MANAGER:
        return commands.AskRefusal(reason=rest[:LONGEST])
    if other is not None and _DUPLICATE.match(rest):
        return commands.Refuse(reason="duplicate", duplicate_of=other.number)
    return commands.Refuse(reason=rest[:LONGEST])


def _other(office: Office, case: Case, text: str) -> Case | None:
    """The other case that these words number."""
    found = (office.uow.cases.by_number(number) for number in office.town.read(text).numbers)
    return next((other for other in found if other is not None and stands(case, other)), None)


def stands(case: Case, other: Case) -> bool:
    """Whether one case can be a duplicate of the other: that one must itself be dealt with."""
    gone = other.status in {Status.REFUSED, Status.WITHDRAWN}
    return other.id != case.id and other.chat == case.chat and not gone


def refusal_asked(office: Office, case: Case) -> Command:
    """What a supervisor agrees to when a manager has asked for a refusal."""
    other = _other(office, case, case.refusal_asked)
    if other is not None and _DUPLICATE.match(case.refusal_asked):
        return commands.Refuse(reason="duplicate", duplicate_of=other.number)
    return commands.Refuse(reason=case.refusal_asked)


def _withdraw(_office: Office, case: Case, text: str, act: Act) -> Command | None:
    found = _WITHDRAW.match(text)
    if found is None or case.reporter != act.key:
        return None
    return commands.Withdraw(reason=(found["rest"] or "").strip()[:LONGEST])


_MARKED: dict[str, Command] = {
    "取消并案": commands.Part(),
    "取消临时处置": commands.MarkStopgap(on=False),
}


def _marked(office: Office, case: Case, text: str, act: Act) -> Command | None:
    """临时处置, by who may mark it; 取消并案 and 取消临时处置."""
    if act.person is None or not _may(office, case, act.person, "mark_stopgap"):
        return None
    if text in _MARKED:
        return _MARKED[text]
    whole = len(text) <= LONGEST_MARK and office.town.words.stopgap_words(text)
    return commands.MarkStopgap() if whole else None


def rework_reason(text: str) -> str:
    """What is wrong, of words that order a rework and say why; empty if they are none."""
    found = _REWORK.match(text)
    return found["rest"].strip()[:LONGEST] if found else ""


def _rework(office: Office, case: Case, text: str, act: Act) -> Command | None:
    """返工 with its reason, by who holds the patrol key."""
    reason = rework_reason(text)
    if not reason or case.status is not Status.CHECKING or act.person is None:
        return None
    if not _may(office, case, act.person, "rework"):
        return None
    return commands.Rework(reason=reason)
