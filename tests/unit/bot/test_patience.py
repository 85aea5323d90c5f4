"""What the loops ask of the database is asked again, for as long as it may be a passing trouble."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple, cast

import pytest

from bot import patience
from bot.patience import Patient
from storage.errors import (
    DatabaseDamagedError,
    DatabaseFailedError,
    DatabaseInDoubtError,
    DatabaseRefusedError,
    StorageError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from usecases.ports import UnitOfWork

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Database:
    """Fails as it is told, and then works."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.asked = 0

    async def __call__(self, function: Callable[[UnitOfWork, *Ts], T], *arguments: *Ts) -> T:
        """The result, unless a failure is left."""
        self.asked += 1
        if self.failures:
            raise self.failures.pop(0)
        return function(cast("UnitOfWork", None), *arguments)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSES", (0.0,))


def number(_unit: UnitOfWork, given: int) -> int:
    """A use case."""
    return given


async def test_it_is_asked_until_it_works(caplog: pytest.LogCaptureFixture) -> None:
    """Also where nobody knows whether a commit stands; the log hears of it once."""
    database = Database(*[DatabaseFailedError("full"), DatabaseInDoubtError("gone")] * 3)
    assert await Patient(database)(number, 7) == 7
    assert database.asked == 7
    assert [one.levelname for one in caplog.records if one.levelno > logging.INFO] == ["WARNING"]


@pytest.mark.parametrize("error", [DatabaseRefusedError("taken"), DatabaseDamagedError("pages")])
async def test_what_does_not_pass_is_raised_at_once(error: StorageError) -> None:
    """A broken rule stays broken, and a damaged file damaged."""
    database = Database(error)
    with pytest.raises(type(error)):
        await Patient(database)(number, 7)
    assert database.asked == 1


async def test_a_trouble_that_does_not_pass_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that can do nothing any more must not look well."""
    monkeypatch.setattr(patience, "GIVE_UP", -1.0)
    database = Database(*[DatabaseFailedError("malformed")] * 3)
    with pytest.raises(DatabaseFailedError):
        await Patient(database)(number, 7)
