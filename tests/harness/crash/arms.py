"""Named points at which a process may be killed, put around functions from outside.

The product has no line for this: each point wraps a function that is named here, so a function
that was renamed or is no longer reached fails the harness.
"""

from __future__ import annotations

import importlib
import inspect
import os
import signal
from collections import Counter
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SIDES = ("before", "after")


@dataclass(slots=True)
class Arms:
    """Counts the points a process comes by, and kills it at the one that was chosen."""

    point: str = ""
    left: int = 0
    """How often the chosen point is still passed unharmed, and once more."""
    passed: Counter[str] = field(default_factory=Counter)

    def aim(self, point: str, nth: int) -> None:
        """Kill this process when it comes by a point for the nth time."""
        self.point, self.left = point, nth

    def come_by(self, point: str) -> None:
        """The process is at a point."""
        if not self.point:
            self.passed[point] += 1
        elif point == self.point:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


ARMS = Arms()


def put_around(functions: Iterable[str]) -> tuple[str, ...]:
    """Wrap each `module:name` or `module:Class.name`; the names of all points.

    Raises:
        AttributeError, ImportError: There is no such function any more.
    """
    points: list[str] = []
    for place in functions:
        home, name = _home(place)
        points += _wrap(home, name, place)
    return tuple(points)


def _home(place: str) -> tuple[Any, str]:
    module, _, path = place.partition(":")
    home: Any = importlib.import_module(module)
    *owners, name = path.split(".")
    for owner in owners:
        home = getattr(home, owner)
    return home, name


def _wrap(home: Any, name: str, place: str) -> tuple[str, str]:
    before, after = (f"{side} {place}" for side in SIDES)
    function = getattr(home, name)
    wrap = _wrapped_async if inspect.iscoroutinefunction(function) else _wrapped
    setattr(home, name, wrap(function, before, after))
    return before, after


def _wrapped(function: Callable[..., Any], before: str, after: str) -> Callable[..., Any]:
    @wraps(function)
    def watched(*given: Any, **named: Any) -> Any:
        ARMS.come_by(before)
        result = function(*given, **named)
        ARMS.come_by(after)
        return result

    return watched


def _wrapped_async(function: Callable[..., Any], before: str, after: str) -> Callable[..., Any]:
    @wraps(function)
    async def watched(*given: Any, **named: Any) -> Any:
        ARMS.come_by(before)
        result = await function(*given, **named)
        ARMS.come_by(after)
        return result

    return watched
