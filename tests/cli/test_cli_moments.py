"""Moments as people write them on the command line."""

from datetime import UTC, date, datetime, timedelta

import pytest

from keyworker.cli.options import LONDON, moment_of
from keyworker.vocabulary.errors import KeyworkerError


@pytest.mark.parametrize(
    ("said", "instant"),
    [
        ("2026-03-01T09:00", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-07-01T09:00", datetime(2026, 7, 1, 8, tzinfo=UTC)),
        ("2026-07-01T09:00Z", datetime(2026, 7, 1, 9, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-07-01", datetime(2026, 7, 1, 23, tzinfo=UTC)),
    ],
)
def test_an_instant_without_a_zone_is_londons_and_a_day_means_its_end(said: str, instant: datetime):
    assert moment_of("2026-03-01", said).known_at == instant


@pytest.mark.parametrize(("at", "known_at"), [("1 March", None), ("2026-03-01", "yesterday"), ("2026-02-30", None)])
def test_words_that_name_no_moment_are_told_so(at: str, known_at: str | None):
    with pytest.raises(KeyworkerError, match="not a date or an instant"):
        moment_of(at, known_at)


def test_a_day_alone_is_best_known():
    assert moment_of("2026-03-01", None).at == date(2026, 3, 1)
    assert not moment_of("2026-03-01", None).is_known_then


def test_a_day_that_has_not_come_is_refused_with_the_way_to_look_ahead():
    tomorrow = datetime.now(LONDON).date() + timedelta(days=1)
    with pytest.raises(KeyworkerError, match="has not come") as refused:
        moment_of(tomorrow.isoformat(), None)
    assert "keyworker due" in refused.value.remedy
    assert moment_of((tomorrow - timedelta(days=1)).isoformat(), None).at == tomorrow - timedelta(days=1)
