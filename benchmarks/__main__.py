"""`python -m benchmarks`: the product against floors and peers, side by side in one run."""

from __future__ import annotations

import argparse
import asyncio
import json
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import drain, idiomatic, images, latency, million, tables
from benchmarks.contenders import bare_dispatcher, product_intake, raw_intake, rows_of_cases
from benchmarks.updates import BATCH, photo_updates
from bot import collector

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.updates import RawUpdate

ROUNDS, UPDATES = 5, 1000
IDIOMATIC = 200
"""Updates of the slow contenders in a round."""
FLIGHTS = (1, 50)
GROUPS = 1000
YEARS = 1_000_000
AFTER = 5000
"""Updates after which the memory of a fresh process is looked at."""
CASES, TALK = 20_000, 0
"""The backlog: five updates a case, and further ones that say nothing to the bot."""


def one_round(updates: list[RawUpdate]) -> tables.Round:
    """All contenders, on fresh databases."""
    count = len(updates)
    with tempfile.TemporaryDirectory("-bench") as folder:
        ours, raw, peers = (Path(folder, name) for name in ("ours", "raw", "peers"))
        for place in (ours, raw, peers):
            place.mkdir()
        product = asyncio.run(product_intake(ours, updates))
        rows = rows_of_cases(ours)
        assert len(rows) == count, f"{len(rows)} of {count} photos opened a case"
        floor = raw_intake(raw, rows)
        bare = asyncio.run(bare_dispatcher(updates))
        few = min(count, IDIOMATIC)
        slow = idiomatic.measured(peers, updates[:few])
    return tables.Round(count / product, count / floor, count / bare, *(few / s for s in slow))


def _in_process(module: str, *words: object) -> dict[str, Any]:
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, words)]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own program
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _intake(options: argparse.Namespace) -> None:
    updates = photo_updates(options.updates)
    tables.intake([one_round(updates) for _ in range(options.rounds)], BATCH)


def _latency(options: argparse.Namespace) -> None:
    told = []
    updates = photo_updates(latency.WARM + options.updates * 2)
    with tempfile.TemporaryDirectory("-bench") as folder:
        places = [Path(folder, str(count)) for count in FLIGHTS]
        bottom = Path(folder, "floor")
        for place in (*places, bottom):
            place.mkdir()
        for place, count in zip(places, FLIGHTS, strict=True):
            told.append((count, asyncio.run(latency.latency(place, updates, count))))
        rows = rows_of_cases(places[-1])
        floor = asyncio.run(latency.floor(bottom, updates, rows, FLIGHTS[-1]))
    tables.in_flight(told, floor)


def _start(options: argparse.Namespace) -> None:
    tables.start(_in_process("start", time.monotonic(), options.after), options.after)


def _backlog(options: argparse.Namespace) -> None:
    told = _in_process("backlog", options.cases, options.talk)
    tables.backlog(told, options.cases)


def _drain(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory("-bench") as folder:
        tables.drained(options.groups, drain.measured(Path(folder), options.groups))


def _years(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory("-bench") as folder:
        full, empty = Path(folder, "full"), Path(folder, "empty")
        tables.years(million.measured(full, empty, options.years))


def _images(_options: argparse.Namespace) -> None:
    tables.refused(images.measured())


PARTS: dict[str, Callable[[argparse.Namespace], None]] = {
    "intake": _intake,
    "latency": _latency,
    "start": _start,
    "backlog": _backlog,
    "drain": _drain,
    "images": _images,
    "years": _years,
}


def show_machine(rounds: int, updates: int) -> None:
    """What it was measured with."""
    parts = (
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        *(f"{name} {metadata.version(name)}" for name in ("aiogram", "python-telegram-bot")),
        f"SQLAlchemy {metadata.version('sqlalchemy')}",
        f"{rounds} interleaved rounds of {updates:,} updates, medians",
    )
    print(", ".join(parts) + ".\n")


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    for name, default, what in (
        ("rounds", ROUNDS, "interleaved rounds"),
        ("updates", UPDATES, "updates in a round"),
        ("after", AFTER, "updates before the memory of a fresh process is read"),
        ("cases", CASES, "cases of the backlog, five updates each"),
        ("talk", TALK, "further updates of the backlog that say nothing to the bot"),
        ("groups", GROUPS, "groups of the full outbox"),
        ("years", YEARS, "cases of the old database"),
    ):
        parser.add_argument(f"--{name}", type=int, default=default, help=f"{what} ({default:,})")
    options = parser.parse_args(words)
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"unknown part {unknown[0]}; there are {', '.join(PARTS)}")
    return options


def main(words: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _options(words)
    collector.settle()
    show_machine(options.rounds, options.updates)
    for part in options.parts or PARTS:
        sys.stderr.write(f"measuring: {part} …\n")
        PARTS[part](options)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
