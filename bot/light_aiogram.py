"""aiogram without the validators of all its types: pydantic builds each at its first use.

At its import aiogram has the validator of every type of the Bot API built, each with all types it
can reach: four fifths of the time of the import and 100 MiB, for types that this bot never meets.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

_names: dict[str, Any] = {}
"""What the annotations of aiogram's types mean, as aiogram itself says."""


def load() -> None:
    """Import aiogram; nothing changes if it is imported already, or says what it says otherwise."""
    if _names:
        return
    build_now = BaseModel.__dict__["model_rebuild"]

    def build_later(
        _model: type[Any], /, *, _types_namespace: dict[str, Any] | None = None, **_how: object
    ) -> None:
        _names.update(_types_namespace or {})

    setattr(BaseModel, build_now.__name__, classmethod(build_later))
    try:
        import_module("aiogram.types")
    finally:
        setattr(BaseModel, build_now.__name__, build_now)
    if _names:
        _let_build_themselves(build_now.__func__)


@contextmanager
def importing() -> Iterator[None]:
    """Import what needs aiogram within it; what modules make stays, so no garbage is sought."""
    gc.disable()
    try:
        load()
        yield
    finally:
        gc.enable()


def _let_build_themselves(build: Any) -> None:  # noqa: ANN401 - pydantic's own
    def rebuild(model: type[Any], /, **how: Any) -> Any:  # noqa: ANN401 - likewise
        how["_types_namespace"] = how.get("_types_namespace") or _names
        return build(model, **how)

    controller = import_module("aiogram.client.context_controller")
    methods = import_module("aiogram.methods")
    for base in (controller.BotContextController, methods.Response):
        setattr(base, build.__name__, classmethod(rebuild))
