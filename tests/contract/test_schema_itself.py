"""The checker finds what it is there to find; otherwise a green contract would mean nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.contract.schema import Schema

USER = {"id": 1, "is_bot": False, "first_name": "王建国"}


def test_a_sound_user_passes(schema: Schema) -> None:
    """All required fields, nothing else."""
    assert schema.problems(USER, "User", "user") == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"first_name": None}, "no String"),
        ({"id": "1"}, "no Integer"),
        ({"id": True}, "no Integer"),
        ({"nickname": "x"}, "unknown field"),
        ({"is_premium": False}, "no True"),
    ],
)
def test_a_broken_user_is_found(schema: Schema, change: dict[str, object], words: str) -> None:
    """Wrong types, unknown fields, and False where only True may stand."""
    assert words in schema.problems(USER | change, "User", "user")[0]


def test_a_missing_field_is_found(schema: Schema) -> None:
    """A user without a name is no user."""
    assert "'first_name' is missing" in schema.problems({"id": 1, "is_bot": False}, "User", "u")[0]


def test_a_member_may_be_any_of_the_known_kinds(schema: Schema) -> None:
    """A union passes if one of its kinds does."""
    assert schema.problems({"status": "member", "user": USER}, "ChatMember", "m") == []
    assert schema.problems({"status": "administrator"}, "ChatMember", "m") != []
