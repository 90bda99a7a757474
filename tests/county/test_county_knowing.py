"""What was entered when: late, corrected, hurried before an inspection, and never before it happened."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.county import lags
from keyworker.county.county import County
from keyworker.county.kept import Frames
from keyworker.vocabulary import TABLES, Kind

DIGEST = """
import hashlib
from datetime import date
from keyworker.county.county import generate
frames = generate(200, 3, 4, date(2024, 11, 30)).frames()
print(hashlib.sha256(b"".join(frames[n].write_csv().encode() for n in sorted(frames))).hexdigest())
"""
FIRST = datetime(2017, 1, 1, tzinfo=UTC)
instants = st.integers(0, 2_800).map(lambda days: FIRST + timedelta(days=days, hours=13))


def test_the_same_seed_makes_the_same_county_in_another_process() -> None:
    made = [
        subprocess.run([sys.executable, "-c", DIGEST], capture_output=True, text=True, check=True).stdout for _ in "ab"
    ]
    assert made[0] == made[1]
    assert len(made[0].strip()) == hashlib.sha256().digest_size * 2


@settings(deadline=None, max_examples=10)
@given(first=instants, later=instants)
def test_nothing_that_was_known_is_lost_later_and_an_ending_stays_as_it_was(
    county: County, first: datetime, later: datetime
) -> None:
    then, now = county.extract(min(first, later)), county.extract(max(first, later))
    for name, frame in then.items():
        key = list(TABLES[name].key)
        if TABLES[name].kind is Kind.PERIOD:
            ended = frame.filter(pl.col("to_on").is_not_null()).join(now[name], on=key, suffix="_now")
            assert ended.filter(pl.col("to_on") != pl.col("to_on_now")).is_empty(), name
        if not frame["entered_at"].null_count() and name.endswith("visits"):
            key = key[:1]
        assert frame.join(now[name], on=key, how="anti").is_empty(), name


@settings(deadline=None, max_examples=10)
@given(cut=instants)
def test_an_extract_holds_nothing_from_after_its_cut(county: County, cut: datetime) -> None:
    tomorrow = cut.date() + timedelta(days=1)
    for name, frame in county.extract(cut).items():
        told = frame["entered_at"].drop_nulls()
        assert told.is_empty() or told.max() <= cut, name
        for column in ("happened_on", "from_on"):
            if column in frame.columns:
                assert frame.filter(pl.col(column) > cut.date()).is_empty(), (name, column)
        if "to_on" in frame.columns and name != "role_holding":  # until when somebody inspects is said beforehand
            assert frame.filter(pl.col("to_on") > tomorrow).is_empty(), name


def test_an_extract_taken_after_everything_was_entered_is_the_truth(county: County, truth: Frames) -> None:
    last = county.extract(datetime(2099, 1, 1, tzinfo=UTC))
    assert all(last[name].equals(truth[name]) for name in truth)


def test_most_visits_are_typed_in_within_days_and_some_after_months(truth: Frames) -> None:
    visits = truth["cin_visits"]
    lag = (visits["entered_at"].dt.date() - visits["happened_on"]).dt.total_days().to_numpy()
    assert np.median(lag) <= 5
    assert (lag > 60).mean() > 0.002
    assert (lag < 0).sum() == 0


def test_a_correction_changes_what_was_first_said(county: County) -> None:
    kept = county.tables["cin_visits"]
    edit = next(one for one in kept.edits if one.column == "happened_on")
    row, until = int(edit.rows[0]), int(edit.until[0])
    key = kept.rows["cin_visit_id"][row]
    before = kept.known(until - 1).filter(pl.col("cin_visit_id") == key)["happened_on"]
    after = kept.known(until).filter(pl.col("cin_visit_id") == key)["happened_on"]
    assert before.item() == edit.before[0] != after.item() == kept.rows["happened_on"][row]


def test_what_was_waiting_is_typed_in_when_an_inspection_is_announced(truth: Frames) -> None:
    visits = pl.concat(
        [truth[name].select("happened_on", "entered_at") for name in ("cin_visits", "cp_visits", "cla_visits")]
    )
    announced = np.datetime64(lags.INSPECTIONS[0], "D").astype(object)
    old = visits.filter((pl.col("entered_at").dt.date() - pl.col("happened_on")).dt.total_days() > 14)
    week = [
        old.filter(pl.col("entered_at").dt.date().is_between(day, day + timedelta(days=6))).height
        for day in (announced - timedelta(days=28), announced - timedelta(days=14), announced)
    ]
    assert week[2] > 2 * max(week[0], week[1], 1)


def test_a_source_that_does_not_say_when_a_row_was_typed_in_leaves_it_empty(truth: Frames) -> None:
    assert truth["cin_episodes"]["entered_at"].null_count() == truth["cin_episodes"].height
    assert truth["cp_visits"]["entered_at"].null_count() == 0
