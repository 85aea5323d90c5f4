"""The tables, with every rule that the database itself can hold: it refuses what the code must."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

import storage.tables_of_time
import storage.tables_of_watch  # noqa: F401 - the tables of both belong to the same metadata
from casework.case import OPEN, Phase, Release, Source, Status, Tier
from storage.columns import (
    choice,
    document,
    flag,
    known,
    maybe_moment,
    metadata,
    moment,
    number,
    of_case,
    of_case_or_none,
    one_of,
    own_id,
    partial,
    string,
)
from storage.types import Id, Lasting, SpanCode
from usecases.records import Part, PhotoState, Priority, Sent

# A partial index serves a query only if the query says the same words, as literals.
IS_OPEN = one_of("status", [status for status in Status if status in OPEN])
IS_QUEUED = "state = 'queued'"
IS_SENDING = "state = 'sending'"
IS_WAITING = "state IN ('queued', 'sending')"
IS_PENDING = "state = 'pending'"
IS_JOINED = "main <> ''"
IS_CLOSED = "closed_at IS NOT NULL"
WAS_SENT = "sent_at IS NOT NULL"
HAS_QUESTION = "question > 0"
IS_AWAY = "state <> 'here'"
NOT_REPLAYED = "replayed_at IS NULL"
IS_SHOWN = "kind IN ('card', 'edit', 'sheet')"
IS_DEAD = "state = 'dead' AND loud"
HAS_FAILED = "state = 'dropped' AND substr(note, 1, 7) = 'failed:'"
HAS_FILE = "sha256 <> ''"


cases = Table(
    "cases",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    string("number"),
    number("version"),
    choice("status", Status),
    choice("tier", Tier),
    string("category"),
    string("words"),
    string("place"),
    Column("grid", Integer, nullable=True),
    string("company"),
    string("chat"),
    string("thread"),
    string("photo_message"),
    string("reporter"),
    string("officer"),
    string("repairer"),
    string("claimer"),
    moment("reported_at"),
    moment("opened_at"),
    maybe_moment("claimed_at"),
    choice("source", Source),
    number("rules_version"),
    moment("deadline"),
    Column("span", SpanCode, nullable=False),
    Column("budget", Lasting, nullable=False),
    Column("left", Lasting, nullable=True),
    string("stage"),
    flag("stage_late"),
    number("extensions"),
    flag("extension_asked"),
    string("extension_reason"),
    string("extension_by"),
    Column("suspend_asked", Date, nullable=True),
    Column("suspended_until", Date, nullable=True),
    string("suspend_reason"),
    string("suspend_by"),
    number("suspensions"),
    Column("promised", Date, nullable=True),
    Column("promise_asked", Date, nullable=True),
    string("promise_reason"),
    string("promise_by"),
    number("promises_withdrawn"),
    maybe_moment("not_today"),
    flag("hours_asked"),
    maybe_moment("sign_asked"),
    maybe_moment("sign_at"),
    flag("sign_missing"),
    maybe_moment("submitted_at"),
    string("submitted_by"),
    number("round"),
    string("patrol_key"),
    flag("patrol_remote"),
    string("repair_key"),
    flag("repair_remote"),
    maybe_moment("closed_at"),
    Column("on_time", Boolean, nullable=True),
    flag("overdue"),
    choice("release", Release),
    string("ended_by"),
    string("reason"),
    string("duplicate_of"),
    string("refusal_asked"),
    string("main"),
    flag("follows"),
    flag("leads"),
    flag("burst_asked"),
    flag("stopgap"),
    string("cure"),
    string("cures"),
    flag("company_patrol"),
    flag("forwarded"),
    flag("late_entry"),
    flag("unreadable"),
    number("before"),
    number("during"),
    number("after"),
    number("ladder"),
    maybe_moment("ladder_at"),
    maybe_moment("delivered_at"),
    number("rung"),
    flag("rung_asked"),
    flag("rung_declined"),
    maybe_moment("rung_at"),
    maybe_moment("rung_limit"),
    string("card"),
    flag("anonymous_asked"),
    number("history_seq"),
    string("history_hash"),
    UniqueConstraint("number"),
    known("status", Status),
    known("tier", Tier),
    known("release", Release),
    known("source", Source),
    CheckConstraint("patrol_key = '' OR patrol_key <> repair_key", name="two_people_two_keys"),
    CheckConstraint(
        "status <> 'closed' OR (closed_at IS NOT NULL AND patrol_key <> '' AND repair_key <> '')",
        name="closed_by_two_keys",
    ),
    CheckConstraint("version >= 1 AND round >= 0 AND history_seq >= 0", name="counts_grow"),
    Index("ix_cases_chat_reporter_id", "chat", "reporter", "id"),
    Index("ix_cases_reported_at", "reported_at"),
    partial("ix_cases_closed_at", "closed_at", where=IS_CLOSED),
    partial("ix_cases_open_reported_at", "reported_at", where=IS_OPEN),
    partial("ix_cases_open_company", "company", "reported_at", where=IS_OPEN),
    partial("ix_cases_open_repairer", "repairer", "opened_at", where=IS_OPEN),
    partial("ix_cases_open_claimer", "claimer", where=IS_OPEN),
    partial("ix_cases_open_reporter", "reporter", where=IS_OPEN),
    partial("ix_cases_open_officer", "officer", where=IS_OPEN),
    partial("ix_cases_main", "main", where=IS_JOINED),
)

history = Table(
    "history",
    metadata,
    of_case(),
    Column("seq", Integer, nullable=False, autoincrement=False),
    moment("at"),
    string("actor"),
    string("event"),
    document("data"),
    string("previous"),
    string("hash"),
    PrimaryKeyConstraint("case_id", "seq"),
    sqlite_with_rowid=False,
)

links = Table(
    "links",
    metadata,
    string("chat"),
    string("message"),
    of_case(),
    choice("part", Part),
    string("person"),
    moment("at"),
    PrimaryKeyConstraint("chat", "message"),
    known("part", Part),
    sqlite_with_rowid=False,
)

albums = Table(
    "albums",
    metadata,
    string("chat"),
    string("album"),
    of_case_or_none(),
    string("phase"),
    string("person"),
    moment("at"),
    number("question"),
    flag("ignored"),
    PrimaryKeyConstraint("chat", "album"),
    sqlite_with_rowid=False,
)

photos = Table(
    "photos",
    metadata,
    own_id(),
    of_case_or_none(),
    string("chat"),
    string("message"),
    string("album"),
    number("order"),
    string("file"),
    string("unique"),
    choice("phase", Phase),
    number("round"),
    string("person"),
    moment("at"),
    choice("state", PhotoState),
    string("sha256"),
    number("width"),
    number("height"),
    number("attempts"),
    moment("try_at"),
    number("question"),
    string("caption"),
    UniqueConstraint("chat", "message", "unique"),
    known("phase", Phase),
    known("state", PhotoState),
    Index("ix_photos_case_id_at", "case_id", "at"),
    Index("ix_photos_state_try_at", "state", "try_at"),
    partial("ix_photos_question", "question", where=HAS_QUESTION),
    partial("ix_photos_sha256", "sha256", where=HAS_FILE),
)

words = Table(
    "words",
    metadata,
    string("chat"),
    string("thread"),
    string("message"),
    string("person"),
    string("text"),
    moment("at"),
    PrimaryKeyConstraint("chat", "message"),
    Index("ix_words_chat_person_at", "chat", "person", "at"),
    Index("ix_words_at", "at"),
)

outbox = Table(
    "outbox",
    metadata,
    own_id(),
    string("kind"),
    string("key"),
    of_case_or_none(),
    string("chat"),
    string("person"),
    string("only"),
    string("reply_to"),
    string("thread"),
    document("fact"),
    choice("priority", Priority),
    flag("free"),
    flag("loud"),
    moment("not_before"),
    moment("created_at"),
    choice("state", Sent),
    number("attempts"),
    maybe_moment("sent_at"),
    string("message"),
    string("note"),
    string("lane"),
    UniqueConstraint("key"),
    known("state", Sent),
    Index("ix_outbox_chat_state", "chat", "state"),
    partial("ix_outbox_sending", "id", where=IS_SENDING),
    partial("ix_outbox_queue", "priority", "id", where=IS_QUEUED),
    partial("ix_outbox_lanes", "lane", "id", "state", where=IS_WAITING),
    partial("ix_outbox_not_before", "not_before", where=IS_QUEUED),
    partial("ix_outbox_queued_of_case", "case_id", "kind", where=IS_QUEUED),
    partial("ix_outbox_sent_at", "sent_at", where=WAS_SENT),
    partial("ix_outbox_shown", "case_id", "kind", "id", where=IS_SHOWN),
    partial("ix_outbox_dead", "created_at", where=IS_DEAD),
)

dues = Table(
    "dues",
    metadata,
    own_id(),
    string("kind"),
    string("key"),
    of_case_or_none(),
    moment("at"),
    string("state"),
    string("note"),
    document("data"),
    UniqueConstraint("key"),
    CheckConstraint(
        one_of("state", ["pending", "done", "dropped", "cancelled"]), name="state_known"
    ),
    Index("ix_dues_case_id_at", "case_id", "at"),
    partial("ix_dues_pending_at", "at", "id", where=IS_PENDING),
    partial("ix_dues_pending_kind", "kind", where=IS_PENDING),
    partial("ix_dues_failed", "at", where=HAS_FAILED),
)

people = Table(
    "people",
    metadata,
    Column("person", String, primary_key=True),
    string("account"),
    moment("bound_at"),
    string("language"),
    string("private"),
    UniqueConstraint("account"),
)

chats = Table(
    "chats",
    metadata,
    string("chat"),
    Column("origin", String, primary_key=True),
    string("state"),
    UniqueConstraint("chat"),
    CheckConstraint(one_of("state", ["here", "muted", "gone"]), name="state_known"),
    partial("ix_chats_away", "chat", where=IS_AWAY),
)

undos = Table(
    "undos",
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    string("person"),
    number("version"),
    moment("until"),
    document("snapshot"),
)

nudges = Table(
    "nudges",
    metadata,
    own_id(),
    string("chat"),
    string("person"),
    of_case(),
    string("kind"),
    moment("at"),
    Index("ix_nudges_chat_at", "chat", "at"),
)

quarantine = Table(
    "quarantine",
    metadata,
    own_id(),
    Column("update_id", BigInteger, nullable=False),
    string("raw"),
    string("traceback"),
    moment("at"),
    number("attempts"),
    maybe_moment("replayed_at"),
    UniqueConstraint("update_id"),
    partial("ix_quarantine_waiting", "id", where=NOT_REPLAYED),
)

seen = Table(
    "seen",
    metadata,
    Column("update_id", Id, primary_key=True, autoincrement=False),
    moment("seen_at"),
    Index("ix_seen_seen_at", "seen_at"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
