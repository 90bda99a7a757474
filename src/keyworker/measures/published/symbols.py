"""What stands in a published table where there is no number, kept as what it is: never a nought."""

from __future__ import annotations

from enum import StrEnum


class Symbol(StrEnum):
    """Why a published table has no number."""

    SUPPRESSED = "c"
    NOT_AVAILABLE = "x"
    NOT_APPLICABLE = "z"
    LOW_RELIABILITY = "u"
    UNDER_HALF = "k"
    LOW = "low"
    NOT_SAID = "-"
    BLANK = ""

    @property
    def says(self) -> str:
        """The symbol in words."""
        return _SAYS[self]


_SAYS = {
    Symbol.SUPPRESSED: "suppressed by the publisher",
    Symbol.NOT_AVAILABLE: "not available",
    Symbol.NOT_APPLICABLE: "not applicable",
    Symbol.LOW_RELIABILITY: "not published: low reliability",
    Symbol.UNDER_HALF: "k: rounds to nought, or is missing for another reason",
    Symbol.LOW: "rounds to nought, but is not nought",
    Symbol.NOT_SAID: "missing or suppressed: the source does not say which",
    Symbol.BLANK: "left blank by the publisher",
}

# The first of these stands for a figure that is worked out from several, some of which have no number.
GRAVEST = (
    Symbol.NOT_APPLICABLE,
    Symbol.NOT_AVAILABLE,
    Symbol.LOW_RELIABILITY,
    Symbol.SUPPRESSED,
    Symbol.NOT_SAID,
    Symbol.UNDER_HALF,
    Symbol.LOW,
    Symbol.BLANK,
)


def gravest(symbols: set[Symbol]) -> Symbol | None:
    """The symbol that stands for several, None for none."""
    return next((one for one in GRAVEST if one in symbols), None)
