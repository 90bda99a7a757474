"""Charts over time and of places, with judgement: what is usual variation and what is more, never a ranking of people.

Start with `xmr`, the default for every measure. A chart is a value; `keyworker.measures.drawing` draws it.
"""

from keyworker.measures.charts.attributes import c_chart, p_chart, u_chart
from keyworker.measures.charts.cautions import autocorrelation
from keyworker.measures.charts.chance import ByChance, by_chance
from keyworker.measures.charts.chart import Chart, Point, Section
from keyworker.measures.charts.decided import Baseline, Decision, LeftOut, Rebase
from keyworker.measures.charts.judged import Plan
from keyworker.measures.charts.rare import days_between, g_chart, t_chart
from keyworker.measures.charts.rules import MAKING_DATA_COUNT, Rules
from keyworker.measures.charts.runs import RunChart, run_chart
from keyworker.measures.charts.series import Series, every_month
from keyworker.measures.charts.words import Assurance, Good, Kind, Meaning, Side, Signal
from keyworker.measures.charts.xmr import xmr, xmr_of

__all__ = [
    "MAKING_DATA_COUNT",
    "Assurance",
    "Baseline",
    "ByChance",
    "Chart",
    "Decision",
    "Good",
    "Kind",
    "LeftOut",
    "Meaning",
    "Plan",
    "Point",
    "Rebase",
    "Rules",
    "RunChart",
    "Section",
    "Series",
    "Side",
    "Signal",
    "autocorrelation",
    "by_chance",
    "c_chart",
    "days_between",
    "every_month",
    "g_chart",
    "p_chart",
    "run_chart",
    "t_chart",
    "u_chart",
    "xmr",
    "xmr_of",
]
