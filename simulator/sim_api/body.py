"""Bodies of the people's side: typed keys, and an unknown key is an error, never ignored."""

from __future__ import annotations

import json
import math
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from simulator.errors import ApiError, SimError
from simulator.requests import read_fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.requests import Upload
    from simulator.world import World

WORLD: web.AppKey[World] = web.AppKey("world")


def _integer(value: Any) -> int:  # noqa: ANN401 - JSON or form text
    if isinstance(value, bool):
        raise TypeError
    return int(value)


def _text(value: Any) -> str:  # noqa: ANN401 - JSON or form text
    if not isinstance(value, str):
        raise TypeError
    return value


def _flag(value: Any) -> bool:  # noqa: ANN401 - JSON or form text
    if isinstance(value, bool):
        return value
    return {"true": True, "1": True, "false": False, "0": False, "": False}[str(value).lower()]


def _number(value: Any) -> float:  # noqa: ANN401 - JSON or form text
    number = float(value)
    if isinstance(value, bool) or not math.isfinite(number):
        raise TypeError
    return number


def _items(value: Any, each: Callable[[Any], Any]) -> list[Any]:  # noqa: ANN401 - JSON or text
    found = json.loads(value) if isinstance(value, str) else value
    if not isinstance(found, list):
        raise TypeError
    return [each(item) for item in found]


def _integers(value: Any) -> list[int]:  # noqa: ANN401 - JSON or form text
    return _items(value, _integer)


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - JSON or form text
    return _items(value, _text)


def _text_or_integer(value: Any) -> str | int:  # noqa: ANN401 - JSON or form text
    try:
        return _integer(value)
    except ValueError:
        return _text(value)


KINDS: dict[str, Callable[[Any], Any]] = {
    "integer": _integer,
    "text": _text,
    "flag": _flag,
    "number": _number,
    "integers": _integers,
    "texts": _texts,
    "text or integer": _text_or_integer,
}


class Body:
    """The keys of a request, converted; files apart."""

    def __init__(self, values: dict[str, Any], uploads: list[Upload]) -> None:
        self._values = values
        self.uploads = uploads

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - typed by the keys
        """The value, or `default` if the key is absent."""
        return self._values.get(key, default)

    def need(self, key: str) -> Any:  # noqa: ANN401 - typed by the keys
        """The value; raises SimError if the key is absent."""
        if key not in self._values:
            raise SimError(f"{key!r} is missing")
        return self._values[key]

    def given(self) -> dict[str, Any]:
        """All values."""
        return dict(self._values)

    def files(self, key: str) -> list[Upload]:
        """The files of that key, in their order."""
        return [upload for upload in self.uploads if upload.name == key]


async def read_body(
    request: web.Request, keys: dict[str, str], files: frozenset[str] = frozenset()
) -> Body:
    """The request's keys as `keys` types them; raises SimError at anything else."""
    try:
        fields = await read_fields(request)
    except ApiError as error:
        raise SimError(error.description, error.code) from error
    unknown = [upload.name for upload in fields.uploads if upload.name not in files]
    unknown += [key for key in fields.values if key not in keys]
    if unknown:
        raise SimError(f"unknown keys: {', '.join(unknown)}")
    values = {
        key: convert(key, value, keys[key])
        for key, value in fields.values.items()
        if value is not None
    }
    return Body(values, fields.uploads)


def convert(key: str, value: Any, kind: str) -> Any:  # noqa: ANN401 - JSON or form text
    """The value as its kind wants it, or a SimError that says so."""
    try:
        return KINDS[kind](value)
    except (TypeError, ValueError, KeyError, OverflowError, RecursionError):
        raise SimError(f"{key!r} must be of kind {kind}") from None


def path_integer(request: web.Request, name: str) -> int:
    """A number in the address."""
    return int(convert(name, request.match_info[name], "integer"))


def world_of(request: web.Request) -> World:
    """The world that the request is about."""
    return request.app[WORLD]


def moment(words: str) -> datetime:
    """An ISO 8601 time with an offset; raises SimError otherwise."""
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        raise SimError(f"not an ISO 8601 time: {words!r}") from None
    if found.tzinfo is None:
        raise SimError("the time needs an offset")
    return found
