"""What each involvement role means on a day: as the council says, else as its published word says, else nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from keyworker.facts.columns.everybody import Source
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import Role
from keyworker.facts.rows import fetch_of_nobody

NONE = "none"


@dataclass(frozen=True)
class RoleWords:
    """The words for roles, each with what it meant when."""

    meanings: Mapping[str, tuple[tuple[str, date, date | None], ...]]

    def means(self, said: str | None, day: date) -> str:
        """accountable, lead, co-worker or none; unmapped for a word to which nobody has given a meaning."""
        for role, from_on, to_on in self._of(said):
            if from_on <= day and (to_on is None or to_on > day):
                return role
        return Role.UNMAPPED.value

    def always(self, said: str | None) -> str | None:
        """What a word means on every day; None for a word whose meaning changed."""
        meant = self._of(said)
        if not meant:
            return Role.UNMAPPED.value
        role, from_on, to_on = meant[0]
        return role if from_on == date.min and to_on is None else None

    def turning_days(self, said: str | None) -> set[date]:
        """The days on which a word came to mean something else."""
        return {day for _, from_on, to_on in self._of(said) for day in (from_on, to_on) if day and day != date.min}

    def _of(self, said: str | None) -> tuple[tuple[str, date, date | None], ...]:
        return self.meanings.get(" ".join((said or "").split()).lower(), ())

    def words_for(self, *roles: str) -> list[str]:
        """Every word that has ever meant one of these roles."""
        return [word for word, meant in self.meanings.items() if any(role in roles for role, _, _ in meant)]


def role_words(source: Source, lens: Lens) -> RoleWords:
    """The words as they are known through a lens."""
    found: dict[str, list[tuple[str, date, date | None]]] = defaultdict(list)
    rows = fetch_of_nobody(source, lens, "select said_key, allocation_role, from_on, to_on from {role_word} w")
    for said, role, from_on, to_on in rows:
        found[said].append((role.lower(), from_on, to_on))
    return RoleWords({said: tuple(meant) for said, meant in found.items()})
