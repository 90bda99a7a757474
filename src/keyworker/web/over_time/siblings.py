"""Brothers and sisters side by side: thin strips on one time scale, the child of the page first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from keyworker.facts.pictures import Outcome, Status
from keyworker.facts.stories import Together
from keyworker.web.over_time.lanes import Bar, Lane, Lanes, Mark, Shapes, clipped
from keyworker.web.throughline.key import KeyLine, still_silent
from keyworker.web.throughline.shapes import Rect, initials, visit_shapes
from keyworker.web.throughline.statuses import GRAVEST_FIRST, status_words
from keyworker.web.throughline.words import OUTCOME_WORDS
from keyworker.web.words import days, days_ago, in_words, inside, listed, spoken

DAY = timedelta(days=1)
LEAST = timedelta(days=28)
HEIGHT, BAND, HELD, VISITS = 44.0, 6.0, 18.0, 37.0


def sibling_lanes(family: Sequence[Together], at: date, edge: str) -> Lanes:
    """The strips of a family, one lane a child.

    Takes   family, the child of the page first; edge, what the last day is called.
    """
    end = at + DAY
    first = min((day for one in family for day in _days(one)), default=end - LEAST)
    from_on = min(first, end - LEAST)
    tones = _tones(family)
    lanes = tuple(_lane(place, one, from_on, end, tones) for place, one in enumerate(family))
    return Lanes(from_on, end, edge, lanes, labels=170)


def _days(one: Together) -> list[date]:
    return [
        *(status.from_on for status in one.statuses),
        *(hold.from_on for hold in one.holds),
        *(on for on, _ in one.visits),
    ]


def _tones(family: Sequence[Together]) -> dict[str, str]:
    """One tone for each worker, the same in every strip."""
    workers = dict.fromkeys(hold.worker.worker_id for one in family for hold in one.holds)
    return {worker_id: "is-even" if place % 2 else "is-odd" for place, worker_id in enumerate(workers)}


def _lane(place: int, one: Together, from_on: date, end: date, tones: dict[str, str]) -> Lane:
    whole = Bar(from_on, end, "whole", 0, HEIGHT, anchor=f"kin-{place + 1}", label=label(one, end - DAY))
    held = (*_holds(one, from_on, end, tones), *_gaps(one, from_on, end), *_untold(one, from_on, end))
    bars = (*_bands(one, from_on, end), *held, whole)
    marks = tuple(Mark(on, VISITS, _visit(outcome)) for on, outcome in one.visits if from_on <= on < end)
    age = "" if one.age_years is None else ", under 1" if one.age_years == 0 else f", {one.age_years}"
    return Lane((f"{one.name}{age}", one.name), HEIGHT, bars, marks, strong=place == 0)


def _bands(one: Together, from_on: date, end: date) -> tuple[Bar, ...]:
    """Why the service was involved, the gravest laid last and so on top."""

    def rank(kind: str) -> int:
        return GRAVEST_FIRST.index(kind) if kind in GRAVEST_FIRST else len(GRAVEST_FIRST)

    ordered = sorted(one.statuses, key=lambda status: -rank(status.kind.lower()))
    return tuple(
        Bar(*span, f"band is-{status.kind.lower().replace(' ', '-')}", 0, BAND)
        for status in ordered
        if (span := clipped(status.from_on, status.to_on, from_on, end))
    )


def _holds(one: Together, from_on: date, end: date, tones: dict[str, str]) -> tuple[Bar, ...]:
    """Accountable workers first, so that a lead lies over them."""
    ordered = sorted(one.holds, key=lambda hold: hold.role.value)
    found = []
    for hold in ordered:
        span = clipped(hold.from_on, hold.to_on, from_on, end)
        lead = hold.role.value == "lead"
        if span and (lead or not _led(one, span)):
            cls = f"ribbon is-{hold.role.value} {tones[hold.worker.worker_id]}"
            name = hold.worker.name
            says = (name, name.split()[-1], initials(name))
            found.append(Bar(*span, cls, BAND + 3, HELD, says, f"ribbon-length is-small on-{hold.role.value}", 11))
    return tuple(found)


def _led(one: Together, span: tuple[date, date]) -> bool:
    """Whether a lead holds the child on the whole of a stretch."""
    day = span[0]
    for hold in (hold for hold in one.holds if hold.role.value == "lead"):
        if hold.from_on <= day:
            day = max(day, hold.to_on or date.max)
    return day >= span[1]


def _gaps(one: Together, from_on: date, end: date) -> tuple[Bar, ...]:
    return tuple(
        Bar(*span, "gap", BAND + 3, HELD, (days((span[1] - span[0]).days),), "gap-days is-small", 11, True)
        for gap in one.gaps
        if (span := clipped(gap.from_on, gap.to_on, from_on, end))
    )


def _untold(one: Together, from_on: date, end: date) -> tuple[Bar, ...]:
    return tuple(
        Bar(*span, "untold", BAND + 3, HELD, ("not told", "?"), "untold-label")
        for stretch in one.untold
        if (span := clipped(stretch.from_on, stretch.to_on, from_on, end))
    )


def _visit(outcome: Outcome) -> Callable[[float, float], Shapes]:
    def draw(x: float, y: float) -> Shapes:
        return visit_shapes(x, y, 3.2, outcome, False)

    return draw


def label(one: Together, at: date) -> str:
    """One strip in words: why, who, since when, last seen, days with nobody."""
    why = listed([inside(status_words(status)) for status in statuses_on(one, at)])
    who = one.holder(at)
    held = f"held by {who.name}" if who else "nobody holds them" if one.is_open else "not open to the service"
    seen = f"last seen {days_ago(one.last_seen_on, at)}" if one.last_seen_on else "no visit recorded"
    without = days_without(one, at)
    gone = f"with no worker for {days(without)} in all" if without else ""
    return ", ".join(filter(None, (one.name, why, held, seen, gone, untold_words(one))))


def untold_words(one: Together) -> str:
    """Before which day no extract tells who held the child; empty where they tell of every open day."""
    last = max((stretch.to_on for stretch in one.untold if stretch.to_on), default=None)
    return f"no extract tells who held them before {spoken(last)}" if last else ""


def statuses_on(one: Together, day: date) -> list[Status]:
    """Why the service is in a child's life on a day, the gravest first."""
    now = [status for status in one.statuses if status.from_on <= day and (status.to_on is None or status.to_on > day)]
    order = {kind: place for place, kind in enumerate(GRAVEST_FIRST)}
    return sorted(now, key=lambda status: order.get(status.kind.lower(), len(order)))


def days_without(one: Together, at: date) -> int:
    """On how many days nobody held the child while the child was open."""
    end = at + DAY
    return sum((min(gap.to_on or end, end) - gap.from_on).days for gap in one.gaps if gap.from_on < end)


def finding(family: Sequence[Together], at: date) -> str:
    """What the strips show, in one sentence: who else is open, and whether one worker holds them all."""
    child, *others = family
    now = [one for one in others if one.is_open]
    if not now:
        many = "A brother or sister" if len(others) == 1 else f"{in_words(len(others))} brothers or sisters"
        return f"{many} of {child.name} {'was' if len(others) == 1 else 'were'} known to the service; none is open now."
    many = in_words(len(now)) + (" brother or sister" if len(now) == 1 else " brothers or sisters")
    is_open = "is open" if len(now) == 1 else "are open"
    if not child.is_open:
        return f"{many} of {child.name} {is_open} to the service; {child.name} is not."
    held = [one.holder(at) for one in (child, *now)]
    workers = {who.worker_id for who in held if who}
    if not workers:
        return f"{many} of {child.name} {is_open} too; nobody holds any of them."
    nobody = sum(1 for who in held if who is None)
    between = "one worker holds" if len(workers) == 1 else f"{in_words(len(workers)).lower()} workers hold"
    every = f"the {in_words(len(held)).lower()} between them"
    them = "the others" if nobody else "them all" if len(workers) == 1 else every
    alone = f", {in_words(nobody).lower()} of them {'has' if nobody == 1 else 'have'} no worker" if nobody else ""
    return f"{many} of {child.name} {is_open} too{alone}; {between} {them}."


def description(family: Sequence[Together], at: date) -> str:
    """The strips in words, for those who do not see them. The table beneath holds the same."""
    return ". ".join(label(one, at) for one in family) + "."


def key_lines(family: Sequence[Together]) -> tuple[KeyLine, ...]:
    """What the shapes of the strips mean: only those that they hold."""
    found: list[tuple[Shapes, str]] = [((Rect(1, 6, 24, 6, "band is-cp"),), "why involved: darker is graver")]
    roles = {hold.role.value for one in family for hold in one.holds}
    if "lead" in roles:
        found.append(((Rect(1, 2, 24, 14, "ribbon is-lead is-odd", 2),), "leads"))
    if "accountable" in roles:
        found.append(((Rect(1, 2, 24, 14, "ribbon is-accountable", 2),), "accountable, while nobody leads"))
    if any(one.gaps for one in family):
        found.append(((Rect(1, 2, 24, 14, "gap", 2),), "no worker"))
    if any(one.untold for one in family):
        found.append(((Rect(1, 2, 24, 14, "untold", 2),), "no extract tells who"))
    outcomes = {outcome for one in family for _, outcome in one.visits}
    found += [(visit_shapes(13, 9, 4, one, False), OUTCOME_WORDS[one]) for one in Outcome if one in outcomes]
    return tuple(KeyLine(still_silent(shapes), says) for shapes, says in found)
