"""The sample towns of product and simulator agree, though neither knows the other."""

from __future__ import annotations

from bot.config import sample
from simulator import SimulatedClock, town
from simulator.world import World


def test_both_towns_have_the_same_people() -> None:
    """Usernames, names and order; citizens are on nobody's roster."""
    world = World(SimulatedClock())
    people = [(one.username, one.first_name) for one in world.people.values() if not one.is_bot]
    roster = [(one.username, one.name) for one in sample().people]
    assert [one for one in people if not str(one[0]).startswith("citizen")] == roster


def test_both_towns_have_the_same_group_and_bot() -> None:
    """The demo needs no further setting."""
    settings = sample()
    assert [group.chat for group in settings.groups] == [town.GROUP_ID, town.MANAGERS_ID]
    assert settings.telegram.token.reveal() == town.BOT_TOKEN
