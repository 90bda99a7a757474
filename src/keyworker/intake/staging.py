"""New and changed rows on their way into the record, in a stage of this connection's own."""

from __future__ import annotations

import io
from collections.abc import Callable

import polars as pl
import psycopg

from keyworker.intake.ahead import ahead
from keyworker.intake.contract import ENTERED
from keyworker.intake.identity import DIGEST, ROW_KEY
from keyworker.intake.waiting import Waiting
from keyworker.record.entry import listed
from keyworker.record.writer import stage_ddl


def staged(
    connection: psycopg.Connection, waiting: Waiting, chosen: pl.Series, progress: Callable[[str, int], None]
) -> str:
    """Copy the chosen rows into a stage. Gives its name; empty where nothing was chosen.

    A stage is temporary: whatever happens to this load, the database itself clears it away.
    """
    if not chosen.any():
        return ""
    stage = f"pg_temp.stage_{waiting.name}"
    columns = waiting.table.column_names
    kept = [ROW_KEY, DIGEST, ENTERED, *columns]
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(f"drop table if exists {stage}".encode())
        cursor.execute(stage_ddl(waiting.name, stage).encode())
        into = f"{stage} ({listed([ROW_KEY, DIGEST, 'entered_at', *columns])})"
        with cursor.copy(f"copy {into} from stdin (format csv)".encode()) as copy:
            for content, rows in ahead(_as_csv(frame.select(kept)) for _, frame in waiting.parts(chosen)):
                copy.write(content)
                progress(waiting.name, rows)
    return stage


def _as_csv(frame: pl.DataFrame) -> tuple[bytes, int]:
    content = io.BytesIO()
    frame.write_csv(content, include_header=False, null_value="", quote_style="necessary")
    return content.getvalue(), frame.height
