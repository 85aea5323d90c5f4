"""Planted bugs of what watches over the city: outages, rivals, the auditor, whose city it is."""

from __future__ import annotations

from typing import Final

from tests.mutants.mutant import STORAGE, Mutant

PATIENCE: Final = "tests/unit/bot/test_patience.py"
RIVALRY: Final = "tests/unit/bot/test_rivalry.py"
POLLERS: Final = "tests/acceptance/test_two_pollers.py"
ASTRAY: Final = "tests/unit/usecases/test_astray.py"
COURSE: Final = "tests/unit/usecases/test_course.py"
DAMAGE: Final = "tests/acceptance/test_self_watch.py"
DOCTOR: Final = "tests/unit/bot/test_doctor.py"

WATCH: Final = (
    Mutant(
        "end with a database that fails for a moment",
        "bot/patience.py",
        "        except PASSING as error:\n            if not self._waiting:",
        "        except PASSING as error:\n            raise\n            if not self._waiting:",
        (PATIENCE,),
    ),
    Mutant(
        "wait for ever for a database that does not come back",
        "bot/patience.py",
        "isinstance(error, DatabaseDamagedError) or loop.time() - begun > GIVE_UP",
        "isinstance(error, DatabaseDamagedError)",
        (f"{PATIENCE}::test_a_trouble_that_does_not_pass_is_raised", PATIENCE),
    ),
    Mutant(
        "take an update patiently while Telegram waits",
        "bot/receiver.py",
        "return self.desk.through(self.writer.run)",
        "return self.desk",
        ("tests/integration/bot/test_receiver.py", "tests/acceptance/test_outages.py"),
    ),
    Mutant(
        "let the older of two pollers leave",
        "bot/rivalry.py",
        "return self._peace < SETTLED and now - self._begun >= self._peace",
        "return self._peace < SETTLED and now - self._begun <= self._peace",
        (RIVALRY,),
    ),
    Mutant(
        "take another program's webhook away",
        "bot/signpost.py",
        "if not (self._polled or self.drops or await self._is_ours(url)):",
        "if not url:",
        (POLLERS,),
    ),
    Mutant(
        "any bot may serve the city",
        "usecases/whose_bot.py",
        "        raise OtherBotError(str(before))\n",
        "        uow.marks.put(Mark(name=BOT, at=now, value=bot))\n",
        ("tests/acceptance/test_other_bot.py",),
    ),
    Mutant(
        "a city that is read with another bot's token looks well",
        "bot/checkup/records.py",
        "if bot is not None and bot.value != number_of(settings):",
        "if bot is not None and not bot.value:",
        (DOCTOR,),
    ),
    Mutant(
        "no look at the pages of a file",
        "bot/checkup/records.py",
        "if not is_sqlite(settings.database_url):",
        "if settings.database_url:",
        (DOCTOR,),
    ),
    Mutant(
        "a reminder that was moved away goes unseen",
        "usecases/auditing/due_checks.py",
        "return row.at > soon and row.at != entry.at",
        "return False",
        (ASTRAY,),
    ),
    Mutant(
        "a reminder that was settled before its time goes unseen",
        "usecases/auditing/due_checks.py",
        "return early and view.reached is not None and row.at > view.reached + AHEAD",
        "return False",
        (ASTRAY,),
    ),
    Mutant(
        "a digest that was moved away goes unseen",
        "usecases/daily.py",
        "first.at <= _coming(uow, timetable, kind, now)",
        "True",
        (DAMAGE,),
    ),
    Mutant(
        "a digest waits for a time that the office has moved",
        "usecases/daily.py",
        "first is None or not _stands(timetable, first)",
        "first is None",
        ("tests/acceptance/test_times_moved.py",),
    ),
    Mutant(
        "a digest begins where the timetable of today had its last one",
        "usecases/digest_facts.py",
        "max(before, default=None) or",
        "",
        ("tests/acceptance/test_times_moved.py",),
    ),
    Mutant(
        "case columns that contradict the history go unseen",
        "usecases/auditing/course.py",
        "if right and getattr(case, name) not in right]",
        "if right and getattr(case, name) in right]",
        (COURSE,),
    ),
    Mutant(
        "photos that are gone from the database go unseen",
        "usecases/auditing/photo_checks.py",
        "if not case.cures and counted > there.get(case.id, 0):",
        "if not case.cures and counted < there.get(case.id, 0):",
        (DAMAGE,),
    ),
    Mutant(
        "photos that no reply leads to go unseen",
        "usecases/auditing/photo_checks.py",
        "    for photo in scene.inspection.unlinked(scene.cases):\n",
        "    for photo in list(scene.inspection.unlinked(scene.cases))[:0]:\n",
        (DAMAGE,),
    ),
    Mutant(
        "the key of a fact of a new case is taken from another",
        "storage/shelves/outbox.py",
        'conflict="skip")',
        'conflict="")',
        (f"{STORAGE}/test_outbox.py",),
    ),
    Mutant(
        "a start that hears no signal",
        "bot/signals.py",
        "            self._starting.cancel()\n",
        "            self._starting.get_name()\n",
        ("tests/acceptance/test_command_line.py::test_a_start_that_hangs_is_given_up_at_a_signal",),
    ),
)
