"""The courier's marks: taken, sent, to be tried again, refused; and what follows from each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVarTuple

from casework.changing import replace
from casework.nudging import LIMIT
from usecases import (
    board,
    board_view,
    bursts,
    card_shown,
    consequences,
    reasons,
    saving,
    watch_chats,
)
from usecases.inputs import GroupMigrated
from usecases.records import EDIT, HeldNudge, Link, Part, Sent
from usecases.teamwork import Pause
from usecases.telling import Dropped, NotYet, tell
from usecases.views import BoardView, CardView

if TYPE_CHECKING:
    from collections.abc import Callable

    from casework.case import Case
    from usecases.office import Office
    from usecases.records import Json, Outgoing
    from usecases.to_tell import Telling

Ts = TypeVarTuple("Ts")

REPEATED = frozenset({"edit", "old-card", "card-menu", "reaction", "board", "pin"})
"""Sent twice they change nothing (a second first board: the newest is the one that is edited)."""
RESENT = frozenset({"card", "sheet", "digest", "dossier", "menu", "choices"})
"""Better twice than never: number and step are in the text."""
RESENT_NOTICES = frozenset(
    {
        "ladder-standby",
        "ladder-manager",
        "ladder-supervisor",
        "ladder-leader",
        "order-ask",
        "order-2",
        "order-3",
        "order-4",
        "order-told",
        "overnight",
        "overnight-group",
        "missed",
        "batch",
        "rework",
        "handed-over",
        "moved",
        "hours-ask",
        "burst-ask",
        "main-ended",
        "promise-ask",
        "extension-ask",
        "suspension-ask",
        "refusal-ask",
        "question-case",
        "question-place",
        "sign-ask",
        "check-ask",
        "check-late",
        "audit",
        "gap",
    }
)
"""Of the notices, those that somebody must act on."""


NUDGES = frozenset({"nudge", "nudge-watch", "nudge-watched"})
"""Reminders of a limit: the one at the limit, and those after it, are worth a second sending."""


def take(office: Office, row_id: int, edited: dict[int, datetime]) -> Telling | None:
    """Mark a row as being sent, and say what it is; None when it must not go (now).

    `edited` remembers when each card was last edited: edits close together become one.
    """
    row = office.uow.outbox.get(row_id)
    if row is None or row.state is not Sent.QUEUED:
        return None
    made = _paused(office, row, edited) or tell(office, row)
    if isinstance(made, Dropped):
        noted = {**row.fact, **made.fact}
        office.uow.outbox.save(replace(row, state=Sent.DROPPED, note=made.note, fact=noted))
        return None
    if isinstance(made, NotYet):
        office.uow.outbox.save(replace(row, not_before=made.at))
        return None
    fact = {**row.fact, **_noted(office, row, made)}
    taken = replace(
        row, state=Sent.SENDING, attempts=row.attempts + 1, sent_at=office.now, fact=fact
    )
    office.uow.outbox.save(taken)
    if row.kind == EDIT:
        _remember(row, office.now, edited)
    return replace(made, row=taken)


def untake(office: Office, row_id: int) -> None:
    """A row was taken by a commit whose fate nobody knew, and so was not sent: it waits again."""
    row = office.uow.outbox.get(row_id)
    if row is not None and row.state is Sent.SENDING:
        office.uow.outbox.save(replace(row, state=Sent.QUEUED, sent_at=None))


def _noted(office: Office, row: Outgoing, made: Telling) -> Json:
    """What the telling shows, so that later changes are known from it."""
    if isinstance(made.view, BoardView):
        return {"shown": board_view.shown(made.view)}
    case = office.uow.cases.get(row.case_id, lock=False) if row.case_id else None
    noted: Json = {"seq": case.history_seq} if case else {}
    if isinstance(made.view, CardView):
        noted["shown"] = card_shown.shown(office, made.view)
    return noted


def _paused(office: Office, row: Outgoing, edited: dict[int, datetime]) -> NotYet | None:
    if row.kind != EDIT:
        return None
    last = edited.get(row.case_id)
    # A clock that was put back must not hold edits for as long as it was put back.
    if last is not None and last <= office.now < last + office.town.rules.pace.edit_gap:
        return NotYet(at=last + office.town.rules.pace.edit_gap)
    return None


def _remember(row: Outgoing, now: datetime, edited: dict[int, datetime]) -> None:
    edited[row.case_id] = now
    if len(edited) > MOST_REMEMBERED:
        del edited[next(iter(edited))]


MOST_REMEMBERED = 10_000
"""How many cards' last edits are remembered."""


def sent(office: Office, row_id: int, message: str) -> None:
    """A row was sent; a card starts the claim ladder, and is known as the case's newest."""
    row = office.uow.outbox.get(row_id)
    if row is None:
        return
    office.uow.outbox.save(replace(row, state=Sent.SENT, sent_at=office.now, message=message))
    if row.kind in _OF_GROUP:
        _OF_GROUP[row.kind](office, row, message)
    follow = _FOLLOW.get(row.kind)
    case = office.uow.cases.get(row.case_id) if row.case_id else None
    if follow is not None and case is not None and message:
        follow(office, case, row, message)


def _card_sent(office: Office, case: Case, row: Outgoing, message: str) -> None:
    _link(office, case, row, message, Part.CARD)
    delivered = case.delivered_at or office.now
    changed = replace(case, card=message, delivered_at=delivered)
    saving.save(office, case, changed, (), office.act(None))
    if row.fact.get("seq") != case.history_seq:
        consequences.freshen(office, changed)
    if case.delivered_at is None:
        bursts.look(office, changed)


def _sheet_sent(office: Office, case: Case, row: Outgoing, message: str) -> None:
    _link(office, case, row, message, Part.SHEET)


def _notice_sent(office: Office, case: Case, row: Outgoing, message: str) -> None:
    _link(office, case, row, message, Part.NOTICE)


def _pinned(office: Office, row: Outgoing, _message: str) -> None:
    board.pinned(office, row)


_OF_GROUP = {"board": board.sent, "pin": _pinned}
_FOLLOW = {"card": _card_sent, "sheet": _sheet_sent, "notice": _notice_sent}


def _link(office: Office, case: Case, row: Outgoing, message: str, part: Part) -> None:
    link = Link(chat=row.chat, message=message, case_id=case.id, part=part, at=office.now)
    if not office.uow.links.add(link):
        # A migrated group counts its messages anew: the newer message is meant from now on.
        office.uow.links.move(row.chat, message, case.id)


def again(office: Office, row_id: int, not_before: datetime, note: str) -> None:
    """A row surely was not sent: it is queued again."""
    row = office.uow.outbox.get(row_id)
    if row is not None:
        office.uow.outbox.save(
            replace(row, state=Sent.QUEUED, not_before=not_before, sent_at=None, note=note)
        )


def ambiguous(office: Office, row_id: int, note: str) -> None:
    """A row may have been sent: what it is decides whether it is sent again."""
    row = office.uow.outbox.get(row_id)
    if row is None or row.state is not Sent.SENDING:
        return
    if not _worth_twice(row):
        office.uow.outbox.save(replace(row, state=Sent.DROPPED, note=f"maybe sent: {note}"))
        return
    wait = timedelta(seconds=min(60, 2 ** min(row.attempts, 6)))
    office.uow.outbox.save(replace(row, state=Sent.QUEUED, not_before=office.now + wait, note=note))


UNSENT: frozenset[object] = frozenset({again, ambiguous})
"""What is said of a row that may wait for a later try."""


def judge(
    office: Office, verb: Callable[[Office, int, *Ts], None], row_id: int, *arguments: *Ts
) -> None:
    """Say what became of a row; if it waits for a later try, so does its chat.

    In every process and life: so its order holds, and so does the platform's ban.
    """
    verb(office, row_id, *arguments)
    row = office.uow.outbox.get(row_id) if verb in UNSENT else None
    if row is not None and row.state is Sent.QUEUED and row.not_before > office.now:
        office.uow.team.pause(Pause(chat=row.chat, since=office.now, until=row.not_before))


def _worth_twice(row: Outgoing) -> bool:
    if row.kind in REPEATED | RESENT:
        return True
    words = str(row.fact.get("words", ""))
    if words in NUDGES:
        return any(reasons.point_of(item[1]) >= LIMIT for item in row.fact.get("cases", ()))
    return words in RESENT_NOTICES


def refused(office: Office, row_id: int, note: str) -> None:
    """A row was refused for good."""
    row = office.uow.outbox.get(row_id)
    if row is None:
        return
    office.uow.outbox.save(replace(row, state=Sent.DEAD, note=note))
    if row.kind == "pin":
        board.unpinned(office, row, note)


def unreachable(office: Office, row_id: int, note: str) -> None:
    """A private chat is closed, or an ephemeral message was refused: take the next way.

    Ephemeral → private → one short line in the group; private → the case's group.
    """
    row = office.uow.outbox.get(row_id)
    if row is None:
        return
    if row.only:
        _not_ephemeral(office, row)
        return
    binding = office.uow.people.by_person(row.person) if row.person else None
    if binding is not None and binding.private == row.chat:
        office.uow.people.save(replace(binding, private=""))
    if row.fact.get("words") in NUDGES and not row.fact.get("danger"):
        _to_batch(office, row)
    else:
        _to_home(office, row, note)


def _to_home(office: Office, row: Outgoing, note: str) -> None:
    """The group hears it instead, where somebody must act."""
    home = str(row.fact.get("home", ""))
    if home not in {"", row.chat} and not row.loud:
        _briefly(office, row, home)
    elif not _to_group(office, row, home):
        refused(office, row.id, note)


def _to_batch(office: Office, row: Outgoing) -> None:
    """A reminder that finds no open private chat waits for the group's batch."""
    for case_id, why, at in row.fact["cases"]:
        case = office.uow.cases.get(case_id, lock=False)
        if case is not None:
            moment = datetime.fromisoformat(at)
            office.uow.nudges.hold(
                HeldNudge(chat=case.chat, person=row.person, case_id=case_id, kind=why, at=moment)
            )
    office.uow.outbox.save(replace(row, state=Sent.DROPPED, note="held for the batch"))


def _not_ephemeral(office: Office, row: Outgoing) -> None:
    private = office.private_chat(row.person)
    if not private:
        _briefly(office, row, row.chat)
        return
    queued = replace(row, only="", free=False, state=Sent.QUEUED, sent_at=None)
    office.uow.outbox.save(replace(queued, chat=private, reply_to="", thread=""))


def _briefly(office: Office, row: Outgoing, home: str) -> None:
    """What one person alone should see finds no way there: the group sees one line at most."""
    changed = replace(row, only="", free=False, state=Sent.QUEUED, sent_at=None, chat=home)
    if row.kind == "menu":
        _card_menu(office, row)
        changed = replace(changed, state=Sent.DROPPED, note="shown on the card")
    elif "refusal" in row.fact:
        changed = replace(changed, state=Sent.DROPPED, note="nobody is told off in public")
    else:
        fact = {"words": "command-short", "to": [row.person]}
        changed = replace(changed, kind="notice", person="", fact=fact)
    office.uow.outbox.save(changed)


def _card_menu(office: Office, row: Outgoing) -> None:
    """The last resort for 更多: the card's own keyboard, for a minute."""
    case = office.uow.cases.get(row.fact["cases"][0])
    if case is not None:
        consequences.show_menu(office, case, row.fact)


def _to_group(office: Office, row: Outgoing, home: str) -> bool:
    if row.kind != "notice" or not home or not row.loud:
        return False
    case = office.uow.cases.get(row.case_id, lock=False) if row.case_id else None
    office.uow.outbox.save(
        replace(
            row,
            chat=case.chat if case else home,
            person="",
            state=Sent.QUEUED,
            sent_at=None,
            reply_to=case.photo_message if case else "",
            thread=case.thread if case else "",
            fact={**row.fact, "to": [row.person]},
        )
    )
    return True


def gone(office: Office, row_id: int, note: str) -> None:
    """The card to edit was deleted: it is posted again."""
    row = office.uow.outbox.get(row_id)
    if row is None:
        return
    refused(office, row_id, note)
    case = office.uow.cases.get(row.case_id) if row.case_id else None
    if row.kind == "board":
        board.gone(office, row)
    elif row.kind in {"menu", "choices"}:
        office.uow.outbox.save(replace(row, state=Sent.QUEUED, fact={**row.fact, "edit": ""}))
    elif row.kind == "edit" and case is not None and case.card:
        lost = replace(case, card="")
        saving.save(office, case, lost, (), office.act(None))
        consequences.card(office, lost, again=f"after-{case.card}")


def chat_state(office: Office, chat_id: str, state: str) -> None:
    """Telegram refused a group for now: its outbox waits."""
    chat = office.uow.chats.get(chat_id)
    if chat is not None:
        watch_chats.set_state(office, chat, state)


def migrated(office: Office, old: str, new: str) -> None:
    """Telegram said that a group has a new id."""
    moved = GroupMigrated(update_id=0, old=old, new=new)
    watch_chats.migrated(office, moved)


def put_back(office: Office, step: timedelta) -> None:
    """The clock was put back: what waits comes nearer, save what waits for an hour of the day."""
    for row in office.uow.outbox.put_off(office.now):
        by_hour = row.kind == "digest" or row.fact.get("words") in MORNINGS
        if row.attempts or not by_hour:  # after a first attempt it waits for the next one
            nearer = max(office.now, row.not_before - step)
            office.uow.outbox.save(replace(row, not_before=nearer))


MORNINGS = frozenset({"calendar-missing"})
"""Of the notices, those that wait until the quiet hours are over."""


def mend_future(office: Office) -> None:
    """At a start: rows of a later time than now show that the clock was put back meanwhile."""
    made = [row.created_at for row in office.uow.outbox.put_off(office.now)]
    if made and max(made) > office.now:
        put_back(office, max(made) - office.now)


def recover(office: Office) -> int:
    """At a start: rows found as being sent may have been sent."""
    mend_future(office)
    rows = office.uow.outbox.sending()
    for row in rows:
        ambiguous(office, row.id, "the bot stopped while sending")
    return len(rows)
