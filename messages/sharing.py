"""Each person once, with their cases: where all is too much, lists are cut, and never people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from messages.letter import MOST_LINES, fitting
from messages.safe import Html, joined, shown_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from messages.voice import Voice


class ToldCase(NamedTuple):
    """One line of somebody's list."""

    number: str
    rank: float
    """What is lowest presses most, and stays when the list is cut."""
    text: Html


@dataclass(frozen=True, slots=True)
class Share:
    """People who have the same cases, in the order in which these are told."""

    names: Html
    cases: tuple[ToldCase, ...]

    def whole(self) -> list[Html]:
        """The names, then every case."""
        return [self.names, *(case.text for case in self.cases)]

    def cut(self, voice: Voice, most: int) -> list[Html]:
        """The names with how many cases are not listed, then the `most` pressing ones."""
        cases = sorted(self.cases, key=lambda case: case.rank)
        left = len(self.numbers() - {case.number for case in cases[:most]})
        names = voice.html("names-more", names=self.names, n=left) if left else self.names
        return [names, *(case.text for case in cases[:most])]

    def counted(self, voice: Voice) -> Html:
        """The names with how many cases wait for them, none of which is listed."""
        return voice.html("names-only", names=self.names, n=len(self.numbers()))

    def numbers(self) -> set[str]:
        """The cases; one may be told for two reasons."""
        return {case.number for case in self.cases}


def shared_out(voice: Voice, shares: Sequence[Share], room: int) -> list[Html]:
    """Return the lines of all `shares` in at most `room` units and as many lines as fit.

    Lists are cut evenly, so that the longest lose first and everybody keeps what presses most.
    """
    whole = [share.whole() for share in shares]
    if _fits(whole, room):
        return _flat(whole)
    cut = [share.cut(voice, 1) for share in shares]
    if _fits(cut, room):
        return _flat(_grown(voice, shares, cut, room))
    return _names(voice, shares, room)


def _grown(
    voice: Voice, shares: Sequence[Share], cut: list[list[Html]], room: int
) -> list[list[Html]]:
    """Give one case more to each in turn, as long as there is room for it."""
    growing, most = list(range(len(shares))), 1
    while growing:
        most += 1
        growing = [at for at in growing if most <= len(shares[at].cases)]
        for at in tuple(growing):
            longer = [*cut[:at], shares[at].cut(voice, most), *cut[at + 1 :]]
            if _fits(longer, room):
                cut = longer
            else:
                growing.remove(at)
    return cut


def _names(voice: Voice, shares: Sequence[Share], room: int) -> list[Html]:
    """Name everybody without a case; several in a line where there are more people than lines."""
    across = -(-len(shares) // MOST_LINES)
    rows = [shares[at : at + across] for at in range(0, len(shares), across)]
    comma = voice.text("comma")
    lines = [joined(comma, [share.counted(voice) for share in row]) for row in rows]
    return fitting(lines, room, partial(_and_more, voice, rows))


def _and_more(voice: Voice, rows: Sequence[Sequence[Share]], n: int) -> Html:
    """How many cases the last `n` rows speak of; hundreds of people with the longest names."""
    left = [share.numbers() for row in rows[len(rows) - n :] for share in row]
    return voice.html("and-more", n=len(set().union(*left)))


def _fits(shares: Sequence[Sequence[Html]], room: int) -> bool:
    lines = _flat(shares)
    return len(lines) <= MOST_LINES and sum(shown_units(line) + 1 for line in lines) <= room + 1


def _flat(shares: Sequence[Sequence[Html]]) -> list[Html]:
    return [line for lines in shares for line in lines]
