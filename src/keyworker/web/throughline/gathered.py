"""From a child's story, what a throughline shows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from keyworker.facts.days import london_day
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Gap, Mark, Ribbon, Role, Status, Story, VisitMark
from keyworker.web.coded import cause_in_a_word, mark_words
from keyworker.web.throughline.learnt import learnt_ends, new, new_ribbons, new_statuses, ribbon_key
from keyworker.web.throughline.statuses import GRAVEST_FIRST, status_words
from keyworker.web.throughline.strip import SEEN, Band, Dot, Hold, Meeting, Missed, Open, Small, Strip
from keyworker.web.words import days, due, length, spoken

MEETINGS = ("conference", "review", "core group", "strategy discussion", "meeting")
NOT_MEETINGS = ("request", "report", "papers", "decision", "record", "sent", "interview")
IN_THE_PICTURE = {
    "initial child protection conference": "Conference",
    "child protection review": "Review",
    "looked after review": "Review",
    "child in need review": "Review",
}


def strip_of(story: Story, moment: Moment, since_learnt: Story | None = None, *, edge: str = "now") -> Strip:
    """What a child's story shows at a moment; with what has been learnt since, marked as later.

    Takes   story, as known at the moment; since_learnt, the same day as best known now, when the moment is known-then;
            edge, what the last day is called.
    """
    end = moment.at + timedelta(days=1)
    both = since_learnt or story
    ribbons = [*((one, False) for one in story.ribbons), *((one, True) for one in new_ribbons(story, both))]
    visits = [*((one, False) for one in story.visits), *((one, True) for one in new(story.visits, both.visits))]
    marks = [*((one, False) for one in story.marks), *((one, True) for one in new(story.marks, both.marks))]
    statuses = [*((one, False) for one in story.statuses), *((one, True) for one in new_statuses(story, both))]
    kept = [pair for pair in visits if pair[0].happened_on < end]
    missed = _missed(story, end)
    return Strip(
        name=story.name,
        edge=edge,
        from_on=_first_day(story, both, end),
        to_on=end,
        bands=_bands(statuses, end),
        holds=_holds(ribbons, end, learnt_ends(story, both, end)),
        gaps=tuple(_open(index, gap, end) for index, gap in enumerate(story.gaps) if gap.from_on < end),
        untold=tuple(_untold(index, gap, end) for index, gap in enumerate(story.untold) if gap.from_on < end),
        dots=tuple(_dot(visit, later) for visit, later in sorted(kept, key=lambda pair: pair[0].happened_on)),
        teeth=tuple(_kept_days((on for _, on in story.interval_days if on < end), missed)),
        missed=missed,
        meetings=tuple(_meeting(mark, later) for mark, later in marks if not is_small(mark) and mark.on < end),
        small=tuple(Small(mark.kind, mark.on, later) for mark, later in marks if is_small(mark) and mark.on < end),
        knows_entry=any(visit.entered_at for visit, _ in visits),
    )


def _kept_days(due: Iterable[date], missed: Sequence[Missed]) -> Iterator[date]:
    """Days by which the child was to be seen and was: not those from which, or within which, nobody saw the child."""
    stretches = sorted((one.from_on - timedelta(days=1), one.to_on) for one in missed)
    for day in due:
        place = bisect_right(stretches, (day, date.max)) - 1
        if place < 0 or stretches[place][1] <= day:
            yield day


def is_small(mark: Mark) -> bool:
    """Whether a mark is drawn small, without its name: everything but meetings about the child."""
    kind = mark.kind.lower()
    return not any(one in kind for one in MEETINGS) or any(one in kind for one in NOT_MEETINGS)


def cause_words(ribbon: Ribbon) -> str:
    """Why a hold ended: recorded, read from elsewhere, or not recorded."""
    if ribbon.cause and ribbon.cause_read_from:
        return f"{cause_in_a_word(ribbon.cause)} (read from {ribbon.cause_read_from})"
    return cause_in_a_word(ribbon.cause) if ribbon.cause else "cause not recorded"


def _first_day(story: Story, both: Story, end: date) -> date:
    tales = (story, both)
    found = [status.from_on for tale in tales for status in tale.statuses]
    found += [ribbon.from_on for tale in tales for ribbon in tale.ribbons]
    found += [visit.happened_on for visit in both.visits] + [mark.on for mark in both.marks]
    first = min(found, default=end - timedelta(days=90))
    return min(first, end - timedelta(days=28))


def _bands(statuses: Iterable[tuple[Status, bool]], end: date) -> tuple[Band, ...]:
    def rank(pair: tuple[Status, bool]) -> tuple[int, date]:
        kind = pair[0].kind.lower()
        return (GRAVEST_FIRST.index(kind) if kind in GRAVEST_FIRST else len(GRAVEST_FIRST), pair[0].from_on)

    rows: list[list[tuple[date, date]]] = []
    bands = []
    for status, later in sorted(statuses, key=rank):
        to_on = min(status.to_on or end, end)
        if status.from_on >= to_on:
            continue
        row = _first_free(rows, status.from_on, to_on)
        bands.append(Band(status.kind.lower(), status_words(status), status.from_on, to_on, row, later))
    return tuple(bands)


def _first_free(rows: list[list[tuple[date, date]]], from_on: date, to_on: date) -> int:
    for index, taken in enumerate(rows):
        if all(to_on <= begun or ended <= from_on for begun, ended in taken):
            taken.append((from_on, to_on))
            return index
    rows.append([(from_on, to_on)])
    return len(rows) - 1


def _holds(
    ribbons: Iterable[tuple[Ribbon, bool]], end: date, learnt: Mapping[tuple[str, Role, date], date]
) -> tuple[Hold, ...]:
    inside = sorted((pair for pair in ribbons if pair[0].from_on < end), key=lambda pair: pair[0].from_on)
    leads = [(one.from_on, min(one.to_on or end, end)) for one, _ in inside if one.role is Role.LEAD]
    rows: list[list[tuple[date, date]]] = []
    holds = []
    for index, (ribbon, later) in enumerate(inside):
        to_on = min(ribbon.to_on or end, end)
        main = ribbon.role is Role.LEAD or (
            ribbon.role is Role.ACCOUNTABLE and not any(a < to_on and ribbon.from_on < b for a, b in leads)
        )
        row = 0 if main else _first_free(rows, ribbon.from_on, to_on)
        hold = _hold(index, ribbon, to_on, end, main, row, later)
        holds.append(_ended_later(hold, learnt.get(ribbon_key(ribbon))))
    return tuple(holds)


def _hold(index: int, ribbon: Ribbon, to_on: date, end: date, main: bool, row: int, later: bool) -> Hold:
    ongoing = ribbon.to_on is None or ribbon.to_on > end
    lasted = length(ribbon.from_on, to_on)
    ending = "still holds" if ongoing else f"ended {spoken(to_on - timedelta(days=1))}, {cause_words(ribbon)}"
    label = f"{ribbon.worker.name}, {ribbon.role.value}, from {spoken(ribbon.from_on)}, {lasted}, {ending}"
    cause = "" if ongoing else cause_words(ribbon)
    return Hold(
        f"held-{index + 1}",
        ribbon.worker.name,
        ribbon.role,
        lasted,
        ribbon.from_on,
        to_on,
        ongoing,
        cause,
        main,
        row,
        later,
        label + (", entered after the moment you chose" if later else ""),
        ribbon.worker.handle,
    )


def _ended_later(hold: Hold, learnt_end: date | None) -> Hold:
    """A hold whose end was entered after the moment chosen: it is drawn as it was thought, and the rest hatched."""
    if learnt_end is None:
        return hold
    said = f"; that it ended {spoken(learnt_end - timedelta(days=1))} was entered after the moment you chose"
    return replace(hold, learnt_end=learnt_end, label=hold.label + said)


def _open(index: int, gap: Gap, end: date) -> Open:
    to_on = min(gap.to_on or end, end)
    ongoing = gap.to_on is None or gap.to_on > end
    count = days((to_on - gap.from_on).days)
    label = f"No worker for {count}, from {spoken(gap.from_on)}" + (", and still none" if ongoing else "")
    return Open(f"gap-{index + 1}", gap.from_on, to_on, ongoing, label)


def _untold(index: int, gap: Gap, end: date) -> Open:
    to_on = min(gap.to_on or end, end)
    label = f"No extract tells who held the child from {spoken(gap.from_on)} to {spoken(to_on - timedelta(days=1))}"
    return Open(f"untold-{index + 1}", gap.from_on, to_on, False, label)


def _dot(visit: VisitMark, later: bool) -> Dot:
    entered = london_day(visit.entered_at) if visit.entered_at else None
    label = f"{spoken(visit.happened_on)}: {visit.outcome.value}"
    return Dot(visit.happened_on, visit.outcome, entered, later, label)


def _missed(story: Story, end: date) -> tuple[Missed, ...]:
    seen = sorted(visit.happened_on for visit in story.visits if visit.outcome in SEEN and visit.happened_on < end)
    found: list[Missed] = []
    for began, due_on in sorted(story.interval_days, key=lambda pair: pair[1]):
        past_from = due_on + timedelta(days=1)
        after = bisect_right(seen, due_on)
        if past_from >= end or after > bisect_right(seen, began):
            continue
        next_seen = seen[after] if after < len(seen) else None
        to_on = next_seen + timedelta(days=1) if next_seen else end
        if found and found[-1].to_on >= to_on:
            continue
        count = days((to_on - past_from).days) if next_seen else due(due_on, end - timedelta(days=1))
        label = f"Due to be seen by {spoken(due_on)}; " + (
            f"seen {count} past that, on {spoken(next_seen)}" if next_seen else f"not seen since, {count}"
        )
        found.append(Missed(f"missed-{len(found) + 1}", past_from, to_on, next_seen is None, label))
    return tuple(found)


def _meeting(mark: Mark, later: bool) -> Meeting:
    words = IN_THE_PICTURE.get(mark.kind.lower()) or mark_words(mark.kind, mark.says)
    return Meeting(mark.on, words, mark.due_on, later)
