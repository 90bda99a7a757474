"""Charts with judgement of published figures: a funnel of councils, and a council against its own past."""

from __future__ import annotations

from fractions import Fraction

from keyworker.measures.about import About, CannotTell
from keyworker.measures.charts import Chart, Good, Plan, xmr
from keyworker.measures.charts.funnel import Funnel, Places, funnel
from keyworker.measures.charts.funnel import Of as FunnelOf
from keyworker.measures.charts.limits import FIRM
from keyworker.measures.published.areas import Level
from keyworker.measures.published.beside import Line
from keyworker.measures.published.figures import figures
from keyworker.measures.published.series import Of, Series

GOOD = {"higher": Good.UP, "lower": Good.DOWN}
NO_FUNNEL = {
    Of.COUNT: "a count grows with the size of a council, so counts of councils are not compared",
    Of.MEAN: "an average is no count of people, so chance cannot be reckoned from what is published",
    Of.FTE: "full-time equivalents are not people, so chance cannot be reckoned from what is published",
}


def funnel_of(series: Series, band: str, year: int) -> Funnel | CannotTell:
    """Every council of a year in one funnel, widened for overdispersion; by name, and neither way is called better."""
    if series.of in NO_FUNNEL:
        return CannotTell(NO_FUNNEL[series.of])
    placed = [
        one
        for by_year in figures(series, band).values()
        if (one := by_year.get(year))
        and one.area.level is Level.COUNCIL
        and one.numerator is not None
        and one.denominator
    ]
    if not placed:
        return CannotTell(f"no published counts give the figures of {year} again")
    return funnel(
        [one.area.full_name for one in placed],
        [one.numerator or 0 for one in placed],
        [one.denominator or 0 for one in placed],
        places=Places.COUNCILS,
        of=FunnelOf.SHARE if series.of is Of.SHARE else FunnelOf.RATE,
        name=_name(series.title, band),
        unit=series.unit,
        about=About(
            base="children aged 0 to 17" if series.of is Of.RATE else "what the share is of",
            period=series.said(year),
            source=series.releases[0].title,
        ),
        good=Good.NEITHER,
        per=series.per,
    )


def over_time_of(series: Series, band: str, line: Line) -> Chart | CannotTell:
    """A council's own yearly figures as an XmR chart, where there are enough years for firm limits."""
    known = [(year, line.value(year)) for year in sorted(line.by_year)]
    years = [year for year, value in known if value is not None]
    if len(years) < FIRM:
        return CannotTell(f"{len(years)} yearly points set no firm limits; it takes {FIRM}")
    whole = range(years[0], years[-1] + 1)
    values = dict(known)
    return xmr(
        [series.day(year) for year in whole],
        [None if (value := values.get(year)) is None else Fraction(str(value)) for year in whole],
        plan=Plan(
            name=f"{line.name}: {_name(series.inside, band)}",
            unit=series.unit,
            about=About(
                base=_name(series.inside, band), period=f"{whole[0]} to {whole[-1]}", source=series.releases[0].title
            ),
            good=GOOD.get(series.better, Good.NEITHER),
        ),
    )


def _name(title: str, band: str) -> str:
    return f"{title}, {band.lower()}" if band else title
