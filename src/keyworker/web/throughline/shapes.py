"""The few shapes that the picture is made of: where, how big, of what class. No colour is decided here."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.facts.pictures import Outcome

BREAK = "\u200b"  # where a hyphenated name may break
LETTER = 0.56  # mean width of a letter as a share of its height, in the system faces that we use


@dataclass(frozen=True)
class Rect:
    """A box. `hatched` draws the pattern that means: entered after the moment you chose."""

    x: float
    y: float
    width: float
    height: float
    cls: str
    radius: float = 0
    hatched: bool = False


@dataclass(frozen=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    cls: str


@dataclass(frozen=True)
class Path:
    """An outline."""

    d: str
    cls: str


@dataclass(frozen=True)
class Circle:
    """A disc or a ring."""

    x: float
    y: float
    r: float
    cls: str


@dataclass(frozen=True)
class Text:
    """Some words; `turned` runs them upwards."""

    x: float
    y: float
    says: str
    cls: str
    anchor: str = "start"
    turned: bool = False


@dataclass(frozen=True)
class Stop:
    """A keyboard stop: a box that leads to its row in the table, with what it says.

    Words that are seen on it are laid over it as silent shapes, for the label says more than they do.
    """

    href: str
    label: str
    box: Rect


Shape = Rect | Line | Path | Circle | Text | Stop


@dataclass(frozen=True)
class Picture:
    """A finished layout, before it is drawn."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def width_of(says: str, size: float, bold: bool = False) -> float:
    """About how wide some words will be."""
    return len(says) * size * (LETTER + (0.09 if bold else 0))


def fitting(choices: tuple[str, ...], room: float, size: float, bold: bool = False) -> str:
    """The first of these wordings that fits, or nothing."""
    return next((says for says in choices if width_of(says, size, bold) <= room), "")


def wrapped(says: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Some words broken over lines at their spaces and hyphens, each as wide as fits."""
    lines: list[str] = []
    for word in says.replace("-", "-\u200b ").split(" "):
        joined = f"{lines[-1]}{'' if lines[-1].endswith(BREAK) else ' '}{word}" if lines else word
        if lines and width_of(joined.replace(BREAK, ""), size, bold) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    return [line.replace(BREAK, "") for line in lines]


def initials(name: str) -> str:
    """The letters that stand for a name where it does not fit."""
    return "".join(part[0] for part in name.split() if part[0].isalpha())[:3].upper()


def visit_shapes(
    x: float, y: float, r: float, outcome: Outcome, later: bool
) -> tuple[Rect | Line | Path | Circle, ...]:
    """A visit as the shape of its outcome: five that differ in form, and a sixth for an outcome not recorded."""
    cls = "visit" + (" is-later" if later else "")
    match outcome:
        case Outcome.SEEN_ALONE:
            return (Circle(x, y, r, f"{cls} is-solid"),)
        case Outcome.SEEN:
            return (Circle(x, y, r - 0.75, f"{cls} is-ring"),)
        case Outcome.NOT_SEEN:
            return (Path(f"M{x - r} {y + r * 0.8:.1f}L{x} {y - r}L{x + r} {y + r * 0.8:.1f}Z", f"{cls} is-ring"),)
        case Outcome.CANCELLED:
            return (Line(x - r, y, x + r, y, f"{cls} is-dash"),)
        case Outcome.NO_ACCESS:
            k = round(r * 0.8, 1)
            return (Path(f"M{x - k} {y - k}L{x + k} {y + k}M{x - k} {y + k}L{x + k} {y - k}", f"{cls} is-cross"),)
    k = round(r * 0.7, 1)
    return (Rect(x - k, y - k, 2 * k, 2 * k, f"{cls} is-ring"),)


def diamond(x: float, y: float, r: float, cls: str) -> Path:
    """A meeting."""
    return Path(f"M{x} {y - r}L{x + r} {y}L{x} {y + r}L{x - r} {y}Z", cls)


def small_shape(kind: str, x: float, y: float, r: float, later: bool) -> Path | Circle | Rect:
    """A small mark: a triangle for supervision, a square for direct work, a bar for going missing, a dot for others."""
    cls = "small" + (" is-later" if later else "")
    lower = kind.lower()
    if "supervision" in lower:
        return Path(f"M{x - r} {y + r}L{x} {y - r}L{x + r} {y + r}Z", f"{cls} is-supervision")
    if "direct work" in lower:
        return Rect(x - r, y - r, 2 * r, 2 * r, f"{cls} is-work")
    if "missing" in lower:
        return Rect(x - r / 2, y - r - 1, r, 2 * r + 2, f"{cls} is-missing")
    return Circle(x, y, r * 0.6, f"{cls} is-contact")
