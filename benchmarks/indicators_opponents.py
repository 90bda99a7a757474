"""The four indicators written by hand, for the benchmark of measures: pandas, Polars and DuckDB on the plain columns.

Each gives, for every month-end and district, a row of the date, the district, children open, the mean caseload of the
workers who hold any, children on a plan, those of them visited in 20 weekdays, and changes of worker in 365 days.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

Row = tuple[str, int, int, float, int, int, int]
Answer = tuple[float, list[Row]]  # the seconds of processor time that reading took, and the rows
NAMES = ("children", "allocations", "visits", "plans")
YEAR = timedelta(365)


def month_ends(count: int) -> list[tuple[date, date]]:
    """The last month-ends before April 2026, each with the day 20 weekdays before it."""
    last = np.datetime64("2026-03", "M")
    ends = (np.arange(last - count + 1, last + 1) + 1).astype("datetime64[D]") - 1
    return [(end.item(), before(end).item()) for end in ends]


def before(day: np.datetime64) -> np.datetime64:
    """The day 20 weekdays before a day, or before the weekday before it."""
    return np.busday_offset(np.busday_offset(day, 0, roll="backward"), -20)


def in_pandas(folder: Path, months: int) -> Answer:
    """A loop over dates with masks and groups."""
    import pandas as pd  # of no other engine's memory

    begun = time.process_time()
    children, held, visits, plans = (pd.read_parquet(folder / f"{name}.parquet") for name in NAMES)
    for frame, columns in ((held, ("start", "end")), (visits, ("date",)), (plans, ("start", "end"))):
        for column in columns:
            frame[column] = pd.to_datetime(frame[column])
    read = time.process_time() - begun
    held = held.merge(children[["child", "district"]], on="child")
    plans = plans.merge(children[["child", "district"]], on="child")
    held["changed"] = held["start"] > held.groupby("child")["start"].transform("min")
    rows: list[Row] = []
    for day, cut in month_ends(months):
        end = pd.Timestamp(day)
        open_now = held[(held["start"] <= end) & (held["end"].isna() | (held["end"] > end))]
        on_plan = plans[(plans["start"] <= end) & (plans["end"].isna() | (plans["end"] > end))]
        seen = visits.loc[(visits["date"] >= pd.Timestamp(cut)) & (visits["date"] <= end), "child"].unique()
        year = held[held["changed"] & (held["start"] <= end) & (held["start"] > end - YEAR)]
        found = pd.DataFrame(
            {
                "open": open_now.groupby("district")["child"].nunique(),
                "load": open_now.groupby(["district", "worker"])["child"].size().groupby("district").mean(),
                "plans": on_plan.groupby("district").size(),
                "seen": on_plan[on_plan["child"].isin(seen)].groupby("district").size(),
                "changes": year[year["child"].isin(open_now["child"])].groupby("district").size(),
            }
        ).fillna(0)
        rows += [_row(day, district, *row) for district, *row in found.itertuples(name=None)]
    return read, rows


def in_polars(folder: Path, months: int) -> Answer:
    """The same loop with lazy queries, all four of a date collected together."""
    begun = time.process_time()
    children, held, visits, plans = (pl.read_parquet(folder / f"{name}.parquet") for name in NAMES)
    read = time.process_time() - begun
    held = held.join(children, on="child").with_columns(changed=pl.col("start") > pl.col("start").min().over("child"))
    held, visits, plans = held.lazy(), visits.lazy(), plans.join(children, on="child").lazy()
    rows: list[Row] = []
    for day, cut in month_ends(months):
        running = (pl.col("start") <= day) & (pl.col("end").is_null() | (pl.col("end") > day))
        open_now = held.filter(running)
        seen = visits.filter(pl.col("date").is_between(cut, day)).select("child").unique().with_columns(seen=pl.lit(1))
        year = held.filter(pl.col("changed") & (pl.col("start") <= day) & (pl.col("start") > day - YEAR))
        found = pl.collect_all(
            [
                open_now.group_by("district").agg(open=pl.col("child").n_unique()),
                open_now.group_by("district", "worker")
                .agg(held=pl.len())
                .group_by("district")
                .agg(load=pl.col("held").mean()),
                plans.filter(running)
                .join(seen, on="child", how="left")
                .group_by("district")
                .agg(plans=pl.len(), seen=pl.col("seen").sum()),
                year.join(open_now.select("child").unique(), on="child", how="semi")
                .group_by("district")
                .agg(changes=pl.len()),
            ]
        )
        whole = found[0]
        for other in found[1:]:
            whole = whole.join(other, on="district", how="left")
        rows += [_row(day, district, *row) for district, *row in whole.fill_null(0).iter_rows()]
    return read, rows


def in_duckdb(folder: Path, months: int) -> Answer:
    """One statement over all dates."""
    begun = time.process_time()
    with duckdb.connect() as connection:
        for name in NAMES:
            connection.execute(f"create table {name} as select * from read_parquet('{folder / name}.parquet')")
        read = time.process_time() - begun
        connection.execute("create table months (day date, cut date)")
        connection.executemany("insert into months values (?, ?)", month_ends(months))
        found = connection.execute(_STATEMENT).fetchall()
    return read, [_row(*row) for row in found]


_STATEMENT = """
with held as materialized (
    select a.child, a.worker, a.start, coalesce(a."end", date '9999-12-31') as stop, c.district,
        a.start > min(a.start) over (partition by a.child) as changed
    from allocations a join children c using (child)
), open_now as materialized (
    select m.day, h.child, h.worker, h.district from held h join months m on h.start <= m.day and h.stop > m.day
), open_count as (
    select day, district, count(distinct child) as n from open_now group by all
), load as (
    select day, district, avg(n) as mean
    from (select day, district, worker, count(*) as n from open_now group by all) group by all
), on_plan as (
    select m.day, m.cut, p.child, c.district from plans p join children c using (child)
    join months m on p.start <= m.day and coalesce(p."end", date '9999-12-31') > m.day
), seen as (
    select o.day, o.district, count(*) as plans, count(*) filter (v.date >= o.cut) as seen
    from on_plan o asof left join visits v on o.child = v.child and v.date <= o.day group by all
), changes as (
    select m.day, h.district, count(*) as n from held h join months m on h.start <= m.day and h.start > m.day - 365
    where h.changed and exists (select 1 from open_now o where o.day = m.day and o.child = h.child) group by all
)
select day, district, o.n, l.mean, coalesce(s.plans, 0), coalesce(s.seen, 0), coalesce(k.n, 0)
from open_count o join load l using (day, district) left join seen s using (day, district)
left join changes k using (day, district)
"""


def _row(day: date, district: int, *numbers: float) -> Row:
    opened, load, plans, seen, changes = numbers
    return str(day), int(district), int(opened), round(float(load), 6), int(plans), int(seen), int(changes)


OPPONENTS: dict[str, Callable[[Path, int], Answer]] = {
    "pandas": in_pandas,
    "polars": in_polars,
    "duckdb": in_duckdb,
}
