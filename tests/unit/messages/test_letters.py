"""Sheets, notices and buttons: what is written, and that it always fits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest

from casework.case import Status
from messages.safe import MESSAGE_UNITS
from tests.unit.messages.cast import (
    COVER,
    LETTERS,
    MIDNIGHT,
    NOW,
    OFFICER,
    REPAIRER,
    audit,
    board,
    button,
    card,
    case,
    dossier,
    length,
    line,
    notice,
    rows,
    sheet,
    shown,
    write,
)
from tests.unit.messages.digest_cast import chart, digest
from tests.unit.messages.test_catalogue import LINES, NOTICES
from usecases.auditing.checks import BY_KIND
from usecases.to_tell import View
from usecases.views import Action, AuditItem, Label, Name, PinView, ReactionView, SheetSide

LONG = "🕳️很长的话" * 100

SHEET_ZH = """\
🔵 <b>待查验</b> XC-20261120-0001 井盖破损 · A 当天
📍 金城路与鼓楼路口东侧 · 1号网格
🔧 李强 11月20日 14:05 修好
<a href="tg://user?id=1001">王建国</a>：请双方到现场查验，合格按“查验通过”，不合格按“返工”。"""

LADDER_ZH = """\
<a href="tg://user?id=1011">李强</a>
还没有人接单，请替班接单：
⚪ XC-20261120-0001 井盖破损 · 金城路与鼓楼路口东侧 · 1号网格 · 时限 今日 24:00"""


def test_a_sheet_reads_like_this_and_carries_the_two_keys() -> None:
    """It tags the patrol side and asks both."""
    letter = write(sheet())
    assert letter.text == SHEET_ZH
    assert rows(letter) == [["查验通过", "远程查验"], ["返工"]]


def test_a_sheet_of_a_finished_check_has_no_keys() -> None:
    """Its caption says where the case stands."""
    letter = write(sheet(case(status=Status.CLOSED)))
    assert letter.text.endswith("现在：已结案")
    assert rows(letter) == []


def test_a_second_sheet_names_its_round_and_may_tag_nobody() -> None:
    """A rework is a sheet of its own."""
    again = sheet(case(status=Status.CHECKING, round=2), patrol=())
    assert "\n返工 2\n请双方到现场查验" in write(again).text


def test_the_picture_gets_plain_words() -> None:
    """No markup, both languages, a placeholder for what is missing."""
    view = sheet(before=SheetSide(photos=(), at=None, name=""))
    words = LETTERS.sheet_labels(view, "zh", NOW)
    assert (words.number, words.title) == ("XC-20261120-0001", "井盖破损")
    assert words.place == "金城路与鼓楼路口东侧 · 1号网格"
    assert (words.before.label, words.before.time, words.before.person) == ("整改前", "", "")
    assert (words.after.label, words.after.time) == ("整改后", "11月20日 14:05")
    assert words.after.person == "李强"
    assert words.missing == "缺整改前照片"
    assert {type(words.after.label), type(words.after.time), type(words.missing)} == {str}
    english = LETTERS.sheet_labels(view, "en", NOW)
    assert (english.before.label, english.after.label) == ("Before", "After")


def test_a_caption_always_fits() -> None:
    """With every part at its longest."""
    crowd = tuple(Name(text=LONG, account=str(10**15 + n)) for n in range(40))
    full = sheet(
        case(status=Status.CHECKING, place=LONG, round=99),
        patrol=crowd,
        submitter=LONG,
        defect=Label(zh=LONG, en=LONG),
    )
    for language in ("zh", "en"):
        assert length(shown(write(full, language))) <= 1024


def test_a_ladder_step_reads_like_this() -> None:
    """A mention, the demand, the case."""
    view = notice("ladder-standby", lines=(line(words="ladder"),))
    assert write(view).text == LADDER_ZH
    assert write(view, private=True).text.startswith("还没有人接单")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("words", NOTICES)
def test_every_notice_can_be_written(words: str, language: str) -> None:
    """With the fields it is given, and nothing of the machinery showing."""
    text = write(notice(words, lines=(line(),)), language).text
    assert text
    assert "{" not in text
    assert "$" not in text


@pytest.mark.parametrize("words", LINES)
def test_every_reason_of_a_line_can_be_said(words: str) -> None:
    """Why a case stands in a list."""
    assert write(notice("missed", lines=(line(words=words),))).text


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        ("nudge-50", "时限已过半", "half of the time is gone"),
        ("nudge-75", "时限已过四分之三", "three quarters of the time is gone"),
        ("nudge-100", "时限已到", "limit reached"),
        ("nudge-200", "超过时限一倍", "twice the limit"),
        ("nudge-300", "超过时限两倍", "three times the limit"),
        ("nudge-120", "时限已用 120%", "120% of the time is gone"),
        ("order-2", "拟发督办单", "supervision order"),
        ("order-4", "拟提请党组研究", "report to the Party group"),
    ],
)
def test_a_reminder_says_how_far_the_limit_is(words: str, zh: str, en: str) -> None:
    """An office may set other points than the usual ones."""
    view = notice("missed", lines=(line(words=words),))
    assert write(view).text.endswith(f" · {zh}")
    assert write(view, "en").text.endswith(f" · {en}")


def test_a_paper_is_named_as_the_office_numbers_it() -> None:
    """Year and serial, in the order of the language."""
    assert "督办〔2026〕1号（郭明签发）" in write(notice("order-2")).text
    assert "Order 1/2026" in write(notice("order-2"), "en").text


def test_what_is_told_late_says_so_and_when_it_was_due() -> None:
    """补发, and the reason with its time on each line."""
    missed = line(words="nudge-100", at=NOW - timedelta(hours=2))
    text = write(notice("missed", late=True, lines=(missed,)), private=True).text
    assert text.startswith("【补发】\n停机期间漏发的提醒")
    assert text.endswith("时限已到 · 应于 11月20日 08:05 提醒")


def test_what_is_told_in_time_does_not_say_when_it_was_due() -> None:
    """Only why the case stands in the list."""
    text = write(notice("nudge", lines=(line(words="nudge-75", at=NOW),))).text
    assert text.endswith("时限 今日 24:00 · 时限已过四分之三")


def test_tomorrow_is_said_in_a_message_that_is_read_once() -> None:
    """A reminder of the day before."""
    eve = line(deadline=MIDNIGHT + timedelta(days=1), words="nudge-50")
    assert "时限 明日 24:00 · 时限已过半" in write(notice("nudge", lines=(eve,))).text


def test_a_line_says_which_clock_runs() -> None:
    """The check's while it is open; a suspended case has none, but a day."""
    checked = line(status=Status.CHECKING, check_until=NOW + timedelta(hours=2))
    assert "· 查验 今日 12:05" in write(notice("mine", lines=(checked,))).text
    put_off = line(suspended_until=date(2026, 12, 5))
    text = write(notice("mine", lines=(put_off,))).text
    assert "· 挂账至 12月5日" in text
    assert "时限" not in text


def test_a_batch_names_each_person_once_with_their_cases() -> None:
    """One message for the whole group."""
    people = (
        ((REPAIRER,), (line(), line(number="XC-20261120-0002"))),
        ((OFFICER, REPAIRER), (line(),)),
    )
    text = write(notice("batch", to=(), people=people)).text
    assert text.splitlines()[1] == '<a href="tg://user?id=1011">李强</a>'
    both = '<a href="tg://user?id=1001">王建国</a>、<a href="tg://user?id=1011">李强</a>'
    assert text.splitlines()[4] == both
    assert text.count("XC-") == 3


def test_a_card_is_linked_where_the_platform_has_links() -> None:
    """Supergroups do, basic groups do not."""
    linked = write(notice("mine", lines=(line(link="-1001234567/88"),))).text
    assert '<a href="https://t.me/c/1234567/88">XC-20261120-0001</a>' in linked
    for link in ("-4000001/88", '-100"/88', "-100１/88", "-100/", "x", ""):
        assert "t.me" not in write(notice("mine", lines=(line(link=link),))).text


def test_a_list_that_is_too_long_says_how_many_are_left_out() -> None:
    """A message never grows beyond what the chat takes."""
    many = tuple(line(number=f"XC-20261120-{n:04}", place=LONG) for n in range(300))
    letter = write(notice("mine", lines=many))
    assert length(shown(letter)) <= MESSAGE_UNITS
    kept = letter.text.count("XC-")
    assert 10 < kept <= 80
    assert letter.text.endswith(f"……另有 {300 - kept} 件")


def test_days_of_a_notice_are_said_in_the_reader_s_language() -> None:
    """Whether they come as days, as ISO text or as moments."""
    for day in ("2026-12-05", date(2026, 12, 5)):
        ask = notice("promise-ask", fields={"by": "李强", "day": day, "reason": "等沥青"})
        assert "李强申请承诺 12月5日 修好：等沥青。请督查答复" in write(ask).text
        assert "5 Dec (等沥青). Supervisor" in write(ask, "en").text
    moment = notice("promise-ask", fields={"by": COVER, "day": MIDNIGHT, "reason": ""})
    assert "井盖破损申请承诺 今日 24:00 修好。" in write(moment).text


def test_an_answer_to_a_promise_says_yes_or_no() -> None:
    """A refusal has no day."""
    no = notice("promise-answered", fields={"agree": "no", "day": ""})
    assert "督查不同意承诺" in write(no).text
    assert "督查同意承诺，最晚 12月5日 修好" in write(notice("promise-answered")).text


def test_a_refusal_names_the_other_case_of_a_duplicate() -> None:
    """And nothing where there is none."""
    fields = {"reason": "duplicate", "other": "XC-20261120-0007"}
    assert "案件已退单：重复（XC-20261120-0007）" in write(notice("refused", fields=fields)).text
    alone = notice("refused", fields={"reason": "not-found", "other": ""})
    assert write(alone, private=True).text == "案件已退单：现场找不到"


def test_mine_is_polite_when_there_is_nothing() -> None:
    """And counts what there is."""
    assert write(notice("mine"), private=True).text == "没有未结案件。"
    two = notice("mine", lines=(line(), line()))
    assert write(two, private=True).text.startswith("未结案件 2 件：")
    assert write(two, "en", private=True).text.startswith("2 open cases:")


def test_the_words_of_a_button_come_from_its_meaning() -> None:
    """Labels and two-language names first, then the named text, then the action's own."""
    keys = (
        (button(Action.CATEGORY, names=COVER), button(Action.FILE, label="XC-20261120-0002")),
        (button(Action.HOURS, arg="6"), button(Action.PROMISE, arg="14.materials")),
        (button(Action.TIER, arg="A"), button(Action.TIER, arg="B")),
        (button(Action.MORE, arg="k"), button(Action.MORE, arg="o.permits")),
        (button(Action.MORE), button(Action.MORE, arg="mp")),
        (button(Action.REFUSE, arg="not-ours"), button(Action.WITHDRAW)),
        (button(Action.GRID, arg="7"), button(word="days", fields={"days": 7})),
        (button(word="grid", fields={"grid": 1, "street": "金城路"}), button(word="hand-over")),
        (button(word="reason-duplicate"), button(word="reason-chosen-weather")),
        (
            button(word="reason-offered-permits"),
            button(word="photo-after", fields={"time": "9:05"}),
        ),
        (button(Action.DEADLINE, arg="48"), button(Action.MORE, word="tier-up")),
    )
    assert rows(write(notice("menu-root", buttons=keys))) == [
        ["井盖破损", "XC-20261120-0002"],
        ["6小时", "14天后"],
        ["改为当天", "改为三天"],
        ["改类别", "等手续"],
        ["更多", "移照片"],
        ["不归我们管", "撤回"],
        ["7号", "7天后"],
        ["1号 金城路", "转派"],
        ["重复", "✓ 等天气"],
        ["等手续", "修好后 9:05"],
        ["48小时", "改为当天"],
    ]


def test_a_row_of_many_buttons_becomes_rows_of_two() -> None:
    """The grids of a town do not fit side by side."""
    grids = tuple(button(Action.GRID, arg=str(n)) for n in range(1, 6))
    letter = write(notice("question-place", buttons=(grids,)))
    assert [len(row) for row in letter.buttons] == [2, 2, 1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_action_has_a_button(language: str) -> None:
    """Even where the views always give words of their own."""
    keys = tuple((button(action, arg="1"),) for action in Action if action is not Action.MORE)
    assert all(row[0].text for row in write(notice("menu-root", buttons=keys), language).buttons)


def test_what_the_auditor_found_is_one_message_with_a_line_for_each_kind() -> None:
    """How many, which ones, and what to do."""
    one = AuditItem(kind="chain-broken", count=1, names=("XC-20261120-0001",))
    two = AuditItem(kind="photo-missing", count=7, names=("XC-20261120-0002", "XC-20261120-0003"))
    assert write(audit(items=(one, two))).text.splitlines() == [
        "<b>自检发现有处不对，请看一下：</b>",
        "· 案件履历被改动或有缺漏 1 件（XC-20261120-0001）",
        "· 照片原件丢失 7 张，请相关人员补发（XC-20261120-0002、XC-20261120-0003）",
        "自检已先处理能补救的。请管理员运行 xunchaqun audit 看详情和办法。",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_every_finding_of_the_auditor_has_words(kind: str, language: str) -> None:
    """Whatever the auditor may find can be told."""
    found = AuditItem(kind=kind, count=3, names=("XC-20261120-0001",))
    assert "XC-20261120-0001" in write(audit(items=(found,)), language).text


def test_a_gap_names_its_span_on_the_city_s_clock() -> None:
    """Somebody must ask the group to post again what was posted then."""
    fields = {"gap_from": "2026-11-18T08:50:00+00:00", "gap_to": "2026-11-20T01:00:00+00:00"}
    assert "11月18日 16:50到11月20日 09:00" in write(notice("gap", fields=fields)).text
    assert "再发一次" in write(notice("gap", fields=fields)).text


def test_every_view_is_written() -> None:
    """A reaction is nothing but its emoji; a pin has no words."""
    reaction = write(ReactionView(emoji="🫡"))
    assert (reaction.text, reaction.buttons) == ("🫡", ())
    assert write(PinView()).text == ""
    views = (card(), sheet(), notice("mine"), digest(), chart(), dossier(), board(), audit())
    made = {ReactionView, PinView, *map(type, views)}
    assert made == set(get_args(View))
