"""A child's story told in order, to read and to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from keyworker.facts.marked import Marker
from keyworker.facts.pictures import Story
from keyworker.web.coded import mark_words
from keyworker.web.presenters.markers import beside
from keyworker.web.throughline.statuses import status_words
from keyworker.web.throughline.strip import Strip
from keyworker.web.throughline.words import OUTCOME_WORDS
from keyworker.web.words import days, sentence, spoken


@dataclass(frozen=True)
class Happening:
    """One thing that happened: what, when, and what else is known of it."""

    day: str
    what: str
    more: str
    iso: str


def chronology(story: Story, strip: Strip, marked: Sequence[Marker] = ()) -> tuple[Happening, ...]:
    """Everything known of a child's time with the service, first thing first. Takes marked, what must not be told."""
    found: list[tuple[date, int, str, str]] = []
    for status in story.statuses:
        found.append((status.from_on, 0, f"{status_words(status)} began", ""))
        if status.to_on:
            found.append((status.to_on - timedelta(days=1), 1, f"{status_words(status)} ended", ""))
    for hold in strip.holds:
        if not hold.later:
            found.append(
                (hold.from_on, 2, f"{hold.name} became {hold.role.value} worker".replace("worker worker", "worker"), "")
            )
            if not hold.ongoing:
                found.append(
                    (
                        hold.to_on - timedelta(days=1),
                        3,
                        f"{hold.name} stopped as {hold.role.value}",
                        sentence(hold.cause),
                    )
                )
    for gap in strip.gaps:
        found.append((gap.from_on, 4, "Nobody held the child", f"For {days(gap.days)}"))
    for visit in story.visits:
        by = f"by {visit.worker.name}" if visit.worker else ""
        found.append((visit.happened_on, 5, f"Visit: {OUTCOME_WORDS[visit.outcome]}", by))
    for mark in story.marks:
        due = f"Due by {spoken(mark.due_on)}" if mark.due_on else ""
        not_told = beside(marked, mark.on) if mark.kind == "placement" else ""
        found.append((mark.on, 6, mark_words(mark.kind, mark.says), due or not_told))
    kept = sorted(one for one in found if one[0] < strip.to_on)
    return tuple(Happening(spoken(day), what, more, day.isoformat()) for day, _, what, more in kept)
