"""Where a server listens: `127.0.0.1:8080`, `[::1]:8080`, or `:8080` for every interface."""

from __future__ import annotations

import re
from dataclasses import dataclass

HIGHEST_PORT = 65535
_ADDRESS = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([\w.-]*)):(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port; port 0: any free one."""

    host: str
    port: int


def parse(text: str) -> Address:
    """Read an address.

    Raises:
        ValueError: It is none.
    """
    found = _ADDRESS.fullmatch(text.strip())
    if found is None or int(found[3]) > HIGHEST_PORT:
        raise ValueError(f"no address: {text}")
    return Address(found[1] or found[2] or "", int(found[3]))
