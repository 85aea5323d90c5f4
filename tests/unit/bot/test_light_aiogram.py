"""Types of aiogram are built when they are first used, and then are what aiogram makes of them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from aiogram.methods import SendVenue
from aiogram.types import Giveaway, PassportFile, Update
from pydantic import ValidationError

from bot import light_aiogram


def test_a_type_that_nothing_uses_is_not_built_and_is_built_when_something_does() -> None:
    """Nothing in the product or its tests uses this one."""
    assert not PassportFile.__pydantic_complete__
    read = PassportFile.model_validate(
        {"file_id": "1", "file_unique_id": "2", "file_size": 3, "file_date": 4, "new": True}
    )
    assert (read.file_id, read.file_size) == ("1", 3)
    assert PassportFile.__pydantic_complete__


def test_what_a_type_names_is_found_whoever_asks() -> None:
    """The types in its annotations stand in modules that import it, or not at all."""
    prize = {"chats": [{"id": 1, "type": "channel"}], "winners_selection_date": 0}
    assert Giveaway.model_validate(prize | {"winner_count": 1}).chats[0].type == "channel"
    where = {"latitude": 35.0, "longitude": 115.0, "title": "市政", "address": "金城路"}
    keys = {"inline_keyboard": [[{"text": "接单", "callback_data": "x"}]]}
    sent = SendVenue.model_validate({"chat_id": 1, "reply_markup": keys} | where)
    assert sent.model_dump()["reply_markup"]["inline_keyboard"][0][0]["text"] == "接单"


def test_what_is_no_update_is_refused_as_ever() -> None:
    """Built late, an update is as strict."""
    with pytest.raises(ValidationError, match="update_id"):
        Update.model_validate({"message": {"message_id": 7}})


def test_a_second_call_changes_nothing() -> None:
    """Tests and commands may both ask for it."""
    rebuild = Update.model_rebuild
    light_aiogram.load()
    assert Update.model_rebuild == rebuild


def test_a_doctor_without_network_does_without_aiogram() -> None:
    """It would only wait for the import."""
    words = "import sys; from bot.cli import main; main(['doctor', '--offline'])"
    told = f"{words}; sys.exit('aiogram' in sys.modules)"
    done = subprocess.run((sys.executable, "-c", told), capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
