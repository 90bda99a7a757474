"""Which rules the record can speak of: whether any source ever supplied what starts them and what meets them."""

from __future__ import annotations

from collections.abc import Iterable

from keyworker.clocks.local import Ask
from keyworker.clocks.places import Place, PlaceKind
from keyworker.clocks.rules import Rule, Rulebook
from keyworker.vocabulary import TABLES

_VISIT_TABLES = {"cin": "cin_visits", "cp": "cp_visits", "cla": "cla_visits"}


class Held:
    """What the record's sources supply.

    Takes   tables, those that any act wrote or a source's extract held, even if empty; steps, the kinds of step of
            which there is any.
    """

    def __init__(self, tables: Iterable[str], steps: Iterable[str]) -> None:
        self.tables = frozenset(tables)
        self.steps = frozenset(steps)

    def has(self, place: Place) -> bool:
        """Whether any source supplies a place's events."""
        if place.kind is PlaceKind.STEP:
            return place.what in self.steps
        if place.kind is PlaceKind.COLUMN:
            return place.table in self.tables
        if place.kind is PlaceKind.VISIT:
            wanted = (
                {_VISIT_TABLES.get(place.what, "other_visit")} if place.what != "any" else set(_VISIT_TABLES.values())
            )
            return bool(wanted & self.tables)
        return True

    def starts(self, rule: Rule) -> bool:
        """Whether anything that starts a rule is supplied."""
        return any(self.has(place) for place in rule.binding.starts)

    def meets(self, rule: Rule) -> bool:
        """Whether anything that meets a rule is supplied."""
        return any(self.has(place) for place in rule.binding.meets)

    def unmet(self, rulebook: Rulebook) -> frozenset[str]:
        """The rules of which nothing that meets them is supplied, so that nobody can tell whether it happened."""
        return frozenset(rule.id for rule in rulebook if not self.meets(rule))

    def unstarted(self, rulebook: Rulebook) -> frozenset[str]:
        """The rules of which nothing that starts them is supplied, so that nobody can tell whether they apply."""
        return frozenset(rule.id for rule in rulebook if not self.starts(rule))


def held_by(ask: Ask, tables: Iterable[str]) -> Held:
    """What the record's sources supply, from the tables that its acts name and the steps that it holds."""
    steps = [row[0] for row in ask("select distinct kind from {step} s")]
    return Held((name for name in tables if name in TABLES), steps)
