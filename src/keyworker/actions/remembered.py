"""What the record said of a moment, kept until the record changes, and asked for once however many wait for it.

The pages of a team, a district and the service all show the same rows; they are read once for each act and moment.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

import psycopg

from keyworker.facts.moment import Moment
from keyworker.facts.remembered import refuse_own, standing_of

Answer = TypeVar("Answer")
Key = tuple[Any, ...]

KEPT = {
    "sign in": 2_000,
    "whole": 5,
    "team": 100,
    "team story": 50,
    "worker story": 50,
    "posts": 20,
    "first years": 5,
    "open duties": 1,
    "due": 20,
    "pace": 300,
    "figures": 100,
    "missed": 2,
    "nothing recent": 20,
    "quality": 50,
    "meaning": 50,
}
"""How many answers of each kind are kept: a whole service of 10,000 open children takes about 30 MB."""

_kept: dict[str, OrderedDict[Key, Future[Any]]] = {kind: OrderedDict() for kind in KEPT}
_lock = Lock()


def remembered(
    connection: psycopg.Connection,
    kind: str,
    moment: Moment,
    read: Callable[[], Answer],
    *,
    of: str = "",
    tables: Collection[str] | None = None,
) -> Answer:
    """The answer to a question about a moment; asked again only after another act.

    Takes   kind, a name in `KEPT`; of, what the question is about beside the moment, such as a team or a sign-in;
            tables, those of which alone it is read, so that it is asked again only after an act on one of them. Only
            for what does not hang on who asks, for the key holds no asker.
    """
    refuse_own(connection)
    kept, key = _kept[kind], _key(connection, moment, of, tables)
    with _lock:
        future = kept.get(key)
        first = future is None
        if future is None:
            future = kept[key] = Future()
        kept.move_to_end(key)
        while len(kept) > KEPT[kind]:
            kept.popitem(last=False)
    if first:
        _answer(future, read, kept, key)
    answer: Answer = future.result()
    return answer


def at_hand(connection: psycopg.Connection, kind: str, moment: Moment, *, of: str = "") -> Any | None:
    """The answer if it is known already. It is never waited for."""
    kept, key = _kept[kind], _key(connection, moment, of)
    with _lock:
        future = kept.get(key)
        if future is None or not future.done():
            return None
        kept.move_to_end(key)
    return future.result()


def _answer(future: Future[Any], read: Callable[[], Any], kept: OrderedDict[Key, Future[Any]], key: Key) -> None:
    try:
        future.set_result(read())
    except BaseException as error:
        with _lock:
            kept.pop(key, None)
        future.set_exception(error)


def _key(connection: psycopg.Connection, moment: Moment, of: str, tables: Collection[str] | None = None) -> Key:
    info = connection.info
    return (info.host, info.port, info.dbname, standing_of(connection, tables), of, moment)
