"""Checks of the addresses of a configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config.addresses import (
    DATABASES,
    PROXIES,
    WEB,
    fault_of,
    options,
    unknown_options,
    wrong_option,
)
from bot.config.values import nearest

if TYPE_CHECKING:
    from bot.config.reading import Report
    from bot.config.settings import Settings


def check_addresses(settings: Settings, report: Report) -> None:
    """Note every address that is none; of what is wrong with it nothing secret is told."""
    telegram, url = settings.telegram, settings.database.url.reveal()
    for place, given, schemes, example in (
        ("telegram.api_base", telegram.api_base, WEB, "https://api.telegram.org"),
        ("telegram.proxy", telegram.proxy or None, PROXIES, "socks5://127.0.0.1:1080"),
        ("follow_clock", settings.follow_clock or None, WEB, "http://127.0.0.1:8765"),
        ("database.url", url or None, DATABASES, "postgresql://user:password@host/xunchaqun"),
    ):
        fault = "" if given is None else fault_of(given, schemes)
        if fault:
            report.add(place, fault, example=example)
        elif place == "database.url" and given:
            _check_options(given, report)


def _check_options(database: str, report: Report) -> None:
    place = "database.url"
    for name in unknown_options(database):
        report.add(place, "unknown_option", given=name, suggestion=nearest(name, options()))
    said = wrong_option(database)
    if said:
        report.add(place, "wrong_option", given=said)
