"""What may be wrong with an office's own texts; all of it is told at once, with file and line."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from fluent.syntax import FluentParser, ast, visitor
from typing_extensions import override

from messages.text_faults import TEXT_FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake; line 0 means the whole file."""

    file: Path
    line: int
    code: str
    """Which sentence of `TEXT_FAULTS` tells it."""
    fields: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""

    @override
    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        meant = f"; did you mean “{self.suggestion}”?" if self.suggestion else ""
        return f"{place}: {TEXT_FAULTS[self.code][0].format(**self.fields)}{meant}"


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
            found += [Problem(file, line, *wrong) for wrong in _wrong(entry, known, seen)]
    return found


def _line(source: str, span: ast.Span | None) -> int:
    return source.count("\n", 0, span.start) + 1 if span else 0


def _junk(file: Path, source: str, entry: ast.Junk) -> Problem:
    """Tell what the parser could not read, at the very line if it knows it."""
    note = entry.annotations[0] if entry.annotations else None
    span = note.span if note and note.span else entry.span
    detail = str(note.message) if note else ""
    return Problem(file, _line(source, span), "text_not_read", {"detail": detail})


def _wrong(
    entry: ast.Message | ast.Term, known: dict[str, Parts], seen: set[str]
) -> Iterator[tuple[str, Mapping[str, str], str]]:
    """Code, fields and suggestion of each mistake in one text."""
    key = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
    if isinstance(entry, ast.Term) or key not in known:
        guess = get_close_matches(key, known, n=1)
        yield "text_unknown", {"given": key}, guess[0] if guess else ""
        return
    if key in seen:
        yield "text_twice", {"given": key}, ""
    seen.add(key)
    if entry.value is None or entry.attributes:
        yield "text_without_value", {"given": key}, ""
        return
    for code, fields in _misfits(Parts(entry.value), known[key]):
        yield code, {"given": key, **fields}, ""


def _misfits(own: Parts, built_in: Parts) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Tell where an office's text does not fit the place of the built-in one."""
    for name in sorted(own.variables - built_in.variables):
        known = ", ".join(f"${v}" for v in sorted(built_in.variables)) or "–"
        yield "text_unknown_placeholder", {"name": name, "known": known}
    for name in own.foreign:
        yield "text_refers", {"name": name}
    if own.breaks > built_in.breaks:
        yield "text_too_tall", {"most": str(built_in.breaks + 1)}
