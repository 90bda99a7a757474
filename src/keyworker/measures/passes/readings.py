"""Readings of time limits as a relation: `{readings cp-visit, cin-visit}` in a definition's SQL.

What is due when is counted by `clocks`, once, for pages, worklists and measures alike; a definition only says which of
it is to be counted. The columns are those of `clocks.told.TOLD`.

`{readings published cp-visit}` counts by the published limits alone: a share that others publish, or that tells how the
law was kept, is one that no setting of the council and no exception that a manager agreed can move.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from keyworker.clocks.duties import Asked, tables_read
from keyworker.clocks.engine import every_rule
from keyworker.clocks.told import TOLD, told, untold
from keyworker.facts.moment import Moment
from keyworker.measures.passes.source import Source

PREFIX = "readings "
PUBLISHED = "published "
TYPES: dict[str, type] = {name: date if name.endswith("_on") else str for name in TOLD}
# What decides how a rule is counted: the council's settings, children's own plans, exceptions, steps that are held.
LOCAL = frozenset({"setting", "child_plan", "timescale_exception", "step"})


def rules_named(name: str) -> tuple[str, ...]:
    """The rules that a name in braces asks for; none where it asks for no readings.

    Raises  KeyError for a rule that the rulebook does not have.
    """
    if not name.startswith(PREFIX):
        return ()
    rules = tuple(one.strip() for one in name.removeprefix(PREFIX).removeprefix(PUBLISHED).split(","))
    for rule in rules:
        if rule not in every_rule().rules:
            raise KeyError(rule)
    return rules


def is_published(name: str) -> bool:
    """Whether a name in braces asks for readings by the published limits alone."""
    return name.startswith(PREFIX + PUBLISHED)


@cache
def tables_behind(rules: tuple[str, ...]) -> frozenset[str]:
    """The described tables that the readings of some rules are read from."""
    return LOCAL | tables_read(every_rule().only(set(rules)))


def readings(
    source: Source, moment: Moment, rules: Sequence[str], *, published: bool = False
) -> Mapping[str, Sequence[Any]]:
    """Every reading of some rules at a moment, by column; if `published`, by the published limits alone."""
    ground = source.ground(moment).published if published else source.ground(moment)
    rulebook = ground.rulebook.only(set(rules))
    found = told(source.duties(Asked(rulebook, source.lens(moment))), rulebook, ground, moment.at)
    return {name: found[name].to_list() for name in TOLD}


def lacking(source: Source, moment: Moment, rules: Collection[str]) -> str:
    """Why readings of some rules cannot be counted, in words; empty when they can."""
    said = untold(source.ground(moment), rules) if rules else ""
    return said[:1].lower() + said[1:].removesuffix(".")
