"""What every result carries: of whom, when, from where, by which method; and what is said where there is no answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    """What a number rests on, so that it can be read alone.

    Takes   base, of whom or what it is ("children on a child protection plan"); period, the days that it covers, in
            words; source, where the figures came from and as known when.
    """

    base: str
    period: str
    source: str


@dataclass(frozen=True)
class Method:
    """How a number was worked out, and who published the way to do it."""

    name: str
    formula: str
    source: str


@dataclass(frozen=True)
class CannotTell:
    """An answer that says why there is no number. It is never a zero and never an empty space.

    Takes   reason, part of a sentence fit for a page: it follows "Cannot tell: ".
    """

    reason: str

    def __str__(self) -> str:
        return f"Cannot tell: {self.reason}"
