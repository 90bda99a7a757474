"""Questions about everybody: asked of the columns where this process holds them, of the record where it does not."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

import duckdb
import psycopg

from keyworker.facts.columns.seen import Columns
from keyworker.facts.columns.store import Store
from keyworker.facts.remembered import last_act

Answer = TypeVar("Answer")
Source = psycopg.Connection | Columns

FEW = 20_000
"""So many new entries a question takes in before it is answered: fewer than it would take to ask the record itself."""

_stores: dict[tuple[str, int, str], Store] = {}
_lock = Lock()
_log = logging.getLogger("keyworker.columns")


def follow(connection: psycopg.Connection) -> None:
    """Hold the columns of this record from now on, as far as the connection's transaction sees it."""
    key = _key(connection)
    try:
        with _lock:
            for other in [one for one in _stores if one != key]:
                _stores.pop(other).close()
            store = _stores.get(key) or _stores.setdefault(key, Store())
        store.follow(connection)
    except duckdb.Error as error:
        _let_go(key, error)


def holding(connection: psycopg.Connection) -> bool:
    """Whether this process holds the columns of this record, and so may answer from them."""
    return _key(connection) in _stores


def of_everybody(connection: psycopg.Connection, ask: Callable[[Source], Answer]) -> Answer:
    """The answer to a question about the whole record, in the transaction that the connection is in.

    Takes   ask, which is given the columns, or the connection where there are none; both give the same answer.
    """
    return each_of_everybody(connection, [ask])[0]


def each_of_everybody(connection: psycopg.Connection, asks: Sequence[Callable[[Source], Answer]]) -> list[Answer]:
    """The answers to several such questions, side by side where the columns give them.

    Takes   asks, which ask nothing but what they are given, for they may run in threads of their own.
    """
    key = _key(connection)
    store = _stores.get(key)
    act = last_act(connection)
    if store is not None and act is not None:
        try:
            store.follow(connection, most=FEW)
            found = _side_by_side(store, act[0], asks)
            if None not in found:
                return [one.answer for one in found if one is not None]
        except duckdb.Error as error:
            _let_go(key, error)
    return [ask(connection) for ask in asks]


@dataclass(frozen=True, eq=False)
class _Answered(Generic[Answer]):
    """An answer, which may itself be None."""

    answer: Answer


def _side_by_side(
    store: Store, act_id: int, asks: Sequence[Callable[[Source], Answer]]
) -> list[_Answered[Answer] | None]:
    """Each answer by the columns as they stood after an act, or None where they stand elsewhere."""

    def answered(ask: Callable[[Source], Answer]) -> _Answered[Answer] | None:
        with store.after(act_id) as columns:
            return None if columns is None else _Answered(ask(columns))

    if len(asks) == 1:
        return [answered(asks[0])]
    with ThreadPoolExecutor(len(asks), "columns") as threads:
        return list(threads.map(answered, asks))


def _let_go(key: tuple[str, int, str], error: duckdb.Error) -> None:
    """Without columns every answer is the same, only later. An error's words may hold a value, so none is kept."""
    with _lock:
        store = _stores.pop(key, None)
    if store is not None:
        store.close()
    _log.warning("the columns are let go of: %s", type(error).__name__)


def _key(connection: psycopg.Connection) -> tuple[str, int, str]:
    info = connection.info
    return (info.host, info.port, info.dbname)
