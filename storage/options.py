"""What may stand behind the question mark of a PostgreSQL's address, and what it may be.

The driver's own library is asked, whose version nobody here knows.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOWHERE: Final = {"host": "/nonexistent", "port": "1", "password": "-"}
"""A place at which nobody listens, so that nothing leaves this machine.

With the password no file of passwords is read.
"""
_PLACES: Final = frozenset({"host", "hostaddr", "port", "dbname", "user", "password"})
"""They say where and who, and hold anything."""
_NUMBERS: Final = frozenset(
    {
        "keepalives",
        "keepalives_idle",
        "keepalives_interval",
        "keepalives_count",
        "tcp_user_timeout",
    }
)
"""They are read only where a server answers."""
_SECONDS: Final = "connect_timeout"
"""The driver itself reads it, and takes the whole seconds of a broken number."""
_NOT_NOWHERE: Final = ("gssencmode", "require")
"""It is refused of a socket alone."""


def known() -> frozenset[str]:
    """The names of the options; empty without the driver."""
    try:
        from psycopg.pq import Conninfo  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        return frozenset()
    return frozenset(one.keyword.decode() for one in Conninfo.get_defaults())


def fault_in(options: Mapping[str, str]) -> str:
    """What PostgreSQL's library says against the values of known options; empty: nothing.

    What only a server can judge (`client_encoding`, `options`) is not known here.
    """
    unread = next(_unread(options), "")
    if unread:
        return unread
    told = {name: value for name, value in options.items() if name not in _PLACES}
    if told.get(_NOT_NOWHERE[0]) == _NOT_NOWHERE[1]:
        del told[_NOT_NOWHERE[0]]
    said, silence = _said(told), _said({})
    # It gets as far as to look for the server once all values are good.
    return "" if said.startswith(silence) else next(iter(said.splitlines()), "")


def _unread(options: Mapping[str, str]) -> Iterator[str]:
    """What the library does not say before it has a server, or never."""
    for name, value in options.items():
        if "\0" in value:  # it sees nothing of what comes behind
            yield f"invalid {name} value"
        elif name in _NUMBERS or name == _SECONDS:
            if not _is_number(value, broken=name == _SECONDS):
                yield f'invalid integer value "{value}" for connection option "{name}"'
        elif name == "hostaddr" and not all(map(_is_numeric_address, value.split(","))):
            yield f'invalid hostaddr value: "{value}"'


def _is_number(given: str, *, broken: bool) -> bool:
    with suppress(ValueError, OverflowError):
        return int(float(given) if broken else given) is not None
    return False


def _is_numeric_address(given: str) -> bool:
    if not given:
        return True
    with suppress(OSError, ValueError):
        return bool(socket.getaddrinfo(given, None, flags=socket.AI_NUMERICHOST))
    return False


def _said(options: Mapping[str, str]) -> str:
    """Why a connection with these options to nowhere fails."""
    try:
        from psycopg import Error  # noqa: PLC0415 - likewise
        from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - likewise
        from psycopg.pq import PGconn  # noqa: PLC0415 - likewise
    except ImportError:
        return ""
    try:
        conninfo = make_conninfo("", **{**options, **NOWHERE})
    except Error as error:
        return str(error)
    connection = PGconn.connect_start(conninfo.encode())
    said = connection.get_error_message()
    connection.finish()
    return said
