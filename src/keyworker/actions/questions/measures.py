"""Questions about measures."""

from __future__ import annotations

from keyworker.actions.measures import MeasureEngine, measure_of
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import nobody
from keyworker.measures.passes.asked import Asked
from keyworker.measures.rows import MeasureRow


class AboutMeasures(Opened):
    """What is counted, by date and group."""

    def measure(self, name: str, asked: Asked, *, engine: MeasureEngine = MeasureEngine.POSTGRES) -> list[MeasureRow]:
        """A measure for each date and group. Raises KeyworkerError for a name that no measure or group has."""
        return self._read("measures", lambda: measure_of(self.connection, name, asked, engine), nobody)
