"""What a load would end, and when that is so much that somebody should look first."""

from __future__ import annotations

from collections.abc import Mapping

from keyworker.vocabulary.errors import KeyworkerError

MOST_ENDED = 0.01


class WouldEnd(KeyworkerError):
    """A load that would end more of a table than one in a hundred; nothing was written.

    Takes   counts, for each such table how many rows would end, of how many.
    """

    def __init__(self, where: str, counts: Mapping[str, tuple[int, int]]) -> None:
        told = "; ".join(f"{table}: {ended:,} of {held:,}" for table, (ended, held) in counts.items())
        super().__init__(
            f"Nothing was written: this load would end more than 1% of a table, as no longer reported ({told}).",
            where=where,
            remedy="Check that the extract is complete. If these rows have truly gone, load with --allow-ending.",
        )
        self.counts = dict(counts)


def too_much(ended: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """The tables of which more than one row in a hundred would end."""
    return {table: (gone, held) for table, (gone, held) in ended.items() if gone > held * MOST_ENDED}
