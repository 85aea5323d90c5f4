"""F11–F22: what Telegram and the network may do to the calls on their way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator import membership
from simulator.chats import Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.faults import Fault
    from tests.harness.faults.bench import Bench
    from tests.harness.faults.road import Road

TELLING = (
    "sendMessage", "sendPhoto", "editMessageText", "setMessageReaction", "answerCallbackQuery"
)  # fmt: skip
TIMES_OUT = 90
"""Seconds; the client waits for 60."""
TOPIC = 7


def f11(bench: Bench, _road: Road) -> None:
    """Time-outs before anything was delivered."""
    _some(bench, "delay", seconds=TIMES_OUT)


def f12(bench: Bench, _road: Road) -> None:
    """Time-outs after it was delivered."""
    _some(bench, "late_reply", seconds=TIMES_OUT)


def f13(bench: Bench, _road: Road) -> None:
    """The connection breaks before, within or after the answer."""
    for kind in ("reset", "truncated", "lost_reply"):
        _some(bench, kind)


def _some(bench: Bench, kind: str, **how: object) -> None:
    for _ in range(2):
        method = bench.random.choice(TELLING)
        bench.order_at(bench.moment(0), kind, method=method, **how)


def f14(bench: Bench, _road: Road) -> None:
    """429 for a second, half a minute, a quarter of an hour."""
    for _ in range(2):
        rest = bench.random.choice((1, 35, 900))
        bench.order_at(bench.moment(0), "rate_limit", retry_after=rest)


def f15(bench: Bench, _road: Road) -> None:
    """Nothing but HTML for ten minutes."""
    begin = bench.moment(0, 0.6)

    def strike() -> None:
        orders = [bench.order("bad_gateway", probability=1.0)]
        orders.append(bench.order("bad_gateway", probability=1.0, method="getUpdates"))
        bench.later(600, lambda: _take_back(bench, orders))

    bench.at(begin, strike)


def _take_back(bench: Bench, orders: list[Fault]) -> None:
    faults = bench.simulator.world.faults
    faults.orders = [order for order in faults.orders if order not in orders]
    bench.ends(bench.now)


def f16(bench: Bench, _road: Road) -> None:
    """Thrown out of the group, or blocked by somebody; back after some minutes."""
    bench.excused |= {"cards", "report"}
    bench.at(bench.moment(0), _away(bench, "remove", "promote"))
    bench.at(bench.moment(0), lambda: _block(bench, blocked=True))


def _away(bench: Bench, leave: str, come: str) -> Callable[[], None]:
    bot = bench.simulator.world.first_bot.id

    def act(action: str, *, deaf: bool) -> None:
        if action == "promote" and not bench.group.has(bot):
            membership.perform(bench.simulator.world, bench.group, bot, "add")
        membership.perform(bench.simulator.world, bench.group, bot, action)
        (bench.deaf.add if deaf else bench.deaf.discard)(leave)
        bench.ends(bench.now)

    def begin() -> None:
        if not bench.group.has(bot):  # another fault has thrown it out
            bench.later(5, begin)
            return
        act(leave, deaf=True)
        bench.later(bench.random.uniform(30, 300), lambda: act(come, deaf=False))

    return begin


def _block(bench: Bench, *, blocked: bool) -> None:
    world = bench.simulator.world
    person = bench.stage.ids["supervisor01"]
    chat = world.private_chat(person, world.first_bot.id)
    membership.block(world, person, chat, blocked=blocked)
    bench.ends(bench.now)
    if blocked:
        bench.later(bench.random.uniform(30, 300), lambda: _block(bench, blocked=False))


def f17(bench: Bench, _road: Road) -> None:
    """The group becomes a supergroup, while something waits to be sent."""
    bench.excused.add("cards")

    def migrate() -> None:
        if bench.group.type == "group":
            membership.migrate(bench.simulator.world, bench.group)
            bench.ends(bench.now)

    if bench.random.random() < 0.5:
        bench.at(bench.moment(0), migrate)
    else:
        method = bench.random.choice(("sendMessage", "editMessageText", "sendPhoto"))
        bench.order_at(bench.moment(0), "migrate", method=method)


def f18(bench: Bench, road: Road) -> None:
    """The card was deleted, may not be edited, or is as it should be already."""
    bench.excused.add("cards")
    words = ("message can't be edited", "message to edit not found", "MESSAGE_ID_INVALID")
    how = {"method": "editMessageText", "words": bench.random.choice(words)}
    bench.order_at(bench.moment(), "bad_request", **how)
    bench.order_at(bench.moment(), "lost_reply", method="editMessageText")
    bench.at(bench.moment(), lambda: _tear(bench, road))


def _tear(bench: Bench, road: Road) -> None:
    card = road.card(bench.random.choice(road.places))
    if card is not None:
        bench.group.remove(card.message)
        bench.ends(bench.now)


def f19(bench: Bench, _road: Road) -> None:
    """The topic of the photos is deleted or closed."""
    group = bench.group
    group.is_forum = True
    group.topics[TOPIC] = Topic(TOPIC, "东城")
    bench.stage.thread = TOPIC

    def gone() -> None:
        bench.group.topics.pop(TOPIC, None)
        bench.stage.thread = None
        bench.ends(bench.now)

    if bench.random.random() < 0.5:
        bench.at(bench.moment(), gone)
    else:
        how = {"method": "sendMessage", "chat": group.id, "words": "TOPIC_CLOSED"}
        bench.order("bad_request", **how)


def f20(bench: Bench, _road: Road) -> None:
    """Files are not there, or their path has expired, or they are too large."""
    bench.excused.add("photos")
    for _ in range(2):
        bench.order_at(bench.moment(0, 0.3), "file_gone", count=bench.random.randint(1, 4))
    large = "file is too big"
    bench.order_at(bench.moment(0, 0.3), "bad_request", method="getFile", words=large)


def f21(bench: Bench, _road: Road) -> None:
    """The bot is no admin any more for some minutes: in privacy mode it is deaf."""
    bench.excused.add("cards")
    bench.at(bench.moment(0), _away(bench, "demote", "promote"))


def f22(bench: Bench, _road: Road) -> None:
    """One call in twenty takes half a minute."""
    bench.order("delay", probability=0.05, seconds=30.0)
    bench.order("delay", probability=0.05, seconds=30.0, method="getUpdates")
