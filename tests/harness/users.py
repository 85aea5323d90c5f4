"""Another user of the machine than root: whom the system may refuse something."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.harness.folders import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534
"""As Linux numbers the user who owns nothing, and the group."""


def root_only() -> None:
    """Leave a test out that gives files away, where this is not allowed."""
    if os.geteuid() != 0:
        pytest.skip("only root can give files to somebody else")


def give_all(top: Path) -> None:
    """Give a folder and all that is in it to nobody, if this is root."""
    if os.geteuid() == 0:
        for path in (top, *top.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


def owners(top: Path) -> set[tuple[int, int]]:
    """To whom a folder and what is in it belong."""
    found = [path.lstat() for path in (top, *top.rglob("*"))]
    return {(one.st_uid, one.st_gid) for one in found}


@contextmanager
def common_user() -> Iterator[None]:
    """Be nobody for the time of the block; who is not root stays who they are."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@contextmanager
def seen_by_all() -> Iterator[Path]:
    """A folder into which every user can look, unlike pytest's own."""
    with folder() as name:
        place = Path(name)
        place.chmod(0o755)
        yield place
