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
    from web.metrics import Meter
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
    metrics: Address | None = None
    """Where the metrics are read; nowhere, unless somebody wants them."""
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(kw_only=True, slots=True)
class Door:
    """What is open."""

    hook: Hook | None = None
    meter: Meter | None = None
    port: int = 0
    """Where it really is, if any free one was asked for."""
    metrics_port: int = 0
    """Likewise."""


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
        if plan.metrics is not None:
            await _open_metrics(plan, plan.metrics, door, stack, pulse)
        yield door


async def _open_metrics(
    plan: Plan, address: Address, door: Door, stack: AsyncExitStack, pulse: Pulse
) -> None:
    from web import metrics  # noqa: PLC0415 - most cities never read them

    door.meter = metrics.Meter(pulse=pulse)
    app = application(plan.bounds)
    app.router.add_get(metrics.PAGE, metrics.metrics_page(door.meter))
    listener = Listener(app, address, share=False, bounds=plan.bounds)
    door.metrics_port = (await stack.enter_async_context(listener)).port
