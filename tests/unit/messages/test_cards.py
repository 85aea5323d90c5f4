"""The card: what a street crew reads, line by line."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from casework.case import OPEN, Release, Status, Tier
from casework.spans import Span, TimeKind
from messages.buttons import decode
from tests.unit.messages.cast import MIDNIGHT, NOW, REPAIRER, button, card, case, rows, shown, write
from usecases.card_shown import on_cards
from usecases.views import Action, Label, Name

WAITING_ZH = """\
⚪ <b>待对接</b> XC-20261120-0001 井盖破损 · A 当天
📍 金城路与鼓楼路口东侧 · 1号网格
💬 金城路与鼓楼路口东侧 井盖破损 危险
👮 王建国 → 🔧 <a href="tg://user?id=1011">李强</a>（东城公司）
⏳ 维修 今日 24:00（<tg-time unix="1795190400" format="r">截止</tg-time>）
📷 前1 中0 后0"""

WAITING_EN = """\
⚪ <b>Waiting</b> XC-20261120-0001 Broken manhole cover · A today
📍 金城路与鼓楼路口东侧 · grid 1
💬 金城路与鼓楼路口东侧 井盖破损 危险
👮 王建国 → 🔧 <a href="tg://user?id=1011">李强</a> (东城公司)
⏳ Repair today 24:00 (<tg-time unix="1795190400" format="r">limit</tg-time>)
📷 before 1 during 0 after 0"""

CHECKING_ZH = """\
🔴 <b>待查验</b> XC-20261120-0001 井盖破损 · A 当天
📍 金城路与鼓楼路口东侧 · 1号网格
💬 金城路与鼓楼路口东侧 井盖破损 危险
👮 王建国 → 🔧 <a href="tg://user?id=1011">李强</a>（东城公司）
⏳ 查验 今日 12:05（<tg-time unix="1795147500" format="r">截止</tg-time>）
📷 前1 中0 后2
逾期 · 返工 1 · 非现场
王建国已查验通过，等维修方"""

CLOSED_ZH = """\
🟢 <b>已结案</b> XC-20261120-0001 井盖破损 · A 当天
王建国 → 李强 · 11月20日 10:05 · 按期"""

CLOSED_EN = """\
🟢 <b>Closed</b> XC-20261120-0001 Broken manhole cover · A today
王建国 → 李强 · 20 Nov 10:05 · in time"""


def test_a_waiting_case_reads_like_this() -> None:
    """The whole card in both languages."""
    assert write(card()).text == WAITING_ZH
    assert write(card(), "en").text == WAITING_EN


def test_a_place_that_is_only_the_grid_is_said_once() -> None:
    """As when somebody wrote no more than that."""
    assert write(card(case(place="1号网格"))).text.splitlines()[1] == "📍 1号网格"


def test_a_late_check_of_a_second_round_reads_like_this() -> None:
    """The red mark, both clocks, the marks, and who is awaited."""
    late = case(
        status=Status.CHECKING,
        submitted_at=NOW,
        round=1,
        after=2,
        overdue=True,
        patrol_key="officer01",
        patrol_remote=True,
        release=Release.CLAIMED,
    )
    view = card(late, patrol_checker="王建国", check_until=NOW + timedelta(hours=2))
    assert write(view).text == CHECKING_ZH


def line(text: str, mark: str) -> str:
    """The line that starts with a mark, without its live time."""
    found = next(one for one in text.splitlines() if one.startswith(mark))
    return re.sub(r"（<tg-time.*?</tg-time>）", "", found)


def test_the_limit_line_says_what_runs_and_what_stands() -> None:
    """The repair, its stage, the sign, the check while the repair clock stands, a suspension."""
    minutes = timedelta(hours=13, minutes=40)
    checked = case(status=Status.CHECKING, left=minutes)
    view = card(checked, check_until=NOW + timedelta(hours=2))
    assert line(write(view).text, "⏳") == "⏳ 查验 今日 12:05 · 维修停表，剩 13 小时 40 分"
    staged = card(case(stage="repair", stage_late=True), stages=3, stage=2)
    assert line(write(staged).text, "⏳") == "⏳ 抢修（2/3） 今日 24:00"
    assert "前段逾期" in write(staged).text
    passed = card(case(deadline=NOW - timedelta(hours=1), overdue=True))
    assert line(write(passed).text, "⏳") == "⏳ 维修 11月20日 09:05"
    guarded = card(case(not_today=NOW), sign_until=MIDNIGHT)
    assert line(write(guarded).text, "⏳") == "⏳ 维修 今日 24:00 · 警示标志 今日 24:00"
    off = case(
        status=Status.TAKEN,
        suspended_until=date(2026, 12, 5),
        left=timedelta(days=2, hours=3, minutes=5),
    )
    assert line(write(card(off)).text, "⏸") == "⏸ 挂账至 12月5日，停表，剩 2 天 3 小时 5 分"
    worked = replace(off, span=Span(kind=TimeKind.HOURS, amount=600), left=timedelta(hours=5))
    assert line(write(card(worked)).text, "⏸") == "⏸ 挂账至 12月5日，停表，剩 5 工作时"


def test_the_standard_of_the_repair_is_shown_where_it_fits() -> None:
    """Eight lines are the most; a mended case needs no standard."""
    standard = Label(zh="井盖与路面齐平，不响不晃", en="Level with the road, no noise")
    assert line(write(card(standard=standard)).text, "📏") == "📏 井盖与路面齐平，不响不晃"
    full = case(sign_missing=True, refusal_asked="not-ours")
    text = write(card(full, standard=standard)).text
    assert "📏" not in text
    assert len(text.splitlines()) == 8
    assert "📏" not in write(card(case(status=Status.CHECKING), standard=standard)).text


def test_a_closed_case_takes_two_lines_and_no_buttons() -> None:
    """It shrinks to what counts afterwards."""
    closed = card(case(status=Status.CLOSED, closed_at=NOW, on_time=True))
    assert write(closed).text == CLOSED_ZH
    assert write(closed, "en").text == CLOSED_EN
    assert rows(write(closed)) == []


def test_a_closed_case_may_be_undone_for_a_minute() -> None:
    """The one button left is 撤销."""
    closed = card(case(status=Status.CLOSED, closed_at=NOW, on_time=True), undo_until=NOW)
    assert rows(write(closed)) == [["撤销"]]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"status": Status.WAITING}, [["接单"], ["改为三天", "更多"]]),
        ({"status": Status.TAKEN}, [["开工", "今天修不完"], ["改为三天", "更多"]]),
        (
            {"status": Status.TAKEN, "suspended_until": date(2026, 12, 5)},
            [["开工", "恢复"], ["改为三天", "更多"]],
        ),
        ({"status": Status.TAKEN, "not_today": NOW}, [["开工"], ["改为三天", "更多"]]),
        ({"status": Status.REPAIRING}, [["今天修不完"], ["改为三天", "更多"]]),
        ({"status": Status.REPAIRING, "tier": Tier.PROMISED}, [["改为当天", "更多"]]),
        ({"status": Status.CHECKING}, [["查验通过", "远程查验"], ["返工", "更多"]]),
        ({"status": Status.REWORK, "round": 1}, [["今天修不完"], ["改为三天", "更多"]]),
        ({"status": Status.REFUSED}, []),
        ({"status": Status.WITHDRAWN}, []),
    ],
)
def test_each_state_has_the_buttons_that_are_needed(
    changes: dict[str, object], wanted: list[list[str]]
) -> None:
    """The most needed first, at most two a row."""
    assert rows(write(card(case(**changes)))) == wanted


def test_the_undo_has_a_row_of_its_own() -> None:
    """It never moves the other buttons."""
    assert rows(write(card(case(status=Status.TAKEN), undo_until=NOW)))[-1] == ["撤销"]


def test_buttons_carry_the_case_and_its_round() -> None:
    """A press of an old round can be told from a new one."""
    keys = write(card(case(id=77, status=Status.CHECKING, round=2))).buttons[0]
    press = decode(keys[0].data)
    assert press
    assert (press.action, press.case_id, press.round) == (Action.PASS, 77, 2)


def test_a_menu_takes_the_place_of_the_buttons() -> None:
    """Where neither an ephemeral message nor a private chat works, the card shows it."""
    menu = ((button(Action.CATEGORY, label="路沿石缺失", arg="2002"),), (button(word="place"),))
    assert rows(write(card(menu=menu))) == [["路沿石缺失"], ["改位置"]]


def test_midnight_is_twenty_four_hours_of_the_day_before() -> None:
    """No card ever says 00:00 of tomorrow."""
    later = case(deadline=MIDNIGHT + timedelta(days=5), tier=Tier.THREE_DAYS)
    assert "⏳ 维修 11月25日 24:00（" in write(card(later)).text
    assert "⏳ Repair 25 Nov 24:00 (" in write(card(later), "en").text


def test_tomorrow_is_never_written_on_a_card() -> None:
    """A card that nobody edits must still be true the day after."""
    later = case(deadline=MIDNIGHT + timedelta(days=1))
    assert "⏳ 维修 11月21日 24:00（" in write(card(later)).text


def test_a_limit_of_next_year_has_its_year() -> None:
    """A promise may reach far."""
    far = case(deadline=MIDNIGHT + timedelta(days=60))
    assert "2027年1月19日 24:00" in write(card(far)).text


@pytest.mark.parametrize(
    ("changes", "mark"),
    [
        ({"release": Release.CLAIMED, "status": Status.TAKEN}, "可撤场"),
        ({"release": Release.SUPERVISOR}, "可撤场"),
        ({"release": Release.NIGHT}, "可撤场（夜间登记）"),
        ({"forwarded": True}, "转发"),
        ({"patrol_remote": True, "status": Status.CHECKING}, "非现场"),
        ({"late_entry": True}, "补录"),
        ({"sign_missing": True}, "未设警示"),
        ({"sign_at": NOW}, "已设警示"),
        ({"overdue": True}, "逾期"),
        ({"unreadable": True}, "照片打不开，请重发"),
        ({"grid": None, "place": ""}, "📍 待补位置"),
        ({"not_today": NOW}, "今天修不完"),
        ({"status": Status.REWORK, "round": 3}, "🟠 <b>返工 3</b>"),
        ({"hours_asked": True}, "待督查定时限"),
    ],
)
def test_what_else_is_to_be_known_is_said_in_words(changes: dict[str, object], mark: str) -> None:
    """Each mark stands as a word of its own."""
    lines = write(card(case(**changes))).text.splitlines()
    assert any(mark in line.split(" · ") or line.startswith(mark) for line in lines)


def test_an_asked_promise_names_day_and_reason() -> None:
    """A code of the menu is shown in words, typed words as they are."""
    asked = case(promise_asked=date(2026, 12, 5), promise_reason="materials")
    assert "申请承诺 12月5日 修好，待督查答复：等材料" in write(card(asked)).text
    assert "(waiting for materials)" in write(card(asked), "en").text
    typed = case(refusal_asked="是小区自己的管道")
    assert "已申请退单，待督查决定：是小区自己的管道" in write(card(typed)).text


def test_a_duplicate_names_the_other_case() -> None:
    """Who refused it, and which case goes on."""
    refused = case(status=Status.REFUSED, duplicate_of="XC-20261120-0007")
    text = write(card(refused, ended_by="宋文博")).text
    assert text.splitlines()[1] == "与 XC-20261120-0007 重复 · 宋文博"
    assert text.startswith("⚫ <b>退单</b> XC-20261120-0001")


def test_a_withdrawn_case_says_why() -> None:
    """Two lines."""
    withdrawn = case(status=Status.WITHDRAWN, reason="发错群了")
    assert write(card(withdrawn)).text.splitlines()[1] == "原因：发错群了"


def test_both_officers_are_named_in_another_grid() -> None:
    """The reporter, and the officer who walks that grid."""
    text = write(card(grid_officer=Name(text="赵志强"))).text
    assert "👮 王建国（网格队员 赵志强） → 🔧" in text


def test_a_closed_find_of_the_company_names_who_checked_it() -> None:
    """Who found it mended it; that somebody else looked is what counts."""
    own = case(company_patrol=True, status=Status.CLOSED, on_time=True, closed_at=NOW)
    text = write(card(own, officer=REPAIRER, patrol_checker="王建国")).text
    assert text.splitlines()[1].startswith("李强（公司巡查），王建国查验 · ")


def test_a_company_patrol_names_who_holds_the_patrol_key() -> None:
    """The finder mends it himself."""
    own = card(case(company_patrol=True), officer=REPAIRER, grid_officer=Name(text="王建国"))
    assert "（东城公司） · 公司巡查 → 👮 王建国" in write(own).text
    assert write(card(case(company_patrol=True), grid_officer=None)).text.count("👮") == 0


def test_an_account_never_seen_is_tagged_by_username() -> None:
    """And by its name alone where there is neither."""
    unseen = card(repairer=Name(text="李强", username="repairer01"))
    assert "🔧 李强 @repairer01（东城公司）" in write(unseen).text
    assert "🔧 李强（东城公司）" in write(card(repairer=Name(text="李强"))).text
    assert "🔧 待定" in write(card(repairer=None, company="")).text


def test_nobody_is_tagged_in_private() -> None:
    """There they are only named."""
    assert "<a" not in write(card(), private=True).text


def test_words_that_only_name_the_place_are_not_said_twice() -> None:
    """Vertical room is dear."""
    assert "💬" not in write(card(case(words="金城路", place="金城路"))).text


@pytest.mark.parametrize("status", Status)
def test_what_comparing_cards_leaves_out_is_on_no_card(status: Status) -> None:
    """An edit is only spared where the message would be the same to the letter."""
    kept: dict[str, Any] = {"version": 7, "card": "900", "delivered_at": NOW, "sign_asked": NOW}
    kept |= {"ladder": 3, "ladder_at": NOW, "history_seq": 9, "history_hash": "ab"}
    kept |= {"rung": 2, "rung_asked": True, "rung_declined": True, "rung_at": NOW}
    full = case(status=status, rung_limit=MIDNIGHT, **kept)
    bare = on_cards(full)
    assert not any(getattr(bare, name) == value for name, value in kept.items())
    assert write(card(full)) == write(card(bare))


def test_no_card_ever_grows_beyond_eight_lines_and_two_buttons() -> None:
    """Every state, with everything else at its longest."""
    long = "很长的话" * 300
    switches = itertools.product(Status, Tier, (False, True), (None, NOW))
    for status, tier, flag, moment in switches:
        full = case(
            status=status,
            tier=tier,
            words=long,
            place=long[:-1],
            reason=long,
            promise_reason=long,
            refusal_asked=long,
            promise_asked=date(2027, 3, 4) if flag else None,
            hours_asked=flag,
            overdue=flag,
            forwarded=flag,
            unreadable=flag,
            sign_missing=flag,
            late_entry=flag,
            patrol_remote=flag,
            round=9,
            promises_withdrawn=3,
            not_today=moment,
            submitted_at=moment,
            closed_at=moment,
            on_time=flag,
            sign_at=moment,
        )
        view = card(full, undo_until=moment, patrol_checker=long, ended_by=long)
        letter = write(view)
        assert letter.text.count("\n") < (8 if status in OPEN else 2)
        assert all(1 <= len(row) <= 2 for row in letter.buttons)
        assert len(shown(letter)) < 1000
