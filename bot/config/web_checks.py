"""Checks of sense for the bot's own HTTP server and for its health."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.config.addresses import is_written_out
from bot.config.problems import ConfigError, Problem
from web.addresses import parse

if TYPE_CHECKING:
    from bot.config.reading import Report
    from bot.config.settings import Settings

PORTS = (None, 80, 88, 443, 8443)
"""To which Telegram delivers; none written: 443."""
TELEGRAM = "api.telegram.org"
POLLS = 2
"""So many long polls may go by before the bot is called deaf, at least."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def check_web(settings: Settings, report: Report) -> None:
    """Note everything about `[web]` and `[health]` that makes no sense."""
    web = settings.web
    for key, given in (("listen", web.listen), ("metrics", web.metrics)):
        if given and not _is_listen(given):
            report.add(f"web.{key}", "wrong_listen", given=given)
    if web.metrics and web.metrics == web.listen:
        report.add("web.metrics", "same", key="web.listen")
    if web.webhook:
        _webhook(settings, report)
    secret = web.secret.reveal()
    if secret and not _SECRET.fullmatch(secret):
        report.add("web.secret", "wrong_secret")
    _health(settings, report)


def lacks_listen(settings: Settings) -> bool:
    """Whether Telegram would bring updates to where nobody listens.

    That is the concern of `run` alone: in the environment of a service each process has its own
    `web.listen`, and the tools beside it know of none.
    """
    return bool(settings.web.webhook and not settings.web.listen)


def see_listen(settings: Settings, source: str) -> None:
    """See that `run` can do as it is told; the configuration's file is `source`.

    Raises:
        ConfigError: There is a webhook, and no address to listen at.
    """
    if lacks_listen(settings):
        needed = {"key": "web.listen"}
        problem = Problem(place="web.webhook", code="needs_key", fields=needed)
        raise ConfigError(source, (problem,))


def _webhook(settings: Settings, report: Report) -> None:
    scheme, host, port = _parts(settings.web.webhook)
    if scheme not in {"http", "https"} or not host:
        report.add("web.webhook", "wrong_url", example="https://bot.example.org/telegram")
        return
    if not is_written_out(settings.web.webhook):
        report.add("web.webhook", "odd_address")
    reached = scheme == "https" and port in PORTS
    # A Bot API server of one's own delivers anywhere.
    if not reached and _parts(settings.telegram.api_base)[1] == TELEGRAM:
        report.add("web.webhook", "wrong_webhook")


def _parts(address: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address; nothing of one that cannot be read."""
    try:
        given = urlsplit(address)
        parts = (given.scheme, given.hostname or "", given.port)
    except ValueError:
        return "", "", None
    return parts


def _health(settings: Settings, report: Report) -> None:
    least = timedelta(seconds=POLLS * settings.telegram.poll_seconds)
    if settings.health.patience < least:
        report.add(
            "health.patience",
            "not_above",
            given=str(settings.health.patience),
            key=f"telegram.poll_seconds × {POLLS}",
            other=str(least),
        )


def _is_listen(given: str) -> bool:
    try:
        parse(given)
    except ValueError:
        return False
    return True
