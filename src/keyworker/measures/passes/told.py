"""Relations that Python works out and hands to the engine: readings of time limits, today's teams, populations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from keyworker.facts.moment import Moment
from keyworker.measures.passes import population, readings, structure
from keyworker.measures.passes.source import Source

Columns = Mapping[str, Sequence[Any]]


def is_told(name: str) -> bool:
    """Whether Python works out a relation of this name."""
    return name in (structure.TEAM_TODAY, population.POPULATION) or bool(readings.rules_named(name))


def tables_behind(name: str) -> frozenset[str]:
    """The described tables that it is worked out from."""
    if name == structure.TEAM_TODAY:
        return structure.TABLES_BEHIND
    return readings.tables_behind(rules) if (rules := readings.rules_named(name)) else frozenset()


def told(source: Source, moment: Moment, name: str) -> tuple[Columns, Mapping[str, type]]:
    """Its columns and their types, as looked at from a moment."""
    if name == structure.TEAM_TODAY:
        return structure.team_today(source, moment.known_at), structure.TYPES
    if name == population.POPULATION:
        return population.published(), population.TYPES
    found = readings.readings(source, moment, readings.rules_named(name), published=readings.is_published(name))
    return found, readings.TYPES
