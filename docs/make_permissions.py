"""Writes `docs/permissions.md` from the table of rights; `make transitions` runs it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from casework.case import OPEN, UNMENDED, Status
from casework.people import Role
from casework.permissions import GRANTS, MORE_ACTS, ROLES, Relation

PAGE = Path(__file__).with_name("permissions.md")
ROLE_NAMES: Final = {
    Role.OFFICER: "巡查队员",
    Role.REPAIRER: "维修队员",
    Role.STANDBY: "替班",
    Role.MANAGER: "公司经理",
    Role.SUPERVISOR: "督查",
    Role.LEADER: "领导",
    Role.CLERK: "信息科",
}
RELATION_NAMES: Final = {
    Relation.REPORTER: "上报人（巡查方）",
    Relation.FINDER: "上报人（维修方）",
    Relation.GRID_OFFICER: "网格队员",
    Relation.PAIRED: "被点名的维修队员",
    Relation.STANDBY: "责任公司替班",
    Relation.MANAGER: "责任公司经理",
    Relation.CLAIMER: "接单人",
    Relation.SUPERVISOR: "督查",
}
_STATUSES: Final = {
    OPEN: "every open one 未结",
    UNMENDED: "unmended 未修好",
    frozenset({Status.WAITING}): "waiting 待对接",
    frozenset({Status.CHECKING}): "checking 待查验",
    OPEN - {Status.WAITING}: "taken or later 已对接",
}
INTRODUCTION = """\
# Permissions 权限

This page is made from the one table of rights, `casework/permissions.py`, by `make transitions`.
The code reads the same table. A ● says that who stands so to the case may do the act while the case
is in one of those states; whatever is not listed, nobody may do. On top of it: an act may be undone
only by the one who pressed, and one person never turns both keys.
本页由权限表自动生成，程序读的是同一张表：● 表示与案件有此关系的人在该状态下可以做；
没有列出的一律不可以。另外：撤销只限本人；同一人不能转两把钥匙。

## Who can stand how to a case 谁能是什么关系
"""


def page() -> str:
    """The whole page."""
    return INTRODUCTION + "\n".join([*_people(), *_acts(), *_meanings()]) + "\n"


def _people() -> list[str]:
    titles = " | ".join(f"{ROLE_NAMES[role]}<br>{role.value}" for role in Role)
    lines = ["", f"| relation | {titles} |", "|---" * (len(Role) + 1) + "|"]
    for relation, roles in ROLES.items():
        marks = " | ".join("●" if role in roles else "" for role in Role)
        lines.append(f"| {RELATION_NAMES[relation]}<br>{_words(relation)} | {marks} |")
    return lines


def _acts() -> list[str]:
    titles = " | ".join(f"{RELATION_NAMES[one]}<br>{_words(one)}" for one in Relation)
    lines = ["", "## Who may do what 谁可以做什么", "", f"| act | while 状态 | {titles} |"]
    lines.append("|---" * (len(Relation) + 2) + "|")
    for grant in GRANTS:
        if grant.who is None:
            continue
        who = grant.who
        marks = " | ".join("●" if one in who else "" for one in Relation)
        lines.append(f"| `{grant.act}` | {_STATUSES[grant.statuses]} | {marks} |")
    clock = ", ".join(f"`{grant.act}`" for grant in GRANTS if grant.who is None)
    return [*lines, "", f"The clock alone 只由时钟: {clock}."]


def _meanings() -> list[str]:
    lines = [
        "",
        "What the commands mean is on [the page of the transitions](transitions.md); besides:",
    ]
    return [*lines, "", *(f"- `{act}`: {meaning}." for act, meaning in MORE_ACTS.items())]


def _words(relation: Relation) -> str:
    return relation.value.replace("_", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
