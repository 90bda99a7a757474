"""Charts of counted things: shares (p), events per exposure (u), plain counts (c), and Laney's p′ and u′."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

from keyworker.measures.about import Method
from keyworker.measures.charts.chart import Chart
from keyworker.measures.charts.decided import Label
from keyworker.measures.charts.judged import Plan
from keyworker.measures.charts.judged import chart as judged
from keyworker.measures.charts.laney import sigma_of
from keyworker.measures.charts.limits import Limited, Setting, around, cut, without_limits
from keyworker.measures.charts.rules import NO_BOUNDS, Bounds
from keyworker.measures.charts.series import Series, series
from keyworker.measures.charts.words import Kind
from keyworker.measures.whole import Number
from keyworker.vocabulary.errors import KeyworkerError

_BOOK = "Montgomery, Introduction to Statistical Quality Control, chapter 7"
_LANEY = "Laney 2002, doi:10.1081/QEN-120006555; Mohammed & Laney 2006, Qual Saf Health Care 15:383"
METHODS = {
    Kind.P: Method("p chart", "p ± 3 √(p(1-p)/nᵢ), cut at 0 and 1", _BOOK),
    Kind.P_PRIME: Method("p′ chart (Laney)", "p ± 3 √(p(1-p)/nᵢ) σz, cut at 0 and 1", _LANEY),
    Kind.U: Method("u chart", "u ± 3 √(u/nᵢ), cut at 0", _BOOK),
    Kind.U_PRIME: Method("u′ chart (Laney)", "u ± 3 √(u/nᵢ) σz, cut at 0", _LANEY),
    Kind.C: Method("c chart", "c ± 3 √c, cut at 0", _BOOK),
}
_ADJUSTED = {Kind.P_PRIME, Kind.U_PRIME}


def p_chart(
    on: Sequence[Label],
    numerators: Iterable[Number | None],
    denominators: Iterable[Number | None],
    *,
    plan: Plan,
    per: int = 100,
    laney: bool = False,
) -> Chart:
    """A share each month, from bases of about 20 to 1,000; with Laney's correction where bases are very large."""
    given = series(on, numerators, denominators, per)
    for top, base in zip(given.numerators, given.denominators or (), strict=True):
        if top is not None and base is not None and not 0 <= top <= base:
            raise KeyworkerError(
                "A share's numerator is not a part of its denominator.", remedy="Count both of the same people."
            )
    return _chart(Kind.P_PRIME if laney else Kind.P, given, plan)


def u_chart(
    on: Sequence[Label],
    events: Iterable[Number | None],
    exposures: Iterable[Number | None],
    *,
    plan: Plan,
    per: int = 1,
    laney: bool = False,
) -> Chart:
    """Events each month for the exposure of that month, such as changes of worker per child-month."""
    given = series(on, events, exposures, per)
    _no_event_below_nought(given)
    return _chart(Kind.U_PRIME if laney else Kind.U, given, plan)


def c_chart(on: Sequence[Label], counts: Iterable[Number | None], *, plan: Plan) -> Chart:
    """A plain count each month, where the exposure is the same every month."""
    given = series(on, counts)
    _no_event_below_nought(given)
    return _chart(Kind.C, given, plan)


def _no_event_below_nought(given: Series) -> None:
    if any(top is not None and top < 0 for top in given.numerators):
        raise KeyworkerError("A number of events is below nought.", remedy="Count again.")


def _chart(kind: Kind, given: Series, plan: Plan) -> Chart:
    return judged(kind, METHODS[kind], given, plan, lambda section: _limits(kind, section))


def _limits(kind: Kind, section: Setting) -> Limited:
    share = section.pooled()
    centre = share * section.per
    is_share = kind in {Kind.P, Kind.P_PRIME}
    variance = float(share * (1 - share) if is_share else share)
    if not variance:
        return without_limits(section, centre, "the points that set the limits do not vary")
    deviations = [None if not base else sqrt(variance / float(base)) * section.per for base in section.denominators]
    sigma = 1.0
    if kind in _ADJUSTED:
        found = sigma_of(section, centre, deviations)
        if not found:
            why = (
                "no two neighbouring points" if found is None else "the points do not vary beyond their bases, and none"
            )
            return without_limits(section, centre, f"{why} set the limits' size")
        sigma = found
    ceiling = section.per if is_share else None
    bounds: list[Bounds] = [
        NO_BOUNDS if one is None else cut(around(float(centre), 3 * one * sigma), 0, ceiling) for one in deviations
    ]
    return Limited(centre, tuple(bounds), sigma_z=sigma if kind in _ADJUSTED else None)
