"""Every measure, and one of them: its number, its months, its places, its definition and its SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from keyworker.measures.about import CannotTell
from keyworker.measures.charts import Rebase
from keyworker.measures.charts.funnel import Funnel
from keyworker.measures.drawing import Drawn, draw_chart, draw_funnel
from keyworker.measures.judged import over_months, places
from keyworker.measures.registry.definition import Counts, Definition
from keyworker.measures.rows import MeasureRow
from keyworker.measures.told_from import in_words
from keyworker.web.presenters.rules import Fact
from keyworker.web.tables import Cell, Heading, Table, Tabled, heads, of_id
from keyworker.web.words import number, plural, sentence, spoken

Address = Callable[[str], str]
NONE = "–"
NOT_A_LEAGUE = (
    "Places differ in size and in the people they serve. One outside the limits is one to ask a question of; it is no "
    "verdict. In the table places stand by name."
)


@dataclass(frozen=True)
class MeasuresPage(Tabled):
    """Every measure, by its subject."""

    answer: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Charted:
    """A chart with its heading and the words beside it; or why none is drawn."""

    id: str
    title: str
    drawn: Drawn | None
    says: tuple[str, ...]


@dataclass(frozen=True)
class MeasurePage:
    """One measure."""

    title: str
    answer: str
    told: str
    months: Table
    over_time: Charted
    groups: Table | None
    funnel: Charted | None
    facts: tuple[Fact, ...]
    sql: str

    def table(self, id: str) -> Table | None:
        """One of its tables."""
        return of_id((self.months, self.groups), id)


def measures_page(rows: Sequence[Mapping[str, Any]], address: Address) -> MeasuresPage:
    """Every published and usual measure, with what answers it or why the record cannot."""
    domains = dict.fromkeys(row["domain"] for row in rows)
    published = {row["id"]: row["state"] for row in rows if row["id"]}
    known = sum(1 for state in published.values() if state == "computed")
    own = sum(1 for row in rows if row["id"] is None)
    return MeasuresPage(
        answer=f"Of {len(published)} published and usual measures the record can answer {known}; beside them stand "
        f"{plural(own, 'measure')} of our own. The rest say why not.",
        tables=tuple(_domain(domain, [row for row in rows if row["domain"] == domain], address) for domain in domains),
    )


def _domain(domain: str, rows: Sequence[Mapping[str, Any]], address: Address) -> Table:
    return Table(
        id=domain.replace(" ", "-"),
        caption=sentence(domain),
        headings=heads("^Measure", "Unit", "Says"),
        rows=tuple(_listed(row, address) for row in rows),
        empty="There is none.",
        folded=True,
    )


def _listed(row: Mapping[str, Any], address: Address) -> tuple[Cell, ...]:
    notes = ("unconfirmed in part",) if row["unconfirmed"] else ()
    if row["definition"] is None:
        return (
            Cell(row["title"], notes=notes),
            Cell(sentence(row["unit"] or NONE)),
            Cell(sentence(row["reason"] or "not yet defined"), tone="quiet"),
        )
    called = f"answered by {row['definition']}" if row["id"] else ""
    return (
        Cell(row["title"], address(row["definition"]), notes=tuple(filter(None, (called, *notes)))),
        Cell(sentence(row["unit"])),
        Cell(row["says"]),
    )


def measure_page(
    definition: Definition,
    months: Sequence[MeasureRow],
    by: str,
    groups: Sequence[MeasureRow],
    rebases: Sequence[Rebase] = (),
) -> MeasurePage:
    """One measure.

    Takes   months, of everybody, one or (where it has bands) several rows a day; by, the group asked for, if any;
            groups, of the last of these days; rebases, from which months on limits start afresh.
    """
    return MeasurePage(
        title=definition.title,
        answer=_answer(definition, months),
        told=in_words(months),
        months=_months(definition, months),
        over_time=over_time(definition, months, rebases),
        groups=_groups(definition, by, groups) if by else None,
        funnel=_funnel(definition, by, groups) if by else None,
        facts=facts_of(definition),
        sql=definition.sql.strip(),
    )


def _answer(definition: Definition, months: Sequence[MeasureRow]) -> str:
    last = months[-1] if months else None
    if last is None:
        return "No day was asked about."
    on = f"On {spoken(last.at)}"
    if last.suppressed:
        return f"{on}: too few to show to somebody who is not responsible for them."
    if last.value is None:
        return f"{on}: {last.reason or 'there was nobody and nothing to count'}."
    if definition.bands:
        return f"{on} the measure is parted into {plural(sum(1 for row in months if row.at == last.at), 'band')}."
    said = f"{on}: {_value(definition, last)}"
    if definition.divided:
        said += f", {_number(last.numerator)} of {_number(last.denominator)}"
    if last.interval:
        said += f"; it may lie between {number(last.interval.low)} and {number(last.interval.high)} (95%)"
    return f"{said}."


def _value(definition: Definition, row: MeasureRow) -> str:
    unit = "%" if definition.unit == "percent" else f" {definition.unit}"
    return f"{number(row.value)}{unit}"


def _number(value: Any) -> str:
    return NONE if value is None else number(float(value), 2)


def _bands(rows: Sequence[MeasureRow], but: str = "") -> list[str]:
    return [name for name in (rows[0].group if rows else {}) if name != but]


def _columns(definition: Definition) -> tuple[str, ...]:
    if definition.counts in (Counts.DISTRIBUTION, Counts.DAYS):
        return ("#In the middle", "#Nine in ten at most", "#Most", "#Mean", "#Of how many")
    if definition.divided:
        return ("#Value", "#Counted", "#Of", "#May lie between")
    return ("#Value",)


def _cells(definition: Definition, row: MeasureRow) -> tuple[Cell, ...]:
    wide = len(_columns(definition))
    if row.suppressed:
        return (Cell("too few to show", tone="quiet"), *(Cell("") for _ in range(wide - 1)))
    if row.value is None:
        return (Cell(row.reason or "nobody to count", tone="quiet"), *(Cell("") for _ in range(wide - 1)))
    if definition.counts in (Counts.DISTRIBUTION, Counts.DAYS):
        tail = row.tail
        parts = (tail.median, tail.p90, tail.most) if tail else (None, None, None)
        return (*(Cell(_number(one)) for one in parts), Cell(number(row.value)), Cell(_number(row.denominator)))
    if not definition.divided:
        return (Cell(number(row.value, 2)),)
    between = f"{number(row.interval.low)} to {number(row.interval.high)}" if row.interval else NONE
    return (Cell(number(row.value)), Cell(_number(row.numerator)), Cell(_number(row.denominator)), Cell(between))


def _months(definition: Definition, rows: Sequence[MeasureRow]) -> Table:
    bands = _bands(rows)
    return Table(
        id="months",
        caption=f"{definition.title}, at the end of each month",
        headings=heads("Day", *(sentence(name) for name in bands), *_columns(definition)),
        rows=tuple(
            (
                Cell(spoken(row.at), notes=("not whole",) if row.is_whole is False else ()),
                *(Cell(row.group[name] or "Not known") for name in bands),
                *_cells(definition, row),
            )
            for row in reversed(rows)
        ),
        empty="No day was asked about.",
        note=f"In {definition.unit}.",
    )


def _groups(definition: Definition, by: str, rows: Sequence[MeasureRow]) -> Table:
    bands = _bands(rows, by)
    day = spoken(rows[0].at) if rows else ""
    return Table(
        id="groups",
        caption=f"By {by}, {day}",
        headings=(
            Heading(sentence(by)),
            *heads(*(sentence(name) for name in bands), *_columns(definition)),
        ),
        rows=tuple(
            (
                Cell(sentence(row.group[by] or "not known")),
                *(Cell(row.group[name] or "Not known") for name in bands),
                *_cells(definition, row),
            )
            for row in rows
        ),
        empty="No group has anything to count.",
        note="Groups stand by name, not by their figure.",
    )


def over_time(definition: Definition, months: Sequence[MeasureRow], rebases: Sequence[Rebase] = ()) -> Charted:
    """The measure against its own past, or why no chart is drawn."""
    title = "Against its own past"
    found = over_months(definition, months, rebases)
    if isinstance(found, CannotTell):
        return Charted("over-time", title, None, (f"No XmR chart is drawn: {found.reason}.",))
    drawn = draw_chart(found, "over-time")
    return Charted("over-time", title, drawn, drawn.notes)


def _funnel(definition: Definition, by: str, rows: Sequence[MeasureRow]) -> Charted:
    title = f"Places beside one another, by {by}"
    found: Funnel | CannotTell = places(definition, by, rows)
    if isinstance(found, CannotTell):
        return Charted("funnel", title, None, (f"No funnel is drawn: {found.reason}.",))
    drawn = draw_funnel(found, "funnel")
    return Charted("funnel", title, drawn, (NOT_A_LEAGUE, *drawn.notes))


def facts_of(definition: Definition) -> tuple[Fact, ...]:
    """What a measure is, in words."""
    facts = [
        Fact("What it says", definition.says),
        Fact("Counted", definition.numerator),
        Fact("Of", definition.denominator if definition.divided else "nothing: it is a plain count"),
        Fact("Left out", definition.exclusions),
        Fact("Period", sentence(definition.period)),
        Fact("Unit", sentence(definition.unit)),
        Fact("Better", sentence(definition.better)),
        Fact("Source", definition.source),
        Fact("Edition", definition.edition),
    ]
    if definition.catalogue:
        facts.append(Fact("Answers", ", ".join(definition.catalogue)))
    if definition.unconfirmed:
        facts.append(Fact("Unconfirmed", definition.unconfirmed))
    return tuple(facts)
