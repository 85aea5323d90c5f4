"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.pieces import (
    DATE,
    DOCUMENT,
    FLAG,
    ID,
    LASTING,
    MOMENT,
    NUMBER,
    SMALL,
    TEXT,
    check,
    index,
    maybe,
    of_case,
    some,
)

revision = "0001"
down_revision = None

OPEN = "status IN ('waiting', 'taken', 'repairing', 'checking', 'rework')"
QUEUED = "state = 'queued'"
WAITING = "state IN ('queued', 'sending')"


def upgrade() -> None:
    _cases()
    _chats()
    _counters()
    _people()
    _quarantine()
    _seen()
    _words()
    _albums()
    _dues()
    _history()
    _links()
    _nudges()
    _outbox()
    _photos()
    _undos()


def downgrade() -> None:
    tables = (
        "undos photos outbox nudges links history dues albums words seen "
        "quarantine people counters chats cases"
    )
    for table in tables.split():
        op.drop_table(table)


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", ID, nullable=False, autoincrement=False),
        *some(
            TEXT,
            "number status tier category words place company chat thread "
            "photo_message reporter officer repairer claimer promise_reason "
            "promise_by submitted_by patrol_key repair_key release ended_by "
            "reason duplicate_of refusal_asked card history_hash source span stage "
            "extension_reason extension_by suspend_reason suspend_by main cure cures",
        ),
        *some(NUMBER, "version promises_withdrawn round before during after ladder history_seq"),
        *some(NUMBER, "rules_version extensions suspensions rung"),
        *some(LASTING, "budget"),
        *maybe(LASTING, "left"),
        *maybe(NUMBER, "grid"),
        *some(MOMENT, "reported_at opened_at deadline"),
        *maybe(
            MOMENT,
            "claimed_at not_today sign_asked sign_at submitted_at closed_at ladder_at "
            "delivered_at rung_at rung_limit",
        ),
        *maybe(DATE, "promised promise_asked suspend_asked suspended_until"),
        *some(
            FLAG,
            "hours_asked sign_missing patrol_remote repair_remote overdue "
            "company_patrol forwarded late_entry unreadable anonymous_asked "
            "stage_late extension_asked rung_asked rung_declined follows leads burst_asked "
            "stopgap",
        ),
        *maybe(FLAG, "on_time"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        check(
            "ck_cases_closed_by_two_keys",
            "status <> 'closed' OR (closed_at IS NOT NULL AND patrol_key <> "
            "'' AND repair_key <> '')",
        ),
        check("ck_cases_counts_grow", "version >= 1 AND round >= 0 AND history_seq >= 0"),
        check("ck_cases_release_known", "release IN ('', 'claimed', 'night', 'supervisor')"),
        check(
            "ck_cases_status_known",
            "status IN ('waiting', 'taken', 'repairing', 'checking', "
            "'rework', 'closed', 'refused', 'withdrawn')",
        ),
        check(
            "ck_cases_source_known",
            "source IN ('patrol', 'company', 'inspection', 'office', 'citizen')",
        ),
        check("ck_cases_tier_known", "tier IN ('A', 'B', 'C')"),
        check("ck_cases_two_people_two_keys", "patrol_key = '' OR patrol_key <> repair_key"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
    )
    index("cases", "chat_reporter_id", "chat", "reporter", "id")
    index("cases", "closed_at", "closed_at", where="closed_at IS NOT NULL")
    index("cases", "main", "main", where="main <> ''")
    index("cases", "open_claimer", "claimer", where=OPEN)
    index("cases", "open_company", "company", "reported_at", where=OPEN)
    index("cases", "open_officer", "officer", where=OPEN)
    index("cases", "open_repairer", "repairer", "opened_at", where=OPEN)
    index("cases", "open_reported_at", "reported_at", where=OPEN)
    index("cases", "open_reporter", "reporter", where=OPEN)
    index("cases", "reported_at", "reported_at")


def _chats() -> None:
    op.create_table(
        "chats",
        *some(TEXT, "chat origin state"),
        sa.PrimaryKeyConstraint("origin", name="pk_chats"),
        check("ck_chats_state_known", "state IN ('here', 'muted', 'gone')"),
        sa.UniqueConstraint("chat", name="uq_chats_chat"),
    )
    index("chats", "away", "chat", where="state <> 'here'")


def _counters() -> None:
    op.create_table(
        "counters",
        sa.Column("value", sa.BigInteger, nullable=False),
        *some(TEXT, "name"),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
        sqlite_with_rowid=False,
    )


def _people() -> None:
    op.create_table(
        "people",
        *some(TEXT, "person account language private"),
        *some(MOMENT, "bound_at"),
        sa.PrimaryKeyConstraint("person", name="pk_people"),
        sa.UniqueConstraint("account", name="uq_people_account"),
    )


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("id", ID),
        sa.Column("update_id", sa.BigInteger, nullable=False),
        *some(TEXT, "raw traceback"),
        *some(MOMENT, "at"),
        *some(NUMBER, "attempts"),
        *maybe(MOMENT, "replayed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
        sa.UniqueConstraint("update_id", name="uq_quarantine_update_id"),
    )
    index("quarantine", "waiting", "id", where="replayed_at IS NULL")


def _seen() -> None:
    op.create_table(
        "seen",
        sa.Column("update_id", ID, nullable=False, autoincrement=False),
        *some(MOMENT, "seen_at"),
        sa.PrimaryKeyConstraint("update_id", name="pk_seen"),
    )
    index("seen", "seen_at", "seen_at")


def _words() -> None:
    op.create_table(
        "words",
        *some(TEXT, "chat thread message person text"),
        *some(MOMENT, "at"),
        sa.PrimaryKeyConstraint("chat", "message", name="pk_words"),
    )
    index("words", "at", "at")
    index("words", "chat_person_at", "chat", "person", "at")


def _albums() -> None:
    op.create_table(
        "albums",
        of_case(nullable=True),
        *some(TEXT, "chat album phase person"),
        *some(MOMENT, "at"),
        *some(NUMBER, "question"),
        *some(FLAG, "ignored"),
        sa.PrimaryKeyConstraint("chat", "album", name="pk_albums"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_albums_case_id"),
        sqlite_with_rowid=False,
    )


def _dues() -> None:
    op.create_table(
        "dues",
        sa.Column("id", ID),
        of_case(nullable=True),
        *some(TEXT, "kind key state note"),
        *some(MOMENT, "at"),
        *some(DOCUMENT, "data"),
        sa.PrimaryKeyConstraint("id", name="pk_dues"),
        check("ck_dues_state_known", "state IN ('pending', 'done', 'dropped', 'cancelled')"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_dues_case_id"),
        sa.UniqueConstraint("key", name="uq_dues_key"),
    )
    index("dues", "case_id_at", "case_id", "at")
    index("dues", "pending_at", "at", "id", where="state = 'pending'")
    index("dues", "pending_kind", "kind", where="state = 'pending'")


def _history() -> None:
    op.create_table(
        "history",
        of_case(nullable=False),
        *some(NUMBER, "seq"),
        *some(MOMENT, "at"),
        *some(TEXT, "actor event previous hash"),
        *some(DOCUMENT, "data"),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_history"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_history_case_id"),
        sqlite_with_rowid=False,
    )


def _links() -> None:
    op.create_table(
        "links",
        of_case(nullable=False),
        *some(TEXT, "chat message part person"),
        *some(MOMENT, "at"),
        sa.PrimaryKeyConstraint("chat", "message", name="pk_links"),
        check("ck_links_part_known", "part IN ('photo', 'words', 'card', 'sheet', 'notice')"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_links_case_id"),
        sqlite_with_rowid=False,
    )


def _nudges() -> None:
    op.create_table(
        "nudges",
        sa.Column("id", ID),
        of_case(nullable=False),
        *some(TEXT, "chat person kind"),
        *some(MOMENT, "at"),
        sa.PrimaryKeyConstraint("id", name="pk_nudges"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_nudges_case_id"),
    )
    index("nudges", "chat_at", "chat", "at")


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ID),
        of_case(nullable=True),
        *some(TEXT, "kind key chat person only reply_to thread state message note lane"),
        *some(DOCUMENT, "fact"),
        *some(SMALL, "priority"),
        *some(FLAG, "free loud"),
        *some(MOMENT, "not_before created_at"),
        *some(NUMBER, "attempts"),
        *maybe(MOMENT, "sent_at"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        check("ck_outbox_state_known", "state IN ('queued', 'sending', 'sent', 'dropped', 'dead')"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_outbox_case_id"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    index("outbox", "chat_state", "chat", "state")
    index("outbox", "lanes", "lane", "id", "state", where=WAITING)
    index("outbox", "not_before", "not_before", where=QUEUED)
    index("outbox", "queue", "priority", "id", where=QUEUED)
    index("outbox", "queued_of_case", "case_id", "kind", where=QUEUED)
    index("outbox", "sending", "id", where="state = 'sending'")
    index("outbox", "sent_at", "sent_at", where="sent_at IS NOT NULL")


def _photos() -> None:
    op.create_table(
        "photos",
        sa.Column("id", ID),
        of_case(nullable=True),
        *some(TEXT, "chat message album file unique phase person state sha256 caption"),
        *some(NUMBER, "order round width height attempts question"),
        *some(MOMENT, "at try_at"),
        sa.PrimaryKeyConstraint("id", name="pk_photos"),
        check("ck_photos_phase_known", "phase IN ('before', 'sign', 'during', 'after', 'check')"),
        check("ck_photos_state_known", "state IN ('wanted', 'kept', 'broken', 'lost')"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_photos_case_id"),
        sa.UniqueConstraint("chat", "message", "unique", name="uq_photos_chat_message_unique"),
    )
    index("photos", "case_id_at", "case_id", "at")
    index("photos", "question", "question", where="question > 0")
    index("photos", "state_try_at", "state", "try_at")


def _undos() -> None:
    op.create_table(
        "undos",
        of_case(nullable=False),
        *some(TEXT, "person"),
        *some(NUMBER, "version"),
        *some(MOMENT, "until"),
        *some(DOCUMENT, "snapshot"),
        sa.PrimaryKeyConstraint("case_id", name="pk_undos"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_undos_case_id"),
    )
