"""The shelf of the category file's versions."""

from __future__ import annotations

from casework.case import Status
from tests.integration.storage.cast import MINUTE, NOON, Book, pothole
from usecases.keeping import Rulebook


def _version(number: int) -> Rulebook:
    return Rulebook(
        version=number,
        at=NOON + number * MINUTE,
        sha256=f"{number:064}",
        text=f"# 第 {number} 版\n",
        names={"2033": ["检查井缺失", "Manhole cover missing"]},
    )


def test_the_newest_version_is_in_force(book: Book) -> None:
    """And comes back as it was kept, to the letter."""
    with book.work() as unit:
        assert unit.rulebooks.newest() is None
        unit.rulebooks.add(_version(1))
        unit.rulebooks.add(_version(2))
    with book.work() as unit:
        assert unit.rulebooks.newest() == _version(2)


def test_the_versions_of_open_cases_are_found(book: Book) -> None:
    """Those of ended cases, and the one in force, are of no use in memory."""
    with book.work() as unit:
        for number in range(1, 6):
            unit.rulebooks.add(_version(number))
        unit.cases.add(pothole(1, rules_version=2))
        unit.cases.add(pothole(2, rules_version=2))
        unit.cases.add(pothole(3, rules_version=3, status=Status.WITHDRAWN))
        unit.cases.add(pothole(4, rules_version=4))
        unit.cases.add(pothole(5, rules_version=5))
        assert unit.rulebooks.of_open_cases(5) == [_version(2), _version(4)]
