"""Alembic's entry: it works on the transaction that storage/migrate.py has opened."""

from __future__ import annotations

from alembic import context

import storage.tables  # noqa: F401 - its tables belong to the metadata
from storage.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
