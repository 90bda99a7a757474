"""The closed sets of words of a funnel plot."""

from __future__ import annotations

from enum import StrEnum


class Places(StrEnum):
    """What is compared. A worker is not among them: people are never set beside one another."""

    TEAMS = "teams"
    DISTRICTS = "districts"
    COUNCILS = "councils"
    REGIONS = "regions"


class Of(StrEnum):
    """What the figures are: so many of so many, or events over exposure."""

    SHARE = "share"
    RATE = "rate"


class Drawn(StrEnum):
    """Which limits are drawn; each funnel says so."""

    QUANTILES = "limits from binomial or Poisson quantiles"
    NORMAL = "normal limits"
    NORMAL_WIDENED = "normal limits widened for overdispersion"
    CONFIDENCE = "exact confidence limits about the expected count, used as control limits"


class Standing(StrEnum):
    """Where a place lies in the funnel."""

    WITHIN = "within the limits"
    BEYOND_95 = "beyond the 95% limits"
    BEYOND_998 = "beyond the 99.8% limits"
    NOT_PLACED = "not placed"
