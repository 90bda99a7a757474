"""Who held which child, as what, as a case system holds it: one row for each hold of each child."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import allocation, days, lags, words
from keyworker.county.allocation import CAUSES, ENDED
from keyworker.county.chance import Ints
from keyworker.county.closings import closing_entered
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.organisation import (
    ASSESSMENT,
    CARE,
)
from keyworker.county.posts import PRACTITIONER, teams_of
from keyworker.county.worker_rows import (
    ACCOUNTABLE,
    CO_WORKER,
    LEAD,
    LEAD_IN_UNIT,
    LEAD_PRACTITIONER,
    OTHER,
    managers,
    team_ids,
    worker_ids,
)

CHANGE_NOT_SAID = 0.12
"""The share of changes of worker for which nobody wrote down why."""


def _held_by_child(life: Life) -> tuple[Ints, Ints]:
    """A row for each child of each hold: the hold, and the stay; children in care leave their family's worker."""
    row, stay = life.children_of(life.stages.spell[life.holds.stage])
    in_care = life.stages.kind[life.holds.stage[row]] == CARE
    start, end = life.holds.start[row], life.holds.end[row]
    leaves = life.paths.care_from[stay]
    ours = np.where(in_care, (leaves < life.horizon) & (end > leaves), start < leaves)
    return row[ours], stay[ours]


def involvements(life: Life) -> Kept:
    rng = life.chance.stream("involvements")
    holds = life.holds
    row, stay = _held_by_child(life)
    care = life.stages.kind[holds.stage[row]] == CARE
    leaves = life.paths.care_from[stay]
    start = np.where(care, np.maximum(holds.start[row], leaves), holds.start[row])
    end = np.where(care, holds.end[row], np.minimum(holds.end[row], leaves))
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    handed_on = ~care & (end == leaves)
    cause = np.where(handed_on, allocation.TSPROC, holds.cause[row])
    assessed = (life.stages.kind[holds.stage[row]] == ASSESSMENT) & (cause == ENDED) & (end < life.stays.end[stay])
    cause = np.where(assessed, allocation.TSPROC, cause)
    worker, team = holds.worker[row], holds.team[row]
    kinds = np.array([one.kind for one in life.people.spells], dtype=np.int64)
    unit = (start < life.organisation.units_ended) & (life.stages.kind[holds.stage[row]] != ASSESSMENT)
    role = np.where(kinds[worker] == PRACTITIONER, 2, np.where(unit, 1, 0))
    lead = (stay, worker, team, start, end, cause, role)
    parts = [lead, _accountable(life, lead), _co_workers(life, lead, rng)]
    stay, worker, team, start, end, cause, role = (np.concatenate([part[n] for part in parts]) for n in range(7))
    real = end > start
    stay, worker, team, start, end, cause, role = (part[real] for part in (stay, worker, team, start, end, cause, role))
    many = len(stay)
    said = (cause != ENDED) & (rng.random(many) >= CHANGE_NOT_SAID)
    frame = typed(
        "involvements",
        {
            "involvement_id": words.numbered("IN", np.arange(many) + life.chance.block * 10_000_000 * 8, 10),
            "worker_id": worker_ids(life, worker),
            "role": words.pick((LEAD, LEAD_IN_UNIT, LEAD_PRACTITIONER, ACCOUNTABLE, CO_WORKER, OTHER), role),
            "team_id": team_ids(life, team),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
            "change_reason": words.where(said & (end < days.STILL_OPEN), words.pick(CAUSES, np.maximum(cause, 0))),
            "child_id": child_ids_of(life, stay),
            "referral_id": words.numbered("RF", stay + life.chance.block * 10_000_000 * 3, 9),
        },
        many,
    )
    strain = life.strain[life.spells.family[life.stays.spell[stay]]]
    over_in = lags.entered(
        life.chance, "involvements over", np.where(end < days.STILL_OPEN, end, 0), lags.PROMPT, strain
    )
    closed = (end == life.stays.end[stay]) & (end < days.STILL_OPEN)
    over_in = np.where(closed, closing_entered(life)[life.stays.spell[stay]], over_in)
    return Kept(
        "involvements", frame, lags.entered(life.chance, "involvements", start, lags.PROMPT, strain),
        over_in,
        ("to_on", "change_reason"),
    )  # fmt: skip


def child_ids_of(life: Life, stay: Ints) -> pl.Series:
    """The identifiers of the children of stays."""
    return words.numbered("KC", life.stays.child[stay] + life.chance.block * 10_000_000)


def _accountable(life: Life, lead: tuple[Ints, ...]) -> tuple[Ints, ...]:
    """In a unit its consultant is accountable for every child; since then a manager, where no social worker leads."""
    stay, worker, team, start, end, _, role = lead
    found = [np.zeros(0, dtype=np.int64)] * 7
    parts: list[tuple[Ints, ...]] = [tuple(found)]
    kinds = np.array([one.kind for one in life.people.spells], dtype=np.int64)
    for number, held in managers(life).items():
        mine = np.flatnonzero((team == number) & ((role == 1) | (kinds[worker] == PRACTITIONER)))
        for manager, low, high in held:
            both = mine[(start[mine] < high) & (end[mine] > low) & (worker[mine] != manager)]
            begin, over = np.maximum(start[both], low), np.minimum(end[both], high)
            why = np.where(over < end[both], allocation.LEFTRL, ENDED)
            same = np.full(len(both), number)
            parts.append((stay[both], np.full(len(both), manager), same, begin, over, why, np.full(len(both), 3)))
    merged = tuple(np.concatenate([part[n] for part in parts]) for n in range(7))
    return _joined(merged)


def _joined(rows: tuple[Ints, ...]) -> tuple[Ints, ...]:
    """Touching stretches of one worker with one stay made into one."""
    stay, worker, team, start, end, cause, role = rows
    order = np.lexsort((start, worker, team, stay))
    stay, worker, team, start, end, cause, role = (part[order] for part in rows)
    if not len(stay):
        return stay, worker, team, start, end, cause, role
    new = np.ones(len(stay), dtype=bool)
    new[1:] = (
        (stay[1:] != stay[:-1]) | (worker[1:] != worker[:-1]) | (team[1:] != team[:-1]) | (start[1:] > end[:-1] + 15)
    )
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(stay)) - 1
    return (
        stay[first],
        worker[first],
        team[first],
        start[first],
        np.maximum.reduceat(end, first),
        cause[last],
        role[first],
    )


def _co_workers(life: Life, lead: tuple[Ints, ...], rng: np.random.Generator) -> tuple[Ints, ...]:
    """A practitioner of the same team works beside the lead with some children, and others are merely involved."""
    stay, worker, team, start, end, _, _ = lead
    spells = life.people.spells
    practitioners: dict[int, list[int]] = {}
    for number, one in enumerate(spells):
        if one.kind == PRACTITIONER:
            for where, _, _ in teams_of(life.people.posts[one.post], one.first, one.to):
                practitioners.setdefault(where, []).append(number)
    first = np.array([one.first for one in spells], dtype=np.int64)
    to = np.array([one.to for one in spells], dtype=np.int64)
    parts: list[tuple[Ints, ...]] = [tuple([np.zeros(0, dtype=np.int64)] * 7)]
    for number, able in practitioners.items():
        mine = np.flatnonzero((team == number) & (rng.random(len(team)) < 0.13))
        helper = rng.choice(np.array(able), len(mine))
        begin = np.maximum(start[mine] + rng.integers(3, 40, len(mine)), first[helper])
        over = np.minimum(end[mine], to[helper])
        kept = (over > begin) & (begin < life.horizon) & (helper != worker[mine])
        what = np.where(rng.random(len(mine)) < 0.85, 4, 5)
        parts.append(
            (
                stay[mine][kept],
                helper[kept],
                team[mine][kept],
                begin[kept],
                over[kept],
                np.full(int(kept.sum()), ENDED),
                what[kept],
            )
        )
    return tuple(np.concatenate([part[n] for part in parts]) for n in range(7))
