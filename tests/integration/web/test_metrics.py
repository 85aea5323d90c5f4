"""`/metrics` as Prometheus reads it, of a town in which something has happened."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.config.settings import Web
from tests.acceptance.city import CAPTION, SMALL, city
from web.addresses import Address
from web.door import Plan, opened
from web.health import Limits
from web.pulse import Pulse

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Settings

PERSONAL = ("officer", "王建国", "金城路", "XC-", "4000001", "SIMULATOR")


def figures(page: str) -> dict[str, float]:
    """Every line of the page with its figure."""
    lines = re.findall(r"^(\w+(?:\{[^}]*\})?) (\S+)$", page, re.MULTILINE)
    return {name: float(value) for name, value in lines}


def address(caplog: pytest.LogCaptureFixture) -> str:
    """Where the bot listens, as its log says."""
    (line,) = [record for record in caplog.records if record.message == "listening"]
    return f"http://{vars(line)['address']}"


@pytest.mark.both_databases
async def test_the_metrics_count_what_happened_and_name_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Updates, commits, answers, what waits, cases by state; on a port of their own."""
    caplog.set_level("INFO")

    def change(settings: Settings) -> Settings:
        looking = replace(settings, watch=replace(settings.watch, audit_seconds=20))
        return replace(looking, web=Web(metrics="127.0.0.1:0"))

    async with city(tmp_path, change=change, sockets=True) as town:
        await town.photo("officer01", CAPTION)
        await town.advance(seconds=20)
        card = await town.card(await town.photo("officer02", SMALL))
        await town.press("repairer01", card["message_id"], "接单")
        async with town.session.get(address(caplog) + "/metrics") as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"].startswith("text/plain; version=")
            page = await answer.text()
        async with town.session.get(address(caplog) + "/healthz") as answer:
            assert answer.status == 404
    found = figures(page)
    assert found["xunchaqun_updates_total"] >= found["xunchaqun_batches_total"] >= 1
    assert found["xunchaqun_updates_total"] >= 3
    assert found["xunchaqun_commits_total"] > 3
    assert found['xunchaqun_answers_total{status="200"}'] > 5
    assert found['xunchaqun_cases_open{state="waiting"}'] == 1
    assert found['xunchaqun_cases_open{state="taken"}'] == 1
    assert found["xunchaqun_cases_overdue"] == 0
    assert found["xunchaqun_cases_opened_total"] == 2
    assert found["xunchaqun_cases_closed_total"] == 0
    assert found['xunchaqun_told_total{method="sendMessage"}'] >= 2
    assert found['xunchaqun_told_total{method="setMessageReaction"}'] >= 2
    assert not [name for name in found if "getUpdates" in name]
    assert found["xunchaqun_photos_waiting"] == found["xunchaqun_outbox_sending"] == 0
    assert found["xunchaqun_dues_late_seconds"] == found["xunchaqun_quarantine_waiting"] == 0
    assert found["xunchaqun_well"] == found["xunchaqun_database_readable"] == 1
    assert found["xunchaqun_audit_ok"] == 1
    assert found["xunchaqun_audit_timestamp_seconds"] > 0
    assert found["xunchaqun_audit_repairs_total"] == 0
    assert found["process_resident_memory_bytes"] > 0
    assert not [word for word in PERSONAL if word in page]


async def test_metrics_are_answered_early_and_without_a_database() -> None:
    """What is wrong then stands there, too."""
    pulse = Pulse(time.monotonic, Limits())
    plan = Plan(metrics=Address("127.0.0.1", 0))
    async with opened(plan, pulse) as opening, aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{opening.metrics_port}/metrics"
        async with session.get(url) as answer:
            found = figures(await answer.text())
    assert found["xunchaqun_well"] == found["xunchaqun_database_readable"] == 0
    assert found['xunchaqun_complaint{what="starting"}'] == 1
    assert "xunchaqun_cases_overdue" not in found
