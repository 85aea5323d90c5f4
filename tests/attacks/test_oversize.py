"""More than a message holds: digests of hundreds of lines, keyboards of hundreds of buttons.

Telegram refuses a message of more than 4096 UTF-16 units or a hundred buttons; then nobody would
read it at all. What does not fit is left out, and how much that is is said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from messages.reviews import MOST_COMPANIES
from messages.safe import MESSAGE_UNITS
from simulator.api.markup import BUTTON_LIMIT, check_markup
from tests.attacks.office import office
from tests.attacks.updates import SMALL, photo_by
from tests.unit.messages.cast import LETTERS, NOW, Tags, button, length, line, notice, write
from tests.unit.messages.digest_cast import broken_down, review
from usecases import courier_desk, menus
from usecases.digest_views import ChartView
from usecases.views import Action, Label

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings
    from messages.letter import Letter
    from usecases.digest_views import DigestView
    from usecases.office import Office as AnyOffice
    from usecases.to_tell import Telling

MANY = 300
FAMILY = "👩\u200d👩\u200d👧\u200d👦"
KINDS = ("meet", "filing", "month")
WORDS = {"families": FAMILY * 2, "markup": "<&>" * 8}
LANGUAGES = {"zh": "……另有", "en": "more"}
"""And what says in each that something is left out."""
CUT = re.compile(r"&(?!(?:amp|lt|gt|quot|#x27);)")


def digest_of_many(kind: str, words: str) -> DigestView:
    """Three hundred cases in each list, three hundred companies, grids and categories."""
    cases = tuple(
        line(
            number=f"XC-20261120-{n:04}",
            place=f"{words}{n}",
            overdue=True,
            link=f"-1001234567890/{n + 1}",
        )
        for n in range(MANY)
    )
    label = Label(zh=words, en=words)
    rows = {
        name: tuple(replace(row, key=str(n)) for n in range(1, MANY + 1) for row in of_one)
        for name, of_one in broken_down(words, label).items()
    }
    findings = replace(
        review().findings, places=((words, 3),) * MANY, slowest=tuple((one, 60) for one in cases)
    )
    view = review(kind=kind, overdue=cases, due=cases, overnight=cases, rows=rows)
    return replace(view, findings=findings, remark=words * 90, remark_by=words)


def is_whole(letter: Letter) -> bool:
    """Whether each tag that begins ends, and no character reference was cut."""
    opened: list[str] = []
    for tag, *_ in Tags(letter.text).tags:
        if not tag.startswith("/"):
            opened.append(tag)
        elif not opened or opened.pop() != tag.removeprefix("/"):
            return False
    return not opened and not CUT.search(letter.text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", WORDS.values(), ids=list(WORDS))
def test_a_digest_of_hundreds_of_lines_is_one_whole_message(kind: str, words: str) -> None:
    """In either language; it says how many cases it does not name."""
    for language, more in LANGUAGES.items():
        letter = write(digest_of_many(kind, words), language)
        shown = Tags(letter.text).text
        assert length(shown) <= MESSAGE_UNITS
        assert more in shown
        assert is_whole(letter)


def test_a_list_of_hundreds_of_cases_is_one_message() -> None:
    """What a supervisor with many open cases asks for."""
    lines = digest_of_many("meet", FAMILY * 6).overdue
    for language, more in LANGUAGES.items():
        letter = write(notice("mine", lines=lines), language)
        shown = Tags(letter.text).text
        assert length(shown) <= MESSAGE_UNITS
        assert more in shown
        assert is_whole(letter)


def test_a_picture_of_hundreds_of_companies_compares_the_first() -> None:
    """It would be cut off in the middle of one."""
    view = ChartView(digest=digest_of_many("month", "路" * 24))
    labels = LETTERS.chart_labels(view, "zh", NOW)
    assert [len(rows) for _, rows in labels.panels] == [3, MOST_COMPANIES]


@pytest.mark.parametrize("count", [1, BUTTON_LIMIT - 1, BUTTON_LIMIT, BUTTON_LIMIT + 1, MANY])
def test_a_keyboard_never_has_more_buttons_than_telegram_takes(count: int) -> None:
    """The first stay, in their order; the check is the stand-in's, not the product's."""
    row = tuple(button(Action.GRID, arg=str(n), label=str(n)) for n in range(count))
    letter = write(notice("question-place", lines=(line(),), buttons=(row,)))
    keys = [[{"text": k.text, "callback_data": k.data} for k in pair] for pair in letter.buttons]
    assert check_markup({"inline_keyboard": keys}) is not None
    shown = [key["text"] for pair in keys for key in pair]
    assert shown == [str(n) for n in range(min(count, BUTTON_LIMIT))]


def of_many_grids(settings: Settings) -> Settings:
    """A city of three hundred grids, the reporter's own among the last."""
    first = settings.grids[0]
    more = (
        replace(first, number=n, company="west", streets=(f"长街{n}",)) for n in range(50, MANY)
    )
    own = tuple(replace(grid, number=grid.number + MANY) for grid in settings.grids)
    people = (replace(p, grid=p.grid + MANY if p.grid else p.grid) for p in settings.people)
    return replace(settings, grids=(*more, *own), people=tuple(people))


async def test_where_there_are_hundreds_of_grids_the_nearest_can_be_chosen(tmp_path: Path) -> None:
    """Those of the company that mends there come first."""

    def offered(office: AnyOffice) -> list[str]:
        case = office.uow.cases.get(1)
        assert case is not None
        return [one.arg for one in menus.grids(office, case)][:BUTTON_LIMIT]

    async with office(tmp_path, of_many_grids) as desk:
        await desk.take(photo_by(1, "officer01", SMALL))
        numbers = await desk.product.desk.do(offered)
        assert str(MANY + 1) in numbers
        assert desk.untroubled()


@pytest.mark.parametrize("units", [1024, 1025, 4096, 4097])
async def test_a_caption_at_telegrams_own_bounds_is_a_case(tmp_path: Path, units: int) -> None:
    """In UTF-16 units, with families and entities to the very end; its card fits."""
    families, rest = divmod(units - length(SMALL), length(FAMILY))
    words = SMALL + "路" * rest + FAMILY * families
    assert length(words) == units
    entities = [{"type": "bold", "offset": n, "length": 1} for n in range(0, units, 11)]
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01", words, caption_entities=entities))
        telling = await desk.product.desk.do(the_card)
        text = Tags(LETTERS.write(telling, NOW).text).text
        assert length(text) <= MESSAGE_UNITS
        assert not text.encode("utf-16-le").endswith("\u200d".encode("utf-16-le"))
        assert desk.untroubled()


def the_card(office: AnyOffice) -> Telling:
    """What is told of the case."""
    row = office.uow.outbox.by_key("card:1:1")
    assert row is not None
    telling = courier_desk.take(office, row.id, {})
    assert telling is not None
    return telling
