"""A statement of named steps, and the small pieces of SQL that every step is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

THE_KEY = "the key itself"
CLAIM = "rank desc, since_on desc, order_id desc"
NEAR = "from_on <= %(last)s and (to_on is null or (to_on > %(first)s and to_on > from_on))"


@dataclass
class Statement:
    """Common table expressions in order, and the query below them."""

    steps: list[tuple[str, str]] = field(default_factory=list)

    def step(self, name: str, sql: str) -> str:
        """Add a named step; gives its name."""
        self.steps.append((name, sql))
        return name

    def sql(self, last: str, before: Iterable[tuple[str, str]] = ()) -> str:
        """The whole statement. Takes before, steps that come first."""
        steps = [*before, *self.steps]
        return "with " + ",\n".join(f"{name} as (\n{sql}\n)" for name, sql in steps) + "\n" + last


@dataclass(frozen=True)
class Bits:
    """The numbers that hold the bits of a series, as columns `b0`, `b1`, …"""

    words: range

    @property
    def names(self) -> list[str]:
        """The columns."""
        return [f"b{word}" for word in self.words]

    def each(self, pattern: str) -> str:
        """A pattern for each column, with commas between; `{b}` is the column, `{n}` its number."""
        return ", ".join(pattern.format(b=f"b{word}", n=word) for word in self.words)

    def some(self, pattern: str) -> str:
        """That a pattern is not nought for some column."""
        return " or ".join(f"({pattern.format(b=f'b{word}', n=word)}) <> 0" for word in self.words)

    @property
    def ored(self) -> str:
        """All that any of a group's rows has."""
        return self.each("bit_or({b}) as {b}")


def bit(word: int, place: int) -> str:
    """That a date's bit is set."""
    return f"(b{word} >> {place}) & 1 = 1"


def listed(*names: Iterable[str]) -> str:
    """Names with commas between, each once."""
    return ", ".join(dict.fromkeys(name for some in names for name in some))


def by(names: Sequence[str]) -> str:
    """Grouped by these names, or not grouped."""
    return f" group by {', '.join(names)}" if names else ""


def otherwise(said: str | None, key: str) -> str:
    """What stands for the group of a key that no row covers."""
    if said is None:
        return "null"
    return key if said == THE_KEY else f"case when {key} is not null then '{said}' end"
