"""The sample town: the patrol group, the managers' group, their people and their bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.chats import ADMIN, MEMBER, Chat
from simulator.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterable

BOT_ID = 7_000_000_001
BOT_USERNAME = "xunchaqun_bot"
BOT_TOKEN = "7000000001:SIMULATOR-xunchaqun-demo-token-0001"  # noqa: S105 - of the simulator
GROUP_ID = -4_000_001
GROUP_TITLE = "巡查群"
MANAGERS_ID = -4_000_002
MANAGERS_TITLE = "管理群"
FIRST_PERSON_ID = 1001

OFFICERS = (
    "王建国", "赵志强", "孙玥", "周海涛", "吴秀兰",
    "郑卫东", "冯国庆", "陈垚", "褚晓明", "卫红梅",
)  # fmt: skip
REPAIRERS = (
    "李强", "张磊", "刘洋", "杨帆", "黄勇",
    "徐亮", "朱军", "马超", "胡斌", "高峰",
)  # fmt: skip
EAST_GRIDS = range(1, 6)
OTHERS = (
    ("standby_east", "林志远", "东城公司替班维修", "stand-in repairer of the east company"),
    ("standby_west", "何大伟", "西城公司替班维修", "stand-in repairer of the west company"),
    ("manager_east", "郭明", "东城公司经理", "manager of the east company"),
    ("manager_west", "罗刚", "西城公司经理", "manager of the west company"),
    ("supervisor01", "宋文博", "监督员，群管理员", "supervisor, admin of the group"),
    ("supervisor02", "唐静", "监督员，群管理员", "supervisor, admin of the group"),
    ("leader01", "韩正民", "分管领导", "leader in charge"),
    ("clerk01", "曹雪", "内勤，做台账", "clerk, keeps the ledger"),
)
CITIZENS = (
    ("citizen01", "邓小雨", "zh"),
    ("citizen02", "彭立", "zh"),
    ("citizen03", "Alice Green", "en"),
)
ADMINS = frozenset({"supervisor01", "supervisor02"})
MANAGERS = ADMINS | {"manager_east", "manager_west", "leader01", "clerk01"}


def bot() -> Person:
    """The bot, which is in its groups since ever and has heard nothing."""
    return Person(BOT_ID, "巡查助手", BOT_USERNAME, is_bot=True)


def people() -> list[Person]:
    """The staff, and citizens who are on no roster; all but the bot."""
    everybody = [*_staff(), *_citizens()]
    for number, person in enumerate(everybody, FIRST_PERSON_ID):
        person.id = number
    return everybody


def groups(members: Iterable[Person]) -> list[Chat]:
    """The patrol group and the managers' group, of these people and the bot."""
    citizens = {username for username, _, _ in CITIZENS}
    staff = [person for person in members if person.username not in citizens]
    managers = [person for person in staff if person.username in MANAGERS]
    return [
        _group(GROUP_ID, GROUP_TITLE, staff),
        _group(MANAGERS_ID, MANAGERS_TITLE, managers),
    ]


def _group(number: int, title: str, people: list[Person]) -> Chat:
    members = {p.id: ADMIN if p.username in ADMINS else MEMBER for p in people}
    return Chat(number, "group", title, members | {BOT_ID: ADMIN})


def _staff() -> list[Person]:
    people = [
        _person(
            f"officer{grid:02}", name, f"{grid}号网格巡查队员", f"patrol officer of grid {grid}"
        )
        for grid, name in enumerate(OFFICERS, 1)
    ]
    for grid, name in enumerate(REPAIRERS, 1):
        zone_zh, zone_en = ("东城", "east") if grid in EAST_GRIDS else ("西城", "west")
        about_zh = f"{zone_zh}公司维修队员，负责{grid}号网格"
        about_en = f"repairer of the {zone_en} company, grid {grid}"
        people.append(_person(f"repairer{grid:02}", name, about_zh, about_en))
    return people + [_person(*who) for who in OTHERS]


def _citizens() -> list[Person]:
    people = []
    for username, name, language in CITIZENS:
        person = _person(username, name, "市民，不在花名册上", "citizen, not on the roster")
        person.language_code = language
        people.append(person)
    return people


def _person(username: str, name: str, zh: str, en: str) -> Person:
    return Person(0, name, username, "zh", about={"zh": zh, "en": en})
