"""Whatever people write, only the templates' own tags go out, and nothing invisible."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import refusals
from casework.case import Status
from messages.safe import MESSAGE_UNITS
from tests.unit.messages.cast import (
    LETTERS,
    NOW,
    Tags,
    button,
    card,
    case,
    dossier,
    history,
    length,
    line,
    notice,
    sheet,
    write,
)
from tests.unit.messages.digest_cast import broken_down, digest, review
from usecases.digest_views import Cause, Findings, Promises
from usecases.views import Label, Name, SheetSide, Toast

if TYPE_CHECKING:
    from messages.letter import Letter
    from usecases.to_tell import View

NASTY = [
    '</b><a href="tg://user?id=1">x</a>',
    "<code>",
    "</code></pre></b>",
    "&lt;b&gt;",
    "&amp;lt;",
    "&#60;b&#62;",
    "](http://x)",
    "_*[]()~>#+-=|{}.!",
    "<script>alert(1)</script>",
    "<b>" * 1000,
    "<!-- x",
    "<!DOCTYPE x>",
    "<?php ?>",
    '"><tg-time unix="0">',
    "' onmouseover='x",
    "{ $reason }",
    "{",
    "\u202egnp.exe\u202c",
    "\u2066x\u2069\u2067y\u2069",
    "a\u200b\u200c\u200d\ufeffb",
    "\u061c\u200e\u200f",
    "x\n2026 CRITICAL\r\ny\u2028z\u0085",
    "\x1b[31mred\x00\x07",
    "e" + "\u0301" * 100,
    "\ue000\ue001\ue002\uf8ff\U000f0000",
    "\ud800",
    "👩‍👩‍👧‍👦" * 200,
    "x" * 5000,
    "",
    " ",
    "\u3164",
]
INVISIBLE = {"Cc", "Cf", "Cs", "Co"}
PLAIN = "平常话"


def cards(evil: str, name: Name, label: Label) -> list[View]:
    """Cards and a sheet with these words in every place that a person can fill."""
    hurt = case(
        words=evil,
        place=evil,
        number=evil,
        reason=evil,
        promise_reason=evil,
        promise_asked=NOW.date(),
        refusal_asked=evil,
    )
    people = {
        "defect": label,
        "officer": name,
        "grid_officer": name,
        "repairer": name,
        "company": evil,
        "patrol_checker": evil,
        "ended_by": evil,
    }
    mended = case(status=Status.CHECKING, place=evil)
    after = SheetSide(photos=(), at=NOW, name=evil)
    return [
        card(hurt, **people),
        card(case(status=Status.REWORK, reason=evil, round=1), **people),
        card(case(status=Status.CHECKING), **people),
        card(case(status=Status.CLOSED, closed_at=NOW, on_time=True), **people),
        card(case(status=Status.REFUSED, duplicate_of=evil), **people),
        card(case(status=Status.WITHDRAWN, reason=evil), **people),
        sheet(mended, defect=label, patrol=(name,), submitter=evil, after=after),
    ]


def lists(evil: str, name: Name, label: Label) -> list[View]:
    """Notices and a digest with them."""
    listed = line(number=evil, defect=label, place=evil, link=evil)
    fields = {"by": evil, "reason": evil, "round": 1, "name": evil, "username": evil, "day": "x"}
    keys = ((button(label=evil), button(names=label)),)
    told = Findings(
        places=((evil, 1),),
        causes=(Cause(kind="rework", reasons=((evil, 1),)),),
        promises=(Promises(company=evil, kept=1, broken=0),),
        slowest=((listed, 60),),
    )
    parts = broken_down(evil, label)
    words = ("rework", "promise-ask", "refusal-ask", "bound", "start-officer")
    return [
        *(notice(w, to=(name,), fields=fields, lines=(listed,), buttons=keys) for w in words),
        notice("batch", people=(((name,), (listed,)),)),
        digest(overdue=(listed,), rows=parts, remark=evil, remark_by=evil),
        digest(kind="meet", due=(listed,), overnight=(listed,)),
        review(overdue=(listed,), rows=parts, findings=told),
    ]


def histories(evil: str, label: Label) -> View:
    """A dossier with them."""
    when = NOW.isoformat()
    return dossier(
        history("CaseReported", evil, category=evil, tier=evil, place=evil, deadline=when),
        history("CaseClaimed", by=evil, for_whom=evil),
        history("WordsAdded", words=evil),
        history("CaseRefused", reason=evil, duplicate_of=evil),
        history("PressUndone", back_to=evil),
        history(evil),
        names={"officer01": evil},
        categories={evil: label},
    )


def letters(evil: str) -> list[Letter]:
    """Every letter with the same words in every place that a person can fill."""
    name = Name(text=evil, account="1001", username="officer01")
    label = Label(zh=evil, en=evil)
    views = [*cards(evil, name, label), *lists(evil, name, label), histories(evil, label)]
    return [write(view, language) for view in views for language in ("zh", "en")]


TEMPLATE = [(Tags(letter.text).tags, letter.text.count("\n")) for letter in letters(PLAIN)]


def check(evil: str) -> None:
    """Only the template's tags, nothing invisible, nothing too long, one line stays one line."""
    for letter, (tags, breaks) in zip(letters(evil), TEMPLATE, strict=True):
        read = Tags(letter.text)
        assert read.tags == tags
        assert length(read.text) <= MESSAGE_UNITS
        assert letter.text.count("\n") <= breaks
        assert not {unicodedata.category(c) for c in read.text if c not in "\n\u200d"} & INVISIBLE
        for button_row in letter.buttons:
            assert all(length(key.text) <= 40 for key in button_row)


@pytest.mark.parametrize("evil", NASTY, ids=range(len(NASTY)))
def test_the_known_tricks_stay_words(evil: str) -> None:
    """Tags, entities, direction marks, control characters, place-holders, oversize."""
    check(evil)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_stays_words(evil: str) -> None:
    """Whatever a keyboard or a hostile app may send."""
    check(evil)


@settings(max_examples=40, deadline=None)
@given(st.text("<>&\"'/abi =;#x{}$\u202e\ue000", max_size=40))
def test_anything_like_markup_stays_words(evil: str) -> None:
    """The same, out of the characters that matter."""
    check(evil)


def test_what_is_shown_is_what_was_written() -> None:
    """Escaped exactly once: a reader sees the very characters."""
    text = Tags(write(card(case(words="<b> & &amp; \"'"))).text).text
    assert "💬 <b> & &amp; \"'" in text


def test_a_name_that_nobody_can_see_still_tags() -> None:
    """An empty link would tag nobody."""
    unseen = Name(text="\u200b\u202e", account="1011", username="repairer01")
    assert '<a href="tg://user?id=1011">repairer01</a>' in write(card(repairer=unseen)).text
    bare = Name(text="\u3164", account="1011")
    assert '<a href="tg://user?id=1011">1011</a>' in write(card(repairer=bare)).text
    assert "🔧 ?" in write(card(repairer=Name(text=""))).text


@pytest.mark.parametrize("account", ['1"><b>', "１", "٣", "-1", " 1", "1 "])
def test_an_account_that_is_no_number_makes_no_link(account: str) -> None:
    """The one attribute that comes from outside holds digits only."""
    view = card(repairer=Name(text="李强", account=account, username='x" y'))
    assert "<a" not in write(view).text
    assert "🔧 李强（" in write(view).text


@pytest.mark.parametrize("evil", NASTY, ids=range(len(NASTY)))
def test_toasts_refusals_and_pictures_get_clean_plain_words(evil: str) -> None:
    """No markup there at all, and at most 200 units in a toast."""
    view = sheet(case(status=Status.CHECKING, place=evil), defect=Label(zh=evil, en=evil))
    labels = LETTERS.sheet_labels(view, "zh", NOW)
    said = [
        LETTERS.toast(Toast(words="filed", fields={"number": evil}), "zh"),
        LETTERS.refusal(refusals.AlreadyTaken(by=evil), "zh"),
        LETTERS.refusal(refusals.NotYours(act=evil, who=(evil,) * 40), "en"),
        LETTERS.refusal(refusals.CaseEnded(number=evil, status=evil), "zh"),
    ]
    for text in (*said, labels.title, labels.place):
        assert length(text) <= 200
        assert not {unicodedata.category(c) for c in text if c != "\u200d"} & INVISIBLE
