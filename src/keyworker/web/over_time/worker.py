"""A worker over time: where they were in post, the children they held beside what was agreed, protected time, away."""

from __future__ import annotations

from datetime import date, timedelta

from keyworker.facts.stories import Appointed, WorkerStory
from keyworker.measures.over_time import Level, days_above
from keyworker.web.over_time.lanes import Bar, Curve, Lane, Lanes, Mark, Shapes, clipped, rows_apart, years_of
from keyworker.web.throughline.key import KeyLine, still_silent
from keyworker.web.throughline.shapes import Line, Path, Rect
from keyworker.web.words import days, in_words, length, number, percent, plural, sentence, spoken

DAY = timedelta(days=1)
YEAR = timedelta(days=365)


def worker_lanes(story: WorkerStory, edge: str) -> Lanes:
    """A worker's time in lanes.

    Takes   edge, what the last day is called.
    """
    end = story.moment.at + DAY
    lanes = (
        _teams(story, end),
        _children(story, end),
        _protected(story, end),
        _away(story, end),
        _supervised(story, end),
    )
    return Lanes(story.from_on, end, edge, tuple(lane for lane in lanes if lane))


def _teams(story: WorkerStory, end: date) -> Lane | None:
    found = [
        (index, one, span)
        for index, one in enumerate(story.appointments)
        if (span := clipped(one.from_on, one.to_on, story.from_on, end))
    ]
    if not found:
        return None
    rows = rows_apart([span for _, _, span in found])
    bars = tuple(
        Bar(
            *span,
            "ribbon is-unmapped" if one.agency else f"ribbon is-lead {'is-even' if index % 2 else 'is-odd'}",
            row * 27,
            24,
            _named(one),
            "ribbon-length" if one.agency else "ribbon-length on-lead",
            13,
            anchor=f"appointed-{index + 1}",
            label=_appointed_label(one),
        )
        for (index, one, span), row in zip(found, rows, strict=True)
    )
    return Lane(("In post",), max(rows) * 27 + 24, bars)


def _named(one: Appointed) -> tuple[str, ...]:
    team = one.team.name if one.team else "no team recorded"
    agency = ", agency" if one.agency else ""
    return (f"{team}{agency}", team)


def _appointed_label(one: Appointed) -> str:
    team = one.team.name if one.team else "no team recorded"
    ends = f"until {spoken(one.to_on - DAY)}" if one.to_on else "still in post"
    how = f", {one.employment}" if one.employment else ""
    capacity = f", agreed capacity {number(one.agreed_capacity)}" if one.agreed_capacity is not None else ""
    return f"{team}{how}, from {spoken(one.from_on)}, {ends}{capacity}"


def _children(story: WorkerStory, end: date) -> Lane:
    until = min(story.until or end, end)
    held = Level(story.held)
    most = held.most(story.from_on, until)
    agreed = max((one.number or 0 for one in story.capacity), default=0)
    bars = tuple(
        Bar(begun, ended, "whole", 0, 150, anchor=f"year-{year}", label=_year_label(story, year, begun, ended))
        for year, begun, ended in years_of(story.from_on, until)
    )
    curve = Curve(story.held, until, story.capacity)
    return Lane(("Children held", "Children"), 150, bars, curve=curve, top=max(most, agreed, 5) * 1.06)


def _year_label(story: WorkerStory, year: int, begun: date, ended: date) -> str:
    held = Level(story.held)
    most, last = int(held.most(begun, ended)), int(held.on(ended - DAY) or 0)
    above = days_above(held, Level(story.capacity, before=None), begun, ended)
    limit = "no agreed capacity" if above is None else f"above agreed capacity on {days(above)}"
    return f"{year}: at most {plural(most, 'child', 'children')}, {last} at the end, {limit}"


def _protected(story: WorkerStory, end: date) -> Lane | None:
    bars = tuple(
        Bar(*span, "protected", 0, 18, protected_words(one.share))
        for one in story.protected
        if (span := clipped(one.from_on, one.to_on, story.from_on, end))
    )
    marks = tuple(
        Mark(one.on, 26 if bars else 8, _learnt if one.attended else _missed_learning)
        for one in story.learning
        if story.from_on <= one.on < end
    )
    if not bars:
        return Lane(("Training",), 16, marks=marks) if marks else None
    return Lane(("Protected time", "Protected"), 34 if marks else 18, bars, marks)


def protected_words(share: float | None) -> tuple[str, ...]:
    """How much of a first year is to be kept free, in wordings from long to short."""
    if share is None:
        return ("first year, how much time is protected is not set", "first year, not set", "first year")
    return (f"first year, {percent(share)} of time protected", f"{percent(share)} protected", "first year")


def _learnt(x: float, y: float) -> Shapes:
    return (Rect(x - 3.5, y - 3.5, 7, 7, "small is-work"),)


def _missed_learning(x: float, y: float) -> Shapes:
    return (Rect(x - 3.5, y - 3.5, 7, 7, "visit is-ring"),)


def _away(story: WorkerStory, end: date) -> Lane | None:
    bars = tuple(
        Bar(
            *span,
            "away",
            0,
            18,
            (f"away {length(*span)}", length(*span)),
            anchor=f"away-{index + 1}",
            label=_away_label(one.from_on, one.to_on, one.expected_on),
        )
        for index, one in enumerate(story.absences)
        if (span := clipped(one.from_on, one.to_on, story.from_on, end))
    )
    return Lane(("Away",), 18, bars) if bars else None


def _away_label(from_on: date, to_on: date | None, expected_on: date | None) -> str:
    if to_on:
        return f"Away from {spoken(from_on)} until {spoken(to_on - DAY)}"
    back = f"expected back {spoken(expected_on)}" if expected_on else "no return date recorded"
    return f"Away since {spoken(from_on)}, {back}"


def _supervised(story: WorkerStory, end: date) -> Lane | None:
    marks = tuple(
        Mark(one.on, 8, _held if one.outcome == "held" else _not_held)
        for one in story.supervisions
        if story.from_on <= one.on < end
    )
    return Lane(("Supervision",), 16, marks=marks) if marks else None


def _held(x: float, y: float) -> Shapes:
    return (Path(f"M{x - 4:.1f} {y + 4:.1f}L{x:.1f} {y - 4:.1f}L{x + 4:.1f} {y + 4:.1f}Z", "small is-supervision"),)


def _not_held(x: float, y: float) -> Shapes:
    return (Path(f"M{x - 4:.1f} {y + 4:.1f}L{x:.1f} {y - 4:.1f}L{x + 4:.1f} {y + 4:.1f}Z", "visit is-ring"),)


def finding(story: WorkerStory, who: str) -> str:
    """What the picture shows, in one sentence.

    Takes   who, the worker's name, or `you`.
    """
    if not story.held:
        return f"Nothing is recorded of a child held by {who}."
    end = min(story.until or story.moment.at + DAY, story.moment.at + DAY)
    held = Level(story.held)
    since = max(end - YEAR, story.from_on)
    spell = "In the last 12 months" if since == end - YEAR else f"In {length(since, end)}"
    if story.until and story.until <= story.moment.at:
        spell = "In the last 12 months in post" if since == end - YEAR else f"In {length(since, end)} in post"
    runs = [int(count or 0) for _, _, count in held.runs(since, end)]
    lowest, highest = min(runs, default=0), max(runs, default=0)
    most = plural(highest, "child", "children")
    many = most if lowest == highest else f"{lowest} to {most}"
    above = days_above(held, Level(story.capacity, before=None), since, end)
    if above is None:
        rest = "no capacity has been agreed"
    elif above == 0:
        rest = "never above the agreed capacity"
    else:
        rest = f"above the agreed capacity on {days(above)}"
    return f"{spell}, {who} held {many}, {rest}."


def description(story: WorkerStory) -> str:
    """The whole picture in a few sentences, for those who do not see it. The tables beneath hold every row."""
    end = story.moment.at + DAY
    until = min(story.until or end, end)
    years = "; ".join(_year_label(story, *year) for year in years_of(story.from_on, until))
    away = [one for one in story.absences if clipped(one.from_on, one.to_on, story.from_on, end)]
    held = sum(1 for one in story.supervisions if one.outcome == "held" and story.from_on <= one.on < end)
    spells = f"{in_words(len(away))} {'spell' if len(away) == 1 else 'spells'} away. "
    protected = "".join(f"{sentence(protected_words(one.share)[0])}. " for one in story.protected)
    return f"From {spoken(story.from_on)}. {years}. {spells}{protected}{plural(held, 'supervision')} held."


def key_lines(story: WorkerStory) -> tuple[KeyLine, ...]:
    """What the shapes of the picture mean: only those that it holds."""
    end = story.moment.at + DAY
    found: list[tuple[Shapes, str]] = [((Rect(1, 4, 24, 12, "area"),), "children held")]
    if any(one.number is not None for one in story.capacity):
        found.append(((Line(1, 9, 25, 9, "limit"),), "agreed capacity"))
        found.append(((Rect(1, 4, 24, 12, "area is-above"),), "above it"))
    if any(one.agency for one in story.appointments):
        found.append(((Rect(1, 3, 24, 12, "ribbon is-unmapped", 2),), "through an agency"))
    if story.protected:
        found.append(((Rect(1, 3, 24, 12, "protected", 2),), "first year, with protected time"))
    if any(one.attended for one in story.learning):
        found.append((_learnt(13, 9), "training attended"))
    if any(not one.attended for one in story.learning):
        found.append((_missed_learning(13, 9), "training not attended, or not said"))
    if any(clipped(one.from_on, one.to_on, story.from_on, end) for one in story.absences):
        found.append(((Rect(1, 3, 24, 12, "away", 2),), "away"))
    if any(one.outcome == "held" for one in story.supervisions):
        found.append((_held(13, 9), "supervision held"))
    if any(one.outcome != "held" for one in story.supervisions):
        found.append((_not_held(13, 9), "supervision not held"))
    return tuple(KeyLine(still_silent(shapes), says) for shapes, says in found)
