"""The first tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT, NUMBER, SMALL, FLAG = sa.String(), sa.Integer(), sa.SmallInteger(), sa.Boolean()
DATE, DOCUMENT = sa.Date(), sa.JSON()
MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
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
        *_some(
            TEXT,
            "number status tier category words place company chat thread "
            "photo_message reporter officer repairer claimer promise_reason "
            "promise_by submitted_by patrol_key repair_key release ended_by "
            "reason duplicate_of refusal_asked card history_hash",
        ),
        *_some(NUMBER, "version promises_withdrawn round before during after ladder history_seq"),
        *_maybe(NUMBER, "grid"),
        *_some(MOMENT, "reported_at opened_at deadline"),
        *_maybe(
            MOMENT, "claimed_at not_today sign_at submitted_at closed_at ladder_at delivered_at"
        ),
        *_maybe(DATE, "promised promise_asked"),
        *_some(
            FLAG,
            "hours_asked sign_missing patrol_remote repair_remote overdue "
            "company_patrol forwarded late_entry unreadable anonymous_asked",
        ),
        *_maybe(FLAG, "on_time"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        _check(
            "ck_cases_closed_by_two_keys",
            "status <> 'closed' OR (closed_at IS NOT NULL AND patrol_key <> "
            "'' AND repair_key <> '')",
        ),
        _check("ck_cases_counts_grow", "version >= 1 AND round >= 0 AND history_seq >= 0"),
        _check("ck_cases_release_known", "release IN ('', 'claimed', 'night', 'supervisor')"),
        _check(
            "ck_cases_status_known",
            "status IN ('waiting', 'taken', 'repairing', 'checking', "
            "'rework', 'closed', 'refused', 'withdrawn')",
        ),
        _check("ck_cases_tier_known", "tier IN ('A', 'B', 'C')"),
        _check("ck_cases_two_people_two_keys", "patrol_key = '' OR patrol_key <> repair_key"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
    )
    _index("cases", "chat_reporter_id", "chat", "reporter", "id")
    _index("cases", "closed_at", "closed_at", where="closed_at IS NOT NULL")
    _index("cases", "open_claimer", "claimer", where=OPEN)
    _index("cases", "open_company", "company", "reported_at", where=OPEN)
    _index("cases", "open_officer", "officer", where=OPEN)
    _index("cases", "open_repairer", "repairer", "opened_at", where=OPEN)
    _index("cases", "open_reported_at", "reported_at", where=OPEN)
    _index("cases", "open_reporter", "reporter", where=OPEN)
    _index("cases", "reported_at", "reported_at")


def _chats() -> None:
    op.create_table(
        "chats",
        *_some(TEXT, "chat origin state"),
        sa.PrimaryKeyConstraint("origin", name="pk_chats"),
        _check("ck_chats_state_known", "state IN ('here', 'muted', 'gone')"),
        sa.UniqueConstraint("chat", name="uq_chats_chat"),
    )
    _index("chats", "away", "chat", where="state <> 'here'")


def _counters() -> None:
    op.create_table(
        "counters",
        sa.Column("value", sa.BigInteger, nullable=False),
        *_some(TEXT, "name"),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
        sqlite_with_rowid=False,
    )


def _people() -> None:
    op.create_table(
        "people",
        *_some(TEXT, "person account language private"),
        *_some(MOMENT, "bound_at"),
        sa.PrimaryKeyConstraint("person", name="pk_people"),
        sa.UniqueConstraint("account", name="uq_people_account"),
    )


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("id", ID),
        sa.Column("update_id", sa.BigInteger, nullable=False),
        *_some(TEXT, "raw traceback"),
        *_some(MOMENT, "at"),
        *_some(NUMBER, "attempts"),
        *_maybe(MOMENT, "replayed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_quarantine"),
        sa.UniqueConstraint("update_id", name="uq_quarantine_update_id"),
    )
    _index("quarantine", "waiting", "id", where="replayed_at IS NULL")


def _seen() -> None:
    op.create_table(
        "seen",
        sa.Column("update_id", ID, nullable=False, autoincrement=False),
        *_some(MOMENT, "seen_at"),
        sa.PrimaryKeyConstraint("update_id", name="pk_seen"),
    )
    _index("seen", "seen_at", "seen_at")


def _words() -> None:
    op.create_table(
        "words",
        *_some(TEXT, "chat thread message person text"),
        *_some(MOMENT, "at"),
        sa.PrimaryKeyConstraint("chat", "message", name="pk_words"),
    )
    _index("words", "at", "at")
    _index("words", "chat_person_at", "chat", "person", "at")


def _albums() -> None:
    op.create_table(
        "albums",
        _case(nullable=True),
        *_some(TEXT, "chat album phase person"),
        *_some(MOMENT, "at"),
        *_some(NUMBER, "question"),
        *_some(FLAG, "ignored"),
        sa.PrimaryKeyConstraint("chat", "album", name="pk_albums"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_albums_case_id"),
        sqlite_with_rowid=False,
    )


def _dues() -> None:
    op.create_table(
        "dues",
        sa.Column("id", ID),
        _case(nullable=True),
        *_some(TEXT, "kind key state note"),
        *_some(MOMENT, "at"),
        *_some(DOCUMENT, "data"),
        sa.PrimaryKeyConstraint("id", name="pk_dues"),
        _check("ck_dues_state_known", "state IN ('pending', 'done', 'dropped', 'cancelled')"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_dues_case_id"),
        sa.UniqueConstraint("key", name="uq_dues_key"),
    )
    _index("dues", "case_id_at", "case_id", "at")
    _index("dues", "pending_at", "at", "id", where="state = 'pending'")
    _index("dues", "pending_kind", "kind", where="state = 'pending'")


def _history() -> None:
    op.create_table(
        "history",
        _case(nullable=False),
        *_some(NUMBER, "seq"),
        *_some(MOMENT, "at"),
        *_some(TEXT, "actor event previous hash"),
        *_some(DOCUMENT, "data"),
        sa.PrimaryKeyConstraint("case_id", "seq", name="pk_history"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_history_case_id"),
        sqlite_with_rowid=False,
    )


def _links() -> None:
    op.create_table(
        "links",
        _case(nullable=False),
        *_some(TEXT, "chat message part person"),
        *_some(MOMENT, "at"),
        sa.PrimaryKeyConstraint("chat", "message", name="pk_links"),
        _check("ck_links_part_known", "part IN ('photo', 'words', 'card', 'sheet', 'notice')"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_links_case_id"),
        sqlite_with_rowid=False,
    )


def _nudges() -> None:
    op.create_table(
        "nudges",
        sa.Column("id", ID),
        _case(nullable=False),
        *_some(TEXT, "chat person kind"),
        *_some(MOMENT, "at"),
        sa.PrimaryKeyConstraint("id", name="pk_nudges"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_nudges_case_id"),
    )
    _index("nudges", "chat_at", "chat", "at")


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ID),
        _case(nullable=True),
        *_some(TEXT, "kind key chat person only reply_to thread state message note lane"),
        *_some(DOCUMENT, "fact"),
        *_some(SMALL, "priority"),
        *_some(FLAG, "free loud"),
        *_some(MOMENT, "not_before created_at"),
        *_some(NUMBER, "attempts"),
        *_maybe(MOMENT, "sent_at"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        _check(
            "ck_outbox_state_known", "state IN ('queued', 'sending', 'sent', 'dropped', 'dead')"
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_outbox_case_id"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    _index("outbox", "chat_state", "chat", "state")
    _index("outbox", "lanes", "lane", "id", "state", where=WAITING)
    _index("outbox", "not_before", "not_before", where=QUEUED)
    _index("outbox", "queue", "priority", "id", where=QUEUED)
    _index("outbox", "queued_of_case", "case_id", "kind", where=QUEUED)
    _index("outbox", "sending", "id", where="state = 'sending'")
    _index("outbox", "sent_at", "sent_at", where="sent_at IS NOT NULL")


def _photos() -> None:
    op.create_table(
        "photos",
        sa.Column("id", ID),
        _case(nullable=True),
        *_some(TEXT, "chat message album file unique phase person state sha256 caption"),
        *_some(NUMBER, "order round width height attempts question"),
        *_some(MOMENT, "at try_at"),
        sa.PrimaryKeyConstraint("id", name="pk_photos"),
        _check("ck_photos_phase_known", "phase IN ('before', 'sign', 'during', 'after', 'check')"),
        _check("ck_photos_state_known", "state IN ('wanted', 'kept', 'broken', 'lost')"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_photos_case_id"),
        sa.UniqueConstraint("chat", "message", "unique", name="uq_photos_chat_message_unique"),
    )
    _index("photos", "case_id_at", "case_id", "at")
    _index("photos", "question", "question", where="question > 0")
    _index("photos", "state_try_at", "state", "try_at")


def _undos() -> None:
    op.create_table(
        "undos",
        _case(nullable=False),
        *_some(TEXT, "person"),
        *_some(NUMBER, "version"),
        *_some(MOMENT, "until"),
        *_some(DOCUMENT, "snapshot"),
        sa.PrimaryKeyConstraint("case_id", name="pk_undos"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_undos_case_id"),
    )


def _case(*, nullable: bool) -> sa.Column[Any]:
    return sa.Column("case_id", ID, nullable=nullable, autoincrement=False)


def _some(kind: TypeEngine[Any], names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names.split()]


def _maybe(kind: TypeEngine[Any], names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=True) for name in names.split()]


def _check(name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(name))


def _index(table: str, name: str, *columns: str, where: str = "") -> None:
    words = sa.text(where) if where else None
    op.create_index(
        f"ix_{table}_{name}", table, columns, sqlite_where=words, postgresql_where=words
    )
