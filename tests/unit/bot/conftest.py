"""What every test of these may leave behind is put back."""

from __future__ import annotations

from tests.fakes.logs_as_before import logging_as_before

__all__ = ["logging_as_before"]
