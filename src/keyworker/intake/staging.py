"""New and changed rows on their way into the record, in stages of this connection's own.

A stage is temporary: whatever happens to a load, the database itself clears it away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import polars as pl
import psycopg
import pyarrow as pa

from keyworker.intake.ready import packed_rows
from keyworker.intake.waiting import Waiting
from keyworker.record.writer import stage_ddl
from keyworker.record.writer.packed import copy_packed


def staged(
    connection: psycopg.Connection, waiting: Waiting, chosen: pl.Series, progress: Callable[[str, int], None]
) -> str:
    """Copy the chosen rows into a stage. Gives its name; empty where nothing was chosen."""
    if not chosen.any():
        return ""
    stage = _stage(waiting.name)
    with connection.transaction():
        connection.execute(f"drop table if exists {stage}".encode())
        connection.execute(stage_ddl(waiting.name, stage).encode())
        copy_packed(connection, stage, waiting.table, blocks(waiting, chosen, progress))
    return stage


def blocks(waiting: Waiting, chosen: pl.Series, progress: Callable[[str, int], None]) -> Iterator[pa.LargeBinaryArray]:
    """The chosen rows as the database takes them, a part at a time. Tells how many are taken."""
    for _, part in waiting.parts(chosen):
        yield packed_rows(waiting.table, part)
        progress(waiting.name, part.num_rows)


def drop_stages(connection: psycopg.Connection, names: Iterable[str]) -> None:
    """Give back the room that the stages of these tables took."""
    stages = ", ".join(map(_stage, names))
    if stages:
        with connection.transaction():
            connection.execute(f"drop table if exists {stages}".encode())


def _stage(name: str) -> str:
    return f"pg_temp.stage_{name}"
