"""The history of a case, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework import events
from messages.dossiers import kebab
from messages.safe import MESSAGE_UNITS
from tests.unit.messages.cast import (
    MIDNIGHT,
    dossier,
    history,
    length,
    shown,
    write,
)

LONG = "🕳️很长的话" * 100


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
    (
        events.CaseReported(category="2001", tier="B", deadline=MIDNIGHT, cures="XC-20261120-0001"),
        "临时处置结案（XC-20261120-0001），另立根治案，井盖破损，B 三天，待补位置，时限 今日 24:00",
    ),
    (events.CaseJoined(main="XC-20261120-0002"), "并入主案 XC-20261120-0002"),
    (
        events.CasesJoined(cases="XC-20261120-0003 XC-20261120-0004", count=2),
        "并案 2 件：XC-20261120-0003 XC-20261120-0004",
    ),
    (events.CaseParted(main="XC-20261120-0002"), "取消并案（主案 XC-20261120-0002）"),
    (
        events.MainEnded(main="XC-20261120-0002"),
        "主案 XC-20261120-0002 已了结，本案单独办理",
    ),
    (
        events.MainReopened(main="XC-20261120-0002"),
        "主案 XC-20261120-0002 撤销了结，本案随主案办理",
    ),
    (events.StopgapMarked(), "临时处置"),
    (events.StopgapMarked(off=True), "取消“临时处置”"),
    (events.CureOpened(cure="XC-20261120-0005"), "另立根治案 XC-20261120-0005"),
    (events.CaseClaimed(by="supervisor01", for_whom="repairer01"), "代派给李强"),
    (events.WorkBegun(), "开工"),
    (events.SignPlaced(), "已放警示标志"),
    (events.ClosureSubmitted(by="repairer01", round=0, late=True), "报完工，等查验（逾期）"),
    (events.PhotosAdded(phase="before", count=2), "加照片 2 张（维修前）"),
    (events.PhotosAdded(phase="after", count=-1), "移走照片 1 张（修好后）"),
    (events.PhotosAdded(phase="before", count=-2), "移走照片 2 张（维修前）"),
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
        events.StageFinished(stage="guard", next="repair", deadline=MIDNIGHT),
        "现场围护完成，转抢修，时限 今日 24:00",
    ),
    (
        events.StageFinished(stage="repair", late=True, next="restore", deadline=MIDNIGHT),
        "抢修完成（逾期），转恢复原状，时限 今日 24:00",
    ),
    (events.ExtensionAsked(reason="materials"), "申请延期：等材料"),
    (
        events.ExtensionGranted(count=2, deadline=MIDNIGHT + timedelta(days=3), was=MIDNIGHT),
        "同意延期（第 2 次），时限由 今日 24:00 改为 11月23日 24:00",
    ),
    (events.ExtensionDeclined(), "不同意延期"),
    (events.SuspensionAsked(day=date(2026, 12, 5), reason="funds"), "申请挂账至 12月5日：等资金"),
    (events.CaseSuspended(day=date(2026, 12, 5)), "同意挂账至 12月5日，停表"),
    (events.SuspensionDeclined(), "不同意挂账"),
    (events.CaseResumed(deadline=MIDNIGHT), "恢复计时，时限 今日 24:00"),
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
    (events.Reminded(deadline=MIDNIGHT), "时限 今日 24:00 已过，提醒"),
    (events.OrderDrafted(rung=2), "拟好督办单，等督查签发"),
    (events.OrderIssued(number="2026-1", rung=2), "签发 督办〔2026〕1号（督办单）"),
    (events.OrderIssued(number="2026-12", rung=4), "签发 督办〔2026〕12号（提请党组研究）"),
    (events.OrderDeclined(rung=3), "不报主要负责人"),
    (events.PressUndone(back_to="rework"), "撤销，回到“返工”"),
    (events.PhotoUnreadable(), "照片打不开"),
    (events.PhotoSentAnew(), "照片已重发"),
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


def test_the_photos_of_an_album_are_one_line() -> None:
    """Each item came as an event of its own; another phase or person begins a line."""
    before = history("PhotosAdded", phase="before", count=1)
    away = history("PhotosAdded", phase="before", count=-1)
    after = history("PhotosAdded", "repairer01", phase="after", count=1)
    much_later = replace(after, at=after.at + timedelta(hours=1))
    text = write(dossier(*[before] * 9, away, after, after, much_later)).text
    assert [line.partition("：")[2] for line in text.splitlines()[-4:]] == [
        "加照片 9 张（维修前）",
        "移走照片 1 张（维修前）",
        "加照片 2 张（修好后）",
        "加照片 1 张（修好后）",
    ]


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
