"""The children whom acts touched, held in memory and carried on from act to act.

A row of some tables changes what a list tells of the child whom it names, and of nobody else: so what was read of all
others before it was written is true still.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

import psycopg

from keyworker.facts.last_acts import Act

OF_ONE_CHILD = frozenset(
    {
        "case_supervision",
        "cin_assessments",
        "cin_plans",
        "cin_visits",
        "cla_visits",
        "communication",
        "cp_reviews",
        "cp_visits",
        "disability",
        "initial_cp_conference",
        "missing",
        "other_visit",
        "s47_enquiry",
        "visit_warning",
    }
)
"""The tables that change what a list tells of one child alone, whom each row names."""
OF_OTHERS = frozenset(
    {
        "action",
        "appointment",
        "care_leavers",
        "child_plan",
        "cin_episodes",
        "cla_episodes",
        "cla_reviews",
        "cp_plans",
        "department",
        "family",
        "identity_link",
        "involvements",
        "legal_status",
        "linked_identifiers",
        "meaning",
        "permanence",
        "person",
        "professionals",
        "setting",
        "team",
    }
)
"""The other tables that such a list is read from: a row may change what is told of others, as of a brother."""
MOST = 2_000
"""Beyond so many children all are looked at anew."""
HELD, PLACES = 16, 8
"""Of how many acts it is held since each it is counted from, and of how many of those."""

_ACTS = """select act_id, recorded_at, kind, tables, first_entry from record.act
where act_id between %s and %s order by act_id"""
_CHILDREN = """select child_id, act_id, null::timestamptz from record.{0} where entry_id >= %(first)s
union all select child_id, null, superseded_at from record.{0} where superseded_at >= %(since)s limit %(most)s"""

Touched = Mapping[str, int]
_held: OrderedDict[tuple[Any, ...], OrderedDict[Act, Touched]] = OrderedDict()
_lock = Lock()


def touched_since(connection: psycopg.Connection, before: Act, last: Act) -> Touched | None:
    """The children whom acts after one touched, in the tables of one child each, with the last act that did.

    Takes   connection, within one reading; last, the last act that it sees.
    Gives   None where they are too many or cannot be told, as after an erasure.
    """
    info = connection.info
    place = (info.host, info.port, info.dbname, before)
    with _lock:
        states = _held.setdefault(place, OrderedDict({before: {}}))
        _held.move_to_end(place)
        while len(_held) > PLACES:
            _held.popitem(last=False)
        known = max((act for act in states if act[0] <= last[0]), default=None)
        told = states[known] if known else {}
    if known == last or known is None:
        return told if known else None
    more = _between(connection, known, last)
    if more is None or len(told) + len(more) > MOST:
        return None
    found = {**told, **more}
    with _lock:
        states[last] = found
        while len(states) > HELD:
            # Where it is counted from stays: a reading that is behind all others begins there.
            states.pop(sorted(states)[1])
    return found


def _between(connection: psycopg.Connection, before: Act, last: Act) -> Touched | None:
    """The same of the acts after one, up to another; None where the record is another one than it was then."""
    read = connection.execute(_ACTS, (before[0], last[0])).fetchall()
    if not read or read[0][:2] != before or read[-1][:2] != last:
        return None
    acts = [row for row in read[1:] if not OF_ONE_CHILD.isdisjoint(row[3])]
    if any(kind == "erasure" for _, _, kind, *_ in acts):
        return None
    found: dict[str, int] = {}
    by_instant = {recorded_at: act_id for act_id, recorded_at, *_ in acts}
    for name in sorted({name for row in acts for name in row[3]} & OF_ONE_CHILD):
        bound = {"first": min(row[4] for row in acts), "since": min(by_instant), "most": MOST + 1}
        rows = connection.execute(_CHILDREN.format(name).encode(), bound).fetchall()
        if len(rows) > MOST:
            return None
        for child, written, replaced_at in rows:
            act_id = written or by_instant.get(replaced_at)
            if child is None:
                return None
            if act_id is not None and act_id <= last[0]:
                found[child] = max(act_id, found.get(child, 0))
    return found
