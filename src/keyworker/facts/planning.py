"""Which connections plan a question once, whomever it is about, and which questions are planned for their values.

A question about a few children keeps one plan, for who they are changes nothing. One about many would keep a bad one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakSet

import psycopg

ONCE = "set local plan_cache_mode = force_generic_plan"
ANEW = "set local plan_cache_mode = auto"
_once: WeakSet[psycopg.Connection] = WeakSet()


@contextmanager
def planning_once(connection: psycopg.Connection) -> Iterator[None]:
    """Within it, `ONCE` holds on a connection: whoever enters has said so in the transaction that it is within."""
    _once.add(connection)
    try:
        yield
    finally:
        _once.discard(connection)


@contextmanager
def planning_anew(connection: psycopg.Connection) -> Iterator[None]:
    """Within it a question is planned for its very values, also on a connection that plans once."""
    if connection not in _once:
        yield
        return
    connection.execute(ANEW)
    yield
    # A question that failed has ended the transaction, and what was said within it.
    connection.execute(ONCE)
