"""The one place of words: one Fluent file per language, which an office may override by its own.

Texts are plain: `<` and `&` in them are just characters. `html` escapes the whole text once and
puts values that are HTML already in afterwards, so neither a person's name nor an office's file
can break a tag.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentType, fluent_number

from messages.catalogue.checks import BrokenCatalogue, Problem, problems_of
from messages.safe import Html, Said, escaped, safe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fluent.syntax.ast import Resource

__all__ = ["LANGUAGES", "BrokenCatalogue", "Catalogue", "Problem", "WordsMissing"]

LANGUAGES: Final = ("zh", "en")
"""The first one also serves whoever's language is not here."""
_FIRST_SLOT: Final = 0xE000  # private use: `safe` lets no such character through


class WordsMissing(LookupError):  # noqa: N818 - named for what it tells
    """A text, or a value that it needs, is missing: a mistake of the program, not of a person."""


class Catalogue:
    """Every text a person may see, by language and key."""

    def __init__(self, bundles: Mapping[str, FluentBundle]) -> None:
        self._bundles = dict(bundles)

    @classmethod
    def load(cls, override: Path | None = None) -> Catalogue:
        """Read the built-in texts, and over them an office's folder with `zh.ftl` or `en.ftl`.

        Raises:
            BrokenCatalogue: the folder holds something wrong; it names every place at once.
        """
        if override is None:
            return cls(_shipped())
        sources = {language: _built_in(language) for language in LANGUAGES}
        own = _read_folder(override, sources)
        bundles = {language: _bundle(language) for language in LANGUAGES}
        for language, texts in own.items():
            bundles[language].add_resource(texts, allow_overrides=True)
        return cls(bundles)

    def has(self, key: str) -> bool:
        """Whether there is a text with this key."""
        return self._bundles[LANGUAGES[0]].has_message(key)

    def text(self, language: str, key: str, /, **fields: str | int) -> Said:
        """Return a text without markup, for toasts, buttons and pictures.

        Raises:
            WordsMissing: no such key, or a value that the text needs is not among the fields.
        """
        return self._format(language, key, {n: _value(v) for n, v in fields.items()})

    def html(self, language: str, key: str, /, **fields: str | int) -> Html:
        """Return a text as HTML; fields of type `Html` stand as they are, others are escaped.

        Raises:
            WordsMissing: no such key, or a value that the text needs is not among the fields.
        """
        slots: dict[str, Html] = {}
        values: dict[str, str | FluentType] = {}
        for name, value in fields.items():
            if isinstance(value, Html):
                values[name] = slot = chr(_FIRST_SLOT + len(slots))
                slots[slot] = value
            else:
                values[name] = _value(value)
        result: str = escaped(self._format(language, key, values))
        for slot, markup in slots.items():
            result = result.replace(slot, markup)
        return Html(result)

    def _format(self, language: str, key: str, values: Mapping[str, str | FluentType]) -> Said:
        bundle = self._bundles.get(language[:2]) or self._bundles[LANGUAGES[0]]
        if not bundle.has_message(key):
            raise WordsMissing(key)
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise WordsMissing(key)
        result, errors = bundle.format_pattern(pattern, dict(values))
        if errors:
            raise WordsMissing(f"{key}: {errors[0]}")
        return Said(result)


def _value(value: str | int) -> str | FluentType:
    """Numbers stay numbers, for plurals; words of people are cleaned."""
    if isinstance(value, str):
        return value if isinstance(value, Said) else safe(value)
    return fluent_number(value, useGrouping=False)


@cache
def _shipped() -> Mapping[str, FluentBundle]:
    """The texts that ship: no two catalogues need their own, each text is prepared once."""
    return {language: _bundle(language) for language in LANGUAGES}


def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(_parsed(language))
    return bundle


def _built_in(language: str) -> str:
    return resources.files(__name__).joinpath(f"{language}.ftl").read_text("utf-8")


@cache
def _parsed(language: str) -> Resource:
    """Parsing is what loading costs; the texts that ship are parsed once a process."""
    return FluentResource(_built_in(language))


def _read_folder(folder: Path, sources: Mapping[str, str]) -> dict[str, Resource]:
    """Parse an office's folder; every problem of every file is collected before it is told."""
    problems: list[Problem] = []
    own: dict[str, Resource] = {}
    for file in sorted(folder.glob("*.ftl")) if folder.is_dir() else [folder]:
        if file.stem not in sources or not file.is_file():
            problems.append(Problem(file, 0, "text_file_unknown"))
            continue
        try:
            text = file.read_text("utf-8-sig")
        except UnicodeDecodeError:
            problems.append(Problem(file, 0, "text_not_utf8"))
            continue
        except OSError as error:
            detail = {"detail": error.strerror or str(error)}
            problems.append(Problem(file, 0, "text_not_read", detail))
            continue
        problems += problems_of(file, text, sources[file.stem])
        own[file.stem] = FluentResource(text)
    if problems:
        raise BrokenCatalogue(tuple(problems))
    return own
