"""The kept pace carried over small acts: the duties of those whom they touch are taken away as they were, and put back
as they are now.

Making it anew asks about everybody's duties of a year; one visit that is written down changes those of one child.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import polars as pl
import psycopg

from keyworker.clocks.engine import Ground, every_readings, ground_at, supplied
from keyworker.clocks.held import Held
from keyworker.clocks.stored import People, stands_on
from keyworker.clocks.touched import touched_since
from keyworker.facts.moment import Moment
from keyworker.measures.pace.kept import COUNTED, alike, write
from keyworker.measures.pace.outlook import pasts
from keyworker.measures.pace.past import LOOKED_BACK, Past


def carry_paces(connection: psycopg.Connection, at: date) -> bool:
    """Bring what is kept of the paces of a day up to the last act, where the acts since touch no more than a few.

    Takes   connection, in a transaction that sees one state of the record throughout and may write.
    Gives   False where nothing is kept of that day by this rulebook, or where the acts since may change everybody's.
    """
    last, rulebook, _ = stands_on(connection, at)
    kept = connection.execute(
        "select act_id, array_agg(rule order by rule) from kept.pace_ground where (rulebook, at) = (%s, %s)"
        " and act_id < %s group by act_id order by act_id desc limit 1",
        (rulebook, at, last),
    ).fetchone()
    if kept is None:
        return False
    act_id, rules = kept
    touched = touched_since(connection, act_id)
    if touched is None:
        return False
    people, before = People(*touched), _grounds(connection, at, act_id)
    if before is None:
        return False
    then, ground = before
    old = _paces(connection, then, people, rules, ground)
    new = _paces(connection, Moment(at), people, rules, ground_at(connection, Moment(at)))
    return _replaced(connection, rules, old, new, last)


def _grounds(connection: psycopg.Connection, at: date, act_id: int) -> tuple[Moment, Ground] | None:
    """How the record was looked at after an act; None where its sources supply today what they did not then."""
    row = connection.execute("select recorded_at from record.act where act_id = %s", (act_id,)).fetchone()
    if row is None:
        return None
    recorded_at: datetime = row[0]
    then, now = Moment(at, recorded_at), ground_at(connection, Moment(at))
    told = ground_at(connection, then)
    # What was kept was counted by the bank holidays that are known now, whenever its last act was written.
    ground = replace(
        told,
        local=replace(told.local, known=None),
        held=Held(set(supplied(connection, act_id)) & now.held.tables, told.held.steps),
    )
    is_alike = ground.held.unmet(ground.rulebook) == now.held.unmet(now.rulebook)
    return (then, ground) if is_alike and ground.rulebook == now.rulebook else None


def _paces(
    connection: psycopg.Connection, moment: Moment, people: People, rules: Sequence[str], ground: Ground
) -> dict[str, Past]:
    found, rulebook = every_readings(
        connection,
        moment,
        child_ids=people.child_ids,
        worker_ids=people.worker_ids,
        rules=rules,
        due_since=moment.at - LOOKED_BACK,
        ground=ground,
    )
    return pasts(found, rulebook, moment.at)


def _replaced(
    connection: psycopg.Connection, rules: Sequence[str], old: dict[str, Past], new: dict[str, Past], last: int
) -> bool:
    """Take some duties away from what is kept and add others. Gives False where there is not what is to be taken."""
    taken = [alike(rule, past).with_columns(-pl.col("duties")) for rule, past in old.items()]
    change = pl.concat([*taken, *(alike(rule, past) for rule, past in new.items())])
    change = change.group_by(COUNTED).agg(pl.col("duties").sum()).filter(pl.col("duties") != 0)
    total = pl.concat([_taken_out(connection, change), change]).group_by(COUNTED).agg(pl.col("duties").sum())
    if (total["duties"] < 0).any():
        connection.execute("delete from kept.pace_ground where rule = any(%s::text[])", (list(rules),))
        return False
    write(connection, total.filter(pl.col("duties") > 0))
    left_out = {rule: new[rule].left_out - old[rule].left_out for rule in new}
    with connection.cursor() as cursor:
        cursor.executemany(
            "with gone as (delete from kept.pace_ground where rule = %s returning *)"
            " insert into kept.pace_ground select rule, %s, rulebook, at, left_out + %s from gone",
            [(rule, last, left_out.get(rule, 0)) for rule in rules],
        )
    return True


def _taken_out(connection: psycopg.Connection, change: pl.DataFrame) -> pl.DataFrame:
    """What is kept of the duties that change, no longer kept."""
    columns = [change[name].to_list() for name in COUNTED]
    rows = connection.execute(
        f"delete from kept.pace k using unnest(%s::text[], %s::integer[], %s::integer[], %s::boolean[], %s::boolean[])"
        f" as c({', '.join(COUNTED)}) where {' and '.join(f'k.{name} = c.{name}' for name in COUNTED)}"
        f" returning {', '.join(f'k.{name}' for name in COUNTED)}, k.duties".encode(),
        columns,
    ).fetchall()
    return pl.DataFrame(rows, schema=change.schema, orient="row")
