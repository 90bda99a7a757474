"""A worker: every figure about them that anybody sees, and their time with the service. Never ranked, never scored."""

from __future__ import annotations

from keyworker.actions.questions.staff import AboutMe
from keyworker.facts.pictures import WorkerRow
from keyworker.facts.stories import Appointed, WorkerStory
from keyworker.web.over_time.worker import description, finding, key_lines, worker_lanes
from keyworker.web.presenters.about_me import about_me_tables
from keyworker.web.presenters.children import children_table
from keyworker.web.presenters.picture import DAY, Fact, PicturePage, Ways, drawn, reach_note
from keyworker.web.presenters.worker_tables import (
    appointments_table,
    away_table,
    months_table,
    supervision_table,
    years_table,
)
from keyworker.web.tables import Cell
from keyworker.web.words import days, length, number, plural, spoken, spoken_short

HOW = (
    "A child counts with the worker who leads, or with the accountable worker where nobody leads, and only while the "
    "child is open to the service: by the same rules as on every other page, day by day.",
    "Agreed capacity is the number of children that this worker and the council have agreed, from day to day; above it "
    "are the days on which more were held.",
    "“Away” gives days and nothing else. Why somebody is away is nobody’s to see here. Protected time is the share of "
    "contracted hours that the council’s own setting keeps free in a first year.",
    "A worker sees on this page all that others see of them. Workers are not ranked against each other.",
)


def worker_page(story: WorkerStory, ways: Ways, *, me: AboutMe | None, is_today: bool) -> PicturePage:
    """One worker's page.

    Takes   me, what else others may see of the reader, who is that worker; None for another; is_today, whether the
            picture ends now.
    """
    own = me is not None
    at = story.moment.at
    lanes = worker_lanes(story, "now" if is_today else spoken_short(at))
    who = "you" if own else story.worker.name
    return PicturePage(
        title="My work" if own else story.worker.name,
        under=_under(story),
        answer=_answer(story, own),
        facts=tuple(_facts(story, ways)),
        drawn=drawn(
            "work",
            lanes,
            finding(story, who),
            description(story),
            key_lines(story),
            "years",
            reach_note(story.reach, "how many children were held"),
        ),
        tables=(
            children_table(
                "children",
                "Children held now" if is_today else "Children held at this moment",
                story.children_now,
                at,
                ways.child,
                empty="No child is held at this moment.",
            ),
            years_table(story),
            months_table(story),
            appointments_table(story, ways),
            away_table(story),
            supervision_table(story.supervisions, ways),
            *(about_me_tables(me, at, ways) if me is not None else ()),
        ),
        how=HOW,
    )


def _under(story: WorkerStory) -> str:
    team = story.row.team if story.row else None
    what = story.worker.job_title or "Worker"
    agency = ", through an agency" if story.worker.agency else ""
    return f"{what}{agency}" + (f", {team.name}" if team else "")


def _answer(story: WorkerStory, own: bool) -> str:
    who, hold = ("You", "hold") if own else (story.worker.name, "holds")
    row = story.row
    if row is None:
        left = f" {'Your' if own else 'Their'} last day was {spoken(story.until - DAY)}." if story.until else ""
        return f"{who} {hold} no child and {'are' if own else 'is'} not in post at this moment.{left}"
    if not row.children:
        first = f"{who} {hold} no child"
    else:
        many = plural(row.children, "child", "children")
        first = f"{who} {hold} {many} of {plural(row.families, 'family', 'families')}"
    return f"{first}{_against(row, own)}."


def _against(row: WorkerRow, own: bool) -> str:
    if row.agreed_capacity is None:
        return f"; no capacity is agreed with {'you' if own else 'them'}" if row.children else ""
    over = row.children - row.agreed_capacity
    agreed = f"the {number(row.agreed_capacity)} agreed"
    if over > 0:
        return f", {number(over)} more than {agreed}"
    return f", within {agreed}" if row.children else ""


def _facts(story: WorkerStory, ways: Ways) -> list[Fact]:
    row = story.row
    current = [one for one in story.appointments if one.to_on is None]
    facts = []
    for one in current:
        notes = tuple(filter(None, (f"since {spoken(one.from_on)}", _how(one))))
        if one.post:
            facts.append(Fact("Post", Cell(one.post.title, ways.post(one.post.handle), notes)))
        else:
            facts.append(Fact("Appointment", Cell(one.job_title or "Not recorded", notes=notes)))
    if row is None:
        return facts
    if row.team:
        facts.append(Fact("Team", ways.to_team(row.team, row.team.district)))
    if row.role_class:
        facts.append(Fact("Role class", Cell(row.role_class)))
    return [*facts, *_load(row), *_looked_after(row, ways), *_in_role(story)]


def _how(one: Appointed) -> str:
    hours = f"{number(one.hours_per_week)} hours a week" if one.hours_per_week is not None else ""
    return ", ".join(filter(None, (one.employment or "", hours)))


def _load(row: WorkerRow) -> list[Fact]:
    capacity = number(row.agreed_capacity) if row.agreed_capacity is not None else "Not agreed"
    accountable = f"accountable only for {row.accountable_only} more" if row.accountable_only else ""
    families = f"of {plural(row.families, 'family', 'families')}" if row.children else ""
    seen = (
        days(row.longest_since_seen_days)
        if row.longest_since_seen_days is not None
        else "No visit recorded"
        if row.children
        else "Holds no child"
    )
    past = plural(row.past_interval, "child", "children") if row.past_interval else "No child"
    return [
        Fact("Children", Cell(str(row.children), notes=tuple(filter(None, (families, accountable))))),
        Fact("Agreed capacity", Cell(capacity)),
        Fact("Past the day to be seen", Cell(past, tone="past" if row.past_interval else "")),
        Fact("Longest since a child was seen", Cell(seen)),
    ]


def _looked_after(row: WorkerRow, ways: Ways) -> list[Fact]:
    if row.is_away:
        back = f"expected back {spoken(row.away_until)}" if row.away_until else "no return date recorded"
        hours = Cell("Away", notes=(back,))
    else:
        hours = Cell(f"{number(row.hours_today)} hours" if row.hours_today is not None else "Not recorded")
    fte = Cell(f"{number(row.fte, 2)}" if row.fte is not None else "Not recorded")
    by = ways.to_worker(row.supervisor, Cell("Nobody recorded"))
    last = (
        Cell(spoken(row.last_supervised_on), notes=(f"{days(row.days_since_supervised or 0)} ago",))
        if row.last_supervised_on
        else Cell("No supervision recorded")
    )
    return [
        Fact("Hours available on the day", hours),
        Fact("Full-time equivalent", fte),
        Fact("Supervisor", by),
        Fact("Last supervised", last),
    ]


def _in_role(story: WorkerStory) -> list[Fact]:
    since, at = story.in_role_since, story.moment.at
    held = Cell(length(since, at + DAY), notes=(f"since {spoken(since)}",)) if since else Cell("Not recorded")
    many = plural(story.supervises, "worker") if story.supervises else "Nobody"
    return [Fact("Supervises", Cell(many)), Fact("Time in role", held)]
