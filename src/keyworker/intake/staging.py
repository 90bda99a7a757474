"""New and changed rows on their way into the record, in stages of this connection's own.

A stage is temporary: whatever happens to a load, the database itself clears it away.
"""

from __future__ import annotations

import io
import queue
import threading
from collections.abc import Callable, Iterable

import polars as pl
import psycopg

from keyworker.intake.ahead import ahead
from keyworker.intake.contract import ENTERED
from keyworker.intake.identity import DIGEST, ROW_KEY
from keyworker.intake.waiting import Waiting
from keyworker.record.entry import listed
from keyworker.record.writer import current, stage_ddl
from keyworker.vocabulary import TABLES


def staged(
    connection: psycopg.Connection, waiting: Waiting, chosen: pl.Series, progress: Callable[[str, int], None]
) -> str:
    """Copy the chosen rows into a stage. Gives its name; empty where nothing was chosen."""
    if not chosen.any():
        return ""
    with connection.transaction():
        stage = _make(connection, waiting.name)
        for content, rows in ahead(_as_csv(waiting.name, frame) for _, frame in waiting.parts(chosen)):
            _copy(connection, waiting.name, stage, content)
            progress(waiting.name, rows)
    return stage


def drop_stages(connection: psycopg.Connection, names: Iterable[str]) -> None:
    """Give back the room that the stages of these tables took."""
    stages = ", ".join(map(_stage, names))
    if stages:
        with connection.transaction():
            connection.execute(f"drop table if exists {stages}".encode())


def _stage(name: str) -> str:
    return f"pg_temp.stage_{name}"


def _make(connection: psycopg.Connection, name: str) -> str:
    stage = _stage(name)
    connection.execute(f"drop table if exists {stage}".encode())
    connection.execute(stage_ddl(name, stage).encode())
    return stage


def _copy(connection: psycopg.Connection, name: str, stage: str, content: bytes) -> None:
    into = f"{stage} ({listed([ROW_KEY, DIGEST, 'entered_at', *TABLES[name].column_names])})"
    with connection.cursor() as cursor, cursor.copy(f"copy {into} from stdin (format csv)".encode()) as copy:
        copy.write(content)


def _as_csv(name: str, frame: pl.DataFrame) -> tuple[bytes, int]:
    content = io.BytesIO()
    kept = frame.select(ROW_KEY, DIGEST, ENTERED, *TABLES[name].column_names)
    kept.write_csv(content, include_header=False, null_value="", quote_style="necessary")
    return content.getvalue(), frame.height


class EarlyStages:
    """Copies rows into stages while later ones are still read, for tables of which the record holds nothing yet.

    Every good row of such a table is new, unless the file holds it twice. The connection is this one's until `finish`.
    """

    def __init__(self, connection: psycopg.Connection, source: str) -> None:
        self._connection = connection
        self._source = source
        self._rows: queue.Queue[tuple[str, pl.DataFrame] | None] = queue.Queue(1)
        self._stages: dict[str, str] = {}
        self._error: BaseException | None = None
        self._worker = threading.Thread(target=self._work, name="staging", daemon=True)
        self._worker.start()

    def take(self, name: str, frame: pl.DataFrame) -> None:
        """Hand over good rows of a table."""
        if frame.height:
            self._rows.put((name, frame))

    def close(self) -> None:
        """Wait until the connection is free again. Safe to repeat."""
        if self._worker.is_alive():
            self._rows.put(None)
            self._worker.join()

    def finish(self) -> dict[str, str]:
        """The stages made, by table. Raises what went wrong while they were."""
        self.close()
        if self._error:
            raise self._error
        return {name: stage for name, stage in self._stages.items() if stage}

    def _work(self) -> None:
        while item := self._rows.get():
            if self._error:
                continue  # what is still handed over is let go; `finish` says why
            try:
                self._stage(*item)
            except BaseException as error:  # whatever it is, it belongs to the loader's thread
                self._error = error

    def _stage(self, name: str, frame: pl.DataFrame) -> None:
        with self._connection.transaction():
            if name not in self._stages:
                self._stages[name] = "" if self._holds_any(name) else _make(self._connection, name)
            if self._stages[name]:
                _copy(self._connection, name, self._stages[name], _as_csv(name, frame)[0])

    def _holds_any(self, name: str) -> bool:
        query = f"select exists ({current(name)})"
        row = self._connection.execute(query.encode(), (self._source,)).fetchone()
        return bool(row and row[0])
