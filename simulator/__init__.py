"""A stand-in Telegram: Bot API, people who post and press, faults, and a clock to move.

It knows nothing of the product; the product knows it only as one more Bot API address.
"""

from __future__ import annotations

from simulator.clock import SimulatedClock
from simulator.server import Simulator, serve

__all__ = ["SimulatedClock", "Simulator", "serve"]
