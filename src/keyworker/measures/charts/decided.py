"""What a person decided about a chart: a new start for its limits, the points that set them, a point left out.

Nothing here is ever decided by the program. Each decision carries who made it, when and why, wherever the chart goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keyworker.vocabulary.errors import KeyworkerError

Label = date | int
"""Where a point stands along a chart: its day, or its number where the source gives no days."""


@dataclass(frozen=True)
class Decision:
    """Who decided, on which day, and why."""

    by: str
    decided_on: date
    why: str

    def __post_init__(self) -> None:
        if not self.by.strip() or not self.why.strip():
            raise KeyworkerError(
                "A chart's limits are changed only by a person with a reason.", remedy="Say who decides, and why."
            )


@dataclass(frozen=True)
class Rebase:
    """Limits worked out afresh from a point on, because a person says that the process is a different one.

    Takes   on, the first point of the new section; the four questions, each of which must be answered yes; baseline,
            how many of the section's first points set its limits (None for all).
    """

    on: Label
    decision: Decision
    behaves_clearly_differently: bool
    cause_is_known: bool
    change_is_wanted_or_accepted: bool
    expected_to_last: bool
    baseline: int | None = None

    def __post_init__(self) -> None:
        if not (
            self.behaves_clearly_differently
            and self.cause_is_known
            and self.change_is_wanted_or_accepted
            and self.expected_to_last
        ):
            raise KeyworkerError(
                "Limits start afresh only where all four questions are answered yes: clearly different behaviour, known"
                " cause, change wanted or accepted, expected to last.",
                remedy="Leave the limits as they are: the chart then goes on showing the change.",
            )
        _positive(self.baseline)


@dataclass(frozen=True)
class Baseline:
    """The first points of a chart, which alone set its limits; the points after are judged by them."""

    points: int
    decision: Decision

    def __post_init__(self) -> None:
        _positive(self.points)


@dataclass(frozen=True)
class LeftOut:
    """A point that is drawn and judged but sets no limit, because its cause is known and will not come again."""

    on: Label
    decision: Decision


def _positive(points: int | None) -> None:
    if points is not None and points < 1:
        raise KeyworkerError("A baseline has at least one point.", remedy="Say how many points set the limits.")
