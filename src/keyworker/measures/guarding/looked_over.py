"""A second look at a measure's rows before they are given to whoever is not responsible for them.

It knows nothing of how small numbers are hidden: it only counts. So a fault of the first guard, or a way past it, gives
a refusal and no small number.
"""

from __future__ import annotations

from collections.abc import Sequence

from keyworker.measures.guarding.reader import Reader
from keyworker.measures.registry.definition import Counts, Definition
from keyworker.measures.rows import MeasureRow
from keyworker.measures.suppression import PUBLIC
from keyworker.vocabulary.errors import Refused

NO_ONE = "none"
COUNTED = (Counts.DISTINCT, Counts.SHARE)
"""Measures whose numbers are of somebody each; others add up weights, of which a small one shows nobody."""


def looked_over(definition: Definition, rows: Sequence[MeasureRow], reader: Reader) -> list[MeasureRow]:
    """The same rows. Raises Refused, and gives none, where one would show a number as small as one to five."""
    if not reader.everything and definition.small_numbers != NO_ONE and definition.counts in COUNTED:
        for row in rows:
            if not reader.answers_for(row.group) and _shows_few(row):
                raise Refused(
                    "This measure is not shown: a number in it is so small that it might show somebody.",
                    where=definition.title,
                    remedy="Ask for it by fewer groups. Tell whoever looks after Keyworker here: it should not happen.",
                )
    return list(rows)


def _shows_few(row: MeasureRow) -> bool:
    if row.numerator is None:
        return False
    few = [row.numerator]
    if row.denominator is not None:
        few.append(row.denominator - row.numerator)
    return any(PUBLIC.small(int(one)) for one in few)
