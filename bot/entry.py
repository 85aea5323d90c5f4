"""The way in: until the command line is imported, Ctrl-C ends the program at once, without a word.

The imports take up to a second; what Python itself makes of a Ctrl-C meanwhile is a traceback. So
nothing is imported here that Python has not nearly always imported already.
"""

from __future__ import annotations

import os
import signal

from bot.codes import INTERRUPTED


def main() -> int:
    """Run the command that the process was started with; returns its exit code."""
    # A shell starts what shall not hear Ctrl-C with the signal ignored; so it stays.
    hears = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if hears:
        signal.signal(signal.SIGINT, _leave)
    from bot.cli import main as obey  # noqa: PLC0415 - this is what takes its time

    try:
        if hears:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return obey()
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        if hears:  # what remains is the end of the interpreter
            signal.signal(signal.SIGINT, _leave)


def _leave(_number: object, _frame: object) -> None:
    os._exit(INTERRUPTED)
