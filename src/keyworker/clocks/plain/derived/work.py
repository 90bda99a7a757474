"""Plain twins: social workers' employment, supervision, assessed year, registration and agency work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from keyworker.clocks.plain.events import Events, Happened, Span, Spans
from keyworker.clocks.plain.told import DAY, earliest, in_force, joined, later, of_worker, periods, steps, told
from keyworker.facts.reference import Reference, Row

SIX_WEEKS, FOUR_WEEKS = timedelta(days=42), timedelta(days=28)
ENOUGH_MINUTES = 90
SUBSTANTIVE, AGENCY = ("permanent", "fixed term"), ("agency",)
REDUNDANCY = ("2", "3", "voluntary redundancy", "compulsory redundancy")
RENEWAL_MONTHS = (9, 10, 11)
LONG_AGO = date(1900, 1, 1)


def employed(facts: Reference) -> Iterator[Span]:
    """Days on which a social worker works for the council."""
    return joined(periods(_social_workers(facts), "worker_id"))


def _clipped_to(kind: str) -> Spans:
    """Days of employment from a year before the first step of a kind, whoever's it was."""

    def spans(facts: Reference) -> Iterator[Span]:
        first = _recorded_from(facts, steps(facts, kind), 12)
        for span in joined(periods(_social_workers(facts), "worker_id")):
            if span.to_on is None or span.to_on > first:
                yield Span(span.subject, max(span.from_on, first), span.to_on)

    return spans


def _returns_recorded(what: str, months: int) -> Spans:
    def spans(facts: Reference) -> Iterator[Span]:
        sent = [row for row in steps(facts, "return submitted") if row["belongs_to"] == what]
        yield Span("", _recorded_from(facts, sent, months), None)

    return spans


def _recorded_from(facts: Reference, rows: list[Row], months: int) -> date:
    """The day from which the record speaks of something: so long before the first row, or in the last year."""
    if not rows:
        return facts.moment.at - timedelta(days=365)
    return later(min(row["happened_on"] for row in rows), -months)


def experienced_social_worker(facts: Reference) -> Iterator[Span]:
    """Days of social workers outside the assessed year."""
    return joined(periods(_social_workers(facts), "worker_id"), _assessed_years(facts))


def newly_qualified_first_weeks(facts: Reference) -> Iterator[Span]:
    """First six weeks of assessed years."""
    for one in _assessed_years(facts):
        yield Span(one.subject, one.from_on, earliest(one.to_on, one.from_on + SIX_WEEKS))


def newly_qualified_to_six_months(facts: Reference) -> Iterator[Span]:
    """Assessed years from the seventh week to six months."""
    for one in _assessed_years(facts):
        if one.to_on is None or one.to_on > one.from_on + SIX_WEEKS:
            yield Span(one.subject, one.from_on + SIX_WEEKS, earliest(one.to_on, later(one.from_on, 6)))


def newly_qualified_after_six_months(facts: Reference) -> Iterator[Span]:
    """Assessed years after six months."""
    for one in _assessed_years(facts):
        if one.to_on is None or one.to_on > later(one.from_on, 6):
            yield Span(one.subject, later(one.from_on, 6), one.to_on)


def long_supervision(facts: Reference) -> Iterator[Happened]:
    """Supervisions held for an hour and a half or longer."""
    for row in _held(facts):
        if row["minutes"] is not None and row["minutes"] >= ENOUGH_MINUTES:
            yield told(row, row["worker_id"], row["happened_on"])


def supervision_of_unsaid_length(facts: Reference) -> Iterator[Happened]:
    """Supervisions held, nobody says for how long."""
    return (told(row, row["worker_id"], row["happened_on"]) for row in _held(facts) if row["minutes"] is None)


def long_absence_began(facts: Reference) -> Iterator[Happened]:
    """First days of long absences."""
    for row in facts.rows("absence"):
        until = row["to_on"] or row["expected_return_on"] or date.max
        if until >= row["from_on"] + FOUR_WEEKS:
            yield told(row, row["worker_id"], row["from_on"])


def long_absence_ended(facts: Reference) -> Iterator[Happened]:
    """First days back after long absences."""
    for row in facts.rows("absence"):
        if row["to_on"] is not None and row["to_on"] >= row["from_on"] + FOUR_WEEKS:
            yield told(row, row["worker_id"], row["to_on"])


def assessed_year_began(facts: Reference) -> Iterator[Happened]:
    """Starts of assessed years: the step, or else the appointment."""
    begun = [row for row in steps(facts, "assessed year began") if row["worker_id"]]
    for row in begun:
        yield told(row, row["worker_id"], row["happened_on"])
    for one in _assessed_years(facts):
        if not of_worker(begun, one.subject):
            yield Happened(one.subject, one.from_on, None, None, (0, "event"))


def assessed_year_paused(facts: Reference) -> Iterator[Happened]:
    """First days of pauses that go on."""
    for row in steps(facts, "assessed year paused"):
        resumed = of_worker(steps(facts, "assessed year resumed"), row["worker_id"])
        if row["worker_id"] and not any(one["happened_on"] >= row["happened_on"] for one in resumed):
            yield told(row, row["worker_id"], row["happened_on"])


def registration_renewed(facts: Reference) -> Iterator[Happened]:
    """Renewals while renewal is open."""
    for row in steps(facts, "registration renewed"):
        if row["worker_id"] and row["happened_on"].month in RENEWAL_MONTHS:
            yield told(row, row["worker_id"], row["happened_on"])


def learning_complete(facts: Reference) -> Iterator[Happened]:
    """Days on which two pieces of learning in a registration year, one with a peer, were there."""
    years: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in steps(facts, "learning recorded"):
        if row["worker_id"]:
            years[row["worker_id"], later(row["happened_on"], 1).year].append(row)
    for (worker, _), rows in years.items():
        for count in range(2, len(rows) + 1):
            if any((row["outcome"] or "").lower() == "with peer reflection" for row in rows[:count]):
                yield told(rows[count - 1], worker, rows[count - 1]["happened_on"])
                break


def substantive_role_left(facts: Reference) -> Iterator[Happened]:
    """Last days of substantive employment, redundancy left out."""
    own = _as(facts, SUBSTANTIVE)
    for row in own:
        end = row["to_on"]
        stays = end is not None and any(in_force(one, end) for one in of_worker(own, row["worker_id"]))
        if end is not None and not stays and (row["leaving_reason"] or "").lower() not in REDUNDANCY:
            yield told(row, row["worker_id"], end - DAY)


def agency_notice_given(facts: Reference) -> Iterator[Happened]:
    """Notice by or for agency workers."""
    for row in steps(facts, "notice given"):
        theirs = of_worker(_as(facts, AGENCY), row["worker_id"])
        if any(in_force(one, row["happened_on"]) for one in theirs):
            yield told(row, row["worker_id"], row["happened_on"])


def first_agency_assignment(facts: Reference) -> Iterator[Happened]:
    """First assignments through an agency."""
    rows = _as(facts, AGENCY)
    for worker in {row["worker_id"] for row in rows}:
        theirs = of_worker(rows, worker)
        day, entry = min(row["from_on"] for row in theirs), min(row["entry_id"] for row in theirs)
        yield Happened(worker, day, None, None, (entry, "event"))


def experience_untold(facts: Reference) -> Iterator[Happened]:
    """Agency assignments of workers of whom no direct employment is known."""
    known = {row["worker_id"] for row in (*_as(facts, SUBSTANTIVE), *steps(facts, "direct experience began"))}
    return (told(row, row["worker_id"], LONG_AGO) for row in _as(facts, AGENCY) if row["worker_id"] not in known)


def _social_workers(facts: Reference) -> list[Row]:
    registered = {row["worker_id"] for row in facts.rows("professionals") if row["registration_no"]}
    return [row for row in facts.rows("appointment") if row["role_class"] is not None or row["worker_id"] in registered]


def _assessed_years(facts: Reference) -> list[Span]:
    found = []
    rows = facts.rows("appointment")
    for worker in {row["worker_id"] for row in rows if row["first_year"]}:
        theirs = of_worker(rows, worker)
        begun = min(row["from_on"] for row in theirs if row["first_year"])
        left = None if any(row["to_on"] is None for row in theirs) else max(row["to_on"] for row in theirs)
        ends = [row["happened_on"] for row in of_worker(steps(facts, "assessed year ended"), worker)]
        ended = min((day for day in ends if day > begun), default=later(begun, 12))
        found.append(Span(worker, begun, earliest(ended, left)))
    return found


def _held(facts: Reference) -> list[Row]:
    return [row for row in facts.rows("personal_supervision") if (row["outcome"] or "").lower() == "held"]


def _as(facts: Reference, employment: tuple[str, ...]) -> list[Row]:
    return [row for row in facts.rows("appointment") if (row["employment"] or "").lower() in employment]


EVENTS: dict[str, Events] = {
    "long_supervision": long_supervision,
    "supervision_of_unsaid_length": supervision_of_unsaid_length,
    "long_absence_began": long_absence_began,
    "long_absence_ended": long_absence_ended,
    "assessed_year_began": assessed_year_began,
    "assessed_year_paused": assessed_year_paused,
    "registration_renewed": registration_renewed,
    "learning_complete": learning_complete,
    "substantive_role_left": substantive_role_left,
    "agency_notice_given": agency_notice_given,
    "first_agency_assignment": first_agency_assignment,
    "experience_untold": experience_untold,
}
SPANS: dict[str, Spans] = {
    "employed": employed,
    "experienced_social_worker": experienced_social_worker,
    "registrations_recorded": _clipped_to("registration renewed"),
    "learning_recorded": _clipped_to("learning recorded"),
    "agency_returns_recorded": _returns_recorded("agency_return", 3),
    "workforce_censuses_recorded": _returns_recorded("workforce_census", 12),
    "cin_censuses_recorded": _returns_recorded("cin_census", 12),
    "newly_qualified_first_weeks": newly_qualified_first_weeks,
    "newly_qualified_to_six_months": newly_qualified_to_six_months,
    "newly_qualified_after_six_months": newly_qualified_after_six_months,
}
