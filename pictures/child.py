"""The process that decodes: it holds no secrets, writes no files, and may be killed at any moment.

Run as `python -m pictures.child`; `pictures.worker` talks to it. A request is eight bytes of length
and a pickle from the parent, whom it trusts; an answer is eight bytes of length each for a JSON of
facts and for the bytes made. The parent never unpickles what comes from here.
"""

from __future__ import annotations

import json
import pickle
import struct
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, BinaryIO

from pictures import chart, intake, sheet
from pictures.errors import Broken, PictureError

if TYPE_CHECKING:
    from collections.abc import Callable

REQUEST = struct.Struct("!Q")
ANSWER = struct.Struct("!QQ")
READY = b"\n"

_MEMORY = 1536 * 1024 * 1024  # bytes of address space; the largest picture we take needs half


def main() -> None:
    """Answer requests until the parent closes the pipe, or is gone."""
    _bound()
    try:
        _write(sys.stdout.buffer, READY)
        while request := _request(sys.stdin.buffer):
            _write(sys.stdout.buffer, answer(request))
    except (BrokenPipeError, KeyboardInterrupt):
        return


def answer(request: bytes) -> bytes:
    """Do one job; an error of the job is an answer too."""
    verb, subject = pickle.loads(request)  # noqa: S301 - from the parent, through its own pipe
    facts: dict[str, Any]
    try:
        facts, made = _JOBS[verb](subject)
    except PictureError as error:
        facts, made = {"error": type(error).__name__, "facts": vars(error)}, b""
    except Exception as error:  # noqa: BLE001 - a job that fails must not end the process
        why = {"why": type(error).__name__}
        facts, made = {"error": Broken.__name__, "facts": why}, b""
    told = json.dumps(facts).encode()
    return ANSWER.pack(len(told), len(made)) + told + made


def _examine(data: bytes) -> tuple[dict[str, Any], bytes]:
    return asdict(intake.examine(data)), b""


def _sheet(spec: sheet.SheetSpec) -> tuple[dict[str, Any], bytes]:
    return {}, sheet.render(spec)


def _chart(spec: chart.ChartSpec) -> tuple[dict[str, Any], bytes]:
    return {}, chart.render(spec)


_JOBS: dict[str, Callable[..., tuple[dict[str, Any], bytes]]] = {
    "examine": _examine,
    "sheet": _sheet,
    "chart": _chart,
}


def _request(pipe: BinaryIO) -> bytes:
    length = pipe.read(REQUEST.size)
    return pipe.read(*REQUEST.unpack(length)) if len(length) == REQUEST.size else b""


def _write(pipe: BinaryIO, data: bytes) -> None:
    pipe.write(data)
    pipe.flush()


def _bound() -> None:
    """Bound what a decoder that has gone wrong could do to the machine."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - exists on Unix alone

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
