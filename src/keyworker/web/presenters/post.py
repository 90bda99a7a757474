"""A post: who was in it, when it was empty, how far filling it has come; and every post that is empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from keyworker.facts.stories import Empty, PostRow, PostStory, StepTaken
from keyworker.web.over_time.post import covering, description, finding, key_lines, post_lanes
from keyworker.web.presenters.picture import DAY, Fact, PicturePage, Ways, drawn, reach_note, until
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import length, number, of_full_time, sentence, spoken, spoken_short

HOW = (
    "A post is empty by as much of its full-time equivalent as no employee fills. One that an agency worker covers is "
    "vacant still; it is only not uncovered.",
    "Who was in a post before the first day on which an appointment is known to have ended cannot be told: whoever had "
    "left by then is in no list of appointments.",
)


def post_page(story: PostStory, ways: Ways, *, is_today: bool) -> PicturePage:
    """One post's page.

    Takes   is_today, whether the picture ends now.
    """
    at = story.moment.at
    lanes = post_lanes(story, "now" if is_today else spoken_short(at))
    return PicturePage(
        title=story.post.title,
        under=_under(story),
        answer=_answer(story),
        facts=tuple(_facts(story, ways)),
        drawn=drawn(
            "post",
            lanes,
            finding(story),
            description(story),
            key_lines(story),
            "people",
            reach_note(story.reach, "who was in post"),
            names=[one.worker.name for one in story.people],
        ),
        tables=(_people_table(story, ways), _steps_table(story.steps, ways), _spans_table(story, ways)),
        how=HOW,
    )


def _under(story: PostStory) -> str:
    team = story.row.team if story.row else story.spans[-1].team if story.spans else None
    return f"Post {story.post.post_id}, {team.name}" if team else f"Post {story.post.post_id}"


def _answer(story: PostStory) -> str:
    row = story.row
    if row is None:
        last = f" It ended {spoken(story.spans[-1].to_on - DAY)}." if story.spans and story.spans[-1].to_on else ""
        return f"This post is not on the establishment at this moment.{last}"
    if not row.vacant:
        if not row.held_by:
            return "How much of this post is filled cannot be told: its size is not recorded."
        return f"This post is filled by {', '.join(worker.name for worker in row.held_by)}."
    since = since_words(row, story.moment.at)
    covered = {True: "and nobody covers it", False: "and agency workers cover it"}[row.uncovered == row.vacant]
    if 0 < row.uncovered < row.vacant:
        covered = "and agency workers cover a part of it"
    return f"This post is empty{_part(row)}, {since}, {covered}."


def _part(row: PostRow) -> str:
    return "" if row.vacant == row.fte else f" in part ({number(row.vacant, 2)} of {number(row.fte, 2)})"


def since_words(row: PostRow, at: date) -> str:
    """Since when a post has been empty, as far as that can be told."""
    if row.empty_since is None:
        return "since when cannot be told"
    gone = length(row.empty_since, at + DAY)
    if row.since_reach:
        return f"for at least {gone}, perhaps since before {spoken(row.empty_since)}"
    return f"for {gone}, since {spoken(row.empty_since)}"


def _facts(story: PostStory, ways: Ways) -> list[Fact]:
    row = story.row
    if row is None:
        return []
    team = ways.to_team(row.team, row.team.district if row.team else "")
    facts = [
        Fact("Team", team),
        Fact("Full-time equivalent", Cell(number(row.fte, 2))),
        Fact("May its holder hold children?", Cell({True: "Yes", False: "No", None: "Not recorded"}[row.holds_cases])),
    ]
    facts += [Fact("In post", ways.to_worker(one)) for one in row.held_by]
    if row.vacant:
        facts.append(Fact("Empty", Cell(sentence(of_full_time(row.vacant)), tone="quiet")))
        facts.append(Fact("Of that, covered by nobody", Cell(_uncovered(row.uncovered))))
        facts.append(Fact("Last step to fill it", step_cell(row.last_step)))
    return facts


def _uncovered(fte: float) -> str:
    return sentence(of_full_time(fte)) if fte else "None of it"


def step_cell(step: StepTaken | None) -> Cell:
    """A step in filling a post, in words."""
    if step is None:
        return Cell("None recorded", tone="quiet")
    outcome = (step.outcome,) if step.outcome else ()
    return Cell(sentence(step.kind), notes=(spoken(step.on), *outcome))


def _people_table(story: PostStory, ways: Ways) -> Table:
    """Whoever was in post and every stretch when it was empty, in time order."""
    end = story.moment.at + DAY
    lines: list[tuple[date, str, tuple[Cell, ...]]] = []
    for index, one in enumerate(story.people):
        how = sentence(one.employment or "Not recorded")
        fte = (of_full_time(one.fte),) if one.fte is not None else ()
        ends = until(one.to_on, "Still in post")
        lasted = Cell(length(one.from_on, one.to_on or end))
        who = ways.to_worker(one.worker)
        lines.append(
            (one.from_on, f"person-{index + 1}", (who, Cell(how, notes=fte), Cell(spoken(one.from_on)), ends, lasted))
        )
    for index, gap in enumerate(story.empty):
        lines.append((gap.from_on, f"empty-{index + 1}", _gap_cells(gap, end, story.reach)))
    lines.sort(key=lambda line: (line[0], line[1]))
    return Table(
        "people",
        "Who was in post, and when it was empty",
        heads("Who", "How", "From", "Until", "How long"),
        tuple(cells for _, _, cells in lines),
        "Nobody is recorded in this post, and how large it is is not recorded either.",
        row_ids=tuple(anchor for _, anchor, _ in lines),
    )


def _gap_cells(gap: Empty, end: date, reach: date | None) -> tuple[Cell, ...]:
    fte = (of_full_time(gap.vacant),)
    before = ("perhaps before",) if gap.from_on == reach else ()
    return (
        Cell("Empty"),
        Cell(sentence(covering(gap)), notes=fte),
        Cell(spoken(gap.from_on), notes=before),
        until(gap.to_on, "Still empty"),
        Cell(length(gap.from_on, gap.to_on or end)),
    )


def _steps_table(steps: Sequence[StepTaken], ways: Ways) -> Table:
    rows = tuple(
        (
            Cell(spoken(one.on)),
            Cell(sentence(one.kind)),
            Cell(sentence(one.outcome or "Done")),
            ways.to_worker(one.worker, Cell("Nobody yet", tone="quiet")),
        )
        for one in reversed(steps)
    )
    return Table(
        "steps",
        "Steps to fill it",
        heads("Day", "Step", "Outcome", "Who is to start"),
        rows,
        "No step to fill this post is recorded. The workforce pack’s vacancy_step would fill this.",
    )


def _spans_table(story: PostStory, ways: Ways) -> Table:
    rows = tuple(
        (
            Cell(one.title),
            ways.to_team(one.team),
            Cell(number(one.fte, 2)),
            Cell(spoken(one.from_on)),
            until(one.to_on, "Still so"),
        )
        for one in reversed(story.spans)
    )
    return Table(
        "established",
        "The post on the establishment",
        heads("Title", "Team", "Full-time equivalent", "From", "Until"),
        rows,
        "The establishment does not list this post; only people in it are recorded.",
    )


def posts_answer(rows: Sequence[PostRow], where: str) -> str:
    """How much of the posts whose holders may hold children is empty, in one sentence.

    Takes   where, the district or team in words, empty for the whole service.
    """
    place = {"": "", "no team": " with no team", "county-wide": " in county-wide teams"}.get(where, f" in {where}")
    holding = [row for row in rows if row.holds_cases]
    if not holding:
        return f"No post{place} whose holder may hold children is recorded."
    vacant, uncovered = sum(row.vacant for row in holding), sum(row.uncovered for row in holding)
    size = number(sum(row.fte or 0 for row in holding))
    if not vacant:
        return f"Every post{place} whose holder may hold children is filled: {size} full-time posts."
    are = "is" if vacant == 1 else "are"
    nobody = f"nobody covers {number(uncovered)} of them" if uncovered else "agency workers cover all of them"
    return f"{number(vacant)} of {size} full-time posts{place} whose holders may hold children {are} empty; {nobody}."


def empty_posts_table(rows: Sequence[PostRow], at: date, ways: Ways) -> Table:
    """The posts whose holders may hold children and that are empty, the longest empty first."""
    empty = [row for row in rows if row.holds_cases and row.vacant]
    ordered = sorted(empty, key=lambda row: (row.empty_since or date.min, row.post.title, row.post.post_id))
    return Table(
        "empty",
        "Posts that are empty",
        heads("^Post", "^Team", "^Empty for", "#Vacant, full time", "#Covered by nobody", "Last step to fill it"),
        tuple(_post_cells(row, at, ways) for row in ordered),
        "No post whose holder may hold children is empty.",
        note="A post that an agency worker covers is vacant still. Posts count by their full-time equivalent.",
    )


def _named(row: PostRow, ways: Ways) -> Cell:
    """A post by its title and number: many have the same title."""
    return Cell(f"{row.post.title}, {row.post.post_id}", ways.post(row.post.handle))


def _post_cells(row: PostRow, at: date, ways: Ways) -> tuple[Cell, ...]:
    gone = (at - row.empty_since).days + 1 if row.empty_since else 0
    notes = () if row.empty_since is None else (f"since {spoken(row.empty_since)}",)
    if row.since_reach:
        notes = (*notes, "perhaps before")
    return (
        _named(row, ways),
        ways.to_team(row.team),
        Cell(length(row.empty_since, at + DAY) if row.empty_since else "Cannot tell yet", notes=notes, sort=-gone),
        Cell(number(row.vacant, 2)),
        Cell(number(row.uncovered, 2)),
        step_cell(row.last_step),
    )


def other_posts_table(rows: Sequence[PostRow], ways: Ways) -> Table:
    """Every other post: filled, or its holder may hold no child."""
    others = [row for row in rows if not (row.holds_cases and row.vacant)]
    body = tuple(
        (
            _named(row, ways),
            ways.to_team(row.team),
            Cell(number(row.fte, 2)),
            Cell(_filled(row)),
        )
        for row in others
    )
    return Table(
        "others",
        "Other posts",
        heads("^Post", "^Team", "Full-time equivalent", "In post"),
        body,
        "No other post is recorded.",
        note="Filled, or of a kind whose holder holds no child.",
        folded=True,
    )


def _filled(row: PostRow) -> str:
    names = ", ".join(worker.name for worker in row.held_by)
    return names or ("Empty" if row.vacant else "Nobody recorded")
