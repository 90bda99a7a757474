"""Section 47 enquiries and the conferences that follow them, as a case system holds them, and the steps between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Bools, Ints
from keyworker.county.followed import Promise, pressed
from keyworker.county.kept import Kept, typed, unfilled
from keyworker.county.lags import DAY
from keyworker.county.life import Life
from keyworker.county.need_rows import leader
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.posts import NOBODY
from keyworker.county.referral_steps import referrals, stay_ids
from keyworker.county.steps import About, Steps
from keyworker.county.worker_rows import team_ids, worker_ids

ENQUIRED = ('{"CP_CONFERENCE_FLAG": "Y"}', '{"NFA_FLAG": "Y"}', '{"PROV_OF_SERVICES_FLAG": "Y"}')
MET = ('{"PROV_OF_SERVICES_FLAG": "Y"}', '{"CP_FLAG": "Y"}')
MOVED_IN = 0.03
"""The share of conferences that made a plan for children who moved here with one: they follow no enquiry."""
DISCUSSED_LATE, NO_ENQUIRY = 0.16, 0.05
REQUESTED = Promise(1, late=0.2, never=0.04, slack=2.0)
REPORTED = Promise(2, late=0.28, never=0.02, slack=1.5, before=True)


@dataclass(frozen=True)
class Rows:
    """A row for each child of each enquiry: the enquiry, the stay, and the place of the child in the family."""

    enquiry: Ints
    stay: Ints
    place: Ints
    ids: pl.Series
    moved_in: Bools


def enquiries(life: Life, plan_ids: pl.Series, plan_row: Ints, steps: Steps) -> list[Kept]:
    """Enquiries and conferences; what was suspected, discussed, decided, asked for and reported goes to the steps."""
    made = life.enquiries
    row, stay = life.children_of(made.spell)
    place = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    ids = words.numbered("S4", np.arange(len(row)) + life.chance.block * BLOCK * 3, 9)
    rows = Rows(row, stay, place, ids, moved_in(life)[row])
    time = _discussed(life, rows, steps)
    return [_enquiries(life, rows, time), _conferences(life, rows, plan_ids, plan_row, steps)]


def moved_in(life: Life) -> Bools:
    """The enquiries that never were: the children moved here with another council's plan, and were given one here."""
    drawn = life.chance.stream("moved in").random(len(life.enquiries.spell)) < MOVED_IN
    return drawn & (life.enquiries.plan != NOBODY)


def _enquiries(life: Life, rows: Rows, time: Ints) -> Kept:
    made = life.enquiries
    row, stay = rows.enquiry, rows.stay
    start, end, spell = made.start[row], made.end[row], made.spell[row]
    worker, team = leader(life, spell, start)
    met = (made.conference < days.STILL_OPEN)[row]
    complete = end < days.STILL_OPEN
    nothing = ~met & (life.chance.stream("enquiry rows").random(len(made.spell))[row] < 0.45)
    strain = life.strain[life.spells.family[spell]]
    frame = typed(
        "s47_enquiry",
        {
            "s47_enquiry_id": rows.ids,
            "referral_id": stay_ids(life, stay),
            "child_id": child_ids(life, life.stays.child[stay]),
            "from_on": words.dates(start),
            "from_time": words.times(time),
            "to_on": words.dates(end),
            "nfa": words.flags(nothing, complete),
            "outcome_json": words.where(complete, words.pick(ENQUIRED, np.where(met, 0, np.where(nothing, 1, 2)))),
            "worker_id": words.where(worker != NOBODY, worker_ids(life, np.maximum(worker, 0))),
            "team_id": words.where(team != NOBODY, team_ids(life, np.maximum(team, 0))),
        },
        len(row),
    )
    began = np.maximum(lags.entered(life.chance, "enquiries", start, lags.AT_ONCE, strain), start * DAY + time)
    over = lags.entered(life.chance, "enquiries done", np.where(complete, end, 0), lags.PROMPT, strain)
    own = np.flatnonzero(~rows.moved_in)
    return Kept("s47_enquiry", frame[own], began[own], np.maximum(over, began)[own], ("to_on", "nfa", "outcome_json"))


def _discussed(life: Life, rows: Rows, steps: Steps) -> Ints:
    """When harm was suspected and discussed, hours apart, for the family. Gives the time of each discussion by row."""
    made = life.enquiries
    rng = life.chance.stream("harm suspected")
    many = len(made.spell)
    time = (9 * 3600 + rng.beta(1.5, 1.5, many) * 9 * 3600).astype(np.int64)
    held = made.start * DAY + time
    hours = np.where(rng.random(many) < DISCUSSED_LATE, 24.5 + rng.exponential(26, many), rng.random(many) * 22)
    opened = life.spells.start[made.spell] * DAY + 8 * 3600
    thought = np.maximum(held - (hours * 3600).astype(np.int64), np.minimum(opened, held - 1800))
    own = np.flatnonzero(~rows.moved_in)
    about = referrals(life, rows.stay[own])
    row = rows.enquiry[own]
    steps.on(
        "harm suspected", thought[row] // DAY, about, time=thought[row] % DAY, by_whom="social worker",
        habit=lags.AT_ONCE,
    )  # fmt: skip
    steps.on(
        "strategy discussion", made.start[row], about, time=time[row], outcome="enquiry", by_whom="team manager",
        habit=lags.AT_ONCE,
    )  # fmt: skip
    _without_enquiry(life, steps, int(many * NO_ENQUIRY))
    return time[rows.enquiry]


def _without_enquiry(life: Life, steps: Steps, many: int) -> None:
    """Harm suspected of families in need: for half a discussion found that no enquiry was needed, for half none is on
    record."""
    rng = life.chance.stream("without enquiry")
    asked = np.isin(np.arange(len(life.spells.start)), life.enquiries.spell)
    able = np.flatnonzero(~asked & (life.spells.kind == 2) & (life.spells.start >= life.first))
    spell = rng.choice(able, min(many, len(able)), replace=False)
    row, stay = life.children_of(spell)
    day = life.spells.start[spell] + rng.integers(0, 20, len(spell))
    day = np.minimum(day, np.minimum(life.spells.end[spell], life.horizon) - 1)
    time = rng.integers(9, 18, len(spell)) * 3600
    about = referrals(life, stay)
    steps.on("harm suspected", day[row], about, time=time[row], by_whom="social worker", habit=lags.AT_ONCE)
    talked = np.flatnonzero((row % 2 == 0) & (day[row] + 1 < np.minimum(life.spells.end[spell], life.horizon)[row]))
    steps.on(
        "strategy discussion", day[row[talked]] + 1, about.of(talked), time=time[row[talked]] - 3600,
        outcome="no enquiry", by_whom="team manager", habit=lags.AT_ONCE,
    )  # fmt: skip


def _conferences(life: Life, rows: Rows, plan_ids: pl.Series, plan_row: Ints, steps: Steps) -> Kept:
    made = life.enquiries
    which = np.flatnonzero(
        (made.conference[rows.enquiry] < days.STILL_OPEN) | (made.due[rows.enquiry] < days.STILL_OPEN)
    )
    enquiry, stay, moved = rows.enquiry[which], rows.stay[which], rows.moved_in[which]
    met = made.conference[enquiry]
    arranged = np.minimum(met, made.due[enquiry])
    plan = made.plan[enquiry]
    planned = plan != NOBODY
    of_plan = np.minimum(np.searchsorted(plan_row, np.maximum(plan, 0)) + rows.place[which], max(len(plan_ids) - 1, 0))
    worker, team = leader(life, made.spell[enquiry], np.minimum(arranged, life.horizon - 1))
    ids = words.numbered("IC", which + life.chance.block * BLOCK * 3, 9)
    frame = typed(
        "initial_cp_conference",
        {
            "icpc_id": ids,
            "meeting_id": words.numbered("MT", enquiry + life.chance.block * BLOCK, 9),
            "s47_enquiry_id": words.where(~moved, rows.ids.gather(which)),
            "child_id": child_ids(life, life.stays.child[stay]),
            "cp_plan_id": words.where(planned, plan_ids.gather(of_plan) if len(plan_ids) else plan_ids),
            "referral_id": stay_ids(life, stay),
            "transfer_in": words.flags(moved),
            "target_on": words.dates(days.add_working_days(made.start[enquiry], 15)),
            "happened_on": words.dates(met),
            "outcome_cp_flag": words.flags(planned, met < days.STILL_OPEN),
            "outcome_json": words.where(met < days.STILL_OPEN, words.pick(MET, planned.astype(np.int64))),
            "team_id": words.where(team != NOBODY, team_ids(life, np.maximum(team, 0))),
            "worker_id": words.where(worker != NOBODY, worker_ids(life, np.maximum(worker, 0))),
        },
        len(which),
    )
    asked = _asked_for(life, rows, which, arranged, steps)
    about = About(life.stays.child[stay], "initial_cp_conference", ids, met + 8, _hard(life, enquiry))
    _reported(steps, about, met)
    held = np.flatnonzero(met < days.STILL_OPEN)
    typed_in = lags.entered(life.chance, "conferences", np.where(met < days.STILL_OPEN, met, 0), lags.PROMPT)
    asked = np.where(met < days.STILL_OPEN, np.minimum(asked, typed_in), asked)
    filled = ("happened_on", "outcome_cp_flag", "outcome_json", "cp_plan_id")
    return Kept("initial_cp_conference", frame, asked, edits=unfilled(frame, filled, held, typed_in[held]))


def _hard(life: Life, enquiry: Ints) -> np.ndarray:
    return pressed(life, life.enquiries.spell[enquiry], life.enquiries.start[enquiry])


def _asked_for(life: Life, rows: Rows, which: Ints, arranged: Ints, steps: Steps) -> Ints:
    """The decision that there must be a conference, and word of it to those who arrange it; for children who moved
    in, the other council's notice. Gives when each conference was arranged, in seconds."""
    made = life.enquiries
    enquiry = rows.enquiry[which]
    start = made.start[enquiry]
    lead = life.chance.stream("conference decisions").integers(1, 6, len(made.spell))[enquiry]
    decided = np.minimum(days.add_working_days(start, lead), np.minimum(arranged, life.horizon - 1))
    moved = rows.moved_in[which]
    about = About(
        life.stays.child[rows.stay[which]], "s47_enquiry", rows.ids.gather(which), arranged, _hard(life, enquiry)
    )
    own, came = np.flatnonzero(~moved), np.flatnonzero(moved)
    steps.on("conference decision", decided[own], about.of(own), by_whom="team manager", habit=lags.PROMPT)
    steps.follow(
        "conference request", decided[own], REQUESTED, about.of(own), by_whom="social worker", habit=lags.PROMPT
    )
    notice = referrals(life, rows.stay[which[came]])
    steps.on("move-in notice", start[came], notice, by_whom="the council that the child left", habit=lags.PROMPT)
    return lags.entered(life.chance, "conferences arranged", decided, lags.PROMPT)


def _reported(steps: Steps, about: About, met: Ints) -> None:
    """The social worker's report to the family and the chair, before the conference; sometimes not until after it."""
    held = np.flatnonzero(met < days.STILL_OPEN)
    steps.follow("conference report", met[held], REPORTED, about.of(held), by_whom="social worker")
