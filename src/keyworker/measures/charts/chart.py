"""A chart as a value: its points judged, its sections, its decisions and its warnings; nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.charts.decided import Baseline, Label, LeftOut, Rebase
from keyworker.measures.charts.rules import Rules
from keyworker.measures.charts.words import Assurance, Good, Kind, Meaning, Side, Signal


@dataclass(frozen=True)
class Point:
    """One point with its limits and what the rules say of it.

    Takes   value, None where missing, and then `missing` says why; signal, the rule that wins; signals, all that apply;
            is_whole, whether the record goes back far enough for it: else it is not judged and has no limits.
    """

    on: Label
    value: float | None
    numerator: float | None
    denominator: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    moving_range: float | None
    signal: Signal | None
    signals: tuple[Signal, ...]
    side: Side | None
    meaning: Meaning
    missing: str = ""
    left_out: LeftOut | None = None
    is_whole: bool = True


@dataclass(frozen=True)
class Section:
    """A stretch of a chart with one set of limits.

    Takes   first and last, positions of its points, last exclusive; rebase, the decision that began it (None for the
            first); used, how many points set the limits; trial, fewer than 12 did; cannot, why there are no limits.
    """

    first: int
    last: int
    rebase: Rebase | None
    used: int
    centre: float | None
    trial: bool
    cannot: CannotTell | None
    mean_moving_range: float | None
    range_limit: float | None
    sigma_z: float | None


@dataclass(frozen=True)
class Chart:
    """A measure over time, judged. The same value is drawn, listed as a table and written out."""

    kind: Kind
    name: str
    unit: str
    per: int
    points: tuple[Point, ...]
    sections: tuple[Section, ...]
    good: Good
    rules: Rules
    target: float | None
    assurance: Assurance | CannotTell
    baseline: Baseline | None
    warnings: tuple[str, ...]
    about: About
    method: Method

    @property
    def flagged(self) -> tuple[Point, ...]:
        """The points that are more than usual variation."""
        return tuple(point for point in self.points if point.signal)

    @property
    def latest(self) -> Point | None:
        """The last point that has a figure."""
        return next((point for point in reversed(self.points) if point.value is not None), None)
