"""A log line has an action, fits one line, and never holds a token."""

from __future__ import annotations

import io
import json
import logging
from urllib.parse import quote

import pytest

from bot import logs

TOKEN = "7000000001:SIMULATOR-xunchaqun-demo-token-0001"
ODD_SECRET = "pg pass/word:ü"


@pytest.fixture
def stream() -> io.StringIO:
    """Where the lines go."""
    return io.StringIO()


def _set_up(stream: io.StringIO, style: str = "console", level: str = "debug") -> logging.Logger:
    logs.set_up(level=level, style=style, secrets=(TOKEN, ODD_SECRET), stream=stream)
    return logging.getLogger("delivery.courier")


def _raise(text: str) -> None:
    raise ConnectionError(text)


def test_a_console_line_has_time_level_action_case_and_fields(stream: io.StringIO) -> None:
    """An operator finds a case by its number."""
    log = _set_up(stream)
    log.info(
        "card sent",
        extra={"action": "courier.sent", "case": "XC-20261120-0001", "chat": "-4000001"},
    )
    line = stream.getvalue()
    assert "+00:00 INFO    courier.sent XC-20261120-0001 card sent chat=-4000001\n" in line


def test_a_json_line_has_the_same_fields(stream: io.StringIO) -> None:
    """A collector reads the action and the case as fields."""
    log = _set_up(stream, "json")
    log.warning("waits %s s", 7, extra={"action": "courier.paused", "case": "XC-20261120-0001"})
    found = json.loads(stream.getvalue())
    assert found["action"] == "courier.paused"
    assert found["case"] == "XC-20261120-0001"
    assert found["level"] == "WARNING"
    assert found["message"] == "waits 7 s"


@pytest.mark.parametrize("style", ["console", "json"])
def test_a_token_is_masked_wherever_it_hides(stream: io.StringIO, style: str) -> None:
    """Message, arguments, extra fields, exception text, chained error, stack: none shows it."""
    log = _set_up(stream, style)
    stranger = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
    forms = [TOKEN, quote(TOKEN, safe=""), stranger, stranger.replace(":", "%3a"), ODD_SECRET]
    forms.append(quote(ODD_SECRET, safe=""))
    for form in forms:
        url = f"https://api.telegram.org/file/bot{form}/photos/1.jpg"
        log.info(url)
        log.info("GET %s", url, extra={"url": url, "stages": [url]}, stack_info=True)
        try:
            try:
                _raise(url)
            except ConnectionError as error:
                raise LookupError(f"404, url={url}") from error
        except LookupError:
            log.exception("could not fetch")
    text = stream.getvalue()
    assert text.count("***") >= 6 * len(forms)
    for form in (*forms, "SIMULATOR", "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"):
        assert form not in text


def test_warnings_of_libraries_are_masked_log_lines(stream: io.StringIO) -> None:
    """`warnings.warn` goes the same way."""
    _set_up(stream)
    logging.getLogger("py.warnings").warning("insecure https://x/bot%s/getMe", TOKEN)
    assert "SIMULATOR" not in stream.getvalue()


def test_a_name_cannot_forge_a_line(stream: io.StringIO) -> None:
    """Line ends, colours and direction marks of a stranger's name stay inside the line."""
    log = _set_up(stream)
    log.info("bound", extra={"action": "bound", "who": "x\n2026 CRITICAL \x1b[31mfire\u202e\r\ny"})
    text = stream.getvalue()
    assert text.count("\n") == 1
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_traceback_stands_indented_below_its_line(stream: io.StringIO) -> None:
    """What does not start with a time is no line of its own."""
    log = _set_up(stream)
    try:
        _raise("first\nsecond")
    except ConnectionError:
        log.exception("could not fetch", extra={"action": "fetch.failed"})
    first, *rest = stream.getvalue().splitlines()
    assert "fetch.failed" in first
    assert rest
    assert all(row.startswith("    ") for row in rest)


def test_a_wrong_log_call_is_told_and_not_lost(stream: io.StringIO) -> None:
    """A slip in a format string must not hide the event."""
    log = _set_up(stream)
    log.info("sent %d of %d", *[3])
    assert "sent %d of %d" in stream.getvalue()


def test_the_level_holds(stream: io.StringIO) -> None:
    """Below the level nothing is written, and chatty libraries are quiet at info."""
    log = _set_up(stream, level="INFO")
    log.debug("each poll")
    logging.getLogger("aiohttp.access").info("GET /sim/log")
    assert stream.getvalue() == ""
