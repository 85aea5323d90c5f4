"""Ctrl-C at any moment of a start: at most one line, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "bot/data/sample_town.toml"
CHECK = ("config", "check", str(SAMPLE))
ENV = {**os.environ, "LANG": "C"}
INTERRUPTED_IN_AN_IMPORT = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
sys.argv[1:] = {words!r}
from bot.entry import main
sys.exit(main())
"""


@pytest.mark.parametrize("name", ["bot.cli", "argparse", "bot.config.loading", "casework.town"])
def test_an_interrupt_within_an_import_ends_without_a_word(name: str) -> None:
    """The first half second of every command; also where the tests themselves run unheard."""
    code = INTERRUPTED_IN_AN_IMPORT.format(name=name, words=list(CHECK))
    code = f"import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=ENV, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr, done.stdout) == (130, "", "")


def test_an_ignored_interrupt_stays_ignored() -> None:
    """A shell starts so what it runs in the background."""
    code = INTERRUPTED_IN_AN_IMPORT.format(name="bot.cli", words=list(CHECK))
    code = f"import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n{code}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=ENV, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "is good" in done.stdout
