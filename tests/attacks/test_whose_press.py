"""Other people's presses: strangers, ex-members, people who changed their role, anonymous admins.

Rights come from the roster of the configuration and from nothing that an account says of itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from casework.people import Role
from tests.attacks.office import office
from tests.attacks.updates import PEOPLE, photo_by, press, said, user

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.config import Settings
    from tests.attacks.updates import Raw

ANONYMOUS: dict[str, Raw] = {
    "an anonymous admin": {"id": 1087968824, "is_bot": True, "first_name": "Group"},
    "a channel": {"id": 136817688, "is_bot": True, "first_name": "Channel"},
    "the service account": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
}
LOOKALIKES = (
    "repairer1",
    "repairer01_",
    "гepairer01",
    "repaіrer01",
    "ｒepairer01",
    "repairer٠١",
    "repairer01\u200b",
    "",
)
"""Cyrillic, fullwidth, Arabic and invisible letters."""


def without(name: str) -> Callable[[Settings], Settings]:
    """The town's configuration after somebody left."""

    def change(settings: Settings) -> Settings:
        return replace(settings, people=tuple(p for p in settings.people if p.username != name))

    return change


def demoted(settings: Settings) -> Settings:
    """A supervisor who became an officer without a grid."""
    people = (
        replace(p, role=Role.LEADER) if p.username == "supervisor01" else p for p in settings.people
    )
    return replace(settings, people=tuple(people))


async def test_a_stranger_presses_in_vain(tmp_path: Path) -> None:
    """Whatever the account is called; nothing of the case is told."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        before = desk.state()
        for number, name in enumerate(LOOKALIKES):
            sender = {**user("stranger"), "username": name, "first_name": "李强"}
            (toast,) = await desk.take(
                press(100 + number, "stranger", "c:1:0:", **{"from": sender})
            )
            assert "XC-" not in toast
        assert desk.state() == before


async def test_an_account_that_takes_over_a_known_username_has_no_right(tmp_path: Path) -> None:
    """The name was bound to the first account, and stays with it."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"), press(90, "repairer01", "b:1:0:"))
        before = desk.state()
        thief = {**user("repairer01"), "id": 6666}
        await desk.take(press(100, "repairer01", "n:1:0:", **{"from": thief}))
        await desk.take(press(101, "repairer01", "gs:1:0:", **{"from": thief}))
        assert desk.state() == before
        renamed = {**user("repairer01"), "username": "somebody_else"}
        await desk.take(press(102, "repairer01", "n:1:0:", **{"from": renamed}))
        assert desk.state() != before


async def test_who_left_the_roster_has_no_right_a_moment_later(tmp_path: Path) -> None:
    """The account is still bound; the roster no longer names the person."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"), press(90, "repairer01", "c:1:0:"))
        before = desk.state()
    async with office(tmp_path, without("repairer01")) as desk:
        for number, data in enumerate(("b:1:0:", "n:1:0:", "c:1:0:", "ex:1:0:materials")):
            (toast,) = await desk.take(press(100 + number, "repairer01", data))
            assert "XC-" not in toast
        reply = {"reply_to_message": photo_by(1, "officer01")["message"]}
        await desk.take(photo_by(200, "repairer01", "修好了", **reply))
        assert desk.state() == before
        assert desk.untroubled()


async def test_who_is_a_supervisor_no_more_decides_nothing(tmp_path: Path) -> None:
    """On buttons that were made while the role was another."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"), press(90, "supervisor01", "l:1:0:24"))
        before = desk.state()
    async with office(tmp_path, demoted) as desk:
        for number, data in enumerate(
            ("l:1:0:72", "x:1:0:not-ours", "e:1:0:", "cf:1:0:repairer02")
        ):
            (toast,) = await desk.take(press(100 + number, "supervisor01", data))
            assert toast.startswith("只有")
        assert desk.state() == before


@pytest.mark.parametrize("who", ANONYMOUS)
async def test_nobody_acts_without_a_name(tmp_path: Path, who: str) -> None:
    """Photos, words and presses: the group is asked once to press instead, and nothing is done."""
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        before = desk.state()
        sender = ANONYMOUS[who]
        more = {
            "from": sender,
            "sender_chat": {"id": -4000001, "type": "group", "title": "巡查群"},
            "reply_to_message": photo_by(1, "officer01")["message"],
        }
        await desk.take(
            press(100, "stranger", "c:1:0:", **{"from": sender}),
            *(
                said(101 + n, words, **more)
                for n, words in enumerate(("收到", "通过", "退单 没有"))
            ),
            photo_by(110, "stranger", "修好了", **more),
            photo_by(111, "stranger", "金城路 井盖缺失", **{**more, "reply_to_message": None}),
        )
        assert desk.state() == before
        asked = "SELECT count(*) FROM outbox WHERE kind = 'notice' AND fact LIKE '%anonymous%'"
        assert desk.rows(asked)[0][0] in {0, 1}


async def test_an_anonymous_admin_does_not_turn_the_second_key(tmp_path: Path) -> None:
    """Whoever closes a case does it under two names of the roster, and they are two people."""
    async with office(tmp_path) as desk:
        reply = {"reply_to_message": photo_by(1, "officer01")["message"]}
        await desk.take(photo_by(1, "officer01"), photo_by(2, "repairer01", "", **reply))
        await desk.take(press(100, "repairer01", "p:1:0:"), press(101, "repairer01", "r:1:0:"))
        alias = {**user("repairer01"), "id": 1087968824, "username": "GroupAnonymousBot"}
        await desk.take(press(102, "repairer01", "p:1:0:", **{"from": alias}))
        assert desk.rows("SELECT status, patrol_key, repair_key FROM cases") == [
            ("checking", "", "repairer01")
        ]


@pytest.mark.parametrize(
    ("status", "data", "event"),
    [
        ("waiting", "c:1:0:", "CaseClaimed"),
        ("checking", "p:1:0:", "KeyTurned"),
        ("waiting", "x:1:0:not-ours", "CaseRefused"),
    ],
)
async def test_of_twenty_presses_at_once_one_wins(
    tmp_path: Path, status: str, data: str, event: str
) -> None:
    """Several people who may, at the same moment, each more than once."""
    people = {
        "c:1:0:": ("repairer01", "repairer02", "stranger", "supervisor01"),
        "p:1:0:": ("repairer01", "repairer01", "stranger", "repairer02"),
        "x:1:0:not-ours": ("supervisor01", "officer02", "repairer01", "stranger"),
    }[data]
    async with office(tmp_path) as desk:
        await desk.take(photo_by(1, "officer01"))
        if status == "checking":
            reply = {"reply_to_message": photo_by(1, "officer01")["message"]}
            await desk.take(photo_by(2, "repairer01", "", **reply))
        await desk.take(*(press(100 + n, people[n % 4], data) for n in range(20)))
        count = f"SELECT count(*) FROM history WHERE event = '{event}'"  # noqa: S608 - our own words
        assert desk.rows(count) == [(1,)]
        assert desk.untroubled()


async def test_both_keys_at_once_close_the_case_once(tmp_path: Path) -> None:
    """Ten presses of each side in one batch."""
    async with office(tmp_path) as desk:
        reply = {"reply_to_message": photo_by(1, "officer01")["message"]}
        await desk.take(photo_by(1, "officer01"), photo_by(2, "repairer01", "", **reply))
        sides = ("officer01", "repairer01")
        await desk.take(*(press(100 + n, sides[n % 2], "p:1:0:") for n in range(20)))
        assert desk.rows("SELECT status, patrol_key, repair_key FROM cases") == [
            ("closed", "officer01", "repairer01")
        ]
        assert desk.rows("SELECT count(*) FROM history WHERE event = 'CaseClosed'") == [(1,)]


def test_the_people_of_these_attacks_are_no_two_the_same() -> None:
    """One account each."""
    assert len(set(PEOPLE.values())) == len(PEOPLE)
