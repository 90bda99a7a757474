"""The counts that a suppressed cell could have."""

from __future__ import annotations

from typing import NamedTuple


class Range(NamedTuple):
    """The lowest and the highest that a cell could be; no highest (None) where nothing shown bounds it."""

    low: int
    high: int | None

    def covers(self, low: int, high: int) -> bool:
        """Whether both ends, and so everything between, are still possible."""
        return self.low <= low and (self.high is None or self.high >= high)

    def narrower_than(self, width: int) -> bool:
        """Whether the cell is known more closely than that."""
        return self.high is not None and self.high - self.low < width
