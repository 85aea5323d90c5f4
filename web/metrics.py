"""`/metrics` for Prometheus: counts, ages and lengths; no name, no text, no number of a case."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from importlib import metadata
from typing import TYPE_CHECKING, Protocol

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from prometheus_client import Metric

    from usecases.auditing.result import AuditResult
    from usecases.gauges import Gauges, Waiting
    from web.pulse import Pulse
    from web.totals import Totals

    Values = float | Mapping[str, int] | Mapping[int, int]
    """One figure, or one for each label."""

PAGE = "/metrics"
WITHIN = 5.0
"""Seconds that the database has for its counts; without them the page goes on."""
MEGABYTE = 10**6


class Counts(Protocol):
    """Who counts what the database holds."""

    async def gauges(self) -> Gauges | None:
        """The counts of now; nothing if the database cannot be read."""
        ...

    @property
    def commits(self) -> int:
        """Transactions committed since the start."""
        ...


@dataclass(kw_only=True, slots=True)
class Meter:
    """What the page reads; `counts` is missing until the product is ready."""

    pulse: Pulse
    totals: Totals | None = None
    counts: Counts | None = None


def metrics_page(meter: Meter) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The page that Prometheus reads."""

    async def show(_request: web.Request) -> web.Response:
        gauges = await _counted(meter.counts)
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        registry.register(_Snapshot(meter, gauges))
        # Counters of what is read from /proc: a few dozen lines, a millisecond.
        page = generate_latest(registry)
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return show


async def _counted(counts: Counts | None) -> Gauges | None:
    if counts is None:
        return None
    try:
        async with asyncio.timeout(WITHIN):
            return await counts.gauges()
    except TimeoutError:
        return None


class _Snapshot(Collector):
    """Everything, as it stands when the page is asked for."""

    def __init__(self, meter: Meter, gauges: Gauges | None) -> None:
        self._meter = meter
        self._gauges = gauges

    @override
    def collect(self) -> Iterator[Metric]:
        yield _gauge("info", "The version that runs.", {_version(): 1}, "version")
        yield from _health(self._meter.pulse)
        if self._meter.totals is not None:
            yield from _totals(self._meter.totals)
        if self._meter.counts is not None:
            yield _counter("commits", "Transactions committed.", self._meter.counts.commits)
        readable = self._gauges is not None
        yield _gauge("database_readable", "Whether the database was read just now.", readable)
        if self._gauges is not None:
            yield from _waiting(self._gauges)
            yield from _city(self._gauges)


def _health(pulse: Pulse) -> Iterator[Metric]:
    reasons, signs = pulse.reasons(), pulse.signs()
    yield _gauge("well", "Whether /healthz says 200.", not reasons)
    ill = {reason.what.value: 1 for reason in reasons}
    yield _gauge("complaint", "What is wrong, one line each.", ill, "what")
    heard, wrote = signs.heard.total_seconds(), signs.wrote.total_seconds()
    yield _gauge("heard_seconds", "Since updates were last known to come.", heard)
    yield _gauge("wrote_seconds", "Since the writer last committed.", wrote)
    if signs.clock_off is not None:
        off = signs.clock_off.total_seconds()
        yield _gauge("clock_off_seconds", "The clock, ahead of Telegram's.", off)
    if signs.disk_mb is not None:
        free = signs.disk_mb * MEGABYTE
        yield _gauge("disk_free_bytes", "Free in the data folder.", free)


def _totals(totals: Totals) -> Iterator[Metric]:
    yield _counter("updates", "Updates taken in and committed.", totals.updates)
    yield _counter("batches", "Transactions in which they were.", totals.batches)
    yield _counter("quarantines", "Updates that failed and were put aside.", totals.quarantined)
    answers = "Answers of Telegram, by HTTP status."
    yield _counter("answers", answers, totals.answers, "status")
    told = "Messages sent, changed, pinned or reacted to, by method."
    yield _counter("told", told, totals.told, "method")
    if totals.audit is not None:
        yield from _audit(totals.audit)


def _audit(audit: AuditResult) -> Iterator[Metric]:
    yield _gauge("audit_ok", "Whether the auditor found nothing that stays wrong.", audit.ok)
    at = audit.at.timestamp()
    yield _gauge("audit_timestamp_seconds", "When the auditor looked last, Unix time.", at)
    yield _counter("audit_repairs", "Findings that the auditor put right.", audit.repaired)


def _waiting(gauges: Gauges) -> Iterator[Metric]:
    for name, what, waiting in (
        ("outbox_queued", "Outbox rows that wait", gauges.queued),
        ("dues_late", "Due rows whose time has come", gauges.late),
        ("photos_waiting", "Photos to be fetched", gauges.photos),
    ):
        yield _gauge(name, f"{what}.", waiting.count)
        late = f"{what}: how late the first of them is."
        yield _gauge(f"{name}_seconds", late, _lateness(gauges, waiting))
    yield _gauge("outbox_sending", "Calls under way.", gauges.sending)
    yield _gauge("quarantine_waiting", "Updates in quarantine.", gauges.quarantined)


def _city(gauges: Gauges) -> Iterator[Metric]:
    yield _gauge("cases_open", "Open cases by state.", gauges.cases, "state")
    yield _gauge("cases_overdue", "Open cases past their limit.", gauges.overdue)
    yield _counter("cases_opened", "Cases ever opened.", gauges.opened)
    yield _counter("cases_closed", "Cases closed, once it cannot be undone.", gauges.closed)
    found = "What the auditor found and is not right yet."
    yield _gauge("findings", found, gauges.findings, "kind")


def _lateness(gauges: Gauges, waiting: Waiting) -> float:
    if waiting.since is None:
        return 0.0
    return max(timedelta(0), gauges.at - waiting.since).total_seconds()


def _gauge(name: str, what: str, values: Values, label: str = "") -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"xunchaqun_{name}", what, labels=[label] if label else [])
    _fill(family, values)
    return family


def _counter(name: str, what: str, values: Values, label: str = "") -> CounterMetricFamily:
    family = CounterMetricFamily(f"xunchaqun_{name}", what, labels=[label] if label else [])
    _fill(family, values)
    return family


def _fill(family: GaugeMetricFamily | CounterMetricFamily, values: Values) -> None:
    if isinstance(values, (int, float)):
        family.add_metric([], values)
        return
    for label, value in values.items():
        family.add_metric([str(label)], value)


def _version() -> str:
    try:
        return metadata.version("xunchaqun")
    except metadata.PackageNotFoundError:
        return ""
