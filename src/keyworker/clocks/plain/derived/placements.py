"""Plain twins: placements and the visits that are due in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from keyworker.clocks.plain.derived.arrangements import Arrangement, arrangements, care_reviews
from keyworker.clocks.plain.events import Events, Happened, Span, Spans
from keyworker.clocks.plain.told import DAY, earliest, later, of_child, steps, told
from keyworker.facts.reference import Reference, Row

WEEKLY = {"temporary": "temporary", "before_assessment": "with parents before assessment"}
LONG_TERM_SINCE = date(2015, 4, 1)
TEMPORARY_MOVE = "temporary move"


def placement_made(facts: Reference) -> Iterator[Happened]:
    """Starts of placements."""
    for one in arrangements(facts):
        if one.from_on == one.placed_on and one.name != TEMPORARY_MOVE:
            yield told(one.placement, one.child, one.from_on)


def placement_began(facts: Reference) -> Iterator[Happened]:
    """Starts of placements of which the general rule of visits speaks."""
    for one in arrangements(facts):
        if one.from_on == one.placed_on and one.name in ("general", "with parents under a care order"):
            yield told(one.placement, one.child, one.from_on)


def placement_ended(facts: Reference) -> Iterator[Happened]:
    """Last days of placements, the day of a move belonging to the next."""
    rows = facts.rows("cla_placement")
    for row in rows:
        if row["to_on"] and row["to_on"] > row["from_on"] and not (row["type"] or "").strip().upper().startswith("T"):
            last = row["to_on"] - DAY
            next_begins = any(
                one["entry_id"] != row["entry_id"] and one["from_on"] == last and last > row["from_on"]
                for one in of_child(rows, row["child_id"])
            )
            yield told(row, row["child_id"], last - DAY if next_begins else last)


def visiting_ended(facts: Reference) -> Iterator[Happened]:
    """Last days on which one rule of visits spoke of a child."""
    every = list(arrangements(facts))
    for one in every:
        if one.to_on is None or one.name == TEMPORARY_MOVE:
            continue
        others = [other for other in every if other.child == one.child]
        last = one.to_on - DAY
        if any(other.name == TEMPORARY_MOVE and last <= other.from_on <= one.to_on for other in others):
            continue
        next_begins = any(
            other.placement["entry_id"] != one.placement["entry_id"] and other.from_on == last and last > one.from_on
            for other in others
        )
        yield _of(one, last - DAY if next_begins else last)


def visiting_changed(facts: Reference) -> Iterator[Happened]:
    """Days from which another rule of visits speaks of a placement that goes on."""
    return (_of(one, one.from_on) for one in arrangements(facts) if one.from_on > one.placed_on)


def other_arrangements_began(facts: Reference) -> Iterator[Happened]:
    """Days from which another body runs a child's living arrangements."""
    return (_of(one, one.from_on) for one in arrangements(facts) if one.name == "run by another body")


def placement_first_review(facts: Reference) -> Iterator[Happened]:
    """First reviews in stretches in which weekly visits may be due."""
    for one in arrangements(facts):
        day = _first_review(facts, one)
        if one.name in WEEKLY.values() and day:
            yield _of(one, day)


def placement_plan_in_place(facts: Reference) -> Iterator[Happened]:
    """Days on which a placement's plan was there."""
    return _told_of_placement(facts, "placement plan")


def placement_notice_sent(facts: Reference) -> Iterator[Happened]:
    """Days on which everybody had been told of a placement."""
    return _told_of_placement(facts, "placement notice")


def placement_ending_notice_sent(facts: Reference) -> Iterator[Happened]:
    """Days on which everybody had been told that a placement ended."""
    for row in facts.rows("cla_placement"):
        if row["to_on"] is None:
            continue
        for step in of_child(steps(facts, "placement ending notice"), row["child_id"]):
            is_near = step["belongs_to_id"] is None and step["happened_on"] >= row["to_on"] - timedelta(days=31)
            if step["belongs_to_id"] == row["placement_id"] or is_near:
                yield told(step, row["child_id"], max(step["happened_on"], row["to_on"] - DAY))


def visits_first_year(facts: Reference) -> Iterator[Span]:
    """First years of placements of which the general rule speaks."""
    return _first_years(facts, "general", TEMPORARY_MOVE)


def visits_other_arrangements(facts: Reference) -> Iterator[Span]:
    """First years in which another body runs a child's living arrangements."""
    return _first_years(facts, "run by another body")


def visits_lasting(facts: Reference) -> Iterator[Span]:
    """Days after the first year of a placement that is meant to last."""
    for one in arrangements(facts):
        if one.name == "general" and one.lasting_from is not None:
            yield _after_year(one, one.lasting_from, earliest(_agreed(one), one.to_on))
        elif one.name == "run by another body":
            yield _after_year(one, one.from_on, one.to_on)


def visits_long_term_foster(facts: Reference) -> Iterator[Span]:
    """Days after the first year of a placement with fewer visits agreed."""
    for one in arrangements(facts):
        agreed = _agreed(one)
        if one.name == "general" and agreed is not None:
            yield _after_year(one, agreed, one.to_on)


def visits_other(facts: Reference) -> Iterator[Span]:
    """Days after the first year of a placement that is not known to be meant to last."""
    for one in arrangements(facts):
        if one.name in ("general", TEMPORARY_MOVE):
            yield _after_year(one, one.from_on, earliest(one.lasting_from, one.to_on))


def visits_care_order_with_parent(facts: Reference) -> Iterator[Span]:
    """Days with a parent under a full care order."""
    return (
        Span(one.child, one.from_on, one.to_on)
        for one in arrangements(facts)
        if one.name == "with parents under a care order"
    )


def _weekly(name: str) -> Spans:
    def spans(facts: Reference) -> Iterator[Span]:
        for one in arrangements(facts):
            if one.name == name:
                yield Span(one.child, one.from_on, _first_review(facts, one) or one.to_on)

    return spans


def _after_review(name: str) -> Spans:
    def spans(facts: Reference) -> Iterator[Span]:
        for one in arrangements(facts):
            day = _first_review(facts, one)
            if one.name == name and day:
                yield Span(one.child, day, one.to_on)

    return spans


def _of(one: Arrangement, day: date) -> Happened:
    return Happened(one.child, day, None, None, (one.placement["entry_id"], "event"))


def _first_review(facts: Reference, one: Arrangement) -> date | None:
    days = [review.day for review in care_reviews(facts) if review.child == one.child and one.holds(review.day)]
    return min(days, default=None)


def _told_of_placement(facts: Reference, kind: str) -> Iterator[Happened]:
    for row in facts.rows("cla_placement"):
        for step in of_child(steps(facts, kind), row["child_id"]):
            if step["belongs_to_id"] == row["placement_id"] or (step["belongs_to_id"] is None and _is_near(row, step)):
                yield told(step, row["child_id"], max(step["happened_on"], row["from_on"]))


def _is_near(placement: Row, step: Row) -> bool:
    begun: bool = step["happened_on"] >= placement["from_on"] - timedelta(days=7)
    return begun and (placement["to_on"] is None or step["happened_on"] < placement["to_on"])


def _first_years(facts: Reference, *names: str) -> Iterator[Span]:
    for one in arrangements(facts):
        year = later(one.placed_on, 12)
        if one.name in names and one.from_on < year:
            yield Span(one.child, one.from_on, earliest(one.to_on, year))


def _agreed(one: Arrangement) -> date | None:
    return max(one.agreed_from, LONG_TERM_SINCE) if one.agreed_from else None


def _after_year(one: Arrangement, from_on: date, to_on: date | None) -> Span:
    return Span(one.child, max(from_on, later(one.placed_on, 12)), to_on)


EVENTS: dict[str, Events] = {
    "placement_made": placement_made,
    "placement_began": placement_began,
    "placement_ended": placement_ended,
    "visiting_ended": visiting_ended,
    "visiting_changed": visiting_changed,
    "other_arrangements_began": other_arrangements_began,
    "placement_first_review": placement_first_review,
    "placement_plan_in_place": placement_plan_in_place,
    "placement_notice_sent": placement_notice_sent,
    "placement_ending_notice_sent": placement_ending_notice_sent,
}
SPANS: dict[str, Spans] = {
    "visits_first_year": visits_first_year,
    "visits_other_arrangements": visits_other_arrangements,
    "visits_lasting": visits_lasting,
    "visits_long_term_foster": visits_long_term_foster,
    "visits_other": visits_other,
    "visits_care_order_with_parent": visits_care_order_with_parent,
    **{f"visits_{word}_weekly": _weekly(name) for word, name in WEEKLY.items()},
    **{f"visits_{word}_later": _after_review(name) for word, name in WEEKLY.items()},
}
