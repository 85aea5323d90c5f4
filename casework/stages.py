"""The stages of one repair, each with its own limit and its own photo: guard, repair, restore."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casework.spans import Span


class StageName(StrEnum):
    """What is owed in a stage, in the order in which stages follow each other."""

    GUARD = "guard"
    """到场看护: the place is made safe."""
    REPAIR = "repair"
    """抢修: the thing itself works again."""
    RESTORE = "restore"
    """恢复: the surface is as it was."""


class Evidence(StrEnum):
    """The photo that ends a stage; the values are those of `casework.case.Phase`."""

    SIGN = "sign"
    DURING = "during"
    AFTER = "after"


ORDER: Final = tuple(StageName)
_PROOF: Final = {
    StageName.GUARD: Evidence.SIGN,
    StageName.REPAIR: Evidence.DURING,
    StageName.RESTORE: Evidence.AFTER,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One stage; its limit starts when the stage before it is proven."""

    name: StageName
    limit: Span
    evidence: Evidence


def staged(limits: Sequence[tuple[StageName, Span]]) -> tuple[Stage, ...]:
    """The stages with these limits, the last one proven by the after-photo."""
    last = len(limits) - 1
    return tuple(
        Stage(
            name=name,
            limit=limit,
            evidence=Evidence.AFTER if number == last else _PROOF[name],
        )
        for number, (name, limit) in enumerate(limits)
    )
