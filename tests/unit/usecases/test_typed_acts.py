"""Acts typed in reply to a case: which words order a rework, and what reason they give."""

from __future__ import annotations

import pytest

from usecases.typed_acts import LONGEST, rework_reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("返工，边上没压实", "边上没压实"),
        ("返工 没压实", "没压实"),
        ("返工，没压实", "没压实"),
        ("返工：没有压实", "没有压实"),
        ("返工。没清理干净，边上有土", "没清理干净，边上有土"),
        ("返工！ 没盖严", "没盖严"),
        ("返工 - 没盖严", "没盖严"),
        ("返工（没盖严）", "（没盖严）"),
        ("返工 不平", "不平"),
        ("返工，不亮", "不亮"),
        ("返工 别的地方也裂了", "别的地方也裂了"),
        ("返工 不要的料没清走", "不要的料没清走"),
        ("没修好 还在响", "还在响"),
        ("没修好，没压实", "没压实"),
        ("Rework: not level", "not level"),
        ("rework, nothing sealed at the edge", "nothing sealed at the edge"),
        ("返工 " + "没" * 300, "没" * LONGEST),
    ],
)
def test_a_reason_may_begin_with_any_word(text: str, reason: str) -> None:
    """Also with a 没 or a 不: that is what a rework is about."""
    assert rework_reason(text) == reason


@pytest.mark.parametrize(
    "text",
    [
        "返工",
        "返工，",
        "返工没",
        "返工率太高",
        "没返工",
        "没返工 没压实",
        "不用返工",
        "不用返工 没事",
        "还没修好 还在响",
        "没修好的话再说",
        "没修好，的话",
        "返工，不用了",
        "返工，，不用了",
        "返工 （不用了）",
        "返工 不需要",
        "返工，没必要",
        "返工，没有必要了",
        "返工，没事了",
        "返工 没问题",
        "返工 没返工",
        "返工 别了",
        "返工，取消",
        "返工，算了",
        "rework, no need",
        "rework: no",
        "rework, not needed any more",
        "rework - never mind",
    ],
)
def test_what_denies_a_rework_orders_none(text: str) -> None:
    """Words taken back behind it count like those that deny it before."""
    assert rework_reason(text) == ""
