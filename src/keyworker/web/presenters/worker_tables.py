"""The tables of a worker's page: years, months, appointments, absences and supervision."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from keyworker.facts.stories import Appointed, Away, MonthOfWork, Protected, Supervised, WorkerStory
from keyworker.web.over_time.worker import protected_words
from keyworker.web.presenters.picture import DAY, Ways, until
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import days, number, of_full_time, sentence, spoken

NOT_AWAY = "Not away today, and no absence to come is recorded. One that has ended is told to the worker alone."


def years_table(story: WorkerStory) -> Table:
    """Each year: the most children, those at its end, the days above what was agreed and, where told, the days away."""
    years = [(year, list(months)) for year, months in groupby(story.months, key=lambda one: one.on.year)]
    rows = tuple(
        (
            Cell(str(year)),
            Cell(str(max(one.most for one in months))),
            Cell(str(months[-1].children), notes=(f"on {spoken(months[-1].on)}",)),
            Cell(_capacity(months[-1].agreed_capacity)),
            Cell(_above(months)),
            *_away(months),
            Cell(str(sum(one.supervisions_held for one in months))),
        )
        for year, months in reversed(years)
    )
    return Table(
        "years",
        "Year by year",
        heads(
            *("Year", "#Most children", "At the end", "Agreed capacity", "Above it"),
            *_away_head(story),
            "#Supervisions held",
        ),
        rows,
        "No day in post and no child held is recorded. Appointments and involvements would fill this.",
        row_ids=tuple(f"year-{year}" for year, _ in reversed(years)),
    )


def _away(months: Sequence[MonthOfWork]) -> tuple[Cell, ...]:
    """The days away in some months; nothing where whoever looks is not told."""
    told = [one.away_days for one in months if one.away_days is not None]
    return (Cell(days(sum(told))),) if told else ()


def _away_head(story: WorkerStory) -> tuple[str, ...]:
    return ("~Away",) if story.past_absence_told else ()


def _capacity(agreed: float | None) -> str:
    return "Not agreed" if agreed is None else number(agreed)


def _above(months: Sequence[MonthOfWork]) -> str:
    known = [one.above_days for one in months if one.above_days is not None]
    return days(sum(known)) if known else "Cannot tell"


def months_table(story: WorkerStory) -> Table:
    """Each month, with the same columns as the years and the protected time."""
    rows = tuple(
        (
            Cell(spoken(one.on)),
            Cell(str(one.children)),
            Cell(str(one.most)),
            Cell(_capacity(one.agreed_capacity)),
            Cell("Cannot tell" if one.above_days is None else days(one.above_days)),
            *_away([one]),
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
            *_away_head(story),
            "~Protected time",
            "#Supervisions held",
        ),
        rows,
        "No day in post and no child held is recorded.",
        folded=True,
    )


def appointments_table(story: WorkerStory, ways: Ways) -> Table:
    """Every appointment, the latest first."""
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


def away_table(story: WorkerStory) -> Table:
    """The days away, the latest first, without a reason; what has ended only where whoever looks is told."""
    ordered = list(enumerate(story.absences))[::-1]
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
        heads("From", "Until", "~How long"),
        rows,
        "No absence is recorded." if story.past_absence_told else NOT_AWAY,
        row_ids=tuple(f"away-{index + 1}" for index, _ in ordered),
    )


def _until(one: Away) -> str:
    if one.to_on:
        return spoken(one.to_on - DAY)
    return f"Expected back {spoken(one.expected_on)}" if one.expected_on else "No return date recorded"


def supervision_table(supervisions: Sequence[Supervised], ways: Ways) -> Table:
    """Every supervision that was meant or held, the latest first."""
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
