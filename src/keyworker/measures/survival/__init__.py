"""How long things last: a worker with a child, a person in a post. Late entry and ends not seen are allowed for."""

from keyworker.measures.survival.causes import Cause, by_cause
from keyworker.measures.survival.compared import HazardRatio, LogRank, hazard_ratio, log_rank
from keyworker.measures.survival.kaplan_meier import Curve, Quantile, Step, kaplan_meier
from keyworker.measures.survival.lives import CHANGED, CLOSED, first_change, worker_spells
from keyworker.measures.survival.rates import ends_per
from keyworker.measures.survival.spells import Spell, spells

__all__ = [
    "CHANGED",
    "CLOSED",
    "Cause",
    "Curve",
    "HazardRatio",
    "LogRank",
    "Quantile",
    "Spell",
    "Step",
    "by_cause",
    "ends_per",
    "first_change",
    "hazard_ratio",
    "kaplan_meier",
    "log_rank",
    "spells",
    "worker_spells",
]
