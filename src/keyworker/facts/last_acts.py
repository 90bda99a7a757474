"""The last act that touched some tables, held in memory and carried on from act to act.

What hangs on a few tables alone stays true while people write other things: a visit moves nobody's role.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from datetime import datetime
from threading import Lock

import psycopg

Act = tuple[int, datetime]
NEW_SOURCE = "a source that a table never had"
"""In place of a table: the last act by which a source came to tell of a table for the first time."""
A_LOAD = "a load"
"""In place of a table: the last load, which may hold a table in which it tells nothing."""
NOT_ADDED = "an act that takes away"
"""In place of a table: the last act that is no entry, which only adds rows."""
HELD, PLACES = 16, 8
"""Of how many acts it is held for each record, and for how many records: a reading may be a few acts behind."""

_Sources = frozenset[tuple[str, str]]
_State = tuple[dict[str, Act], _Sources]
_held: OrderedDict[tuple[str, int, str], OrderedDict[Act, _State]] = OrderedDict()
_lock = Lock()


def last_touching(connection: psycopg.Connection, last: Act, tables: Collection[str]) -> tuple[Act, ...]:
    """For each table that was ever touched, sorted, the last act that did. Not within a transaction that writes.

    Takes   last, the last act that the connection sees; tables, by name, `NEW_SOURCE`, `A_LOAD` and
            `NOT_ADDED`.
    """
    told, _ = _state(connection, last)
    return tuple(told[name] for name in sorted(tables) if name in told)


def _state(connection: psycopg.Connection, last: Act) -> _State:
    info = connection.info
    place = (info.host, info.port, info.dbname)
    with _lock:
        states = _held.setdefault(place, OrderedDict())
        _held.move_to_end(place)
        while len(_held) > PLACES:
            _held.popitem(last=False)
        if last in states:
            return states[last]
        before = max((act for act in states if act[0] < last[0]), default=None)
        known = states[before] if before else None
    found = _carried(connection, before, known, last) if before and known else None
    found = found or _whole(connection, last)
    with _lock:
        states[last] = found
        while len(states) > HELD:
            states.popitem(last=False)
    return found


def _carried(connection: psycopg.Connection, before: Act, known: _State, last: Act) -> _State | None:
    """What is held of an act, carried on to a later one; None where the record is another one than it was then."""
    rows = connection.execute(
        "select act_id, recorded_at, source, tables, kind from record.act where act_id between %s and %s"
        " order by act_id",
        (before[0], last[0]),
    ).fetchall()
    if not rows or (rows[0][0], rows[0][1]) != before or (rows[-1][0], rows[-1][1]) != last:
        return None
    told, sources = dict(known[0]), set(known[1])
    for act_id, recorded_at, source, tables, kind in rows[1:]:
        told |= dict.fromkeys(_told_by_kind(kind), (act_id, recorded_at))
        pairs = {(table, source) for table in tables}
        told |= dict.fromkeys(tables, (act_id, recorded_at))
        if not pairs <= sources:
            told[NEW_SOURCE] = (act_id, recorded_at)
            sources |= pairs
    return told, frozenset(sources)


def _whole(connection: psycopg.Connection, last: Act) -> _State:
    """The same from the record, where every source counts as come with the last act."""
    rows = connection.execute(
        "select told, source, act_id, recorded_at from (select distinct on (told, source) told, source, act_id,"
        " recorded_at from record.act, unnest(tables) as told where act_id <= %s order by told, source, act_id desc)"
        " as each_source order by act_id",
        (last[0],),
    ).fetchall()
    told: dict[str, Act] = {table: (act_id, recorded_at) for table, _, act_id, recorded_at in rows}
    kinds = connection.execute(
        "select kind, act_id, recorded_at from (select distinct on (kind) kind, act_id, recorded_at from record.act"
        " where act_id <= %s order by kind, act_id desc) as each_kind order by act_id",
        (last[0],),
    )
    for kind, act_id, recorded_at in kinds:
        told |= dict.fromkeys(_told_by_kind(kind), (act_id, recorded_at))
    return told | {NEW_SOURCE: last}, frozenset((table, source) for table, source, *_ in rows)


def _told_by_kind(kind: str) -> tuple[str, ...]:
    if kind == "load":
        return (A_LOAD, NOT_ADDED)
    return () if kind == "entry" else (NOT_ADDED,)
