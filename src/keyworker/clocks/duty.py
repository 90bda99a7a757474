"""What is asked of an engine, and what a duty is before anything is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from keyworker.clocks.rules import Rulebook, Subject
from keyworker.facts.lens import Lens

DUTY: dict[str, type[pl.DataType] | pl.DataType] = {
    "rule": pl.Int32,
    "subject": pl.String,
    "started_on": pl.Date,
    "again": pl.Int8,
    "start_time": pl.Time,
    "met_on": pl.Date,
    "stopped_on": pl.Date,
    "may_on": pl.Date,
    "due_event_on": pl.Date,
    "met_time": pl.Time,
    "met_entered_at": pl.Datetime("us", "UTC"),
    "met_act": pl.Int64,
}
"""What a duty is before anything is counted: `rule` is the rule's place in the rulebook that was asked about."""


@dataclass(frozen=True)
class Asked:
    """Which duties are wanted.

    Takes   rulebook; lens, the moment and the children; workers, those wanted (None: all);
            is_open, only duties that nothing has met or stopped; about, whose duties; since, by rule, the day on or
            after which those wanted began (a rule that it does not name: any day).
    """

    rulebook: Rulebook
    lens: Lens
    workers: tuple[str, ...] | None = None
    is_open: bool = False
    about: tuple[Subject, ...] = tuple(Subject)
    since: Mapping[str, date] = field(default_factory=dict)
