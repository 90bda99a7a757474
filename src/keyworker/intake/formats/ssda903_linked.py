"""Tie the tables of the looked after children return together, and give their rows ids.

The return gives its rows no ids. A row's id is the child's, what the row is, and the day on which it began.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from keyworker.facts.collection_year import CollectionYear
from keyworker.intake.carry import identified, with_fields
from keyworker.intake.contract import ROW
from keyworker.intake.formats.ssda903_care import CHILD, with_care_periods, with_review_periods
from keyworker.intake.gathered import INDEX, PARENT

_NATURAL = {
    "episodes": ("@episode", "episode", ("DECOM",)),
    "reviews": ("@review", "review", ("REVIEW",)),
    "missing": ("@missing", "missing", ("MIS_START",)),
    "oc3": ("@leaver", "care-leaver", ()),
    "previous_permanence": ("@previous", "previous-permanence", ("DATE_PERM",)),
    "uasc": ("@uasc", "uasc", ()),
    "sw_episodes": ("@involvement", "social-worker", ("SW_ID", "SW_DECOM")),
}
_RESTATED = ("DOB", "SEX")  # what other tables repeat from the header

Frames = dict[str, pl.DataFrame]


def linked(frames: Mapping[str, pl.DataFrame], year: CollectionYear | None) -> Frames:
    """Give every record its ids, care periods to episodes and reviews, and one record to each adoption."""
    found = {kind: with_fields(frame, (CHILD,)) for kind, frame in frames.items()}
    for kind in found:
        if kind != "header" and "header" in found:
            found[kind] = _not_restated(found[kind], found["header"])
    if "episodes" in found:
        found["episodes"] = with_care_periods(found["episodes"])
    if "reviews" in found:
        found["reviews"] = with_review_periods(found["reviews"], found.get("episodes"))
    if "uasc" in found:
        found["uasc"] = _since(found["uasc"], found.get("episodes"), year)
    if "header" in found:
        found["header"] = _upn_parted(found["header"])
    if "oc2" in found:
        found["oc2"] = _outcomes(found["oc2"], year)
    _adoptions(found)
    for kind, (into, word, natural) in _NATURAL.items():
        if kind in found:
            found[kind] = identified(found[kind], into, word, CHILD, natural)
    if "episodes" in found:
        renamed = {word: pl.col("@episode").str.replace("/episode/", f"/{word}/", literal=True) for word in _PARTS}
        found["episodes"] = found["episodes"].with_columns(
            expression.alias(f"@{word}") for word, expression in renamed.items()
        )
    if "sw_episodes" in found:
        found["workers"] = _once(found["sw_episodes"], "SW_ID")
    return found


_PARTS = ("placement", "legal-status")


def _not_restated(frame: pl.DataFrame, header: pl.DataFrame) -> pl.DataFrame:
    """Leave out what a table repeats from the header and says alike; what it says otherwise stays, to be counted."""
    known = with_fields(header, _RESTATED).filter(pl.col(CHILD).is_not_null())
    told = known.select(CHILD, *(pl.col(name).alias(f"@{name}") for name in _RESTATED)).unique(CHILD, keep="first")
    joined = frame.join(told, on=CHILD, how="left", maintain_order="left")
    alike = [
        pl.when(pl.col(name).ne_missing(pl.col(f"@{name}"))).then(pl.col(name)).alias(name)
        for name in _RESTATED
        if name in frame.columns
    ]
    return joined.with_columns(alike).drop(f"@{name}" for name in _RESTATED)


def _upn_parted(header: pl.DataFrame) -> pl.DataFrame:
    """The header's UPN holds a pupil number, or the code of why there is none."""
    code = pl.col("UPN").str.contains(r"^UN\d$")
    return with_fields(header, ("UPN",)).with_columns(
        pl.when(code).then("UPN").alias("@upn_unknown"), pl.when(~code).then("UPN").alias("UPN")
    )


def _once(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """One record for each value of a field."""
    return (
        frame.filter(pl.col(name).is_not_null())
        .unique(name, keep="first", maintain_order=True)
        .select(ROW, INDEX, PARENT, f"{name}")
        .rename({name: "@worker"})
    )


def _since(frame: pl.DataFrame, episodes: pl.DataFrame | None, year: CollectionYear | None) -> pl.DataFrame:
    """The day from which a child is known to seek asylum alone: the first episode here, or the year's first day."""
    otherwise = pl.lit(year.first.isoformat() if year else None, pl.String())
    if episodes is None:
        return frame.with_columns(otherwise.alias("@since"))
    first = episodes.group_by(CHILD).agg(pl.col("@began").min().dt.to_string("%Y-%m-%d").alias("@since"))
    joined = frame.join(first, on=CHILD, how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("@since", otherwise).alias("@since"))


def _outcomes(frame: pl.DataFrame, year: CollectionYear | None) -> pl.DataFrame:
    """Mark what did happen in the year, and name each row by its year, for the return gives these no days."""
    frame = with_fields(frame, ("CONVICTED", "SUBSTANCE_MISUSE"))
    ends = str(year.ends) if year else "year-not-known"
    for name in ("CONVICTED", "SUBSTANCE_MISUSE"):
        did = (pl.col(name).str.strip_suffix(".0") == "1").fill_null(value=False)
        frame = frame.with_columns(
            pl.when(did).then(name).alias(name), pl.when(~did).then(name).alias(f"{name} other than 1")
        )
    return identified(frame, "@outcome", f"outcomes/{ends}", CHILD, ())


def _adoptions(found: Frames) -> None:
    """Join a child's adoption and placement for adoption into one record, the first with the first, and so on."""
    parts = {"ad1": "DATE_INT", "placed_for_adoption": "DATE_PLACED"}
    have = {kind: found.pop(kind) for kind in parts if kind in found}
    if not have:
        return
    ranked = []
    for kind, frame in have.items():
        day = parts[kind]
        order = with_fields(frame, (day,)).with_columns(
            pl.col(day).str.to_date("%d/%m/%Y", strict=False).rank("ordinal").over(CHILD).alias("@order")
        )
        ranked.append(order.drop(INDEX, PARENT))
    whole = ranked[0]
    if len(ranked) == 2:
        whole = ranked[0].join(
            ranked[1], on=(CHILD, "@order"), how="full", coalesce=True, nulls_equal=True, suffix="@2"
        )
        for name in [name for name in whole.columns if name.endswith("@2")]:
            first = name.removesuffix("@2")
            whole = whole.with_columns(pl.coalesce(first, name).alias(first)).drop(name)
    numbers = pl.int_range(whole.height, dtype=pl.Int64)
    whole = with_fields(
        whole.drop("@order").with_columns(numbers.alias(INDEX), pl.lit(None, pl.Int64()).alias(PARENT)),
        tuple(parts.values()),
    )
    whole = whole.with_columns(pl.coalesce("DATE_PLACED", "DATE_INT").alias("@day"))
    found["adoptions"] = identified(whole, "@adoption", "permanence", CHILD, ("@day",))
