"""A post over time: who was in it, when it was empty, how much of that agency workers covered, steps to fill it."""

from __future__ import annotations

from datetime import date, timedelta

from keyworker.facts.stories import Appointed, Empty, PostStory
from keyworker.web.over_time.lanes import Bar, Lane, Lanes, Mark, Shapes, clipped, rows_apart
from keyworker.web.throughline.key import KeyLine, still_silent
from keyworker.web.throughline.shapes import Rect, diamond, initials
from keyworker.web.words import days, in_words, length, listed, of_full_time, plural, sentence, spoken

DAY = timedelta(days=1)
TALL = 40.0


def post_lanes(story: PostStory, edge: str) -> Lanes:
    """A post's time in lanes.

    Takes   edge, what the last day is called.
    """
    end = story.moment.at + DAY
    lanes = (_people(story, end), _empty(story, end), _steps(story, end), _placed(story, end))
    return Lanes(story.from_on, end, edge, tuple(lane for lane in lanes if lane))


def _people(story: PostStory, end: date) -> Lane:
    found = [
        (index, one, span)
        for index, one in enumerate(story.people)
        if (span := clipped(one.from_on, one.to_on, story.from_on, end))
    ]
    rows = rows_apart([span for _, _, span in found])
    bars = tuple(
        Bar(
            *span,
            "ribbon is-unmapped" if one.agency else f"ribbon is-lead {'is-even' if index % 2 else 'is-odd'}",
            row * (TALL + 3),
            TALL,
            _named(one),
            "ribbon-name is-small" if one.agency else "ribbon-name is-small on-lead",
            13,
            True,
            f"person-{index + 1}",
            person_label(one),
        )
        for (index, one, span), row in zip(found, rows, strict=True)
    )
    return Lane(("In post",), max(rows, default=0) * (TALL + 3) + TALL, bars)


def _named(one: Appointed) -> tuple[str, ...]:
    name = one.worker.name
    return (
        (f"{name}, agency", name, name.split()[-1], initials(name))
        if one.agency
        else (
            name,
            name.split()[-1],
            initials(name),
        )
    )


def person_label(one: Appointed) -> str:
    """Who was in post, how, how much and from when to when."""
    ends = f"until {spoken(one.to_on - DAY)}" if one.to_on else "still in post"
    how = f", {one.employment}" if one.employment else ""
    fte = f", {of_full_time(one.fte)}" if one.fte is not None else ""
    return f"{one.worker.name}{how}{fte}, from {spoken(one.from_on)}, {ends}"


def _empty(story: PostStory, end: date) -> Lane | None:
    bars = tuple(
        Bar(
            *span,
            "empty" if one.uncovered else "empty is-covered",
            0,
            26,
            _empty_words(one, span),
            "empty-days",
            12,
            True,
            f"empty-{index + 1}",
            empty_label(one, end),
        )
        for index, one in enumerate(story.empty)
        if (span := clipped(one.from_on, one.to_on, story.from_on, end))
    )
    return Lane(("Empty",), 26, bars) if bars else None


def _empty_words(one: Empty, span: tuple[date, date]) -> tuple[str, ...]:
    count = days((span[1] - span[0]).days)
    kind = covering(one)
    return (f"{kind}, {count}", count, str((span[1] - span[0]).days))


def covering(one: Empty) -> str:
    """How an empty post was covered, in a word or two."""
    if not one.uncovered:
        return "covered by agency"
    return "uncovered" if one.uncovered == one.vacant else "partly covered by agency"


def empty_label(one: Empty, end: date) -> str:
    """How much was empty, from when to when, and how it was covered."""
    until = one.to_on or end
    ends = f"until {spoken(one.to_on - DAY)}" if one.to_on else "still empty"
    return (
        f"{sentence(of_full_time(one.vacant))} empty from {spoken(one.from_on)}, {ends}, "
        f"{days((until - one.from_on).days)}, {covering(one)}"
    )


def _steps(story: PostStory, end: date) -> Lane | None:
    marks = tuple(
        Mark(one.on, 8, _failed if one.outcome else _done) for one in story.steps if story.from_on <= one.on < end
    )
    return Lane(("Steps to fill it", "Steps"), 16, marks=marks) if marks else None


def _done(x: float, y: float) -> Shapes:
    return (diamond(round(x, 1), y, 5, "meeting"),)


def _failed(x: float, y: float) -> Shapes:
    return (diamond(round(x, 1), y, 5, "meeting is-late"),)


def _placed(story: PostStory, end: date) -> Lane | None:
    bars = tuple(
        Bar(*span, "thin", 0, 18, tuple(filter(None, (one.team.name if one.team else "", one.title))))
        for one in story.spans
        if (span := clipped(one.from_on, one.to_on, story.from_on, end))
    )
    return Lane(("Where",), 18, bars) if bars else None


def finding(story: PostStory) -> str:
    """What the picture shows, in one sentence: people, how long, days empty."""
    end = story.moment.at + DAY
    if all(one.fte is None for one in story.spans):
        return "How much of this post was filled cannot be told: its size is not recorded."
    seen = [one for one in story.people if clipped(one.from_on, one.to_on, story.from_on, end)]
    people = len({one.worker.worker_id for one in seen})
    held = f"{in_words(people).lower()} {'person' if people == 1 else 'people'}"
    spell = length(story.from_on, end)
    gone = sum((min(one.to_on or end, end) - max(one.from_on, story.from_on)).days for one in story.empty)
    bare = sum(
        (min(one.to_on or end, end) - max(one.from_on, story.from_on)).days for one in story.empty if one.uncovered
    )
    if not gone:
        rest = "and was never empty"
    elif bare == gone:
        rest = f"and was empty for {days(gone)}, covered by nobody"
    elif bare == 0:
        rest = f"and was empty for {days(gone)}, all of them covered by agency workers"
    else:
        rest = f"and was empty for {days(gone)}, of which agency workers wholly covered {gone - bare}"
    return f"This post has had {held} in {spell}, {rest}."


def description(story: PostStory) -> str:
    """The whole picture in a few sentences, for those who do not see it. The tables beneath hold every row."""
    end = story.moment.at + DAY
    people = listed([person_label(one) for one in story.people])
    empty = "; ".join(empty_label(one, end) for one in story.empty)
    steps = f"{plural(len(story.steps), 'step')} to fill it." if story.steps else "No step to fill it is recorded."
    return " ".join(
        filter(
            None,
            (
                f"From {spoken(story.from_on)}.",
                f"In post: {people}." if people else "Nobody is recorded in it.",
                f"{sentence(empty)}." if empty else "",
                steps,
            ),
        )
    )


def key_lines(story: PostStory) -> tuple[KeyLine, ...]:
    """What the shapes of the picture mean: only those that it holds."""
    found: list[tuple[Shapes, str]] = []
    if any(not one.agency for one in story.people):
        found.append(((Rect(1, 2, 24, 14, "ribbon is-lead is-odd", 2),), "employed"))
    if any(one.agency for one in story.people):
        found.append(((Rect(1, 2, 24, 14, "ribbon is-unmapped", 2),), "through an agency: the post is vacant still"))
    if any(one.uncovered for one in story.empty):
        found.append(((Rect(1, 2, 24, 14, "empty", 2),), "empty, nobody covers it or only in part"))
    if any(not one.uncovered for one in story.empty):
        found.append(((Rect(1, 2, 24, 14, "empty is-covered", 2),), "empty, covered by agency"))
    if any(not one.outcome for one in story.steps):
        found.append((_done(13, 9), "a step to fill it"))
    if any(one.outcome for one in story.steps):
        found.append((_failed(13, 9), "a step that came to nothing"))
    return tuple(KeyLine(still_silent(shapes), says) for shapes, says in found)
