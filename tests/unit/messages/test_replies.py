"""What a presser sees at once: who may, and what to do."""

from __future__ import annotations

import pytest

from casework import refusals
from messages.dossiers import kebab
from tests.unit.messages.cast import LETTERS, length
from tests.unit.messages.test_catalogue import TOASTS
from usecases.views import Toast

CLAIMERS = ("李强", "standby@东城", "manager@东城")

SAMPLES: list[tuple[refusals.Refusal, str]] = [
    (refusals.NotYours(act="claim", who=CLAIMERS), "只有李强、东城替班、东城经理能接单"),
    (refusals.NotNow(act="pass", status="taken"), "案件是“已接单”，现在不能查验"),
    (refusals.AlreadyTaken(by="李强"), "李强已经接单了"),
    (refusals.AlreadyYours(), "已经办好了，不用再按"),
    (refusals.KeyTurned(by="李强", waiting="patrol"), "李强已查验通过，等巡查方"),
    (refusals.OnePersonTwoKeys(), "一个人不能代表两方查验，请另一方来按"),
    (refusals.Outdated(), "已过时，请看最新的卡片"),
    (
        refusals.CaseEnded(number="XC-20261120-0001", status="closed"),
        "XC-20261120-0001 已结案，不用再办了",
    ),
    (refusals.NoSuchCase(), "没有这个案件"),
    (refusals.NotOnRoster(), "您不在名单里，请联系督查"),
    (refusals.SupervisorOnly(), "危险案件要延长时限，只能由督查定"),
    (refusals.DateInPast(), "这个日期已经过了，请重选"),
    (refusals.DateTooFar(days=365), "日期太远，最多 365 天"),
    (refusals.ReasonNeeded(), "请写明原因"),
    (
        refusals.DangerNotPutOff(),
        "当天案件不能延期、挂账。修不完请按“今天修不完”，由督查定时限",
    ),
    (refusals.PromiseInstead(), "承诺案件不用延期，可以重新申请承诺日期"),
    (refusals.LimitPassed(), "时限已过，不能再申请。请申请承诺，或找督查改时限"),
    (
        refusals.ExtensionsUsed(most=2),
        "已延期 2 次，不能再延。可以申请承诺，或找督查改时限",
    ),
    (
        refusals.SuspensionsUsed(most=1),
        "已挂账 1 次，不能再挂。可以申请承诺，或找督查改时限",
    ),
    (refusals.ClockStands(), "案件已挂账，停着表。要先办，请按“恢复”"),
    (refusals.NotSuspended(), "案件没有挂账，照常计时"),
    (refusals.AnswerAwaited(), "已经申请过了，等督查答复"),
    (refusals.NothingAsked(), "没有待答复的申请，可能已经答复过了"),
    (
        refusals.MainCase(number="XC-20261120-0001"),
        "XC-20261120-0001 是主案，不能再并入别的案件",
    ),
    (
        refusals.JoinedCase(main="XC-20261120-0002"),
        "本案已并入 XC-20261120-0002，请并到那个主案",
    ),
    (refusals.WrongPerson(name="李强"), "李强不能接这个案件，请选别人"),
    (refusals.UndoOver(), "已过时，不能撤销了"),
    (refusals.UndoNotYours(by="郭明"), "只有郭明能撤销"),
    (refusals.NothingChanged(), "本来就是这样，没有改动"),
]


FIELDS: dict[str, str | int] = {
    "day": "tomorrow",
    "sign": "yes",
    "number": "XC-20261120-0001",
    "count": 2,
    "clock": "07:00",
    "order": "2026-12",
    "by": "宋文博",
}


@pytest.mark.parametrize(("refusal", "said"), SAMPLES, ids=lambda v: kebab(type(v).__name__))
def test_each_refusal_says_who_may_or_what_to_do(refusal: refusals.Refusal, said: str) -> None:
    """Word for word, and within a toast in both languages."""
    assert LETTERS.refusal(refusal, "zh") == said
    english = LETTERS.refusal(refusal, "en")
    assert english.isprintable()
    assert length(english) <= 200


def test_no_refusal_is_without_a_sample() -> None:
    """A new refusal needs its words and its line here."""
    known = {kind for kind in vars(refusals).values() if isinstance(kind, type)}
    wanted = {kind for kind in known if issubclass(kind, refusals.Refusal)} - {refusals.Refusal}
    assert wanted == {type(refusal) for refusal, _ in SAMPLES}


def test_who_is_named_in_english_too() -> None:
    """By name, or by role and zone."""
    refusal = refusals.NotYours(act="claim", who=CLAIMERS)
    said = LETTERS.refusal(refusal, "en")
    assert said == "Only 李强, stand-in (东城), manager (东城) can take it"


def test_supervisors_are_named_once_as_what_they_are() -> None:
    """Nobody has to know all their names."""
    refusal = refusals.NotYours(act="release_scene", who=("supervisor@", "supervisor@"))
    assert LETTERS.refusal(refusal, "zh") == "只有督查能准予撤场"


def test_whoever_is_no_role_is_called_as_given() -> None:
    """A name may hold anything; nobody at all is no enumeration."""
    refusal = refusals.NotYours(act="file", who=("李@强", "nobody@东城"))
    assert LETTERS.refusal(refusal, "zh") == "只有李@强、nobody@东城能归入照片"
    assert LETTERS.refusal(refusals.NotYours(act="claim", who=()), "zh") == "您不能接单"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("words", TOASTS)
def test_each_toast_has_words_within_its_limit(words: str, language: str) -> None:
    """At most 200 units."""
    said = LETTERS.toast(Toast(words=words, fields=FIELDS), language)
    assert 0 < length(said) <= 200
    assert "{" not in said
