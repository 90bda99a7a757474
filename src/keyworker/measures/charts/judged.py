"""From a series and a formula to a chart: sections, limits, rules and assurance, in that order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.charts.cautions import cautions
from keyworker.measures.charts.chart import Chart, Point, Section
from keyworker.measures.charts.decided import Baseline, Label, LeftOut, Rebase
from keyworker.measures.charts.limits import FEWEST, FIRM, SCREEN, Limited, Setting, moving_ranges, without_limits
from keyworker.measures.charts.rules import MAKING_DATA_COUNT, Figure, Rules, signals
from keyworker.measures.charts.series import Series
from keyworker.measures.charts.words import Assurance, Good, Kind, Meaning, meaning
from keyworker.vocabulary.errors import KeyworkerError

Formula = Callable[[Setting], Limited]


@dataclass(frozen=True)
class Plan:
    """What a chart is to be: its words, its rules and what people decided about it.

    Takes   not_whole, the points that lie before the record goes back far enough: they are drawn, and neither judged
            nor counted towards any limit.
    """

    name: str
    unit: str
    about: About
    good: Good = Good.NEITHER
    rules: Rules = MAKING_DATA_COUNT
    target: float | None = None
    baseline: Baseline | None = None
    rebases: tuple[Rebase, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    not_whole: frozenset[Label] = frozenset()


@dataclass(frozen=True)
class Scale:
    """The scale on which a chart is judged, where that is another than the one on which it is read."""

    judged: Callable[[Fraction], Figure]
    read: Callable[[Figure], float]


AS_READ = Scale(judged=lambda value: value, read=float)


def chart(kind: Kind, method: Method, given: Series, plan: Plan, formula: Formula, scale: Scale = AS_READ) -> Chart:
    """Every section of a series limited by a formula and judged by the rules."""
    values = tuple(
        None if value is None or on in plan.not_whole else scale.judged(value)
        for on, value in zip(given.on, given.values, strict=True)
    )
    points: list[Point] = []
    sections: list[Section] = []
    for first, last, rebase in _stretches(given, plan.rebases):
        section = _setting(given, values, first, last, rebase, plan)
        limited = _limited(section, formula)
        points += _points(given, first, section, limited, plan, scale)
        sections.append(_section(first, last, rebase, section, limited, scale))
    return Chart(
        kind=kind,
        name=plan.name,
        unit=plan.unit,
        per=given.per,
        points=tuple(points),
        sections=tuple(sections),
        good=plan.good,
        rules=plan.rules,
        target=plan.target,
        assurance=_assurance(points, plan),
        baseline=plan.baseline,
        warnings=cautions(kind, points, sections),
        about=plan.about,
        method=method,
    )


def _stretches(given: Series, rebases: Sequence[Rebase]) -> list[tuple[int, int, Rebase | None]]:
    """Where each section begins and ends, with the decision that began it."""
    starts: list[tuple[int, Rebase | None]] = [(0, None)]
    for rebase in sorted(rebases, key=lambda one: one.on):
        if rebase.on not in given.on or given.on.index(rebase.on) <= starts[-1][0]:
            raise KeyworkerError(
                "Limits can start afresh only at a point of the chart, after its first, and once at each.",
                where="a rebase",
                remedy="Name the first point of the new section.",
            )
        starts.append((given.on.index(rebase.on), rebase))
    ends = [*(at for at, _ in starts[1:]), len(given)]
    return [(at, end, rebase) for (at, rebase), end in zip(starts, ends, strict=True)]


def _setting(
    given: Series, values: Sequence[Figure | None], first: int, last: int, rebase: Rebase | None, plan: Plan
) -> Setting:
    aside = {one.on for one in plan.left_out}
    if aside - set(given.on):
        raise KeyworkerError(
            "A point to be left out is not on the chart.", where="a point left out", remedy="Name one of its points."
        )
    baseline = rebase.baseline if rebase else plan.baseline.points if plan.baseline else None
    until = last if baseline is None else min(first + baseline, last)
    bases = given.denominators or (Fraction(1),) * len(given)
    return Setting(
        tuple(values[first:last]),
        given.numerators[first:last],
        bases[first:last],
        tuple(at < until and given.on[at] not in aside for at in range(first, last)),
        given.per,
    )


def _limited(section: Setting, formula: Formula) -> Limited:
    used = len(section.setting)
    if used < FEWEST:
        points = "1 point" if used == 1 else f"{used} points"
        return without_limits(section, None, f"{points} can set no limits; it takes {FEWEST}")
    return formula(section)


def _points(given: Series, first: int, section: Setting, limited: Limited, plan: Plan, scale: Scale) -> list[Point]:
    aside = {one.on: one for one in plan.left_out}
    found = signals(section.values, limited.centre, limited.bounds, plan.rules)
    ranges = moving_ranges(section.values)
    points = []
    for at, (bounds, signs) in enumerate(zip(limited.bounds, found, strict=True)):
        signal, side = next(iter(signs.items()), (None, None))
        on, value = given.on[first + at], given.values[first + at]
        base = None if given.denominators is None else given.denominators[first + at]
        if on in plan.not_whole:
            points.append(_before_it_is_told(on, value, section.numerators[at], base))
            continue
        points.append(
            Point(
                on=on,
                value=_float(value),
                numerator=_float(section.numerators[at]),
                denominator=_float(base),
                centre=None if limited.centre is None else scale.read(limited.centre),
                lower=None if bounds.lower is None else scale.read(bounds.lower),
                upper=None if bounds.upper is None else scale.read(bounds.upper),
                moving_range=_float(ranges[at]),
                signal=signal,
                signals=tuple(signs),
                side=side,
                meaning=meaning(side, plan.good),
                missing="" if value is not None else _why_missing(section.numerators[at], base),
                left_out=aside.get(on),
            )
        )
    return points


def _before_it_is_told(on: Label, value: Fraction | None, top: Fraction | None, base: Fraction | None) -> Point:
    return Point(
        on=on,
        value=_float(value),
        numerator=_float(top),
        denominator=_float(base),
        centre=None,
        lower=None,
        upper=None,
        moving_range=None,
        signal=None,
        signals=(),
        side=None,
        meaning=Meaning.COMMON,
        missing="" if value is not None else _why_missing(top, base),
        is_whole=False,
    )


def _why_missing(top: Fraction | None, base: Fraction | None) -> str:
    return "nobody in the base" if top is not None and base == 0 else "no figure"


def _section(first: int, last: int, rebase: Rebase | None, section: Setting, limited: Limited, scale: Scale) -> Section:
    used = len(section.setting)
    size = _float(limited.mean_moving_range)
    return Section(
        first=first,
        last=last,
        rebase=rebase,
        used=used,
        centre=None if limited.centre is None else scale.read(limited.centre),
        trial=limited.cannot is None and used < FIRM,
        cannot=limited.cannot,
        mean_moving_range=size,
        range_limit=None if size is None else float(SCREEN) * size,
        sigma_z=limited.sigma_z,
    )


def _assurance(points: Sequence[Point], plan: Plan) -> Assurance | CannotTell:
    """Whether the limits at the last point lie wholly on one side of the target."""
    last = next((point for point in reversed(points) if point.value is not None), None)
    if plan.target is None:
        return CannotTell("no target is set")
    if plan.good is Good.NEITHER:
        return CannotTell("neither way is better, so no target can be met or missed")
    if last is None or (last.lower is None and last.upper is None):
        return CannotTell("there are no limits to set the target against")
    if last.upper is not None and plan.target > last.upper:
        return Assurance.MISS if plan.good is Good.UP else Assurance.MEET
    if last.lower is not None and plan.target < last.lower:
        return Assurance.MEET if plan.good is Good.UP else Assurance.MISS
    return Assurance.HIT_AND_MISS


def _float(value: Figure | None) -> float | None:
    return None if value is None else float(value)
