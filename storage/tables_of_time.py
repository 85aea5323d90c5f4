"""The tables kept for the sake of time: ledger, orders, hushes, boards, digests, rules by date."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
)

from casework.ledger import ClockName, Matter, Move
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
    one_of,
    partial,
    string,
)
from storage.types import Lasting, SpanCode
from usecases.keeping import OrderState

HAS_NUMBER = "number <> ''"

clock = Table(
    "clock",
    metadata,
    of_case(),
    Column("seq", Integer, nullable=False, autoincrement=False),
    moment("at"),
    choice("clock", ClockName),
    choice("what", Move),
    choice("matter", Matter),
    string("asked_by"),
    string("decided_by"),
    string("reason"),
    string("photo"),
    maybe_moment("until"),
    Column("span", SpanCode, nullable=True),
    Column("left", Lasting, nullable=True),
    string("stage"),
    number("round"),
    string("company"),
    PrimaryKeyConstraint("case_id", "seq"),
    known("clock", ClockName),
    known("what", Move),
    known("matter", Matter),
    Index("ix_clock_at", "at"),
    sqlite_with_rowid=False,
)

orders = Table(
    "orders",
    metadata,
    of_case(),
    Column("rung", Integer, nullable=False, autoincrement=False),
    Column("attempt", Integer, nullable=False, autoincrement=False),
    choice("state", OrderState),
    string("number"),
    moment("drafted_at"),
    maybe_moment("decided_at"),
    string("decided_by"),
    PrimaryKeyConstraint("case_id", "rung", "attempt"),
    known("state", OrderState),
    CheckConstraint("state <> 'issued' OR decided_by <> ''", name="issued_by_a_person"),
    partial("ix_orders_number", "number", where=HAS_NUMBER, unique=True),
    sqlite_with_rowid=False,
)

hushes = Table(
    "hushes",
    metadata,
    of_case(),
    string("person"),
    moment("until"),
    PrimaryKeyConstraint("case_id", "person"),
    Index("ix_hushes_until", "until"),
    sqlite_with_rowid=False,
)

boards = Table(
    "boards",
    metadata,
    Column("origin", String, primary_key=True),
    string("chat"),
    string("message"),
    string("shown"),
    flag("pinned"),
    sqlite_with_rowid=False,
)

digests = Table(
    "digests",
    metadata,
    string("kind"),
    moment("until"),
    moment("since"),
    document("fact"),
    string("state"),
    string("remark"),
    string("remark_by"),
    PrimaryKeyConstraint("kind", "until"),
    CheckConstraint(one_of("state", ["draft", "sent"]), name="state_known"),
    sqlite_with_rowid=False,
)

rulebooks = Table(
    "rulebooks",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    moment("at"),
    string("sha256"),
    string("text"),
    document("names"),
)

mutes = Table(
    "mutes",
    metadata,
    string("person"),
    string("kind"),
    PrimaryKeyConstraint("person", "kind"),
    sqlite_with_rowid=False,
)
