"""An act: who wrote what into the record, from where, and what for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

import psycopg
from psycopg.types.json import Jsonb

ActKind = Literal["load", "entry", "correction", "ending", "erasure", "mapping", "link", "setting"]
_OF_ONE_ENTRY = ("correction", "ending", "erasure")


@dataclass(frozen=True)
class Act:
    """One act of writing. One without an author, a purpose and a source cannot be built.

    Takes   source, whose rows it writes (for a correction, an ending or an erasure it may be left empty: it is that
            of the entry); cut_at, when an extract was cut; notes, what a reader of the list of loads should know;
            scope, what a file speaks for.
    """

    kind: ActKind
    author: str
    purpose: str
    source: str = ""
    cut_at: datetime | None = None
    notes: tuple[str, ...] = ()
    scope: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if self.kind not in get_args(ActKind):
            raise ValueError(f"an act is one of {', '.join(get_args(ActKind))}; not {self.kind!r}")
        if not self.author.strip() or not self.purpose.strip():
            raise ValueError("an act needs an author and a purpose")
        if not self.source.strip() and self.kind not in _OF_ONE_ENTRY:
            raise ValueError(f"an act of kind {self.kind} needs the source whose rows it writes")
        if self.cut_at is not None and self.cut_at.tzinfo is None:
            raise ValueError("cut_at needs a time zone; give one, such as 2026-03-01T09:00+00:00")


@dataclass(frozen=True)
class Counts:
    """What a load did to one table: read is always added, changed, unchanged and set aside together."""

    read: int
    added: int
    changed: int
    ended: int
    unchanged: int
    set_aside: int


@dataclass(frozen=True)
class ActResult:
    """What an act left behind: its number and instant, its entries by table, and a load's counts by table."""

    act_id: int
    recorded_at: datetime
    entry_ids: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    counts: Mapping[str, Counts] = field(default_factory=dict)


def lock(connection: psycopg.Connection) -> None:
    """Wait to be the one writer, from now until this transaction ends."""
    connection.execute("select pg_advisory_xact_lock(record.writer_lock())")


def opened(
    connection: psycopg.Connection,
    act: Act,
    now: datetime,
    tables: Collection[str],
    counts: Mapping[str, Counts] | None = None,
) -> ActResult:
    """Open an act in this transaction. The database chooses the instant, after the writer lock.

    Takes   now, the clock; the instant is never before it, and always after every earlier one.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    known_after, known_by = _known(connection, act, now)
    row = connection.execute(
        "insert into record.act (kind, author, purpose, source, tables, recorded_at, cut_at, known_after, known_by,"
        " scope, notes, counts) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning act_id, recorded_at",
        (
            act.kind,
            act.author,
            act.purpose,
            act.source,
            list(tables),
            now,
            act.cut_at,
            known_after,
            known_by,
            Jsonb(dict(act.scope)) if act.scope is not None else None,
            Jsonb(list(act.notes)),
            Jsonb({table: asdict(count) for table, count in counts.items()}) if counts is not None else None,
        ),
    ).fetchone()
    assert row is not None
    return ActResult(row[0], row[1], counts=counts or {})


def _known(connection: psycopg.Connection, act: Act, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Between which instants the council came to know what a load brings: after the previous extract, by this one."""
    if act.kind != "load":
        return None, None
    previous = connection.execute(
        "select max(cut_at) from record.act where source = %s and kind = 'load' and cut_at < %s",
        (act.source, act.cut_at or now),
    ).fetchone()
    return (previous[0] if previous else None), act.cut_at


def is_outdone(connection: psycopg.Connection, source: str, table: str, cut_at: datetime | None) -> bool:
    """Whether an extract that was cut later than this instant has spoken for a table already."""
    with connection.transaction():
        row = connection.execute(
            "select exists (select 1 from record.act where kind = 'load' and source = %s and cut_at > %s"
            " and counts ? %s)",
            (source, cut_at, table),
        ).fetchone()
    return bool(row and row[0])


def last_recorded_at(connection: psycopg.Connection) -> datetime | None:
    """The instant of the last act that is committed: what was known then can no longer change."""
    row = connection.execute("select max(recorded_at) from record.act").fetchone()
    return row[0] if row else None


def watermark(connection: psycopg.Connection, source: str) -> int:
    """The last act of a source, to be read before comparing; 0 when it has none."""
    row = connection.execute("select coalesce(max(act_id), 0) from record.act where source = %s", (source,)).fetchone()
    return int(row[0]) if row else 0
