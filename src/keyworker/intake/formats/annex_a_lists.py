"""Part Annex A's lists into people, disabilities, workers, teams, referrals and the rest, each with its ids.

The lists repeat who a child is on every row, so people, disabilities, workers and teams are gathered from all of them
first. What two lists say of one referral becomes one row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from keyworker.intake.carry import ORIGIN, identified, iso, with_fields
from keyworker.intake.contract import ROW
from keyworker.intake.formats.annex_a_map import (
    ADDED,
    ADVISER,
    CHILD,
    DISABILITY,
    FIELDS,
    FROM_6,
    HOLDING,
    IN_NEED,
    NATURAL,
    OVER,
    PERSON,
    REFERRAL,
    SEEN,
    SEEN_THEN,
    TEAM,
    UASC,
    VISITS,
    WORKER,
)
from keyworker.intake.formats.annex_a_values import code, flag, label, worker_ids
from keyworker.intake.gathered import INDEX, PARENT

Frames = dict[str, pl.DataFrame]


def linked(frames: Mapping[str, pl.DataFrame], as_at: date | None) -> Frames:
    """Part the lists into people, disabilities, workers, teams, referrals and the rest, each with its ids."""
    found = {kind: with_fields(frame, FIELDS[kind]) for kind, frame in frames.items()}
    children = {kind: frame.with_columns(pl.lit(kind).alias(ORIGIN)) for kind, frame in found.items()}
    children.pop("list 11", None)
    made: Frames = {"people": _people(children), "disabled": _disabled(children), **_workers(children)}
    ids = worker_ids(made["workers"]["name"]) if "workers" in made else {}
    for kind, frame in children.items():
        unknown = pl.when(flag(DISABILITY).is_null()).then(DISABILITY) if DISABILITY in frame.columns else None
        frame = frame.drop(PERSON, strict=False)
        frame = frame.with_columns(unknown.alias(DISABILITY)) if unknown is not None else frame
        for name in (WORKER, ADVISER):
            if name in frame.columns:
                worker = pl.col(name).replace_strict(ids, default=None, return_dtype=pl.String())
                frame = frame.with_columns(worker.alias(f"@{name}"))
        if kind == "list 8":
            is_so = pl.when(flag(UASC) == "true").then(UASC)
            frame = with_fields(frame, (UASC,)).with_columns(is_so.alias("@unaccompanied"))
        if kind in NATURAL:
            into, word, natural = NATURAL[kind]
            frame = identified(frame, into, word, CHILD, (natural,))
        found[kind] = frame
    made["held"] = _held(found, as_at)
    _referrals(found)
    _not_seen_twice(found)
    return found | {kind: frame for kind, frame in made.items() if frame.height}


def _people(lists: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """One person for each child; where lists say different things of a child, each of them, for a person to mend."""
    rows = pl.concat(
        [frame.select(ROW, ORIGIN, CHILD, *PERSON) for frame in lists.values()] or [_none(ORIGIN, CHILD, *PERSON)]
    )
    rows = rows.with_columns(label("gender").alias("gender"), code("ethnicity").alias("ethnicity"))
    rows = rows.with_columns(iso("date of birth").alias("date of birth"))
    said = rows.group_by(CHILD, maintain_order=True).agg(
        pl.col(ROW, ORIGIN).first(),
        *(pl.col(name).drop_nulls().first() for name in PERSON),
        pl.any_horizontal(pl.col(name).drop_nulls().n_unique() > 1 for name in PERSON).alias("@differ"),
    )
    agreed = said.filter(~pl.col("@differ") & pl.col(CHILD).is_not_null())
    others = rows.join(agreed, on=CHILD, how="anti").unique((CHILD, *PERSON), keep="first", maintain_order=True)
    return _numbered(pl.concat([agreed.select(ROW, ORIGIN, CHILD, *PERSON), others]))


def _disabled(lists: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    rows = [
        frame.select(
            ROW, ORIGIN, CHILD, flag(DISABILITY).replace({"true": "YES", "false": "NONE"}).alias("@disability")
        )
        for frame in lists.values()
        if DISABILITY in frame.columns
    ]
    told = pl.concat(rows or [_none(ORIGIN, CHILD, "@disability")]).filter(pl.col("@disability").is_not_null())
    return _numbered(told.unique((CHILD, "@disability"), keep="first", maintain_order=True))


def _workers(lists: Mapping[str, pl.DataFrame]) -> Frames:
    """Each worker and team that any list names, once."""
    workers = [
        frame.select(ROW, ORIGIN, pl.col(name).alias("name"))
        for frame in lists.values()
        for name in (WORKER, ADVISER)
        if name in frame.columns
    ]
    teams = [frame.select(ROW, ORIGIN, pl.col(TEAM).alias("name")) for frame in lists.values() if TEAM in frame.columns]
    once = {}
    for kind, rows in (("workers", workers), ("teams", teams)):
        named = pl.concat(rows or [_none(ORIGIN, "name")]).filter(pl.col("name").is_not_null())
        once[kind] = _numbered(named.unique("name", keep="first", maintain_order=True))
    ids = worker_ids(once["workers"]["name"])
    worker = pl.col("name").replace_strict(ids, default=None, return_dtype=pl.String()).alias("@worker")
    once["workers"] = once["workers"].with_columns(worker).unique("@worker", keep="first", maintain_order=True)
    return once


def _held(lists: Frames, as_at: date | None) -> pl.DataFrame:
    """Who holds a child on the day of the lists. What is said of a child whose row is over stays, to be counted."""
    rows = []
    for kind in HOLDING if as_at else ():
        if kind not in lists:
            continue
        frame = lists[kind]
        over = pl.col(OVER[kind]).is_not_null() if kind in OVER else pl.lit(value=False)
        rows.append(frame.filter(~over).select(ROW, ORIGIN, CHILD, f"@{WORKER}", TEAM))
        if kind != "list 9":
            kept = [pl.when(over).then(name).alias(name) for name in (WORKER, TEAM)]
            lists[kind] = frame.with_columns(*kept)
    held = pl.concat(rows or [_none(ORIGIN, CHILD, f"@{WORKER}", TEAM)])
    held = held.filter(pl.col(f"@{WORKER}").is_not_null() | pl.col(TEAM).is_not_null())
    held = held.unique((CHILD, f"@{WORKER}"), keep="first", maintain_order=True)
    return _numbered(
        held.with_columns(
            pl.concat_str(CHILD, pl.lit("/allocated/"), pl.coalesce(f"@{WORKER}", TEAM)).alias("@held"),
            pl.lit(as_at.isoformat() if as_at else None, pl.String()).alias("@as_at"),
        )
    )


def _referrals(lists: Frames) -> None:
    """Join what list 3 and list 6 say of the same child's referral on the same day."""
    parts = [(kind, name) for kind, name in (("list 3", REFERRAL), ("list 6", IN_NEED)) if kind in lists]
    for kind, name in parts:
        lists[kind] = identified(lists[kind], "@referral", "referral", CHILD, (name,))
    if "list 6" not in lists:
        lists.update({kind: with_fields(lists[kind], FROM_6) for kind, _ in parts})
        return
    second = lists["list 6"]
    joined = pl.lit(value=False)
    if "list 3" in lists:
        first = lists["list 3"]
        added = second.select(
            "@referral", *(pl.col(name).alias(of_6) for name, of_6 in zip(ADDED, FROM_6, strict=True))
        )
        added = added.filter(pl.col("@referral").is_not_null()).unique("@referral", keep="first")
        lists["list 3"] = first.join(added, on="@referral", how="left", maintain_order="left")
        joined = pl.col("@referral").is_in(first["@referral"].drop_nulls().implode()).fill_null(value=False)
    apart = pl.when(~joined).then(pl.lit("1")).alias("@apart")
    moved = [pl.when(~joined).then(name).alias(name) for name in (IN_NEED, *ADDED)]
    lists["list 6"] = second.with_columns(apart, *moved)


def _not_seen_twice(lists: Frames) -> None:
    """A visit that list 7 or 8 gives is not given again as list 6's last sight of the child, but the child was seen."""
    for kind in VISITS.keys() & lists.keys():
        lists[kind] = lists[kind].with_columns(pl.lit(None, pl.String()).alias(SEEN_THEN))
    frame = lists.get("list 6")
    if frame is None:
        return
    for kind, name in VISITS.items():
        if kind in lists:
            sights = frame.select(CHILD, iso(SEEN).alias("@on"), pl.lit("true").alias("@so")).drop_nulls().unique()
            told = lists[kind].with_columns(iso(name).alias("@on"))
            told = told.join(sights, on=(CHILD, "@on"), how="left", maintain_order="left")
            lists[kind] = told.with_columns(pl.col("@so").alias(SEEN_THEN)).drop("@on", "@so")
            given = lists[kind].select(CHILD, iso(name).alias("@given")).filter(pl.col("@given").is_not_null()).unique()
            again = frame.select(INDEX, CHILD, iso(SEEN).alias("@given")).join(given, on=(CHILD, "@given"), how="semi")
            repeated = pl.col(INDEX).is_in(again[INDEX].implode())
            frame = frame.with_columns(pl.when(~repeated).then(SEEN).alias(SEEN))
    lists["list 6"] = frame


def _none(*names: str) -> pl.DataFrame:
    return pl.DataFrame(schema={ROW: pl.Int64(), **dict.fromkeys(names, pl.String())})


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    numbers = pl.int_range(frame.height, dtype=pl.Int64)
    return frame.with_columns(numbers.alias(INDEX), pl.lit(None, pl.Int64()).alias(PARENT))
