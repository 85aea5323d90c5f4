"""The tables that are kept for the sake of time, and the versions of the category file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

from storage.migrations.pieces import (
    DATE,
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

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

revision = "0002"
down_revision = "0001"

JOINED = "main <> ''"


def upgrade() -> None:
    _cases()
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
    op.drop_index("ix_cases_main", "cases")
    for name in ADDED:
        op.drop_column("cases", name)


TEXTS = "span stage extension_reason extension_by suspend_reason suspend_by main cure cures"
COUNTS = "rules_version extensions suspensions rung"
FLAGS = "stage_late extension_asked rung_asked rung_declined follows leads burst_asked stopgap"
MOMENTS, DAYS = "sign_asked rung_at rung_limit", "suspend_asked suspended_until"
ADDED = f"{TEXTS} {COUNTS} {FLAGS} {MOMENTS} {DAYS} budget left source".split()
SOURCES = "'patrol', 'company', 'inspection', 'office', 'citizen'"


def _cases() -> None:
    """What a case had before stays; its limit counts as the usual one of its tier.

    Columns are added one by one: a rebuilt SQLite table would lose its CHECKs.
    """
    op.execute(
        "ALTER TABLE cases ADD COLUMN source VARCHAR DEFAULT 'patrol' NOT NULL "
        f"CONSTRAINT ck_cases_source_known CHECK (source IN ({SOURCES}))"
    )
    for column in (
        *(_filled(name, TEXT, "") for name in TEXTS.split()),
        *(_filled(name, NUMBER, "0") for name in COUNTS.split()),
        *(_filled(name, FLAG, sa.false()) for name in FLAGS.split()),
        _filled("budget", LASTING, "0"),
        *maybe(LASTING, "left"),
        *maybe(MOMENT, MOMENTS),
        *maybe(DATE, DAYS),
    ):
        op.add_column("cases", column)
    index("cases", "main", "main", where=JOINED)
    op.execute("UPDATE cases SET source = 'company' WHERE company_patrol")
    op.execute("UPDATE cases SET span = CASE WHEN tier = 'A' THEN 'days:1' ELSE 'days:3' END")
    whole = _between("reported_at", "deadline")
    op.execute(f"UPDATE cases SET budget = {whole}")  # noqa: S608 - our own words
    left = _between("submitted_at", "deadline")
    op.execute(
        f'UPDATE cases SET "left" = CASE WHEN {left} > 0 THEN {left} ELSE 0 END '  # noqa: S608
        "WHERE status = 'checking' AND submitted_at IS NOT NULL"
    )


def _filled(
    name: str, kind: TypeEngine[Any], default: str | sa.ColumnElement[Any]
) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, server_default=default)


def _between(start: str, end: str) -> str:
    """The whole seconds between two moments, in microseconds."""
    if op.get_bind().dialect.name == "sqlite":
        seconds = f"CAST(round((julianday({end}) - julianday({start})) * 86400) AS INTEGER)"
    else:
        seconds = f"CAST(EXTRACT(EPOCH FROM ({end} - {start})) AS BIGINT)"
    return f"({seconds} * 1000000)"


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
