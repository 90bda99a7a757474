"""Entries put onto a cluster."""

from __future__ import annotations

from collections.abc import Collection
from datetime import time
from typing import Any

import pyarrow as pa
from pyspark.sql import SparkSession

from keyworker.measures.sources.spark import SparkSource, spark_types
from keyworker.vocabulary import TABLES, Type

Entries = dict[str, list[dict[str, Any]]]
_ARROW = {
    "string": pa.string(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", "UTC"),
    "bigint": pa.int64(),
    "double": pa.float64(),
    "boolean": pa.bool_(),
}


def filled(cluster: SparkSession, entries: Entries, tables: Collection[str]) -> SparkSource:
    """Entries as a snapshot's views on the cluster."""
    for name in tables:
        types = spark_types(TABLES[name])
        times = {column.name for column in TABLES[name].columns if column.type is Type.TIME}
        columns = {
            column: pa.array(
                [_plain(row.get(column), "time" if column in times else kind) for row in entries.get(name, [])],
                _ARROW[kind],
            )
            for column, kind in types.items()
        }
        cluster.createDataFrame(pa.table(columns)).createOrReplaceTempView(f"record_{name}")
    return SparkSource(cluster, tables)


def _plain(value: Any, kind: str) -> Any:
    if value is None:
        return None
    return {"string": str, "double": float, "time": _as_a_snapshot_reads}.get(kind, lambda one: one)(value)


def _as_a_snapshot_reads(told: time | str) -> str:
    """A time of day with its seconds, as Spark reads one out of Parquet; a case writes `12:00`."""
    return (time.fromisoformat(told) if isinstance(told, str) else told).isoformat()
