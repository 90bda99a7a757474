"""Counting as the censuses count: children by year to 31 March, the workforce on 30 September."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from keyworker.county import days
from keyworker.county.kept import Frames
from keyworker.county.published import ASSESSMENT_BANDS, BANDS, CONFERENCE_BANDS

Counted = tuple[str, float]

UPPER = (91, 182, 365, 730)
ASSESSMENT_UPPER = (0, 10, 20, 30, 40, 45, 50, 60)
CONFERENCE_UPPER = (10, 15, 20)
REGISTERED = ("case holder", "senior practitioner", "first line manager", "middle manager", "senior manager")
LEADS = ("Allocated social worker", "Lead social worker", "Lead practitioner")
SHORT_BREAKS = ("V3", "V4")
"""The legal statuses of children who are away for short breaks only; no census counts them as looked after."""
WORKING_DAYS_A_YEAR = 253


def children(frames: Frames, year: int) -> Iterator[Counted]:
    """The figures of the year to 31 March."""
    first, to = date(year - 1, 4, 1), date(year, 4, 1)
    episodes = _as_at(frames["cin_episodes"], to)
    yield from _referrals(episodes, first, to)
    yield from _need(episodes, frames["disability"], first, to)
    yield from _assessments(frames["cin_assessments"], first, to)
    yield from _enquiries(frames, first, to)
    yield from _plans(frames, first, to)
    yield from _need_plans(frames["cin_plans"], first, to)
    yield from _care(frames, first, to)


def _in(column: str, first: date, to: date) -> pl.Expr:
    return (pl.col(column) >= first) & (pl.col(column) < to)


def _ended(first: date, to: date) -> pl.Expr:
    last = pl.col("to_on") - pl.duration(days=1)
    return (last >= first) & (last < to)


def _open(day: date) -> pl.Expr:
    """In force at the end of the day before."""
    return (pl.col("from_on") < day) & (pl.col("to_on").is_null() | (pl.col("to_on") >= day))


def _banded(prefix: str, bands: tuple[str, ...], upper: tuple[int, ...], values: np.ndarray) -> Iterator[Counted]:
    found = np.bincount(np.searchsorted(upper, values, side="left"), minlength=len(bands))
    for band, count in zip(bands, found, strict=True):
        yield f"{prefix}.{band}", float(count)


def _lengths(frame: pl.DataFrame, until: pl.Expr) -> np.ndarray:
    return frame.select((until - pl.col("from_on")).dt.total_days()).to_series().to_numpy()


def _referrals(episodes: pl.DataFrame, first: date, to: date) -> Iterator[Counted]:
    ordered = episodes.sort("child_id", "from_on").with_columns(
        (pl.col("from_on") - pl.col("from_on").shift().over("child_id")).dt.total_days().alias("since")
    )
    mine = ordered.filter(_in("from_on", first, to))
    yield "referrals", mine.height
    yield "referrals.children", mine["child_id"].n_unique()
    yield "referrals.again_within_12_months", mine.filter(pl.col("since") <= 365).height
    yield "referrals.no_further_action", mine.filter(pl.col("referral_nfa")).height
    yield "referrals.not_in_need", mine.filter(_assessed_only()).height
    for month in range(1, 13):
        yield f"referrals.month.{month:02d}", mine.filter(pl.col("from_on").dt.month() == month).height


def _assessed_only() -> pl.Expr:
    return ~pl.col("referral_nfa") & pl.col("close_reason").is_in(["RC8", "RC9"]).fill_null(value=False)


def _as_at(episodes: pl.DataFrame, to: date) -> pl.DataFrame:
    """Episodes as a year's census holds them: what closed after its last day is open in it."""
    later = pl.col("to_on") > to
    return episodes.with_columns(pl.when(~later).then(pl.col(name)).alias(name) for name in ("close_reason", "to_on"))


def _need(episodes: pl.DataFrame, disability: pl.DataFrame, first: date, to: date) -> Iterator[Counted]:
    need = episodes.filter(~pl.col("referral_nfa") & ~_assessed_only())
    ended, still = need.filter(_ended(first, to)), need.filter(_open(to))
    yield "cin.started", need.filter(_in("from_on", first, to)).height
    yield "cin.ended", ended.height
    yield "cin.at_31_march", still.height
    yield "cin.at_any_point", ended.height + still.height
    disabled = disability.filter(pl.col("disability_code") != "NONE")["child_id"].unique()
    yield "cin.disabled_at_31_march", still.filter(pl.col("child_id").is_in(disabled.implode())).height
    for code in range(10):
        yield f"cin.need.N{code}", still.filter(pl.col("primary_need_code") == f"N{code}").height
    for code in range(1, 8):
        yield f"cin.closed.RC{code}", ended.filter(pl.col("close_reason") == f"RC{code}").height
    yield from _banded("cin.open_for", BANDS, UPPER, _lengths(still, pl.lit(to)))
    yield from _banded("cin.ended_after", BANDS, UPPER, _lengths(ended, pl.col("to_on")) - 1)


def _numbers(frame: pl.DataFrame, column: str) -> np.ndarray:
    return frame[column].cast(pl.Int32).cast(pl.Int64).to_numpy()


def _assessments(assessments: pl.DataFrame, first: date, to: date) -> Iterator[Counted]:
    done = assessments.filter(_ended(first, to))
    yield "assessments", done.height
    taken = days.working_days_between(_numbers(done, "from_on"), _numbers(done, "to_on") - 1)
    yield from _banded("assessments", ASSESSMENT_BANDS, ASSESSMENT_UPPER, taken)


def _enquiries(frames: Frames, first: date, to: date) -> Iterator[Counted]:
    yield "s47", frames["s47_enquiry"].filter(_in("from_on", first, to)).height
    held = frames["initial_cp_conference"].filter(_in("happened_on", first, to))
    yield "icpc", held.height
    both = held.join(frames["s47_enquiry"].select("s47_enquiry_id", "from_on"), on="s47_enquiry_id")
    waited = days.working_days_between(_numbers(both, "from_on"), _numbers(both, "happened_on"))
    yield from _banded("icpc", CONFERENCE_BANDS, CONFERENCE_UPPER, waited)


def _plans(frames: Frames, first: date, to: date) -> Iterator[Counted]:
    plans = (
        frames["cp_plans"]
        .sort("child_id", "from_on")
        .with_columns(pl.int_range(pl.len()).over("child_id").alias("earlier"))
    )
    begun, ended, still = (
        plans.filter(_in("from_on", first, to)),
        plans.filter(_ended(first, to)),
        plans.filter(_open(to)),
    )
    yield "cpp.started", begun.height
    yield "cpp.ended", ended.height
    yield "cpp.at_31_march", still.height
    yield "cpp.second_or_later", begun.filter(pl.col("earlier") > 0).height
    for name, said in (
        ("neglect", "Neglect"),
        ("physical", "Physical abuse"),
        ("sexual", "Sexual abuse"),
        ("emotional", "Emotional abuse"),
    ):
        yield f"cpp.initial.{name}", begun.filter(pl.col("initial_category") == said).height
    yield from _banded("cpp.ended_after", BANDS, UPPER, _lengths(ended, pl.col("to_on")) - 1)
    yield "cpp.reviewed_in_time", _reviewed_in_time(frames, still, first, to)


def _reviewed_in_time(frames: Frames, still: pl.DataFrame, first: date, to: date) -> int:
    """Plans open three months or more whose every review of the year was held by its day."""
    long = still.filter(pl.col("from_on") <= to - pl.duration(days=92))
    late = frames["cp_reviews"].filter((pl.col("happened_on") > pl.col("due_on")) & _in("happened_on", first, to))
    return long.filter(~pl.col("cp_plan_id").is_in(late["cp_plan_id"].unique().implode())).height


def _need_plans(plans: pl.DataFrame, first: date, to: date) -> Iterator[Counted]:
    yield "cinplan.started", plans.filter(_in("from_on", first, to)).height
    yield "cinplan.ended", plans.filter(_ended(first, to)).height
    yield "cinplan.at_31_march", plans.filter(_open(to)).height


def _care(frames: Frames, first: date, to: date) -> Iterator[Counted]:
    breaks = frames["legal_status"].filter(pl.col("legal_status").is_in(SHORT_BREAKS))
    episodes = frames["cla_episodes"].join(breaks, on=["child_id", "from_on"], how="anti")
    begun = episodes.filter((pl.col("episode_start_reason") == "S") & _in("from_on", first, to))
    ceased = episodes.filter(_ended(first, to) & (pl.col("episode_ceased_reason") != "X1"))
    still = episodes.filter(_open(to))
    yield "cla.started", begun.height
    yield "cla.ceased", ceased.height
    yield "cla.at_31_march", still["child_id"].n_unique()
    now = still["child_id"].unique().implode()
    during = (
        (pl.col("from_on") < to)
        & (pl.col("to_on").is_null() | (pl.col("to_on") > first))
        & pl.col("child_id").is_in(now)
    )
    moves = frames["cla_placement"].filter(during).group_by("child_id").len()
    yield "cla.three_placements_in_year", moves.filter(pl.col("len") >= 3).height
    led = frames["involvements"].filter(during & pl.col("role").is_in(LEADS))
    workers = led.group_by("child_id").agg(pl.col("worker_id").n_unique())
    yield "cla.three_workers_in_year", workers.filter(pl.col("worker_id") >= 3).height


def workforce(frames: Frames, year: int) -> Iterator[Counted]:
    """The figures of the census of 30 September."""
    first, to = date(year - 1, 10, 1), date(year, 10, 1)
    people = frames["appointment"].filter(pl.col("role_class").is_in(REGISTERED))
    agency = pl.col("employment") == "agency"
    now = people.filter(_open(to))
    post = float(now.filter(~agency)["fte"].sum())
    cover = float(now.filter(agency)["fte"].sum())
    left = float(people.filter(~agency & _ended(first, to) & pl.col("leaving_reason").is_not_null())["fte"].sum())
    begun = people.filter(~agency).sort("from_on").unique("worker_id", keep="first").filter(_in("from_on", first, to))
    vacant = _vacant(frames["post"].filter(_open(to) & pl.col("role_class").is_not_null()), now.filter(~agency))
    yield "workforce.in_post_fte", post
    yield "workforce.leavers_fte", left
    yield "workforce.starters_fte", float(begun["fte"].sum())
    yield "workforce.turnover_percent", 100 * left / post
    yield "workforce.agency_fte", cover
    yield "workforce.agency_percent", 100 * cover / (cover + post)
    yield "workforce.vacancies_fte", vacant
    yield "workforce.vacancy_percent", 100 * vacant / (vacant + post)
    yield from _caseload(frames, now, to)
    lost = frames["absence"].filter(
        _in("from_on", first, to) & pl.col("worker_id").is_in(people.filter(~agency)["worker_id"].implode())
    )
    yield "workforce.absence_percent", 100 * float(lost["working_days_lost"].sum()) / (post * WORKING_DAYS_A_YEAR)


def _vacant(posts: pl.DataFrame, filled: pl.DataFrame) -> float:
    return float(posts.filter(~pl.col("post_id").is_in(filled["post_id"].implode()))["fte"].sum())


def _caseload(frames: Frames, now: pl.DataFrame, to: date) -> Iterator[Counted]:
    open_children = frames["cin_episodes"].filter(_open(to))["child_id"].unique()
    held = frames["involvements"].filter(
        _open(to) & pl.col("role").is_in(LEADS) & pl.col("child_id").is_in(open_children.implode())
    )
    registered = now.select("worker_id", "fte")
    cases = held.unique("child_id", keep="last", maintain_order=True).join(registered, on="worker_id")
    holders = registered.filter(pl.col("worker_id").is_in(cases["worker_id"].implode()))
    fte = float(holders["fte"].sum())
    yield "workforce.cases", cases.height
    yield "workforce.case_holders_fte", fte
    yield "workforce.cases_per_fte", cases.height / fte if fte else 0.0
