"""Charts drawn: a chart's value made into SVG without style or script, its words, and the table that says the same."""

from keyworker.measures.drawing.drawn import Drawn, Listed, Width
from keyworker.measures.drawing.funnel import draw_funnel
from keyworker.measures.drawing.over_time import draw_chart
from keyworker.measures.drawing.survival import draw_curves

__all__ = ["Drawn", "Listed", "Width", "draw_chart", "draw_curves", "draw_funnel"]
