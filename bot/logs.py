"""Log lines for people or machines, each with a stable `action`; bot tokens never get into one.

Every room logs through the standard library: `log.info(words, extra={"action": …, "case": …})`.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO
from urllib.parse import quote, quote_plus

from typing_extensions import override

from bot.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable

MASKED = "***"
_TOKEN = re.compile(r"\d+(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_NOISY = ("aiogram.event", "aiohttp.access", "alembic.runtime", "apscheduler", "PIL")
"""Loggers of libraries that speak of each single call; they are heard from WARNING up."""
_ECHOING = ("psycopg",)
"""Loggers of libraries that warn of what fails once more after an error that they raise, too."""


class Mask:
    """Replaces bot tokens and known secrets, plain or URL-encoded, in any text."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        # Of a token the part behind the colon is the secret one, wherever it stands alone.
        whole = [secret for secret in secrets if secret]
        parts = [secret.partition(":")[2] for secret in whole if _TOKEN.fullmatch(secret)]
        forms = {
            form
            for secret in (*whole, *parts)
            for form in (secret, quote(secret, safe=""), quote_plus(secret), quote(secret))
        }
        known = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        self._known = re.compile(known, re.IGNORECASE) if known else None

    def __call__(self, text: str) -> str:
        """The text with every secret replaced by `***`."""
        if self._known is not None:
            text = self._known.sub(MASKED, text)
        return _TOKEN.sub(MASKED, text)


class MaskingFilter(logging.Filter):
    """Masks secrets in message, arguments, exception text, stack and extra fields of a record."""

    def __init__(self, mask: Mask) -> None:
        super().__init__()
        self._mask = mask
        self._traces = logging.Formatter()

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; every record is kept."""
        record.msg = self._mask(_message(record))
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._traces.formatException(record.exc_info)
        record.exc_info = None
        if record.exc_text:
            record.exc_text = self._mask(record.exc_text)
        if record.stack_info:
            record.stack_info = self._mask(record.stack_info)
        for name, value in _extras(record).items():
            setattr(record, name, _masked(value, self._mask))
        return True


def first_words(error: BaseException) -> str:
    """Kind and first line of an error: such as what Telegram says of a call that it refuses.

    Nothing is cut off: half a token would not be known for one.
    """
    line = next(iter(str(error).strip().splitlines()), "")
    name = type(error).__name__
    return f"{name}: {line}" if line else name


class ConsoleFormatter(logging.Formatter):
    """One line for people: time (UTC), level, action, case, words, further fields."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """The line, and below it, indented, the traceback if there is one."""
        fields = _extras(record)
        action = fields.pop("action", record.name)
        case = fields.pop("case", None)
        parts = [
            f"{_moment(record)} {record.levelname:<7} {action}",
            str(case) if case else "",
            _message(record),
            *(f"{name}={value}" for name, value in fields.items()),
        ]
        line = harmless(" ".join(part for part in parts if part))
        trace = "\n".join(filter(None, (record.exc_text, record.stack_info)))
        return "\n    ".join([line, *(harmless(row) for row in trace.splitlines())])


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for a log collector."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """The object: time, level, logger, action, message, the extra fields, error."""
        fields: dict[str, object] = {
            "time": _moment(record),
            "level": record.levelname,
            "logger": record.name,
            "action": record.name,
            "message": _message(record),
            **_extras(record),
        }
        if record.exc_text:
            fields["error"] = record.exc_text
        if record.stack_info:
            fields["stack"] = record.stack_info
        return json.dumps(fields, ensure_ascii=False, default=str)


def set_up(
    *, level: str, style: str, secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Send all log lines of the process to one stream (stderr), masked.

    Args:
        level: A level's name, such as `INFO`.
        style: `console` or `json`.
        secrets: Texts that must never be printed, beside everything that looks like a token.
        stream: Where the lines go; stderr if not given.
    """
    handler = logging.StreamHandler(stream if stream is not None else sys.stderr)
    handler.addFilter(MaskingFilter(Mask(secrets)))
    handler.setFormatter(JsonFormatter() if style == "json" else ConsoleFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _ECHOING:
        logging.getLogger(name).setLevel(logging.ERROR)


def _message(record: logging.LogRecord) -> str:
    """The words of a record; a call with wrong arguments is still told, never lost."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} {record.args}"


def _extras(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _PLAIN}


def _masked(value: object, mask: Mask) -> object:
    return value if value is None or isinstance(value, bool | int | float) else mask(str(value))


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
