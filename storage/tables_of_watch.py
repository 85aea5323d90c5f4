"""The tables of the self-watch: what the auditor found, and how far it has come."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, String, Table

from storage.columns import document, maybe_moment, metadata, moment, string

findings = Table(
    "findings",
    metadata,
    string("kind"),
    string("subject"),
    string("name"),
    document("data"),
    moment("found_at"),
    maybe_moment("tried_at"),
    maybe_moment("told_at"),
    PrimaryKeyConstraint("kind", "subject"),
    sqlite_with_rowid=False,
)

marks = Table(
    "marks",
    metadata,
    Column("name", String, primary_key=True),
    moment("at"),
    Column("value", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
