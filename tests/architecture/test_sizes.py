"""Hard stops of size: function 50 lines, file 400, five parameters, three levels deep."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FUNCTION_LINES = 50
FILE_LINES = 400
PARAMETERS = 5
NESTING = 3
FROZEN = "storage/migrations/versions/"
"""Migrations are lists of columns, written once and never touched again."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
_DEEPER = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match)
"""What branches or loops; a `with` does neither."""
_BOUND = frozenset({"self", "cls"})


def _files(root: Path, rooms: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for folder in (*rooms, "tests", "benchmarks"):
        for path in sorted((root / folder).rglob("*.py")):
            name = str(path.relative_to(root))
            if not name.startswith(FROZEN):
                yield name, path.read_text(encoding="utf-8")


class _Measured(NamedTuple):
    name: str
    lines: int
    parameters: int
    depth: int


@cache
def _functions(root: Path, rooms: tuple[str, ...]) -> tuple[_Measured, ...]:
    """All functions; no tree is kept, for so many would keep the collector busy."""
    return tuple(
        _measured(path, node)
        for path, text in _files(root, rooms)
        for node in _all_within(ast.parse(text))
        if isinstance(node, Function)
    )


def _measured(path: str, node: Function) -> _Measured:
    own = [one for one in (*node.args.posonlyargs, *node.args.args) if one.arg not in _BOUND]
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    return _Measured(f"{path}:{node.lineno} {node.name}", lines, len(own), _depth(node))


def _all_within(node: ast.AST) -> Iterator[ast.AST]:
    for child in _within(node):
        yield child
        yield from _all_within(child)


def _within(node: ast.AST) -> Iterator[ast.AST]:
    """The statements right inside one, and its branches; no expressions, which are the most."""
    for part in ("body", "handlers", "cases", "orelse", "finalbody"):
        yield from getattr(node, part, ())


def _depth(node: ast.AST) -> int:
    """How deep statements nest inside; an `elif` is no deeper than its `if`."""
    deepest = 0
    for child in _within(node):
        if isinstance(child, Function | ast.ClassDef):
            continue
        continues = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        own = int(isinstance(child, _DEEPER) and not continues)
        deepest = max(deepest, own + _depth(child))
    return deepest


def test_no_file_is_too_long(root: Path, rooms: tuple[str, ...]) -> None:
    """A longer file holds two things."""
    long = [path for path, text in _files(root, rooms) if text.count("\n") > FILE_LINES]
    assert long == []


def test_no_function_is_too_long(root: Path, rooms: tuple[str, ...]) -> None:
    """A longer function hides a second one."""
    long = [one.name for one in _functions(root, rooms) if one.lines > FUNCTION_LINES]
    assert long == []


def test_no_function_takes_too_much(root: Path, rooms: tuple[str, ...]) -> None:
    """More than five things belong together in an object; fixtures are no parameters."""
    product = [one for one in _functions(root, rooms) if not one.name.startswith("tests/")]
    assert [one.name for one in product if one.parameters > PARAMETERS] == []


def test_no_function_nests_too_deep(root: Path, rooms: tuple[str, ...]) -> None:
    """Three levels can be read at a glance."""
    deep = [one.name for one in _functions(root, rooms) if one.depth > NESTING]
    assert deep == []


def test_the_measure_of_depth_is_right() -> None:
    """The ruler itself is tested."""
    flat = "def f(x):\n if x: pass\n elif x: pass\n elif x: pass\n else: pass"
    deep = "def f(x):\n for a in x:\n  with a:\n   if a:\n    while x:\n     if x: pass"
    assert _depth(ast.parse(flat).body[0]) == 1
    assert _depth(ast.parse(deep).body[0]) == 4
