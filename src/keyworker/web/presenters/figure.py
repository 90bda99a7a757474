"""One published measure: a council over the years beside England, its region and its neighbours, and all councils."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keyworker.measures.about import CannotTell
from keyworker.measures.charts.funnel import Funnel, Standing
from keyworker.measures.drawing import draw_chart, draw_funnel
from keyworker.measures.drawing.drawn import Drawn
from keyworker.measures.published.areas import MODEL
from keyworker.measures.published.beside import Beside, Line
from keyworker.measures.published.charts import funnel_of, over_time_of
from keyworker.measures.published.lines import draw_beside, finding
from keyworker.measures.published.own import Own
from keyworker.measures.published.rows import source_lines
from keyworker.measures.published.series import Series, licence
from keyworker.measures.published.symbols import Symbol
from keyworker.web.presenters.figures import NONE, of_how_many
from keyworker.web.presenters.rules import Fact
from keyworker.web.tables import Cell, Table, heads, of_id
from keyworker.web.words import sentence, spoken

LAST = 6
NOT_A_LEAGUE = (
    "Councils differ in size, place and people. A council outside the limits is one to ask a question of; it is no "
    "verdict, and neither side is called better. In the table councils stand by name."
)


@dataclass(frozen=True)
class Section:
    """A chart with its heading, the words beside it and the table that says the same; or why there is none."""

    id: str
    title: str
    drawn: Drawn | None
    says: tuple[str, ...]
    table: Table | None


@dataclass(frozen=True)
class FigurePage:
    """One measure."""

    title: str
    answer: str
    year: int
    years: Table
    lines: Section
    neighbours: Table
    funnel: Section
    over_time: Section
    own: Table | None
    facts: tuple[Fact, ...]
    notes: tuple[str, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of the page, for its downloads."""
        held = (self.years, self.neighbours, self.funnel.table, self.over_time.table, self.own)
        return tuple(one for one in held if one is not None)

    def table(self, id: str) -> Table | None:
        """One of its tables."""
        return of_id(self.tables, id)


def figure_page(
    shown: Beside, year: int, own: Sequence[Own] | CannotTell | None = None, record_of: str = ""
) -> FigurePage:
    """The page of one measure.

    Takes   year, of the funnel; own, the record's own figures where they were asked for; record_of, whose record it is.
    """
    series = shown.series
    return FigurePage(
        title=series.title,
        answer=f"{finding(shown)}.",
        year=year,
        years=_years(shown),
        lines=Section("lines", "Over the years", draw_beside(shown, "lines"), (), None),
        neighbours=_neighbours(shown),
        funnel=_funnel(shown, year),
        over_time=_over_time(shown),
        own=None if own is None else _own(shown, own, record_of),
        facts=facts_of(series),
        notes=shown.notes,
    )


def _figure(line: Line | None, year: int, decimals: int) -> str:
    figure = line.by_year.get(year) if line else None
    return figure.said(decimals) if figure else NONE


def _years(shown: Beside) -> Table:
    places, region = shown.series.decimals, shown.region
    rows = []
    for year in reversed(shown.years):
        near = shown.spread(year)
        rows.append(
            (
                Cell(str(year)),
                Cell(_figure(shown.council, year, places)),
                Cell(_figure(shown.england, year, places)),
                Cell(_figure(region, year, places)),
                *(
                    (
                        Cell(f"{near.low:,.{places}f} to {near.high:,.{places}f}"),
                        Cell(f"{near.mean:,.{places}f}", notes=of_how_many(near)),
                    )
                    if near
                    else (Cell(NONE), Cell(NONE))
                ),
            )
        )
    names = (shown.council.name, "England", region.name if region else "Region")
    return Table(
        id="years",
        caption=_called(shown),
        headings=heads("Year", *(f"#{name}" for name in names), "Neighbours’ range", "#Neighbours’ mean"),
        rows=tuple(rows),
        empty="Nothing is published.",
        note="A mean of neighbours counts each council once, whatever its size. “–”: no figure was published at all.",
    )


def _called(shown: Beside) -> str:
    when = "at" if "snapshot" in shown.series.period else "year to"
    day = shown.series.day(shown.years[-1])
    band = f", {shown.band.lower()}" if shown.band else ""
    unit = "" if shown.series.unit in shown.series.title else f"{shown.series.unit}, "
    return f"{shown.series.title}{band} ({unit}{when} {day.day} {day:%B})"


def _neighbours(shown: Beside) -> Table:
    last = list(reversed(shown.years))[:LAST]
    places = shown.series.decimals
    return Table(
        id="neighbours",
        caption="Its statistical neighbours, by name",
        headings=heads("Council", "How close", *(f"#{year}" for year in last)),
        rows=tuple(
            (Cell(one.name), Cell(one.close), *(Cell(_figure(one, year, places)) for year in last))
            for one in shown.neighbours
        ),
        empty="The model of 2025 names no neighbours of this council.",
        note=f"{MODEL}; used for every year. How close is the model’s own word. Every year is in the download below.",
    )


def _funnel(shown: Beside, year: int) -> Section:
    found = funnel_of(shown.series, shown.band, year)
    title = f"All councils, {shown.series.said(year)}"
    if isinstance(found, CannotTell):
        return Section("funnel", title, None, (f"No funnel is drawn: {found.reason}.",), None)
    drawn = draw_funnel(found, "funnel", own=shown.council.area.full_name)
    return Section("funnel", title, drawn, (_placed(found, shown), NOT_A_LEAGUE, *drawn.notes), _listed(drawn, year))


def _placed(found: Funnel, shown: Beside) -> str:
    own = next((one for one in found.placed if one.name == shown.council.area.full_name), None)
    if own is None or own.value is None or own.standing is Standing.NOT_PLACED:
        return f"{shown.council.name} has no published counts for this year, so it has no place in the funnel."
    where = f"{own.standing}{f', {own.side}' if own.side else ''}"
    said = f"{own.value * found.per:,.{shown.series.decimals}f}"
    return f"{shown.council.name}: {said}, from {own.numerator:,} of {own.denominator:,.0f}; {where}."


def _listed(drawn: Drawn, year: int) -> Table:
    names, *others = drawn.table.headings
    return Table(
        id=f"councils-{year}",
        caption=f"All councils by name: {drawn.table.caption}",
        headings=heads(names, *(f"#{one}" for one in others[:-1]), others[-1]),
        rows=tuple(tuple(Cell(one) for one in row) for row in drawn.table.rows),
        empty="No council is placed.",
        folded=True,
    )


def _over_time(shown: Beside) -> Section:
    title = "Against its own past"
    found = over_time_of(shown.series, shown.band, shown.council)
    if isinstance(found, CannotTell):
        return Section("over-time", title, None, (f"No XmR chart is drawn: {found.reason}.",), None)
    drawn = draw_chart(found, "over-time")
    table = Table(
        id="over-time-points",
        caption=drawn.table.caption,
        headings=heads(*drawn.table.headings),
        rows=tuple(tuple(Cell(one or NONE) for one in row) for row in drawn.table.rows),
        empty="There are no points.",
        folded=True,
    )
    says = ("One point a year is slow to show a change: a signal here is late by years.", *drawn.notes)
    return Section("over-time", title, drawn, says, table)


def _own(shown: Beside, own: Sequence[Own] | CannotTell, record_of: str) -> Table:
    found: Sequence[Own] = () if isinstance(own, CannotTell) else own
    counts = any(one.counts for one in found)
    unit = "count under the rate" if counts else shown.series.unit
    return Table(
        id="own",
        caption=f"This record’s own figure for the same days ({unit})",
        headings=heads("Day", "#Published", "#This record", "#Difference", "What lies between"),
        rows=tuple(
            (
                Cell(spoken(one.day)),
                Cell(_plain(one.published, shown.series, counts)),
                Cell(_plain(one.own, shown.series, counts)),
                Cell(_plain(one.difference, shown.series, counts, signed=True)),
                Cell(one.says),
            )
            for one in found
        ),
        empty=f"Cannot tell: {own.reason}." if isinstance(own, CannotTell) else "Cannot tell: no day is shared.",
        note=f"Published: {shown.council.name}. This record: {record_of}. To count with only what was known when the "
        "return was made, choose that day under “Look at another day”."
        if found
        else "",
    )


def _plain(value: float | None, series: Series, counts: bool, *, signed: bool = False) -> str:
    return NONE if value is None else f"{value:{'+' if signed else ''},.{0 if counts else series.decimals}f}"


def facts_of(series: Series) -> tuple[Fact, ...]:
    """What a measure is, who defined it, where its figures come from and under which licence."""
    _, terms, address = licence()
    found = [
        Fact("What it is", series.definition),
        Fact("Unit and period", f"{sentence(series.unit)}; {series.period}"),
        Fact("Defined by", series.source, series.source_url),
        *(Fact("Release", line) for line in source_lines(series) if "licensed" not in line),
        Fact("Licence", f"Contains public sector information licensed under the {terms}.", address),
    ]
    if series.rounding:
        found.append(Fact("How the publisher rounds and suppresses", series.rounding))
    if series.note:
        found.append(Fact("To know", series.note))
    if series.unconfirmed:
        found.append(Fact("Unconfirmed", series.unconfirmed))
    found.append(Fact("Where there is no number", "; ".join(f"{one.value or 'blank'}: {one.says}" for one in Symbol)))
    found.append(Fact("At the command line", f"keyworker figures {series.id}"))
    return tuple(found)
