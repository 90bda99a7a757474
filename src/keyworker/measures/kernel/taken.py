"""Measures counted in memory, one run of dates after another, each read once for all that is asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from keyworker.facts.moment import Moment
from keyworker.measures.kernel.counted import Counted
from keyworker.measures.kernel.run import Run
from keyworker.measures.kernel.threads import side_by_side
from keyworker.measures.passes.assemble import ToCount
from keyworker.measures.passes.dates import Dates
from keyworker.measures.passes.source import Columnar
from keyworker.measures.passes.windows import Windows


class InMemory:
    """Counts measures of one source."""

    def __init__(self, source: Columnar, relations: Mapping[str, str], windows: Windows | None) -> None:
        self._source = source
        self._relations = relations
        self._windows = windows
        self._run: tuple[Moment, tuple[date, ...], Run] | None = None

    def __call__(self, asked: Sequence[ToCount], moment: Moment, on: Dates) -> None:
        """Count some definitions on a run of dates, side by side, and put what they come to where each is collected."""
        if self._run is None or self._run[:2] != (moment, on.days):
            windows = self._windows or Windows(moment.known_at)
            self._run = moment, on.days, Run(self._source, self._relations, moment, on, windows)
        run = self._run[2]
        each = [Counted(run, one.definition, one.ways) for one in asked]
        first = sorted(range(len(each)), key=lambda place: not each[place].reads_aside)
        for place, told in zip(first, side_by_side(each[place].told for place in first), strict=True):
            if each[place].is_spread:
                asked[place].found.take_each(on, moment.known_at, told)
            else:
                asked[place].found.take(on, moment.known_at, told)
