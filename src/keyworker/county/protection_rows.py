"""Child protection plans, core groups and reviews as a case system holds them."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, published, words
from keyworker.county.chance import Ints, spread
from keyworker.county.enquiry_rows import enquiries, moved_in
from keyworker.county.followed import Promise, pressed
from keyworker.county.kept import Edit, Kept, typed, unfilled
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.referral_steps import stay_ids
from keyworker.county.steps import About, Steps

CATEGORIES = ("Neglect", "Physical abuse", "Sexual abuse", "Emotional abuse", "Multiple")
REPORTED = Promise(5, late=0.3, never=0.025, slack=2.0, before=True)


def protection(life: Life, steps: Steps) -> list[Kept]:
    """The tables about protection; strategy discussions, core groups and reports go to the steps."""
    row, stay = life.children_of(life.plans.spell)
    numbers = np.arange(len(row)) + life.chance.block * BLOCK * 2
    plan_ids = words.numbered("PL", numbers, 9)
    return [*enquiries(life, plan_ids, row, steps), *_plans(life, plan_ids, row, stay, steps)]


def _plans(life: Life, plan_ids: pl.Series, row: Ints, stay: Ints, steps: Steps) -> list[Kept]:
    plans = life.plans
    rng = life.chance.stream("plan rows")
    start, end = plans.start[row], plans.end[row]
    began = np.searchsorted(life.enquiries.plan, row, sorter=(order := np.argsort(life.enquiries.plan, kind="stable")))
    began = order[np.minimum(began, max(len(order) - 1, 0))] if len(order) else began
    has = (life.enquiries.plan[began] == row) if len(order) else np.zeros(len(row), dtype=bool)
    came = moved_in(life)[began] if len(order) else has
    first_row = np.searchsorted(
        np.repeat(np.arange(len(life.enquiries.spell)), life.spells.size[life.enquiries.spell]), began
    )
    place = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    strain = life.strain[life.spells.family[plans.spell[row]]]
    frame = typed(
        "cp_plans",
        {
            "cp_plan_id": plan_ids,
            "referral_id": stay_ids(life, stay),
            "icpc_id": words.where(has, words.numbered("IC", first_row + place + life.chance.block * BLOCK * 3, 9)),
            "child_id": child_ids(life, life.stays.child[stay]),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
            "initial_category": words.pick(CATEGORIES, plans.category[row]),
            "from_other_authority": words.flags((~has & (rng.random(len(row)) < 0.03)) | (has & came)),
            "latest_category": words.pick(CATEGORIES, plans.latest[row]),
        },
        len(row),
    )
    changed = np.flatnonzero(plans.latest[row] != plans.category[row])
    until = lags.entered(
        life.chance, "category changed", start[changed] + 90 + rng.integers(0, 60, len(changed)), lags.PROMPT
    )
    edits = [Edit("latest_category", changed, words.pick(CATEGORIES, plans.category[row[changed]]), until)]
    kept = Kept(
        "cp_plans", frame, lags.entered(life.chance, "plans", start, lags.PROMPT, strain),
        lags.entered(life.chance, "plans over", np.where(end < days.STILL_OPEN, end, 0), lags.PROMPT, strain),
        ("to_on",), edits=edits,
    )  # fmt: skip
    _core_groups(life, plan_ids, stay, steps)
    _seen_by_others(life, plan_ids, stay, steps)
    return [kept, _reviews(life, plan_ids, stay, steps)]


def _core_groups(life: Life, plan_ids: pl.Series, stay: Ints, steps: Steps) -> None:
    """A core group within ten working days of the conference, then about every four weeks; later in strained teams."""
    rng = life.chance.stream("core groups")
    plans = life.plans
    begin = np.maximum(plans.start, life.first)
    stop = np.minimum(plans.end, life.horizon)
    many = np.maximum((stop - begin) // 26 + 1, 0)
    of = np.repeat(np.arange(len(begin)), many)
    turn = np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)
    strain = life.strain[life.spells.family[plans.spell]]
    when = days.on_a_working_day(
        begin[of] + 8 + turn * 27 + (rng.exponential(2.6, len(of)) * strain[of]).astype(np.int64)
    )
    kept = (when < stop[of]) & (rng.random(len(of)) > 0.04 * strain[of])
    of, when = of[kept], when[kept]
    size = life.spells.size[plans.spell]
    first = np.cumsum(size) - size
    line = np.repeat(np.arange(len(of)), size[of])
    place = np.arange(len(line)) - np.searchsorted(line, line, side="left")
    child_row = first[of[line]] + place
    steps.add(
        "core group",
        when[line],
        child=life.stays.child[stay[child_row]],
        belongs_to="cp_plans",
        belongs_to_id=plan_ids.gather(child_row),
        habit=lags.USUAL,
    )


def _reviews(life: Life, plan_ids: pl.Series, stay: Ints, steps: Steps) -> Kept:
    """The first review within three months, then within six of the one before; in time as often as was published.

    Each is arranged when the one before it is held, so a plan that goes on has one that is awaited.
    """
    rng = life.chance.stream("reviews")
    plans = life.plans
    plan, when, due, arranged = _review_days(life, rng)
    size = life.spells.size[plans.spell]
    first = np.cumsum(size) - size
    line = np.repeat(np.arange(len(plan)), size[plan])
    child_row = first[plan[line]] + np.arange(len(line)) - np.searchsorted(line, line, side="left")
    held = when[line] < days.STILL_OPEN
    last = plans.end[plan[line]] - when[line] < 30
    quorate = spread((0.93, 0.07), len(line), rng)
    ids = words.numbered("CR", np.arange(len(line)) + life.chance.block * BLOCK * 4, 9)
    frame = typed(
        "cp_reviews",
        {
            "cp_review_id": ids,
            "child_id": child_ids(life, life.stays.child[stay[child_row]]),
            "cp_plan_id": plan_ids.gather(child_row),
            "due_on": words.dates(due[line]),
            "happened_on": words.dates(when[line]),
            "meeting_id": words.numbered("MR", line + life.chance.block * BLOCK, 9),
            "outcome_continue_cp": words.flags(~last, held),
            "quorate": words.where(held, words.pick(("Y", "N"), quorate)),
            "participation": words.where(
                held, words.pick(("PN0", "PN1", "PN3", "PN5", "PN7"), rng.integers(0, 5, len(line)))
            ),
        },
        len(line),
    )
    met = np.flatnonzero(held)
    about = About(
        life.stays.child[stay[child_row[met]]], "cp_reviews", ids.gather(met), when[line[met]] + 8,
        pressed(life, plans.spell[plan[line[met]]], when[line[met]]),
    )  # fmt: skip
    steps.follow("conference report", when[line[met]], REPORTED, about, by_whom="social worker")
    typed_in = lags.entered(life.chance, "reviews", np.where(held, when[line], 0), lags.USUAL)
    known = lags.entered(life.chance, "reviews arranged", arranged[line], lags.PROMPT)
    known = np.where(held, np.minimum(known, typed_in), known)
    filled = ("happened_on", "outcome_continue_cp", "quorate", "participation")
    return Kept("cp_reviews", frame, known, edits=unfilled(frame, filled, met, typed_in[met]))


def _review_days(life: Life, rng: np.random.Generator) -> tuple[Ints, Ints, Ints, Ints]:
    """Every review in the county's time: the plan, when it was held, when due and when arranged."""
    plans = life.plans
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []
    live, arranged = np.arange(len(plans.start)), plans.start
    due = days.on_a_working_day(plans.start + 91)
    shares = np.array([_in_time(year) for year in range(published.FIRST_YEAR, published.LAST_YEAR + 1)])
    while len(live):
        years = np.clip(days.financial_year(due), published.FIRST_YEAR, published.LAST_YEAR)
        late = rng.random(len(live)) > shares[years - published.FIRST_YEAR] ** 0.5
        when = np.where(
            late, days.add_working_days(due, 1 + rng.integers(0, 30, len(live))), due - rng.integers(0, 21, len(live))
        )
        when = days.on_a_working_day(when)
        held = (when < plans.end[live]) & (when < life.horizon)
        awaited = (plans.end[live] >= life.horizon) & (when >= life.horizon) & (arranged < life.horizon)
        shown = (held & (when >= life.first)) | awaited
        met = np.where(held, when, days.STILL_OPEN)
        parts.append((live[shown], met[shown], due[shown], np.maximum(arranged, life.first)[shown]))
        live, arranged = live[held], when[held]
        due = days.on_a_working_day(arranged + 182)
    if not parts:
        return live, live, live, live
    plan, met, due, arranged = (np.concatenate([part[n] for part in parts]) for n in range(4))
    return plan, met, due, arranged


def _in_time(year: int) -> float:
    return published.figure("cpp.reviewed_in_time", year) / published.figure("cpp.open_three_months", year)


def _seen_by_others(life: Life, plan_ids: pl.Series, stay: Ints, steps: Steps) -> None:
    """Nurses and teachers who see some of the children on plans, and say so."""
    rng = life.chance.stream("seen by others")
    row, _ = life.children_of(life.plans.spell)
    start = np.maximum(life.plans.start, life.first)[row]
    length = np.maximum(np.minimum(life.plans.end, life.horizon)[row] - start, 0)
    known = rng.random(len(row)) < 0.5
    many = np.where(known, rng.poisson(length / 55), 0)
    of = np.repeat(np.arange(len(row)), many)
    when = days.on_a_working_day(start[of] + (rng.random(len(of)) * length[of]).astype(np.int64))
    kept = (when >= start[of]) & (when >= life.families.birth[life.stays.child[stay[of]]])
    of, when = of[kept], when[kept]
    about = About(life.stays.child[stay[of]], "cp_plans", plan_ids.gather(of), when + 1, np.ones(len(of)))
    steps.on("seen by another agency", when, about, by_whom="school or health", habit=lags.USUAL)
