"""A funnel plot: places of different sizes against one figure, with room for chance, and no order but that of names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import SupportsIndex

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.charts.funnel.limits import Walls, deviation, walls
from keyworker.measures.charts.funnel.overdispersion import ENOUGH, Overdispersion, overdispersion
from keyworker.measures.charts.funnel.words import Drawn, Of, Places, Standing
from keyworker.measures.charts.words import Good, Meaning, Side, meaning
from keyworker.measures.whole import Number, count, exact
from keyworker.vocabulary.errors import KeyworkerError

METHOD = Method(
    "Funnel plot",
    "share: p₀ ± z √(p₀(1-p₀)/nᵢ + τ²); rate: u₀ ± z √(u₀/nᵢ + τ²); 95% and 99.8%",
    "Spiegelhalter 2005, doi:10.1002/sim.1970",
)


@dataclass(frozen=True)
class Placed:
    """One place in the funnel; `value` is None where it has no base, and then it is not placed."""

    name: str
    numerator: int
    denominator: float
    value: float | None
    z: float | None
    walls: Walls | None
    standing: Standing
    side: Side | None
    meaning: Meaning


@dataclass(frozen=True)
class Funnel:
    """Places against a target, with what chance allows each for its size.

    Takes   target, the figure of all places together, or one that was set; drawn, which limits these are; widened, the
            overdispersion by which they are (or why there is none).
    """

    name: str
    unit: str
    per: int
    of: Of
    places: Places
    placed: tuple[Placed, ...]
    target: float
    target_is_set: bool
    drawn: Drawn
    widened: Overdispersion | CannotTell
    good: Good
    about: About
    method: Method = METHOD

    @property
    def beyond_by_chance(self) -> tuple[float, float]:
        """How many places would lie beyond the 95% and the 99.8% limits by chance alone."""
        placed = sum(1 for one in self.placed if one.value is not None)
        return 0.05 * placed, 0.002 * placed

    def walls_at(self, base: float) -> Walls:
        """The limits for a place of any size, to draw them by."""
        tau2 = self.widened.tau2 if isinstance(self.widened, Overdispersion) else 0.0
        return walls(self.of, self.drawn, self.target, base, tau2)


def funnel(
    names: Sequence[str],
    numerators: Sequence[SupportsIndex],
    denominators: Sequence[Number],
    *,
    places: Places,
    of: Of,
    name: str,
    unit: str,
    about: About,
    good: Good = Good.NEITHER,
    target: float | None = None,
    widened: Overdispersion | None = None,
    drawn: Drawn | None = None,
    per: int = 1,
    enough: int = ENOUGH,
) -> Funnel | CannotTell:
    """Teams, districts or councils compared with room for chance.

    Takes   target, a figure on the scale of numerator over denominator (None for all places together); widened, an
            overdispersion learned from more places than these; drawn, which limits (None lets the data choose: widened
            where places differ beyond chance, quantiles where they do not).
    Gives   the funnel, or why there can be none. Places stand by name.
    """
    tops = [count(one, "numerator") for one in numerators]
    bases = [float(exact(one)) for one in denominators]
    _refuse_misfits(of, tops, bases, names)
    there = [(top, base) for top, base in zip(tops, bases, strict=True) if base]
    if not there:
        return CannotTell(f"none of the {places} had anybody in the base")
    level = target if target is not None else sum(top for top, _ in there) / sum(base for _, base in there)
    if level <= 0 or (of is Of.SHARE and level >= 1):
        return CannotTell("all places together stand at the very end of the scale, so chance leaves no room about it")
    s = [deviation(of, level, base) for _, base in there]
    z = [(top / base - level) / one for (top, base), one in zip(there, s, strict=True)]
    spread = widened or overdispersion(z, s, enough=enough)
    tau2 = spread.tau2 if isinstance(spread, Overdispersion) else 0.0
    chosen = drawn or (Drawn.NORMAL_WIDENED if tau2 else Drawn.QUANTILES)
    if chosen is not Drawn.NORMAL_WIDENED:
        tau2 = 0.0
    placed = [
        _place(one, top, base, of, chosen, level, tau2, good)
        for one, top, base in sorted(zip(names, tops, bases, strict=True), key=lambda row: row[0])
    ]
    return Funnel(name, unit, per, of, places, tuple(placed), level, target is not None, chosen, spread, good, about)


def _place(name: str, top: int, base: float, of: Of, drawn: Drawn, target: float, tau2: float, good: Good) -> Placed:
    if not base:
        return Placed(name, top, base, None, None, None, Standing.NOT_PLACED, None, Meaning.COMMON)
    value, limits = top / base, walls(of, drawn, target, base, tau2)
    z = (value - target) / (deviation(of, target, base) ** 2 + tau2) ** 0.5
    low, high, far_low, far_high = limits
    standing, side = Standing.WITHIN, None
    # The count is what chance moves, in whole steps: compare counts, so that rounding a share moves no place.
    if top < round(low * base, 9) or top > round(high * base, 9):
        side = Side.HIGH if value > target else Side.LOW
        far = top < round(far_low * base, 9) or top > round(far_high * base, 9)
        standing = Standing.BEYOND_998 if far else Standing.BEYOND_95
    return Placed(name, top, base, value, z, limits, standing, side, meaning(side, good))


def _refuse_misfits(of: Of, tops: Sequence[int], bases: Sequence[float], names: Sequence[str]) -> None:
    if len(set(names)) != len(names):
        raise KeyworkerError("Two places of a funnel have one name.", remedy="Name each place once.")
    if any(base < 0 for base in bases) or (of is Of.SHARE and any(x > n for x, n in zip(tops, bases, strict=True))):
        raise KeyworkerError(
            "A place's numerator is not a part of its denominator.", remedy="Count both of the same children."
        )
    if any(x and not n for x, n in zip(tops, bases, strict=True)):
        raise KeyworkerError("A place has events without a base.", remedy="Count the base of the same period.")
