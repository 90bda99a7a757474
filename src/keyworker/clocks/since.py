"""From which day on a duty must have begun to have been due on or after a day: what began before need not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from keyworker.clocks.counting import HOURS_A_DAY, Method, Unit
from keyworker.clocks.due import Local, editions_of
from keyworker.clocks.local import OWN_PLAN
from keyworker.clocks.places import Place
from keyworker.clocks.rules import Rule, Rulebook

LONGEST_MONTH = 31
LONGEST_CLOSURE = 14
"""More days than weekends and bank holidays ever add to a count beside the two in each seven."""


def began_since(rulebook: Rulebook, due_since: date, local: Local) -> Mapping[str, date]:
    """By rule, a day on or after which every duty began that was due on or after another.

    Gives   nothing for a rule of which nobody can say: an event decides when it is due, a school term, or somebody's
            agreement to a later date.
    """
    moved = {rule_id for (_, rule_id), agreed in local.exceptions.items() if any(one.new_due_on for one in agreed)}
    longest = {rule.id: _longest(rule, local) for rule in rulebook if rule.id not in moved}
    return {rule_id: due_since - days for rule_id, days in longest.items() if days is not None}


def first_days(rules: Iterable[Rule], since: Mapping[str, date]) -> dict[Place, date]:
    """The day before which no event of a place is wanted, for the places that no rule wants whole.

    Takes   since, by rule, the day on or after which the duties wanted began.
    """
    found: dict[Place, date] = {}
    whole: set[Place] = set()
    for rule in rules:
        began = since.get(rule.id)
        for one in rule.binding.places:
            if began is None:
                whole.add(one)
            else:
                found[one] = min(found.get(one, began), began)
    return {one: day for one, day in found.items() if one not in whole}


def _longest(rule: Rule, local: Local) -> timedelta | None:
    """More than the days that any edition of a rule gives, or any child's own plan."""
    if rule.id == OWN_PLAN:
        said = (one.method for plans in local.own.values() for one in plans if one.method is not None)
        return max(map(at_most, said), default=timedelta())
    if rule.is_before or rule.binding.due_at:
        return None
    editions = editions_of(rule)
    if any(one.first is None and one.unit == "school_terms" for one in editions):
        return None
    methods = [method for one in editions for method in (one.first, one.again) if method is not None]
    return max(map(at_most, methods), default=timedelta())


def at_most(method: Method) -> timedelta:
    """More days than ever lie between a start and what a method counts from it."""
    if method.unit is Unit.WORKING_DAYS:
        return timedelta(days=2 * method.n + LONGEST_CLOSURE)
    if method.unit is Unit.MONTHS:
        return timedelta(days=LONGEST_MONTH * method.n + 1)
    return timedelta(days=-(-method.n // HOURS_A_DAY) + 1 if method.unit is Unit.HOURS else method.n + 1)
