"""Captions as officers write them: category, danger and place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.reading import Caption, read_caption
from tests.unit.casework import reading_town

OWN = reading_town.captions("captions.toml")
HELD_OUT = [
    row
    for number in ("one", "two", "three", "four")
    for row in reading_town.captions(f"held_out_{number}.toml")
]


def read(text: str) -> Caption:
    """Read a caption with the sample town's names."""
    town = reading_town
    return read_caption(text, town.categories(), town.gazetteer(), town.words())


def place_of(text: str) -> tuple[str, int | None]:
    """Return the place's words and grid."""
    place = read(text).place
    return (place.text, place.grid) if place else ("", None)


@pytest.mark.parametrize("row", OWN, ids=lambda row: row.text)
def test_a_caption_is_read_for_category_danger_and_place(row: reading_town.Expected) -> None:
    """Every row of the table holds."""
    caption = read(row.text)
    assert caption.guess.category.code in row.leaves
    assert caption.danger is row.danger
    assert place_of(row.text) == (row.place, row.grid)


def test_the_table_holds_enough_captions() -> None:
    """A hundred and twenty are asked for."""
    assert len(OWN) >= 120


def test_held_out_captions_are_read_in_nine_cases_of_ten() -> None:
    """Rows that no list was written for: category and place in 90 %, every danger."""
    read_rows = [(row, read(row.text)) for row in HELD_OUT]
    wanted = 0.9 * len(HELD_OUT)
    assert sum(got.guess.category.code in row.leaves for row, got in read_rows) >= wanted
    assert sum(place_of(row.text) == (row.place, row.grid) for row in HELD_OUT) >= wanted
    assert [row.text for row, got in read_rows if row.danger and not got.danger] == []


@pytest.mark.parametrize(
    "text",
    [
        "路沿石缺失", "路名牌没了", "行道树缺失", "不危险", "无危险", "没有危险", "井盖没丢",
        "没有塌陷", "护栏掉漆", "井盖完好无损", "树缺失，护栏完好",
    ],
)  # fmt: skip
def test_what_only_looks_like_danger_is_none(text: str) -> None:
    """Kerb, sign and tree may be missing; a denial takes its word back."""
    assert not read(text).danger


@pytest.mark.parametrize(
    "text",
    [
        "不危险 漏电", "井盖缺失 不危险", "井盖、路沿石缺失", "路沿石和井盖都没了", "缺失井盖",
        "井盖，金城路与鼓楼路口，缺失", "⚠", "⚠️", "危險", "電線外露",
    ],
)  # fmt: skip
def test_a_denial_takes_back_its_own_word_only(text: str) -> None:
    """No word of the reporter leads a missing cover or a live wire away from danger."""
    assert read(text).danger


def test_a_guess_without_a_fault_offers_the_leaves_of_the_thing() -> None:
    """井盖 alone may be broken, sunken, missing or loose."""
    guess = read("井盖").guess
    assert not guess.sure
    assert [leaf.item for leaf in (guess.category, *guess.alternatives)] == ["203"] * 4


def test_alternatives_are_few_and_never_the_guess_itself() -> None:
    """Up to five, best first."""
    guess = read("人行道花砖松动 路沿石缺失 井盖破损 路灯不亮 积水 垃圾没清 杂草").guess
    assert len(guess.alternatives) == 5
    assert guess.category not in guess.alternatives


def test_a_caption_keeps_its_words_without_what_is_invisible() -> None:
    """Text goes on the card: one line, no direction marks."""
    caption = read("金城路\n\u202e井盖\u200b破损  XC-20261120-0001 #无关")
    assert caption.text == "金城路 井盖破损 XC-20261120-0001 #无关"
    assert (caption.numbers, caption.irrelevant) == (("XC-20261120-0001",), True)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_captions(text: str) -> None:
    """Spans always lie inside the text that is shown."""
    caption = read(text)
    for start, end in caption.place.spans if caption.place else ():
        assert 0 <= start < end <= len(caption.text)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([
            "金城路", "与", "路口", "井盖", "破损", "东侧", "1号", "往", "方向", " ", "(",
            "网格", "小区", "没有", "危险",
        ]),
        max_size=40,
    ).map("".join)
)  # fmt: skip
def test_no_jumble_of_known_words_breaks_the_reading(text: str) -> None:
    """The pieces in any order."""
    assert read(text).guess.category.code


@pytest.mark.parametrize(
    "piece",
    [
        "路", "金城路", "井盖破损", "往金城路方向", "(金城路", "兴隆路", "东侧", "一", "小区",
        "大道", "a road ", "1", "危险", "不", "XC-20261120-", "破", "鼓楼口", "没修好", "\u200d",
        "👨\u200d",
    ],
)  # fmt: skip
def test_the_longest_message_is_read_in_no_time_whatever_it_repeats(piece: str) -> None:
    """4096 characters made to be slow take far less than half a second."""
    text = (piece * 4096)[:4096]
    started = time.process_time()
    read(text)
    reading_town.words().after_words(text)
    assert time.process_time() - started < 0.5
