"""Record lag: known, unknown, and never confused."""

from keyworker.measures.lags import known_and_unknown, lag_quartiles


def test_quartiles_of_known_lags():
    assert lag_quartiles([0, 1, 2, 3, 4]) == (1, 2, 3)
    assert lag_quartiles([7]) == (7, 7, 7)
    assert lag_quartiles([]) == ()


def test_an_unknown_lag_is_counted_apart_and_never_as_none():
    assert known_and_unknown([0, None, 5, None]) == ([0, 5], 2)
