"""What pages ask and decide of children whose worker is away or has left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from keyworker.actions.cover_decisions import WantedCover
from keyworker.actions.questions.cover_decisions import CoverTold, ToCover


class CoverDecisions(Protocol):
    """What pages ask and decide of children whose worker is away or has left."""

    def to_cover(self) -> Sequence[ToCover]:
        """The children for whom the person decides whose worker is away with nothing decided, or has left."""

    def cover_told(self, child: str) -> CoverTold:
        """How one child stands whose worker may be away."""

    def decide_cover(self, child: str, wanted: WantedCover) -> None:
        """Decide who covers, or why nobody does."""
