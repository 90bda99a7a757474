"""One council's published figures beside England's, its region's and its statistical neighbours': never a ranking."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from keyworker.measures.published.areas import ENGLAND, Area, areas, joint, known, neighbours
from keyworker.measures.published.areas import council as council_of
from keyworker.measures.published.figures import Figure, Held, figures, figures_of, years
from keyworker.measures.published.series import Of, Series, every
from keyworker.measures.published.series import series as series_of
from keyworker.vocabulary.errors import KeyworkerError


class Others(StrEnum):
    """Whom a council may be set beside."""

    NEIGHBOURS = "neighbours"
    REGION = "region"
    ENGLAND = "england"


ALL = tuple(Others)
POPULATION = " Populations were estimated afresh in between: a step there may be no change."


@dataclass(frozen=True)
class Line:
    """One area's figures over the years.

    Takes   of, who it is to the council (None for the council itself); close, how near the model puts a neighbour;
            stands_for, the council for which a joint return speaks.
    """

    area: Area
    of: Others | None
    by_year: Mapping[int, Figure]
    close: str = ""
    stands_for: Area | None = None

    def value(self, year: int) -> float | None:
        """The figure of a year, None where there is none."""
        figure = self.by_year.get(year)
        return figure.value if figure else None

    @property
    def name(self) -> str:
        """The area's name, and for whom it stands where the return is a joint one."""
        return f"{self.area.full_name} (one return)" if self.stands_for else self.area.full_name


@dataclass(frozen=True)
class Spread:
    """Where the neighbours' figures of one year lie: how many have one, the lowest, the mean and the highest."""

    known: int
    of: int
    low: float
    mean: float
    high: float


@dataclass(frozen=True)
class Beside:
    """A council beside others; the lines stand as council, England, region, then neighbours by name."""

    series: Series
    band: str
    years: range
    council: Line
    england: Line | None
    region: Line | None
    neighbours: tuple[Line, ...]
    notes: tuple[str, ...]

    @property
    def lines(self) -> Iterator[Line]:
        """Every line, in the order in which they are listed."""
        yield self.council
        yield from (one for one in (self.england, self.region, *self.neighbours) if one is not None)

    @property
    def latest(self) -> int:
        """The last year for which the council has a figure; the last year published where it has none."""
        return next((year for year in reversed(self.years) if self.council.value(year) is not None), self.years[-1])

    def spread(self, year: int) -> Spread | None:
        """Where the neighbours lie in a year; None where none of them has a figure."""
        held = [value for one in self.neighbours if (value := one.value(year)) is not None]
        if not held:
            return None
        return Spread(len(held), len(self.neighbours), min(held), sum(held) / len(held), max(held))


def beside(measure: str, council: str, *, band: str = "", others: Collection[Others] = ALL) -> Beside:
    """A council's figures beside those of others.

    Takes   measure, an id of the catalogue; council, its code or name; band, one of the measure’s, its first if empty.
    Raises  KeyworkerError for a measure, part or council that has no published figures.
    """
    series, place = series_of(measure), council_of(council)
    part = series.band(band)
    return _beside(series, part, place, figures(series, part), others)


def every_beside(council: str, others: Collection[Others] = ALL) -> list[Beside]:
    """A council's figures of every measure, in its first band, beside those of others; in the catalogue's order."""
    place = council_of(council)
    near = [one.area.code for one in neighbours(place.code)]
    shared = [one.code for code in (place.code, *near) if (one := joint(code))]
    held = figures_of({place.code, place.region, ENGLAND, *near, *shared})
    return [_beside(one, one.band(""), place, held.get((one.id, one.band("")), {}), others) for one in every().values()]


def _beside(series: Series, part: str, place: Area, held: Held, others: Collection[Others]) -> Beside:
    own = _line(held, place, None)
    region = areas().get(place.region)
    near = neighbours(place.code) if Others.NEIGHBOURS in others else ()
    # Two neighbours that make one return together have one line.
    lines = {line.area.code: line for one in near if (line := _line(held, one.area, Others.NEIGHBOURS, one.close))}
    shown = Beside(
        series=series,
        band=part,
        years=years(series, part),
        council=own,
        england=_line(held, areas()[ENGLAND], Others.ENGLAND) if Others.ENGLAND in others else None,
        region=_line(held, region, Others.REGION) if region and Others.REGION in others else None,
        neighbours=tuple(lines.values()),
        notes=(),
    )
    return _noted(shown, place, near_wanted=Others.NEIGHBOURS in others)


def _line(held: Mapping[str, Mapping[int, Figure]], area: Area, of: Others | None, close: str = "") -> Line:
    """An area's line; that of the joint return which speaks for it, where only that one has figures."""
    own, shared = held.get(area.code, {}), joint(area.code)
    if shared is None or shared.code not in held or any(one.value is not None for one in own.values()):
        return Line(area, of, own, close)
    return Line(shared, of, {**own, **held[shared.code]}, close, area)


def _noted(shown: Beside, place: Area, *, near_wanted: bool) -> Beside:
    codes = [code for line in shown.lines for code in (line.area.code, line.stands_for.code if line.stands_for else "")]
    notes = known(shown.series.id, codes, shown.years)
    if near_wanted and not shown.neighbours:
        notes.append(
            f"The model of 2025 names no statistical neighbours of {place.full_name}; "
            f"{'its region stands beside it' if shown.region else 'nothing stands in their place'}."
        )
    earlier = {one.release for line in shown.lines for one in line.by_year.values()}
    if len(earlier) > 1:
        first = shown.series.releases[0]
        old = [
            f"“{release.title}” ({_span(shown, release.id)})"
            for release in shown.series.releases[1:]
            if release.id in earlier
        ]
        notes.append(
            f"Years that “{first.title}” does not hold are from {'; '.join(old)}."
            + (POPULATION if shown.series.of is Of.RATE else "")
        )
    return replace(shown, notes=tuple(notes))


def _span(shown: Beside, release: str) -> str:
    held = sorted({one.year for line in shown.lines for one in line.by_year.values() if one.release == release})
    return str(held[0]) if len(held) == 1 else f"{held[0]} to {held[-1]}"


def others_of(said: str) -> tuple[Others, ...]:
    """Whom to set beside a council, from words with commas between. Raises KeyworkerError for a word that is none."""
    words = [word.strip().casefold() for word in said.split(",") if word.strip()]
    unknown = [word for word in words if word not in set(Others)]
    if unknown:
        raise KeyworkerError(
            "A council can be set beside its neighbours, its region and England.",
            where=unknown[0],
            remedy="Write neighbours, region, england, with commas between.",
        )
    return tuple(one for one in Others if one in words)
