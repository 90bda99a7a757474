"""A layout as SVG: classes for looks, so that print, forced colours and a strict content policy all hold."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from keyworker.web.throughline.shapes import Circle, Line, Path, Picture, Rect, Shape, Stop, Text


def svg(picture: Picture, *, key: str, cls: str, title: str, description: str) -> str:
    """The markup of one picture that holds keyboard stops.

    Takes   key, which makes its ids its own when a page holds several pictures.
    """
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{cls}" viewBox="0 0 {picture.width:g} {picture.height:g}"'
        f' width="{picture.width:g}" height="{picture.height:g}" role="group"'
        f' aria-labelledby="{key}-title" aria-describedby="{key}-desc">'
        f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(description)}</desc>'
        f"{_hatch(key)}"
    )
    return opening + "".join(_runs(picture.shapes, key)) + "</svg>"


def still(picture: Picture, *, key: str, cls: str, label: str) -> str:
    """The markup of a small picture that is read as one thing."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{cls}" viewBox="0 0 {picture.width:g} {picture.height:g}"'
        f' width="{picture.width:g}" height="{picture.height:g}" role="img" aria-label="{escape(label)}">'
        + "".join(_draw(shape, key) for shape in picture.shapes)
        + "</svg>"
    )


def _hatch(key: str) -> str:
    return (
        f'<defs><pattern id="{key}-hatch" class="kw-hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect class="hatch-paper" width="6" height="6"/>'
        '<line class="hatch-line" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>'
    )


def _runs(shapes: Iterable[Shape], key: str) -> Iterable[str]:
    """Silent shapes are hidden from assistive technology in runs; stops speak for them."""
    silent = False
    for shape in shapes:
        if isinstance(shape, Stop) == silent:
            yield "</g>" if silent else '<g aria-hidden="true">'
            silent = not silent
        yield _draw(shape, key)
    if silent:
        yield "</g>"


def _draw(shape: Shape, key: str) -> str:
    match shape:
        case Rect():
            fill = f' fill="url(#{key}-hatch)"' if shape.hatched else ""
            rx = f' rx="{shape.radius:g}"' if shape.radius else ""
            return (
                f'<rect class="{shape.cls}{" is-hatched" if shape.hatched else ""}" x="{shape.x:g}" y="{shape.y:g}"'
                f' width="{max(shape.width, 0):g}" height="{max(shape.height, 0):g}"{rx}{fill}/>'
            )
        case Line():
            return (
                f'<line class="{shape.cls}" x1="{shape.x1:g}" y1="{shape.y1:g}" x2="{shape.x2:g}" y2="{shape.y2:g}"/>'
            )
        case Path():
            return f'<path class="{shape.cls}" d="{shape.d}"/>'
        case Circle():
            return f'<circle class="{shape.cls}" cx="{shape.x:g}" cy="{shape.y:g}" r="{shape.r:g}"/>'
        case Text():
            turn = f' transform="rotate(-90 {shape.x:g} {shape.y:g})"' if shape.turned else ""
            anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
            return (
                f'<text class="{shape.cls}" x="{shape.x:g}" y="{shape.y:g}"{anchor}{turn}>{escape(shape.says)}</text>'
            )
        case Stop():
            name = escape(shape.label)
            return f'<a class="stop" href="#{shape.href}" aria-label="{name}">{_draw(shape.box, key)}</a>'
