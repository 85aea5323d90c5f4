"""What a presser sees at once: who may, and what to do."""

from __future__ import annotations

import pytest

from casework import refusals
from casework.people import Company, Person, Role, Roster
from messages.dossiers import kebab
from tests.unit.messages.cast import LETTERS, length
from tests.unit.messages.test_catalogue import TOASTS
from usecases.views import Toast

TOWN = Roster(
    people={
        person.key: person
        for person in (
            Person(key="repairer01", name="李强", role=Role.REPAIRER, company="east"),
            Person(key="standby_east", name="林志远", role=Role.STANDBY, company="east"),
            Person(key="manager_east", name="郭明", role=Role.MANAGER, company="east"),
            Person(key="supervisor01", name="宋文博", role=Role.SUPERVISOR),
            Person(key="supervisor02", name="唐静", role=Role.SUPERVISOR),
        )
    },
    companies={"east": Company(key="east", name="东城公司", zone="东城")},
    grid_company={1: "east"},
)
CLAIMERS = ("repairer01", "standby_east", "manager_east")

SAMPLES: list[tuple[refusals.Refusal, str]] = [
    (refusals.NotYours(act="claim", who=CLAIMERS), "只有李强、东城替班、东城经理能接单"),
    (refusals.NotNow(act="pass", status="taken"), "案件是“已接单”，现在不能查验"),
    (refusals.AlreadyTaken(by="repairer01"), "李强已经接单了"),
    (refusals.AlreadyYours(), "已经办好了，不用再按"),
    (refusals.KeyTurned(by="repairer01", waiting="patrol"), "李强已查验通过，等巡查方"),
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
    (refusals.DateTooFar(days=365), "日期太远，最多 365 天以内"),
    (refusals.ReasonNeeded(), "请写明原因"),
    (refusals.NothingAsked(), "没有等答复的申请"),
    (refusals.WrongPerson(name="repairer01"), "李强不能接这个案件，请选别人"),
    (refusals.UndoOver(), "已过时，不能撤销了"),
    (refusals.UndoNotYours(by="manager_east"), "只有东城经理能撤销"),
    (refusals.NothingChanged(), "本来就是这样，没有改动"),
]


@pytest.mark.parametrize(("refusal", "said"), SAMPLES, ids=lambda v: kebab(type(v).__name__))
def test_each_refusal_says_who_may_or_what_to_do(refusal: refusals.Refusal, said: str) -> None:
    """Word for word, and within a toast in both languages."""
    assert LETTERS.refusal(refusal, "zh", LETTERS.names(TOWN, "zh")) == said
    english = LETTERS.refusal(refusal, "en", LETTERS.names(TOWN, "en"))
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
    said = LETTERS.refusal(refusal, "en", LETTERS.names(TOWN, "en"))
    assert said == "Only 李强, stand-in (东城), manager (东城) can take it"


def test_supervisors_are_named_once_as_what_they_are() -> None:
    """Nobody has to know all their names."""
    refusal = refusals.NotYours(act="release_scene", who=("supervisor01", "supervisor02"))
    assert LETTERS.refusal(refusal, "zh", LETTERS.names(TOWN, "zh")) == "只有督查能准予撤场"


def test_display_words_may_also_come_ready_made() -> None:
    """Whoever is not in the names is called as given."""
    refusal = refusals.NotYours(act="claim", who=("李强", "东城替班"))
    assert LETTERS.refusal(refusal, "zh") == "只有李强、东城替班能接单"
    assert LETTERS.refusal(refusals.NotYours(act="claim", who=()), "zh") == "您不能接单"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("words", TOASTS)
def test_each_toast_has_words_within_its_limit(words: str, language: str) -> None:
    """At most 200 units."""
    said = LETTERS.toast(Toast(words=words, fields={"side": "patrol", "hours": 6}), language)
    assert 0 < length(said) <= 200
    assert "{" not in said


def test_a_first_key_says_whom_it_waits_for() -> None:
    """Both ways."""
    for side, said in (("patrol", "已通过，等巡查方查验。"), ("repair", "已通过，等维修方查验。")):
        assert LETTERS.toast(Toast(words="passed-waiting", fields={"side": side}), "zh") == said
