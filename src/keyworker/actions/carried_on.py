"""Everybody's rows as they were read once, carried over small acts: whom these touch is read anew, and nobody else.

A county in which somebody writes every second never has an answer that is as new as its last act. What is told of a
child hangs on that child's own rows, and on some tables of everybody (`OF_OTHERS`): while no act touches those, the row
that was read before stands for whoever no act touched.
"""

from __future__ import annotations

from bisect import insort
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import psycopg

from keyworker.clocks.children import children_at
from keyworker.facts.children_touched import OF_OTHERS, touched_since
from keyworker.facts.ground import last_act, lens_at
from keyworker.facts.last_acts import Act
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow
from keyworker.facts.remembered import is_steady, standing_of

BASES, ROWS = 3, 4_000
"""Of how many moments everybody's rows are held to be carried on, and how many rows that were read anew."""

_Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class _Base:
    act: Act
    rows: Mapping[str, ChildRow]
    families: Mapping[str | None, Sequence[str]]


_bases: OrderedDict[_Key, _Base] = OrderedDict()
_anew: OrderedDict[_Key, ChildRow | None] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Carried:
    """Everybody's rows as they stand for one reading of a connection."""

    connection: psycopg.Connection
    moment: Moment
    key: _Key
    base: _Base
    touched: Mapping[str, int]

    def children(self, child_ids: Iterable[str]) -> list[ChildRow]:
        """Those of some children who are open, by name."""
        wanted = set(child_ids)
        rows = [self.base.rows[one] for one in wanted - self.touched.keys() if one in self.base.rows]
        return sorted(rows + self._anew(wanted & self.touched.keys()), key=_by_name)

    def with_kin(self, child_id: str) -> tuple[ChildRow, list[str]] | None:
        """An open child's row, and the open brothers and sisters that it counts."""
        row = next(iter(self.children([child_id])), None)
        if row is None:
            return None
        family = self.base.families[row.family_id] if row.family_id is not None else ()
        # Whoever is held apart counts nobody and is counted by nobody.
        counted = self.children(family) if row.siblings_open else []
        return row, [one.child_id for one in counted if one.siblings_open and one.child_id != row.child_id]

    def everybody(self) -> list[ChildRow]:
        """All who are open, by name."""
        # They are in order already: to order ten thousand anew took longer than all else.
        rows = [row for row in self.base.rows.values() if row.child_id not in self.touched]
        for row in self._anew(self.touched.keys()):
            insort(rows, row, key=_by_name)
        return rows

    def _anew(self, child_ids: Collection[str]) -> list[ChildRow]:
        """The rows of those whom an act touched, read once after each."""
        keys = {one: (*self.key, self.base.act, one, self.touched[one]) for one in child_ids}
        with _lock:
            known = {one: _anew[key] for one, key in keys.items() if key in _anew}
        missing = sorted(set(child_ids) - known.keys())
        if missing:
            found = {row.child_id: row for row in children_at(self.connection, self.moment, child_ids=missing)}
            known |= {one: found.get(one) for one in missing}
            with _lock:
                _anew.update((keys[one], known[one]) for one in missing)
                while len(_anew) > ROWS:
                    _anew.popitem(last=False)
        return [row for row in known.values() if row is not None]


def _by_name(row: ChildRow) -> tuple[str, str]:
    return row.name, row.child_id


def carried(connection: psycopg.Connection, moment: Moment) -> Carried | None:
    """Everybody's rows at a moment, carried on to the last act that this reading sees.

    Gives   None where they were not read, or an act since may have changed what is told of anybody.
    """
    key, last = _key(connection, moment), last_act(connection)
    with _lock:
        base = _bases.get(key) if key else None
    if key is None or base is None or last is None or last[0] < base.act[0]:
        return None
    by_identifier = touched_since(connection, base.act, last)
    if by_identifier is None:
        return None
    lens, touched = lens_at(connection, moment), dict[str, int]()
    for identifier, act_id in by_identifier.items():
        root = lens.root(identifier)
        touched[root] = max(act_id, touched.get(root, 0))
    return Carried(connection, moment, key, base, touched)


def carry(connection: psycopg.Connection, moment: Moment, rows: Iterable[ChildRow]) -> None:
    """Hold everybody's rows, as this reading of a connection sees them, to be carried on."""
    key, last = _key(connection, moment), last_act(connection)
    if key is None or last is None:
        return
    known, families = {row.child_id: row for row in rows}, defaultdict[str | None, list[str]](list)
    for row in known.values():
        families[row.family_id].append(row.child_id)
    base = _Base(last, known, families)
    with _lock:
        _bases[key] = base
        _bases.move_to_end(key)
        while len(_bases) > BASES:
            _bases.popitem(last=False)


def _key(connection: psycopg.Connection, moment: Moment) -> _Key | None:
    """The record and the moment, and what stands while no act touches what is told of others."""
    if moment.is_known_then or not is_steady(connection):
        return None
    info = connection.info
    return (info.host, info.port, info.dbname, moment, standing_of(connection, OF_OTHERS))
