"""Plain twins: contacts, referrals, assessments and plans of children in need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from keyworker.clocks.plain.events import Events, Happened, Span, Spans
from keyworker.clocks.plain.told import DAY, earliest, in_force, joined, of_child, periods, steps, told
from keyworker.facts.reference import Reference, Row

CONFERENCE_WITHIN = timedelta(days=60)


def contact_outcome_undated(facts: Reference) -> Iterator[Happened]:
    """Contacts with an outcome that nobody dated."""
    for row in facts.rows("contacts"):
        if row["outcome_json"] and not _decided(facts, "contact decision", row, "happened_on"):
            yield told(row, row["child_id"], row["happened_on"], row["happened_time"])


def referral_outcome_undated(facts: Reference) -> Iterator[Happened]:
    """Referrals with an outcome that nobody dated."""
    for row in facts.rows("cin_episodes"):
        has_outcome = bool(row["referral_outcome_json"]) or row["referral_nfa"] is not None
        if has_outcome and not _decided(facts, "referral decision", row, "from_on"):
            yield told(row, row["child_id"], row["from_on"], row["from_time"])


def move_in_notified(facts: Reference) -> Iterator[Happened]:
    """Notices that a child moved here, and else the referrals of conferences for such a child."""
    notices = [row for row in steps(facts, "move-in notice") if row["child_id"]]
    for row in notices:
        yield told(row, row["child_id"], row["happened_on"], row["happened_time"])
    conferences = [row for row in facts.rows("initial_cp_conference") if row["transfer_in"] and row["referral_id"]]
    for row in facts.rows("cin_episodes"):
        theirs = of_child(conferences, row["child_id"])
        is_of_transfer = any(one["referral_id"] == row["referral_id"] for one in theirs)
        if is_of_transfer and not of_child(notices, row["child_id"]):
            yield told(row, row["child_id"], row["from_on"], row["from_time"])


def need_plan_decided(facts: Reference) -> Iterator[Happened]:
    """Ends of assessments and enquiries that led to help for a child in need."""
    ended = [row for row in facts.rows("cin_assessments") if row["outcome_nfa"] is False and row["to_on"]]
    ended += [
        row
        for row in facts.rows("s47_enquiry")
        if row["nfa"] is False and row["to_on"] and not _conference_soon(facts, row)
    ]
    for row in ended:
        day = row["to_on"] - DAY
        others = [*facts.rows("cp_plans"), *facts.rows("cla_episodes")]
        if not any(in_force(other, day) for other in of_child(others, row["child_id"])):
            yield told(row, row["child_id"], day)


def child_in_need(facts: Reference) -> Iterator[Span]:
    """Days on a child in need plan alone, while its referral is open."""
    referrals = facts.rows("cin_episodes")
    plans = []
    for plan in facts.rows("cin_plans"):
        ends = [
            row["to_on"]
            for row in of_child(referrals, plan["child_id"])
            if plan["referral_id"] is not None and row["referral_id"] == plan["referral_id"]
        ]
        plans += [Span(plan["child_id"], plan["from_on"], earliest(plan["to_on"], end)) for end in ends or [None]]
    return joined(plans, periods([*facts.rows("cp_plans"), *facts.rows("cla_episodes")]))


def early_help(facts: Reference) -> Iterator[Span]:
    """Days with early help or a family help plan."""
    return joined(periods([*facts.rows("early_help_episodes"), *facts.rows("family_help_plan")]))


def _decided(facts: Reference, kind: str, row: Row, since: str) -> bool:
    return any(step["happened_on"] >= row[since] for step in of_child(steps(facts, kind), row["child_id"]))


def _conference_soon(facts: Reference, enquiry: Row) -> bool:
    from_on = enquiry["from_on"]
    return any(
        row["happened_on"] is not None and from_on <= row["happened_on"] <= from_on + CONFERENCE_WITHIN
        for row in of_child(facts.rows("initial_cp_conference"), enquiry["child_id"])
    )


EVENTS: dict[str, Events] = {
    "contact_outcome_undated": contact_outcome_undated,
    "referral_outcome_undated": referral_outcome_undated,
    "move_in_notified": move_in_notified,
    "need_plan_decided": need_plan_decided,
}
SPANS: dict[str, Spans] = {"child_in_need": child_in_need, "early_help": early_help}
