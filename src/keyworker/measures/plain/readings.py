"""The readings that measures count, worked out plainly: a rule and a child at a time, by the clocks' own plain code."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from keyworker.clocks.due import Local
from keyworker.clocks.engine import Ground, every_rule
from keyworker.clocks.held import Held
from keyworker.clocks.local import local_of, settled_by
from keyworker.clocks.plain.derived import DERIVED
from keyworker.clocks.plain.duties import Duty, duties
from keyworker.clocks.plain.readings import reading
from keyworker.clocks.told import untold
from keyworker.facts.reference import Reference

_SETTINGS = ("name", "applies_to", "value", "unit", "set_by", "written_in", "from_on", "to_on")
_PLANS = ("child_id", "visit_every", "unit", "set_by", "why", "from_on", "to_on")
_SAID = {"met_in_time": "yes", "met_late": "no", "cannot_tell": "cannot tell"}


@dataclass(frozen=True)
class Told:
    """One duty as a measure counts it; `met_in_time` is yes, no, cannot tell, or None while nothing has met it."""

    rule: str
    subject: str
    started_on: date
    due_on: date | None
    met_on: date | None
    stopped_on: date | None
    met_in_time: str | None


def published_readings(known: Reference, *rules: str) -> list[Told]:
    """Every duty of some deadlines by the published limits alone: no setting moves them, and no exception excuses."""
    rulebook = every_rule().only(set(rules))
    local = local_of(known.moment, _settings(known), _listed(known, "child_plan", _PLANS), ())
    return [_told(duty, known) for duty in duties(known, rulebook, local, DERIVED)]


def lacking(known: Reference, rules: Collection[str], supplied: Collection[str]) -> str:
    """Why readings of some rules cannot be counted; empty when they can.

    Takes   supplied, the tables that any source supplies.
    """
    steps = {row["kind"] for row in known.rows("step")}
    settings = _settings(known)
    ground = Ground(settled_by(every_rule(), settings), Local(), Held(supplied, steps))
    said = untold(ground, rules) if rules else ""
    return said[:1].lower() + said[1:].removesuffix(".")


def _settings(known: Reference) -> list[tuple[Any, ...]]:
    return [(row[0].lower(), *row[1:]) for row in _listed(known, "setting", _SETTINGS)]


def _told(duty: Duty, known: Reference) -> Told:
    rule, subject, started_on, due_on, met_on, stopped_on, state, *_ = reading(duty, known.moment.at)
    in_time = _SAID.get(state, "no") if met_on is not None else None
    return Told(rule, subject, started_on, due_on, met_on, stopped_on, in_time)


def _listed(known: Reference, table: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in columns) for row in sorted(known.rows(table), key=_order)]


def _order(row: dict[str, Any]) -> tuple[date, int]:
    return (row["from_on"], row["entry_id"])


def broken(found: list[Told], at: date) -> Iterator[Told]:
    """Those whose day has passed without being met in time, or that were met late."""
    for one in found:
        over = one.due_on is not None and one.due_on < at
        stopped = one.stopped_on is not None and one.due_on is not None and one.stopped_on <= one.due_on
        if over and one.met_in_time != "yes" and not stopped:
            yield one
