"""Where every duty of the county stands, read by the same clocks as a council's: does each rule find what it needs?"""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from keyworker.clocks.engine import readings_in_duckdb
from keyworker.clocks.readings import State
from keyworker.county.county import County, end_of
from keyworker.county.kept import Frames
from keyworker.facts.dtypes import INSTANT, schema_of
from keyworker.facts.moment import best_known
from keyworker.facts.snapshot import Manifest, open_snapshot
from keyworker.facts.snapshot.columns import ENTRY_COLUMNS
from keyworker.vocabulary import TABLES

SOURCE = "ssd"


def standings(county: County) -> pl.DataFrame:
    """How many duties of each rule stand how, at the end of the county's last day.

    Gives   a row for each rule of the rulebook: `rule`, and a count for each state by its name.
    """
    frames = county.frames()
    with tempfile.TemporaryDirectory(prefix="keyworker-county-") as name:
        folder = Path(name)
        as_snapshot(frames, end_of(county.end), folder)
        connection, _ = open_snapshot(folder, now=end_of(county.end))
        try:
            found, rulebook = readings_in_duckdb(connection, best_known(county.end))
        finally:
            connection.close()
    counted = found.group_by("rule", "state").len().pivot("state", index="rule", values="len")
    states = [state.value for state in State]
    missing = [pl.lit(0, dtype=pl.UInt32).alias(state) for state in states if state not in counted.columns]
    named = pl.DataFrame({"rule": range(len(rulebook.ids)), "name": list(rulebook.ids)}).cast({"rule": pl.Int32})
    whole = named.join(counted.with_columns(missing), on="rule", how="left").select("name", *states)
    return whole.rename({"name": "rule"}).with_columns(pl.col(states).fill_null(0)).sort("rule")


def as_snapshot(frames: Frames, cut: datetime, folder: Path) -> None:
    """Write what an extract would hold as a snapshot of the record that took it in at once."""
    act = {"act_id": [1], "source": [SOURCE], "cut_at": [cut], "known_after": [None], "known_by": [cut]}
    acts = pl.DataFrame({**act, "recorded_at": [cut]}).cast(
        dict.fromkeys(("cut_at", "known_after", "known_by", "recorded_at"), INSTANT)
    )
    acts.write_parquet(folder / "act.parquet")
    rows, begins = {}, 1
    for table in TABLES.values():
        schema = schema_of(table.columns) | {"entered_at": INSTANT}
        frame = frames.get(table.name, pl.DataFrame(schema=schema)).select(list(schema))
        entries = frame.with_columns(
            pl.int_range(begins, begins + frame.height, dtype=pl.Int64, eager=True).alias("entry_id"),
            pl.lit(1, dtype=pl.Int64).alias("act_id"),
            pl.lit(SOURCE).alias("source"),
            pl.int_range(begins, begins + frame.height, eager=True).cast(pl.String).alias("row_key"),
            pl.lit("reported").alias("standing"),
            pl.lit(cut, dtype=INSTANT).alias("recorded_at"),
            pl.lit(None, dtype=INSTANT).alias("superseded_at"),
        )
        entries.select(*ENTRY_COLUMNS, *table.column_names).write_parquet(folder / f"{table.name}.parquet")
        rows[table.name] = frame.height
        begins += frame.height
    Manifest("county", cut, cut + timedelta(days=1), "made-up county", "to read its clocks", True, 1, rows).write(
        folder
    )


def state_counts(standing: pl.DataFrame) -> dict[str, dict[str, int]]:
    """By rule, how many duties stand how."""
    return {row.pop("rule"): row for row in standing.to_dicts()}
