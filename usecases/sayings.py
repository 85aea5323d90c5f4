"""Gathers what one pass of the clock has to say, so that each person hears it in one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from casework import deadlines
from usecases.records import DueRow, HeldNudge, Outgoing, Priority

if TYPE_CHECKING:
    from casework.case import Case
    from usecases.office import Office
    from usecases.records import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Saying:
    """One thing one person must hear about one case."""

    person: str
    words: str
    """The notice it belongs to (`ladder-manager`, `nudge`, …)."""
    case: Case
    why: str
    """The line's own reason (`ladder`, `nudge-hour`, …)."""
    at: datetime
    """When it fell due."""
    held: bool = False
    """Without an open private chat it waits for the group's next batch."""


class _Letter(NamedTuple):
    words: str
    chat: str
    private: str
    """The private chat; empty: the group."""
    person: str


NIGHT, NIGHT_IN_GROUP = "overnight", "overnight-group"
"""The notice of 过夜未结, and its one line for a group."""


class Sayings:
    """What is to be said, by person."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._letters: dict[_Letter, dict[tuple[int, str], Saying]] = {}

    def late(self, at: datetime) -> bool:
        """Whether what fell due then is told as missed."""
        return self._office.now - at > self._office.town.rules.ladder.late

    def add(self, saying: Saying) -> None:
        """Say this, privately where that chat is open, else in the group (or its next batch).

        What a time away has carried into the quiet hours waits for their end, but for dangers.
        """
        if not saying.case.danger and deadlines.is_quiet(self._office.now, self._office.town):
            self._until_morning(saying)
            return
        private = self._office.private_chat(saying.person)
        late = self.late(saying.at)
        if saying.held and not private and not late:
            self._hold(saying)
            return
        words = "missed" if late else saying.words
        chat = "" if private else saying.case.chat
        letter = _Letter(words=words, chat=chat, private=private, person=saying.person)
        self._letters.setdefault(letter, {})[saying.case.id, saying.why] = saying

    def _until_morning(self, saying: Saying) -> None:
        office = self._office
        at, case = saying.at.isoformat(), saying.case.id
        key = f"saying:{case}:{saying.why}:{saying.person}:{at}"
        said = {"person": saying.person, "words": saying.words, "why": saying.why}
        over = deadlines.quiet_end(office.now, office.town)
        office.uow.dues.add(
            DueRow(kind="saying", key=key, at=over, data={**said, "case": case, "at": at})
        )

    def again(self, data: Json) -> bool:
        """Say what waited for the morning; False when its case is gone."""
        case = self._office.uow.cases.get(data["case"], lock=False)
        if case is not None:
            at = datetime.fromisoformat(data["at"])
            person, words, why = data["person"], data["words"], data["why"]
            self.add(Saying(person=person, words=words, case=case, why=why, at=at))
        return case is not None

    def _hold(self, saying: Saying) -> None:
        self._office.uow.nudges.hold(
            HeldNudge(
                chat=saying.case.chat,
                person=saying.person,
                case_id=saying.case.id,
                kind=saying.why,
                at=saying.at,
            )
        )

    def send(self) -> None:
        """Queue one message per person; people of a group with the same list share one."""
        shared: dict[tuple[str, str, tuple[tuple[int, str], ...]], list[str]] = {}
        self._one_line_a_group()
        for letter, sayings in self._letters.items():
            if letter.private:
                self._queue(letter, list(sayings.values()), [letter.person])
            elif letter.words == NIGHT_IN_GROUP:
                people = list(dict.fromkeys(s.person for s in sayings.values()))
                self._queue(letter, list(sayings.values()), people)
            else:
                same = (letter.words, letter.chat, tuple(sayings))
                shared.setdefault(same, []).append(letter.person)
        for (words, chat, _items), people in shared.items():
            letter = _Letter(words=words, chat=chat, private="", person=people[0])
            self._queue(letter, list(self._letters[letter].values()), people)
        self._letters.clear()

    def _one_line_a_group(self) -> None:
        """The list of the night is one line a group, whoever hears it there."""
        for letter in [one for one in self._letters if one.words == NIGHT and not one.private]:
            line = _Letter(words=NIGHT_IN_GROUP, chat=letter.chat, private="", person="")
            told = self._letters.setdefault(line, {})
            for (case, why), saying in self._letters.pop(letter).items():
                told[case, f"{why}:{saying.person}"] = saying

    def _queue(self, letter: _Letter, sayings: list[Saying], people: list[str]) -> None:
        office, first = self._office, sayings[0].case
        single = len({s.case.id for s in sayings}) == 1
        fact: Json = {
            "words": letter.words,
            "cases": _items(sayings),
            "to": [] if letter.private else people,
            "home": first.chat,
            "danger": any(s.case.danger for s in sayings),
            "late": letter.words == "missed",
        }
        key = ":".join((letter.words, *people, sayings[0].why, f"{office.now.timestamp():.3f}"))
        in_group = not letter.private
        office.uow.outbox.add(
            Outgoing(
                kind="notice",
                key=key,
                case_id=first.id if single else 0,
                chat=letter.private or letter.chat,
                person=letter.person if letter.private else "",
                reply_to=first.photo_message if single and in_group else "",
                thread=first.thread if in_group else "",
                fact=fact,
                priority=Priority.LADDER,
                loud=True,
                not_before=office.now,
                created_at=office.now,
            )
        )


def _items(sayings: list[Saying]) -> list[list[object]]:
    """The cases of a message, each reason of each once."""
    items = {(s.case.id, s.why): [s.case.id, s.why, s.at.isoformat()] for s in sayings}
    return list(items.values())
