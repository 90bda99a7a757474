"""Open duties renewed within the transaction of an act, as whoever writes: all of it happens, or nothing.

Whoever writes sees no more than they may, so it is done only for children of whom they see everything. What an act of
theirs can change beyond that (a worker's duties, everybody's) is renewed after it, and nobody believes what is kept
until then.
"""

from __future__ import annotations

import polars as pl
import psycopg
from psycopg.types.json import Jsonb

from keyworker.clocks.duties import Asked
from keyworker.clocks.engine import dated_open
from keyworker.clocks.ground import counted_through
from keyworker.clocks.one_child import FEW, duties_to_few
from keyworker.clocks.rules import Subject
from keyworker.clocks.stored import before_act, is_alone, rows_to_keep, rulebook_name
from keyworker.clocks.touched import touched_by
from keyworker.facts.ground import lens_after, lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.remembered import shared_of
from keyworker.record.sessions import sees_all_of

_DECIDING = frozenset({"cin_episodes", "cla_episodes", "identity_link", "meaning", "permanence", "setting"})
"""What decides how other tables are looked at, or which identifiers are one child."""


def renew_within(connection: psycopg.Connection, act_id: int) -> bool:
    """Carry on what is kept of open duties over an act, in its own transaction.

    Takes   connection in the application's role, in the transaction of the act, which was the last thing written.
    Gives   False where that cannot be done here: it must then be renewed after the act, by one that sees everybody.
    """
    shared = shared_of(connection)
    if not is_alone(connection):
        return False
    ground = connection.execute("select act_id, rulebook, at from kept.open_ground()").fetchone()
    if shared is connection or ground is None or ground[0] is None or ground[1] != rulebook_name():
        return False
    touched = touched_by(connection, act_id)
    if touched is None or touched[1] or len(touched[0]) > FEW or _decides(connection, act_id):
        return False
    # On the other connection nothing of this act is known yet.
    before = lens_at(shared, Moment(ground[2]))
    lens = before.of(before.root(one) for one in touched[0])
    subjects = [*lens.parameters()["child_ids"]] if touched[0] else []
    if not sees_all_of(connection, subjects):
        return False
    found = _open(connection, lens_after(connection, before).of(lens.child_ids or ())) if subjects else []
    row = connection.execute(
        "select kept.renew_open(%s, %s, %s, %s, %s::text[], %s)",
        (before_act(connection, act_id), act_id, ground[1], ground[2], subjects, Jsonb(found)),
    ).fetchone()
    return bool(row and row[0])


def _decides(connection: psycopg.Connection, act_id: int) -> bool:
    row = connection.execute("select tables from record.act where act_id = %s", (act_id,)).fetchone()
    return row is None or not _DECIDING.isdisjoint(row[0])


def _open(connection: psycopg.Connection, lens: Lens) -> list[dict[str, object]]:
    """What nothing has met of the duties to the lens's children, as rows to keep."""
    rulebook, local = counted_through(connection, lens)
    of_child = rulebook.of(Subject.CHILD)
    asked = Asked(of_child, lens, is_open=True, about=(Subject.CHILD,))
    frame = rows_to_keep(dated_open(connection, duties_to_few(connection, asked), asked, local), of_child)
    return frame.with_columns(pl.col(pl.Date, pl.Time).cast(pl.String)).to_dicts()
