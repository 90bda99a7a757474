"""The few marks of which a chart is made, as SVG that needs no style: attributes and classes, never inline style.

All that must be seen takes the colour of the words around it, so that it holds in forced colours, in greyscale and on
paper. Colour is added only to marks that a shape already tells apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from keyworker.measures.charts.words import Meaning

LETTER, BOLD_LETTER = 0.56, 0.64
"""The mean width of a letter as a share of its height, in the system faces that pages use; plain and bold."""

BLUE, ORANGE, GREY = "#1d6fb8", "#d9730d", "#9aa3a9"

Point = tuple[float, float]


def line(x1: float, y1: float, x2: float, y2: float, cls: str, width: float = 1, dash: str = "") -> str:
    """A straight line."""
    return (
        f'<line class="{cls}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        f' stroke="currentColor" stroke-width="{width:g}"{_dashed(dash)}/>'
    )


def path(points: Sequence[Point], cls: str, width: float = 1.5, dash: str = "", *, stepped: bool = False) -> str:
    """A line through points, straight from one to the next or in steps; nothing where there are fewer than two."""
    if len(points) < 2:
        return ""
    (x, y), *rest = points
    drawn = f"M{x:.1f} {y:.1f}"
    for x, y in rest:
        drawn += f"H{x:.1f}V{y:.1f}" if stepped else f"L{x:.1f} {y:.1f}"
    return (
        f'<path class="{cls}" d="{drawn}" fill="none" stroke="currentColor" stroke-width="{width:g}"'
        f' stroke-linejoin="round"{_dashed(dash)}/>'
    )


def words(
    x: float, y: float, says: str, cls: str, *, size: float = 12, anchor: str = "start", bold: bool = False
) -> str:
    """Some words on one line."""
    weight = ' font-weight="700"' if bold else ""
    at = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text class="{cls}" x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="currentColor"{weight}{at}>'
        f"{escape(says)}</text>"
    )


def faint_dot(x: float, y: float) -> str:
    """A point that is not whole: a thin ring with nothing in it."""
    return (
        f'<circle class="is-not-whole" cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="none" stroke="currentColor"'
        ' stroke-width="1" stroke-opacity="0.6"/>'
    )


def dot(x: float, y: float, meaning: Meaning, *, left_out: bool = False) -> str:
    """One point: a dot for usual variation, a blue disc, an orange diamond or a grey square for more than that."""
    edge = 'stroke="currentColor" stroke-width="1.5"'
    match meaning:
        case Meaning.IMPROVEMENT:
            mark = f'<circle class="is-improvement" cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{BLUE}" {edge}/>'
        case Meaning.CONCERN:
            outline = f"M{x:.1f} {y - 7:.1f}l7 7-7 7-7-7z"
            mark = f'<path class="is-concern" d="{outline}" fill="{ORANGE}" {edge}/>'
        case Meaning.NEUTRAL:
            mark = (
                f'<rect class="is-neutral" x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9"'
                f' fill="{GREY}" {edge}/>'
            )
        case Meaning.COMMON:
            mark = f'<circle class="is-usual" cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="currentColor"/>'
    return mark + (path([(x - 6, y + 6), (x + 6, y - 6)], "is-left-out") if left_out else "")


def ring(x: float, y: float) -> str:
    """A ring about the one point that the reader came for."""
    return f'<circle class="own" cx="{x:.1f}" cy="{y:.1f}" r="9" fill="none" stroke="currentColor" stroke-width="2"/>'


def wrapped(says: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Words broken into lines that fit a width, by an estimate of how wide letters are."""
    most = max(int(width / (size * (BOLD_LETTER if bold else LETTER))), 1)
    lines: list[str] = []
    for word in says.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def wide(says: str, size: float = 12) -> float:
    """About how wide some words are."""
    return len(says) * size * LETTER


def picture(width: float, height: float, inside: Iterable[str], *, key: str, title: str, description: str) -> str:
    """The whole drawing, read as one image by its title and description.

    Takes   key, which makes its ids its own where a page holds several.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="kw-chart" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="img" aria-labelledby="{key}-title {key}-desc"'
        ' font-family="system-ui, sans-serif">'
        f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(description)}</desc>'
        + "".join(inside)
        + "</svg>"
    )


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""
