"""Plain twins: children who are to be adopted, and which reviews the law asks for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from keyworker.clocks.plain.derived.arrangements import care_reviews
from keyworker.clocks.plain.events import Events, Happened, Span, Spans
from keyworker.clocks.plain.told import DAY, joined, of_child, periods, steps, told
from keyworker.facts.reference import Reference, Row


def adoption_review(facts: Reference) -> Iterator[Happened]:
    """Reviews, recorded as of adoption or as looked after reviews."""
    for row in steps(facts, "adoption review"):
        if row["child_id"]:
            yield told(row, row["child_id"], row["happened_on"])
    for one in care_reviews(facts):
        yield told(one.row, one.child, one.day)


def adoption_first_review(facts: Reference) -> Iterator[Happened]:
    """First reviews after placement for adoption."""
    for review, first in _since_placed(facts):
        if review.day == first:
            yield review


def adoption_later_review(facts: Reference) -> Iterator[Happened]:
    """Reviews after the first since placement for adoption."""
    for review, first in _since_placed(facts):
        if review.day > first:
            yield review


def placed_for_adoption(facts: Reference) -> Iterator[Span]:
    """Days placed for adoption."""
    return joined(_placed(facts))


def placed_for_adoption_before_review(facts: Reference) -> Iterator[Span]:
    """Days placed for adoption until the first review since."""
    for span in set(_placed(facts)):
        days = [one.day for one in adoption_review(facts) if one.subject == span.subject and span.holds(one.day)]
        yield Span(span.subject, span.from_on, min(days, default=span.to_on))


def care_reviewed(facts: Reference) -> Iterator[Span]:
    """Days in care outside short breaks and outside placement for adoption."""
    return joined(periods(facts.care_episodes(short=False)), _placed(facts))


def authorised_not_placed(facts: Reference) -> Iterator[Span]:
    """Days from authority to place until placed or changed."""
    plans = facts.rows("permanence")
    found: set[tuple[str, date]] = {(row["child_id"], row["placement_order_on"]) for row in plans}
    for row in facts.rows("legal_status"):
        if (row["legal_status"] or "").lower() == "e1":
            found.add((row["child_id"], row["from_on"]))
    found |= {(row["child_id"], row["happened_on"]) for row in steps(facts, "consent to place")}
    return joined(
        Span(child, day, _ended(of_child(plans, child), day, facts.moment.at))
        for child, day in found
        if child is not None and day is not None and day <= facts.moment.at
    )


def _ended(plans: list[Row], since: date, at: date) -> date | None:
    names = ("placed_for_adoption_on", "decision_reversed_on", "permanence_order_on")
    days = [row[name] + DAY for row in plans for name in names if row[name] is not None]
    return min((day for day in days if since < day <= at + DAY), default=None)


def _placed(facts: Reference) -> list[Span]:
    found = []
    for row in facts.rows("permanence"):
        placed = row["placed_for_adoption_on"]
        if placed is not None and placed <= facts.moment.at:
            ends = [day + DAY for day in (row["decision_reversed_on"], row["permanence_order_on"]) if day is not None]
            found.append(Span(row["child_id"], placed, min(ends, default=None)))
    return found


def _since_placed(facts: Reference) -> Iterator[tuple[Happened, date]]:
    """Each review with the day of the first after each placement for adoption."""
    reviews = list(adoption_review(facts))
    for row in facts.rows("permanence"):
        theirs = [one for one in reviews if one.subject == row["child_id"]]
        placed = row["placed_for_adoption_on"]
        days = [one.day for one in theirs if placed is not None and one.day >= placed]
        for one in theirs if days else ():
            yield one, min(days)


EVENTS: dict[str, Events] = {
    "adoption_review": adoption_review,
    "adoption_first_review": adoption_first_review,
    "adoption_later_review": adoption_later_review,
}
SPANS: dict[str, Spans] = {
    "placed_for_adoption": placed_for_adoption,
    "placed_for_adoption_before_review": placed_for_adoption_before_review,
    "care_reviewed": care_reviewed,
    "authorised_not_placed": authorised_not_placed,
}
