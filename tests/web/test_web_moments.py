"""The moment in an address is read kindly, refused exactly, and written back so that it means the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.facts.days import end_of
from keyworker.facts.moment import Moment
from keyworker.web.moments import as_known, asked, moment_query

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("typed", ["2026-03-01", "01/03/2026", "1 March 2026", "1 Mar 2026", " 2026-03-01 "])
def test_a_day_may_be_typed_as_people_type_it(typed: str) -> None:
    assert asked({"at": typed}, NOW).moment == Moment(date(2026, 3, 1))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("31/02/2026", "must be a real day"),
        ("24/11/2026", "must be today or in the past"),
        ("01/01/1066", "must be in or after 1990"),
        ("soon", "must be a real day"),
    ],
)
def test_a_day_that_cannot_be_shown_is_refused_in_words_and_now_is_shown(typed: str, says: str) -> None:
    found = asked({"at": typed}, NOW)
    assert says in found.errors["at"]
    assert found.is_now
    assert found.typed["at"] == typed


def test_known_by_a_day_means_its_end_in_london_also_in_summer() -> None:
    assert asked({"known": "2026-07-01"}, NOW).moment.known_at == datetime(2026, 7, 1, 23, 0, tzinfo=UTC)


def test_known_by_today_means_now_not_an_instant_to_come() -> None:
    assert asked({"known": "2026-11-23"}, NOW).moment.known_at == NOW


def test_an_instant_may_be_given_exactly() -> None:
    found = asked({"known": "2026-03-01T09:00+00:00"}, NOW)
    assert as_known(found.moment) == "as it was known on 1 March 2026 at 9.00am"


@settings(deadline=None, max_examples=150)
@given(
    st.dates(date(1990, 1, 1), TODAY),
    st.none() | st.dates(date(1990, 1, 1), date(2026, 11, 22)).map(end_of),
)
def test_an_address_reproduces_the_moment_that_it_was_made_from(at: date, known_at: datetime | None) -> None:
    query = dict(parse_qsl(moment_query(Moment(at, known_at), TODAY).lstrip("?")))
    again = asked(query, NOW).moment
    assert again.at == at
    assert (again.known_at and again.known_at.timestamp()) == (known_at and known_at.timestamp())


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=40), st.text(max_size=40))
def test_nothing_that_can_be_typed_brings_the_page_down(at: str, known: str) -> None:
    found = asked({"at": at, "known": known}, NOW)
    assert found.moment.at <= TODAY
