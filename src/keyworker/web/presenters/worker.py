"""A worker: every figure about them that anybody sees, and their time with the service. Never ranked, never scored."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from keyworker.facts.pictures import WorkerRow
from keyworker.facts.stories import Appointed, Away, MonthOfWork, Protected, Supervised, WorkerStory
from keyworker.web.over_time.worker import description, finding, key_lines, protected_words, worker_lanes
from keyworker.web.presenters.children import children_table
from keyworker.web.presenters.picture import DAY, Fact, PicturePage, Ways, drawn, reach_note, until
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import days, length, number, of_full_time, plural, sentence, spoken, spoken_short

HOW = (
    "A child counts with the worker who leads, or with the accountable worker where nobody leads, and only while the "
    "child is open to the service: by the same rules as on every other page, day by day.",
    "Agreed capacity is the number of children that this worker and the council have agreed, from day to day; above it "
    "are the days on which more were held.",
    "“Away” gives days and nothing else. Why somebody is away is nobody’s to see here. Protected time is the share of "
    "contracted hours that the council’s own setting keeps free in a first year.",
    "A worker sees on this page all that others see of them. Workers are not ranked against each other.",
)


def worker_page(story: WorkerStory, ways: Ways, *, own: bool, is_today: bool) -> PicturePage:
    """One worker's page.

    Takes   own, whether the reader is that worker; is_today, whether the picture ends now.
    """
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
            _years_table(story),
            _months_table(story),
            _appointments_table(story, ways),
            _away_table(story.absences),
            _supervision_table(story.supervisions, ways),
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


def _years_table(story: WorkerStory) -> Table:
    years = [(year, list(months)) for year, months in groupby(story.months, key=lambda one: one.on.year)]
    rows = tuple(
        (
            Cell(str(year)),
            Cell(str(max(one.most for one in months))),
            Cell(str(months[-1].children), notes=(f"on {spoken(months[-1].on)}",)),
            Cell(_capacity(months[-1].agreed_capacity)),
            Cell(_above(months)),
            Cell(days(sum(one.away_days for one in months))),
            Cell(str(sum(one.supervisions_held for one in months))),
        )
        for year, months in reversed(years)
    )
    return Table(
        "years",
        "Year by year",
        heads("Year", "#Most children", "At the end", "Agreed capacity", "Above it", "Away", "#Supervisions held"),
        rows,
        "No day in post and no child held is recorded. Appointments and involvements would fill this.",
        row_ids=tuple(f"year-{year}" for year, _ in reversed(years)),
    )


def _capacity(agreed: float | None) -> str:
    return "Not agreed" if agreed is None else number(agreed)


def _above(months: Sequence[MonthOfWork]) -> str:
    known = [one.above_days for one in months if one.above_days is not None]
    return days(sum(known)) if known else "Cannot tell"


def _months_table(story: WorkerStory) -> Table:
    rows = tuple(
        (
            Cell(spoken(one.on)),
            Cell(str(one.children)),
            Cell(str(one.most)),
            Cell(_capacity(one.agreed_capacity)),
            Cell("Cannot tell" if one.above_days is None else days(one.above_days)),
            Cell(days(one.away_days)),
            Cell("None" if one.protected_hours is None else f"{number(one.protected_hours, 2)} hours a week"),
            Cell(str(one.supervisions_held)),
        )
        for one in reversed(story.months)
    )
    return Table(
        "months",
        "Month by month",
        heads(
            "As at",
            "#Children",
            "#Most in the month",
            "Agreed capacity",
            "Above it",
            "Away",
            "Protected time",
            "#Supervisions held",
        ),
        rows,
        "No day in post and no child held is recorded.",
        folded=True,
    )


def _appointments_table(story: WorkerStory, ways: Ways) -> Table:
    protected = {one.from_on: one for one in story.protected}
    ordered = list(enumerate(story.appointments))[::-1]
    rows = tuple(
        (
            Cell(one.post.title if one.post else one.job_title or "Not recorded", _post(one, ways)),
            ways.to_team(one.team),
            Cell(spoken(one.from_on)),
            until(one.to_on, "Still in post"),
            Cell(sentence(one.employment or "Not recorded"), notes=tuple(filter(None, (_fte(one),)))),
            Cell(_capacity(one.agreed_capacity), notes=_year_note(protected.get(one.from_on))),
        )
        for _, one in ordered
    )
    return Table(
        "appointments",
        "In post",
        heads("Post", "Team", "From", "Until", "How", "Agreed capacity"),
        rows,
        "No appointment is recorded. The workforce pack’s list of appointments would fill this.",
        row_ids=tuple(f"appointed-{index + 1}" for index, _ in ordered),
    )


def _post(one: Appointed, ways: Ways) -> str:
    return ways.post(one.post.handle) if one.post else ""


def _fte(one: Appointed) -> str:
    return of_full_time(one.fte) if one.fte is not None else ""


def _year_note(protected: Protected | None) -> tuple[str, ...]:
    if protected is None:
        return ()
    return (protected_words(protected.share)[0],)


def _away_table(absences: Sequence[Away]) -> Table:
    ordered = list(enumerate(absences))[::-1]
    rows = tuple(
        (
            Cell(spoken(one.from_on)),
            Cell(_until(one)),
            Cell(days((one.to_on - one.from_on).days) if one.to_on else "Still away"),
        )
        for _, one in ordered
    )
    return Table(
        "away",
        "Away",
        heads("From", "Until", "How long"),
        rows,
        "No absence is recorded.",
        row_ids=tuple(f"away-{index + 1}" for index, _ in ordered),
    )


def _until(one: Away) -> str:
    if one.to_on:
        return spoken(one.to_on - DAY)
    return f"Expected back {spoken(one.expected_on)}" if one.expected_on else "No return date recorded"


def _supervision_table(supervisions: Sequence[Supervised], ways: Ways) -> Table:
    rows = tuple(
        (
            Cell(spoken(one.on)),
            Cell(sentence(one.outcome)),
            ways.to_worker(one.by),
        )
        for one in reversed(supervisions)
    )
    return Table(
        "supervision",
        "Supervision",
        heads("Day", "Outcome", "By"),
        rows,
        "No supervision of this worker is recorded. The workforce pack’s personal_supervision would fill this.",
        folded=True,
    )
