"""Who holds which post on a day, what vacancies there are, and who covers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from keyworker.returns.gathering import DAY, Row
from keyworker.returns.tables import Frames, frame_of
from keyworker.returns.words import ROLE_CLASS


@dataclass(frozen=True)
class CensusYear:
    """The count day, 30 September, and the year before it."""

    on: date

    @property
    def since(self) -> date:
        """1 October of the year before."""
        return date(self.on.year - 1, 10, 1)


def count_day(at: date) -> date:
    """The newest 30 September that is not after a day."""
    return date(at.year if at >= date(at.year, 9, 30) else at.year - 1, 9, 30)


def in_force(day: date) -> pl.Expr:
    """Whether a period holds on a day."""
    return (pl.col("from_on") <= day) & (pl.col("to_on").is_null() | (pl.col("to_on") > day))


def is_agency(row: Row) -> bool:
    """Whether an appointment is through an agency."""
    return (row["employment"] or "").strip().lower() == "agency"


def of_year(rows: list[Row], year: CensusYear) -> Row | None:
    """The appointment by which a worker is returned: the main one on the day, or for a leaver of the year the last."""
    now = [row for row in rows if row["from_on"] <= year.on and (row["to_on"] is None or row["to_on"] > year.on)]
    if now:
        return max(now, key=lambda row: (row["fte"] or 0, row["from_on"], row["appointment_id"]))
    ended = [row for row in rows if row["to_on"] and year.since <= row["to_on"] - DAY <= year.on]
    leaver = max(ended, key=lambda row: (row["to_on"], row["appointment_id"]), default=None)
    # The return asks for the council's own leavers; an agency worker who has gone is not asked for.
    return None if leaver is None or is_agency(leaver) else leaver


def fte_on(rows: list[Row], day: date) -> float:
    """Full-time equivalent held on a day, in all posts, at most one."""
    held = [row["fte"] or 0 for row in rows if row["from_on"] <= day and (row["to_on"] is None or row["to_on"] > day)]
    return min(float(sum(held)), 1.0)


def joined_on(rows: list[Row], row: Row) -> date:
    """The day on which a worker joined the council, through posts that touch one another."""
    day: date = row["from_on"]
    for earlier in sorted(rows, key=lambda one: one["from_on"], reverse=True):
        touches = earlier["to_on"] is None or earlier["to_on"] >= day
        if earlier["from_on"] < day and touches and is_agency(earlier) == is_agency(row):
            day = earlier["from_on"]
    return day


def totals(frames: Frames, on: date, authority: str) -> Mapping[str, str]:
    """Vacancies and agency cover on the day: counted from posts, or as the record holds them for the council."""
    posts, people = frame_of(frames, "post"), frame_of(frames, "appointment")
    if posts.is_empty():
        return _held(frames, on, authority)
    agency = (pl.col("employment").str.to_lowercase() == "agency").fill_null(value=False)
    now = people.filter(in_force(on))
    filled = now.filter(~agency).group_by("post_id").agg(pl.col("fte").sum().alias("filled"))
    social_work = pl.col("role_class").str.to_lowercase().is_in(list(ROLE_CLASS))
    wanted = posts.filter(in_force(on) & social_work).join(filled, on="post_id", how="left")
    vacant = wanted.select((pl.col("fte") - pl.col("filled").fill_null(0)).clip(0).sum()).item()
    cover = now.filter(agency & pl.col("covers_vacancy").fill_null(value=False))
    return _written(vacant or 0, float(cover["fte"].sum()), cover["worker_id"].n_unique())


def _held(frames: Frames, on: date, authority: str) -> Mapping[str, str]:
    rows = frame_of(frames, "workforce_totals").filter(
        (pl.col("happened_on") == on) & (pl.col("authority") == authority)
    )
    for row in rows.iter_rows(named=True):
        return _written(row["vacancies_fte"], row["agency_fte"], row["agency_headcount"])
    return {}


def _written(vacant: float | None, agency: float | None, heads: int | None) -> Mapping[str, str]:
    return {
        "NumberOfVacancies": "" if vacant is None else f"{vacant:.2f}",
        "NoAgencyFTE": "" if agency is None else f"{agency:.2f}",
        "NoAgencyHeadcount": "" if heads is None else str(heads),
    }
