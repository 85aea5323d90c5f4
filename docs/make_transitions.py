"""Writes `docs/transitions.md` from the transitions table; `make transitions` runs it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casework.case import Status
from casework.permissions import Relation
from casework.transitions import TABLE

if TYPE_CHECKING:
    from casework import commands

PAGE = Path(__file__).with_name("transitions.md")
HEADINGS = {
    Status.WAITING: "待对接",
    Status.TAKEN: "已接单",
    Status.REPAIRING: "维修中",
    Status.CHECKING: "待查验",
    Status.REWORK: "返工",
    Status.CLOSED: "已结案",
    Status.REFUSED: "退单",
    Status.WITHDRAWN: "撤回",
}
INTRODUCTION = """\
# Transitions 状态变化

This page is made from the one transitions table, `casework/transitions.py`, by `make transitions`.
A ● says that the command is known in that state, the last column who may give it; every other pair
refuses. 本页由状态变化表自动生成：● 表示该状态下可用，最后一列是谁可以做；没有 ● 的一律拒绝。
"""


def page() -> str:
    """The whole page."""
    titles = " | ".join(f"{HEADINGS[status]}<br>{status.value}" for status in Status)
    lines = ["", f"| command | {titles} | who |", "|---" * (len(Status) + 2) + "|"]
    kinds = dict.fromkeys(command for _, command in TABLE)
    lines += [_row(command) for command in kinds]
    lines += ["", "What the commands mean 命令含义:", ""]
    lines += [f"- `{command.__name__}`: {_meaning(command)}" for command in kinds]
    return INTRODUCTION + "\n".join(lines) + "\n"


def _row(command: type[commands.Command]) -> str:
    marks = " | ".join("●" if (status, command) in TABLE else "" for status in Status)
    return f"| `{command.__name__}` | {marks} | {_who(command)} |"


def _who(command: type[commands.Command]) -> str:
    """Who may; where the states differ, each group once."""
    told: dict[str, list[str]] = {}
    for status in Status:
        cell = TABLE.get((status, command))
        if cell is not None:
            told.setdefault(_names(cell.who), []).append(HEADINGS[status])
    return "; ".join(
        names if len(told) == 1 else f"{', '.join(where)}: {names}" for names, where in told.items()
    )


def _names(who: frozenset[Relation] | None) -> str:
    if who is None:
        return "the clock"
    if who == frozenset(Relation):
        return "anyone on the case"
    return ", ".join(one.value.replace("_", " ") for one in Relation if one in who)


def _meaning(command: type[commands.Command]) -> str:
    return " ".join((command.__doc__ or "").split())


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
