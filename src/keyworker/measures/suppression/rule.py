"""Which counts are too small to be shown to those who are not responsible, and how much must stay unknown of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from keyworker.measures.about import Method
from keyworker.vocabulary.errors import KeyworkerError


class Symbol(StrEnum):
    """What stands in the place of a number."""

    CONFIDENTIAL = "c"
    NOT_APPLICABLE = "z"
    NOT_AVAILABLE = ":"
    LOW = "k"  # rounds to nought but is not nought


class Why(StrEnum):
    """Why a cell is suppressed."""

    SMALL = "small"
    EVERYONE = "everyone or no one in the group"
    FEW_CHANGED = "few changed since what was shown before"
    WOULD_GIVE_AWAY = "would give away a suppressed cell"


@dataclass(frozen=True)
class Rule:
    """A convention of suppression.

    Takes   smallest and largest, the counts that are suppressed, both ends included; must_allow, the count up to which
            a suppressed small cell must still be able to lie, from nought, for anyone who works with all that is
            shown; unanimous, whether all or none of a group is suppressed too, because then each of them is known.
    """

    smallest: int
    largest: int
    must_allow: int
    unanimous: bool
    method: Method

    def __post_init__(self) -> None:
        if not 0 <= self.smallest <= self.largest <= self.must_allow:
            raise KeyworkerError(
                "A rule of suppression hides a range of counts, and leaves at least as much unknown.",
                remedy="Give smallest, largest and must_allow in rising order.",
            )

    def small(self, count: int) -> bool:
        """Whether a count is suppressed for its own sake."""
        return self.smallest <= count <= self.largest


PUBLIC = Rule(
    1,
    5,
    5,
    False,
    Method(
        "Counts of 1 to 5 suppressed, and whatever would give them away",
        "every suppressed small cell could be anything from 0 to 5, by linear programming over all that is shown",
        "Department for Education, children in need 2020/2021, confidentiality and rounding",
    ),
)
"""Public tables: as the department suppresses children in need."""

FEWEST_REPLIES = 10


def staff(fewest: int = FEWEST_REPLIES) -> Rule:
    """Staff results: nothing that rests on fewer than ten replies, nor what all or none said. Only ever raised."""
    if fewest < FEWEST_REPLIES:
        raise KeyworkerError(
            f"Staff results need at least {FEWEST_REPLIES} replies.", remedy="Give ten or more, never fewer."
        )
    return Rule(
        1,
        fewest - 1,
        fewest - 1,
        True,
        Method(
            f"Results of fewer than {fewest} replies suppressed, and whatever would give them away",
            f"every suppressed cell could be anything from 0 to {fewest - 1}",
            "GP Patient Survey, notes on suppression; NHS trusts' staff surveys, teams of ten or more",
        ),
    )
