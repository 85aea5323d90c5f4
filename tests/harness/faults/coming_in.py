"""F1–F10: what Telegram may do to the updates on their way in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from simulator import posting
from simulator.parameters import Parameters
from simulator.requests import Fields
from tests.harness.faults.road import OUT
from tests.soak.stage import marked

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.messages import Message
    from tests.harness.faults.bench import Bench
    from tests.harness.faults.road import Road


AWAY = 25.5
"""Hours; Telegram keeps updates for 24."""


def f1(bench: Bench, _road: Road) -> None:
    """An update comes twice."""
    for _ in range(5):
        bench.order_at(bench.moment(0), "duplicate_update", count=1)


def f2(bench: Bench, _road: Road) -> None:
    """After a week of silence the numbers of updates begin anew anywhere."""
    for _ in range(2):
        bench.at(bench.moment(), lambda: _forget_numbers(bench))


def _forget_numbers(bench: Bench) -> None:
    queue = bench.simulator.world.first_bot.queue
    if queue.pending(bench.now):
        bench.later(1, lambda: _forget_numbers(bench))  # a week's silence leaves nothing pending
        return
    queue._last_added = bench.now - timedelta(days=8)  # noqa: SLF001 - as if a week had gone by
    bench.ends(bench.now)


def f3(bench: Bench, _road: Road) -> None:
    """The product dies when a batch is committed and not yet confirmed: it comes again."""
    begin, times = bench.moment(0, 0.4), bench.random.randint(1, 3)

    def rule(point: str) -> None:
        nonlocal times
        pending = bench.simulator.world.first_bot.queue.pending(bench.now)
        if point == "committed" and times and pending and bench.now >= begin:
            times -= 1
            bench.cut()

    bench.rules.append(rule)


def f4(bench: Bench, _road: Road) -> None:
    """The app sends an unanswered press again, as a new update."""

    def again(kind: str, payload: dict[str, Any], lane: int) -> None:
        if kind == "callback_query":
            for _ in range(bench.random.randint(1, 2)):
                bench.later(bench.random.uniform(0, 30), lambda: _add(bench, kind, payload, lane))

    _overhear(bench, again)


def _add(bench: Bench, kind: str, payload: dict[str, Any], lane: int) -> None:
    bench.simulator.world.first_bot.queue.add(kind, payload, bench.now, lane)
    bench.ends(bench.now)


def _overhear(bench: Bench, hears: Callable[[str, dict[str, Any], int], None]) -> None:
    """Hear of each update that people cause."""
    real = posting.give

    def given(world: Any, bot: Any, kind: str, payload: dict[str, Any]) -> None:
        real(world, bot, kind, payload)
        place = payload.get("chat") or payload.get("message", {}).get("chat") or {}
        hears(kind, payload, int(place.get("id", 0)))

    bench.replace(posting, "give", given)


def f5(bench: Bench, road: Road) -> None:
    """Away for over a day: Telegram has dropped what is older, and nothing else."""
    queue = bench.simulator.world.first_bot.queue

    def leave() -> None:
        if bench.life is None or queue.pending(bench.now):
            bench.later(5, leave)  # what was done before must not be dropped
            return
        bench.deaf.add(OUT)
        bench.watched = False
        bench.life.stop()
        bench.ends(bench.now + timedelta(hours=AWAY))
        # Not before the last poll has ended: what it brings is handled.
        bench.later(5, dropped)
        bench.later(3 * 3600, kept)
        bench.later(AWAY * 3600, back)

    def dropped() -> None:
        bench.stage.photo("officer03", "建设东路 路沿石缺失")

    def kept() -> None:
        bench.extra.add("人民东路")
        road.report("officer04", "人民东路 路沿石缺失", "人民东路")

    def back() -> None:
        bench.deaf.discard(OUT)
        bench.watched = True
        bench.ends(bench.now)
        bench.revive()
        road.go_on()

    bench.at(bench.moment(), leave)


def f6(bench: Bench, _road: Road) -> None:
    """Somebody else polls with the same token for a while; who came later gives way."""
    bench.excused.add("lives")
    begin = bench.moment()
    world = bench.simulator.world

    async def poll() -> None:
        for _ in range(bench.random.randint(3, 20)):
            given = Parameters(Fields({"timeout": bench.random.choice((0, 2))}, []))
            await bench.gateway._run(world.first_bot, "getupdates", given)  # noqa: SLF001 - a call
            bench.ends(bench.now)
            await bench.clock.sleep(1)

    bench.at(begin, lambda: bench.spawn(poll()))


def f7(bench: Bench, _road: Road) -> None:
    """Two deliveries of one update run side by side, while it is polled for too."""
    left = bench.random.randint(2, 6)

    def twice(_kind: str, _payload: dict[str, Any], _lane: int) -> None:
        nonlocal left
        product = bench.product
        if product is None or left <= 0 or bench.deaf:
            return
        left -= 1
        raw = bench.simulator.world.first_bot.queue.pending(bench.now)[-1].as_json()
        bench.ends(bench.now)
        for _ in range(2):
            bench.in_life(product.receiver.take_in([raw]))

    _overhear(bench, twice)


def f8(bench: Bench, _road: Road) -> None:
    """GetUpdates answers with an error, with HTML, with half of its JSON, with things unknown."""
    for kind in ("server_error", "bad_gateway", "truncated", "reset", "lost_reply"):
        count = bench.random.randint(1, 2)
        bench.order_at(bench.moment(0), kind, method="getUpdates", count=count)
    bench.order_at(bench.moment(0, 0.4), "odd_update", count=3)


def f9(bench: Bench, _road: Road) -> None:
    """An album of ten comes in no order, split over two polls."""
    bench.order("reorder_album")
    bench.order("late_album_item", seconds=bench.random.uniform(1, 20))


def f9_before(bench: Bench) -> None:
    """The album is large."""
    bench.album = 10


def f10(bench: Bench, road: Road) -> None:
    """Words are edited and photos replaced while the report is taken in; a photo is deleted."""
    bench.later(bench.random.uniform(5, 60), lambda: _edit(bench, road))
    bench.later(bench.random.uniform(60, 400), lambda: _delete(bench, road))


def _photo(bench: Bench, road: Road) -> Message | None:
    return bench.stage.message(road.photos.get(road.places[0], 0))


def _edit(bench: Bench, road: Road) -> None:
    message = _photo(bench, road)
    if message is None:
        bench.later(3, lambda: _edit(bench, road))
        return
    message.content = marked("caption", f"{message.text} 靠近校门")
    message.media = bench.stage.media(bench.random.randrange(8))
    message.edit_date = bench.simulator.world.unix()
    posting.announce(bench.simulator.world, bench.group, message, "edited_message")
    bench.ends(bench.now)


def _delete(bench: Bench, road: Road) -> None:
    message = _photo(bench, road)
    if message is not None:
        bench.group.remove(message)
        bench.ends(bench.now)
