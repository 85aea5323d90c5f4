"""Addresses of a configuration: which are none, and which parts of one are secret.

A password may hold any character. One that has a meaning in an address must be written as `%…`, or
the rest of the password is taken for the host, and told as such to everybody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from urllib.parse import SplitResult

DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")
WEB = ("http", "https")
PROXIES = ("http", "https", "socks4", "socks5", "socks5h")
SQLITE = "sqlite"
_BREAKING = re.compile(r"[@/?#\[\]]")
"""What ends a user name or password that is not written as `%…`."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NEVER = re.compile(r'[\x00-\x20\x7f"<>\\^`{|}]')
"""What stands in no address of the web (RFC 3986)."""
_PATH = re.compile(r"(?:[!-$&-~]|%[0-9A-Fa-f]{2})*")
"""A path is ASCII; a percent sign in it begins an escape."""
_SECRET_OPTIONS = ("password", "sslpassword")


def fault_of(given: str, schemes: tuple[str, ...]) -> str:
    """The sentence that says what is wrong with an address; empty: nothing is."""
    if is_ambiguous(given):
        return "unescaped"
    try:
        parts = urlsplit(given)
        fits = parts.scheme in schemes and not _CONTROL.search(given) and parts.port != 0
    except ValueError:
        return "wrong_url"
    placed = _is_file(parts) if parts.scheme == SQLITE else _is_placed(parts)
    if not fits or not placed:
        return "wrong_url"
    return "" if schemes != WEB or is_written_out(given) else "odd_address"


def unknown_options(database: str) -> list[str]:
    """The options of a PostgreSQL's address that there are not."""
    parts = urlsplit(database)
    if parts.scheme == SQLITE or not parts.query:
        return []
    known = options()
    given = parse_qs(parts.query, keep_blank_values=True)
    return [name for name in given if known and name not in known]


def wrong_option(database: str) -> str:
    """What PostgreSQL's library says against a value in the options of its address; or nothing."""
    parts = urlsplit(database)
    given = {} if parts.scheme == SQLITE else parse_qs(parts.query)
    if not given or unknown_options(database):
        return ""
    from storage.options import fault_in  # noqa: PLC0415 - hardly any address has options

    return fault_in({name: ",".join(values) for name, values in given.items()})


def options() -> frozenset[str]:
    """The options that a PostgreSQL's address may have; empty if its driver is not installed."""
    from storage.options import known  # noqa: PLC0415 - likewise

    return known()


def is_written_out(given: str) -> bool:
    """Whether each character of a web address may stand in one; others must be written as `%…`."""
    return _NEVER.search(given) is None and bool(_PATH.fullmatch(urlsplit(given).path))


def is_ambiguous(given: str) -> bool:
    """Whether nobody can say for certain where the user name and the password of an address end."""
    return _BREAKING.search(_user(given)) is not None


def passwords_of(given: str) -> Iterator[str]:
    """Everything in an address that is, or may be a part of, a password; plain and as written."""
    written = _user(given).partition(":")[2]
    for one in (written, *_BREAKING.split(written)):
        yield from (one, unquote(one))
    options = parse_qs(given.partition("?")[2])
    for name in _SECRET_OPTIONS:
        yield from options.get(name, ())


def without_user(given: str) -> str:
    """An address without user name and password; empty if nobody can say where they end."""
    user = _user(given)
    return "" if is_ambiguous(given) else given.replace(f"{user}@", "", 1) if user else given


def _user(given: str) -> str:
    """All in front of the last `@`; a file has no such part."""
    scheme, _, rest = given.partition("://")
    return "" if scheme == SQLITE else rest.rpartition("@")[0]


def _is_file(parts: SplitResult) -> bool:
    return not parts.netloc and parts.path not in {"", "/"}


def _is_placed(parts: SplitResult) -> bool:
    # A server on this machine's socket has its place behind the question mark.
    return bool(parts.hostname) or "host" in parse_qs(parts.query)
