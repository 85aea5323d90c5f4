"""What may be wrong with a configuration, told in both languages: place, fault, suggestion."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from typing_extensions import override

from bot.config.wording import EXPECTED, PROBLEMS
from bot.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE = (" (line {line})", "（第 {line} 行）")
_MEANT = (" Did you mean “{suggestion}”?", "是不是“{suggestion}”？")
_STOP = (".", "。")


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One fault of a configuration, as data."""

    place: str
    """The key's path, such as `people[3].role`, or the environment variable."""
    code: str
    """Which sentence of `PROBLEMS` tells it."""
    line: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""

    def text(self, language: str) -> str:
        """The fault in one line, in `zh` or `en`."""
        pick = 1 if language == "zh" else 0
        fields = dict(self.fields)
        if "expected" in fields:
            fields["expected"] = EXPECTED[fields["expected"]][pick]
        line = _LINE[pick].format(line=self.line) if self.line else ""
        meant = _MEANT[pick].format(suggestion=self.suggestion) if self.suggestion else ""
        colon = "：" if pick else ": "
        fault = PROBLEMS[self.code][pick].format(**fields)
        return harmless(f"{self.place}{line}{colon}{fault}{_STOP[pick]}{meant}")


class ConfigError(Exception):
    """A configuration cannot be used; every problem found is told at once.

    Attributes:
        source: The file that was read.
        problems: All that is wrong, in the order of the file.
    """

    def __init__(self, source: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(source, problems)
        self.source = source
        self.problems = problems

    def lines(self, language: str) -> tuple[str, ...]:
        """One line for each problem, in `zh` or `en`."""
        return tuple(problem.text(language) for problem in self.problems)

    @override
    def __str__(self) -> str:
        return "\n".join([self.source, *self.lines("en")])
