"""Which rules the record can speak of: whether any source ever supplied what starts them and what meets them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from keyworker.clocks.local import Ask
from keyworker.clocks.places import Place, PlaceKind, place
from keyworker.clocks.rules import Rule, Rulebook
from keyworker.clocks.spans import event_sql, span_sql
from keyworker.facts.relations import tables_named
from keyworker.vocabulary import TABLES, Type

_VISIT_TABLES = {"cin": "cin_visits", "cp": "cp_visits", "cla": "cla_visits"}

# A kind of step that a source supplies later was not missing before: nobody had to take one.
_STEPS = """select distinct kind from record.step s
where standing = 'reported' and recorded_at <= coalesce(%(known_at)s, recorded_at)"""
_HELD_IN = re.compile(r"^-- Held in: (.+)$", re.MULTILINE)


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
        if place.kind is PlaceKind.EVENT:
            return any(self.has(one) for one in held_in(place.what))
        if place.kind in (PlaceKind.SPAN, PlaceKind.SPAN_END):
            return bool(tables_named(span_sql(place.what)) & self.tables)
        return True

    def starts(self, rule: Rule) -> bool:
        """Whether what starts a rule is supplied, and what a child or worker must be inside for it to start."""
        inside = rule.binding.while_in
        if inside and not tables_named(span_sql(inside)) & self.tables:
            return False
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


def held_by(ask: Ask, tables: Iterable[str], steps: Iterable[str] | None = None) -> Held:
    """What the record's sources supply, from the tables that its acts name and the steps that it holds.

    Takes   steps, the kinds of step, where they are known already.
    """
    kinds = [row[0] for row in ask(_STEPS)] if steps is None else steps
    return Held((name for name in tables if name in TABLES), kinds)


@cache
def held_in(name: str) -> tuple[Place, ...]:
    """The places of which any supplies a derived event, as the header of its file names them.

    Raises  KeyError when the file does not say; UnknownPlace when it says what the vocabulary does not have.
    """
    found = _HELD_IN.search(event_sql(name))
    if found is None:
        raise KeyError(f"events/{name}.sql does not say where it is held")
    return tuple(place(_a_day_of(one.strip())) for one in found[1].split(","))


def _a_day_of(written: str) -> str:
    """A table alone stands for any of its date columns."""
    if ":" in written or "." in written:
        return written
    return next(f"{written}.{column.name}" for column in TABLES[written].columns if column.type is Type.DATE)
