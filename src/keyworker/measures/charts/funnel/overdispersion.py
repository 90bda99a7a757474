"""How much more places differ than chance alone would make them, and so how much wider the funnel must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from keyworker.measures.about import CannotTell, Method

METHOD = Method(
    "Overdispersion by winsorised z scores (additive model)",
    "z winsorised at the 10th and 90th percentiles; φ = mean z²; where I φ > I-1,"
    " τ² = (I φ - (I-1)) / (Σw - Σw²/Σw), w = 1/s²",
    "Spiegelhalter 2005, doi:10.1002/sim.1970 and doi:10.1136/qshc.2005.013755",
)
ENOUGH = 10
"""With fewer places, a tenth at each end is not one place, and the spread of the rest says too little."""

EDGE = 0.1


@dataclass(frozen=True)
class Overdispersion:
    """How places differ beyond chance.

    Takes   phi, the mean squared z score after winsorising; tau2, the variance between places on the scale of the
            figures (0 where chance explains them); places, how many it was learned from.
    """

    phi: float
    tau2: float
    places: int
    method: Method = METHOD


def winsorised(z: Sequence[float]) -> list[float]:
    """Scores with the ends drawn in to the 10th and 90th percentiles (linear between ranks)."""
    low, high = np.quantile(np.asarray(z, dtype=float), [EDGE, 1 - EDGE])
    return [float(one) for one in np.clip(z, low, high)]


def overdispersion(z: Sequence[float], s: Sequence[float], *, enough: int = ENOUGH) -> Overdispersion | CannotTell:
    """φ and τ² from the scores of many places and their standard errors.

    Takes   z, each place's score; s, its standard error on the scale of the figures.
    """
    if len(z) < enough:
        return CannotTell(
            f"{len(z)} places cannot show how far places differ beyond chance; it takes {enough}."
            " Learn it from all councils, or chart each place against its own past"
        )
    places = len(z)
    phi = sum(one * one for one in winsorised(z)) / places
    if places * phi <= places - 1:
        return Overdispersion(phi, 0.0, places)
    w = [1 / (one * one) for one in s]
    tau2 = (places * phi - (places - 1)) / (sum(w) - sum(one * one for one in w) / sum(w))
    return Overdispersion(phi, tau2, places)
