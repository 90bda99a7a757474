"""Plain twins: times in care, their plans and reviews, and children's health, ages and schooling in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from keyworker.clocks.plain.derived.arrangements import awaited_reviews, care_reviews, stays
from keyworker.clocks.plain.events import Events, Happened, Span, Spans
from keyworker.clocks.plain.told import DAY, earliest, joined, later, of_child, told
from keyworker.facts.reference import Reference, Row

SEVENTH = 7
NOT_HEALTH = ("dent", "develop", "immunis", "optic")


def looked_after(facts: Reference) -> Iterator[Span]:
    """Times in care, short breaks left out."""
    return iter(stays(facts))


def short_break_series(facts: Reference) -> Iterator[Span]:
    """Series of short breaks, until half a year without one."""
    return joined(
        Span(row["child_id"], row["from_on"], later(row["to_on"], 6) if row["to_on"] else None)
        for row in facts.care_episodes(short=True)
    )


def seventh_short_break_day(facts: Reference) -> Iterator[Happened]:
    """The seventh day away in each series of short breaks."""
    rows = sorted(facts.care_episodes(short=True), key=lambda row: (row["from_on"], row["entry_id"]))
    for child in {row["child_id"] for row in rows}:
        away, reaches = 0, date.min
        for row in of_child(rows, child):
            end = row["to_on"] or facts.moment.at + DAY
            if row["from_on"] > reaches:
                away = 0
            if away < SEVENTH <= away + (end - row["from_on"]).days:
                yield told(row, child, row["from_on"] + (SEVENTH - 1 - away) * DAY)
            away += (end - row["from_on"]).days
            reaches = max(reaches, later(row["to_on"], 6) if row["to_on"] else date.max)


def care_plan_in_place(facts: Reference) -> Iterator[Happened]:
    """Days from which a time in care has a care plan."""
    for row in facts.rows("cla_care_plan"):
        for stay in stays(facts):
            meets = stay.to_on is None or row["from_on"] < stay.to_on
            if stay.subject == row["child_id"] and meets and (row["to_on"] is None or row["to_on"] > stay.from_on):
                yield told(row, row["child_id"], max(row["from_on"], stay.from_on))


def looked_after_review(facts: Reference) -> Iterator[Happened]:
    """Looked after reviews that were held."""
    return (told(one.row, one.child, one.day) for one in care_reviews(facts))


def first_looked_after_review(facts: Reference) -> Iterator[Happened]:
    """First looked after reviews."""
    return (told(one.row, one.child, one.day) for one in care_reviews(facts) if one.is_first)


def later_looked_after_review(facts: Reference) -> Iterator[Happened]:
    """Looked after reviews after the first."""
    return (told(one.row, one.child, one.day) for one in care_reviews(facts) if not one.is_first)


def looked_after_review_awaited(facts: Reference) -> Iterator[Happened]:
    """Due days of reviews that are awaited."""
    return (told(row, child, row["due_on"]) for child, row in awaited_reviews(facts))


def health_assessment(facts: Reference) -> Iterator[Happened]:
    """Health assessments that were done."""
    for row in _done(facts):
        kind = (row["type"] or "").lower()
        is_one = any(word in kind for word in ("health", "medical", "assess")) or kind in ("iha", "rha")
        if is_one and not any(word in kind for word in NOT_HEALTH):
            yield told(row, row["child_id"], row["happened_on"])


def dental_check(facts: Reference) -> Iterator[Happened]:
    """Dental checks that were done."""
    for row in _done(facts):
        if any(word in (row["type"] or "").lower() for word in ("dent", "teeth")):
            yield told(row, row["child_id"], row["happened_on"])


def fourteenth_birthday(facts: Reference) -> Iterator[Happened]:
    """Days from which time in care counts towards becoming an eligible child."""
    for person, spans in _people(facts):
        fourteen, eighteen = _birthday(person, 14), _birthday(person, 18)
        days = [
            max(span.from_on, fourteen)
            for span in spans
            if (span.to_on is None or span.to_on > fourteen) and span.from_on < eighteen
        ]
        if days:
            yield told(person, person["child_id"], min(days))


def became_eligible(facts: Reference) -> Iterator[Happened]:
    """Days on which young people became eligible children, counted day by day."""
    for person, spans in _people(facts):
        day, counted = _birthday(person, 14), 0
        while day <= facts.moment.at and day < _birthday(person, 18):
            is_in_care = any(span.holds(day) for span in spans)
            counted += is_in_care
            if is_in_care and counted > 90 and day >= _birthday(person, 16):
                yield told(person, person["child_id"], day)
                break
            day += DAY


def _aged(from_years: int, to_years: int | None) -> Spans:
    def spans(facts: Reference) -> Iterator[Span]:
        for person, in_care in _people(facts):
            begins = _birthday(person, from_years) if from_years else date.min
            ends = _birthday(person, to_years) if to_years else None
            for span in in_care:
                from_on, to_on = max(span.from_on, begins), earliest(span.to_on, ends)
                if to_on is None or to_on > from_on:
                    yield Span(span.subject, from_on, to_on)

    return spans


def of_school_age_in_care(facts: Reference) -> Iterator[Span]:
    """Days in care from three years old on, and of children whose birth is not known."""
    people = {row["child_id"]: row for row in facts.rows("person")}
    for span in stays(facts):
        person = people.get(span.subject)
        begins = _birthday(person, 3) if person and person["birth_on"] else date.min
        if span.to_on is None or span.to_on > max(span.from_on, begins):
            yield Span(span.subject, max(span.from_on, begins), span.to_on)


def _done(facts: Reference) -> list[Row]:
    rows = [row for row in facts.rows("cla_health") if row["happened_on"]]
    return [row for row in rows if (row["status"] or "completed").lower() in ("completed", "1")]


def _birthday(person: Row, years: int) -> date:
    return later(person["birth_on"], 12 * years)


def _people(facts: Reference) -> Iterator[tuple[Row, list[Span]]]:
    every = stays(facts)
    for person in facts.rows("person"):
        if person["birth_on"] is not None:
            yield person, [span for span in every if span.subject == person["child_id"]]


EVENTS: dict[str, Events] = {
    "seventh_short_break_day": seventh_short_break_day,
    "care_plan_in_place": care_plan_in_place,
    "looked_after_review": looked_after_review,
    "first_looked_after_review": first_looked_after_review,
    "later_looked_after_review": later_looked_after_review,
    "looked_after_review_awaited": looked_after_review_awaited,
    "health_assessment": health_assessment,
    "dental_check": dental_check,
    "fourteenth_birthday": fourteenth_birthday,
    "became_eligible": became_eligible,
}
SPANS: dict[str, Spans] = {
    "looked_after": looked_after,
    "short_break_series": short_break_series,
    "under_five_in_care": _aged(0, 5),
    "five_or_over_in_care": _aged(5, None),
    "four_to_sixteen_in_care": _aged(4, 17),
    "of_school_age_in_care": of_school_age_in_care,
}
