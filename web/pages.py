"""`/healthz`: 200 while the bot is well, else 503; the reasons as JSON, nothing of the cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from web.health import Reason
    from web.pulse import Pulse

HEALTH = "/healthz"


def health_page(pulse: Pulse) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The page that tells how the bot is."""

    async def show(_request: web.Request) -> web.Response:
        reasons = pulse.reasons()
        return web.json_response(
            {"well": not reasons, "reasons": [as_json(reason) for reason in reasons]},
            status=503 if reasons else 200,
            headers={"Cache-Control": "no-store"},
        )

    return show


def as_json(reason: Reason) -> dict[str, object]:
    """A reason with its figures, if it has any."""
    figures = {"value": reason.value, "limit": reason.limit}
    return {"what": reason.what.value, **{k: v for k, v in figures.items() if v is not None}}
