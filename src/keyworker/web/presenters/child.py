"""A child: who they are, why we are involved, who held them, when they were seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.facts.marked import Marker
from keyworker.facts.moment import Moment
from keyworker.facts.own_words import Beside
from keyworker.facts.pictures import ChildRow, Standing, Story
from keyworker.facts.stories import Together
from keyworker.web.presenters.child_tables import (
    disagreements_table,
    holds_table,
    marks_table,
    missed_table,
    visits_table,
)
from keyworker.web.presenters.chronology import Happening, chronology
from keyworker.web.presenters.own_words import NOBODY
from keyworker.web.presenters.picture import Drawn, Fact, Ways
from keyworker.web.presenters.siblings import siblings_drawn, siblings_table
from keyworker.web.tables import Cell, Table, of_id
from keyworker.web.throughline.gathered import strip_of
from keyworker.web.throughline.key import KeyLine, initials_meant, key_lines
from keyworker.web.throughline.lying import lie
from keyworker.web.throughline.statuses import status_words
from keyworker.web.throughline.svg import svg
from keyworker.web.throughline.upright import stand
from keyworker.web.throughline.words import description, finding
from keyworker.web.words import days, days_ago, due, listed, sentence, spoken, spoken_short


@dataclass(frozen=True)
class ChildPage:
    """The answer, the summary, the picture, and the same as tables and a chronology."""

    answer: str
    facts: tuple[Fact, ...]
    finding: str
    lying: str
    upright: str
    description: str
    key: tuple[KeyLine, ...]
    has_later: bool
    has_read_from: bool
    kin: Drawn | None
    kin_table: Table
    tables: tuple[Table, ...]
    chronology: tuple[Happening, ...]

    def table(self, id: str) -> Table | None:
        """One of the tables."""
        return of_id((self.kin_table, *self.tables), id)


def child_page(
    story: Story,
    moment: Moment,
    ways: Ways,
    since_learnt: Story | None = None,
    *,
    family: Sequence[Together] = (),
    is_today: bool = True,
    marked: Sequence[Marker] = (),
    said: Beside = NOBODY,
) -> ChildPage:
    """One child's page.

    Takes   story, as known at the moment; since_learnt, the same day as best known now, when the moment is known-then;
            ways, where what is named leads; family, the child and the brothers and sisters, the child first;
            is_today, whether the picture ends now; marked, what must not be told today; said, beside which entries
            somebody does not agree.
    """
    edge = "now" if is_today else spoken_short(moment.at)
    strip = strip_of(story, moment, since_learnt, edge=edge)
    title, says = finding(strip), description(strip)
    lying, upright = lie(strip), stand(strip)
    return ChildPage(
        answer=_answer(story, moment.at),
        facts=tuple(_facts(story, moment.at, ways)),
        finding=title,
        lying=svg(lying, key="lying", cls="kw-line kw-line--lying", title=title, description=says),
        upright=svg(upright, key="upright", cls="kw-line kw-line--upright", title=title, description=says),
        description=says,
        key=(*key_lines(strip), *initials_meant((lying, upright), (hold.name for hold in strip.holds))),
        has_later=strip.has_later,
        has_read_from=any("(read from" in hold.cause for hold in strip.holds),
        kin=siblings_drawn(family, moment.at, edge),
        kin_table=siblings_table(family, moment.at, ways.child),
        tables=(
            holds_table(strip, ways.worker, said),
            missed_table(strip),
            visits_table(since_learnt or story, strip, said),
            marks_table(story, strip, marked, said),
            disagreements_table(story),
        ),
        chronology=chronology(story, strip, marked, said),
    )


def _answer(story: Story, at: date) -> str:
    row = story.child
    if row is None:
        return f"{story.name} is not open to the service at this moment."
    seen = f"was last seen {days_ago(row.last_seen_on, at)}" if row.last_seen_on else "has no visit recorded"
    match row.standing:
        case Standing.PAST if row.due_on:
            rest = f"and should have been seen by {spoken(row.due_on)}"
        case Standing.IN_TIME if row.due_on:
            rest = f"and is {due(row.due_on, at)}"
        case Standing.NO_INTERVAL:
            rest = "and has no interval set in which to be seen"
        case _:
            rest = "and it cannot be told yet when the next visit is due"
    return f"{story.name} {seen}, {rest}."


def _facts(story: Story, at: date, ways: Ways) -> list[Fact]:
    row = story.child
    facts = [Fact("Age", Cell(_age(story)))]
    for handle, name, relation in story.family:
        facts.append(Fact(sentence(relation), Cell(name, ways.child(handle) if handle else "")))
    open_now = [one for one in story.statuses if one.from_on <= at and (one.to_on is None or one.to_on > at)]
    for status in open_now:
        facts.append(
            Fact("Why we are involved", Cell(status_words(status), notes=(f"Since {spoken(status.from_on)}",)))
        )
    if row:
        facts += _held(row, at, ways) + _dates(row, at)
    return facts


def _age(story: Story) -> str:
    if story.age_years is None:
        return "Not recorded"
    years = "Under one" if story.age_years == 0 else f"{story.age_years}"
    return f"{years}, born {spoken(story.birth_on)}" if story.birth_on else years


def _held(row: ChildRow, at: date, ways: Ways) -> list[Fact]:
    lead = row.lead.name if row.lead else "Nobody"
    since = (
        (f"For {days((at - row.lead_since).days)}, since {spoken(row.lead_since)}",)
        if row.lead and row.lead_since
        else ()
    )
    changes = f"{row.changes_in_12_months} in the last 12 months"
    lead_at = ways.worker(row.lead.handle) if row.lead else ""
    facts = [Fact("Lead worker", Cell(lead, lead_at, since, tone="" if row.lead else "past"))]
    answers = ways.to_worker(row.accountable, Cell("Nobody"))
    facts.append(Fact("Accountable worker", answers))
    if row.co_workers:
        facts.append(Fact("Co-workers", Cell(listed([one.name for one in row.co_workers]))))
    if row.unmapped_roles:
        names = listed([one.name for one in row.unmapped_roles])
        facts.append(Fact("In a role not yet given a meaning", Cell(names)))
    if row.team:
        facts.append(Fact("Team", ways.to_team(row.team, row.team.district)))
    return [*facts, Fact("Changes of worker", Cell(changes))]


def _dates(row: ChildRow, at: date) -> list[Fact]:
    def day(on: date | None) -> Cell:
        return Cell(spoken(on), notes=(sentence(days_ago(on, at)),)) if on else Cell("Not recorded", tone="quiet")

    says = {
        Standing.PAST: f"{sentence(due(row.due_on, at))}" if row.due_on else "Past",
        Standing.IN_TIME: f"{sentence(due(row.due_on, at))}" if row.due_on else "In time",
        Standing.NO_INTERVAL: "No interval set",
        Standing.CANNOT_TELL: "Cannot tell yet",
    }[row.standing]
    next_one = row.next_date
    said = "Was due" if next_one and next_one.on < at else ""
    due_notes = (f"By {spoken(row.due_on)}",) if row.due_on else ()
    return [
        Fact(
            "Next visit",
            Cell(says, notes=due_notes, why=row.why_due, tone="past" if row.standing is Standing.PAST else ""),
        ),
        Fact("Last seen alone", day(row.last_seen_alone_on)),
        Fact("Last attempted", day(row.last_attempted_on)),
        Fact("Case supervision", day(row.last_case_supervision_on)),
        Fact(
            "Next date",
            Cell(sentence(next_one.what), notes=(f"{said} {spoken(next_one.on)}, {days_ago(next_one.on, at)}".strip(),))
            if next_one
            else Cell("None recorded", tone="quiet"),
        ),
        Fact(
            "Before the door",
            Cell(row.before_the_door[0], notes=row.before_the_door[1:])
            if row.before_the_door
            else Cell("Nothing recorded", tone="quiet"),
        ),
    ]
