"""Described tables without the rows of some children, and without the rows that belong to these."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

import polars as pl
import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch
from keyworker.record.entry import handle_kind
from keyworker.vocabulary import TABLES, Column


def without(frames: Mapping[str, pl.DataFrame], child_ids: Collection[str]) -> dict[str, pl.DataFrame]:
    """Some described tables without every row that names one of these children, and without what hangs on such a row.

    A row hangs on another where a column refers to the other's key, as an assessment's factors do on the assessment.
    """
    if not child_ids:
        return dict(frames)
    gone: dict[str, set[str]] = {}
    kept = {name: _sorted_out(name, frame, child_ids, gone) for name, frame in frames.items()}
    while gone:
        below: dict[str, set[str]] = {}
        kept = {name: _hanging(name, frame, gone, below) for name, frame in kept.items()}
        gone = below
    return kept


def numbers_of(connection: psycopg.Connection, lens: Lens, child_ids: Collection[str]) -> frozenset[str]:
    """Every identifier of some children, and of every row that is about one of them: a plan's, an assessment's."""
    if not child_ids:
        return frozenset()
    keys = [
        f"select cast({key} as text) from {{{table.name}}} t"
        for table in TABLES.values()
        if table.has("child_id")
        for key in table.key
        if key.endswith("_id") and key != "family_id" and handle_kind(table.column(key)) is None
    ]
    found = fetch(connection, lens.of(child_ids), " union ".join(keys))
    return frozenset(child_ids) | {row[0] for row in found if row[0] is not None}


def _sorted_out(name: str, frame: pl.DataFrame, child_ids: Collection[str], gone: dict[str, set[str]]) -> pl.DataFrame:
    columns = [
        column.name for column in TABLES[name].columns if _names_a_child(column) and column.name in frame.columns
    ]
    if not columns:
        return frame
    leaves = pl.any_horizontal(pl.col(columns).is_in(list(child_ids)).fill_null(value=False))
    return _part(name, frame, leaves, gone)


def _hanging(name: str, frame: pl.DataFrame, gone: Mapping[str, set[str]], below: dict[str, set[str]]) -> pl.DataFrame:
    hangs = [
        pl.col(column.name).is_in(list(gone[column.refers])).fill_null(value=False)
        for column in TABLES[name].columns
        if column.refers in gone and column.name in frame.columns and not column.refers.startswith(f"{name}.")
    ]
    return _part(name, frame, pl.any_horizontal(hangs), below) if hangs else frame


def _part(name: str, frame: pl.DataFrame, leaves: pl.Expr, gone: dict[str, set[str]]) -> pl.DataFrame:
    """The rows that stay; by what other tables know those that leave is noted, for what hangs on them."""
    left = frame.filter(leaves)
    for column in TABLES[name].columns:
        if left.height and f"{name}.{column.name}" in _referred_to() and handle_kind(column) is None:
            gone.setdefault(f"{name}.{column.name}", set()).update(left[column.name].drop_nulls().to_list())
    return frame.filter(~leaves)


@cache
def _referred_to() -> frozenset[str]:
    return frozenset(column.refers for table in TABLES.values() for column in table.columns if column.refers)


def _names_a_child(column: Column) -> bool:
    return column.name == "same_as" or handle_kind(column) == "child"
