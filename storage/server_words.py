"""What a PostgreSQL says where it gives no connection: the library tells no code of that.

The words are those of the server's language, English or Chinese here, and of a pooler in front of
it; in another language they are told as they are, without a remedy of their own.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

_PREFIX: Final = re.compile(r"(?:connection (?:failed|is bad)|consuming input failed): ")
"""The driver's own words in front of those of the library."""


class Lack(Enum):
    """Why there is no connection."""

    ROOM = auto()
    """So many connections are not allowed to this user, or to all together."""
    DATABASE = auto()
    """There is none of this name."""
    ENTRY = auto()
    """This user is not let in, or not with this password."""
    SERVER = auto()
    """Nobody answers, or says anything else."""


def lack_in(said: str) -> tuple[Lack, str]:
    """Why there is no connection, and the line that says so; of several tries the clearest one."""
    lines = [_PREFIX.sub("", line.strip()) for line in said.splitlines() if line.strip()]
    for line in lines:
        for lack, words in _WORDS.items():
            if words.search(line):
                return lack, line
    return Lack.SERVER, next(iter(lines), "")


_WORDS: Final = {
    Lack.ROOM: re.compile(
        r"too many connections for|too many clients|remaining connection slots"
        r"|no more connections|连接太多|太多的客户|保留的连接位置"
    ),
    Lack.DATABASE: re.compile(r"database .* does not exist|数据库.*不存在"),
    Lack.ENTRY: re.compile(
        r"authentication failed|no password supplied|no pg_hba.conf entry"
        r"|role .* does not exist|not permitted to log in|permission denied for database"
        r"|认证失败|角色.*不存在|不允许角色.*登录|没有用于主机.*记录"
    ),
}
