"""The tables by which several processes on one database work together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.pieces import FLAG, ID, MOMENT, TEXT, index, maybe, of_case, some

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "leases",
        *some(TEXT, "name owner"),
        *some(MOMENT, "until"),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "calls",
        sa.Column("id", ID, nullable=False, autoincrement=True),
        *some(ID, "row"),
        *some(TEXT, "owner chat kind"),
        of_case(nullable=True),
        *some(FLAG, "free"),
        *some(MOMENT, "started"),
        *maybe(MOMENT, "ended"),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
    )
    index("calls", "under_way", "row", where="ended IS NULL")
    index("calls", "ended", "ended")
    op.create_table(
        "pauses",
        *some(TEXT, "chat"),
        *some(MOMENT, "since until"),
        sa.PrimaryKeyConstraint("chat", name="pk_pauses"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fetches",
        sa.Column("photo", ID, nullable=False, autoincrement=False),
        *some(TEXT, "owner"),
        sa.PrimaryKeyConstraint("photo", name="pk_fetches"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ["fetches", "pauses", "calls", "leases"]:
        op.drop_table(table)
