"""A measure's rows as charts with judgement: against its own past month by month, and its places in one funnel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from keyworker.measures.about import About, CannotTell
from keyworker.measures.charts import Chart, Good, Plan, Rebase, xmr
from keyworker.measures.charts.funnel import Funnel, Of, Places, funnel
from keyworker.measures.registry import Definition
from keyworker.measures.registry.definition import Counts
from keyworker.measures.rows import MeasureRow
from keyworker.measures.told_from import days_before

GOOD = {"higher": Good.UP, "lower": Good.DOWN, "neither": Good.NEITHER}
FEWEST = 3
DAY = timedelta(days=1)
SOURCE = "this record"


def month_ends(at: date, many: int) -> tuple[date, ...]:
    """The last days of so many months, the latest one not after a day, the earliest first."""
    day = at if (at + DAY).day == 1 else at.replace(day=1) - DAY
    found = [day]
    while len(found) < many:
        found.append(found[-1].replace(day=1) - DAY)
    return tuple(reversed(found))


def over_months(
    definition: Definition, rows: Sequence[MeasureRow], rebases: Sequence[Rebase] = ()
) -> Chart | CannotTell:
    """The measure of everybody, one point a month, as an XmR chart; or why none is drawn.

    Takes   rebases, from which months on people decided that limits start afresh, the earliest first. One before the
            second month shown sets nothing: every month shown comes after it.
    """
    if definition.bands:
        return CannotTell("the measure is parted into bands, and each would be a chart of its own")
    if definition.looks_back.months > 1:
        return CannotTell(
            "each figure looks back over months that the one before looks back over too, so that neighbouring points "
            "are alike whatever happens"
        )
    known = [row for row in rows if row.value is not None]
    if not known:
        return CannotTell("no month has a figure")
    return xmr(
        [row.at for row in rows],
        [row.numerator for row in rows],
        [row.denominator for row in rows] if any(row.denominator is not None for row in rows) else None,
        per=definition.per,
        plan=Plan(
            name=definition.title,
            unit=definition.unit,
            about=_about(definition, f"{known[0].at:%B %Y} to {known[-1].at:%B %Y}"),
            good=GOOD[definition.better],
            not_whole=days_before(rows),
            rebases=tuple(one for one in rebases if one.on in {row.at for row in rows[1:]}),
        ),
    )


def places(definition: Definition, by: str, rows: Sequence[MeasureRow]) -> Funnel | CannotTell:
    """The groups of one day in one funnel, by name; or why none is drawn. Only of districts and teams."""
    if by not in ("district", "team", "district today", "team today"):
        return CannotTell("only places are set beside one another in a funnel")
    if definition.counts is not Counts.SHARE or definition.bands:
        return CannotTell("only a share of whole people or things has limits that chance alone would set")
    if days_before(rows):
        return CannotTell("the record does not go back far enough for that day")
    shown = [(row.group[by], row.numerator, row.denominator) for row in rows if row.value is not None]
    known = [
        (name, top, base)
        for name, top, base in shown
        if name and isinstance(top, int) and isinstance(base, int) and base
    ]
    if len(known) < FEWEST:
        return CannotTell(f"fewer than {FEWEST} places have a figure that may be shown")
    return funnel(
        [name for name, _, _ in known],
        [top for _, top, _ in known],
        [base for _, _, base in known],
        places=Places.TEAMS if by.startswith("team") else Places.DISTRICTS,
        of=Of.SHARE,
        name=definition.title,
        unit=definition.unit,
        about=_about(definition, f"{rows[0].at:%-d %B %Y}"),
        good=Good.NEITHER,
        per=definition.per,
    )


def _about(definition: Definition, period: str) -> About:
    return About(definition.denominator if definition.divided else definition.numerator, period, SOURCE)
