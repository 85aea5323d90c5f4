"""`xunchaqun simulator` in its own process: it says where it is, serves, and stops in order."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "bot", "simulator", "--lang", "en", "--port"]


def test_it_serves_and_stops_at_sigterm() -> None:
    """The first line names the address; SIGTERM ends it with 0 within five seconds."""
    with subprocess.Popen(
        [*COMMAND, "0", "--clock", "2026-11-20T16:50"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        port = re.search(r"http://127\.0\.0\.1:(\d+)", first)
        assert port is not None, first
        asking = http.client.HTTPConnection("127.0.0.1", int(port[1]), timeout=5)
        asking.request("GET", "/sim/clock")
        assert b"2026-11-20T08:50" in asking.getresponse().read()
        asking.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 0


def test_a_taken_port_is_one_clear_line() -> None:
    """With what to do about it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [*COMMAND, str(taken.getsockname()[1])],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )
    assert done.returncode == 1
    assert "choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr
