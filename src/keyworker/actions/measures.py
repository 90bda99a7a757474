"""A measure asked of the record, on whichever engine."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum

import duckdb
import psycopg

from keyworker.access import Asker, Sight, Thing, sight_of, who_may
from keyworker.clocks.engine import supplied
from keyworker.facts.columns import Columns, holding, of_everybody
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import FAR
from keyworker.facts.moment import Moment
from keyworker.facts.rows import fetch
from keyworker.measures.guarding import EVERYTHING, NOBODYS, Reader
from keyworker.measures.passes.asked import Asked, chains
from keyworker.measures.passes.behind import Behind, behind
from keyworker.measures.passes.run import measured
from keyworker.measures.passes.source import Source
from keyworker.measures.plain.run import plainly_measured
from keyworker.measures.registry import Belongs, Definition, shipped
from keyworker.measures.rows import MeasureRow
from keyworker.measures.sources.extract import entries, extracted
from keyworker.measures.sources.held import HeldSource, is_held
from keyworker.measures.sources.postgres import PostgresSource
from keyworker.vocabulary.errors import KeyworkerError

_log = logging.getLogger("keyworker.columns")


class MeasureEngine(StrEnum):
    """What works a measure out."""

    PLAIN = "plain"  # slowly, a day and a child at a time, without SQL: what the others are held to
    POSTGRES = "postgres"
    DUCKDB = "duckdb"
    SPARK = "spark"  # of a folder only, with the extra `spark`


def measure_of(connection: psycopg.Connection, name: str, asked: Asked, engine: MeasureEngine) -> list[MeasureRow]:
    """The measure from the record, read in the transaction that the connection is in.

    PostgreSQL and DuckDB need not be asked where this process holds columns, and they hold all that the measure reads.
    """
    if engine in (MeasureEngine.POSTGRES, MeasureEngine.DUCKDB) and holding(connection) and is_held(name, asked.by):
        found = of_everybody(connection, lambda told: _by_columns(told, connection, name, asked))
        if found is not None:
            return found
    if engine is MeasureEngine.PLAIN:
        definition = shipped().definition(name)
        chains(shipped(), definition, asked.by)
        return plainly_measured(entries(connection), definition, asked, supplied(connection))
    with _source(connection, name, asked, engine) as source:
        return measured(source, name, asked)


def _by_columns(
    told: psycopg.Connection | Columns, connection: psycopg.Connection, name: str, asked: Asked
) -> list[MeasureRow] | None:
    """The measure by the columns; None where they stand elsewhere, or have too little memory for it."""
    if not isinstance(told, Columns):
        return None
    try:
        return measured(HeldSource(told, connection), name, asked)
    except duckdb.OutOfMemoryException:
        _log.warning("the columns have too little memory for %s: the record is asked", name)
        return None


@contextmanager
def _source(connection: psycopg.Connection, name: str, asked: Asked, engine: MeasureEngine) -> Iterator[Source]:
    if engine is MeasureEngine.SPARK:
        raise KeyworkerError(
            "Spark reads a folder of Parquet, not the record.",
            where="--engine spark",
            remedy="Name a snapshot or a folder of many councils with --from.",
        )
    if engine is MeasureEngine.POSTGRES:
        yield PostgresSource(connection)
        return
    with extracted(connection, shipped().tables_for(name, asked.by)) as source:
        yield source


def rows_of(connection: psycopg.Connection, name: str, asked: Asked, engine: MeasureEngine) -> list[Behind]:
    """The rows behind a measure's numbers, read in the transaction that the connection is in."""
    if engine is MeasureEngine.PLAIN:
        raise KeyworkerError(
            "The rows behind a number are what its SQL counts.", where="--engine plain", remedy="Use another engine."
        )
    with _source(connection, name, asked, engine) as source:
        return behind(source, name, asked)


def handles_behind(
    connection: psycopg.Connection, definition: Definition, rows: Iterable[Behind]
) -> dict[HandleKind, list[str]]:
    """The handles of the children or workers that some rows show."""
    kind = HandleKind.WORKER if definition.belongs_to is Belongs.WORKER else HandleKind.CHILD
    ids = {one for row in rows for one in (row.whose, row.subject_id) if one is not None}
    return {kind: list(handles_of(connection, kind, ids).values())}


_NAMES = "select team_id, name from {team} t union select team_id, name from {department} d"


def reader_of(connection: psycopg.Connection, asker: Asker, *, as_public: bool = False) -> Reader:
    """For which groups whoever asks is responsible, by the roles that they hold.

    A command or a Python session on the machine that holds the data folder is its owner's, who answers for all of it.
    Takes   as_public, whether to look with the eyes of somebody who is responsible for nothing.
    """
    if as_public or sight_of(asker, Thing.MEASURES) == Sight():
        return NOBODYS
    scopes = frozenset(asker.scopes(*who_may()[Thing.MEASURES].roles))
    if not asker.is_on_a_page or "all" in scopes:
        return EVERYTHING
    named = fetch(connection, lens_at(connection, Moment(FAR)), _NAMES)
    # A name that another team has borne as well might stand for that one's figures, so it opens none.
    borne_by_others = {name for team_id, name in named if team_id not in scopes}
    teams = {name for team_id, name in named if team_id in scopes and name} - borne_by_others
    return Reader(districts=scopes, teams=scopes | teams)
