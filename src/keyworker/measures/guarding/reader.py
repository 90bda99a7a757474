"""For which groups a reader is responsible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PLACES = {"district": "districts", "district today": "districts", "team": "teams", "team today": "teams"}


@dataclass(frozen=True)
class Reader:
    """Whose figures somebody may see whatever their size.

    Takes   everything, whether it is all of them; districts and teams, by the names that groups give them.
    """

    everything: bool = False
    districts: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()

    @property
    def answers_for_nobody(self) -> bool:
        """Whether the reader is responsible for no group."""
        return not (self.everything or self.districts or self.teams)

    def answers_for(self, group: Mapping[str, str | None]) -> bool:
        """Whether the reader is responsible for a group: for all, or for its district or its team."""
        if self.everything:
            return True
        held = {"districts": self.districts, "teams": self.teams}
        return any(group.get(name) in held[of] for name, of in PLACES.items() if group.get(name) is not None)


EVERYTHING = Reader(everything=True)
NOBODYS = Reader()
