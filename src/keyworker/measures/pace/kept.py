"""The pace of each timescale kept in the database: what went before is the same for everybody until the next act."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from datetime import date

import numpy as np
import polars as pl
import psycopg

from keyworker.clocks.rules import Rulebook
from keyworker.clocks.stored import stands_on
from keyworker.measures.pace.past import LOOKED_BACK, Past, unit_of

COUNTED = ("rule", "begun", "closed", "done", "passed")


def keep_paces(connection: psycopg.Connection, at: date, paces: Mapping[str, Past]) -> None:
    """Keep the duties of some rules in the year before a day, alike ones counted together."""
    rules = list(paces)
    connection.execute("delete from kept.pace where rule = any(%s::text[])", (rules,))
    connection.execute("delete from kept.pace_ground where rule = any(%s::text[])", (rules,))
    ground = [(rule, *stands_on(connection, at), past.left_out) for rule, past in paces.items()]
    with connection.cursor() as cursor:
        cursor.executemany("insert into kept.pace_ground values (%s, %s, %s, %s, %s)", ground)
    if paces:
        write(connection, pl.concat(alike(rule, past) for rule, past in paces.items()))


def alike(rule: str, past: Past) -> pl.DataFrame:
    """The duties of a rule, alike ones counted together, in the columns in which they are kept."""
    every = pl.DataFrame({"begun": past.begun, "closed": past.closed, "done": past.done, "passed": past.passed})
    counted = every.group_by("begun", "closed", "done", "passed").len("duties")
    return counted.select(pl.lit(rule).alias("rule"), *COUNTED[1:], pl.col("duties").cast(pl.Int64))


def write(connection: psycopg.Connection, counted: pl.DataFrame) -> None:
    """Keep duties that are counted together."""
    text = io.BytesIO()
    counted.write_csv(text, include_header=False)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy kept.pace ({', '.join(COUNTED)}, duties) from stdin (format csv)".encode()) as rows,
    ):
        rows.write(text.getvalue())


def kept_paces(connection: psycopg.Connection, at: date, rules: Collection[str], rulebook: Rulebook) -> dict[str, Past]:
    """What is kept of some rules' duties in the year before a day, where all that is recorded is in it."""
    found = connection.execute(
        "select rule, left_out from kept.pace_ground where (act_id, rulebook, at) = (%s, %s, %s)"
        " and rule = any(%s::text[])",
        (*stands_on(connection, at), list(rules)),
    ).fetchall()
    left_out: dict[str, int] = dict(found)
    rows = connection.execute(
        f"select {', '.join(COUNTED)}, duties from kept.pace where rule = any(%s::text[])", (list(left_out),)
    ).fetchall()
    types = {"rule": pl.String, "begun": pl.Int32, "closed": pl.Int32, "done": pl.Boolean, "passed": pl.Boolean}
    frame = pl.DataFrame(rows, schema={**types, "duties": pl.Int64}, orient="row")
    by_rule = frame.partition_by("rule", as_dict=True)
    return {
        rule: _past(by_rule.get((rule,), frame.clear()), rule, left, at, rulebook) for rule, left in left_out.items()
    }


def _past(counted: pl.DataFrame, rule: str, left_out: int, at: date, rulebook: Rulebook) -> Past:
    def each(name: str) -> np.ndarray:
        return np.repeat(counted[name].to_numpy(), counted["duties"].to_numpy())

    return Past(
        unit=unit_of(rulebook[rule]),
        from_on=at - LOOKED_BACK,
        to_on=at,
        begun=each("begun"),
        closed=each("closed"),
        done=each("done"),
        passed=each("passed"),
        left_out=left_out,
    )
