"""Described columns as the columns of a data frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from keyworker.vocabulary import Column, Type

INSTANT = pl.Datetime("us", "UTC")
DTYPES: dict[Type, pl.DataType] = {
    Type.TEXT: pl.String(),
    Type.DATE: pl.Date(),
    Type.TIME: pl.Time(),
    Type.INSTANT: INSTANT,
    Type.INTEGER: pl.Int64(),
    Type.DECIMAL: pl.Float64(),
    Type.FLAG: pl.Boolean(),
}
DUCKDB = {
    Type.TEXT: "varchar",
    Type.DATE: "date",
    Type.TIME: "time",
    Type.INSTANT: "timestamptz",
    Type.INTEGER: "bigint",
    Type.DECIMAL: "double",
    Type.FLAG: "boolean",
}
"""The same in DuckDB, as a snapshot holds them."""


def schema_of(columns: Iterable[Column]) -> dict[str, pl.DataType]:
    """The data types of some columns, in order."""
    return {column.name: DTYPES[column.type] for column in columns}


def written(name: str, kind: Type) -> str:
    """A column of `t` as a query writes it to be read with `read_types`: an instant as a number, a flag as text."""
    if kind is Type.INSTANT:
        return f"(extract(epoch from t.{name}) * 1000000)::bigint"
    return f"t.{name}::text" if kind is Type.FLAG else f"t.{name}"


def read_types(types: Mapping[str, Type]) -> dict[str, pl.DataType]:
    """The data types in which columns so written are read."""
    return {name: pl.Int64() if kind is Type.INSTANT else DTYPES[kind] for name, kind in types.items()}


def typed(frame: pl.DataFrame, types: Mapping[str, Type]) -> pl.DataFrame:
    """A frame so read, its instants in UTC."""
    instants = [name for name, kind in types.items() if kind is Type.INSTANT]
    return frame.with_columns(pl.col(name).cast(INSTANT) for name in instants)
