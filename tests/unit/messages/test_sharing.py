"""A message for many people: their lists are cut until it fits, they themselves never."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from messages.letter import MOST_LINES
from messages.safe import MESSAGE_UNITS
from tests.unit.messages.cast import MIDNIGHT, OFFICER, REPAIRER, length, line, notice, shown, write
from usecases.views import CaseLine, Name, NoticeView

PLACE = "金城路与鼓楼路口东侧"
People = tuple[tuple[tuple[Name, ...], tuple[CaseLine, ...]], ...]


def of(person: int, count: int, place: str = PLACE) -> tuple[CaseLine, ...]:
    """Cases of one person; the last one ends first."""
    return tuple(
        line(
            number=f"XC-20261120-{person:02}{n:02}",
            place=place,
            words="nudge-75",
            deadline=MIDNIGHT + timedelta(hours=count - n),
        )
        for n in range(count)
    )


def crowd(*counts: int, place: str = PLACE) -> People:
    """People with so many cases each."""
    return tuple(
        ((Name(text=f"养护{at:03}", account=str(2000 + at)),), of(at, count, place))
        for at, count in enumerate(counts)
    )


def batch(people: People) -> NoticeView:
    """What their group hears."""
    return notice("batch", to=(), people=people)


def read(view: NoticeView, language: str = "zh") -> list[str]:
    """The lines of the one message below its first, which is within the limits."""
    text = shown(write(view, language))
    assert length(text) <= MESSAGE_UNITS
    lines = text.splitlines()[1:]
    assert len(lines) <= MOST_LINES
    return lines


def listed(lines: list[str]) -> list[tuple[str, int]]:
    """Each line of names with how many cases stand below it."""
    found: list[tuple[str, int]] = []
    for text in lines:
        if "XC-" in text:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((text, 0))
    return found


def test_ten_people_with_six_cases_each_are_all_named_once() -> None:
    """The last one, too, has cases; what is not listed is counted for each."""
    told = listed(read(batch(crowd(*[6] * 10))))
    expected = [f"养护{at:03}（另有 {6 - told[at][1]} 件未列）" for at in range(10)]
    whole = [f"养护{at:03}" for at in range(10)]
    counts = [count for _, count in told]
    assert [names for names, _ in told] == [
        whole[at] if counts[at] == 6 else expected[at] for at in range(10)
    ]
    assert 5 <= min(counts) <= sum(counts) / 10 < 6


def test_what_fits_is_told_as_it_came() -> None:
    """Nothing is counted and nothing is put in another order."""
    lines = read(batch(crowd(3, 2)))
    assert [text for text in lines if "XC-" not in text] == ["养护000", "养护001"]
    numbers = re.findall(r"XC-\d+-\d+", "\n".join(lines))
    assert numbers == [f"XC-20261120-{n}" for n in ("0000", "0001", "0002", "0100", "0101")]


def test_the_longest_lists_lose_first() -> None:
    """Who has one case keeps it, whoever else has a hundred, and whoever comes first."""
    told = listed(read(batch(crowd(100, 1, 2, 100))))
    assert told[1:3] == [("养护001", 1), ("养护002", 2)]
    assert abs(told[0][1] - told[3][1]) <= 1
    assert told[0][0] == f"养护000（另有 {100 - told[0][1]} 件未列）"


def test_what_ends_first_stays() -> None:
    """It was the last one of the list."""
    lines = read(batch(crowd(90)))
    assert "XC-20261120-0089" in lines[1]
    assert not any("XC-20261120-0000" in text for text in lines)


def test_of_what_was_missed_the_first_stays() -> None:
    """It comes with what presses before the rest."""
    text = shown(write(notice("missed", to=(), people=crowd(90), late=True)))
    assert "XC-20261120-0000" in text
    assert "XC-20261120-0089" not in text
    assert length(text) <= MESSAGE_UNITS


def test_a_case_with_two_reasons_counts_once() -> None:
    """What is listed for one of them is not among those that are not."""
    twice = tuple(one for one in of(0, 60) for _ in range(2))
    ((names, count),) = listed(read(batch((((REPAIRER,), twice),))))
    assert names == f"李强（另有 {60 - -(-count // 2)} 件未列）"


def test_people_with_the_same_cases_are_cut_together() -> None:
    """They share the list, so they share its end."""
    ((names, count),) = listed(read(batch((((REPAIRER, OFFICER), of(0, 90)),))))
    assert names == f"李强、王建国（另有 {90 - count} 件未列）"


def test_forty_people_keep_a_case_each() -> None:
    """That is as many as there are lines; to say how many more there are takes none."""
    told = listed(read(batch(crowd(*[5] * 40, place="金城路"))))
    assert told == [(f"养护{at:03}（另有 4 件未列）", 1) for at in range(40)]


@pytest.mark.parametrize(("language", "more"), [("zh", "：5 件"), ("en", ": 5 cases")])
@pytest.mark.parametrize("people", [41, 80, 81, 170])
def test_where_one_case_each_is_too_much_people_are_only_counted(
    people: int, language: str, more: str
) -> None:
    """Named all the same; several in a line where there are more of them than lines."""
    text = "\n".join(read(batch(crowd(*[5] * people)), language))
    assert "XC-" not in text
    assert all(text.count(f"养护{at:03}{more}") == 1 for at in range(people))


def test_even_hundreds_of_the_longest_names_are_one_message() -> None:
    """No chat takes them all: it says how many cases are not told."""
    name = Name(text="长" * 60, account="2000")
    text = shown(write(batch(tuple(((name,), of(at, 2)) for at in range(300)))))
    assert length(text) <= MESSAGE_UNITS
    assert re.search(r"……另有 \d+ 件$", text)
