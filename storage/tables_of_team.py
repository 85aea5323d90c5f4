"""The tables by which several processes on one PostgreSQL work together; empty on SQLite."""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table

from storage.columns import flag, maybe_moment, metadata, moment, own_id, partial, string
from storage.types import Id, Reference

IS_UNDER_WAY = "ended IS NULL"

leases = Table(
    "leases",
    metadata,
    Column("name", String, primary_key=True),
    string("owner"),
    moment("until"),
    sqlite_with_rowid=False,
)

calls = Table(
    "calls",
    metadata,
    own_id(),
    Column("row", Id, nullable=False),
    string("owner"),
    string("chat"),
    Column("case_id", Reference, nullable=True),
    string("kind"),
    flag("free"),
    moment("started"),
    maybe_moment("ended"),
    partial("ix_calls_under_way", "row", where=IS_UNDER_WAY),
    Index("ix_calls_ended", "ended"),
)

pauses = Table(
    "pauses",
    metadata,
    Column("chat", String, primary_key=True),
    moment("since"),
    moment("until"),
    sqlite_with_rowid=False,
)

fetches = Table(
    "fetches",
    metadata,
    Column("photo", Id, nullable=False, autoincrement=False),
    string("owner"),
    PrimaryKeyConstraint("photo"),
    sqlite_with_rowid=False,
)
