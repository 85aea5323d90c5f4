"""The webhook that the city itself has set is known to it: another one is another program's."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from usecases.inspecting import Mark

if TYPE_CHECKING:
    from usecases.office import Office

WEBHOOK = "webhook"
"""The mark of the address that was set last; as a number, for it may be long."""


def note(office: Office, url: str) -> None:
    """Write down that updates are brought to this address, by the city's own wish."""
    if not is_ours(office, url):
        office.uow.marks.put(Mark(name=WEBHOOK, at=office.now, value=_number(url)))


def is_ours(office: Office, url: str) -> bool:
    """Whether the city itself has set this address."""
    mark = office.uow.marks.get(WEBHOOK)
    return mark is not None and mark.value == _number(url)


def had_one(office: Office) -> bool:
    """Whether the city has ever set a webhook."""
    return office.uow.marks.get(WEBHOOK) is not None


def _number(url: str) -> int:
    return int.from_bytes(hashlib.sha256(url.encode()).digest()[:7], "big")
