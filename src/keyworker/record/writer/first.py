"""The first load of a source: nothing of it stands yet, so its rows go straight into the record as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

import polars as pl
import psycopg
import pyarrow as pa
from psycopg.types.json import Jsonb

from keyworker.record.entry import REPORTED, target
from keyworker.record.writer import keeping
from keyworker.record.writer.act import Act, ActResult, Counts, lock, opened, watermark
from keyworker.record.writer.keeping import SetAsideRow
from keyworker.record.writer.packed import copy_packed
from keyworker.record.writer.packed import field as packed_field
from keyworker.record.writer.rows import described


@dataclass
class FirstLoad:
    """A first load while it is written. What it wrote is seen once `first_load` ends, all of it or nothing."""

    connection: psycopg.Connection
    source: str
    result: ActResult
    _handled: dict[str, pl.Series] = field(default_factory=dict)

    def take(
        self,
        table_name: str,
        count: int,
        rows: Iterable[pa.LargeBinaryArray],
        identifiers: Mapping[str, pl.Series] | None,
    ) -> None:
        """Write all rows of one table.

        Takes   rows, packed (`packed.packed`), no two of the same key, and how many they are;
                identifiers in them that have handles, by kind; None when nobody has gathered exactly those.
        """
        table, connection = described(table_name), self.connection
        postponed = count >= keeping.INDEXES_AFTER and keeping.postpone_indexes(connection, table_name)
        written = copy_packed(connection, target(table), table, rows, self._same())
        keeping.agree(table_name, "added", count, written)
        if postponed:
            keeping.build_indexes(connection, table_name)
        if identifiers is None:
            keeping.give_handles(connection, table, target(table))
        else:
            self._give_handles(identifiers)
        if count >= keeping.STATISTICS_AFTER:
            keeping.analyse(connection, table_name)

    def _same(self) -> dict[str, bytes]:
        return {
            "act_id": packed_field(self.result.act_id),
            "source": packed_field(self.source),
            "standing": packed_field(REPORTED),
            "recorded_at": packed_field(self.result.recorded_at),
        }

    def _give_handles(self, identifiers: Mapping[str, pl.Series]) -> None:
        for kind, found in identifiers.items():
            given = self._handled.get(kind)
            new = found if given is None else found.filter(~found.is_in(given.implode()))
            if len(new):
                keeping.give_handles_to(self.connection, kind, new)
                self._handled[kind] = new if given is None else pl.concat([given, new])

    def close(self, counts: Mapping[str, Counts], set_aside: Iterable[SetAsideRow], notes: Sequence[str]) -> ActResult:
        """Tell what was done. Gives the act with its counts by table."""
        written = [table for table, count in counts.items() if count.added]
        self.connection.execute(
            "update record.act set tables = %s, notes = %s, counts = %s where act_id = %s",
            (
                written,
                Jsonb(list(notes)),
                Jsonb({table: asdict(count) for table, count in counts.items()}),
                self.result.act_id,
            ),
        )
        result = replace(self.result, counts=counts)
        keeping.keep_set_aside(self.connection, result, set_aside, dict.fromkeys(counts, 0))
        return result


@contextmanager
def first_load(
    connection: psycopg.Connection, act: Act, now: datetime, tables: Iterable[str]
) -> Iterator[FirstLoad | None]:
    """Open the first load of a source, as the one writer until it ends; then it is committed, all or nothing.

    Takes   tables, all that it may write. Gives None when something of the source was recorded already.
    """
    with keeping.whole(connection):
        lock(connection)
        if watermark(connection, act.source):
            yield None
        else:
            yield FirstLoad(connection, act.source, opened(connection, act, now, sorted(tables)))
