"""The tables that `make bench` prints, in Markdown, each with what was wanted of it."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.drain import Drain
    from benchmarks.images import Refusal
    from benchmarks.latency import Latency
    from benchmarks.million import Measured

FLOOR_RATIO, IDIOMATIC_RATIO = 0.75, 10.0
P99_MS = 25.0
MEMORY_MIB = 60
FLAT = 0.05
"""How much of its size at half of the way the memory may grow in the second half."""
DRAIN_RATIO = 1.1
IMAGE_MS, IMAGE_MIB = 150.0, 256.0
GROWN_RATIO = 1.3
"""Of the opening of a case in a full database to that in an empty one."""


class Round(NamedTuple):
    """Updates a second of each contender, measured one after the other."""

    product: float
    raw: float
    bare: float
    aiogram_orm: float
    telegram_orm: float


def _wanted(words: str, *, reached: bool) -> None:
    print(f"\nWanted: {words}: {'reached' if reached else 'MISSED'}.\n")


def intake(rounds: Sequence[Round], batch: int) -> None:
    """The contenders of the intake."""
    rates = [median(column) for column in zip(*rounds, strict=True)]
    ratios = [median(one.product / one[at] for one in rounds) for at in range(len(rates))]
    names = (
        f"this product, {batch} updates a batch",
        "(a) raw sqlite3, the same rows, one commit each",
        "(b) aiogram's dispatcher, an empty handler",
        "(c) aiogram, an async ORM session for each update",
        "(d) python-telegram-bot, an async ORM session for each update",
    )
    print("| intake: photo update → committed case and queued card | updates/s | ours ÷ theirs |")
    print("|---|---|---|")
    for name, rate, ratio in zip(names, rates, ratios, strict=True):
        print(f"| {name} | {rate:,.0f} | {ratio:.2f} |")
    reached = ratios[1] >= FLOOR_RATIO and min(ratios[3:]) >= IDIOMATIC_RATIO
    words = f"≥ {FLOOR_RATIO} of (a), ≥ {IDIOMATIC_RATIO:.0f} × (c) and (d)"
    _wanted(words, reached=reached)


def in_flight(told: Sequence[tuple[int, Latency]], floor: Latency) -> None:
    """From arrival to commit, and the floor of the last."""
    print("| update → commit, through the webhook's queue | median | 99 of 100 within |")
    print("|---|---|---|")
    for count, one in told:
        print(f"| {count} in flight | {one.median:.1f} ms | {one.p99:.1f} ms |")
    count, most = told[-1]
    name = f"the floor: {count} through an empty dispatcher, and their rows in one transaction"
    print(f"| {name} | {floor.median:.1f} ms | {floor.p99:.1f} ms |")
    ratio = most.median / floor.median
    print(f"\nAt {count} in flight the median is {ratio:.1f} times that of this floor.")
    _wanted(f"≤ {P99_MS:.0f} ms at {told[-1][0]} in flight", reached=told[-1][1].p99 <= P99_MS)


def start(told: dict[str, float], count: int) -> None:
    """A fresh process."""
    print("| a fresh process | |")
    print("|---|---|")
    print(f"| start → imports done | {told['imported']:.2f} s |")
    print(f"| start → first update committed | {told['committed']:.2f} s |")
    grown = told["grown"] / 2**20
    print(f"| memory above the imports, after {count:,} updates | {grown:.1f} MiB |")
    _wanted(f"≤ {MEMORY_MIB} MiB", reached=grown <= MEMORY_MIB)


def backlog(told: dict[str, Any], cases: int) -> None:
    """A long backlog."""
    half, end = (told["memory"][at] / 2**20 for at in (4, -1))
    print("| a backlog in a fresh process | |")
    print("|---|---|")
    print(f"| updates, of {cases:,} cases | {told['updates']:,} |")
    print(f"| absorbed in | {told['seconds']:.1f} s |")
    print(f"| messages and edits left to send | {told['left']:,} |")
    print(f"| memory above the imports, half-way | {half:.1f} MiB |")
    print(f"| memory above the imports, at the end | {end:.1f} MiB |")
    reached = told["left"] <= cases and end <= MEMORY_MIB and end <= half * (1 + FLAT)
    words = f"one message for each case at most, ≤ {MEMORY_MIB} MiB, flat in the second half"
    _wanted(words, reached=reached)


def drained(groups: int, one: Drain) -> None:
    """The courier against the limits."""
    ratio = one.seconds / one.bound
    print("| a full outbox against a simulator that enforces the limits | |")
    print("|---|---|")
    print(f"| groups, messages | {groups:,}, {one.messages:,} |")
    print(f"| sent within (simulated time) | {one.seconds:.1f} s |")
    print(f"| shortest time that the limits allow | {one.bound:.0f} s |")
    print(f"| ratio | {ratio:.2f} |")
    print(f"| answers 429 | {one.refused} |")
    reached = ratio <= DRAIN_RATIO and not one.refused
    _wanted(f"≤ {DRAIN_RATIO} × the shortest time, no 429", reached=reached)


def refused(told: Sequence[Refusal]) -> None:
    """What became of hostile images."""
    print("| a hostile image | what became of it | after | most memory of its process |")
    print("|---|---|---|---|")
    for one in told:
        memory = f"{one.mebibytes:.0f} MiB" if one.mebibytes else "not known"
        print(f"| {one.name} | {one.outcome} | {one.milliseconds:.1f} ms | {memory} |")
    slowest, largest = (max(column) for column in zip(*(one[2:] for one in told), strict=True))
    reached = slowest <= IMAGE_MS and largest <= IMAGE_MIB
    _wanted(f"each ≤ {IMAGE_MS:.0f} ms and ≤ {IMAGE_MIB:.0f} MiB", reached=reached)


def years(one: Measured) -> None:
    """A database after years."""
    title = f"{one.cases:,} cases in SQLite, through the product's data layer"
    print(f"| {title} | median | 95 of 100 |")
    print("|---|---|---|")
    spans = one.spans | {"open a case, in an empty database": one.empty}
    for name, span in spans.items():
        print(f"| {name} | {span.median:.2f} ms | {span.p95:.2f} ms |")
    ratio = next(iter(one.spans.values())).median / one.empty.median
    words = f"to open a case ≤ {GROWN_RATIO} × that in an empty database ({ratio:.2f})"
    _wanted(words, reached=ratio <= GROWN_RATIO)
