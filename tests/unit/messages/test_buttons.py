"""Buttons and their 64 bytes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.buttons import MOST_ARG, Press, decode, encode
from tests.unit.messages.cast import button
from usecases.views import Action

MOST_CASE = 2**63 - 1
LONGEST = "m" * 32  # a username at its longest


@given(
    action=st.sampled_from(Action),
    case_id=st.integers(0, MOST_CASE),
    turn=st.integers(0, 9999),
    arg=st.from_regex(r"[A-Za-z0-9_.-]{0,42}", fullmatch=True),
)
def test_what_is_written_is_read_again(action: Action, case_id: int, turn: int, arg: str) -> None:
    """Over the whole range, and always within 64 bytes."""
    data = encode(button(action, case_id=case_id, round=turn, arg=arg))
    assert 1 <= len(data.encode()) <= 64
    assert decode(data) == Press(action=action, case_id=case_id, arg=arg, round=turn)


@pytest.mark.parametrize("arg", [LONGEST, "8001", f"{MOST_CASE}.{MOST_CASE}", "14.materials"])
def test_people_categories_and_photos_fit_beside_the_largest_case(arg: str) -> None:
    """The extremes of every argument that is in use."""
    data = encode(button(Action.MOVE_PHOTO, case_id=MOST_CASE, round=9999, arg=arg))
    assert len(data.encode()) <= 64


@pytest.mark.parametrize(
    "changes",
    [
        {"arg": "井盖"},
        {"arg": "a b"},
        {"arg": "x" * (MOST_ARG + 1)},
        {"arg": "a:b"},
        {"case_id": -1},
        {"case_id": MOST_CASE + 1},
        {"round": -1},
        {"round": 10000},
    ],
)
def test_a_button_that_could_not_be_read_again_is_a_mistake(changes: dict[str, Any]) -> None:
    """Better found when it is made than when it is pressed."""
    with pytest.raises(ValueError, match=r"button|case"):
        encode(button(**changes))


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "c",
        "c:1",
        "c:1:0",
        "c:1:0:\n",
        "c:1:0:x\n",
        "c:-1:0:",
        "c:01:0:",
        "c:1:00:",
        "c:1:99999:",
        "c:٣:0:",
        "c:１:0:",
        "c:1:٣:",
        "c:1:0:井",
        "c:1:0:\0",
        "c\0:1:0:",
        "C:1:0:",
        "zz:1:0:",
        "c:1e9:0:;",
        "close:999999",
        "c:zzzzzzzzzzzzz:0:",
        "c:1:0:" + "x" * 59,
        "x" * 64,
        "x" * 65,
        "\ud800",
        "с:1:0:",
    ],
)
def test_what_the_bot_never_wrote_is_nothing(data: str) -> None:
    """Garbage, other digits, NUL, too long, and letters that only look alike."""
    assert decode(data) is None


@given(st.text(max_size=80))
def test_no_text_at_all_breaks_the_reader(data: str) -> None:
    """Whatever it says is either a press that would be written so, or nothing."""
    press = decode(data)
    if press is not None:
        again = button(press.action, case_id=press.case_id, arg=press.arg, round=press.round)
        assert encode(again) == data


def test_every_bit_flip_is_survived() -> None:
    """A damaged press is another press or nothing, never a crash."""
    data = encode(button(Action.HAND_OVER, case_id=4711, round=3, arg="repairer01"))
    for index in range(len(data)):
        for bit in range(8):
            flipped = data[:index] + chr(ord(data[index]) ^ (1 << bit)) + data[index + 1 :]
            assert decode(flipped) != decode(data)
