"""Who supervises whom, when they met, and about which children: it lapses when a manager leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.county import absence, days, lags, words
from keyworker.county.chance import Ints, columns
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.organisation import COUNTY_WIDE, STRAIN
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.posts import HEAD, MANAGER, MIDDLE, teams_of
from keyworker.county.worker_rows import director, managers, parent_of, worker_ids

EVERY, CASE_EVERY = 28, 50
LAPSE = 90  # days for which nobody takes over the supervision that a group manager or a head of service gave
WEEKLY, FORTNIGHTLY, WEEKLY_UNTIL, FORTNIGHTLY_UNTIL = 7, 14, 42, 182
"""Days between supervisions of the newly qualified: weekly for six weeks, fortnightly to six months, then monthly."""
DECISIONS = (
    "Plan to continue; seen since last supervision.",
    "Visit to be brought forward.",
    "Chronology to be brought up to date.",
    "Closing to be considered at the next review.",
)


@dataclass(frozen=True)
class Lines:
    """One worker is supervised by another, from a day up to, not including, another."""

    worker: Ints
    supervisor: Ints
    start: Ints
    end: Ints
    strain: np.ndarray
    new: np.ndarray


def supervision(life: Life) -> list[Kept]:
    """The supervision line, personal supervision and case supervision."""
    lines = _lines(life)
    return [_line_rows(life, lines), _personal(life, lines), _cases(life)]


def _lines(life: Life) -> Lines:
    """Workers by their team's manager, managers by a group manager, group managers by a head of service, and those by
    the director. Where a post is empty there is no line, until somebody above takes over.
    """
    led = managers(life)
    above = _above(life)
    directing = [(director(life), life.first, days.STILL_OPEN)]
    heads = _taken_over(above.pop(-1), directing)
    above = {team: _taken_over(held, heads) for team, held in above.items()}
    rows: list[tuple[int, int, int, int, int, int]] = []
    for number, spell in enumerate(life.people.spells):
        for place, low, high in teams_of(life.people.posts[spell.post], spell.first, spell.to):
            if spell.kind == HEAD:
                held = directing
            elif spell.kind in (MANAGER, MIDDLE):
                held = above.get(parent_of(life, place), heads)
            else:
                held = led.get(place, [])
            for above_them, since, until in held:
                begin, over = max(low, since, life.first), min(high, until)
                if begin < min(over, life.horizon) and above_them != number:
                    rows.append((number, above_them, begin, over, place, spell.newly_qualified))
    worker, supervisor, start, end, team, new = columns(rows, 6)
    district = np.array([life.organisation.teams[n].district for n in team], dtype=np.int64)
    strain = np.where(district == COUNTY_WIDE, 1.0, STRAIN[np.maximum(district, 0)])
    return _joined(Lines(worker, supervisor, start, end, strain, new == 1))


def _above(life: Life) -> dict[int, list[tuple[int, int, int]]]:
    """Group managers by district team, and all heads of service under -1, one at a time."""
    found: dict[int, list[tuple[int, int, int]]] = {-1: []}
    for number, spell in enumerate(life.people.spells):
        team = life.people.posts[spell.post].team
        if spell.kind == MIDDLE:
            found.setdefault(team, []).append((number, spell.first, spell.to))
        elif spell.kind == HEAD:
            found[-1].append((number, spell.first, spell.to))
    return {team: _in_turn(held) for team, held in found.items()}


def _in_turn(held: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    kept: list[tuple[int, int, int]] = []
    for number, low, high in sorted(held, key=lambda one: one[1]):
        low = max(low, kept[-1][2]) if kept else low
        if low < high:
            kept.append((number, low, high))
    return kept


def _taken_over(held: list[tuple[int, int, int]], above: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Those who held a post, one at a time, and who is above them where it has stood empty for long."""
    found = list(held)
    ends = [0, *(high for _, _, high in held)]
    starts = [*(low for _, low, _ in held), days.STILL_OPEN]
    for end, start in zip(ends, starts, strict=True):
        empty = end + LAPSE if end else end
        found += [(number, max(empty, low), min(start, high)) for number, low, high in above]
    return sorted((one for one in found if one[1] < one[2]), key=lambda one: one[1])


def _joined(lines: Lines) -> Lines:
    """Touching lines of one pair made into one: a reorganisation that keeps them together changes nothing."""
    order = np.lexsort((lines.start, lines.supervisor, lines.worker))
    worker, supervisor = lines.worker[order], lines.supervisor[order]
    start, end = lines.start[order], lines.end[order]
    new = np.ones(len(worker), dtype=bool)
    new[1:] = (worker[1:] != worker[:-1]) | (supervisor[1:] != supervisor[:-1]) | (start[1:] > end[:-1])
    first = np.flatnonzero(new)
    over = np.maximum.reduceat(end, first) if len(first) else end
    over = np.where(over >= days.STILL_OPEN, days.STILL_OPEN, over)
    return Lines(
        worker[first], supervisor[first], start[first], over, lines.strain[order][first], lines.new[order][first]
    )


def _line_rows(life: Life, lines: Lines) -> Kept:
    end = np.where(lines.end >= life.horizon, days.STILL_OPEN, lines.end)
    frame = typed(
        "supervision_line",
        {
            "worker_id": worker_ids(life, lines.worker),
            "supervisor_id": worker_ids(life, lines.supervisor),
            "from_on": words.dates(lines.start),
            "to_on": words.dates(end),
        },
        len(lines.worker),
    )
    return Kept(
        "supervision_line",
        frame,
        lags.entered(life.chance, "supervision lines", lines.start, lags.USUAL),
        lags.entered(life.chance, "supervision lines over", np.where(end < days.STILL_OPEN, end, 0), lags.USUAL),
        ("to_on",),
        says=True,
    )


def _personal(life: Life, lines: Lines) -> Kept:
    of, planned = _planned(life, lines)
    rng = life.chance.stream("personal supervision")
    mine = absence.away(life.away, lines.worker[of], planned)
    theirs = absence.away(life.away, lines.supervisor[of], planned)
    dropped = rng.random(len(of)) < 0.11 * lines.strain[of] ** 1.5
    cancelled = mine | theirs | dropped
    untold = cancelled & (rng.random(len(of)) < 0.45)
    of, planned, cancelled, mine, theirs = (
        of[~untold],
        planned[~untold],
        cancelled[~untold],
        mine[~untold],
        theirs[~untold],
    )
    by = np.select([~cancelled, mine, theirs], [0, 1, 2], rng.choice([1, 2, 3], len(of), p=[0.25, 0.65, 0.1]))
    frame = typed(
        "personal_supervision",
        {
            "supervision_id": words.numbered("SV", np.arange(len(of)) + life.chance.block * BLOCK, 9),
            "worker_id": worker_ids(life, lines.worker[of]),
            "supervisor_id": worker_ids(life, lines.supervisor[of]),
            "planned_on": words.dates(planned),
            "happened_on": words.dates(planned),
            "outcome": words.pick(("held", "cancelled"), cancelled.astype(np.int64)),
            "minutes": words.where(~cancelled, pl.Series(_minutes(lines.new[of], rng))),
            "cancelled_by": words.pick((None, "worker", "supervisor", "other"), by),
        },
        len(of),
    )
    return Kept(
        "personal_supervision",
        frame,
        lags.entered(life.chance, "personal supervision", planned, lags.USUAL, lines.strain[of]),
        says=True,
    )


def _planned(life: Life, lines: Lines) -> tuple[Ints, Ints]:
    """The days for which supervision was planned: monthly, and oftener for the newly qualified. Gives the line too."""
    rng = life.chance.stream("personal supervision planned")
    stop = np.minimum(lines.end, life.horizon)
    begun = np.array([one.first for one in life.people.spells], dtype=np.int64)[lines.worker]
    parts: list[tuple[Ints, Ints]] = []
    live = np.arange(len(stop))
    day = lines.start + rng.integers(2, 12, len(live))
    while len(live):
        live, day = live[day < stop[live]], day[day < stop[live]]
        parts.append((live, days.on_a_working_day(day)))
        served = day - begun[live]
        early = np.select([served < WEEKLY_UNTIL, served < FORTNIGHTLY_UNTIL], [WEEKLY, FORTNIGHTLY], EVERY)
        gap = np.where(lines.new[live], early, EVERY)
        day = day + gap + np.where(gap > WEEKLY, rng.integers(-3, 5, len(live)), rng.integers(-1, 2, len(live)))
    of = np.concatenate([part[0] for part in parts]) if parts else live
    planned = np.concatenate([part[1] for part in parts]) if parts else live
    kept = planned >= lines.start[of]
    order = np.lexsort((planned[kept], of[kept]))
    return of[kept][order], planned[kept][order]


def _minutes(new: np.ndarray, rng: np.random.Generator) -> Ints:
    """How long each lasted, to five minutes: the newly qualified are promised ninety, and not all get them."""
    long = rng.normal(np.where(new, 96.0, 78.0), 18.0)
    return (np.clip(long, 25, 150) // 5 * 5).astype(np.int64)


def _cases(life: Life) -> Kept:
    """Case supervision of each child about every seven weeks, by the manager whom the team then had."""
    rng = life.chance.stream("case supervision")
    holds = life.holds
    stop = np.minimum(holds.end, life.horizon)
    spell = life.stages.spell[holds.stage]
    strain = life.strain[life.spells.family[spell]]
    often = CASE_EVERY * (0.8 + 0.25 * strain)
    many = np.maximum(((stop - holds.start) / often).astype(np.int64), 0)
    of = np.repeat(np.arange(len(many)), many)
    turn = np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)
    when = holds.start[of] + ((turn + 0.35 + 0.5 * rng.random(len(of))) * often[of]).astype(np.int64)
    when = days.on_a_working_day(when)
    supervisor = _manager_at(life, holds.team[of], when)
    kept = (supervisor >= 0) & (when < stop[of]) & (when >= holds.start[of]) & (supervisor != holds.worker[of])
    kept &= rng.random(len(of)) > 0.06 * strain[of]
    of, when, supervisor = of[kept], when[kept], supervisor[kept]
    held = ~absence.away(life.away, supervisor, when) & (rng.random(len(of)) > 0.04)
    row, stay = life.children_of(spell[of])
    care = life.paths.care_from[stay]
    ours = np.where(life.stages.kind[holds.stage[of[row]]] == 2, when[row] >= care, when[row] < care)
    row, stay = row[ours], stay[ours]
    said = rng.integers(0, len(DECISIONS), len(row))
    frame = typed(
        "case_supervision",
        {
            "supervision_id": words.numbered("SC", row + life.chance.block * BLOCK * 4, 10),
            "child_id": child_ids(life, life.stays.child[stay]),
            "worker_id": worker_ids(life, holds.worker[of[row]]),
            "supervisor_id": worker_ids(life, supervisor[row]),
            "happened_on": words.dates(when[row]),
            "outcome": words.pick(("cancelled", "held"), held[row].astype(np.int64)),
            "decision": words.where(held[row], words.pick(DECISIONS, said)),
        },
        len(row),
    )
    typed_in = lags.entered(life.chance, "case supervision", when, lags.SLOW, strain[of])
    return Kept("case_supervision", frame, typed_in[row], says=True)


def _manager_at(life: Life, team: Ints, day: Ints) -> Ints:
    """The worker who managed each team on each day, or -1."""
    rows = sorted((t, low, high, worker) for t, held in managers(life).items() for worker, low, high in held)
    found = np.array(rows, dtype=np.int64).reshape(-1, 4)
    low = np.maximum(found[:, 1], 0)
    key = found[:, 0] * 2**20 + low
    position = np.maximum(np.searchsorted(key, team * 2**20 + day, side="right") - 1, 0)
    right = (found[position, 0] == team) & (low[position] <= day) & (day < found[position, 2])
    return np.where(right, found[position, 3], -1)
