"""Measures counted in memory, one run of dates after another, each read once for all that is asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from keyworker.facts.moment import Moment
from keyworker.measures.kernel.counted import Counted
from keyworker.measures.kernel.run import Run
from keyworker.measures.passes.assemble import Collected
from keyworker.measures.passes.dates import Dates
from keyworker.measures.passes.source import Columnar
from keyworker.measures.passes.steps import Chain
from keyworker.measures.passes.windows import Windows
from keyworker.measures.registry.definition import Counts, Definition


class InMemory:
    """Counts measures of one source."""

    def __init__(self, source: Columnar, relations: Mapping[str, str], windows: Windows | None) -> None:
        self._source = source
        self._relations = relations
        self._windows = windows
        self._run: tuple[Moment, tuple[date, ...], Run] | None = None

    def __call__(
        self, definition: Definition, ways: Sequence[Chain], moment: Moment, on: Dates, found: Collected
    ) -> None:
        """Count a definition on a run of dates, and put what it comes to into `found`."""
        if self._run is None or self._run[:2] != (moment, on.days):
            windows = self._windows or Windows(moment.known_at)
            self._run = moment, on.days, Run(self._source, self._relations, moment, on, windows)
        counted = Counted(self._run[2], definition, ways)
        if definition.counts in (Counts.DISTRIBUTION, Counts.DAYS):
            found.take_each(on, moment.known_at, counted.each())
        else:
            found.take(on, moment.known_at, counted.rows())
