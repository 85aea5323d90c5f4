"""Sheets, notices, digests and dossiers: what is written, and that it always fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest

from casework import events
from casework.case import Status
from messages.dossiers import kebab
from messages.safe import CAPTION_UNITS, MESSAGE_UNITS
from tests.unit.messages.cast import (
    COVER,
    LETTERS,
    MIDNIGHT,
    NOW,
    OFFICER,
    REPAIRER,
    button,
    card,
    case,
    digest,
    dossier,
    history,
    length,
    line,
    notice,
    rows,
    sheet,
    shown,
    write,
)
from tests.unit.messages.test_catalogue import LINES, NOTICES
from usecases.views import Action, Label, Name, Rate, ReactionView, SheetSide, View

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

DIGEST_ZH = """\
<b>📋 巡查日报 11月20日</b>
11月19日 17:00 至 11月20日 17:00
上报 4 件 · 结案 3 件
结案率 3/4 75.00%
按期结案率 2/3 66.67%
未结 1 件：A 当天 1 · B 三天 0 · C 承诺 0
逾期 1 件
🔴 XC-20261120-0001 井盖破损 · 金城路与鼓楼路口东侧 · 1号网格 · 时限 今日 24:00
各网格：
1号网格 · 鼓楼广场：上报 4 结案 3 未结 1 逾期 1 · 结案率 3/4 75.00%
各公司：
东城公司：上报 4 结案 3 未结 1 逾期 1 · 结案率 0/0 —
口径：应结案＝当日 24:00 前到期的未结案件，加本时段结案的案件；\
结案率＝结案÷应结案，按期结案率＝按期结案÷应结案。"""


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
        assert length(shown(write(full, language))) <= CAPTION_UNITS


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


def test_what_is_told_late_says_so_and_when_it_was_due() -> None:
    """补发, and the reason with its time on each line."""
    missed = line(words="nudge-limit", at=NOW - timedelta(hours=2))
    text = write(notice("missed", late=True, lines=(missed,)), private=True).text
    assert text.startswith("【补发】\n停机期间漏发的提醒")
    assert text.endswith("时限已到 · 应于 11月20日 08:05 提醒")


def test_what_is_told_in_time_does_not_say_when_it_was_due() -> None:
    """Only why the case stands in the list."""
    text = write(notice("nudge", lines=(line(words="nudge-hour", at=NOW),))).text
    assert text.endswith("时限 今日 24:00 · 只剩一小时")


def test_tomorrow_is_said_in_a_message_that_is_read_once() -> None:
    """A reminder of the day before."""
    eve = line(deadline=MIDNIGHT + timedelta(days=1), words="nudge-eve")
    assert "时限 明日 24:00 · 明天到期" in write(notice("nudge", lines=(eve,))).text


def test_a_batch_names_each_person_once_with_their_cases() -> None:
    """One message for the whole group."""
    people = ((REPAIRER, (line(), line(number="XC-20261120-0002"))), (OFFICER, (line(),)))
    text = write(notice("batch", to=(), people=people)).text
    assert text.count('<a href="tg://user?id=1011">') == 1
    assert text.splitlines()[1] == '<a href="tg://user?id=1011">李强</a>'
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
    for view in (notice("mine", lines=many), notice("batch", people=((REPAIRER, many),))):
        letter = write(view)
        assert length(shown(letter)) <= MESSAGE_UNITS
        kept = letter.text.count("XC-")
        assert 10 < kept <= 80
        assert letter.text.rstrip("件 ").rsplit(" ", 1)[-1] in {str(300 - kept), str(301 - kept)}


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
    assert "督查同意承诺，请在 12月5日 前修好" in write(notice("promise-answered")).text


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


def test_the_digest_reads_like_this() -> None:
    """Window, figures, rates, the late ones by number, grids, companies, the definition."""
    assert write(digest()).text == DIGEST_ZH


def test_a_grid_of_the_digest_is_named_by_its_number() -> None:
    """A number that is its only name is not said twice."""
    row = replace(digest().grids[0], name="1")
    assert "\n1号网格：上报 4 " in write(digest(grids=(row,))).text


def test_a_late_digest_and_the_figures_of_now_say_so() -> None:
    """补发, and another title."""
    assert write(digest(late=True)).text.startswith("【补发】\n<b>📋 巡查日报")
    assert write(digest(now=True)).text.startswith("<b>📋 今日数字 11月20日</b>")


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (3, 4, "3/4 75.00%"),
        (2, 3, "2/3 66.67%"),
        (911, 972, "911/972 93.72%"),
        (2196, 2251, "2196/2251 97.56%"),
        (1, 800, "1/800 0.13%"),
        (3, 800, "3/800 0.38%"),
        (5, 5, "5/5 100.00%"),
        (0, 7, "0/7 0.00%"),
        (0, 0, "0/0 —"),
    ],
)
def test_a_rate_is_a_fraction_with_two_decimals_half_up(part: int, whole: int, said: str) -> None:
    """0.125 % is 0.13 %, and nothing out of nothing is no percentage."""
    text = write(digest(closing=Rate(part=part, whole=whole))).text
    assert f"\n结案率 {said}\n" in text


def test_a_digest_of_a_bad_month_still_fits() -> None:
    """The late ones are cut, the figures and the definition stay."""
    many = tuple(line(number=f"XC-20261120-{n:04}", place=LONG, overdue=True) for n in range(300))
    row = replace(digest().grids[0], name=LONG)
    text = write(digest(overdue=many, grids=(row,) * 200, companies=(row,) * 20))
    assert length(shown(text)) <= MESSAGE_UNITS
    assert "逾期 300 件" in text.text
    assert "……另有" in text.text


def test_a_dossier_is_the_card_and_the_history_in_words() -> None:
    """Who did what, and when."""
    text = write(
        dossier(
            history(
                "CaseReported",
                category="2001",
                tier="A",
                place="金城路",
                grid=1,
                deadline=MIDNIGHT.isoformat(),
            ),
            history("CaseClaimed", "repairer01", by="repairer01"),
            history("ClosureSubmitted", "repairer01", by="repairer01"),
            history("OverdueMarked", "", deadline=MIDNIGHT.isoformat()),
        )
    ).text
    assert text.splitlines()[-5:] == [
        "经过：",
        "11月20日 10:05 王建国：发照片立案，井盖破损，A 当天，金城路 · 1号网格，时限 今日 24:00",
        "11月20日 10:05 李强：接单",
        "11月20日 10:05 李强：报完工，等查验",
        "11月20日 10:05 机器人：逾期（时限 今日 24:00）",
    ]


SAMPLES: list[tuple[events.Event, str]] = [
    (
        events.CaseReported(category="2001", tier="B", deadline=MIDNIGHT, forwarded=True),
        "转发照片立案，井盖破损，B 三天，待补位置，时限 今日 24:00",
    ),
    (events.CaseClaimed(by="supervisor01", for_whom="repairer01"), "代派给李强"),
    (events.WorkBegun(), "开工"),
    (events.SignPlaced(), "已放警示标志"),
    (events.ClosureSubmitted(by="repairer01", round=0, late=True), "报完工，等查验（逾期）"),
    (events.PhotosAdded(phase="before", count=2), "加照片 2 张（维修前）"),
    (events.PhotosAdded(phase="after", count=-1), "移走照片（修好后）"),
    (events.KeyTurned(side="patrol", by="officer01"), "巡查方查验通过"),
    (events.KeyTurned(side="repair", by="x", remote=True), "维修方远程查验通过（非现场）"),
    (events.CaseClosed(on_time=False), "结案，逾期"),
    (events.ReworkOrdered(round=1, reason="没抹平"), "返工 1：没抹平"),
    (events.TodayGivenUp(), "报今天修不完"),
    (events.HoursGranted(hours=6, deadline=MIDNIGHT), "定时限 6 小时，到 今日 24:00"),
    (events.PromiseAsked(day=date(2026, 12, 5), reason="permits"), "申请承诺 12月5日 修好：等手续"),
    (events.PromiseAgreed(day=date(2026, 12, 5)), "同意承诺 12月5日"),
    (events.PromiseDeclined(), "不同意承诺"),
    (events.PromiseWithdrawn(deadline=MIDNIGHT), "撤销承诺，时限改为 今日 24:00"),
    (
        events.TierChanged(tier="A", was="B", deadline=MIDNIGHT),
        "B 三天 改为 A 当天，时限 今日 24:00",
    ),
    (
        events.DeadlineChanged(deadline=MIDNIGHT, was=MIDNIGHT + timedelta(days=2)),
        "时限由 11月22日 24:00 改为 今日 24:00",
    ),
    (events.CategoryChanged(category="2001", was="9011"), "类别由9011改为井盖破损"),
    (events.PlaceChanged(place="鼓楼路", grid=1), "位置：鼓楼路 · 1号网格"),
    (events.CaseMoved(repairer="repairer01", was="repairer02"), "改由李强负责"),
    (events.WordsAdded(words="还冒水"), "补充说明：还冒水"),
    (
        events.CaseRefused(reason="duplicate", duplicate_of="XC-20261120-0007"),
        "退单：重复（与 XC-20261120-0007 重复）",
    ),
    (events.RefusalAsked(reason="not-ours"), "申请退单：不归我们管"),
    (events.RefusalDeclined(), "不同意退单"),
    (events.CaseHandedOver(to="repairer01", was="repairer02"), "转派给李强"),
    (events.CaseWithdrawn(), "撤回"),
    (events.SceneReleased(), "准予撤场"),
    (events.OverdueMarked(deadline=MIDNIGHT), "逾期（时限 今日 24:00）"),
    (events.SignMarkedMissing(), "未设警示"),
    (events.PressUndone(back_to="rework"), "撤销，回到“返工”"),
    (events.PhotoUnreadable(), "照片打不开"),
]


@pytest.mark.parametrize(("event", "said"), SAMPLES, ids=lambda v: kebab(type(v).__name__))
def test_each_event_is_said_in_words(event: events.Event, said: str) -> None:
    """Keys and codes are never shown where there are words for them."""
    row = history(type(event).__name__, **event.data())
    assert write(dossier(row)).text.splitlines()[-1] == f"11月20日 10:05 王建国：{said}"
    assert write(dossier(row), "en").text.splitlines()[-1].startswith("20 Nov 10:05 王建国: ")


def test_no_event_is_without_a_sample() -> None:
    """A new event needs its words and its line here."""
    known = {kind for kind in vars(events).values() if isinstance(kind, type)}
    wanted = {kind for kind in known if issubclass(kind, events.Event) and kind is not events.Event}
    assert wanted == {type(event) for event, _ in SAMPLES}


def test_an_event_of_a_later_version_is_named_not_dropped() -> None:
    """A history is never shortened by an older program."""
    text = write(dossier(history("CaseFrozen"), history("Event"), history("date"))).text
    assert text.splitlines()[-3:] == [
        "11月20日 10:05 王建国：CaseFrozen",
        "11月20日 10:05 王建国：Event",
        "11月20日 10:05 王建国：date",
    ]


def test_of_a_long_history_the_latest_part_is_shown() -> None:
    """And how much came before."""
    rows = tuple(history("WordsAdded", words=f"{n} {LONG}") for n in range(200))
    text = write(dossier(*rows))
    assert length(shown(text)) <= MESSAGE_UNITS
    assert text.text.splitlines()[-1].startswith("11月20日 10:05 王建国：补充说明：199 ")
    assert "更早还有" in text.text


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


def test_every_view_is_written() -> None:
    """A reaction is nothing but its emoji."""
    reaction = write(ReactionView(emoji="🫡"))
    assert (reaction.text, reaction.html, reaction.buttons) == ("🫡", False, ())
    made = {ReactionView, *map(type, (card(), sheet(), notice("mine"), digest(), dossier()))}
    assert made == set(get_args(View))
