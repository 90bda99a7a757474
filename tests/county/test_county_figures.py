"""The county's figures are as near to the published ones as its manual says, where it says so."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from keyworker.county import manual, published
from keyworker.county.compare import TOLERANCES, Compared

ALWAYS = (
    "referrals",
    "cin.started",
    "cin.ended",
    "cin.at_31_march",
    "cin.at_any_point",
    "assessments",
    "icpc",
    "cpp.started",
    "cpp.ended",
    "cpp.at_31_march",
    "cpp.second_or_later",
    "cla.started",
    "cla.ceased",
    "cla.at_31_march",
    "workforce.in_post_fte",
    "workforce.leavers_fte",
    "workforce.agency_fte",
)


@pytest.fixture(scope="module")
def compared() -> list[Compared]:
    return manual.compared_for_the_manual()


@pytest.mark.parametrize("name", ALWAYS)
def test_a_headline_figure_is_near_the_published_one_in_every_year(compared: list[Compared], name: str) -> None:
    found = [one for one in compared if one.figure == name]
    assert found
    assert [(one.year, round(one.county), one.published) for one in found if not one.within] == []


def test_nineteen_figures_in_twenty_are_within_their_tolerance(compared: list[Compared]) -> None:
    assert len(compared) > 600
    assert sum(one.within for one in compared) / len(compared) >= 0.95


def test_every_promised_figure_is_compared(compared: list[Compared]) -> None:
    names = {one.figure for one in compared} | {one.figure.rsplit(".", 1)[0] for one in compared}
    assert set(TOLERANCES) <= names


def test_a_figure_that_is_off_is_told_so() -> None:
    off = Compared("referrals", 2020, 100.0, 120.0, 0.1, 10.0)
    assert not off.within
    assert off.difference == pytest.approx(0.2)


def test_published_figures_are_those_of_the_source(shared: Path) -> None:
    """The shipped figures, against the release that they were taken from."""
    text = (
        shared / "data/dfe_children_in_need/c1_children_in_need_referrals_and_rereferrals_2013_to_2024.csv"
    ).read_text("utf-8-sig")
    heading, *rows = (line.split(",") for line in text.splitlines())
    mine = [dict(zip(heading, row, strict=False)) for row in rows if "E10000003" in row]
    assert {int(row["time_period"]): float(row["Referrals"]) for row in mine} == published.series()["referrals"]


def test_what_one_year_s_end_holds_too_much_of_is_pending_or_typed_in_late() -> None:
    short = published.figure("cin.at_31_march", 2022) - (
        published.figure("cin.at_any_point", 2023) - published.figure("cin.started", 2023)
    )
    assert published.pending(2022) + published.late_closings(2022) == pytest.approx(short)
    assert short == 2755 - (5273 - 2838)


def test_the_manual_page_says_where_the_county_is_off(compared: list[Compared], standing: pl.DataFrame) -> None:
    off = [one for one in compared if not one.within]
    text = manual.page(compared, standing)
    assert all(f"{one.year}" in text for one in off)
    assert "example setting" in text


def test_the_manual_page_is_the_one_that_the_comparison_writes(
    compared: list[Compared], standing: pl.DataFrame, repo_root: Path
) -> None:
    """Write it again with `python -m keyworker.county.manual`."""
    written = (repo_root / "docs/manual/county.md").read_text(encoding="utf-8")
    assert written == manual.page(compared, standing)
