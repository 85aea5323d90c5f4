"""The doctor's round: this machine, the database, Telegram; each finding is one line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.checkup import offline, ownership, records
from bot.checkup.findings import Finding, Mark
from bot.cli_texts import say
from bot.clocks import followed
from bot.config import ConfigError, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from bot.cli_texts import Language
    from bot.config import Settings


def examine(
    file: Path,
    env: Mapping[str, str],
    clock: Callable[[], datetime],
    language: Language,
    *,
    online: bool,
) -> Iterator[Finding]:
    """Everything that was looked at, in order; a wrong configuration ends it.

    Args:
        file: The configuration.
        env: The environment.
        clock: Tells the present moment, aware.
        language: That of what the findings quote.
        online: Whether Telegram is asked, too, and the clock that the city follows.
    """
    try:
        settings = load(file, env)
    except ConfigError as error:
        yield from offline.wrong(error, language)
        return
    counts = {"people": len(settings.people), "grids": len(settings.grids)}
    yield Finding(Mark.GOOD, "doctor_config", {"file": file, **counts})
    now = clock().astimezone(ZoneInfo(settings.city.timezone))
    there = _city_time(settings, now, online=online)
    if there is None and online:
        yield Finding(Mark.BAD, "no_clock", {"detail": settings.follow_clock})
    yield from offline.look(settings, there or now)
    found, inside = records.look(settings, now, there)
    yield from found
    yield from ownership.look(settings)
    yield from offline.room(settings)
    if online:
        from bot.light_aiogram import importing  # noqa: PLC0415 - aiogram takes a second

        with importing():
            from bot.checkup.online import look  # noqa: PLC0415

        chats = inside.chats if inside is not None else {}
        yield from asyncio.run(look(settings, clock, there, chats))


def _city_time(settings: Settings, now: datetime, *, online: bool) -> datetime | None:
    """By which the ages of what the city has noted are told; None: its clock cannot be asked."""
    if not settings.follow_clock:
        return now
    clock = followed(settings) if online else None
    return clock.now().astimezone(now.tzinfo) if clock else None


def doctor(  # noqa: PLR0913 - what the command is given
    file: Path,
    env: Mapping[str, str],
    clock: Callable[[], datetime],
    language: Language,
    tell: Callable[[str], None],
    *,
    online: bool,
) -> int:
    """Tell all findings, one line each; 1 if something must be mended, else 0."""
    bad = 0
    for finding in examine(file, env, clock, language, online=online):
        tell(f"{finding.mark} {say(finding.text, language, **finding.fields)}")
        bad += finding.mark is Mark.BAD
    tell(say("doctor_bad", language, count=bad) if bad else say("doctor_good", language))
    return int(bad > 0)
