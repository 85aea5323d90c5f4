"""The configuration: TOML and environment become typed frozen objects, or all mistakes at once."""

from __future__ import annotations

from bot.config.loading import load, sample
from bot.config.problems import ConfigError, Problem
from bot.config.settings import Secret, Settings

__all__ = ["ConfigError", "Problem", "Secret", "Settings", "load", "sample"]
