"""The tables of the self-watch, and the indexes by which the auditor looks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.pieces import DOCUMENT, MOMENT, TEXT, index, maybe, some

revision = "0003"
down_revision = "0002"

SHOWN = "kind IN ('card', 'edit', 'sheet')"
DEAD = "state = 'dead' AND loud"
FAILED = "state = 'dropped' AND substr(note, 1, 7) = 'failed:'"
HAS_FILE = "sha256 <> ''"


def upgrade() -> None:
    op.create_table(
        "findings",
        *some(TEXT, "kind subject name"),
        *some(DOCUMENT, "data"),
        *some(MOMENT, "found_at"),
        *maybe(MOMENT, "tried_at told_at"),
        sa.PrimaryKeyConstraint("kind", "subject", name="pk_findings"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "marks",
        *some(TEXT, "name"),
        *some(MOMENT, "at"),
        *some(sa.BigInteger(), "value"),
        sa.PrimaryKeyConstraint("name", name="pk_marks"),
        sqlite_with_rowid=False,
    )
    index("outbox", "shown", "case_id", "kind", "id", where=SHOWN)
    index("outbox", "dead", "created_at", where=DEAD)
    index("dues", "failed", "at", where=FAILED)
    index("photos", "sha256", "sha256", where=HAS_FILE)


def downgrade() -> None:
    op.drop_index("ix_photos_sha256", "photos")
    op.drop_index("ix_dues_failed", "dues")
    op.drop_index("ix_outbox_dead", "outbox")
    op.drop_index("ix_outbox_shown", "outbox")
    op.drop_table("marks")
    op.drop_table("findings")
