"""The made-up county: generate it, cut an extract of it at an instant, or take what is known of it at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
import polars as pl

from keyworker.county import days, organisation, plans
from keyworker.county.assessment_orders import assessment_orders
from keyworker.county.assessment_rows import assessments
from keyworker.county.care_episodes import in_care
from keyworker.county.care_rows import looked_after
from keyworker.county.chance import Chance
from keyworker.county.council_steps import council_steps
from keyworker.county.door_rows import before_the_door
from keyworker.county.early_help_rows import early_help
from keyworker.county.education_rows import education
from keyworker.county.event_steps import events
from keyworker.county.family_help_rows import family_help
from keyworker.county.history_rows import history
from keyworker.county.involvement_rows import involvements
from keyworker.county.kept import NEVER, Frames, Kept, seconds
from keyworker.county.leaving_rows import leaving
from keyworker.county.legal_rows import legal
from keyworker.county.life import Life, live
from keyworker.county.need_rows import need
from keyworker.county.people_rows import people
from keyworker.county.private_fostering_rows import private_fostering
from keyworker.county.protection_rows import protection
from keyworker.county.quality_rows import quality
from keyworker.county.settings_rows import settings
from keyworker.county.short_break_rows import short_breaks
from keyworker.county.staff_rows import staff
from keyworker.county.steps import Steps
from keyworker.county.supervision_rows import supervision
from keyworker.county.team_rows import teams
from keyworker.county.training_rows import training
from keyworker.county.visit_rows import visited
from keyworker.county.worker_rows import work
from keyworker.county.worker_steps import worker_steps
from keyworker.vocabulary.errors import KeyworkerError

FEWEST = 50
UNITS_ENDED = days.day(organisation.UNITS_ENDED)
MOST_IN_A_BLOCK = 120_000


@dataclass(frozen=True)
class County:
    """A made-up county: every row that anybody ever entered about it, with when.

    Takes   children, how many were known to the service between `first` and `end`, both days included;
            scale, its size beside the real county whose figures it is held to.
    """

    children: int
    scale: float
    seed: int
    first: date
    end: date
    tables: dict[str, Kept]

    def extract(self, cut_at: datetime) -> Frames:
        """What an extract cut at an instant would hold: what had been entered by then, as it then stood.

        Gives   every table by name, with the vocabulary's columns and `entered_at`, which is empty where the source
                does not say. An ending or a correction entered later does not show.
        """
        instant = seconds(cut_at)
        return {name: kept.known(instant) for name, kept in self.tables.items()}

    def frames(self) -> Frames:
        """What is known at the end of the last day."""
        return self.extract(end_of(self.end))

    def truth(self) -> Frames:
        """What will be known once everything that happened has been entered and put right."""
        return {name: kept.known(NEVER) for name, kept in self.tables.items()}


def end_of(day: date) -> datetime:
    """The last second of a day, near enough: the county keeps Greenwich time."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)


def generate(children: int, years: int, seed: int, end: date, units_ended: date = UNITS_ENDED) -> County:
    """Make a county up: the same numbers and seed give the same county.

    Takes   children, how many children the service knew at some time in the `years` years up to and including `end`;
            units_ended, the first of the month in which its units became district teams.
    Raises  KeyworkerError when there are too few children to make a county of, or no time for anything to happen.
    """
    parts = [block(chance, many, first, end, units_ended) for chance, many, first in blocks(children, years, seed, end)]
    tables = {name: _joined([part.tables[name] for part in parts]) for name in parts[0].tables}
    return County(children, sum(part.scale for part in parts), seed, parts[0].first, end, tables)


def blocks(children: int, years: int, seed: int, end: date) -> Iterator[tuple[Chance, int, int]]:
    """The parts of a county that know nothing of one another, each small enough to hold in memory."""
    if children < FEWEST or years < 1:
        raise KeyworkerError(
            "A made-up county needs more children or more years.",
            where=f"--children {children} --years {years}",
            remedy=f"Ask for at least {FEWEST} children and one year.",
        )
    first = days.number(end) + 1 - round(years * days.YEAR)
    count = -(-children // MOST_IN_A_BLOCK)
    for block in range(count):
        yield Chance(seed, block), children // count + (block < children % count), first


def block(chance: Chance, children: int, first: int, end: date, units_ended: date = UNITS_ENDED) -> County:
    """One part of a county, as a county of its own."""
    life = live(chance, children, first, days.number(end) + 1, days.number(units_ended))
    return County(children, life.scale, chance.seed, days.day(first), end, _tables(life))


def _tables(life: Life) -> dict[str, Kept]:
    gathered: dict[str, list[Kept]] = {}
    for kept in record(life):
        gathered.setdefault(kept.table, []).append(kept)
    return {name: _joined(parts) for name, parts in gathered.items()}


def record(life: Life) -> list[Kept]:
    """Write a block's lives down as rows."""
    helped = plans.stretches(life.spells, life.plans, life.handover)
    planned = plans.need_plans(helped, life.spells, life.chance, life.scale, life.first, life.horizon)
    cared = in_care(life)
    steps = Steps(life.chance, life.first, life.horizon)
    tables = [
        *people(life),
        *before_the_door(life),
        *need(life, planned, steps),
        *assessments(life, steps),
        assessment_orders(life, steps),
        *protection(life, steps),
        *history(life),
        *visited(life, helped, planned, cared, steps),
        *looked_after(life, cared, steps),
        *leaving(life, steps),
        *legal(life, cared.episodes, steps),
        *education(life, steps),
        early_help(life, steps),
        *family_help(life, helped, steps),
        *private_fostering(life),
        *short_breaks(life),
        *work(life),
        involvements(life),
        *teams(life),
        *staff(life),
        *supervision(life),
        *training(life),
        *quality(life),
        *settings(life),
    ]
    events(life, steps)
    worker_steps(life, steps)
    council_steps(life, steps)
    return [*tables, steps.kept()]


def _joined(parts: list[Kept]) -> Kept:
    """One table of several blocks."""
    if len(parts) == 1:
        return parts[0]
    offsets = np.cumsum([0, *(part.rows.height for part in parts[:-1])])
    edits = [
        type(edit)(edit.column, edit.rows + offset, edit.before, edit.until)
        for part, offset in zip(parts, offsets, strict=True)
        for edit in part.edits
    ]
    ended = [part.ended for part in parts if part.ended is not None]
    return Kept(
        parts[0].table,
        pl.concat([part.rows for part in parts]),
        np.concatenate([part.entered for part in parts]),
        np.concatenate(ended) if ended else None,
        parts[0].ending,
        parts[0].says,
        edits,
    )
