"""The board (今日看板) in words."""

from __future__ import annotations

from tests.unit.messages.cast import board, line, shown, write


def test_the_board_names_day_counts_and_what_must_be_closed_tonight() -> None:
    """States that nobody stands in are left out."""
    assert shown(write(board())).splitlines() == [
        "📌 今日看板 11月20日",
        "今日上报 3 件 · 结案 1 件",
        "⚪ 待对接 1 · 🟠 返工 2",
        "🌙 今晚必须结案 1 件",
        "⚪ XC-20261120-0001 井盖破损 · 金城路与鼓楼路口东侧 · 今日 24:00",
        "更新于 11月20日 10:05",
    ]


def test_long_lists_are_cut_and_say_by_how_many() -> None:
    """A board is read without scrolling."""
    text = shown(write(board(soon=(line(),) * 40)))
    assert "其余 40 件" in text
    assert "另有 34 件" in text


def test_an_idle_group_reads_that_nothing_is_open() -> None:
    """In both languages."""
    empty = board(counts={}, tonight=())
    assert "没有未结案件" in shown(write(empty))
    assert "No open cases" in shown(write(empty, "en"))
