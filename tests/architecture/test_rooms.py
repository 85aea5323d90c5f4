"""The rooms on disk are the rooms of the contracts, and each keeps to its libraries."""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVERYWHERE = {"typing_extensions"}
LIBRARIES: dict[str, set[str]] = {
    "casework": set(),
    "usecases": set(),
    "messages": {"fluent"},
    "storage": {"sqlalchemy", "aiosqlite", "psycopg", "alembic"},
    "pictures": {"PIL"},
    "handlers": {"aiogram"},
    "delivery": {"aiogram", "aiohttp"},
    "scheduler": {"apscheduler"},
    "web": {"aiohttp", "prometheus_client"},
    "bot": {
        "aiogram",
        "aiohttp",
        "pydantic",
        "sqlalchemy",
        "apscheduler",
        "PIL",
        "chinese_calendar",
    },
    "simulator": {"aiohttp", "PIL"},
}
MAY_BREAK_THE_BAN = {
    "bot/nursery.py": "owns the tasks",
    "scheduler/clock.py": "is the clock",
    "simulator/clock.py": "is the simulator's clock",
}
READS_CHINESE = {
    "handlers/commands.py": "words typed in a private chat in the place of a command",
    "storage/server_words.py": "what a PostgreSQL says that was told to speak Chinese",
    "usecases/typed_acts.py": "patterns of what people type, nothing that is shown",
}
SILENT = ("usecases", "handlers", "delivery", "scheduler", "storage", "web")
"""Rooms without a word that a person of the group could read."""


def _contracts(project: dict[str, object]) -> dict[str, object]:
    tool = cast("dict[str, dict[str, object]]", project["tool"])
    return tool["importlinter"]


def _modules(root: Path, room: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((root / room).rglob("*.py")):
        yield str(path.relative_to(root)), ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]


def test_the_contracts_know_every_room(
    rooms: tuple[str, ...], project: dict[str, object], root: Path
) -> None:
    """A new folder without a contract would be a room without rules."""
    linter = _contracts(project)
    contracts = cast("list[dict[str, list[str] | str]]", linter["contracts"])
    rows = [one["source_modules"] for one in contracts if one["type"] == "forbidden"]
    layers = [
        room for one in contracts for layer in one.get("layers", ()) for room in layer.split(" | ")
    ]
    assert tuple(sorted(cast("list[str]", linter["root_packages"]))) == rooms
    assert sorted(room for row in rows for room in row) == sorted(rooms)
    assert sorted([*layers, "simulator"]) == sorted(rooms)
    assert sorted(LIBRARIES) == sorted(rooms)
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    listed = re.search(r"^ROOMS := (.+)$", makefile, re.MULTILINE)
    assert listed is not None
    assert sorted(listed[1].split()) == sorted(rooms)


def test_the_wheel_holds_every_room(rooms: tuple[str, ...], project: dict[str, object]) -> None:
    """What is not packed is missing after an installation."""
    tool = cast("dict[str, dict[str, dict[str, dict[str, dict[str, list[str]]]]]]", project["tool"])
    packed = tool["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert tuple(sorted(packed)) == rooms


def test_each_room_uses_only_its_libraries(root: Path, rooms: tuple[str, ...]) -> None:
    """The table of the design, third-party side; the standard library is free but for contracts."""
    strangers = [
        f"{path}: {name}"
        for room in rooms
        for path, tree in _modules(root, room)
        for name in _imported(tree)
        if name not in {*sys.stdlib_module_names, *rooms, *EVERYWHERE, *LIBRARIES[room]}
    ]
    assert strangers == []


def test_the_clock_and_the_tasks_have_one_owner(root: Path, rooms: tuple[str, ...]) -> None:
    """A ban that anybody may lift is none."""
    lifted = {
        str(path.relative_to(root))
        for room in rooms
        for path in (root / room).rglob("*.py")
        if re.search(r"noqa:[^#]*TID251", path.read_text(encoding="utf-8"))
    }
    assert lifted <= set(MAY_BREAK_THE_BAN)


def test_words_for_people_live_in_one_place(root: Path) -> None:
    """These rooms hold no Chinese text but in comments, docstrings and marks such as #无关."""
    found = [
        f"{path}: {text}"
        for room in SILENT
        for path, tree in _modules(root, room)
        if path not in READS_CHINESE
        for text in _texts(tree)
        if re.search(r"[\u4e00-\u9fff]", text) and not text.startswith("#")
    ]
    assert found == []


def _texts(tree: ast.Module) -> Iterator[str]:
    """The string constants of a module that are no docstrings."""
    loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in loose:
            yield node.value


def test_every_module_opens_with_its_rule(root: Path, rooms: tuple[str, ...]) -> None:
    """A docstring first; the future import where there is code."""
    bare = []
    for room in rooms:
        for path, tree in _modules(root, room):
            code = [node for node in tree.body if not isinstance(node, ast.Expr)]
            first = code[0] if code else None
            modern = isinstance(first, ast.ImportFrom) and first.module == "__future__"
            if ast.get_docstring(tree) is None or (code and not modern):
                bare.append(path)
    assert bare == []
