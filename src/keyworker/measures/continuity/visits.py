"""A child's visits in an order that never depends on a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Visit:
    """One visit, as far as continuity asks.

    Takes   workers, the identifiers of those who made it, each resolved to one person first: two for a joint visit, an
            own identifier for somebody on duty, empty where it is not known who came.
    """

    on: date
    workers: frozenset[str]
    record_id: str
    at: time | None = None


Who = frozenset[str]
"""Who made one visit; empty where it is not known."""


def in_order(visits: Iterable[Visit]) -> list[Who]:
    """Who made each visit, first to last: by day, then time (those without a time last), then record identifier."""
    ordered = sorted(visits, key=lambda one: (one.on, one.at is None, one.at or time.min, one.record_id))
    return [one.workers for one in ordered]


def sequence(workers: Iterable[str | Iterable[str] | None]) -> list[Who]:
    """Plain identifiers made into a sequence: one worker, several for a joint visit, None where not known."""
    return [frozenset() if one is None else frozenset([one] if isinstance(one, str) else one) for one in workers]
