"""Gathers what one pass of the clock has to say, so that each person hears it in one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from casework import deadlines
from casework.changing import replace
from usecases import circles, menus, reasons
from usecases.records import DueRow, HeldNudge, Outgoing, Priority

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    """The line's own reason (`ladder`, `nudge-75`, …)."""
    at: datetime
    """When it fell due."""
    held: bool = False
    """Without an open private chat it waits for the group's next batch."""
    hushed: bool = False
    """Who wants no reminder of the case until the morning (🔕) hears it then."""


class _Letter(NamedTuple):
    words: str
    chat: str
    private: str
    """The private chat; empty: the group."""
    person: str


NIGHT, NIGHT_IN_GROUP = "overnight", "overnight-group"
"""The notice of 过夜未结, and its one line for a group."""
MISSED, NUDGE, WATCH, WATCHED = "missed", "nudge", "nudge-watch", "nudge-watched"
"""In a group, those who mend and those who watch are reminded in one message."""
SIGN, ASK = "sign-ask", "order-ask"
_TOGETHER = frozenset({MISSED, SIGN})
"""A group hears these of everybody in one message, each person with their own cases."""


class Sayings:
    """What is to be said, by person."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._letters: dict[_Letter, dict[tuple[int, str], Saying]] = {}
        self._held: list[Saying] = []
        """What waits for a batch."""

    def late(self, at: datetime) -> bool:
        """Whether what fell due then is told as missed."""
        return self._office.now - at > self._office.town.rules.ladder.late

    def add(self, saying: Saying) -> None:
        """Say this, privately where that chat is open, else in the group (or its next batch).

        What a time away has carried into the quiet hours waits for their end, but for dangers.
        """
        over = self._silent_until(saying)
        if over is not None:
            self._later(saying, over)
            return
        private = self._office.private_chat(saying.person)
        late = self.late(saying.at)
        if saying.held and not private and not late:
            self._held.append(saying)
            return
        words = MISSED if late else saying.words
        if words == WATCH and not private:
            words = NUDGE
        chat = "" if private else saying.case.chat
        letter = _Letter(words=words, chat=chat, private=private, person=saying.person)
        _keep(self._letters.setdefault(letter, {}), saying)

    def _silent_until(self, saying: Saying) -> datetime | None:
        """The end of the quiet hours, or of the person's hush; None: it may be said now."""
        office, case = self._office, saying.case
        if case.danger:
            return None
        if deadlines.is_quiet(office.now, office.town):
            return deadlines.quiet_end(office.now, office.town)
        hush = office.uow.hushes.until(case.id, saying.person) if saying.hushed else None
        return hush if hush is not None and hush > office.now else None

    def _later(self, saying: Saying, over: datetime) -> None:
        """What is hushed is said as if it fell due in the morning; what was missed says when."""
        office = self._office
        at = saying.at if self.late(saying.at) else over
        case = saying.case.id
        key = f"saying:{case}:{saying.why}:{saying.person}:{at.isoformat()}"
        said = {"person": saying.person, "words": saying.words, "why": saying.why}
        more = {"case": case, "at": at.isoformat(), "held": saying.held}
        office.uow.dues.add(DueRow(kind="saying", key=key, at=over, data={**said, **more}))

    def again(self, data: Json) -> bool:
        """Say what waited for the morning; False when its reason is gone."""
        case = self._office.uow.cases.get(data["case"], lock=False)
        at = datetime.fromisoformat(data["at"])
        if case is None or not reasons.holds(case, data["why"], at, self._office.town):
            return False
        person, words, why = data["person"], data["words"], data["why"]
        held = bool(data["held"])
        self.add(Saying(person=person, words=words, case=case, why=why, at=at, held=held))
        return True

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
        self._spare_the_asked()
        for saying in self._held:
            self._hold(saying)
        self._one_line_a_group()
        for letter, sayings in sorted(self._letters.items(), key=_calmness):
            if letter.private:
                self._queue(letter, _in_order(sayings), [letter.person])
        self._to_groups()
        self._letters.clear()
        self._held.clear()

    def _spare_the_asked(self) -> None:
        """Who is asked about a draft of a case is not reminded of it besides, nor in the batch."""
        asked = {
            (letter.person, case)
            for letter, sayings in self._letters.items()
            for case, why in sayings
            if why.startswith(reasons.ORDER)
        }
        for letter, sayings in self._letters.items():
            for case, why in [key for key in sayings if key[1].startswith(reasons.NUDGE)]:
                if (letter.person, case) in asked:
                    del sayings[case, why]
        self._letters = {letter: sayings for letter, sayings in self._letters.items() if sayings}
        self._held = [s for s in self._held if (s.person, s.case.id) not in asked]

    def _one_line_a_group(self) -> None:
        """The list of the night is one line a group, whoever hears it there."""
        for letter in [one for one in self._letters if one.words == NIGHT and not one.private]:
            line = _Letter(words=NIGHT_IN_GROUP, chat=letter.chat, private="", person="")
            told = self._letters.setdefault(line, {})
            for (case, why), saying in self._letters.pop(letter).items():
                told[case, f"{why}:{saying.person}"] = saying

    def _to_groups(self) -> None:
        """What was missed is one message a group; else people with the same list share one."""
        together: dict[tuple[str, str], list[_Letter]] = {}
        shared: dict[tuple[str, str, tuple[tuple[int, str], ...]], list[_Letter]] = {}
        for letter, sayings in sorted(self._letters.items(), key=_calmness):
            if letter.private:
                continue
            if letter.words in _TOGETHER:
                together.setdefault((letter.words, letter.chat), []).append(letter)
            else:
                same = (letter.words, letter.chat, tuple(sayings))
                shared.setdefault(same, []).append(letter)
        for letters in together.values():
            self._queue_together(letters)
        for letters in shared.values():
            self._queue_shared(letters)

    def _queue_shared(self, letters: Sequence[_Letter]) -> None:
        letter, sayings = letters[0], list(self._letters[letters[0]].values())
        people = [one.person for one in letters]
        if letter.words == NIGHT_IN_GROUP:
            people = list(dict.fromkeys(s.person for s in sayings))
        watched = any(circles.watches(self._office, person) for person in people)
        if letter.words == NUDGE and watched:
            letter = letter._replace(words=WATCHED)
        self._queue(letter, sayings, people)

    def _queue(self, letter: _Letter, sayings: list[Saying], people: list[str]) -> None:
        """What a supervisor decides has a pair of buttons a case, and they must all find room."""
        most = menus.MOST if letter.words == ASK else len(sayings)
        for at in range(0, len(sayings), most):
            self._queue_list(letter, sayings[at : at + most], people)

    def _queue_list(self, letter: _Letter, sayings: list[Saying], people: list[str]) -> None:
        first = sayings[0].case
        single = len({s.case.id for s in sayings}) == 1
        in_group = not letter.private
        fact: Json = {
            "words": letter.words,
            "cases": _items(sayings),
            "to": people if in_group else [],
            "home": first.chat,
            "danger": any(s.case.danger for s in sayings),
            "late": letter.words == MISSED,
        }
        key = ":".join((letter.words, *people, sayings[0].why, str(first.id)))
        row = self._row(key, letter.private or letter.chat, fact)
        self._office.uow.outbox.add(
            replace(
                row,
                case_id=first.id if single else 0,
                person=letter.person if letter.private else "",
                reply_to=first.photo_message if single and in_group else "",
                thread=topic(s.case for s in sayings) if in_group else "",
            )
        )

    def _queue_together(self, letters: Sequence[_Letter]) -> None:
        first, told = letters[0], [_in_order(self._letters[letter]) for letter in letters]
        late = first.words == MISSED
        if len(letters) == 1 and not late:
            self._queue(first, told[0], [first.person])
            return
        people = zip(letters, told, strict=True)
        fact: Json = {
            "words": first.words,
            "people": [[letter.person, _items(sayings)] for letter, sayings in people],
            "danger": any(s.case.danger for sayings in told for s in sayings),
            "late": late,
        }
        row = self._row(first.words, first.chat, fact)
        thread = topic(s.case for sayings in told for s in sayings)
        self._office.uow.outbox.add(replace(row, thread=thread))

    def _row(self, key: str, chat: str, fact: Json) -> Outgoing:
        now = self._office.now
        return Outgoing(
            kind="notice",
            key=f"{key}:{chat}:{now.timestamp():.3f}",
            chat=chat,
            fact=fact,
            priority=Priority.LADDER,
            loud=True,
            not_before=now,
            created_at=now,
        )


def topic(cases: Iterable[Case]) -> str:
    """The topic that all these cases stand in; those of several are told in the general one."""
    topics = {case.thread for case in cases}
    return topics.pop() if len(topics) == 1 else ""


def _keep(sayings: dict[tuple[int, str], Saying], saying: Saying) -> None:
    """Of several points of one limit the last one is said; what comes twice, as it first came."""
    point, case = reasons.point_of(saying.why), saying.case.id
    if saying.why.startswith(reasons.NUDGE):
        others = [key for key in sayings if key[0] == case and key[1].startswith(reasons.NUDGE)]
        if any(reasons.point_of(why) > point for _, why in others):
            return
        for key in others:
            del sayings[key]
    sayings.setdefault((case, saying.why), saying)


def _in_order(sayings: dict[tuple[int, str], Saying]) -> list[Saying]:
    """What presses comes first."""
    return sorted(sayings.values(), key=lambda s: not reasons.presses(s.why, s.case))


def _calmness(letter: tuple[_Letter, dict[tuple[int, str], Saying]]) -> bool:
    """Whether nothing in it presses: such letters come last."""
    return not any(reasons.presses(s.why, s.case) for s in letter[1].values())


def _items(sayings: Iterable[Saying]) -> list[list[object]]:
    """The cases of a message, each reason of each once."""
    items = {(s.case.id, s.why): [s.case.id, s.why, s.at.isoformat()] for s in sayings}
    return list(items.values())
