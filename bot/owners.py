"""Who owns a file, in words, and the command that gives it to somebody else."""

from __future__ import annotations

import grp
import os
import pwd
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def owner_of(path: Path) -> str:
    """Who owns a file or folder."""
    return _user(path.stat().st_uid)


def pair_of(path: Path) -> str:
    """Owner and group of a file or folder, as chown is told them."""
    found = path.stat()
    return f"{_user(found.st_uid)}:{_group(found.st_gid)}"


def myself() -> str:
    """The user that this process runs as."""
    return _user(os.geteuid())


def chown(to: str, path: Path) -> str:
    """The command that gives a folder with all that is in it, or a file and those beside it.

    Args:
        to: Owner and group.
        path: Beside a database lie its lock and its journals, whose names begin with its own.
    """
    real = path.resolve()  # chown -R does not go into a folder by its link
    what = ["-R", to, real] if real.is_dir() else [to, real, *_beside(real)]
    return shlex.join(["sudo", "chown", *map(str, what)])


def _beside(file: Path) -> list[Path]:
    """Named one by one: a shell fills in a `*` as the user who may not look into the folder."""
    try:
        names = sorted(file.parent.iterdir())
    except OSError:
        return []
    return [one for one in names if one.name.startswith(file.name) and one != file]


def refusal(path: Path, whole: Path | None = None) -> dict[str, str]:
    """What is told of something that this user may not use.

    Args:
        path: It.
        whole: What is to be given for it; if not given: it, or the folder that lacks it.

    Returns:
        Its `owner`, or that of the folder where it would be made; the `user` that this is; the
        `command` that gives it to the latter.
    """
    there = nearest(path)
    user = myself()
    command = chown(f"{user}:{_group(os.getegid())}", whole or there)
    return {"owner": owner_of(there), "user": user, "command": command}


def nearest(path: Path) -> Path:
    """The file or folder, or the first one around it that is there and can be seen."""
    whole = path.absolute()
    # `Path.exists` raises where a folder on the way is closed to this user.
    return next(one for one in (whole, *whole.parents) if os.path.exists(one))  # noqa: PTH110


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def _group(number: int) -> str:
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)
