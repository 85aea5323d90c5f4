"""The tables that are kept for the sake of time, and the versions of the category file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.pieces import (
    DOCUMENT,
    FLAG,
    LASTING,
    MOMENT,
    NUMBER,
    TEXT,
    check,
    index,
    maybe,
    of_case,
    some,
)

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _clock()
    _orders()
    _hushes()
    _boards()
    _digests()
    _mutes()
    _rulebooks()


def downgrade() -> None:
    for table in ["rulebooks", "mutes", "digests", "boards", "hushes", "orders", "clock"]:
        op.drop_table(table)


def _clock() -> None:
    op.create_table(
        "clock",
        of_case(nullable=False),
        *some(NUMBER, "seq round"),
        *some(MOMENT, "at"),
        *some(TEXT, "clock what matter asked_by decided_by reason photo stage company"),
        *maybe(MOMENT, "until"),
        *maybe(TEXT, "span"),
        *maybe(LASTING, "left"),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_clock"),
        check("ck_clock_clock_known", "clock IN ('claim', 'repair', 'sign', 'check')"),
        check(
            "ck_clock_what_known",
            "what IN ('started', 'changed', 'stopped', 'resumed', 'ended', 'missed', 'asked', "
            "'declined', 'extended', 'suspended', 'promised', 'kept', 'broken', 'undone')",
        ),
        check(
            "ck_clock_matter_known",
            "matter IN ('', 'promise', 'extension', 'suspension', 'hours')",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_clock_case_id"),
        sqlite_with_rowid=False,
    )
    index("clock", "at", "at")


def _orders() -> None:
    op.create_table(
        "orders",
        of_case(nullable=False),
        *some(NUMBER, "rung attempt"),
        *some(TEXT, "state number decided_by"),
        *some(MOMENT, "drafted_at"),
        *maybe(MOMENT, "decided_at"),
        sa.PrimaryKeyConstraint("case_id", "rung", "attempt", name="pk_orders"),
        check("ck_orders_state_known", "state IN ('drafted', 'issued', 'declined', 'dropped')"),
        check("ck_orders_issued_by_a_person", "state <> 'issued' OR decided_by <> ''"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_orders_case_id"),
        sqlite_with_rowid=False,
    )
    index("orders", "number", "number", where="number <> ''", unique=True)


def _hushes() -> None:
    op.create_table(
        "hushes",
        of_case(nullable=False),
        *some(TEXT, "person"),
        *some(MOMENT, "until"),
        sa.PrimaryKeyConstraint("case_id", "person", name="pk_hushes"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_hushes_case_id"),
        sqlite_with_rowid=False,
    )
    index("hushes", "until", "until")


def _boards() -> None:
    op.create_table(
        "boards",
        *some(TEXT, "origin chat message shown"),
        *some(FLAG, "pinned"),
        sa.PrimaryKeyConstraint("origin", name="pk_boards"),
        sqlite_with_rowid=False,
    )


def _digests() -> None:
    op.create_table(
        "digests",
        *some(TEXT, "kind state remark remark_by"),
        *some(MOMENT, "until since"),
        *some(DOCUMENT, "fact"),
        sa.PrimaryKeyConstraint("kind", "until", name="pk_digests"),
        check("ck_digests_state_known", "state IN ('draft', 'sent')"),
        sqlite_with_rowid=False,
    )


def _mutes() -> None:
    op.create_table(
        "mutes",
        *some(TEXT, "person kind"),
        sa.PrimaryKeyConstraint("person", "kind", name="pk_mutes"),
        sqlite_with_rowid=False,
    )


def _rulebooks() -> None:
    op.create_table(
        "rulebooks",
        sa.Column("version", NUMBER, nullable=False, autoincrement=False),
        *some(MOMENT, "at"),
        *some(TEXT, "sha256 text"),
        *some(DOCUMENT, "names"),
        sa.PrimaryKeyConstraint("version", name="pk_rulebooks"),
    )
