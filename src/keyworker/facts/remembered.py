"""Answers that change only with an act, kept until the next one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

import psycopg

from keyworker.facts.moment import Moment

KEPT = 64
Answer = TypeVar("Answer")
_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = Lock()


def last_act(connection: psycopg.Connection) -> tuple[int, datetime] | None:
    """The last act that this transaction sees: what was computed from the record before stays true until it changes."""
    row = connection.execute("select act_id, recorded_at from record.act order by act_id desc limit 1").fetchone()
    return (row[0], row[1]) if row else None


def remembered(connection: psycopg.Connection, what: str, moment: Moment, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question about the whole record at a moment; asked again only after another act.

    Only for what every reader may see: the key holds no asker.
    """
    info = connection.info
    key = (info.host, info.port, info.dbname, last_act(connection), what, moment)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            found: Answer = _kept[key]
            return found
    answer = ask()
    with _lock:
        _kept[key] = answer
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return answer
