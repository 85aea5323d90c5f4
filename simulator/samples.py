"""The sample pictures that a newcomer posts: street defects, before and after, drawn on demand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal, TypeAlias

from simulator.scenery import covers, ground, litter, posts, railing, tree, warning

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.scenery.scene import Scene

Phase: TypeAlias = Literal["before", "sign", "after"]


@dataclass(frozen=True)
class Sample:
    """One picture: its name in addresses, its titles, and the step of a repair that it shows."""

    name: str
    title_zh: str
    title_en: str
    phase: Phase


def catalogue() -> tuple[Sample, ...]:
    """All sample pictures: each defect before, then after; the warning sign follows its shaft."""
    return tuple(sample for sample, _ in _gallery().values())


@lru_cache(maxsize=64)
def draw(name: str) -> bytes:
    """The JPEG (1280 x 960) of that name, the same bytes each time; KeyError if there is none."""
    _, scene = _gallery()[name]
    return scene().finish()


@lru_cache(maxsize=1)
def _gallery() -> dict[str, tuple[Sample, Callable[[], Scene]]]:
    shown: dict[str, tuple[Sample, Callable[[], Scene]]] = {}
    for name, zh, en, scene in _DEFECTS:
        before = Sample(f"{name}-before", zh, en, "before")
        shown[before.name] = before, partial(scene, mended=False)
        if name == "manhole-missing":
            sign = Sample("manhole-missing-sign", "井口已围挡", "Open shaft, fenced off", "sign")
            shown[sign.name] = sign, warning.shaft_guarded
        after = Sample(f"{name}-after", f"{zh}（已修复）", f"{en} (mended)", "after")
        shown[after.name] = after, partial(scene, mended=True)
    return shown


_DEFECTS: tuple[tuple[str, str, str, Callable[..., Scene]], ...] = (
    ("manhole-broken", "井盖破损", "Broken manhole cover", covers.cover_broken),
    ("manhole-missing", "井盖缺失", "Missing manhole cover", covers.cover_missing),
    ("pothole", "路面坑洞", "Pothole", ground.pothole),
    ("kerb-missing", "路沿石缺失", "Missing kerb stone", ground.kerb_missing),
    ("paving-broken", "人行道砖破损", "Broken paving", ground.paving_broken),
    ("sign-tilted", "路名牌倾斜", "Tilted street-name sign", posts.sign_tilted),
    ("lamp-leaning", "路灯倾斜、电线外露", "Leaning lamp post, bare wire", posts.lamp_leaning),
    ("rail-broken", "护栏破损", "Broken guard rail", railing.rail_broken),
    ("tree-broken", "树枝折断", "Broken branch", tree.tree_broken),
    ("bin-overflowing", "垃圾桶满溢", "Overflowing bin", litter.bin_overflowing),
)
