"""Phone numbers are taken out of people's words; house and case numbers stay."""

from __future__ import annotations

import pytest

from messages.phones import without_phones


@pytest.mark.parametrize(
    "said",
    [
        "找老张13812345678",
        "138-1234-5678 老张",
        "+86 138 1234 5678",
        "１３８１２３４５６７８",
        "0356-2021234",
        "(0356) 2021234",
        "电话：2021234",
    ],
)
def test_a_phone_number_is_replaced_by_a_mark(said: str) -> None:
    """Mobile and landline, in any width."""
    shown = without_phones(said)
    assert "☎" in shown
    assert not any(character.isdigit() for character in shown)


@pytest.mark.parametrize(
    "said",
    [
        "XC-20260310-0001",
        "金城路138号",
        "2026年3月10日 08:00",
        "XC-20260310-13800",
        "20260310-01234567",
    ],
)
def test_other_numbers_stay(said: str) -> None:
    """A case number is no phone number."""
    assert without_phones(said) == said
