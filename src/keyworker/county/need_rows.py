"""Contacts, referrals, assessments and child in need plans as a case system holds them."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from keyworker.county import days, lags, published, words
from keyworker.county.chance import Ints
from keyworker.county.closings import closing_entered
from keyworker.county.contact_rows import SOURCE_CODES, SOURCE_WORDS, arrival, contacts, sources
from keyworker.county.followed import led_by
from keyworker.county.kept import Edit, Kept, typed
from keyworker.county.life import Life
from keyworker.county.need import NO_FURTHER_ACTION, NOT_IN_NEED
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.plans import NeedPlans
from keyworker.county.posts import NOBODY
from keyworker.county.referral_steps import referred, stay_ids
from keyworker.county.steps import Steps
from keyworker.county.worker_rows import team_ids, worker_ids

EARLY_HELP_CODED = days.number(date(2019, 4, 1))
"""Since then a closing after assessment says whether early help took over."""
REFERRAL_OUTCOMES = (
    '{"NFA_FLAG": "Y"}',
    '{"SINGLE_ASSESSMENT_FLAG": "Y", "NFA_FLAG": "N"}',
    '{"SINGLE_ASSESSMENT_FLAG": "Y", "STRATEGY_DISCUSSION_FLAG": "Y", "NFA_FLAG": "N"}',
)
REASONS = ("RC1", "RC2", "RC3", "RC4", "RC5", "RC6", "RC7", "RC8", "RC9")


def need(life: Life, plans: NeedPlans, steps: Steps) -> list[Kept]:
    """The tables about need; decisions and meetings go to the steps."""
    referred(life, steps)
    return [contacts(life, steps), _episodes(life), _plans(life, plans, steps)]


def leader(life: Life, spell: Ints, day: Ints) -> tuple[Ints, Ints]:
    """The worker who led each spell's work on each day and their team; NOBODY where there was none."""
    stage = life.stage_on(spell, day)
    return led_by(life, spell, day), np.where(stage >= 0, life.team_of_stage(np.maximum(stage, 0), day), NOBODY)


def _episodes(life: Life) -> Kept:
    rng = life.chance.stream("referrals")
    spells, stays = life.spells, life.stays
    many = len(stays.spell)
    spell = stays.spell
    nothing, not_in_need = spells.kind[spell] == NO_FURTHER_ACTION, spells.kind[spell] == NOT_IN_NEED
    worker, team = leader(life, spell, stays.start + 3)
    source, time = sources(life)[spell], arrival(life, "referrals", spell)
    frame = typed(
        "cin_episodes",
        {
            "referral_id": stay_ids(life, np.arange(many)),
            "child_id": child_ids(life, stays.child),
            "from_on": words.dates(stays.start),
            "from_time": words.times(time),
            "primary_need_code": words.where(~nothing, words.pick([f"N{n}" for n in range(10)], life.need_code[spell])),
            "referral_source_code": words.pick(SOURCE_CODES, source),
            "referral_source_desc": words.pick(SOURCE_WORDS, source),
            "referral_outcome_json": words.pick(
                REFERRAL_OUTCOMES,
                np.where(nothing, 0, np.where(_enquired(life)[spell], 2, 1)),
            ),
            "referral_nfa": words.flags(nothing),
            "close_reason": words.where((stays.end < days.STILL_OPEN), words.pick(REASONS, _closing(life))),
            "to_on": words.dates(stays.end),
            "team_id": words.where(team != NOBODY, team_ids(life, np.maximum(team, 0))),
            "worker_id": words.where(worker != NOBODY, worker_ids(life, np.maximum(worker, 0))),
        },
        many,
    )  # fmt: skip
    typed_in = lags.entered(life.chance, "referrals", stays.start, lags.AT_ONCE)
    awaiting = np.flatnonzero(~nothing & (stays.start >= life.first))
    known = typed_in[awaiting] + rng.integers(1, 26, len(awaiting)) * lags.DAY
    unknown = pl.Series([None], dtype=pl.String).new_from_index(0, len(awaiting))
    wrong = np.flatnonzero(~nothing & ~not_in_need & (rng.random(many) < 0.02))
    until = lags.entered(
        life.chance, "need put right", stays.start[wrong] + rng.integers(30, 400, len(wrong)), lags.SLOW
    )
    edits = [
        Edit(
            "primary_need_code",
            wrong,
            words.pick([f"N{n}" for n in (3, 4, 5, 8)], rng.integers(0, 4, len(wrong))),
            until,
        ),
        Edit("primary_need_code", awaiting, unknown, known),
    ]
    return Kept("cin_episodes", frame, typed_in, closing_entered(life)[spell], ("to_on", "close_reason"), edits=edits)


def _enquired(life: Life) -> np.ndarray:
    soon = np.zeros(len(life.spells.start), dtype=bool)
    early = life.enquiries.start - life.spells.start[life.enquiries.spell] < 4
    soon[life.enquiries.spell[early]] = True
    return soon


def _closing(life: Life) -> Ints:
    """Why each stay was closed, as a position in REASONS: the published shares, where the child's life allows them."""
    rng = life.chance.stream("closing reasons")
    stays, spells = life.stays, life.spells
    reason = np.full(len(stays.spell), 6, dtype=np.int64)
    adult = life.families.adult_on[life.families.of_child[stays.child]] <= stays.end + 40
    years = np.clip(days.financial_year(np.minimum(stays.end, life.horizon) - 1), published.FIRST_YEAR, 2030)
    draw = rng.random(len(stays.spell))
    for year in np.unique(years):
        which = years == year
        parts = np.array(published.shares("cin.closed", [f"RC{n}" for n in range(1, 8)], int(year)))
        parts = parts / parts.sum()
        edges = np.cumsum(parts[1:5])
        for n in range(4):
            low = edges[n - 1] if n else 0.0
            reason = np.where(which & (draw >= low) & (draw < edges[n]), n + 1, reason)
    reason = np.where((reason == 6) & adult & (draw > 0.5), 5, reason)
    reason[life.care.stay[life.care.adopted == 1]] = 0
    early_help = np.where((rng.random(len(stays.spell)) < 0.15) & (stays.start > EARLY_HELP_CODED), 8, 7)
    return np.where(spells.kind[stays.spell] == NOT_IN_NEED, early_help, reason)


def _plans(life: Life, plans: NeedPlans, steps: Steps) -> Kept:
    row, stay = life.children_of(plans.spell)
    start, end, spell = plans.start[row], plans.end[row], plans.spell[row]
    _meetings(life, plans, stay, steps)
    worker, team = leader(life, spell, np.maximum(start, life.first))
    frame = typed(
        "cin_plans",
        {
            "cin_plan_id": words.numbered("CP", np.arange(len(row)) + life.chance.block * BLOCK * 3, 9),
            "referral_id": stay_ids(life, stay),
            "child_id": child_ids(life, life.stays.child[stay]),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
            "team_id": words.where(team != NOBODY, team_ids(life, np.maximum(team, 0))),
            "worker_id": words.where(worker != NOBODY, worker_ids(life, np.maximum(worker, 0))),
        },
        len(row),
    )
    strain = life.strain[life.spells.family[spell]]
    return Kept(
        "cin_plans", frame, lags.entered(life.chance, "need plans", start, lags.USUAL, strain),
        lags.entered(life.chance, "need plans over", np.where(end < days.STILL_OPEN, end, 0), lags.USUAL, strain),
        ("to_on",),
    )  # fmt: skip


def _meetings(life: Life, plans: NeedPlans, stay: Ints, steps: Steps) -> None:
    """The first meeting of a child in need plan, then reviews about every six weeks; strained teams hold fewer."""
    rng = life.chance.stream("need meetings")
    strain = life.strain[life.spells.family[plans.spell]]
    begin, stop = np.maximum(plans.start, life.first), np.minimum(plans.end, life.horizon)
    many = np.maximum((stop - begin) // 45 + 1, 0)
    of = np.repeat(np.arange(len(begin)), many)
    turn = np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)
    when = days.on_a_working_day(
        begin[of] + (turn > 0) * 9 + turn * 45 + (rng.exponential(3.0 + 2 * (turn > 0)) * strain[of]).astype(np.int64)
    )
    kept = (when < stop[of]) & (when >= begin[of]) & (rng.random(len(of)) > 0.08 * strain[of])
    of, when, turn = of[kept], when[kept], turn[kept]
    size = life.spells.size[plans.spell]
    first = np.cumsum(size) - size
    line = np.repeat(np.arange(len(of)), size[of])
    child_row = first[of[line]] + np.arange(len(line)) - np.searchsorted(line, line, side="left")
    ids = words.numbered("CP", child_row + life.chance.block * BLOCK * 3, 9)
    for kind, ours in (("child in need meeting", turn[line] == 0), ("child in need review", turn[line] > 0)):
        steps.add(
            kind,
            when[line[ours]],
            child=life.stays.child[stay[child_row[ours]]],
            belongs_to="cin_plans",
            belongs_to_id=ids.filter(pl.Series(ours)),
        )
