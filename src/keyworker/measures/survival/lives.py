"""Spells of the service: how long a worker keeps a child, and how long a child waits for the first change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from keyworker.measures.continuity.holding import Stretch
from keyworker.measures.continuity.periods import Period
from keyworker.measures.survival.spells import Spell

CHANGED = "the child has another worker, or none"
CLOSED = "the child's case closed"


def worker_spells(
    held: Sequence[Stretch], is_open: Sequence[Period], records_from: date, at: date
) -> tuple[Spell, ...]:
    """How long each worker kept one child, as far as was watched.

    Takes   held, unbroken holds; is_open, when the child was open, without overlap; records_from, the first day of
            which the records tell; at, the last day looked at, which counts.
    Gives   spells in days: entered late where the hold began before the records; ended by a change, or because
            the case closed; open-ended where both went on after `at`. What was held while it was closed does not count.
    """
    after = at + timedelta(days=1)
    found: list[Spell] = []
    for stretch in held:
        for period in is_open:
            begun = max(stretch.from_on, period.from_on)
            ended = min(stretch.to_on or date.max, period.to_on)
            if begun >= ended:
                continue
            cause = CLOSED if period.to_on == ended else CHANGED
            found += _watched(begun, ended, cause, records_from, after)
    return tuple(found)


def first_change(
    held: Sequence[Stretch], opened: date, closed: date | None, records_from: date, at: date
) -> tuple[Spell, ...]:
    """How long one child went from the opening of the case to the first change of worker; none or one spell."""
    inside = [one for one in held if one.to_on is None or one.to_on > opened]
    changes = [
        after.from_on
        for before, after in pairwise(inside)
        if before.worker_id != after.worker_id and after.from_on > opened
    ]
    closes = closed or date.max
    ended = min([closes, *changes])
    cause = CLOSED if ended == closes else CHANGED
    return _watched(opened, ended, cause, records_from, at + timedelta(days=1))


def _watched(begun: date, ended: date, cause: str, records_from: date, after: date) -> tuple[Spell, ...]:
    entry = max((records_from - begun).days, 0)
    until = min(ended, after)
    if (until - begun).days <= entry:
        return ()
    return (Spell(entry, (until - begun).days, cause if ended <= after else None),)
