"""The rulebook behind the duties, as flat rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg

from keyworker.clocks.engine import Ground, ground_at
from keyworker.facts.moment import Moment

_COUNTS = {"who": "who visits", "own": "which visit", "where": "where", "alone": "whether alone"}


def rules_at(connection: psycopg.Connection, moment: Moment) -> list[dict[str, Any]]:
    """Every rule as flat rows, one for each edition, with what the record can say of it."""
    return rule_rows(ground_at(connection, moment), moment.at)


def rule_rows(ground: Ground, at: date) -> list[dict[str, Any]]:
    """The rules of a ground as flat rows, one for each edition; `in_force` says which speaks on a day."""
    unmet, unstarted = ground.held.unmet(ground.rulebook), ground.held.unstarted(ground.rulebook)
    rows = []
    for rule in ground.rulebook:
        for edition in (*rule.local, *rule.editions):
            method = edition.first
            bound = rule.binding
            cannot = rule.id in unstarted or rule.id in unmet
            rows.append(
                {
                    "rule": rule.id,
                    "title": rule.title,
                    "kind": bound.kind.value,
                    "about": bound.subject.value,
                    "belongs_to": bound.belongs_to,
                    "n": edition.n if method is None else method.n,
                    "unit": edition.unit if method is None else method.unit.value,
                    "direction": "before" if method is not None and method.before else "after",
                    "day_1": bool(method and method.day_one),
                    "every": edition.again.n if edition.again else None,
                    "every_unit": edition.again.unit.value if edition.again else None,
                    "from_on": edition.from_on,
                    "to_on": edition.to_on,
                    "in_force": edition is rule.edition(at),
                    "basis": "local setting" if edition.is_local else rule.basis,
                    "source": str(edition.source),
                    "set_by": edition.set_by,
                    "url": edition.source.url,
                    "unconfirmed": edition.unconfirmed,
                    "says": bound.says,
                    "starts_says": bound.starts_says,
                    "meets_says": bound.meets_says,
                    "stops_says": bound.stops_says,
                    "counts": "; ".join(f"{_COUNTS.get(name, name)}: {said}" for name, said in bound.counts.items()),
                    "readable": not cannot,
                    "needs": ", ".join(bound.needs) if cannot else "",
                }
            )
    return rows
