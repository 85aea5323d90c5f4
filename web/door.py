"""The two ports of the product: one for the webhook and `/healthz`, one for the metrics.

It opens before the product is ready, so that whoever watches the start has an answer.
"""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from web.hook import Hook
from web.listener import Bounds, Listener, application
from web.pages import HEALTH, health_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from web.addresses import Address
    from web.pulse import Pulse


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What is to be served, and where."""

    listen: Address | None = None
    webhook: str = ""
    """The public address of the webhook; empty: there is none."""
    secret: str = ""
    share: bool = False
    """Other processes of this product may listen at the same address."""
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(kw_only=True, slots=True)
class Door:
    """What is open."""

    hook: Hook | None = None
    port: int = 0
    """Where the first port really is, if any free one was asked for."""


@asynccontextmanager
async def opened(plan: Plan, pulse: Pulse) -> AsyncIterator[Door]:
    """Serve what the plan says; nothing at all if it names no address.

    Raises:
        CannotListenError: An address is taken, or not this machine's.
    """
    door = Door()
    async with AsyncExitStack() as stack:
        if plan.listen is not None:
            app = application(plan.bounds)
            app.router.add_get(HEALTH, health_page(pulse))
            if plan.webhook:
                door.hook = Hook(secret=plan.secret, bounds=plan.bounds)
                app.router.add_post(urlsplit(plan.webhook).path or "/", door.hook.handle)
            listener = Listener(app, plan.listen, share=plan.share, bounds=plan.bounds)
            door.port = (await stack.enter_async_context(listener)).port
        yield door
