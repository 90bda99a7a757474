"""A child's story told in order, to read and to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from keyworker.facts.marked import Marker
from keyworker.facts.own_words import Beside
from keyworker.facts.pictures import Story
from keyworker.web.coded import mark_words
from keyworker.web.presenters.markers import beside
from keyworker.web.presenters.own_words import NOBODY, not_agreed
from keyworker.web.throughline.statuses import status_words
from keyworker.web.throughline.strip import Strip
from keyworker.web.throughline.words import OUTCOME_WORDS
from keyworker.web.words import days, sentence, spoken


@dataclass(frozen=True)
class Happening:
    """One thing that happened: what, when, what else is known of it, and who does not agree."""

    day: str
    what: str
    more: str
    iso: str
    beside: tuple[str, ...] = ()


def chronology(
    story: Story, strip: Strip, marked: Sequence[Marker] = (), said: Beside = NOBODY
) -> tuple[Happening, ...]:
    """Everything known of a child's time with the service, first thing first.

    Takes   marked, what must not be told; said, beside which entries somebody does not agree.
    """
    found: list[tuple[date, int, str, str, tuple[str, ...]]] = []
    for status in story.statuses:
        says = not_agreed(said.status(status.kind, status.from_on, status.to_on))
        found.append((status.from_on, 0, f"{status_words(status)} began", "", says))
        if status.to_on:
            found.append((status.to_on - timedelta(days=1), 1, f"{status_words(status)} ended", "", says))
    for hold in strip.holds:
        if not hold.later:
            says = not_agreed(said.hold(hold.handle, hold.from_on, None if hold.ongoing else hold.to_on))
            became = f"{hold.name} became {hold.role.value} worker".replace("worker worker", "worker")
            found.append((hold.from_on, 2, became, "", says))
            if not hold.ongoing:
                found.append(
                    (
                        hold.to_on - timedelta(days=1),
                        3,
                        f"{hold.name} stopped as {hold.role.value}",
                        sentence(hold.cause),
                        says,
                    )
                )
    for gap in strip.gaps:
        found.append((gap.from_on, 4, "Nobody held the child", f"For {days(gap.days)}", ()))
    for visit in story.visits:
        by = f"by {visit.worker.name}" if visit.worker else ""
        found.append(
            (visit.happened_on, 5, f"Visit: {OUTCOME_WORDS[visit.outcome]}", by, not_agreed(said.entry(visit.entry_id)))
        )
    for mark in story.marks:
        due = f"Due by {spoken(mark.due_on)}" if mark.due_on else ""
        not_told = beside(marked, mark.on) if mark.kind == "placement" else ""
        says = not_agreed(said.entry(mark.entry_id))
        found.append((mark.on, 6, mark_words(mark.kind, mark.says), due or not_told, says))
    kept = sorted(one for one in found if one[0] < strip.to_on)
    return tuple(Happening(spoken(day), what, more, day.isoformat(), says) for day, _, what, more, says in kept)
