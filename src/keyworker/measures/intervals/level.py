"""How sure an interval is to be."""

from __future__ import annotations

from keyworker.vocabulary.errors import KeyworkerError


def tail(level: float) -> float:
    """The probability left out at each end of an interval of this level."""
    if not 0 < level < 1:
        raise KeyworkerError("A level of confidence lies between 0 and 1.", remedy="Give 0.95 for 95%.")
    return (1 - level) / 2
