"""Small dated things gathered from every part of a life, for the one table that holds them all."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from keyworker.county import lags, words
from keyworker.county.chance import Chance, Ints
from keyworker.county.kept import Kept, typed
from keyworker.county.lags import Habit


@dataclass
class Steps:
    """The steps so far."""

    chance: Chance
    frames: list[pl.DataFrame] = field(default_factory=list)
    entered: list[Ints] = field(default_factory=list)

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
        habit: Habit = lags.USUAL,
    ) -> None:
        """Add steps of one kind, one on each day."""
        columns: dict[str, object] = {"kind": kind, "happened_on": words.dates(happened), "step_id": kind}
        if child is not None:
            columns["child_id"] = words.numbered("KC", child + self.chance.block * 10_000_000)
        if worker is not None:
            columns["worker_id"] = worker
        if belongs_to is not None:
            columns["belongs_to"] = belongs_to
        columns["belongs_to_id"], columns["outcome"] = belongs_to_id, outcome
        self.frames.append(typed("step", columns, len(happened)))
        self.entered.append(lags.entered(self.chance, f"step {kind} {len(self.frames)}", happened, habit))

    def kept(self) -> Kept:
        """The table of all steps."""
        frame = pl.concat(self.frames)
        numbers = np.arange(frame.height) + self.chance.block * 10_000_000 * 8
        frame = frame.with_columns(words.numbered("SP", numbers, 10).alias("step_id"))
        return Kept("step", frame, np.concatenate(self.entered), says=True)
