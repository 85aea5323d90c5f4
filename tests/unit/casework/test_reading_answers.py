"""Whole-message answers, captions of photos, and the near misses that must do nothing."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.reading import Words, WordsFileError, case_numbers, read_caption
from tests.unit.casework import reading_town

ANSWERS: dict[str, list[str]] = tomllib.loads(
    (reading_town.HERE / "answers.toml").read_text("utf-8")
)


def counted_as(text: str) -> list[str]:
    """Return every kind of act that the words count as."""
    words = reading_town.words()
    kinds = {
        "claim": words.claim_word,
        "pass": words.pass_word,
        "fail": words.fail_word,
        "sign": words.sign_words,
        "begin": words.begin_words,
        "after": words.after_words,
    }
    return [kind for kind, counts in kinds.items() if counts(text)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [(kind, text) for kind, texts in ANSWERS.items() if kind != "nothing" for text in texts],
)
def test_an_answer_counts_as_its_own_kind_and_no_other(kind: str, text: str) -> None:
    """收到！！ claims, 已到场，修好了 is an after-photo and no begin."""
    assert counted_as(text) == [kind]


@pytest.mark.parametrize("text", ANSWERS["nothing"])
def test_a_near_miss_counts_as_nothing(text: str) -> None:
    """Questions, negations and longer sentences are talk."""
    assert counted_as(text) == []


def test_the_table_holds_enough_near_misses() -> None:
    """Sixty are asked for."""
    assert len(ANSWERS["nothing"]) >= 60


@pytest.mark.parametrize(
    "text", ["临时处置", "先临时处理了，明天根治", "已做临时修补", "應急處置", "Temporary fix"]
)
def test_words_that_say_for_now_only_say_so(text: str) -> None:
    """临时处置, also with a promise of the lasting repair behind it."""
    assert reading_town.words().stopgap_words(text)


@pytest.mark.parametrize(
    "text", ["临时处置吗", "不是临时处置", "取消临时处置", "修好了", "临时停车", "临时处置❌", ""]
)
def test_questions_and_denials_mark_no_stopgap(text: str) -> None:
    """Nor does anything else that is temporary."""
    assert not reading_town.words().stopgap_words(text)


@pytest.mark.parametrize("text", ["还没修好", "修好了吗", "明天开工", "马上修好", "没到场"])
def test_words_that_only_announce_or_deny_say_so(text: str) -> None:
    """A photo with such words is no after-photo."""
    assert reading_town.words().not_yet(text)


@pytest.mark.parametrize(
    "text", ["修好了", "围挡好了", "到场", "后", "今天下午修好了", "已修好，请查验"]
)
def test_finished_work_is_not_not_yet(text: str) -> None:
    """The plain words stay free of that doubt."""
    assert not reading_town.words().not_yet(text)


@pytest.mark.parametrize(
    "text", ["#无关", "＃无关", "午饭 #无关", "# 无关", "#無關", "#无关\u200b"]
)
def test_the_tag_of_an_irrelevant_photo_is_found(text: str) -> None:
    """Half and full width, both scripts."""
    assert reading_town.words().irrelevant(text)


def test_the_bare_word_is_no_tag() -> None:
    """与我无关 is talk."""
    assert not reading_town.words().irrelevant("与我无关")


@pytest.mark.parametrize(
    "text",
    [
        "XC-20261120-0001",
        "xc-20261120-0001",
        "ＸＣ－２０２６１１２０－０００１",
        "XC202611200001",
        "xc 20261120 0001",
        "XC—20261120—0001修好了",
        "#XC20261120_0001",
    ],
)
def test_a_case_number_is_read_however_it_is_typed(text: str) -> None:
    """Case, width and dashes do not matter."""
    assert case_numbers(text) == ["XC-20261120-0001"]


def test_numbers_come_once_each_in_their_order() -> None:
    """A day's count may grow past 9999."""
    text = "XC-20261121-12345 和 xc-20261120-0002，还有 XC2026112112345"
    assert case_numbers(text) == ["XC-20261121-12345", "XC-20261120-0002"]


@pytest.mark.parametrize(
    "text",
    [
        "XC-20261340-0001",
        "AXC-20261120-0001",
        "XC-2026112-0001",
        "XC-20261120-00012345",
        "20261120",
    ],
)
def test_what_is_no_case_number_is_left_alone(text: str) -> None:
    """Dates that do not exist, longer codes, bare digits."""
    assert case_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("金城路", True),
        ("井盖坏了", True),
        ("花砖松动 学府路", True),
        ("3号网格", True),
        ("我先吃饭", False),
        ("收到", False),
        ("我在金城路吃饭", False),
        ("谁在金城路?", False),
        ("金城路的井盖修好了吗", False),
        ("井盖修好了", False),
        ("XC-20261120-0001 井盖", False),
        ("井盖 #无关", False),
        ("好的", False),
        ("井盖", True),
        ("这么大的坑", True),
        ("在路上", False),
        ("下午大家到灯具城那边开个会", False),
    ],
)
def test_only_words_that_describe_a_photo_are_attached(text: str, names: bool) -> None:  # noqa: FBT001
    """They name a place or a category and answer nothing else."""
    town = reading_town
    caption = read_caption(text, town.categories(), town.gazetteer(), town.words())
    assert town.words().names_anything(caption) is names


def test_a_broken_words_file_names_all_its_mistakes() -> None:
    """Every list that is missing or no list of texts, in one error."""
    data = tomllib.loads((reading_town.DATA / "words.toml").read_text("utf-8"))
    del data["asks"]
    data["claim"] = {"whole": [1]}
    data["sign"] = 5
    with pytest.raises(WordsFileError) as caught:
        Words.from_mapping(data)
    assert set(caught.value.places) == {
        "asks", "claim.whole", "sign.whole", "sign.anywhere", "sign.unless",
    }  # fmt: skip


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_answers(text: str) -> None:
    """Whatever people send, the answer is a list of kinds."""
    assert len(counted_as(text)) <= 2
    assert isinstance(case_numbers(text), list)


@settings(deadline=None)
@given(st.sampled_from(ANSWERS["claim"] + ANSWERS["pass"] + ANSWERS["fail"]))
def test_a_question_mark_takes_every_answer_back(text: str) -> None:
    """收到? is a question whatever stands before the mark."""
    assert not {"claim", "pass", "fail"} & set(counted_as(text + "?"))
