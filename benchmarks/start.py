"""`python -m benchmarks.start BEGUN COUNT`: a process of its own, from its start to its memory.

Prints, as JSON, the seconds since BEGUN (`time.monotonic` of the parent) at the end of the imports
and at the first commit, and the memory after COUNT updates above that after the imports.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.contenders import product_in
from benchmarks.updates import batches, photo_updates
from bot import collector

PAGE = 4096


def resident() -> int:
    """Bytes of memory this process holds now; 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text(encoding="ascii").split()[1]) * PAGE if statm.exists() else 0


async def _measure(begun: float, count: int) -> dict[str, float]:
    imported, after_imports = time.monotonic() - begun, resident()
    with tempfile.TemporaryDirectory("-bench") as folder:
        async with product_in(Path(folder)) as bench:
            first, *rest = photo_updates(count)
            await bench.take_in([first])
            committed = time.monotonic() - begun
            for batch in batches(rest):
                await bench.take_in(batch)
            grown = resident() - after_imports
    return {"imported": imported, "committed": committed, "grown": grown}


if __name__ == "__main__":
    collector.settle()
    told = asyncio.run(_measure(float(sys.argv[1]), int(sys.argv[2])))
    sys.stdout.write(json.dumps(told))
