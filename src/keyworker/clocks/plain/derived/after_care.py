"""Plain twins: missing children, private fostering, young people after care, and secure accommodation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from keyworker.clocks.plain.events import Events, Happened, Span, Spans
from keyworker.clocks.plain.told import DAY, earliest, joined, later, of_child, steps, told
from keyworker.facts.reference import Reference, Row

NO_SUPPORT = ("no current eligibility",)
NO_PATHWAY_PLAN = ("no current eligibility", "qualifying", "c")
LONG_AGO = date(1900, 1, 1)


def interview_undated(facts: Reference) -> Iterator[Happened]:
    """Returns after which an interview was offered, nobody says when."""
    talks = steps(facts, "return home interview")
    for row in facts.rows("missing"):
        if row["to_on"] is None or (row["rhi_offered"] or "").strip()[:1].lower() not in ("y", "t", "1"):
            continue
        back = row["to_on"] - DAY
        if not any(one["happened_on"] >= back for one in of_child(talks, row["child_id"])):
            yield told(row, row["child_id"], back, row["to_time"])


def privately_fostered_first_year(facts: Reference) -> Iterator[Span]:
    """First years of private fostering, from when the council knew."""
    for row in facts.rows("private_fostering"):
        known = _known(row)
        yield Span(row["child_id"], known, earliest(row["to_on"], later(known, 12)))


def privately_fostered_later(facts: Reference) -> Iterator[Span]:
    """Later years of private fostering."""
    for row in facts.rows("private_fostering"):
        year = later(_known(row), 12)
        if row["to_on"] is None or row["to_on"] > year:
            yield Span(row["child_id"], year, row["to_on"])


def first_secure_order(facts: Reference) -> Iterator[Happened]:
    """Secure orders of stays that had none before."""
    return (event for event, is_later in _orders(facts) if not is_later)


def later_secure_order(facts: Reference) -> Iterator[Happened]:
    """Secure orders that follow another in one stay."""
    return (event for event, is_later in _orders(facts) if is_later)


def _supported(facts: Reference, without: tuple[str, ...]) -> Iterator[Span]:
    births = {row["child_id"]: row["birth_on"] for row in facts.rows("person")}
    found = []
    for row in facts.rows("care_leavers"):
        if (row["eligibility"] or "").lower() not in without:
            birth = births.get(row["child_id"])
            begins, ends = (later(birth, 192), later(birth, 300)) if birth else (LONG_AGO, None)
            found.append(Span(row["child_id"], begins, ends))
    return joined(found)


def care_leaver(facts: Reference) -> Iterator[Span]:
    """Days of support as a care leaver."""
    return _supported(facts, NO_SUPPORT)


def with_pathway_plan(facts: Reference) -> Iterator[Span]:
    """Days on which the law asks for a pathway plan."""
    return _supported(facts, NO_PATHWAY_PLAN)


def accommodated_care_leaver(facts: Reference) -> Iterator[Span]:
    """Days on which the council gives a care leaver somewhere to live."""
    return _from_step_to_step(facts, "accommodation provided", "accommodation ended")


def in_secure_placement(facts: Reference) -> Iterator[Span]:
    """Days in secure accommodation."""
    return _from_step_to_step(facts, "secure placement", "secure placement ended")


def _from_step_to_step(facts: Reference, begins: str, ends: str) -> Iterator[Span]:
    found = []
    for row in steps(facts, begins):
        if row["child_id"]:
            days = [
                one["happened_on"]
                for one in of_child(steps(facts, ends), row["child_id"])
                if one["happened_on"] >= row["happened_on"]
            ]
            found.append(Span(row["child_id"], row["happened_on"], min(days) + DAY if days else None))
    return joined(found)


def _known(row: Row) -> date:
    day: date = max(row["from_on"], row["notified_on"]) if row["notified_on"] else row["from_on"]
    return day


def _orders(facts: Reference) -> Iterator[tuple[Happened, bool]]:
    orders = [row for row in steps(facts, "secure order") if row["child_id"]]
    for row in orders:
        day = row["happened_on"]
        before = [one["happened_on"] for one in of_child(orders, row["child_id"]) if one["happened_on"] < day]
        ended = [
            one["happened_on"]
            for one in of_child(steps(facts, "secure placement ended"), row["child_id"])
            if one["happened_on"] <= day
        ]
        is_later = bool(before) and (not ended or max(ended) < max(before))
        yield told(row, row["child_id"], day, row["happened_time"]), is_later


EVENTS: dict[str, Events] = {
    "interview_undated": interview_undated,
    "first_secure_order": first_secure_order,
    "later_secure_order": later_secure_order,
}
SPANS: dict[str, Spans] = {
    "privately_fostered_first_year": privately_fostered_first_year,
    "privately_fostered_later": privately_fostered_later,
    "care_leaver": care_leaver,
    "with_pathway_plan": with_pathway_plan,
    "accommodated_care_leaver": accommodated_care_leaver,
    "in_secure_placement": in_secure_placement,
}
