"""Where a server listens, as an office writes it."""

from __future__ import annotations

import pytest

from web.addresses import Address, parse


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8080", Address("127.0.0.1", 8080)),
        (" localhost:0 ", Address("localhost", 0)),
        ("[::1]:8080", Address("::1", 8080)),
        (":80", Address("", 80)),
    ],
)
def test_an_address_is_read(text: str, address: Address) -> None:
    """Host and port; no host: every interface."""
    assert parse(text) == address


@pytest.mark.parametrize("text", ["", "8080", "127.0.0.1", "::1:80", "a:65536", "a:-1", "a b:80"])
def test_what_is_no_address_is_refused(text: str) -> None:
    """A port alone may be meant for anything."""
    with pytest.raises(ValueError, match="no address"):
        parse(text)
