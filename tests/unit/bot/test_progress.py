"""How far a long work is, on a terminal and elsewhere."""

from __future__ import annotations

import io

import pytest
from typing_extensions import override

from bot.progress import Progress


class _Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


class _Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _work(stream: io.StringIO, *, total: int = 200) -> None:
    seconds = _Seconds()
    progress = Progress("en", stream, seconds)
    with progress.part("config_file", total) as advance:
        for _ in range(200):
            seconds.now += 0.25
            advance(1)


def test_a_terminal_shows_one_growing_line() -> None:
    """Each state takes the place of the one before; the line ends with the part."""
    stream = _Terminal()
    _work(stream)
    told = stream.getvalue()
    assert told.count("\n") == 1
    assert told.endswith("\n")
    states = [state.removesuffix("\x1b[K") for state in told.rstrip("\n").split("\r")[1:]]
    assert states[:4] == [f"the configuration file {n}" for n in ("…", "0 %", "1 %", "1 %")]
    assert states[-1] == "the configuration file 100 %"


def test_elsewhere_there_is_a_plain_line_now_and_then() -> None:
    """A log of 50 seconds has seven lines, without control characters."""
    stream = io.StringIO()
    _work(stream)
    states = ("…", "20 %", "40 %", "60 %", "80 %", "99 %", "100 %")
    assert stream.getvalue() == "".join(f"the configuration file {state}\n" for state in states)


def test_a_short_part_is_one_plain_line() -> None:
    """Its name is enough."""
    stream = io.StringIO()
    with Progress("zh", stream, _Seconds()).part("config_file", 3) as advance:
        advance(3)
    assert stream.getvalue() == "配置文件 …\n"


def test_work_of_unknown_length_is_counted() -> None:
    """A number instead of a share."""
    stream = io.StringIO()
    _work(stream, total=0)
    assert stream.getvalue().splitlines()[:2] == [
        "the configuration file …",
        "the configuration file 40",
    ]


def test_an_interrupted_part_ends_its_line_and_claims_nothing() -> None:
    """What is said next begins a line of its own."""
    stream = _Terminal()
    progress = Progress("en", stream, _Seconds())
    with pytest.raises(KeyboardInterrupt), progress.part("config_file", 5) as advance:
        advance(1)
        raise KeyboardInterrupt
    assert stream.getvalue().endswith("…\x1b[K\n")
