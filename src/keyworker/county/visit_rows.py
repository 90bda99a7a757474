"""Visits as a case system holds them: one row for each child, with its worker, its outcome and when it was typed in."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, visits, words
from keyworker.county.care_episodes import Episodes, InCare, Placements
from keyworker.county.chance import Ints
from keyworker.county.escalation_steps import escalations
from keyworker.county.kept import Edit, Kept, typed
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.permanence_rows import adoption_visits
from keyworker.county.placement_rows import visits_owed
from keyworker.county.plans import NeedPlans
from keyworker.county.posts import NOBODY
from keyworker.county.steps import Steps
from keyworker.county.visits import Calls, Times
from keyworker.county.worker_rows import worker_ids

SHARE_WITH_OWN_INTERVAL = 0.12
CP_EVERY, CIN_EVERY, SELDOM_EVERY, CLA_EVERY = 10, 20, 60, 30
OWN_EVERY = 5
BEDROOM_SEEN = 0.62
"""Working days between visits, as the county's example settings have them; looked after children six weeks."""


def visited(life: Life, helped: NeedPlans, planned: NeedPlans, cared: InCare, steps: Steps) -> list[Kept]:
    """The three tables of visits, visits of other kinds, and how often children are to be seen under their plans."""
    first, later = life.stages_of
    strain = life.strain[life.spells.family]
    turns = life.handover
    need_every = _every(helped, planned)
    cin = Times(
        first[helped.spell],
        later[helped.spell],
        turns[helped.spell],
        helped.start,
        helped.end,
        need_every,
        strain[helped.spell],
    )
    plans = life.plans
    cp = Times(
        first[plans.spell],
        later[plans.spell],
        turns[plans.spell],
        plans.start,
        plans.end,
        np.where(seen_more_often(life), OWN_EVERY, CP_EVERY),
        strain[plans.spell],
    )
    spell = life.stays.spell[life.care.stay]
    turn = life.paths.care_from[life.care.stay]
    cla = Times(
        later[spell],
        life.care_stage[spell],
        turn,
        life.care.start,
        life.care.end,
        np.full(len(spell), CLA_EVERY),
        strain[spell],
    )
    return [
        _cin(life, cin, helped),
        _cp(life, cp, steps),
        _cla(life, cla, cared.placements),
        _assessing(life),
        _adopting(life, cared.episodes),
        _own_plans(life),
    ]


def seen_more_often(life: Life) -> np.ndarray:
    """The child protection plans whose own terms ask for more visits than the county's setting."""
    return life.chance.stream("own plans").random(len(life.plans.spell)) < SHARE_WITH_OWN_INTERVAL


def _own_plans(life: Life) -> Kept:
    """How often a child is to be seen under their own plan, where the conference asked for more."""
    plan = np.flatnonzero(seen_more_often(life))
    row, stay = life.children_of(life.plans.spell[plan])
    start, end = life.plans.start[plan][row], life.plans.end[plan][row]
    frame = typed(
        "child_plan",
        {
            "child_id": child_ids(life, life.stays.child[stay]),
            "visit_every": pl.Series([OWN_EVERY]).new_from_index(0, len(row)),
            "unit": "working_days",
            "set_by": "conference chair",
            "why": "Agreed at the conference.",
            "from_on": words.dates(start),
            "to_on": words.dates(end),
        },
        len(row),
    )
    over = lags.entered(life.chance, "own plans over", np.where(end < days.STILL_OPEN, end, 0), lags.PROMPT)
    return Kept(
        "child_plan", frame, lags.entered(life.chance, "own plans", start, lags.PROMPT), over, ("to_on",), says=True
    )


def _every(helped: NeedPlans, planned: NeedPlans) -> Ints:
    with_plan = np.isin(helped.spell * 2**31 + helped.end, planned.spell * 2**31 + planned.end)
    return np.where(with_plan, CIN_EVERY, SELDOM_EVERY)


def _by_child(life: Life, made: Calls, spell: Ints) -> tuple[Ints, Ints]:
    """A row for each child who was still in the family: the visit, and the stay. Children in care are visited apart."""
    row, stay = life.children_of(spell[made.of])
    day = made.day[row]
    in_care = (day >= life.care_since[stay]) & (day < life.care_until[stay])
    born = life.families.birth[life.stays.child[stay]] <= day
    ours = ~in_care & born
    return row[ours], stay[ours]


def _common(life: Life, made: Calls, row: Ints, stay: Ints, name: str) -> tuple[dict[str, object], Ints, list[Edit]]:
    rng = life.chance.stream(f"visit rows {name}")
    day = made.day[row]
    ages = (day - life.families.birth[life.stays.child[stay]]) / days.YEAR
    outcome, why = visits.seen_by_child(made.outcome[row], ages, rng)
    reason = np.where(why == visits.NONE, made.reason[row], why)
    worker = made.worker[row]
    seen = (outcome == visits.SEEN) | (outcome == visits.SEEN_ALONE)
    tried = seen | (outcome == visits.NOT_SEEN) | (outcome == visits.NO_ACCESS)
    columns: dict[str, object] = {
        "child_id": child_ids(life, life.stays.child[stay]),
        "happened_on": words.dates(day),
        "seen": words.flags(seen),
        "seen_alone": words.flags(outcome == visits.SEEN_ALONE),
        "worker_id": words.where(worker != NOBODY, worker_ids(life, np.maximum(worker, 0))),
        "outcome": words.pick(visits.OUTCOMES, outcome),
        "cancelled_by": words.where(outcome == visits.CANCELLED, words.pick(visits.CALLED_OFF_BY, made.by[row])),
        "reason": words.pick(visits.REASONS, reason),
    }
    if name != "cla":
        columns["bedroom"] = words.flags(rng.random(len(row)) < BEDROOM_SEEN, tried & seen)
    typed_in = _typed_in(life, made, name)[row]
    return columns, typed_in, _put_right(life, name, day, outcome, typed_in)


def _typed_in(life: Life, made: Calls, name: str) -> Ints:
    pressed = np.where(made.worker == NOBODY, 1.6, 1.0)
    return lags.entered(life.chance, f"visits {name}", made.day, lags.USUAL, pressed)


def _put_right(life: Life, name: str, day: Ints, outcome: Ints, typed_in: Ints) -> list[Edit]:
    """A few visits were first typed in on a wrong day, or as seen where seen alone; more of them before inspections."""
    rng = life.chance.stream(f"visits put right {name}")
    many = len(day)
    chance = np.full(many, 0.012)
    for announced in lags.INSPECTIONS:
        near = (typed_in < announced * lags.DAY) & (typed_in > (announced - 120) * lags.DAY)
        chance = np.where(near, 0.05, chance)
    picked = np.flatnonzero(rng.random(many) < chance)
    until = typed_in[picked] + (rng.exponential(25, len(picked)) * lags.DAY).astype(np.int64) + 3600
    for announced in lags.INSPECTIONS:
        before = (typed_in[picked] < announced * lags.DAY) & (typed_in[picked] > (announced - 120) * lags.DAY)
        rush = announced * lags.DAY + (rng.random(len(picked)) * 5 * lags.DAY).astype(np.int64)
        until = np.where(before & (rng.random(len(picked)) < 0.7), rush, until)
    moved = picked[::2]
    wrong_day = day[moved] - rng.integers(1, 5, len(moved))
    alone = np.flatnonzero(outcome[picked] == visits.SEEN_ALONE)
    rows, when = picked[alone], until[alone]
    return [
        Edit("happened_on", moved, words.dates(wrong_day), until[::2]),
        Edit("seen_alone", rows, pl.Series([False]).new_from_index(0, len(rows)), when),
        Edit("outcome", rows, pl.Series(["seen"]).new_from_index(0, len(rows)), when),
    ]


def _cin(life: Life, times: Times, helped: NeedPlans) -> Kept:
    made = visits.calls(times, life.holds, life.away, life.chance, "cin", life.first, life.horizon)
    row, stay = _by_child(life, made, helped.spell)
    columns, typed_in, edits = _common(life, made, row, stay, "cin")
    columns["cin_visit_id"] = words.numbered("VN", np.arange(len(row)) + life.chance.block * BLOCK * 16, 10)
    return Kept("cin_visits", typed("cin_visits", columns, len(row)), typed_in, says=True, edits=edits)


def _cp(life: Life, times: Times, steps: Steps) -> Kept:
    made = visits.calls(times, life.holds, life.away, life.chance, "cp", life.first, life.horizon)
    row, stay = _by_child(life, made, life.plans.spell)
    columns, typed_in, edits = _common(life, made, row, stay, "cp")
    size = life.spells.size[life.plans.spell]
    first = np.cumsum(size) - size
    begins = np.cumsum(life.spells.size) - life.spells.size
    plan = made.of[row]
    place = stay - begins[life.stays.spell[stay]]
    columns["cp_plan_id"] = words.numbered("PL", first[plan] + place + life.chance.block * BLOCK * 2, 9)
    columns["cp_visit_id"] = words.numbered("VP", np.arange(len(row)) + life.chance.block * BLOCK * 16, 10)
    frame = typed("cp_visits", columns, len(row))
    seen = np.flatnonzero(frame["seen"].to_numpy())
    escalations(life, steps, plan[seen], stay[seen], made.day[row[seen]])
    return Kept("cp_visits", frame, typed_in, says=True, edits=edits)


def _cla(life: Life, times: Times, placed: Placements) -> Kept:
    """The regular visits, and those that a new placement, a trial of one or a concern asks for."""
    made = visits.calls(times, life.holds, life.away, life.chance, "cla", life.first, life.horizon)
    care, day = visits_owed(life, placed)
    owed = visits.on_days(
        _in_care(life, care, day), day, life.holds, life.away, life.chance, "owed by placements", life.first
    )
    made = visits.together(made, care[owed.of], owed)
    row = np.arange(len(made.of))
    columns, typed_in, edits = _common(life, made, row, life.care.stay[made.of], "cla")
    columns["care_period_id"] = words.numbered("PC", made.of + life.chance.block * BLOCK, 9)
    columns["visit_id"] = words.numbered("VL", row + life.chance.block * BLOCK * 16, 10)
    return Kept("cla_visits", typed("cla_visits", columns, len(row)), typed_in, says=True, edits=edits)


def _in_care(life: Life, care: Ints, day: Ints) -> Times:
    """A day each in periods of care, for visits by whoever leads then."""
    stay = life.care.stay[care]
    spell = life.stays.spell[stay]
    return _a_day(life, spell, day, (life.care_stage[spell], life.paths.care_from[stay]))


def _a_day(life: Life, spell: Ints, day: Ints, care: tuple[Ints, Ints] | None = None) -> Times:
    first, later = life.stages_of
    before, after, turns = first[spell], later[spell], life.handover[spell]
    if care is not None:
        before = np.where((later[spell] >= 0) & (day >= turns), later[spell], first[spell])
        after, turns = care
    strain = life.strain[life.spells.family[spell]]
    return Times(before, after, turns, day, day + 1, np.full(len(spell), SELDOM_EVERY), strain)


def _adopting(life: Life, made: Episodes) -> Kept:
    """Visits to children placed for adoption."""
    care, day = adoption_visits(life, made)
    found = visits.on_days(_in_care(life, care, day), day, life.holds, life.away, life.chance, "adoption")
    return other_visits(life, found, life.care.stay[care[found.of]], "adoption", "VB")


def other_visits(life: Life, made: Calls, stay: Ints, kind: str, prefix: str) -> Kept:
    """Visits of a kind that has no table of its own, one row for each child."""
    row = np.arange(len(made.of))
    columns, typed_in, edits = _common(life, made, row, stay, kind)
    columns.pop("bedroom")
    columns["visit_id"] = words.numbered(prefix, row + life.chance.block * BLOCK * 8, 10)
    columns["visit_kind"] = kind
    return Kept("other_visit", typed("other_visit", columns, len(row)), typed_in, says=True, edits=edits)


def visits_to_children(life: Life, stay: Ints, day: Ints, kind: str, prefix: str) -> Kept:
    """Visits of a kind to some children on some days, by whoever leads the work with the family then."""
    found = visits.on_days(_a_day(life, life.stays.spell[stay], day), day, life.holds, life.away, life.chance, kind)
    return other_visits(life, found, stay[found.of], kind, prefix)


def _assessing(life: Life) -> Kept:
    """One or two visits while an assessment is made."""
    spells = life.spells
    which = np.flatnonzero((spells.kind > 0) & (spells.start >= life.first))
    rng = life.chance.stream("assessment visits")
    finish = np.minimum(
        np.where(spells.assessed[which] < days.STILL_OPEN, spells.assessed[which], spells.start[which] + 60),
        spells.end[which] - 1,
    )
    length = np.maximum(finish - spells.start[which], 1)
    day = (
        spells.start[which] + np.minimum((rng.exponential(6.0, len(which))).astype(np.int64), length - 1) + (length > 2)
    )
    day = np.maximum(days.on_a_working_day(day), spells.start[which])
    kept = day < np.minimum(life.horizon, spells.end[which])
    spell, day = which[kept], day[kept]
    stage = life.stages_of[0][spell]
    times = Times(
        stage,
        stage,
        np.full(len(spell), days.STILL_OPEN),
        day,
        day + 1,
        np.full(len(spell), 20),
        life.strain[spells.family[spell]],
    )
    made = visits.on_days(times, day, life.holds, life.away, life.chance, "assessment")
    row, stay = _by_child(life, made, spell)
    each = Calls(*(getattr(made, name)[row] for name in Calls.__dataclass_fields__))
    return other_visits(life, each, stay, "assessment", "VA")
