"""Spells of time: how long something lasted, from when it was watched, and whether its end was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from keyworker.vocabulary.errors import KeyworkerError


@dataclass(frozen=True)
class Spell:
    """One spell, in whole days (or weeks) of its own age.

    Takes   entry, its age when watching began (0 unless the records began later: left truncation); exit, its age when
            watching ended; cause, why it ended then, None where it went on (right censoring).
    """

    entry: int
    exit: int
    cause: str | None = None

    def __post_init__(self) -> None:
        if self.entry < 0 or self.exit <= self.entry:
            raise KeyworkerError(
                "A spell was not watched for any time.", remedy="Leave it out: its end lies after its start, in days."
            )


ENDED = "ended"
"""The cause of an end that needs no telling apart."""


def spells(
    exits: Iterable[int], events: Iterable[bool | int], entries: Iterable[int] | None = None
) -> tuple[Spell, ...]:
    """Columns made into spells: ages at exit, whether the end was seen, and ages at entry where records began later."""
    ends = list(exits)
    begins = [0] * len(ends) if entries is None else list(entries)
    return tuple(
        Spell(int(entry), int(end), ENDED if seen else None)
        for entry, end, seen in zip(begins, ends, events, strict=True)
    )


class AtRisk(NamedTuple):
    """One age at which something ended: how many were at risk, and how many ended by each cause."""

    age: int
    at_risk: int
    ended: dict[str, int]


def risk_table(given: Sequence[Spell]) -> list[AtRisk]:
    """The ages at which spells end, youngest first. At an age those are at risk with entry < age <= exit."""
    entries = sorted(one.entry for one in given)
    exits = sorted(given, key=lambda one: one.exit)
    found: list[AtRisk] = []
    gone = entered = 0
    for age, ending in groupby(exits, key=lambda one: one.exit):
        leaving = list(ending)
        while entered < len(entries) and entries[entered] < age:
            entered += 1
        causes: dict[str, int] = {}
        for one in leaving:
            if one.cause is not None:
                causes[one.cause] = causes.get(one.cause, 0) + 1
        if causes:
            found.append(AtRisk(age, entered - gone, causes))
        gone += len(leaving)
    return found


def from_enough(given: Sequence[Spell], fewest: int) -> tuple[int, tuple[Spell, ...]] | None:
    """The first age at which enough are at risk, and the spells from there on; None where there never are enough.

    A risk set of one or two, early on, would carry the whole curve to nought for no real reason.
    """
    for start in sorted({one.entry for one in given}):
        later = tuple(Spell(max(one.entry, start), one.exit, one.cause) for one in given if one.exit > start)
        if sum(one.entry <= start for one in later) >= fewest:
            return start, later
    return None
