"""The road of one Bot API call: token, faults, parameters, method, log, answer."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from simulator import membership
from simulator.api import methods
from simulator.api.call import Call
from simulator.calllog import CallRecord
from simulator.errors import ApiError, bad_request, flood, forbidden
from simulator.faults import Target
from simulator.files import DOWNLOAD_LIMIT
from simulator.parameters import Parameters
from simulator.requests import Fields, read_fields

if TYPE_CHECKING:
    from simulator.api.call import Method
    from simulator.bots import Bot
    from simulator.faults import Fault
    from simulator.json_types import Json
    from simulator.world import World

BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n"
    "</body>\r\n</html>\r\n"
)
NEVER_FROM_WEBHOOK = frozenset({"deletewebhook", "setwebhook", "close", "logout"})
REFUSING = frozenset(
    {"server_error", "bad_gateway", "reset", "unauthorized", "rate_limit", "bad_request"}
)
"""Faults that answer any call instead of handling it."""
DROPPED = -1
"""The status in the log of a call whose answer never left."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Outcome:
    status: int
    body: Json
    html: str | None = None
    dropped: bool = False
    cut: bool = False

    @property
    def text(self) -> str:
        """The body as it is written."""
        if self.html is not None:
            return self.html
        whole = json.dumps(self.body)
        return whole[: len(whole) // 2] if self.cut else whole


class Gateway:
    """Answers Bot API calls on a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._methods = methods()
        world.webhooks.execute = self.run_answer

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """`/bot<token>/<method>`."""
        bot = self._world.bots.get(request.match_info["token"])
        if bot is None:
            return _answer(ApiError(401, "Unauthorized"))
        name = request.match_info["method"].lower()
        bot.working += 1
        try:
            try:
                parameters = Parameters(await read_fields(request))
            except ApiError as error:
                return _answer(error)
            outcome = await self._run(bot, name, parameters)
        finally:
            bot.working -= 1
        if outcome.dropped and request.transport is not None:
            request.transport.abort()
        kind = "application/json" if outcome.html is None else "text/html"
        return web.Response(text=outcome.text, status=outcome.status, content_type=kind)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """`/file/bot<token>/<path>`."""
        world = self._world
        bot = world.bots.get(request.match_info["token"])
        file = world.files.by_path(request.match_info["path"])
        gone = world.faults.strike({"file_gone"}, Target("file")) if bot else None
        if bot is None or file is None or gone or len(file.data) > DOWNLOAD_LIMIT:
            status, words = (401, "Unauthorized") if bot is None else (404, "Not Found")
            return _answer(ApiError(status, words))
        return web.Response(body=file.data, content_type=file.mime.split(";")[0])

    async def run_answer(self, bot: Bot, given: Json) -> None:
        """Execute the call in a webhook's answer."""
        name = str(given.pop("method", "")).lower()
        if name and name not in NEVER_FROM_WEBHOOK and not name.startswith("get"):
            await self._run(bot, name, Parameters(Fields(given, [])))

    async def _run(self, bot: Bot, name: str, parameters: Parameters) -> _Outcome:
        method = self._methods.get(name)
        outcome = await self._struck(bot, name, parameters)
        if outcome is None:
            outcome = await self._perform(bot, name, method, parameters)
            await self._spoil(bot, outcome, (name, parameters))
        self._record(bot, method.name if method else name, parameters, outcome)
        return outcome

    async def _spoil(self, bot: Bot, outcome: _Outcome, call: tuple[str, Parameters]) -> None:
        """What may happen to the answer of a call that was handled."""
        if not self._world.faults.orders:
            return
        fault = self._strike({"lost_reply", "late_reply", "truncated"}, *call)
        if fault is not None:
            outcome.dropped = fault.kind == "lost_reply"
            outcome.cut = fault.kind == "truncated"
            if fault.kind == "late_reply":
                await self._delay(bot, fault.seconds)

    async def _perform(
        self, bot: Bot, name: str, method: Method | None, parameters: Parameters
    ) -> _Outcome:
        try:
            if method is None:
                words = f"Not Found: method not found (the simulator has no {name})"
                raise ApiError(404, words)  # noqa: TRY301 - one place answers all refusals
            parameters.refuse_unknown(method.accepts)
            result = await method.handle(Call(self._world, bot, parameters))
        except ApiError as error:
            return _Outcome(error.code, error.answer())
        except Exception:
            log.exception("the simulator failed at %s", name)
            words = "Internal Server Error: the simulator failed, see its log"
            return _Outcome(500, ApiError(500, words).answer())
        return _Outcome(200, {"ok": True, "result": result})

    def _strike(self, kinds: set[str], name: str, parameters: Parameters) -> Fault | None:
        method = self._methods.get(name)
        counted = method is not None and method.counted
        return self._world.faults.strike(kinds, Target(name, _chat(parameters), counted))

    async def _struck(self, bot: Bot, name: str, parameters: Parameters) -> _Outcome | None:
        """The answer that a fault gives before the call is handled, if one strikes."""
        if not self._world.faults.orders:
            return None
        delay = self._strike({"delay"}, name, parameters)
        if delay is not None:
            await self._delay(bot, delay.seconds)
        kinds = set(REFUSING)
        chat = _chat(parameters)
        if chat is not None:
            kinds.add("forbidden")
        if self._may_migrate(chat):
            kinds.add("migrate")
        if name == "getfile":
            kinds.add("file_gone")
        fault = self._strike(kinds, name, parameters)
        return self._harm(fault, parameters) if fault is not None else None

    async def _delay(self, bot: Bot, seconds: float) -> None:
        bot.working -= 1
        try:
            await self._world.clock.sleep(seconds, held=True)
        finally:
            bot.working += 1

    def _harm(self, fault: Fault, parameters: Parameters) -> _Outcome:
        if fault.kind == "reset":
            return _Outcome(DROPPED, {}, dropped=True)
        if fault.kind == "bad_gateway":
            return _Outcome(502, {"description": "Bad Gateway"}, html=BAD_GATEWAY)
        if fault.kind == "migrate":
            return self._migrated(_chat(parameters))
        words = {
            "bad_request": bad_request(fault.words),
            "server_error": ApiError(500, "Internal Server Error"),
            "unauthorized": ApiError(401, "Unauthorized"),
            "file_gone": ApiError(
                400, "Bad Request: wrong file_id or the file is temporarily unavailable"
            ),
            "rate_limit": flood(fault.retry_after),
            "forbidden": self._forbidden(_chat(parameters)),
        }
        error = words[fault.kind]
        return _Outcome(error.code, error.answer())

    def _forbidden(self, chat_id: int | None) -> ApiError:
        group = self._world.groups.get(chat_id or 0)
        if group is None:
            return forbidden("bot was blocked by the user")
        return forbidden(f"bot was kicked from the {group.type} chat")

    def _may_migrate(self, chat_id: int | None) -> bool:
        """A private chat never does; a group that did is refused without a fault."""
        group = self._world.groups.get(chat_id or 0)
        return group is not None and group.type == "group" and group.migrated_to is None

    def _migrated(self, chat_id: int | None) -> _Outcome:
        supergroup = membership.migrate(self._world, self._world.groups[chat_id or 0])
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        error = ApiError(400, words, {"migrate_to_chat_id": supergroup.id})
        return _Outcome(400, error.answer())

    def _record(self, bot: Bot, name: str, parameters: Parameters, outcome: _Outcome) -> None:
        record = CallRecord(
            self._world.log.next_number(),
            self._world.clock.now(),
            bot.id,
            name,
            _chat(parameters),
            parameters.decoded(),
            outcome.status,
            outcome.body.get("description") or ("answer dropped" if outcome.dropped else None),
        )
        self._world.log.add(record)


def _chat(parameters: Parameters) -> int | None:
    chat = parameters.integer("chat_id")
    return chat or None


def _answer(error: ApiError) -> web.Response:
    return web.json_response(error.answer(), status=error.code)
