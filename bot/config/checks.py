"""Checks of sense: values that are right by themselves and wrong together."""

from __future__ import annotations

import re
from datetime import time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from bot.config.address_checks import check_addresses
from bot.config.digest_checks import check_digests
from bot.config.people_checks import check_people, known_company
from bot.config.values import nearest
from bot.config.web_checks import check_web
from casework.rules import Circle
from casework.supervision import LAST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.config.reading import Report
    from bot.config.settings import Settings

Ordered = TypeVar("Ordered", int, time, timedelta)
TELEGRAM_GROUP_MOST = 20
"""Sends and edits per group and minute that Telegram bears."""
TELEGRAM_OVERALL_MOST = 30
"""Sends and edits per second that Telegram bears."""
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")


def check(settings: Settings, report: Report, *, token: bool) -> None:
    """Note everything that makes no sense; `token`: one is needed."""
    _token(settings, report, needed=token)
    check_addresses(settings, report)
    check_web(settings, report)
    _places(settings, report)
    _lists(settings, report)
    check_people(settings, report)
    check_digests(settings, report)
    _order_of_rules(settings, report)
    _reach_of_rules(settings, report)
    _pace(settings, report)
    _shifts(settings, report)


def _no_doubles(names: Iterable[tuple[int, str]], place: str, report: Report) -> None:
    """Note every name of a list that stands in it twice; `{}` in the place is the number."""
    seen: dict[str, str] = {}
    for number, name in names:
        here = place.format(number)
        if name in seen:
            report.add(here, "double", given=name, other=seen[name])
        seen.setdefault(name, here)


def _token(settings: Settings, report: Report, *, needed: bool) -> None:
    token = settings.telegram.token.reveal()
    if needed and not token and report.intact("telegram.token"):
        report.add("telegram.token", "no_token")
    elif token and not _TOKEN.fullmatch(token):
        report.add("telegram.token", "wrong_token")


def _places(settings: Settings, report: Report) -> None:
    if not settings.city.name and report.intact("city.name"):
        report.add("city.name", "missing", key="name")
    zone = settings.city.timezone
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, LookupError):
        suggestion = nearest(zone, available_timezones())
        report.add("city.timezone", "wrong_timezone", given=zone, suggestion=suggestion)


def _lists(settings: Settings, report: Report) -> None:
    for name in ("groups", "companies", "grids", "people"):
        if not getattr(settings, name) and report.intact(name):
            report.add(name, "none_given", key=name)
    groups = report.numbered("groups", settings.groups)
    _no_doubles(((n, str(one.chat)) for n, one in groups), "groups[{}].chat", report)
    kinds = {group.kind for group in settings.groups}
    if kinds == {"managers"} and report.intact("groups"):
        report.add("groups", "no_patrol_group")
    companies = tuple(report.numbered("companies", settings.companies))
    _no_doubles(((n, one.key) for n, one in companies), "companies[{}].key", report)
    _no_doubles(((n, one.name) for n, one in companies), "companies[{}].name", report)
    grids = tuple(report.numbered("grids", settings.grids))
    _no_doubles(((n, str(one.number)) for n, one in grids), "grids[{}].number", report)
    for number, grid in grids:
        known_company(grid.company, f"grids[{number}].company", settings, report)


def _order_of_rules(settings: Settings, report: Report) -> None:
    rules = settings.rules
    _ascending("rules.reminders.batches", rules.reminders.batches, report)
    _ascending("rules.limits.promise_days", rules.limits.promise_days, report)
    _ascending("rules.limits.hours_choices", rules.limits.hours_choices, report)
    for tier in ("a", "b", "c"):
        nudging, climb = getattr(rules.nudges, tier), getattr(rules.ladder, tier)
        _circles(f"rules.nudges.{tier}", nudging.points, nudging.circles, report)
        _circles(f"rules.ladder.{tier}", climb.points, climb.circles, report)
        _rungs(f"rules.supervision.{tier}", getattr(rules.supervision, tier).points, report)
    if rules.reminders.quiet_from == rules.reminders.quiet_until:
        report.add("rules.reminders.quiet_until", "same", key="quiet_from")


def _circles(
    place: str, points: tuple[int, ...], circles: tuple[Circle, ...], report: Report
) -> None:
    """Each point has its circle, and no circle is narrower than the one before."""
    _ascending(f"{place}.points", points, report)
    if points and len(points) != len(circles):
        counts = {"given": str(len(circles)), "other": str(len(points))}
        report.add(f"{place}.circles", "not_as_many", key="points", **counts)
    widths = [list(Circle).index(circle) for circle in circles]
    if widths != sorted(widths):
        report.add(f"{place}.circles", "not_ascending", given=", ".join(circles))


def _rungs(place: str, points: tuple[int, ...], report: Report) -> None:
    _ascending(f"{place}.points", points, report)
    if points and len(points) != LAST:
        counts = {"given": str(len(points)), "other": str(LAST)}
        report.add(f"{place}.points", "not_so_many", **counts)


def _ascending(place: str, given: tuple[Ordered, ...], report: Report) -> None:
    if not given:
        report.add(place, "empty")
    elif list(given) != sorted(set(given)):
        report.add(place, "not_ascending", given=", ".join(map(str, given)))


def _reach_of_rules(settings: Settings, report: Report) -> None:
    limits, opening = settings.rules.limits, settings.rules.opening
    most = max(limits.promise_days, default=0)
    if limits.promise_most < most:
        report.add(
            "rules.limits.promise_most",
            "not_above",
            given=str(limits.promise_most),
            key="promise_days",
            other=str(most),
        )
    needed = max(opening.words_before, opening.words_after)
    if opening.words_kept < needed:
        report.add(
            "rules.opening.words_kept",
            "not_above",
            given=str(opening.words_kept),
            key="words_before, words_after",
            other=str(needed),
        )


def _pace(settings: Settings, report: Report) -> None:
    pace = settings.rules.pace
    if pace.group_reserve >= pace.group_most:
        report.add(
            "rules.pace.group_reserve",
            "not_below",
            given=str(pace.group_reserve),
            key="group_most",
            other=str(pace.group_most),
        )
    for name, given, most in (
        ("group_most", pace.group_most, TELEGRAM_GROUP_MOST),
        ("overall_most", pace.overall_most, TELEGRAM_OVERALL_MOST),
    ):
        if given > most:
            report.add(f"rules.pace.{name}", "too_large", given=str(given), most=str(most))


def _shifts(settings: Settings, report: Report) -> None:
    place, shifts = "rules.work.shifts", settings.rules.work.shifts
    if not shifts:
        report.add(place, "empty")
    for one in shifts:
        if one.end <= one.start:
            report.add(place, "empty_shift", given=one.text)
    for before, after in pairwise(shifts):
        if after.start < before.end:
            report.add(place, "shifts_overlap", given=after.text, other=before.text)
