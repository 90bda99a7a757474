"""A measure asked of a folder of Parquet: one snapshot, or many councils, on DuckDB or on Spark."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from keyworker.actions.measures import MeasureEngine
from keyworker.facts.snapshot import open_snapshot
from keyworker.measures.estimated import estimated
from keyworker.measures.guarding import EVERYTHING, NOBODYS, guarded, looked_over
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.councils import COUNCIL, Opening, of_councils
from keyworker.measures.passes.run import measured
from keyworker.measures.passes.source import Source
from keyworker.measures.registry import shipped
from keyworker.measures.rows import MeasureRow
from keyworker.measures.sources.duck import DuckSource
from keyworker.measures.sources.extract import GROUND
from keyworker.measures.sources.folder import PREFIX, councils_in_duckdb, councils_of
from keyworker.measures.told_from import telling, told_by, with_reach
from keyworker.vocabulary.errors import KeyworkerError


def measure_of_folder(
    folder: Path,
    name: str,
    asked: Asked,
    *,
    now: datetime,
    engine: MeasureEngine = MeasureEngine.DUCKDB,
    as_public: bool = False,
) -> list[MeasureRow]:
    """The measure of a snapshot, or of each council or all councils of a folder that has `council=XXX` in it.

    Raises  KeyworkerError where the folder is neither, where a snapshot's time is over, and for an engine that reads no
            folder.
    """
    if engine not in (MeasureEngine.DUCKDB, MeasureEngine.SPARK):
        raise KeyworkerError(
            "This engine reads the record, not a folder.",
            where=f"--engine {engine}",
            remedy="Use duckdb or spark with --from.",
        )
    definition = shipped().definition(name)
    councils = councils_of(folder, now)

    def count(one: Asked) -> list[MeasureRow]:
        if councils:
            by = one.by if COUNCIL in one.by or one.by == asked.by else (*one.by, COUNCIL)
            with _opening(folder, engine) as opening:
                return estimated(definition, of_councils(councils, opening, name, replace(one, by=by)))
        return estimated(definition, _of_snapshot(folder, name, one, now, engine))

    reader = NOBODYS if as_public else EVERYTHING
    return looked_over(definition, guarded(definition, asked, count(asked), reader, count), reader)


def _of_snapshot(folder: Path, name: str, asked: Asked, now: datetime, engine: MeasureEngine) -> list[MeasureRow]:
    _refuse_council(asked)
    definition = shipped().definition(name)
    connection, _ = open_snapshot(folder, now=now)
    with connection:
        on_spark = engine is MeasureEngine.SPARK
        read = shipped().tables_for(name, asked.by) | telling(definition, asked.by)
        source = _spark(folder, read) if on_spark else DuckSource(connection)
        return with_reach(definition, asked.by, measured(source, name, asked), told_by(source))


@contextmanager
def _opening(folder: Path, engine: MeasureEngine) -> Iterator[Opening]:
    """What opens one of a folder's councils on an engine."""
    if engine is not MeasureEngine.SPARK:
        with councils_in_duckdb(folder) as in_duckdb:
            yield in_duckdb
        return

    @contextmanager
    def on_spark(council: str, tables: Collection[str]) -> Iterator[Source]:
        yield _spark(folder / f"{PREFIX}{council}", tables)

    yield on_spark


def _refuse_council(asked: Asked) -> None:
    if COUNCIL in asked.by:
        raise KeyworkerError(
            "This folder is one council's.",
            where="--by council",
            remedy=f"Name a folder in which each council has its own, called {PREFIX} and its code.",
        )


def _spark(place: Path, tables: Collection[str]) -> Source:
    from keyworker.measures.sources.spark import SparkSource, session

    return SparkSource.opened(session(), str(place), GROUND | set(tables))
