"""Damage of every kind, planted with plain SQL or in a file, and what must become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests import databases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHORT = {
    ":set_right": """SELECT 1 WHERE (SELECT count(*) FROM dues WHERE case_id = 3
        AND state = 'pending' AND at < :far) > 1""",
    ":old": "'2026-03-10 00:00:00.000000+00:00'",
    ":far": "'2099-01-01 00:00:00.000000+00:00'",
    ":meets": "'2098-01-01 00:30:00.000000+00:00'",
    ":greeting": "(SELECT min(id) FROM outbox WHERE kind = 'notice' AND person = 'clerk01')",
    ":last_edit": "(SELECT max(id) FROM outbox WHERE kind = 'edit' AND case_id = 1)",
    ":done_due": "(SELECT min(id) FROM dues WHERE state <> 'pending' AND case_id IS NOT NULL)",
}
"""What stands for what in the statements below."""
STRAY = f"ab/cd/{'abcd':0<64}"


@dataclass(frozen=True, kw_only=True)
class Plant:
    """One kind of damage, done with plain SQL or to a file."""

    kind: str
    sql: tuple[str, ...] = ()
    file: Callable[[Path], None] | None = None
    mended: str = ""
    """A query that must give a row once it is mended; empty: people are told."""
    whole: Callable[[Path], bool] = field(default=lambda _: True)
    """The same for files."""
    undo: tuple[str, ...] = ()
    """How the damage is taken back after it was told."""


def original(folder: Path) -> Path:
    """The photo of the first case: all photos of the town are the same picture."""
    return next(path for path in (folder / "photos").rglob("*") if len(path.name) == 64)


def lose(folder: Path) -> None:
    """The original is gone."""
    original(folder).unlink()


def spoil(folder: Path) -> None:
    """One byte of it changed."""
    path = original(folder)
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def litter(folder: Path) -> None:
    """A file lies there that no photo names."""
    path = folder / "photos" / STRAY
    path.parent.mkdir(parents=True)
    path.write_bytes(b"whose?")


def leave_part(folder: Path) -> None:
    """A writer died."""
    (original(folder).parent / "tmp.part").write_bytes(b"half")


def sound(folder: Path) -> bool:
    """Whether the original is there, at full length, and nothing half-written."""
    parts = list((folder / "photos").rglob("*.part"))
    originals = [p for p in (folder / "photos").rglob("*") if len(p.name) == 64]
    return not parts and any(not p.read_bytes().endswith(b"x") for p in originals)


PLANTS = (
    Plant(
        kind="due-late",
        sql=("UPDATE dues SET at = :old WHERE kind = 'overnight' AND state = 'pending'",),
        mended="SELECT 1 FROM dues WHERE kind = 'overnight' AND at = :old AND state <> 'pending'",
    ),
    Plant(
        kind="due-missing",
        sql=("DELETE FROM dues WHERE case_id = 3 AND state = 'pending'",),
        mended="SELECT 1 FROM dues WHERE case_id = 3 AND state = 'pending'",
    ),
    Plant(
        kind="due-shifted",
        sql=("UPDATE dues SET at = :far WHERE case_id = 3 AND state = 'pending'",),
        mended=":set_right",
    ),
    Plant(
        kind="due-shifted",
        sql=("UPDATE dues SET state = 'done' WHERE case_id = 3 AND state = 'pending'",),
        mended=":set_right",
    ),
    Plant(
        kind="daily-missing",
        sql=("DELETE FROM dues WHERE kind = 'meet'",),
        mended="SELECT 1 FROM dues WHERE kind = 'meet' AND state = 'pending'",
    ),
    Plant(
        kind="daily-missing",
        sql=("UPDATE dues SET at = :meets WHERE kind = 'meet' AND state = 'pending'",),
        mended="SELECT 1 FROM dues WHERE kind = 'meet' AND state = 'pending' AND at < :meets",
    ),
    Plant(
        kind="due-failed",
        sql=("UPDATE dues SET state = 'dropped', note = 'failed: KeyError' WHERE id = :done_due",),
    ),
    Plant(
        kind="outbox-stuck",
        sql=("UPDATE outbox SET state = 'queued', not_before = :old WHERE id = :greeting",),
        mended="SELECT 1 FROM outbox WHERE id = :greeting AND state = 'sent'",
    ),
    Plant(
        kind="outbox-far",
        sql=("UPDATE outbox SET state = 'queued', not_before = :far WHERE id = :greeting",),
        mended="SELECT 1 FROM outbox WHERE id = :greeting AND state = 'sent'",
    ),
    Plant(
        kind="outbox-orphan",
        sql=("UPDATE outbox SET state = 'sending', sent_at = :old WHERE id = :last_edit",),
        mended="SELECT 1 FROM outbox WHERE id = :last_edit AND state = 'sent'",
    ),
    Plant(
        kind="outbox-dead",
        sql=("UPDATE outbox SET state = 'dead' WHERE kind = 'sheet'",),
        undo=("UPDATE outbox SET state = 'sent' WHERE kind = 'sheet'",),
    ),
    Plant(
        kind="card-missing",
        sql=("UPDATE cases SET card = '' WHERE id = 3",),
        mended="SELECT 1 FROM cases WHERE id = 3 AND card <> ''",
    ),
    Plant(
        kind="card-stale",
        sql=("""UPDATE outbox SET fact = '{"seq": 1}' WHERE case_id = 2 AND kind <> 'reaction'""",),
        mended="""SELECT 1 FROM outbox WHERE state = 'sent' AND key =
            (SELECT 'edit:2:audit-' || history_seq FROM cases WHERE id = 2)""",
    ),
    Plant(
        kind="card-link",
        sql=("DELETE FROM links WHERE case_id = 2 AND part = 'card'",),
        mended="SELECT 1 FROM links WHERE case_id = 2 AND part = 'card'",
    ),
    Plant(
        kind="card-other",
        sql=("UPDATE cases SET card = '99999' WHERE id = 2",),
        mended="SELECT 1 FROM cases WHERE id = 2 AND card <> '99999'",
    ),
    Plant(
        kind="sheet-missing",
        sql=("DELETE FROM outbox WHERE kind = 'sheet'",),
        mended="SELECT 1 FROM outbox WHERE kind = 'sheet' AND state = 'sent'",
    ),
    Plant(kind="photo-missing", file=lose, mended="SELECT 1", whole=sound),
    Plant(kind="photo-altered", file=spoil, mended="SELECT 1", whole=sound),
    Plant(
        kind="photo-lost",
        sql=("UPDATE photos SET case_id = NULL WHERE case_id = 2",),
        undo=("UPDATE photos SET case_id = 2 WHERE case_id IS NULL",),
    ),
    Plant(
        kind="photo-link",
        sql=("DELETE FROM links WHERE case_id = 2 AND part = 'photo'",),
        mended="SELECT 1 FROM links WHERE case_id = 2 AND part = 'photo'",
    ),
    Plant(
        kind="photo-stuck",
        sql=("UPDATE photos SET state = 'wanted', try_at = :old WHERE id = 1",),
        mended="SELECT 1 FROM photos WHERE id = 1 AND state = 'kept'",
    ),
    Plant(kind="file-part", file=leave_part, mended="SELECT 1", whole=sound),
    Plant(kind="file-stray", file=litter),
    Plant(
        kind="chain-broken",
        sql=("UPDATE history SET actor = 'nobody' WHERE case_id = 2 AND seq = 1",),
        undo=("UPDATE history SET actor = 'officer02' WHERE case_id = 2 AND seq = 1",),
    ),
    Plant(
        kind="status-unlike",
        sql=("UPDATE cases SET status = 'repairing' WHERE id = 2",),
        undo=("UPDATE cases SET status = 'taken' WHERE id = 2",),
    ),
    Plant(
        kind="case-unlike",
        sql=("UPDATE cases SET tier = 'C' WHERE id = 2",),
        undo=("UPDATE cases SET tier = 'B' WHERE id = 2",),
    ),
    Plant(
        kind="ledger-unlike",
        sql=("UPDATE clock SET seq = seq + 10 WHERE case_id = 2",),
        undo=("UPDATE clock SET seq = seq - 10 WHERE case_id = 2",),
    ),
    Plant(
        kind="row-stray",
        sql=("UPDATE dues SET case_id = 99999 WHERE id = :done_due",),
        undo=("UPDATE dues SET case_id = 1 WHERE case_id = 99999",),
    ),
    Plant(
        kind="counter-low",
        sql=("UPDATE counters SET value = 0 WHERE name = 'case'",),
        mended="SELECT 1 FROM counters WHERE name = 'case' AND value = 3",
    ),
    Plant(
        kind="undo-left",
        sql=("UPDATE undos SET until = :far WHERE case_id = 2",),
        mended="SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM undos WHERE case_id = 2)",
    ),
    Plant(
        kind="bound-twice",
        sql=(
            """INSERT INTO people (person, account, bound_at, language, private)
            VALUES ('Officer01', '999', :old, '', '')""",
        ),
        undo=("DELETE FROM people WHERE person = 'Officer01'",),
    ),
    Plant(
        kind="look-failed",
        sql=("UPDATE people SET bound_at = 'once' WHERE person = 'officer01'",),
        undo=("UPDATE people SET bound_at = :old WHERE person = 'officer01'",),
    ),
    Plant(
        kind="quarantine",
        sql=(
            """INSERT INTO quarantine (update_id, raw, traceback, at, attempts)
            VALUES (777, '{}', 'none', :old, 1)""",
        ),
    ),
)


DIFFERENT = {"due-missing", "outbox-far", "card-stale", "photo-altered", "row-stray", "counter-low"}


def written(words: str) -> str:
    """A statement in full."""
    for short, meant in SHORT.items():
        words = words.replace(short, meant)
    return words


def plant(folder: Path, damage: Plant) -> None:
    """Do the damage."""
    if damage.kind == "row-stray" and databases.url_for(folder):
        databases.change(folder, "ALTER TABLE dues DROP CONSTRAINT fk_dues_case_id")
    databases.change(folder, *map(written, damage.sql))
    if damage.file is not None:
        damage.file(folder)


def plants(folder: Path) -> list[Plant]:
    """All of them; on PostgreSQL those whose statements differ most, to spare time."""
    return [d for d in PLANTS if d.kind in DIFFERENT] if databases.url_for(folder) else [*PLANTS]
