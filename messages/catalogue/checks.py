"""What may be wrong with an office's own texts; all of it is told at once, with file and line."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from fluent.syntax import FluentParser, ast, visitor
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake; line 0 means the whole file."""

    file: Path
    line: int
    what: str

    @override
    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.what}"


class BrokenCatalogue(Exception):  # noqa: N818 - named for what was found
    """An office's own texts cannot be used; `problems` names every mistake."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Parts(visitor.Visitor):
    """What a text is made of: its variables, its line breaks, and what it must not refer to."""

    def __init__(self, pattern: ast.Pattern) -> None:
        self.variables: set[str] = set()
        self.foreign: list[str] = []
        self.breaks = 0
        self.visit(pattern)

    def visit_TextElement(self, node: ast.TextElement) -> None:  # noqa: N802
        """Count line breaks."""
        self.breaks += node.value.count("\n")

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        """Gather a variable."""
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        """Each text stands by itself."""
        self.foreign.append(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802
        """Each text stands by itself."""
        self.foreign.append(f"-{node.id.name}")

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802
        """Each text stands by itself."""
        self.foreign.append(f"{node.id.name}()")


def texts_of(source: str) -> dict[str, Parts]:
    """Return what each text of a file is made of, by key."""
    body = FluentParser().parse(source).body
    return {e.id.name: Parts(e.value) for e in body if isinstance(e, ast.Message) and e.value}


def problems_of(file: Path, source: str, built_in: str) -> list[Problem]:
    """Compare an office's file with the built-in one; an empty list means that it may be used."""
    known = texts_of(built_in)
    seen: set[str] = set()
    found: list[Problem] = []
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Junk):
            found.append(_junk(file, source, entry))
        elif isinstance(entry, (ast.Message, ast.Term)):
            line = _line(source, entry.id.span)
            found += [Problem(file, line, what) for what in _wrong(entry, known, seen)]
    return found


def _line(source: str, span: ast.Span | None) -> int:
    return source.count("\n", 0, span.start) + 1 if span else 0


def _junk(file: Path, source: str, entry: ast.Junk) -> Problem:
    """Tell what the parser could not read, at the very line if it knows it."""
    note = entry.annotations[0] if entry.annotations else None
    span = note.span if note and note.span else entry.span
    return Problem(file, _line(source, span), f"cannot be read: {note.message if note else ''}")


def _wrong(entry: ast.Message | ast.Term, known: dict[str, Parts], seen: set[str]) -> Iterator[str]:
    key = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
    if isinstance(entry, ast.Term) or key not in known:
        guess = get_close_matches(key, known, n=1)
        yield f"there is no text “{key}”" + (f"; did you mean “{guess[0]}”?" if guess else "")
        return
    if key in seen:
        yield f"“{key}” stands here twice"
    seen.add(key)
    if entry.value is None or entry.attributes:
        yield f"“{key}” needs a value and nothing but a value"
        return
    yield from _misfits(key, Parts(entry.value), known[key])


def _misfits(key: str, own: Parts, built_in: Parts) -> Iterator[str]:
    """Tell where an office's text does not fit the place of the built-in one."""
    for name in sorted(own.variables - built_in.variables):
        allowed = ", ".join(f"${v}" for v in sorted(built_in.variables)) or "none"
        yield f"“{key}” knows no placeholder ${name} (it has: {allowed})"
    for name in own.foreign:
        yield f"“{key}” must not refer to {name}"
    if own.breaks > built_in.breaks:
        yield f"“{key}” has more lines than its place allows ({built_in.breaks + 1})"
