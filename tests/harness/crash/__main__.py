"""`python -m tests.harness.crash`: kills the bot again and again, and prints what came of it.

A process of its own, because each life is forked from it: it imports everything once.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
from typing import TYPE_CHECKING, Any

from bot import assembly
from bot.poller import Poller
from tests.acceptance.city import jpeg
from tests.fakes.lives import ConfirmFirst
from tests.harness.crash import child
from tests.harness.crash.arms import put_around
from tests.harness.crash.campaign import Campaign
from tests.harness.crash.points import RUNNING
from tests.harness.crash.rounds import CONTROL
from tests.harness.progress import Progress, show
from tests.soak.stage import PIXELS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.harness.crash.campaign import Report


def main(words: Sequence[str] | None = None) -> int:
    """Kill, and print the report; 0 if nothing was wrong, and the control lost cases."""
    options = _options(words)
    progress = Progress()
    report = asyncio.run(_run(options, progress))
    progress.done()
    show(report, as_json=options.json)
    control_fails = options.control > 0 and not report["lost_by_the_control"]
    return 0 if not report["wrong"] and not control_fails else 1


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.harness.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--control", type=int, default=0, help="kills of a bot that confirms first, as stock ones"
    )
    parser.add_argument("--json", action="store_true", help="print all that is known")
    return parser.parse_args(words)


async def _run(options: argparse.Namespace, progress: Progress) -> dict[str, Any]:
    points = put_around(RUNNING)
    child.make_light(jpeg(size=PIXELS))

    def tell(now: Report) -> None:
        progress.tell(f"{now.killed} kills")

    report = await _campaign(Campaign(points, options.seed), options.kills, tell)
    told: dict[str, Any] = {**vars(report), "killed": report.killed, "unreached": report.unreached}
    if options.control:
        setattr(assembly, Poller.__name__, ConfirmFirst)
        control = Campaign(points, options.seed, (CONTROL,))
        lost = await _campaign(control, options.control, tell)
        told |= {"kills_of_the_control": lost.killed, "cases_of_the_control": lost.cases}
        told |= {"lost_by_the_control": lost.lost}
    return told


async def _campaign(campaign: Campaign, kills: int, tell: Callable[[Report], None]) -> Report:
    """Rehearse, forget no memory while forking, kill."""
    campaign.report.wrong += await campaign.rehearse()
    gc.collect()
    gc.freeze()
    await campaign.kill(kills, tell)
    return campaign.report


if __name__ == "__main__":
    sys.exit(main())
