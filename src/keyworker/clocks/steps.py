"""Which kinds of step the record holds: looked for among all of its steps once, and after that among the new ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import psycopg

from keyworker.facts.remembered import last_act

_ALL = "select distinct kind from record.step where standing = 'reported' and entry_id >= %s"
_SINCE = """select min(first_entry), bool_or(kind = 'erasure'),
    exists (select 1 from record.act where act_id = %(act)s and recorded_at = %(at)s)
from record.act where act_id > %(act)s"""


@dataclass(frozen=True)
class _Seen:
    """What stood after an act, and when that was. Takes kinds, of which there was any step."""

    act_id: int
    at: datetime
    kinds: frozenset[str]


_seen: dict[tuple[str, int, str], _Seen] = {}
_lock = Lock()


def kinds_held(connection: psycopg.Connection) -> frozenset[str]:
    """The kinds of step of which the record, as this transaction sees it, holds any."""
    info, last = connection.info, last_act(connection)
    if last is None:
        return frozenset()
    key = (info.host, info.port, info.dbname)
    known = _seen.get(key)
    first = _first_new(connection, known) if known is not None else 0
    if known is not None and first is None:
        return known.kinds
    kinds = frozenset(kind for (kind,) in connection.execute(_ALL, (first,)))
    found = _Seen(*last, kinds | known.kinds if known is not None and first else kinds)
    with _lock:
        if (other := _seen.get(key)) is None or other.act_id <= found.act_id or first == 0:
            _seen[key] = found
    return found.kinds


def _first_new(connection: psycopg.Connection, known: _Seen) -> int | None:
    """From which entry on the new ones are numbered: nought where all must be looked at, None where there are none."""
    row = connection.execute(_SINCE, {"act": known.act_id, "at": known.at}).fetchone()
    if row is None or not row[2] or row[1]:
        return 0
    return None if row[0] is None else int(row[0])
