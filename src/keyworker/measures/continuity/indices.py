"""How often a child meets the same worker: the published indices of a sequence of visits, as exact fractions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from keyworker.measures.about import CannotTell, Method
from keyworker.measures.continuity.visits import Who

METHOD = Method(
    "Continuity of worker over visits",
    "UPC = max nᵢ/N; HHI = Σ(nᵢ/N)²; COC = (Σnᵢ² - N)/(N(N-1)); SECON = same as the one before/(N-1)",
    "Bice & Boxerman 1977; Jee & Cabana 2006, doi:10.1177/1077558705285294; Table 2 of doi:10.1186/s12913-022-07953-z",
)
NO_VISITS = CannotTell("there were no visits")
ONE_VISIT = CannotTell("one visit has none before it")
JOINT = CannotTell("it has no meaning where two workers made one visit")

Index = Fraction | CannotTell


@dataclass(frozen=True)
class Indices:
    """Every index of one child's visits.

    Takes   visits N; workers M, how many different people came; handovers, how often the next visit brought nobody from
            the one before; then upc, how much is with the main worker; hhi, how concentrated; coc, the chance that two
            visits share a worker; secon, how often the next visit brings the same face; k, mci and mmci, few workers
            for the number of visits; known_worker, visits from the second on by anyone met before.
    Show    upc and secon together. Do not show mci to managers: it never reaches 1.
    """

    visits: int
    workers: int
    handovers: int
    upc: Index
    hhi: Index
    coc: Index
    secon: Index
    k: Index
    mci: Index
    mmci: Index
    known_worker: Index
    method: Method = METHOD


@dataclass(frozen=True)
class Between:
    """The indices where it is not always known who came: as if all unknown visits were one person's, or all different.

    Takes   unknown, how many visits have no worker recorded. Where it is none, lower and upper are the same.
    """

    lower: Indices
    upper: Indices
    unknown: int


def continuity(visits: Sequence[Who]) -> Between:
    """Every index of visits in order, twice where some workers are not known: never one silent "Unknown" worker."""
    unknown = sum(not who for who in visits)
    # No identifier of a worker can be one of these: a tuple is not a string.
    apart: list[frozenset[object]] = [frozenset(who or [("unknown", at)]) for at, who in enumerate(visits)]
    alike: list[frozenset[object]] = [frozenset(who or [("unknown", 0)]) for who in visits]
    return Between(_indices(apart), _indices(alike), unknown)


def _indices(visits: Sequence[frozenset[object]]) -> Indices:
    n = len(visits)
    held: dict[object, Fraction] = defaultdict(Fraction)
    for who in visits:
        for worker in who:
            held[worker] += Fraction(1, len(who))
    m = len(held)
    same = sum(bool(before & now) for before, now in pairwise(visits))
    joint = any(len(who) > 1 for who in visits)
    hhi = sum((share * share for share in held.values()), Fraction(0)) / (n * n) if n else NO_VISITS
    coc = JOINT if joint or isinstance(hhi, CannotTell) or n < 2 else (n * hhi - 1) / (n - 1)
    room = n + Fraction(1, 10)
    few = 1 - m / room
    return Indices(
        visits=n,
        workers=m,
        handovers=max(n - 1, 0) - same,
        upc=max(held.values()) / n if n else NO_VISITS,
        hhi=hhi,
        coc=_from(2, n, coc),
        secon=_from(2, n, Fraction(same, max(n - 1, 1))),
        k=_from(2, n, JOINT if joint else Fraction(n - m, max(n - 1, 1))),
        mci=_from(1, n, JOINT if joint else few),
        mmci=_from(2, n, JOINT if joint or n < 2 else few / (1 - 1 / room)),
        known_worker=_from(2, n, Fraction(_met_before(visits), max(n - 1, 1))),
    )


def _from(fewest: int, visits: int, index: Index) -> Index:
    """An index, where there are visits enough for it to mean anything."""
    if visits >= fewest:
        return index
    return ONE_VISIT if visits else NO_VISITS


def _met_before(visits: Sequence[frozenset[object]]) -> int:
    met: set[object] = set()
    known = 0
    for at, who in enumerate(visits):
        known += at > 0 and bool(met & who)
        met |= who
    return known
