"""A history in DuckDB with whole numbers for children, workers and teams: c1 is 1, and ann is 97, everywhere."""

from __future__ import annotations

import duckdb

from keyworker.vocabulary import TABLES

IDENTIFIERS = ("child_id", "worker_id", "team_id", "same_as")


def numbered(told: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Another DuckDB that has the same tables, their identifiers told by numbers."""
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'; create schema record")
    for name in TABLES:
        columns = [row[0] for row in told.execute(f'describe record."{name}"').fetchall()]
        shown = ", ".join(
            f"coalesce(try_cast(substr({one}, 2) as integer), ascii({one})) as {one}" if one in IDENTIFIERS else one
            for one in columns
        )
        rows = told.sql(f'select {shown} from record."{name}"').to_arrow_table()
        connection.register("rows_of_one", rows)
        connection.execute(f'create table record."{name}" as select * from rows_of_one')
        connection.unregister("rows_of_one")
    return connection
