"""What the whole service looked like at a moment, kept until the record changes.

The pages of a team, a district and the service all show the same rows; they are read once for each act and moment.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

import psycopg

from keyworker.clocks.children import children_at
from keyworker.clocks.workers import workers_at
from keyworker.facts.ground import last_act
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, WorkerRow

KEPT = 6


@dataclass(frozen=True)
class Whole:
    """Every open child and every worker at a moment."""

    children: list[ChildRow]
    workers: list[WorkerRow]


_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = Lock()


def whole_at(connection: psycopg.Connection, moment: Moment) -> Whole:
    """Every open child and every worker at a moment, read anew when the record has changed."""
    return remembered(connection, "whole", moment, lambda: _read(connection, moment))


def _read(connection: psycopg.Connection, moment: Moment) -> Whole:
    children = children_at(connection, moment)
    return Whole(children, workers_at(connection, moment, children=children))


def remembered(connection: psycopg.Connection, what: str, moment: Moment, read: Callable[[], Any]) -> Any:
    """The answer to a question about a moment; asked again only after another act."""
    info = connection.info
    key = (info.host, info.port, info.dbname, last_act(connection), what, moment)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    answer = read()
    with _lock:
        _kept[key] = answer
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return answer
