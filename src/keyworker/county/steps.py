"""Small dated things gathered from every part of a life, for the one table that holds them all."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from keyworker.county import lags, words
from keyworker.county.chance import Bools, Chance, Floats, Ints
from keyworker.county.followed import Promise, follow
from keyworker.county.kept import Kept, typed
from keyworker.county.lags import Habit


@dataclass(frozen=True)
class About:
    """Which child and which thing each of some steps is about.

    Takes   table and ids, the thing that it belongs to; stop, the day from which it can no longer happen;
            hard, how pressed whoever should do it was.
    """

    child: Ints
    table: str
    ids: pl.Series
    stop: Ints
    hard: Floats

    def of(self, which: Ints) -> About:
        """Those at some positions."""
        return About(self.child[which], self.table, self.ids.gather(which), self.stop[which], self.hard[which])


@dataclass
class Steps:
    """The steps so far, all of them between two days, the second not included."""

    chance: Chance
    first: int
    horizon: int
    frames: list[pl.DataFrame] = field(default_factory=list)
    entered: list[Ints] = field(default_factory=list)
    turns: dict[str, int] = field(default_factory=dict)

    def add(
        self,
        kind: str,
        happened: Ints,
        *,
        child: Ints | None = None,
        worker: pl.Series | None = None,
        belongs_to: str | None = None,
        belongs_to_id: pl.Series | None = None,
        outcome: pl.Series | None = None,
        time: Ints | None = None,
        by_whom: str | None = None,
        habit: Habit = lags.USUAL,
        entered: Ints | None = None,
    ) -> None:
        """Add steps of one kind, one on each day.

        Takes   child, its number; time, seconds into the day, where the source gives it; by_whom, by role or agency;
                entered, when each was typed in, where that is worked out already: by habit otherwise.
        """
        if not len(happened):
            return
        columns: dict[str, object] = {"kind": kind, "happened_on": words.dates(happened), "step_id": kind}
        if child is not None:
            columns["child_id"] = words.numbered("KC", child + self.chance.block * 10_000_000)
        if worker is not None:
            columns["worker_id"] = worker
        if belongs_to is not None:
            columns["belongs_to"] = belongs_to
        columns["belongs_to_id"], columns["outcome"], columns["by_whom"] = belongs_to_id, outcome, by_whom
        columns["happened_time"] = None if time is None else words.times(time)
        self.turns[kind] = self.turns.get(kind, 0) + 1
        if entered is None:
            entered = lags.entered(self.chance, f"step {kind} {self.turns[kind]}", happened, habit)
        if time is not None:
            entered = np.maximum(entered, happened * lags.DAY + time + lags.SOONEST)
        self.frames.append(typed("step", columns, len(happened)))
        self.entered.append(entered)

    def follow(
        self,
        kind: str,
        start: Ints,
        promise: Promise,
        about: About,
        *,
        by_whom: str | None = None,
        outcome: str | pl.Series | None = None,
        habit: Habit = lags.USUAL,
        early: bool = False,
    ) -> tuple[Ints, Bools]:
        """Add the steps of one kind that follow, each from a day: in time, late or never.

        Takes   outcome, of all or of each; early, whether those from before the county's time are on record too.
        Gives   the day of each, and whether it happened: before what it belongs to stopped, in the county's time.
        """
        when, done = follow(self.chance, f"{kind} {self.turns.get(kind, 0)}", start, promise, about.hard)
        done = done & (when < np.minimum(about.stop, self.horizon)) & (early | (when >= self.first))
        which = np.flatnonzero(done)
        said = outcome.gather(which) if isinstance(outcome, pl.Series) else outcome
        self.on(kind, when[which], about.of(which), by_whom=by_whom, outcome=said, habit=habit)
        return when, done

    def on(
        self,
        kind: str,
        day: Ints,
        about: About,
        *,
        by_whom: str | None = None,
        outcome: str | pl.Series | None = None,
        time: Ints | None = None,
        habit: Habit = lags.USUAL,
        entered: Ints | None = None,
    ) -> None:
        """Add steps of one kind about some things, one on each day."""
        said = pl.Series([outcome]).new_from_index(0, len(day)) if isinstance(outcome, str) else outcome
        self.add(
            kind, day, child=about.child, belongs_to=about.table, belongs_to_id=about.ids, outcome=said, time=time,
            by_whom=by_whom, habit=habit, entered=entered,
        )  # fmt: skip

    def kept(self) -> Kept:
        """The table of all steps."""
        frame = pl.concat(self.frames)
        numbers = np.arange(frame.height) + self.chance.block * 10_000_000 * 8
        frame = frame.with_columns(words.numbered("SP", numbers, 10).alias("step_id"))
        return Kept("step", frame, np.concatenate(self.entered), says=True)
