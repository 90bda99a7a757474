"""Published figures: which there are, and a council's last ones beside England's and its neighbours'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from keyworker.measures.published.areas import Area, councils
from keyworker.measures.published.beside import Beside, Spread
from keyworker.measures.published.rows import listed
from keyworker.measures.published.series import every
from keyworker.web.tables import Cell, Table, Tabled, heads
from keyworker.web.words import plural, sentence

NONE = "–"
ENDINGS = (
    " county council",
    " city council",
    " borough council",
    " metropolitan borough council",
    " council",
)


@dataclass(frozen=True)
class Choice:
    """One thing that may be chosen in a form."""

    value: str
    says: str
    chosen: bool = False


@dataclass(frozen=True)
class FiguresPage(Tabled):
    """Every measure that is published, by its domain."""

    answer: str
    more: tuple[str, ...]
    tables: tuple[Table, ...]


def council_named(name: str, code: str) -> str:
    """The code of the council whose pages these are, by its code or its name; empty where neither is a council's."""
    wanted = name.strip().casefold()
    names = {wanted, *(wanted.removesuffix(ending) for ending in ENDINGS)}
    by_code = next((one.code for one in councils() if code and one.code == code), "")
    return by_code or next((one.code for one in councils() if not one.is_gone and one.name.casefold() in names), "")


def choices(chosen: str) -> list[Choice]:
    """Every council, by name."""
    return [Choice(one.code, one.full_name, one.code == chosen) for one in councils()]


def figures_page(rows: Sequence[Beside], council: Area | None, address: Callable[[str], str]) -> FiguresPage:
    """Every measure with its last published figures, where a council is chosen; their names alone where none is."""
    known = {one.series.id: one for one in rows}
    domains = dict.fromkeys(one.domain for one in every().values())
    tables = [_table(domain, known, address) for domain in domains]
    return FiguresPage(
        answer=(
            f"{council.full_name} beside England and its statistical neighbours, in {len(every())} published measures."
            if council
            else f"{len(every())} measures are published of every council. Choose a council to see its figures."
        ),
        more=(
            "They were published by the Department for Education for 2013 to 2024, and need no record of any child.",
            "This is not a league table: measures stand by subject, councils by name, and nothing by its figure.",
        ),
        tables=(*tables, _without()),
    )


def _table(domain: str, known: dict[str, Beside], address: Callable[[str], str]) -> Table:
    those = [one for one in every().values() if one.domain == domain]
    return Table(
        id=domain.replace(" ", "-"),
        caption=sentence(domain),
        headings=heads("Measure", "#Council", "#England", "Neighbours’ range", "When")
        if known
        else heads("Measure", "Unit", "When"),
        rows=tuple(
            _line(known[one.id], address)
            if known
            else (Cell(one.title, address(one.id), notes=_bands(one.bands)), Cell(sentence(one.unit)), Cell(one.period))
            for one in those
        ),
        empty="There is none.",
    )


def _bands(bands: Sequence[str]) -> tuple[str, ...]:
    return (f"{plural(len(bands), 'band')}; the first is “{bands[0]}”",) if bands else ()


def _line(shown: Beside, address: Callable[[str], str]) -> tuple[Cell, ...]:
    series, year = shown.series, shown.latest
    own, england = shown.council.by_year.get(year), shown.england and shown.england.by_year.get(year)
    near = shown.spread(year)
    places = series.decimals
    return (
        Cell(series.title, address(series.id), notes=(sentence(series.unit), *_bands(series.bands))),
        Cell(own.said(places) if own else NONE),
        Cell(england.said(places) if england else NONE),
        Cell(f"{near.low:,.{places}f} to {near.high:,.{places}f}", notes=of_how_many(near)) if near else Cell(NONE),
        Cell(series.said(year)[:1].upper() + series.said(year)[1:]),
    )


def of_how_many(near: Spread) -> tuple[str, ...]:
    """A quieter line where not every neighbour has a figure."""
    return () if near.known == near.of else (f"{near.known} of {near.of} have a figure",)


def _without() -> Table:
    rows = [row for row in listed() if row["reason"]]
    return Table(
        id="not-shipped",
        caption="Official statistics whose figures are not here, and why",
        headings=heads("Measure", "Why"),
        rows=tuple((Cell(row["title"]), Cell(sentence(row["reason"]))) for row in rows),
        empty="There is none.",
        folded=True,
    )
