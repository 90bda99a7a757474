"""Funnel plots for teams, districts and councils: never for people, and never a ranking."""

from keyworker.measures.charts.funnel.limits import deviation, walls
from keyworker.measures.charts.funnel.overdispersion import Overdispersion, overdispersion, winsorised
from keyworker.measures.charts.funnel.plot import Funnel, Placed, funnel
from keyworker.measures.charts.funnel.words import Drawn, Of, Places, Standing

__all__ = [
    "Drawn",
    "Funnel",
    "Of",
    "Overdispersion",
    "Placed",
    "Places",
    "Standing",
    "deviation",
    "funnel",
    "overdispersion",
    "walls",
    "winsorised",
]
