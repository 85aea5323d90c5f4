"""A canary in the mine: the bot token, looked for in everything that tests leave behind.

`pytest --canary=FOLDER` writes the log of the whole run at DEBUG there, masked as the product masks
it, and looks after each test through its temporary folder: databases, exports, copies.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from bot.logs import JsonFormatter, Mask, MaskingFilter
from simulator.town import BOT_TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SIGHTED = "sighted.txt"
EXCUSED = (".toml", ".env", ".py")
"""An office writes its token into its configuration, and the sample town's stands in the source.

The product never makes such files.
"""


def forms(token: str) -> tuple[str, ...]:
    """A token as it stands, in an address, and its secret part alone."""
    secret = token.partition(":")[2]
    return (token, quote(token, safe=""), quote_plus(token).lower(), secret)


def sighted(data: bytes, token: str = BOT_TOKEN) -> bool:
    """Whether any form of the token is in these bytes, in UTF-8 or UTF-16."""
    lower = data.lower()
    codings = ("utf-8", "utf-16-le")
    return any(form.lower().encode(code) in lower for form in forms(token) for code in codings)


def files_with(folder: Path) -> Iterator[Path]:
    """The files below a folder that hold it."""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in EXCUSED and sighted(path.read_bytes()):
            yield path


def listen(folder: Path, worker: str) -> None:
    """Write every log record of this process into a file of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(folder / f"{worker}.log", encoding="utf-8", errors="replace")
    handler.addFilter(MaskingFilter(Mask([BOT_TOKEN])))
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.DEBUG)


def note(folder: Path, where: str, found: Iterable[Path]) -> None:
    """Keep where it was seen."""
    lines = [f"{where}: {path}\n" for path in found]
    if lines:
        with (folder / SIGHTED).open("a", encoding="utf-8") as file:
            file.writelines(lines)
