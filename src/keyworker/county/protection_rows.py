"""Section 47 enquiries, conferences, plans and reviews as a case system holds them, and the steps between."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, published, words
from keyworker.county.chance import Ints, spread
from keyworker.county.kept import Edit, Kept, typed
from keyworker.county.life import Life
from keyworker.county.need_rows import leader, stay_ids
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.steps import Steps
from keyworker.county.worker_rows import team_ids, worker_ids
from keyworker.county.workforce import NOBODY

CATEGORIES = ("Neglect", "Physical abuse", "Sexual abuse", "Emotional abuse", "Multiple")


def protection(life: Life, steps: Steps) -> list[Kept]:
    """The tables about protection; strategy discussions and core groups go to the steps."""
    row, stay = life.children_of(life.plans.spell)
    numbers = np.arange(len(row)) + life.chance.block * BLOCK * 2
    plan_ids = words.numbered("PL", numbers, 9)
    enquiries, conferences = _enquiries(life, plan_ids, row, steps)
    return [enquiries, conferences, *_plans(life, plan_ids, row, stay, steps)]


def _enquiries(life: Life, plan_ids: pl.Series, plan_row: Ints, steps: Steps) -> tuple[Kept, Kept]:
    made = life.enquiries
    row, stay = life.children_of(made.spell)
    place = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    start, end, spell = made.start[row], made.end[row], made.spell[row]
    met = made.conference[row]
    rng = life.chance.stream("enquiry rows")
    worker, team = leader(life, spell, start)
    ids = words.numbered("S4", np.arange(len(row)) + life.chance.block * BLOCK * 3, 9)
    conference, complete = met < days.STILL_OPEN, end < days.STILL_OPEN
    nothing = ~conference & (rng.random(len(made.spell))[row] < 0.45)
    outcomes = ('{"CP_CONFERENCE_FLAG": "Y"}', '{"NFA_FLAG": "Y"}', '{"PROV_OF_SERVICES_FLAG": "Y"}')
    strain = life.strain[life.spells.family[spell]]
    frame = typed(
        "s47_enquiry",
        {
            "s47_enquiry_id": ids,
            "referral_id": stay_ids(life, stay),
            "child_id": child_ids(life, life.stays.child[stay]),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
            "nfa": words.flags(nothing, complete),
            "outcome_json": words.where(
                complete, words.pick(outcomes, np.where(conference, 0, np.where(nothing, 1, 2)))
            ),
            "worker_id": words.where(worker != NOBODY, worker_ids(life, np.maximum(worker, 0))),
            "team_id": words.where(team != NOBODY, team_ids(life, np.maximum(team, 0))),
        },
        len(row),
    )
    enquiry = Kept(
        "s47_enquiry", frame, lags.entered(life.chance, "enquiries", start, lags.AT_ONCE, strain),
        lags.entered(life.chance, "enquiries done", np.where(complete, end, 0), lags.PROMPT, strain),
        ("to_on", "nfa", "outcome_json"),
    )  # fmt: skip
    who = life.stays.child[stay]
    steps.add(
        "strategy discussion",
        start,
        child=who,
        belongs_to="cin_episodes",
        belongs_to_id=stay_ids(life, stay),
        habit=lags.AT_ONCE,
    )
    asked = np.flatnonzero(conference)
    requested = days.add_working_days(start[asked], rng.integers(1, 6, len(asked)))
    requested = np.minimum(requested, met[asked])
    steps.add(
        "conference request",
        requested,
        child=who[asked],
        belongs_to="s47_enquiry",
        belongs_to_id=ids.gather(asked),
        habit=lags.PROMPT,
    )
    return enquiry, _conferences(life, (row, stay, place), ids, plan_ids, plan_row)


def _conferences(
    life: Life, rows: tuple[Ints, Ints, Ints], enquiry_ids: pl.Series, plan_ids: pl.Series, plan_row: Ints
) -> Kept:
    row, stay, place = rows
    made = life.enquiries
    which = np.flatnonzero(made.conference[row] < days.STILL_OPEN)
    plan = made.plan[row[which]]
    planned = plan != NOBODY
    of_plan = np.searchsorted(plan_row, np.maximum(plan, 0)) + place[which]
    met = made.conference[row[which]]
    worker, team = leader(life, made.spell[row[which]], met)
    frame = typed(
        "initial_cp_conference",
        {
            "icpc_id": words.numbered("IC", which + life.chance.block * BLOCK * 3, 9),
            "meeting_id": words.numbered("MT", row[which] + life.chance.block * BLOCK, 9),
            "s47_enquiry_id": enquiry_ids.gather(which),
            "child_id": child_ids(life, life.stays.child[stay[which]]),
            "cp_plan_id": words.where(
                planned, plan_ids.gather(np.minimum(of_plan, max(len(plan_ids) - 1, 0))) if len(plan_ids) else plan_ids
            ),
            "referral_id": stay_ids(life, stay[which]),
            "transfer_in": words.flags(np.zeros(len(which), dtype=bool)),
            "target_on": words.dates(days.add_working_days(made.start[row[which]], 15)),
            "happened_on": words.dates(met),
            "outcome_cp_flag": words.flags(planned),
            "outcome_json": words.pick(
                ('{"PROV_OF_SERVICES_FLAG": "Y"}', '{"CP_FLAG": "Y"}'), planned.astype(np.int64)
            ),
            "team_id": words.where(team != NOBODY, team_ids(life, np.maximum(team, 0))),
            "worker_id": words.where(worker != NOBODY, worker_ids(life, np.maximum(worker, 0))),
        },
        len(which),
    )
    return Kept("initial_cp_conference", frame, lags.entered(life.chance, "conferences", met, lags.PROMPT))


def _plans(life: Life, plan_ids: pl.Series, row: Ints, stay: Ints, steps: Steps) -> list[Kept]:
    plans = life.plans
    rng = life.chance.stream("plan rows")
    start, end = plans.start[row], plans.end[row]
    began = np.searchsorted(life.enquiries.plan, row, sorter=(order := np.argsort(life.enquiries.plan, kind="stable")))
    began = order[np.minimum(began, max(len(order) - 1, 0))] if len(order) else began
    has = (life.enquiries.plan[began] == row) if len(order) else np.zeros(len(row), dtype=bool)
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
            "from_other_authority": words.flags(~has & (rng.random(len(row)) < 0.03)),
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
    return [kept, _reviews(life, plan_ids, stay)]


def _core_groups(life: Life, plan_ids: pl.Series, stay: Ints, steps: Steps) -> None:
    """A core group within ten working days of the conference, then about every six weeks; later in strained teams."""
    rng = life.chance.stream("core groups")
    plans = life.plans
    begin = np.maximum(plans.start, life.first)
    stop = np.minimum(plans.end, life.horizon)
    many = np.maximum((stop - begin) // 40 + 1, 0)
    of = np.repeat(np.arange(len(begin)), many)
    turn = np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)
    strain = life.strain[life.spells.family[plans.spell]]
    when = days.on_a_working_day(
        begin[of] + 10 + turn * 42 + (rng.exponential(4.0, len(of)) * strain[of]).astype(np.int64)
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


def _reviews(life: Life, plan_ids: pl.Series, stay: Ints) -> Kept:
    """The first review within three months, then within six of the one before; in time as often as was published."""
    rng = life.chance.stream("reviews")
    plans = life.plans
    parts: list[tuple[Ints, Ints, Ints]] = []
    due = days.on_a_working_day(plans.start + 91)
    live = np.arange(len(plans.start))
    while len(live):
        years = np.clip(days.financial_year(due), published.FIRST_YEAR, published.LAST_YEAR)
        in_time = np.array(
            [
                published.figure("cpp.reviewed_in_time", int(y)) / published.figure("cpp.open_three_months", int(y))
                for y in range(2013, 2025)
            ]
        )[years - 2013]
        late = rng.random(len(live)) > in_time**0.6
        when = np.where(
            late, days.add_working_days(due, 1 + rng.integers(0, 30, len(live))), due - rng.integers(0, 21, len(live))
        )
        when = days.on_a_working_day(when)
        held = (when < plans.end[live]) & (when < life.horizon)
        live, when, due = live[held], when[held], due[held]
        recorded = when >= life.first
        parts.append((live[recorded], when[recorded], due[recorded]))
        due = days.on_a_working_day(when + 182)
    plan, when, due = (np.concatenate([part[n] for part in parts]) for n in range(3)) if parts else (live, live, live)
    size = life.spells.size[plans.spell]
    first = np.cumsum(size) - size
    line = np.repeat(np.arange(len(plan)), size[plan])
    child_row = first[plan[line]] + np.arange(len(line)) - np.searchsorted(line, line, side="left")
    last = plans.end[plan[line]] - when[line] < 30
    quorate = spread((0.93, 0.07), len(line), rng)
    frame = typed(
        "cp_reviews",
        {
            "cp_review_id": words.numbered("CR", np.arange(len(line)) + life.chance.block * BLOCK * 4, 9),
            "child_id": child_ids(life, life.stays.child[stay[child_row]]),
            "cp_plan_id": plan_ids.gather(child_row),
            "due_on": words.dates(due[line]),
            "happened_on": words.dates(when[line]),
            "meeting_id": words.numbered("MR", line + life.chance.block * BLOCK, 9),
            "outcome_continue_cp": words.flags(~last),
            "quorate": words.pick(("Y", "N"), quorate),
            "participation": words.pick(("PN0", "PN1", "PN3", "PN5", "PN7"), rng.integers(0, 5, len(line))),
        },
        len(line),
    )
    return Kept("cp_reviews", frame, lags.entered(life.chance, "reviews", when[line], lags.USUAL))
