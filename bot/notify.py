"""What systemd is told (`Type=notify`): ready, still well, stopping. Without systemd: nothing."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

READY = "READY=1"
STOPPING = "STOPPING=1"
WATCHDOG = "WATCHDOG=1"


class Notifier:
    """Datagrams to the socket that systemd names in the environment (see sd_notify(3))."""

    def __init__(self, env: Mapping[str, str], process: int) -> None:
        """`process`: the own id; a watchdog that is meant for another is none of ours."""
        address = env.get("NOTIFY_SOCKET", "")
        # A leading @ stands for the abstract namespace.
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        ours = env.get("WATCHDOG_PID", str(process)) == str(process)
        given = env.get("WATCHDOG_USEC", "")
        self.watchdog = int(given) / 1e6 if ours and given.isdecimal() else 0.0
        """Seconds within which systemd wants a sign of life; 0: it wants none."""

    def tell(self, *lines: str) -> None:
        """Send lines such as `READY=1`; whoever listens or not, the bot goes on."""
        if not self._address:
            return
        with (
            suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line,
        ):
            line.settimeout(0)
            line.connect(self._address)
            line.send("\n".join(lines).encode())
