"""The documents tell the truth: commands exist, examples run, keys and links are there."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from bot.cli import main
from bot.cli_parser import build_parser
from bot.config.environment import variables
from bot.config.loading import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READMES = ("README.md", "README.zh.md")
GUIDES = (*READMES, "CONTRIBUTING.md")
LONG_LISTS = ("rules.", "digests.")
"""The README names the tables of these; each single key stands in config.example.toml."""


def _text(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def _commands(text: str) -> Iterator[list[str]]:
    """Every `xunchaqun …` in a text, inline or on a console line."""
    found = re.findall(r"`xunchaqun ([^`]+)`", text)
    found += re.findall(r"^\$ (?:\.venv/bin/)?xunchaqun (.+)$", text, re.MULTILINE)
    yield from (shlex.split(words) for words in found)


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_of_the_documents_exists(root: Path, name: str) -> None:
    """The parser takes each of them as it is written."""
    parser = build_parser("en", "0")
    for words in _commands(_text(root, name)):
        if words == ["--version"]:
            continue
        assert parser.parse_args(words).command


def test_the_readmes_name_every_command(root: Path) -> None:
    """Nothing has to be found out by guessing."""
    every = ("demo", "run", "simulator", "config check", "quarantine list", "quarantine replay")
    for name in READMES:
        for command in (
            *every,
            "audit",
            "backup",
            "calendar update",
            "doctor",
            "migrate",
            "restore",
            "--version",
        ):
            assert f"`xunchaqun {command}" in _text(root, name)


@pytest.mark.parametrize("name", GUIDES)
def test_every_make_target_of_the_documents_exists(root: Path, name: str) -> None:
    """`make demo` and its like."""
    targets = set(re.findall(r"^([a-z]+):", _text(root, "Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|\$ )make ([a-z]+)", _text(root, name)))
    assert named
    assert named <= targets


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_name_every_key(root: Path, name: str) -> None:
    """All options are listed; both languages list the same."""
    text = _text(root, name)
    for path, _ in variables().values():
        if not path.startswith(LONG_LISTS):
            assert f"`{path}`" in text
    assert list(dict.fromkeys(re.findall(r"`\[(rules\.\w+)\]`", text))) == [
        f"rules.{table}"
        for table in (
            "opening",
            "limits",
            "work",
            "ladder",
            "nudges",
            "supervision",
            "reminders",
            "board",
            "burst",
            "flood",
            "pace",
        )
    ]


def test_the_configuration_of_the_readme_is_good(root: Path) -> None:
    """It can be copied as it stands."""
    example = re.search(r"```toml\n(.+?)```", _text(root, "README.md"), re.DOTALL)
    assert example is not None
    settings = parse(example[1], {}, source="README.md", base=root)
    assert settings.people[0].name == "王建国"


@pytest.mark.parametrize("name", READMES)
def test_the_check_of_the_readme_runs(
    root: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Copy the example, set the token, check: as the README says."""
    token = re.search(r"export (XUNCHAQUN_TELEGRAM_TOKEN)=", _text(root, name))
    assert token is not None
    env = {token[1]: "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"}
    assert main(["config", "check", str(root / "config.example.toml")], env) == 0
    assert "is good" in capsys.readouterr().out


def test_the_documents_link_to_what_exists(root: Path) -> None:
    """No dead link inside the project."""
    pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    dead = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []


def test_the_decisions_are_numbered_without_a_gap(root: Path) -> None:
    """Each page's title carries the number of its file, and says why and what follows."""
    pages = sorted((root / "docs/decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    for number, page in enumerate(pages, start=1):
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in text


def test_the_licence_is_whole(root: Path) -> None:
    """Apache-2.0, as pyproject.toml says."""
    licence = _text(root, "LICENSE")
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence


def test_the_glossary_names_what_the_code_has(root: Path, rooms: tuple[str, ...]) -> None:
    """A term that was renamed in the code is renamed here too."""
    glossary = _text(root, "docs/glossary.md").partition("\n## ")[2]
    code = "\n".join(
        path.read_text(encoding="utf-8") for room in rooms for path in (root / room).rglob("*.py")
    )
    words = set(re.findall(r"\w+", code)) | set(rooms)
    named = {part for term in re.findall(r"`([\w.]+)`", glossary) for part in term.split(".")}
    assert named - words == set()
