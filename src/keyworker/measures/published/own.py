"""The record's own figure beside the published one for the same day, with what lies between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from keyworker.measures.about import CannotTell
from keyworker.measures.catalogue import catalogue
from keyworker.measures.published.figures import Figure
from keyworker.measures.published.series import Of, Series
from keyworker.measures.registry import Definition, shipped
from keyworker.measures.rows import MeasureRow
from keyworker.vocabulary.working_days import spoken

MOST_YEARS = 6


@dataclass(frozen=True)
class Answer:
    """The definition by which the record answers a published measure.

    Takes   counts, whether what is set side by side are the counts under a rate, not the rate: the record holds no
            population.
    """

    definition: Definition
    counts: bool


@dataclass(frozen=True)
class Own:
    """One day's own figure beside the published one; `difference` is own less published, None where either lacks.

    Takes   counts, whether these are the counts under a rate.
    """

    year: int
    day: date
    published: float | None
    own: float | None
    difference: float | None
    says: str
    counts: bool = False


def answer(series: Series) -> Answer | CannotTell:
    """The definition that answers a measure of the catalogue in the same unit, or why none does."""
    found = next(one for one in catalogue() if one.id == series.id)
    known = [shipped().definition(name) for name in found.definitions]
    if not known:
        return CannotTell(f"{found.reason.removeprefix('cannot tell: ') or 'no definition answers it'}")
    if series.apart:
        return CannotTell(series.apart)
    if series.bands:
        return CannotTell("its bands are set side by side by `keyworker measure`, not here")
    counted = next((one for one in known if series.of is Of.RATE and not one.bands and not one.divided), None)
    if counted is not None and series.publishes_counts:
        return Answer(counted, counts=True)
    for one in known:
        if not one.bands and _alike(one, series):
            return Answer(one, counts=False)
    return CannotTell("its definition is parted in bands, or counts in another unit than the published figure")


def _alike(one: Definition, series: Series) -> bool:
    """Whether a definition gives the figure itself: in its unit (episodes per 10,000 is per 10,000), times as much."""
    divided = series.of in (Of.SHARE, Of.RATE)
    return one.unit.endswith(series.unit) and (not divided or (one.divided and one.per == series.per))


def days_of(series: Series, years: Iterable[int], at: date) -> tuple[date, ...]:
    """The last few published days that are not after a day."""
    return tuple(day for year in years if (day := series.day(year)) <= at)[-MOST_YEARS:]


def own_beside(
    series: Series,
    found: Answer,
    rows: Iterable[MeasureRow],
    held: Mapping[int, Figure],
    *,
    same_council: bool,
) -> tuple[Own, ...]:
    """Each day's own figure, the published one, and what lies between them in words.

    Takes   rows, of which those that are not known to be whole are not told.
    """
    found_rows = []
    for row in rows:
        figure = held.get(row.at.year)
        if not row.is_whole:
            published = None if figure is None else _number(figure.numerator) if found.counts else figure.value
            found_rows.append(Own(row.at.year, row.at, published, None, None, _not_whole(row.whole_from), found.counts))
        else:
            found_rows.append(_own(series, found, row, figure, same_council))
    return tuple(found_rows)


def _not_whole(whole_from: date | None) -> str:
    if whole_from is None:
        return "Cannot tell: nothing says how far back the record goes."
    return f"Cannot tell: for this the record is whole from {spoken(whole_from)}, and holds survivors before it."


def _own(series: Series, found: Answer, row: MeasureRow, figure: Figure | None, same_council: bool) -> Own:
    own = None if row.suppressed else _number(row.numerator) if found.counts else row.value
    if own is not None and series.complement:
        own = series.per - own
    published = None if figure is None else _number(figure.numerator) if found.counts else figure.value
    if own is None or published is None:
        why = _why_no_own(row) if own is None else _why_not_published(figure, found.counts)
        return Own(row.at.year, row.at, published, own, None, why, found.counts)
    difference = own - published
    half = 0.5 if found.counts else 0.5 * 10**-series.decimals
    return Own(row.at.year, row.at, published, own, difference, _says(difference, half, same_council), found.counts)


def _says(difference: float, half: float, same_council: bool) -> str:
    if not same_council:
        return "Of another council than this record’s, so the two need not agree."
    if abs(difference) <= half + 1e-9:
        return "The same, to the rounding of the published figure."
    return (
        "More than rounding. The return held what was known when it was made; this counts what is known at the moment "
        "shown, with later entries and corrections, and without rows that were set aside."
    )


def _why_no_own(row: MeasureRow) -> str:
    if row.suppressed:
        return "Suppressed: so few would show whom it counts."
    return row.reason or "The record has nobody to count on that day."


def _why_not_published(figure: Figure | None, counts: bool) -> str:
    if figure is None:
        return "Nothing was published for that day."
    if figure.symbol is not None:
        return f"Published: {figure.symbol.says}."
    return "Only the rate was published, not the count under it." if counts else "Nothing was published for that day."


def _number(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]
