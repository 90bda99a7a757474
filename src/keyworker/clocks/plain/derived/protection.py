"""Plain twins: enquiries, conferences, child protection plans and emergency orders."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from keyworker.clocks.plain.events import Events, Happened, Span, Spans
from keyworker.clocks.plain.told import DAY, in_force, of_child, periods, steps, told
from keyworker.facts.reference import Reference, Row

WEEK = timedelta(days=7)


def enquiry_began(facts: Reference) -> Iterator[Happened]:
    """The strategy discussion that began each enquiry, the first that decided on it or the last; or its own start."""
    talks = [row for row in steps(facts, "strategy discussion") if row["outcome"] != "no enquiry"]
    for row in facts.rows("s47_enquiry"):
        from_on = row["from_on"]
        near = [one for one in of_child(talks, row["child_id"]) if from_on - WEEK <= one["happened_on"] <= from_on]
        decided = [one["happened_on"] for one in near if one["outcome"] == "enquiry"]
        day = min(decided) if decided else max((one["happened_on"] for one in near), default=from_on)
        yield told(row, row["child_id"], day, row["from_time"] if day == from_on else None)


def conference_not_needed(facts: Reference) -> Iterator[Happened]:
    """Enquiries that led to no conference and say that none was needed."""
    held = [row["s47_enquiry_id"] for row in facts.rows("initial_cp_conference") if row["happened_on"]]
    for row in facts.rows("s47_enquiry"):
        says = row["nfa"] is True or (row["to_on"] is not None and _asks_for_none(row["outcome_json"]))
        if says and row["s47_enquiry_id"] not in held:
            yield told(row, row["child_id"], row["to_on"] - DAY if row["to_on"] else row["from_on"])


def seen_with_others(facts: Reference) -> Iterator[Happened]:
    """Visits under a plan at which the child was seen, but not alone."""
    for row in facts.visits():
        if row["kind"] == "cp" and row["outcome"] == "seen":
            yield told(row, row["child_id"], row["happened_on"])


def police_protection_began(facts: Reference) -> Iterator[Happened]:
    """Starts of police protection: the step, or else the legal status."""
    told_by_step = [row for row in steps(facts, "police protection") if row["child_id"]]
    for row in told_by_step:
        yield told(row, row["child_id"], row["happened_on"], row["happened_time"])
    for row in _statuses(facts, "l1"):
        near = {row["from_on"], row["from_on"] - DAY}
        if not any(one["happened_on"] in near for one in of_child(told_by_step, row["child_id"])):
            yield told(row, row["child_id"], row["from_on"])


def emergency_protection_began(facts: Reference) -> Iterator[Happened]:
    """The day from which each emergency protection order counts."""
    for row in _statuses(facts, "l2"):
        yield told(row, row["child_id"], _counts_from(facts, row))


def first_protection_period_ended(facts: Reference) -> Iterator[Happened]:
    """The eighth day of each emergency protection order that was extended."""
    for row in _statuses(facts, "l2"):
        extended = of_child(steps(facts, "protection order extended"), row["child_id"])
        if any(in_force(row, one["happened_on"]) for one in extended):
            yield told(row, row["child_id"], _counts_from(facts, row) + WEEK)


def cp_plan(facts: Reference) -> Iterator[Span]:
    """Days on a child protection plan."""
    return periods(facts.rows("cp_plans"))


def own_cp_plan(facts: Reference) -> Iterator[Span]:
    """Days on a child protection plan of this council."""
    return periods(row for row in facts.rows("cp_plans") if not row["from_other_authority"])


def _asks_for_none(outcome: str | None) -> bool:
    """Whether an outcome is given and does not ask for a conference."""
    if not outcome:
        return False
    try:
        said = json.loads(outcome).get("CP_CONFERENCE_FLAG")
    except (ValueError, AttributeError):
        return True
    return str(said).strip().lower()[:1] not in ("y", "t", "1")


def _statuses(facts: Reference, code: str) -> list[Row]:
    return [row for row in facts.rows("legal_status") if (row["legal_status"] or "").lower() == code]


def _counts_from(facts: Reference, order: Row) -> date:
    from_on: date = order["from_on"]
    days = [one["happened_on"] for one in of_child(steps(facts, "police protection"), order["child_id"])]
    days += [one["from_on"] for one in of_child(_statuses(facts, "l1"), order["child_id"])]
    return min((day for day in days if from_on - 3 * DAY <= day <= from_on), default=from_on)


EVENTS: dict[str, Events] = {
    "enquiry_began": enquiry_began,
    "conference_not_needed": conference_not_needed,
    "seen_with_others": seen_with_others,
    "police_protection_began": police_protection_began,
    "emergency_protection_began": emergency_protection_began,
    "first_protection_period_ended": first_protection_period_ended,
}
SPANS: dict[str, Spans] = {"cp_plan": cp_plan, "own_cp_plan": own_cp_plan}
