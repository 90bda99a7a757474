"""The children behind one measure, with neither a recent record nor recent case supervision, and when last heard of."""

from __future__ import annotations

from datetime import date

from keyworker.facts.moment import Moment
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.behind import NUMERATOR, behind
from keyworker.measures.passes.source import Source
from keyworker.measures.passes.text import Text
from keyworker.measures.passes.windows import Windows
from keyworker.measures.registry import shipped

MEASURE = "open-without-record-or-supervision"
_LAST = "select child_id, max(happened_on) from {recorded_event} e group by child_id"


def with_nothing_recent(source: Source, moment: Moment) -> frozenset[str]:
    """The children whom the measure counts on a day: they are those of its number, by its very SQL."""
    rows = behind(source, MEASURE, Asked((moment.at,), (), moment.known_at))
    return frozenset(row.subject_id for row in rows if row.part == NUMERATOR)


def last_recorded(source: Source, moment: Moment) -> dict[str, date]:
    """The newest day on which something that happened to each of the source's children is recorded."""
    text = Text(source, shipped().relations, Windows(moment.known_at), moment.at, moment)
    sql = text.statement(_LAST)
    return dict(source.fetch(sql, source.lens(moment), text.parameters))
