"""A team through each reorganisation: what it came of, what came of it, its children and workers month by month."""

from __future__ import annotations

from keyworker.facts.stories import MonthOfTeam, TeamStory
from keyworker.web.over_time.team import (
    anchor_of,
    became_words,
    description,
    finding,
    key_lines,
    spans_of,
    team_lanes,
)
from keyworker.web.presenters.picture import DAY, Fact, PicturePage, Ways, drawn, reach_note, until
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence, spoken, spoken_short

A_YEAR_OR_SO = 340  # the month's end nearest to a year before, also late in a month
HOW = (
    "A child is with the team of whoever leads, else of the accountable worker, else of the team that the child was "
    "referred to: by the same rules as on the team’s own page, day by day.",
    "Workers who hold are those with at least one child of the team; workers in post are those whose appointment is to "
    "it. One may hold without an appointment, or be in post and hold nobody.",
    "A team that was renamed may keep its number; one that followed another has a line to it, with the word for how.",
)


def team_over_time_page(story: TeamStory, ways: Ways, *, is_today: bool) -> PicturePage:
    """One team's page over time.

    Takes   is_today, whether the picture ends now.
    """
    at = story.moment.at
    lanes = team_lanes(story, "now" if is_today else spoken_short(at))
    return PicturePage(
        title=f"{story.team.name} over time",
        under=sentence(f"{story.team.team_type} team, {story.team.district}"),
        answer=_answer(story),
        facts=tuple(_facts(story, ways)),
        drawn=drawn(
            "team",
            lanes,
            finding(story),
            description(story),
            key_lines(story),
            "kin",
            reach_note(story.reach, "how many children a team had"),
        ),
        tables=(_kin_table(story, ways), _names_table(story, ways), _months_table(story, ways)),
        how=HOW,
    )


def _mine(story: TeamStory) -> list[MonthOfTeam]:
    return [month for month in story.months if month.team.team_id == story.team.team_id]


def _answer(story: TeamStory) -> str:
    months = _mine(story)
    if not months:
        return f"{story.team.name} had no child and nobody in post in the time of which that can be told."
    last = months[-1]
    children = plural(last.children, "child", "children")
    workers = plural(last.holding, "worker")
    if last.on < story.moment.at:
        return f"{story.team.name} is no more; it had {children} and {workers} who held them on {spoken(last.on)}."
    year = [month for month in months if (last.on - month.on).days >= A_YEAR_OR_SO]
    then = f", against {plural(year[-1].children, 'child', 'children')} on {spoken(year[-1].on)}" if year else ""
    return f"{story.team.name} has {children} and {workers} who hold them{then}."


def _facts(story: TeamStory, ways: Ways) -> list[Fact]:
    facts = [Fact("The team now", ways.to_team(story.team))]
    for one in story.followed:
        if one.after.team_id == story.team.team_id:
            facts.append(Fact("Came of", ways.to_team(one.before, f"{one.how} on {spoken(one.on)}")))
        if one.before.team_id == story.team.team_id:
            facts.append(Fact("Went on as", ways.to_team(one.after, f"{one.how} on {spoken(one.on)}")))
    return facts


def _kin_table(story: TeamStory, ways: Ways) -> Table:
    rows = []
    for one in story.lineage:
        spans = spans_of(story, one.team_id)
        months = [month for month in story.months if month.team.team_id == one.team_id]
        became = [sentence(became_words(step)) for step in story.followed if step.before.team_id == one.team_id]
        ended = spans[-1].to_on if spans else None
        rows.append(
            (
                ways.to_team(one, "this team" if one.team_id == story.team.team_id else ""),
                Cell(sentence(one.team_type), notes=(one.district,)),
                Cell(spoken(spans[0].from_on) if spans else "Not recorded"),
                Cell(spoken(ended - DAY) if ended else "Still so" if spans else "Not recorded", notes=tuple(became)),
                Cell(str(max((month.children for month in months), default=0))),
                Cell(str(months[-1].children if months else 0)),
            )
        )
    return Table(
        "kin",
        "The team, what it came of and what came of it",
        heads("Team", "Kind", "From", "Until", "#Most children", "#Children at the end"),
        tuple(rows),
        "Nothing is recorded of this team.",
        note=""
        if story.followed
        else "No reorganisation of this team is recorded. The workforce pack’s team_succession would fill this.",
        row_ids=tuple(anchor_of(story, one.team_id) for one in story.lineage),
    )


def _names_table(story: TeamStory, ways: Ways) -> Table:
    rows = tuple(
        (
            Cell(one.team.name),
            ways.to_worker(one.manager, Cell("Nobody", tone="quiet")),
            Cell(one.team.district),
            Cell(spoken(one.from_on)),
            until(one.to_on, "Still so"),
        )
        for one in reversed(story.spans)
    )
    return Table(
        "names",
        "How each was named, placed and managed",
        heads("Team", "Manager", "District", "From", "Until"),
        rows,
        "No dated description of this team is recorded. The workforce pack’s team would fill this.",
        folded=True,
    )


def _months_table(story: TeamStory, ways: Ways) -> Table:
    rows = tuple(
        (
            Cell(spoken(month.on)),
            ways.to_team(month.team),
            Cell(str(month.children)),
            Cell(str(month.unallocated)),
            Cell(str(month.holding)),
            Cell(str(month.appointed)),
        )
        for month in sorted(story.months, key=lambda one: (one.on, one.team.name), reverse=True)
    )
    return Table(
        "months",
        "Month by month",
        heads("As at", "Team", "#Children", "#With no worker", "#Workers who hold", "#Workers in post"),
        rows,
        "No child and nobody in post is recorded.",
        folded=True,
    )
