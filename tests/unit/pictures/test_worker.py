"""Decoding happens in processes that may crash, hang or be killed; a job then has a reason."""

from __future__ import annotations

import asyncio
import errno
import io
import os
import pickle
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from PIL import Image

from pictures import child
from pictures.decoding import MAX_BYTES
from pictures.errors import (
    NotAPicture,
    NotStarted,
    PictureError,
    TimedOut,
    TooHeavy,
    TooLarge,
    WorkerDied,
)
from pictures.headers import Format
from pictures.intake import Picture
from pictures.sheet import Column, SheetSpec
from pictures.typefaces import VENDORED
from pictures.worker import PictureWorker
from tests.unit.pictures import zoo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PHOTO = zoo.plain(640, 480)
PICTURE = Picture(format=Format.JPEG, width=640, height=480)
SPEC = SheetSpec(
    number="XC-20261120-0001",
    title="井盖破损",
    place="金城路",
    columns=(Column(label="修复前", photos=(PHOTO,)), Column(label="修复后")),
    font=VENDORED,
)


@pytest.fixture
async def worker() -> AsyncIterator[PictureWorker]:
    """Return a worker of one process."""
    async with PictureWorker(processes=1) as running:
        yield running


async def test_it_examines_and_draws(worker: PictureWorker) -> None:
    """The same answers as in our own process."""
    assert await worker.examine(PHOTO) == PICTURE
    assert Image.open(io.BytesIO(await worker.sheet(SPEC))).width == 1600


async def test_no_process_runs_before_the_first_picture(worker: PictureWorker) -> None:
    """A bot that sees no picture pays for no process."""
    assert worker.pids == ()
    await worker.examine(PHOTO)
    assert len(worker.pids) == 1


async def test_reasons_come_back_with_their_facts(worker: PictureWorker) -> None:
    """A refusal in the other process is the same refusal here."""
    with pytest.raises(NotAPicture):
        await worker.examine(b"")
    with pytest.raises(TooLarge) as caught:
        await worker.examine(zoo.bilevel(13_000))
    assert caught.value.width == 13_000
    assert await worker.examine(PHOTO) == PICTURE


async def test_a_file_that_is_too_heavy_does_not_even_travel(worker: PictureWorker) -> None:
    """No process is started for it."""
    with pytest.raises(TooHeavy):
        await worker.examine(bytes(MAX_BYTES + 1))
    assert worker.pids == ()


async def test_a_process_killed_between_jobs_is_replaced(worker: PictureWorker) -> None:
    """The next photo, or at worst the one after it, is examined as ever."""
    await worker.examine(PHOTO)
    (before,) = worker.pids
    os.kill(before, signal.SIGKILL)
    await _until_gone(worker)
    assert await worker.examine(PHOTO) == PICTURE
    assert worker.pids != (before,)


async def test_a_process_killed_in_the_middle_of_a_job_is_a_reason(worker: PictureWorker) -> None:
    """The job that was under way fails with WorkerDied; the next one is done."""
    await worker.examine(PHOTO)
    (pid,) = worker.pids
    os.kill(pid, signal.SIGSTOP)
    async with asyncio.TaskGroup() as group:
        job = group.create_task(_outcome(worker))
        await asyncio.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
    assert isinstance(job.result(), WorkerDied)
    assert await worker.examine(PHOTO) == PICTURE


async def test_a_process_that_does_not_start_says_nothing_of_the_picture() -> None:
    """The reason is the machine's: a photo is not to be given up for it."""

    async def full() -> NoReturn:
        raise OSError(errno.EMFILE, "Too many open files")

    async with PictureWorker(start=full) as worker:
        with pytest.raises(NotStarted, match="Too many open files"):
            await worker.examine(PHOTO)


async def _until_gone(worker: PictureWorker) -> None:
    while worker.pids:  # noqa: ASYNC110 - the end of a process sets no event of ours
        await asyncio.sleep(0.005)


async def _outcome(worker: PictureWorker) -> Picture | PictureError:
    try:
        return await worker.examine(PHOTO)
    except PictureError as error:
        return error


async def test_a_job_that_takes_too_long_is_ended_with_its_process() -> None:
    """A hanging decoder holds nobody up for longer than its time."""
    async with PictureWorker(processes=1, seconds=1.0) as worker:
        await worker.examine(PHOTO)
        (pid,) = worker.pids
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(TimedOut) as caught:
            await worker.examine(PHOTO)
        assert caught.value.seconds == 1.0
        assert not _runs(pid)
        assert await worker.examine(PHOTO) == PICTURE


async def test_a_job_that_is_cancelled_leaves_no_answer_behind(worker: PictureWorker) -> None:
    """The next job gets its own answer, not that of the one before."""
    await worker.examine(PHOTO)
    os.kill(worker.pids[0], signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await worker.sheet(SPEC)
    assert await worker.examine(PHOTO) == PICTURE


async def test_many_jobs_at_once_share_the_processes() -> None:
    """Two processes do twenty jobs."""
    async with PictureWorker(processes=2) as worker:
        async with asyncio.TaskGroup() as group:
            jobs = [group.create_task(worker.examine(PHOTO)) for _ in range(20)]
        assert {job.result() for job in jobs} == {PICTURE}
        assert len(worker.pids) == 2


async def test_leaving_ends_all_processes_even_those_that_hang() -> None:
    """No process outlives the bot, and none keeps it from ending."""
    async with PictureWorker(processes=2) as worker:
        async with asyncio.TaskGroup() as group:
            for _ in range(6):
                group.create_task(worker.examine(PHOTO))
        pids = worker.pids
        os.kill(pids[0], signal.SIGSTOP)
    assert not any(_runs(pid) for pid in pids)
    with pytest.raises(WorkerDied):
        await worker.examine(PHOTO)


async def test_leaving_in_the_middle_of_jobs_ends_them_at_once() -> None:
    """What was under way has a reason; nothing is waited for, nothing is left running."""
    async with asyncio.TaskGroup() as group:
        async with PictureWorker(processes=2) as worker:
            await worker.examine(PHOTO)
            (pid,) = worker.pids
            os.kill(pid, signal.SIGSTOP)
            jobs = [group.create_task(_outcome(worker)) for _ in range(4)]
            await asyncio.sleep(0.02)
        assert not _runs(pid)
        assert worker.pids == ()
    assert isinstance(jobs[0].result(), WorkerDied)
    assert all(isinstance(job.result(), PictureError | Picture) for job in jobs)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_the_process_ends_when_the_bot_is_killed() -> None:
    """It reads from a pipe that nobody else holds."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "pictures.child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    told, _ = await process.communicate(b"half")
    assert told == child.READY
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the memory on Linux alone")
async def test_the_whole_zoo_is_refused_within_256_mebibytes(worker: PictureWorker) -> None:
    """Bombs, endless segments, greedy metadata: the process stays small."""
    bombs = [zoo.bilevel(13_000), zoo.bilevel(20_000), zoo.text_bomb(), zoo.greedy_exif()]
    for data in [*zoo.STRANGERS.values(), *zoo.DAMAGED.values(), *bombs]:
        try:
            await worker.examine(data)
        except PictureError:
            continue
    status = _proc(worker.pids[0], "status").decode()
    peak = int(status.split("VmHWM:")[1].split()[0])
    assert peak < 256 * 1024


def test_an_unforeseen_error_of_a_job_is_an_answer_too() -> None:
    """Asked for what it does not know, the process says so and lives on."""
    told = child.answer(pickle.dumps(("dance", None)))
    assert b'"KeyError"' in told
    told = child.answer(pickle.dumps(("sheet", None)))
    assert b'"AttributeError"' in told


async def test_the_environment_of_the_bot_stays_with_the_bot(
    worker: PictureWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever breaks a decoder finds no token."""
    monkeypatch.setenv("XUNCHAQUN_TOKEN", "7000000001:CANARY")
    await worker.examine(PHOTO)
    if sys.platform == "linux":
        assert b"CANARY" not in _proc(worker.pids[0], "environ")


def _proc(pid: int, name: str) -> bytes:
    return Path(f"/proc/{pid}/{name}").read_bytes()
