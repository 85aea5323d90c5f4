"""The planted bugs: small changes of the source that some test must notice.

Each replaces a text that stands once in its file; the tests named beside it should catch it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FAULT: Final = "tests/harness/faults/test_faults.py::test_a_fault_loses_nothing_and_doubles_nothing"
STORAGE: Final = "tests/integration/storage"
CASEWORK: Final = "tests/unit/casework"
DELIVERY: Final = "tests/unit/delivery"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One planted bug."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    """Where it is looked for, in this order; the first failure ends the search."""


MUTANTS: Final = (
    Mutant(
        "skip the commit",
        "storage/transactions.py",
        "self._root.commit()",
        "self._root.rollback()",
        (f"{STORAGE}/test_unit.py",),
    ),
    Mutant(
        "confirm early",
        "bot/poller.py",
        "            replies = await self.receiver.take_in(updates)\n",
        '            self._offset = max(int(raw["update_id"]) for raw in updates) + 1\n'
        "            replies = await self.receiver.take_in(updates)\n",
        ("tests/integration/bot", f"{FAULT}[F30]"),
    ),
    Mutant(
        "drop the dedupe by update id",
        "storage/unit.py",
        "            return False\n        self._seen[update_id]",
        "            return True\n        self._seen[update_id]",
        (f"{STORAGE}/test_unit.py", "tests/integration/bot"),
    ),
    Mutant(
        "drop the dedupe of told facts",
        "storage/shelves/outbox.py",
        "if row.key in self._new or self._hand.one(BY_KEY, row.key) is not None:",
        "if row.key in self._new:",
        (f"{STORAGE}/test_outbox.py",),
    ),
    Mutant(
        "drop the dedupe of due rows",
        "storage/shelves/dues.py",
        "if row.key in self._new or self._hand.one(BY_KEY, row.key) is not None:",
        "if row.key in self._new:",
        (f"{STORAGE}/test_dues.py",),
    ),
    Mutant(
        "swap two sends",
        "storage/shelves/outbox.py",
        "statement.order_by(C.priority, C.id).limit(limit)",
        "statement.order_by(C.priority, C.id.desc()).limit(limit)",
        (f"{STORAGE}/test_outbox.py",),
    ),
    Mutant(
        "let a lane overtake itself",
        "storage/shelves/outbox.py",
        "earlier.c.lane == C.lane, earlier.c.id < C.id",
        "earlier.c.lane == C.lane, earlier.c.id < 0",
        (f"{STORAGE}/test_outbox.py",),
    ),
    Mutant(
        "ignore retry_after",
        "delivery/marks.py",
        "                self._pace.pause(row.chat, now, outcome.rest)\n",
        "",
        (DELIVERY,),
    ),
    Mutant(
        "send again at once after a failure",
        "delivery/retry.py",
        "return min(timedelta(seconds=2**doublings), SEND_MOST)",
        "return min(timedelta(seconds=0 * doublings), SEND_MOST)",
        (DELIVERY,),
    ),
    Mutant(
        "send without the mark before",
        "usecases/courier_desk.py",
        "row, state=Sent.SENDING, attempts=row.attempts + 1",
        "row, state=Sent.QUEUED, attempts=row.attempts + 1",
        (f"{FAULT}[F12]", f"{FAULT}[F23]"),
    ),
    Mutant(
        "forget what was being sent at the end",
        "usecases/courier_desk.py",
        "    rows = office.uow.outbox.sending()\n",
        "    rows = office.uow.outbox.sending()[:0]\n",
        (f"{FAULT}[F23]", f"{FAULT}[F24]", "tests/harness/faults"),
    ),
    Mutant(
        "drop a card that may have been sent",
        "usecases/courier_desk.py",
        'RESENT = frozenset({"card", "sheet",',
        'RESENT = frozenset({"sheet",',
        (f"{FAULT}[F11]", f"{FAULT}[F13]", "tests/acceptance/test_faults.py"),
    ),
    Mutant(
        "say every nudge twice when in doubt",
        "usecases/courier_desk.py",
        "return any(reasons.point_of(item[1]) >= LIMIT",
        "return any(reasons.point_of(item[1]) >= 0",
        ("tests/acceptance/test_faults.py",),
    ),
    Mutant(
        "hold edits for as long as the clock was put back",
        "usecases/courier_desk.py",
        "if last is not None and last <= office.now < last",
        "if last is not None and office.now < last",
        ("tests/harness/faults/test_faults.py::test_a_clock_that_was_put_back_holds_no_edit_up",),
    ),
    Mutant(
        "leave a torn card torn",
        "usecases/courier_desk.py",
        '    elif row.kind == "edit" and case is not None and case.card:\n',
        '    elif row.kind == "edit" and case is not None and not case.card:\n',
        (f"{FAULT}[F18]", "tests/acceptance/test_card.py"),
    ),
    Mutant(
        "forget a due row",
        "usecases/fall_due.py",
        "    for row in rows:\n        try:",
        "    for row in rows[1:] or rows:\n        try:",
        ("tests/acceptance/test_reminders.py", "tests/acceptance/test_ladder.py"),
    ),
    Mutant(
        "lose the cancel of what no longer falls due",
        "storage/shelves/dues.py",
        "return row if row.state == CANCELLED else replace(row, state=CANCELLED)",
        "return row",
        (f"{STORAGE}/test_dues.py",),
    ),
    Mutant(
        "let anybody claim",
        "casework/permissions.py",
        "CLAIMERS: Who = frozenset({Relation.PAIRED, Relation.STANDBY, Relation.MANAGER})",
        "CLAIMERS: Who = frozenset(Relation)",
        (CASEWORK,),
    ),
    Mutant(
        "let one person turn two keys",
        "casework/checking.py",
        "    if other == actor:\n        raise refusals.OnePersonTwoKeys\n",
        "",
        (CASEWORK, "tests/acceptance/test_refusals.py"),
    ),
    Mutant(
        "take a key of an earlier round",
        "casework/checking.py",
        "    _same_round(case, command.round)\n    patrol = ",
        "    patrol = ",
        (CASEWORK, "tests/acceptance/test_rework.py"),
    ),
    Mutant(
        "close with one key",
        "casework/checking.py",
        "    if not other:\n        return changed, happened\n",
        "",
        (CASEWORK, f"{FAULT}[F1]"),
    ),
    Mutant(
        "21 calls a minute instead of 18",
        "casework/rules.py",
        "group_most: int = 18",
        "group_most: int = 21",
        (DELIVERY, "tests/unit/bot/test_config_loading.py", "tests/acceptance/test_pace.py"),
    ),
    Mutant(
        "count the minute of the pace short",
        "delivery/meters.py",
        "self._stamps[0] + self._span <= now",
        "self._stamps[0] + self._span / 2 <= now",
        (DELIVERY,),
    ),
    Mutant(
        "a day too much in every limit",
        "casework/worktime.py",
        "self._day(start) + span.amount * ONE_DAY",
        "self._day(start) + (span.amount + 1) * ONE_DAY",
        (CASEWORK,),
    ),
    Mutant(
        "daylight saving wrong",
        "scheduler/timetable.py",
        "if found > moment and not local.fold and self._counts",
        "if found > moment and self._counts",
        ("tests/unit/scheduler",),
    ),
    Mutant(
        "ignore the quiet hours",
        "casework/deadlines.py",
        "    if not is_quiet(moment, town):\n        return moment\n",
        "    if moment.tzinfo is not None:\n        return moment\n",
        (CASEWORK,),
    ),
    Mutant(
        "nudge as often as you like",
        "casework/nudging.py",
        "if due > begin and all(abs(at - other) >= gap for _, other in kept):",
        "if due > begin:",
        (CASEWORK,),
    ),
    Mutant(
        "history that is no chain",
        "usecases/chain.py",
        "        previous=case.history_hash,\n        hash=_hash(case.history_hash,",
        '        previous="",\n        hash=_hash("",',
        (f"{FAULT}[F1]",),
    ),
    Mutant(
        "undo that forgets the extensions",
        "usecases/rewind.py",
        "        extensions=_extended(repair),\n",
        "",
        ("tests/unit/usecases",),
    ),
    Mutant(
        "words that are HTML",
        "messages/safe.py",
        "Html(html.escape(text))",
        "Html(text)",
        ("tests/unit/messages",),
    ),
    Mutant(
        "phone numbers in the group",
        "messages/phones.py",
        "text = text[: found.start()] + MARK + text[found.end() :]",
        "text = text[: found.start()] + found[0] + text[found.end() :]",
        ("tests/unit/messages",),
    ),
    Mutant(
        "take questions for answers",
        "casework/reading.py",
        "        if self._asks.search(folded) or self._denying.search(folded):\n"
        "            return False\n"
        '        if "1"',
        '        if self._denying.search(folded):\n            return False\n        if "1"',
        (CASEWORK,),
    ),
    Mutant(
        "the token in the log",
        "bot/logs.py",
        "record.msg = self._mask(_message(record))",
        "record.msg = _message(record)",
        ("tests/unit/bot/test_logs.py",),
    ),
    Mutant(
        "durability left to luck",
        "storage/engines.py",
        '"PRAGMA synchronous=FULL"',
        '"PRAGMA synchronous=OFF"',
        (STORAGE, "tests/harness"),
    ),
    Mutant(
        "give a file up at the first failure",
        "delivery/retry.py",
        "DOUBTFUL_MOST = 3",
        "DOUBTFUL_MOST = 1",
        (DELIVERY,),
    ),
    Mutant(
        "answer the webhook early",
        "bot/webhook.py",
        "        return await asyncio.shield(delivery.done)\n",
        "        return True\n",
        ("tests/unit/bot", "tests/integration/bot"),
    ),
    Mutant(
        "leave the queue behind when the group moves",
        "storage/shelves/people.py",
        '    _move(tables.outbox, text(one_of("state", Sent)), lane=lane_in(NEW)),\n',
        "",
        (STORAGE, f"{FAULT}[F17]"),
    ),
    Mutant(
        "break a whole batch for one update",
        "bot/receiver.py",
        "return [reply for raw in updates for reply in await self._single(raw)]",
        "return []",
        ("tests/integration/bot",),
    ),
)
