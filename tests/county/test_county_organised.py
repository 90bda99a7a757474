"""The county's people at the top, its reorganisation, and what it says of its size."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import polars as pl
import pytest

from keyworker.county import demo
from keyworker.county.chance import Chance
from keyworker.county.county import County, generate
from keyworker.county.kept import NEVER, Frames
from keyworker.county.life import Life, live
from keyworker.county.settings_rows import settings
from tests.county.conftest import END

SENIOR = ("Head of Service", "Group Manager", "Team Manager", "Independent Reviewing Officer", "Senior Practitioner")
LONGEST = 400  # days: a manager's post may stand empty, and whoever is supervised may be away for long


def test_everybody_who_has_been_in_post_for_long_has_had_supervision(truth: Frames) -> None:
    begun = truth["appointment"].filter(pl.col("to_on").is_null()).group_by("worker_id").agg(pl.col("from_on").min())
    away = truth["absence"].filter(pl.col("to_on").is_null() | (pl.col("to_on") > date(2024, 8, 1)))["worker_id"]
    here = begun.filter((pl.col("from_on") < date(2023, 10, 1)) & ~pl.col("worker_id").is_in(away.implode()))
    held = truth["personal_supervision"].filter(pl.col("outcome") == "held")
    last = held.group_by("worker_id").agg(pl.col("happened_on").max())
    found = here.join(last, on="worker_id", how="left").join(
        truth["professionals"].select("worker_id", "job_title"), on="worker_id"
    )
    assert found.filter(pl.col("happened_on").is_null()).is_empty(), "nobody is never supervised"
    assert found.select((pl.lit(END) - pl.col("happened_on")).dt.total_days().max()).item() < LONGEST
    assert set(found["job_title"]) >= set(SENIOR[1:4])


def test_heads_of_service_are_supervised_by_the_director_who_is_on_no_establishment() -> None:
    truth = generate(2_500, 3, 5, END).truth()
    named = truth["professionals"]
    (director,) = named.filter(pl.col("job_title") == "Director of Children's Services")["worker_id"]
    heads = named.filter(pl.col("job_title") == "Head of Service")["worker_id"]
    lines = truth["supervision_line"].filter(pl.col("worker_id").is_in(heads.implode()))
    assert set(lines["supervisor_id"]) == {director}
    assert director not in set(truth["appointment"]["worker_id"])
    assert set(lines["worker_id"]) <= set(truth["personal_supervision"]["worker_id"])
    cancelled = truth["personal_supervision"].filter(pl.col("worker_id").is_in(heads.implode()))["outcome"]
    assert set(cancelled) == {"held", "cancelled"}, "with gaps, like anybody else's"


@pytest.fixture(scope="module")
def reorganised() -> Frames:
    return generate(600, 3, 7, END, date(2023, 6, 1)).truth()


def test_units_become_district_teams_on_the_day_that_is_asked_for(reorganised: Frames) -> None:
    followed = reorganised["team_succession"]
    assert set(followed["happened_on"]) == {date(2023, 6, 1)}
    teams = reorganised["team"]
    before = teams.filter(pl.col("team_id").is_in(followed["from_team_id"].implode()))
    after = teams.filter(pl.col("team_id").is_in(followed["to_team_id"].implode()))
    assert before["name"].str.contains("Unit|First Response").all()
    assert (before["to_on"].max(), after["from_on"].min()) == (date(2023, 6, 1), date(2023, 6, 1))
    held = reorganised["involvements"].filter(pl.col("team_id").is_in(before["team_id"].implode()))
    assert held.height > 0 and (held["to_on"] <= date(2023, 6, 1)).all()
    assert "ORGRST" in set(held["change_reason"]), "some changed worker by it"


def test_the_county_that_is_held_to_published_figures_reorganises_when_the_real_one_did(county: County) -> None:
    followed = county.tables["team_succession"].known(NEVER)
    assert date(2018, 11, 1) in set(followed["happened_on"])


def test_the_demonstration_reorganises_within_its_years_and_not_within_the_last_twelve_months() -> None:
    assert demo.reorganised(date(2026, 11, 26)) == date(2025, 5, 1)
    assert demo.reorganised(date(2026, 6, 30)) == date(2024, 12, 1)
    assert demo.reorganised(date(2026, 5, 1)) == date(2024, 11, 1)
    first, *_ = demo.cuts(datetime(2026, 11, 27, tzinfo=UTC))
    assert first.date() < date(2025, 5, 1), "the first extract still holds the units"


@pytest.fixture(scope="module")
def life() -> Life:
    return live(Chance(7, 0), 60, *_days())


def _days() -> tuple[int, int]:
    epoch = date(1970, 1, 1)
    return (date(2024, 1, 1) - epoch).days, (date(2024, 12, 1) - epoch).days


@pytest.mark.parametrize(("scale", "said"), [(1.0, ["873"]), (0.9, ["873"]), (1.11, []), (0.16, [])])
def test_only_a_county_as_large_as_the_real_one_says_whose_population_rates_are_by(
    life: Life, scale: float, said: list[str]
) -> None:
    (rows,) = (kept.rows for kept in settings(replace(life, scale=scale)) if kept.table == "setting")
    council = rows.filter(pl.col("name") == "council")
    assert council["value"].to_list() == said
    assert council["written_in"].str.contains("which it is not").all()
