"""The clock ledger of a case, in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from casework.ledger import ClockName, LedgerRow, Matter, Move
from messages.buttons import decode
from messages.safe import MESSAGE_UNITS
from tests.unit.messages.cast import MIDNIGHT, NOW, ZONE, dossier, history, length, shown, write

REPAIR, CHECK = ClockName.REPAIR, ClockName.CHECK
NAMES = {"repairer01": "李强", "supervisor01": "宋文博", "officer01": "王建国"}
LATER = MIDNIGHT + timedelta(days=3)
DECEMBER = datetime(2026, 12, 4, 16, tzinfo=UTC)
"""00:00 of December 5th in the city."""


def row(what: Move, clock: ClockName = REPAIR, **changes: Any) -> LedgerRow:
    """One row of the ledger."""
    base: dict[str, Any] = {"case_id": 1, "seq": 1, "at": NOW, "company": "east"}
    return LedgerRow(**{**base, "clock": clock, "what": what, **changes})


def worded(*rows: LedgerRow, language: str = "zh") -> list[str]:
    """The ledger's lines of a dossier, without their times."""
    companies = {"east": "东城公司", "west": "西城公司"}
    view = dossier(history("CaseWithdrawn"), ledger=rows, names=NAMES, companies=companies)
    lines = write(view, language).text.splitlines()
    first = lines.index("计时：" if language == "zh" else "Clocks:") + 1
    stamp = "11月20日 10:05 " if language == "zh" else "20 Nov 10:05 "
    found = lines[first : first + len(rows)]
    assert all(line.startswith(stamp) for line in found)
    return [line.removeprefix(stamp) for line in found]


def asked(what: Move, matter: Matter, **changes: Any) -> LedgerRow:
    """A row about what repairer01 asked and supervisor01 decided."""
    people = {"asked_by": "repairer01", "decided_by": "supervisor01", "reason": "materials"}
    return row(what, matter=matter, **{**people, **changes})


def test_a_case_reads_from_start_to_end() -> None:
    """Started, stopped with its photo, gone on after a rework, missed, ended."""
    left = timedelta(hours=13, minutes=40)
    assert worded(
        row(Move.STARTED, until=MIDNIGHT, asked_by="officer01"),
        row(Move.STOPPED, left=left, asked_by="repairer01", photo="77"),
        row(Move.STARTED, CHECK, until=NOW + timedelta(hours=2)),
        row(Move.ENDED, CHECK, decided_by="officer01"),
        row(Move.RESUMED, until=LATER, decided_by="officer01", reason="没压实"),
        row(Move.MISSED, until=LATER),
        row(Move.CHANGED, until=MIDNIGHT, decided_by="supervisor01"),
        row(Move.ENDED),
    ) == [
        "维修计时开始，到 今日 24:00",
        "维修停表，剩 13 小时 40 分 📷",
        "查验计时开始，到 今日 12:05",
        "查验计时结束",
        "返工，维修续计，到 11月23日 24:00",
        "维修逾期（时限 11月23日 24:00）",
        "维修时限改为 今日 24:00（宋文博）",
        "维修计时结束",
    ]


def test_more_time_names_its_number_its_reason_and_both_people() -> None:
    """An extension says from when to when; a suspension what is left."""
    assert worded(
        row(Move.STARTED, until=MIDNIGHT),
        asked(Move.ASKED, Matter.EXTENSION, until=LATER, decided_by=""),
        asked(Move.EXTENDED, Matter.EXTENSION, until=LATER),
        asked(Move.DECLINED, Matter.EXTENSION),
        asked(Move.EXTENDED, Matter.EXTENSION, until=LATER + timedelta(days=3)),
        asked(Move.ASKED, Matter.SUSPENSION, until=DECEMBER, decided_by=""),
        asked(Move.SUSPENDED, Matter.SUSPENSION, until=DECEMBER, left=timedelta(days=2)),
        row(Move.RESUMED, matter=Matter.SUSPENSION, until=DECEMBER),
    ) == [
        "维修计时开始，到 今日 24:00",
        "李强申请延期，到 11月23日 24:00（等材料）",
        "延期 1：由 今日 24:00 到 11月23日 24:00，李强申请（等材料），宋文博同意",
        "宋文博不同意延期",
        "延期 2：由 11月23日 24:00 到 11月26日 24:00，李强申请（等材料），宋文博同意",
        "李强申请挂账至 12月5日（等材料）",
        "挂账至 12月5日，停表，剩 2 天，李强申请（等材料），宋文博同意",
        "恢复，维修续计，到 12月4日 24:00",
    ]


def test_promises_hours_and_declined_requests_have_their_words() -> None:
    """Kept or broken; 今天修不完 asks for hours."""
    assert worded(
        asked(Move.ASKED, Matter.PROMISE, until=LATER),
        asked(Move.PROMISED, Matter.PROMISE, until=LATER),
        asked(Move.DECLINED, Matter.PROMISE),
        asked(Move.DECLINED, Matter.SUSPENSION),
        asked(Move.ASKED, Matter.HOURS),
        row(Move.KEPT),
        row(Move.BROKEN),
    ) == [
        "李强申请承诺，到 11月23日 24:00（等材料）",
        "承诺到 11月23日 24:00，李强申请（等材料），宋文博同意",
        "宋文博不同意承诺",
        "宋文博不同意挂账",
        "李强报今天修不完，请督查定时限",
        "承诺兑现",
        "承诺没有兑现",
    ]


def test_stages_companies_signs_and_undos_have_their_words() -> None:
    """The clock is called by its stage; another company starts anew."""
    assert worded(
        row(Move.STARTED, stage="guard", until=MIDNIGHT),
        row(Move.ENDED, stage="guard", photo="9"),
        row(Move.STARTED, stage="repair", until=LATER),
        row(Move.STARTED, stage="repair", until=LATER, company="west"),
        row(Move.ENDED, ClockName.SIGN, photo="9"),
        row(Move.MISSED, ClockName.SIGN),
        row(Move.UNDONE, until=MIDNIGHT, company="west"),
        row(Move.UNDONE, left=timedelta(minutes=40), company="west"),
        row(Move.UNDONE, CHECK),
        row(Move.RESUMED, until=MIDNIGHT, company="west"),
    ) == [
        "现场围护计时开始，到 今日 24:00",
        "现场围护计时结束 📷",
        "抢修计时开始，到 11月23日 24:00",
        "转给西城公司，抢修重新计时，到 11月23日 24:00",
        "已放警示标志 📷",
        "未设警示标志",
        "撤销，维修计时到 今日 24:00",
        "撤销，维修停表，剩 40 分",
        "撤销，查验不计时",
        "照片移走，维修续计，到 今日 24:00",
    ]


def test_every_move_has_words_in_english_too() -> None:
    """The same rows for a reader of English."""
    moves = [move for move in Move if move not in {Move.ASKED, Move.DECLINED}]
    fields = {"until": MIDNIGHT, "left": timedelta(hours=2)}
    lines = worded(*(asked(move, Matter.NONE, **fields) for move in moves), language="en")
    assert lines[0] == "Repair clock starts, until today 24:00"
    assert all("李强" in line for line in lines if line.startswith(("Extension", "Promised")))


def test_the_pages_of_a_dossier_join_without_a_gap() -> None:
    """Each leads to the one before it, until nothing came earlier; the card is on the newest."""
    words = tuple(history("WordsAdded", words=f"({n}) " + "很长的话" * 40) for n in range(60))
    times = [NOW + timedelta(minutes=n) for n in range(90)]
    rows = tuple(row(Move.RESUMED, until=LATER, at=at) for at in times)
    whole = dossier(*words, ledger=rows, names=NAMES)
    letter, told, cards = write(whole), "", 0
    while letter.buttons:
        assert length(shown(letter)) <= MESSAGE_UNITS
        told, cards = letter.text + told, cards + letter.text.startswith("⚪")
        pressed = decode(letter.buttons[0][0].data)
        assert pressed is not None
        ledger, _, history_left = pressed.arg.partition(".")
        letter = write(replace(whole, before=(int(ledger), int(history_left))))
    told = letter.text + told
    assert [int(n) for n in re.findall(r"\((\d+)\)", told)] == list(range(60))
    resumed = re.findall(r"(\d\d:\d\d) 照片移走", told)
    assert resumed == [f"{at.astimezone(ZONE):%H:%M}" for at in times]
    assert cards == 1
