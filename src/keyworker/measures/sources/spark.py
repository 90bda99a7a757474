"""A snapshot on Spark: the same SQL, carried over by sqlglot, run by a cluster's workers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa

from keyworker.clocks.duties import DUTY, Asked, queries, typed
from keyworker.clocks.engine import Ground, every_rule, ground_told
from keyworker.facts.ground import lens_of
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import JOINED, Rendered, render, render_once
from keyworker.facts.snapshot.columns import ENTRY_COLUMNS
from keyworker.measures.passes.source import Rows
from keyworker.measures.sources.duck import ARROW
from keyworker.measures.sources.turns import turns
from keyworker.vocabulary import TABLES, Table, Type
from keyworker.vocabulary.errors import KeyworkerError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_SPARK = {
    Type.TEXT: "string",
    Type.DATE: "date",
    Type.TIME: "string",
    Type.INSTANT: "timestamp",
    Type.INTEGER: "bigint",
    Type.DECIMAL: "double",
    Type.FLAG: "boolean",
}
_ENTRY = {"entry_id": "bigint", "act_id": "bigint"} | dict.fromkeys(
    ("entered_at", "recorded_at", "superseded_at"), "timestamp"
)


class SparkSource:
    """A snapshot as temporary views of a Spark session, named `record_<table>`.

    Takes   session, whose time zone must be UTC; tables, those that will be asked about: each costs a look when the
            source begins.
    """

    def __init__(self, session: SparkSession, tables: Collection[str] = ()) -> None:
        self._session = session
        self._tables = sorted(tables or TABLES)
        self._lenses: dict[Moment, Lens] = {}
        session.conf.set("spark.sql.session.timeZone", "UTC")
        # Spark stumbles over what it infers of some unions that are cut off from how they came about (`_run`).
        session.conf.set("spark.sql.constraintPropagation.enabled", "false")

    @classmethod
    def opened(cls, session: SparkSession, place: str, tables: Collection[str] = ()) -> SparkSource:
        """Open a folder of a snapshot's Parquet files, wherever Spark can read: a disk, HDFS, an object store.

        A table without a file is there and empty.
        """
        from pyspark.errors import AnalysisException

        session.conf.set("spark.sql.timeType.enabled", "true")  # a snapshot's files hold times of day
        for name in tables or TABLES:
            types = spark_types(TABLES[name])
            try:
                frame = session.read.parquet(f"{place.rstrip('/')}/{name}.parquet")
            except AnalysisException as error:
                if "PATH_NOT_FOUND" not in str(error):
                    raise
                frame = session.createDataFrame([], ", ".join(f"`{one}` {kind}" for one, kind in types.items()))
            held = set(frame.columns)
            listed = [
                f"cast({f'`{one}`' if one in held else 'null'} as {kind}) as `{one}`" for one, kind in types.items()
            ]
            frame.selectExpr(*listed).createOrReplaceTempView(f"record_{name}")
        return cls(session, tables)

    def lens(self, moment: Moment) -> Lens:
        """How the snapshot is looked at from a moment."""
        if moment not in self._lenses:
            self._lenses[moment] = lens_of(self._ask, self._sources, moment)
        return self._lenses[moment]

    def turns(self, known_at: datetime | None, rules: Collection[str] = ()) -> Sequence[date]:
        """The days on which words, joined identifiers or precedence begin or cease to be so."""
        return turns(self._ask, known_at, rules)

    def table(
        self, name: str, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type] | None = None
    ) -> tuple[str, dict[str, Any]]:
        """A small table, sent to every worker."""
        kinds = types or {column: type(values[0]) for column, values in columns.items()}
        arrays = {column: pa.array(values, ARROW[kinds[column]]) for column, values in columns.items()}
        self._session.createDataFrame(pa.table(arrays)).createOrReplaceTempView(f"small_{name}")
        return f"small_{name}", {}

    def fetch(self, query: str, lens: Lens, parameters: Mapping[str, Any]) -> Rows:
        """The rows of a query over named tables."""
        return [tuple(row) for row in self._run(render(query, lens, parameters=dict(parameters)), lens).collect()]

    def ground(self, moment: Moment) -> Ground:
        """What readings of time limits stand on."""
        lens = self.lens(moment)
        return ground_told(every_rule(), moment, lambda query: self.fetch(query, lens, {}), self._supplied())

    def duties(self, asked: Asked) -> pl.DataFrame:
        """The duties of some rules, before they are counted."""
        found = []
        for sql, bound in queries(asked):
            rows = self._run(render_once(sql, asked.lens, parameters=bound), asked.lens).toArrow()
            found.append(typed(_with_times(pl.DataFrame(pl.from_arrow(rows)))))
        return pl.concat(found) if found else pl.DataFrame(schema=DUTY)

    def _run(self, asked: Rendered, lens: Lens) -> DataFrame:
        if lens.roots:
            self.table("one_child", {"identifier": list(lens.roots), "root": list(lens.roots.values())})
        parsed = translated(asked.sql, asked.parameters)
        steps = parsed.args.pop("with_", None) or parsed.args.pop("with", None)
        for step in steps.expressions if steps else ():
            # Spark writes a step out wherever it is named; a few that name each other would take minutes to plan.
            frame = self._session.sql(spoken(step.this)).localCheckpoint(eager=False)
            frame.createOrReplaceTempView(step.alias)
        return self._session.sql(spoken(parsed))

    def _supplied(self) -> list[str]:
        """The tables in which anything stands."""
        looks = (f"select '{name}' where exists (select 1 from record_{name})" for name in self._tables)
        return [row[0] for row in self._session.sql(" union all ".join(looks)).collect()]

    def _ask(self, query: str, lens: Lens) -> Rows:
        return self.fetch(query, lens, {})

    def _sources(self) -> dict[str, set[str]]:
        matched = [name for name in self._tables if TABLES[name].match]
        if not matched:
            return {}
        query = " union all ".join(f"select distinct '{name}', source from record_{name}" for name in matched)
        found: dict[str, set[str]] = {}
        for name, source in self._session.sql(query).collect():
            found.setdefault(name, set()).add(source)
        return found


def session() -> SparkSession:
    """The Spark session that is running, or a new one on the cluster that Spark is set to (else this machine).

    Raises  KeyworkerError when pyspark, of the extra `spark`, is not there.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise _missing() from missing
    return SparkSession.builder.appName("keyworker").getOrCreate()


def _with_times(duties: pl.DataFrame) -> pl.DataFrame:
    """Duties with their times of day, which the views hold as text."""
    told = [name for name, kind in DUTY.items() if kind == pl.Time and duties.schema[name] == pl.String]
    return duties.with_columns(pl.col(told).str.to_time("%H:%M:%S%.f"))


def _missing() -> KeyworkerError:
    return KeyworkerError(
        "Spark needs pyspark and sqlglot.", where="--engine spark", remedy="Install keyworker[spark], and Java."
    )


def spark_types(table: Table) -> dict[str, str]:
    """A snapshot's columns of a table, as Spark calls their types."""
    entry = {name: _ENTRY.get(name, "string") for name in ENTRY_COLUMNS}
    return entry | {column.name: _SPARK[column.type] for column in table.columns}


def spoken(parsed: Any) -> str:
    """A parsed query in Spark's words."""
    said: str = parsed.sql(dialect="spark", comments=False)
    return said


def translated(sql: str, parameters: Mapping[str, Any]) -> Any:
    """PostgreSQL's SQL parsed, its tables named as views, its parameters written into it as typed literals.

    Raises  KeyworkerError when sqlglot, of the extra `spark`, is not there.
    """
    try:
        import sqlglot
        from sqlglot import expressions as exp
    except ImportError as missing:
        raise _missing() from missing

    def carry(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Placeholder):
            return _literal(parameters[node.name])
        if isinstance(node, exp.Table) and node.db == "record":
            return exp.to_table(f"record_{node.name}", alias=node.alias or None)
        return node

    return sqlglot.parse_one(sql.replace(JOINED, "small_one_child"), read="postgres").transform(carry)


def _literal(value: Any) -> Any:
    from sqlglot import expressions as exp

    if isinstance(value, datetime):
        return exp.cast(exp.Literal.string(value.isoformat()), "timestamptz")
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "date")
    if isinstance(value, list | tuple):
        return exp.Array(expressions=[_literal(one) for one in value])
    return exp.convert(value)
