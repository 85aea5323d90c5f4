"""An HTTP request as plain fields: query, form, JSON and multipart all end up the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader

from simulator.entities import whole
from simulator.errors import ApiError, bad_request

if TYPE_CHECKING:
    from aiohttp import web

UPLOAD_LIMIT = 50 * 1024 * 1024
"""Telegram takes no larger request from a bot."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    filename: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fields:
    """The values by name (text, or what JSON had there) and the files in their order."""

    values: dict[str, Any]
    uploads: list[Upload]


async def read_fields(request: web.Request) -> Fields:
    """All that the caller sent; raises ApiError if it cannot be read."""
    values: dict[str, Any] = {name: whole(text) for name, text in request.query.items()}
    uploads: list[Upload] = []
    if request.method != "GET" and request.can_read_body:
        try:
            values |= await _read_body(request, uploads)
        except (UnicodeDecodeError, LookupError) as error:
            raise bad_request("strings must be encoded in UTF-8") from error
        except (ValueError, RecursionError) as error:
            raise bad_request("can't parse the request body") from error
    return Fields(values, uploads)


async def _read_body(request: web.Request, uploads: list[Upload]) -> dict[str, Any]:
    if request.content_type == "application/json":
        return _read_json(await request.read())
    if request.content_type == "multipart/form-data":
        return await _read_parts(request, uploads)
    form = await request.post()
    return {name: whole(str(value)) for name, value in form.items()}


def _read_json(body: bytes) -> dict[str, Any]:
    found = json.loads(body or b"{}")
    if not isinstance(found, dict):
        raise bad_request("a JSON object is expected")
    return {str(name): sanitized(value) for name, value in found.items()}


def sanitized(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The JSON value with every text whole."""
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, list):
        return [sanitized(item) for item in value]
    if isinstance(value, dict):
        return {whole(name): sanitized(item) for name, item in value.items()}
    return value


async def _read_parts(request: web.Request, uploads: list[Upload]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise bad_request("nested multipart bodies are not understood")
        data = bytes(await part.read(decode=True))
        size += len(data)
        if size > UPLOAD_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
        name = part.name or ""
        if part.filename is None:
            values[name] = whole(data.decode())
        else:
            mime = part.headers.get("Content-Type", "")
            uploads.append(Upload(name, whole(part.filename), mime, data))
    return values
