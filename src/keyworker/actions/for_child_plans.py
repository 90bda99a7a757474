"""What the page for a child says of visits that were planned: who comes when, and did they come when they said.

It speaks of those alone that the family was told of: a visit that is to come unannounced stands nowhere on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.actions.pieces import LOOKS_BACK
from keyworker.facts.pictures import Outcome, WorkerRef
from keyworker.facts.planned_visits import PlannedVisit, PlanStanding
from keyworker.vocabulary.working_days import spoken

MOST = 5
"""So many planned visits that did not come about are told one by one, the latest first."""
_PARTS = {
    "morning": " in the morning",
    "afternoon": " in the afternoon",
    "after school": " after school",
    "evening": " in the evening",
}
_BY = {
    "family": "It was called off at home.",
    "worker": "The worker called it off.",
    "service": "Our office called it off.",
    "other": "Somebody else called it off.",
}
_CAME = (Outcome.SEEN, Outcome.SEEN_ALONE, Outcome.NOT_SEEN, Outcome.NO_ACCESS)


@dataclass(frozen=True)
class Promised:
    """A planned visit of which the family was told. Takes by, who was to come."""

    plan: PlannedVisit
    by: str


def promised(plans: Sequence[PlannedVisit], workers: Mapping[str, WorkerRef]) -> list[Promised]:
    """The planned visits of which the family was told, the earliest first. Takes workers, by identifier."""
    return [
        Promised(one, workers[one.worker_id].name if one.worker_id in workers else "Somebody")
        for one in plans
        if one.announced
    ]


def to_come(plans: Sequence[Promised], at: date) -> Iterator[str]:
    """Who means to come, and when."""
    for one in plans:
        if one.plan.standing(at) is PlanStanding.PLANNED:
            yield f"{one.by} plans to come on {_when(one.plan)}."


def kept_words(plans: Sequence[Promised], at: date) -> Iterator[str]:
    """Of the visits of the last year that were planned with the family, how many came about; what became of the rest.

    One that was moved counts as moved once, and what took its place for itself. A day's visit that is not written down
    yet is told as just that.
    """
    past = [
        one
        for one in plans
        if at - LOOKS_BACK < one.plan.planned_on
        and (one.plan.planned_on <= at or one.plan.ended)
        and one.plan.standing(at) is not PlanStanding.PLANNED
    ]
    if not past:
        return
    came = sum(one.plan.outcome in _CAME for one in past)
    yield f"Of {len(past)} that we planned with you, somebody came to {came}."
    others = [one for one in past if one.plan.outcome not in _CAME]
    for one in list(reversed(others))[:MOST]:
        yield f"{_when(one.plan)}: {one.by} was to come. {_became(one.plan, at)}"


def _became(one: PlannedVisit, at: date) -> str:
    match one.standing(at):
        case PlanStanding.MOVED:
            return "It was moved."
        case PlanStanding.UNRECORDED:
            return "Whether they came is not written down."
        case PlanStanding.CANCELLED:
            return _BY.get(one.ended_by or "", "It was called off.")
        case _:
            return "It was called off." if one.outcome is Outcome.CANCELLED else "What came of it is not written down."


def _when(one: PlannedVisit) -> str:
    time = f" at {one.planned_time:%H:%M}" if one.planned_time else _PARTS.get(one.part_of_day or "", "")
    return f"{one.planned_on:%A} {spoken(one.planned_on)}{time}"
