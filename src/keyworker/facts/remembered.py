"""Answers that change only with an act, kept until the next one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import psycopg
from psycopg.pq import TransactionStatus

from keyworker.facts.last_acts import NEW_SOURCE, last_touching
from keyworker.facts.moment import Moment

KEPT = 256
LENS = frozenset({"setting", "identity_link", "cin_episodes", "cla_episodes", "permanence", NEW_SOURCE})
"""The tables on which hangs how a moment is looked at (`facts.ground`): whoever reads through a lens reads these."""
Answer = TypeVar("Answer")
_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = Lock()
_beside: WeakKeyDictionary[psycopg.Connection, psycopg.Connection] = WeakKeyDictionary()
_steady: WeakKeyDictionary[psycopg.Connection, dict[tuple[Any, ...], Any]] = WeakKeyDictionary()


def read_beside(own: psycopg.Connection, shared: psycopg.Connection) -> None:
    """Say on which connection is read, for one that sees what a person may, what is remembered over all who ask.

    Takes   shared, one that sees everybody.
    """
    _beside[own] = shared


def shared_of(connection: psycopg.Connection) -> psycopg.Connection:
    """The connection for what hangs on nobody: never one that sees only what a person may, for others read it too."""
    return _beside.get(connection, connection)


def refuse_own(connection: psycopg.Connection) -> None:
    """Stop where what is for everybody is asked for on a connection that sees only what one person may."""
    if connection in _beside:
        raise RuntimeError("what is remembered for everybody is never read as one person sees it")


@contextmanager
def steady(connection: psycopg.Connection) -> Iterator[None]:
    """Within it a connection sees one state of the record, so that what is asked twice need be asked once."""
    _steady[connection] = {}
    try:
        yield
    finally:
        del _steady[connection]


def is_steady(connection: psycopg.Connection) -> bool:
    """Whether a connection is within one reading."""
    return connection in _steady


def last_act(connection: psycopg.Connection) -> tuple[int, datetime] | None:
    """The last act that this transaction sees: what was computed from the record before stays true until it changes."""
    return asked_once(connection, ("last act",), lambda: _last_act(connection))


def asked_once(connection: psycopg.Connection, what: tuple[Any, ...], ask: Callable[[], Answer]) -> Answer:
    """The answer to a small question, which within one reading of a connection is asked of the record once."""
    known = _steady.get(connection)
    if known is None:
        return ask()
    if what not in known:
        known[what] = ask()
    answer: Answer = known[what]
    return answer


def _last_act(connection: psycopg.Connection) -> tuple[int, datetime] | None:
    row = connection.execute("select act_id, recorded_at from record.act order by act_id desc limit 1").fetchone()
    return (row[0], row[1]) if row else None


def is_more_than_written(connection: psycopg.Connection, after: int) -> bool:
    """Whether more has come since an act than what people write one by one: a load, a setting, a join, an erasure."""
    row = connection.execute(
        "select exists (select from record.act where act_id > %s and kind not in ('entry', 'correction', 'ending'))",
        (after,),
    ).fetchone()
    return bool(row and row[0])


def standing_of(connection: psycopg.Connection, tables: Collection[str] | None) -> object:
    """What stays the same until an act touches one of some tables, and the ways of looking at them (`LENS`).

    Takes   tables, the described ones that an answer is read from, beside those of the lens; None for any.
    """
    last = last_act(connection)
    is_settled = connection.info.transaction_status is TransactionStatus.IDLE or is_steady(connection)
    # What a transaction wrote itself may yet never have been.
    if last is None or tables is None or not is_settled:
        return last
    return asked_once(
        connection,
        ("last touching", frozenset(tables)),
        lambda: ("touching", *last_touching(connection, last, LENS.union(tables))),
    )


def remembered(
    connection: psycopg.Connection,
    what: str,
    moment: Moment,
    ask: Callable[[psycopg.Connection], Answer],
    *,
    of: Collection[str] | None = None,
    keep: Callable[[Answer], bool] = lambda _: True,
) -> Answer:
    """The answer to a question about the whole record at a moment; asked again only after another act.

    Takes   ask, told the connection on which to ask; of, the tables of which alone it is read, so that it is asked
            again only after an act on one of them; keep, whether an answer is one to be remembered. Only for what
            hangs on nobody: the key holds no asker.
    """
    info = connection.info
    key = (info.host, info.port, info.dbname, standing_of(connection, of), what, moment)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            found: Answer = _kept[key]
            return found
    answer = ask(shared_of(connection))
    if not keep(answer):
        return answer
    with _lock:
        _kept[key] = answer
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return answer
