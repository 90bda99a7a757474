"""The closed sets of words that a chart uses."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Which chart it is."""

    XMR = "XmR"
    P = "p"
    P_PRIME = "p′"
    U = "u"
    U_PRIME = "u′"
    C = "c"
    G = "g"
    T = "t"


class Good(StrEnum):
    """Which way is better."""

    UP = "up is better"
    DOWN = "down is better"
    NEITHER = "neither way is better"


class Signal(StrEnum):
    """Why a point is more than the usual ups and downs, in the order in which one reason wins over another."""

    OUTSIDE = "outside the limits"
    TREND = "trend"
    TWO_OF_THREE = "two of three near a limit"
    SHIFT = "shift"


class Side(StrEnum):
    """Which way a signal points."""

    HIGH = "high"
    LOW = "low"


class Meaning(StrEnum):
    """What a point's colour and shape say."""

    COMMON = "usual variation"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class Assurance(StrEnum):
    """Whether the process, as it is now, meets its target."""

    MEET = "will consistently meet the target"
    MISS = "will consistently miss the target"
    HIT_AND_MISS = "will hit and miss the target"


def meaning(side: Side | None, good: Good) -> Meaning:
    """What a signal on one side means, by which way is better."""
    if side is None:
        return Meaning.COMMON
    if good is Good.NEITHER:
        return Meaning.NEUTRAL
    return Meaning.IMPROVEMENT if (side is Side.HIGH) == (good is Good.UP) else Meaning.CONCERN
