"""A team over time: what it came of and what came of it, and the children each of them had."""

from __future__ import annotations

from datetime import date, timedelta

from keyworker.facts.pictures import TeamRef
from keyworker.facts.stories import Followed, TeamSpan, TeamStory
from keyworker.measures.over_time import Level
from keyworker.web.over_time.lanes import Bar, Curve, Join, Lane, Lanes, clipped
from keyworker.web.throughline.key import KeyLine, still_silent
from keyworker.web.throughline.shapes import Line, Rect
from keyworker.web.words import in_words, length, listed, plural, sentence, spoken

DAY = timedelta(days=1)
MOST_LANES = 12
HIGH, LOW = 84.0, 44.0


def team_lanes(story: TeamStory, edge: str) -> Lanes:
    """A team's time in lanes, one for each team of its lineage, on one scale of children.

    Takes   edge, what the last day is called. A lineage of more than twelve teams is cut to the team's nearest kin.
    """
    end = story.moment.at + DAY
    drawn = shown(story)
    top = max((Level(tuple(story.children_of(one.team_id))).most(story.from_on, end) for one in drawn), default=0)
    height = HIGH if len(drawn) <= 4 else LOW
    lanes = tuple(_lane(story, one, end, max(top, 10) * 1.06, height) for one in drawn)
    place = {one.team_id: index for index, one in enumerate(drawn)}
    joins = tuple(
        Join(one.on, place[one.before.team_id], place[one.after.team_id], one.how)
        for one in story.followed
        if one.before.team_id in place and one.after.team_id in place and story.from_on <= one.on < end
    )
    return Lanes(story.from_on, end, edge, lanes, labels=218, joins=joins)


def shown(story: TeamStory) -> tuple[TeamRef, ...]:
    """The teams that have a lane: all of them, or the nearest."""
    end = story.moment.at + DAY
    alive = [
        one
        for one in story.lineage
        if one.team_id == story.team.team_id
        or any(count.number for count in story.children_of(one.team_id))
        or any(clipped(s.from_on, s.to_on, story.from_on, end) for s in spans_of(story, one.team_id))
    ]
    if len(alive) <= MOST_LANES:
        return tuple(alive)
    near = {story.team.team_id}
    near |= {one.before.team_id for one in story.followed if one.after.team_id == story.team.team_id}
    near |= {one.after.team_id for one in story.followed if one.before.team_id == story.team.team_id}
    return tuple(one for one in alive if one.team_id in near)[:MOST_LANES]


def spans_of(story: TeamStory, team_id: str) -> list[TeamSpan]:
    """How one team was named, placed and led, in time order."""
    return [one for one in story.spans if one.team.team_id == team_id]


def _lane(story: TeamStory, team: TeamRef, end: date, top: float, height: float) -> Lane:
    counts = story.children_of(team.team_id)
    spans = spans_of(story, team.team_id)
    first = max(min((one.from_on for one in spans), default=story.from_on), story.from_on)
    until = min(max((one.to_on or end for one in spans), default=end), end)
    mine = team.team_id == story.team.team_id
    bars: tuple[Bar, ...] = ()
    if first < until:
        bars = (Bar(first, until, "whole", 0, height, anchor=anchor_of(story, team.team_id), label=label(story, team)),)
    return Lane((team.name,), height, bars, curve=Curve(counts, end), top=top, strong=mine)


def anchor_of(story: TeamStory, team_id: str) -> str:
    """Where a team's row in the table stands: by its place, for an address holds no number of anybody's."""
    return f"kin-{[one.team_id for one in story.lineage].index(team_id) + 1}"


def label(story: TeamStory, team: TeamRef) -> str:
    """One team of the lineage in words: how many children, from when to when, what became of it."""
    end = story.moment.at + DAY
    level = Level(tuple(story.children_of(team.team_id)))
    most = int(level.most(story.from_on, end))
    now = int(level.on(_last_day(story, team)) or 0)
    became = listed([became_words(one) for one in story.followed if one.before.team_id == team.team_id])
    after = f"; {became}" if became else ""
    return f"{team.name}: at most {plural(most, 'child', 'children')}, {now} at the end{after}"


def _last_day(story: TeamStory, team: TeamRef) -> date:
    """The day looked at, or the team's own last day before it."""
    ends = [one.to_on for one in spans_of(story, team.team_id)]
    over = max((day for day in ends if day), default=None) if ends and None not in ends else None
    return min(over - DAY, story.moment.at) if over else story.moment.at


def became_words(one: Followed) -> str:
    """What became of a team, in words."""
    how = {
        "renamed": "renamed",
        "split": "split into",
        "merged": "merged into",
        "moved": "moved, as",
    }.get(one.how, f"{one.how}:")
    return f"{how} {one.after.name} on {spoken(one.on)}"


def finding(story: TeamStory) -> str:
    """What the picture shows, in one sentence: reorganisations, and the children then and now."""
    end = story.moment.at + DAY
    about = [one for one in story.followed if story.team.team_id in (one.before.team_id, one.after.team_id)]
    came = [one for one in about if one.after.team_id == story.team.team_id]
    went = [one for one in about if one.before.team_id == story.team.team_id]
    level = Level(tuple(story.children_of(story.team.team_id)))
    if not about and not level.counts:
        return f"No reorganisation and no child of {story.team.name} is recorded."
    now, then = int(level.on(story.moment.at) or 0), int(level.on(story.from_on) or 0)
    parts = []
    if came:
        names = listed([one.before.name for one in came])
        parts.append(f"came of {names} on {spoken(came[0].on)} ({came[0].how})")
    if went:
        parts.append(listed([became_words(one) for one in went]))
    if not parts:
        parts.append(f"has had no reorganisation recorded in {length(story.from_on, end)}")
    moved = (
        f"and has {plural(now, 'child', 'children')}"
        if came and came[0].on >= story.from_on
        else f"and has {plural(now, 'child', 'children')} where it had {then}"
    )
    if went and not now:
        moved = "and has no child now"
    return f"{story.team.name} {listed(parts)}, {moved}."


def description(story: TeamStory) -> str:
    """The whole picture in a few sentences, for those who do not see it. The tables beneath hold every row."""
    drawn = shown(story)
    left = len(story.lineage) - len(drawn)
    lines = ". ".join(sentence(label(story, one)) for one in drawn)
    more = f" {in_words(left)} more {'team is' if left == 1 else 'teams are'} in the table only." if left else ""
    return f"From {spoken(story.from_on)}. {lines}.{more}"


def key_lines(story: TeamStory) -> tuple[KeyLine, ...]:
    """What the shapes of the picture mean."""
    found = [(still_silent((Rect(1, 4, 24, 12, "area"),)), "children with the team")]
    if story.followed:
        found.append((still_silent((Line(13, 1, 13, 17, "join"),)), "one team went on as another"))
    return tuple(KeyLine(picture, says) for picture, says in found)
