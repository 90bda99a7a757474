"""Any record out and back: values that a file finds hard, and lives that a return finds hard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from keyworker.vocabulary import TABLES
from tests.roundtrip.conftest import END
from tests.roundtrip.made_up import any_record, lives
from tests.roundtrip.trip import Trip, nothing_new, set_aside

FAR = date(2055, 1, 1)  # the record shows only what has begun, so it is read from after everything
# Each example is written and loaded twice, so a failing one is shown as it was found, not made smaller for minutes.
MODEST = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
NewTrip = Callable[[date], Trip]


@MODEST
@given(record=any_record())
def test_an_extract_and_its_pack_bring_back_any_value_exactly(new_trip: NewTrip, record: dict[str, pl.DataFrame]):
    trip = new_trip(FAR)
    trip.write("ssd", record, "first")
    assert not set_aside(trip.load("first"))
    back = trip.read()
    for name, frame in record.items():
        columns = [*TABLES[name].column_names, "entered_at"]
        assert _in_order(back[name], columns).rows() == _in_order(frame, columns).rows(), name
    trip.write("ssd", back, "second")
    first, second = trip.files("first"), trip.files("second")
    assert {name: second[name] for name in first if name in second} == {n: first[n] for n in first if n in second}
    assert nothing_new(trip.load("second"))


@pytest.mark.parametrize("form", ["cin", "annex-a", "903"])
@MODEST
@given(record=lives())
def test_a_return_of_any_lives_says_the_same_twice(form: str, new_trip: NewTrip, record: dict[str, pl.DataFrame]):
    trip = new_trip(END)
    trip.write(form, record, "first")
    if not trip.files("first") or not _holds_a_child(form, record):
        return
    assert not set_aside(trip.load("first"))
    trip.write(form, trip.read(), "second")
    assert trip.told(form, "second") == trip.told(form, "first")
    assert nothing_new(trip.load("second"))
    trip.write(form, trip.read(), "third")
    assert trip.files("third") == trip.files("second")


def _holds_a_child(form: str, record: dict[str, pl.DataFrame]) -> bool:
    """A census without a child is refused as cut short; the looked after return knows its year by an episode."""
    if form == "903":
        return "cla_episodes" in record
    of_year = (pl.col("from_on") <= END) & (pl.col("to_on").is_null() | (pl.col("to_on") > date(2024, 4, 1)))
    return form != "cin" or record["cin_episodes"].filter(of_year).height > 0


def _in_order(frame: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    return frame.select(columns).sort(columns, nulls_last=True)


@given(st.data())
@settings(max_examples=1)
def test_the_made_up_records_are_not_empty(data: st.DataObject):
    assert any(frame.height for frame in data.draw(lives()).values())
