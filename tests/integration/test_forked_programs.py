"""Programs that tests fork must be seen to end as programs that a shell starts."""

from __future__ import annotations

import os
import signal

from tests.acceptance import processes


async def test_what_a_program_says_and_its_exit_code_come_through() -> None:
    """Its words on the right one of the two, and also how argparse ends it."""
    code, out, err = await processes.finished("--version")
    assert (code, out[:9], err) == (0, "xunchaqun", "")
    code, out, err = await processes.finished("dance")
    assert (code, out) == (2, "")
    assert "dance" in err


async def test_a_killed_program_is_told_apart_from_one_that_ended() -> None:
    """By the signal's number."""
    async with processes.running("simulator", "--port", "0") as program:
        await processes.address_of(program)
        assert program.returncode is None
        os.kill(program.pid, signal.SIGKILL)
        assert await program.wait() == -signal.SIGKILL
        assert program.returncode == -signal.SIGKILL
