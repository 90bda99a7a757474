"""Family Help and the roles of the 2026 guidance, from the days on which each district took them up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints
from keyworker.county.early_help_rows import reviews
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.organisation import PROTECTION, PROTECTION_TEAMS
from keyworker.county.people_rows import BLOCK, child_ids, family_ids
from keyworker.county.plans import NeedPlans
from keyworker.county.posts import HOLDER, NOBODY, SENIOR, teams_of
from keyworker.county.referral_steps import stay_ids
from keyworker.county.steps import About, Steps
from keyworker.county.worker_rows import team_ids, worker_ids

BEGUN = np.array([days.number(day) for day in (
    date(2025, 10, 6), date(2026, 1, 12), date(2025, 10, 6), date(2026, 4, 13), date(2026, 1, 12),
)])  # fmt: skip
"""The day on which each district began Family Help: after the programme of April 2025 asked councils to."""
HELPED = 0.85
"""The share of families in need who are helped under one plan once their district has begun."""
LED_BY_PARTNER = 0.12
"""The share of plans that somebody of another agency leads."""
FAMILY_LEAD, PROTECTION_LEAD = "family help lead practitioner", "lead child protection practitioner"
PARTNERS = (("school family worker", "school"), ("health visitor", "health"))
MEMBERS = (("police", "detective"), ("health", "safeguarding nurse"), ("education", "education safeguarding adviser"))
OWN_AGENCY, OWN_PROFESSION = "children's social care", "social worker"


def family_help(life: Life, helped: NeedPlans, steps: Steps) -> list[Kept]:
    """Family Help plans, the two roles, and the members of the multi-agency child protection teams."""
    plans = _plans(life, helped)
    return [_plan_rows(life, plans, steps), _leads(life, plans), _protection_leads(life), _members(life)]


@dataclass(frozen=True)
class HelpPlans:
    """One plan for a family: the spell, from when until when (exclusive), and whether a partner leads it."""

    spell: Ints
    start: Ints
    end: Ints
    partner: np.ndarray


def _plans(life: Life, helped: NeedPlans) -> HelpPlans:
    rng = life.chance.stream("family help")
    begun = BEGUN[life.district[life.spells.family[helped.spell]]]
    start = np.maximum(helped.start, begun + rng.integers(0, 25, len(helped.spell)))
    kept = (rng.random(len(start)) < HELPED) & (np.minimum(helped.end, life.horizon) - start > 14)
    partner = rng.random(len(start)) < LED_BY_PARTNER
    return HelpPlans(helped.spell[kept], start[kept], helped.end[kept], partner[kept])


def _plan_rows(life: Life, plans: HelpPlans, steps: Steps) -> Kept:
    row, stay = life.children_of(plans.spell)
    start, end = plans.start[row], plans.end[row]
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    team = life.team_of_stage(np.maximum(life.stage_on(plans.spell, plans.start), 0), plans.start)[row]
    ids = words.numbered("FH", np.arange(len(row)) + life.chance.block * BLOCK * 2, 9)
    frame = typed(
        "family_help_plan",
        {
            "family_help_plan_id": ids,
            "child_id": child_ids(life, life.stays.child[stay]),
            "family_id": family_ids(life, life.spells.family[plans.spell[row]]),
            "referral_id": stay_ids(life, stay),
            "team_id": words.where(team != NOBODY, team_ids(life, np.maximum(team, 0))),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
        },
        len(row),
    )
    hard = life.strain[life.spells.family[plans.spell[row]]]
    reviews(life, steps, start, About(life.stays.child[stay], "family_help_plan", ids, end, hard))
    over = lags.entered(life.chance, "family help over", np.where(end < days.STILL_OPEN, end, 0), lags.USUAL)
    return Kept(
        "family_help_plan", frame, lags.entered(life.chance, "family help", start, lags.USUAL), over, ("to_on",),
        says=True,
    )  # fmt: skip


def _leads(life: Life, plans: HelpPlans) -> Kept:
    """Who leads each family's help: whoever holds the children, social worker or not; for some a partner instead."""
    holds = life.holds
    spell = life.stages.spell[holds.stage]
    order = np.argsort(spell, kind="stable")
    low = np.searchsorted(spell[order], plans.spell, side="left")
    many = np.where(plans.partner, 0, np.searchsorted(spell[order], plans.spell, side="right") - low)
    of = np.repeat(np.arange(len(plans.spell)), many)
    hold = order[np.repeat(low, many) + np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)]
    start, end = np.maximum(holds.start[hold], plans.start[of]), np.minimum(holds.end[hold], plans.end[of])
    kept = (end > start) & (start < life.horizon)
    of, worker, start, end = of[kept], holds.worker[hold][kept], start[kept], end[kept]
    alone = np.flatnonzero(plans.partner)
    of, worker = np.concatenate([of, alone]), np.concatenate([worker, np.full(len(alone), NOBODY)])
    start, end = np.concatenate([start, plans.start[alone]]), np.concatenate([end, plans.end[alone]])
    kinds = np.array([one.kind for one in life.people.spells], dtype=np.int64)[np.maximum(worker, 0)]
    partner = plans.spell[of] % len(PARTNERS)
    said = np.where(worker == NOBODY, 2 + partner, (kinds != HOLDER).astype(np.int64))
    professions = (OWN_PROFESSION, "family practitioner", *(one for one, _ in PARTNERS))
    agencies = (OWN_AGENCY, OWN_AGENCY, *(one for _, one in PARTNERS))
    row, stay = life.children_of(plans.spell[of])
    return _roles(
        life, "FL", FAMILY_LEAD, (stay, worker[row], start[row], end[row]), (said[row], professions, agencies)
    )


def _roles(
    life: Life, prefix: str, role: str, held: tuple[Ints, ...], said: tuple[Ints, tuple[str, ...], tuple[str, ...]]
) -> Kept:
    stay, worker, start, end = held
    what, professions, agencies = said
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    frame = typed(
        "practitioner_role",
        {
            "practitioner_role_id": words.numbered(prefix, np.arange(len(stay)) + life.chance.block * BLOCK * 2, 9),
            "child_id": child_ids(life, life.stays.child[stay]),
            "worker_id": words.where(worker != NOBODY, worker_ids(life, np.maximum(worker, 0))),
            "role": role,
            "profession": words.pick(professions, what),
            "agency": words.pick(agencies, what),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
        },
        len(stay),
    )
    return Kept(
        "practitioner_role",
        frame,
        lags.entered(life.chance, f"roles {role}", start, lags.USUAL),
        lags.entered(life.chance, f"roles over {role}", np.where(end < days.STILL_OPEN, end, 0), lags.USUAL),
        ("to_on",),
        says=True,
    )


def _protection_workers(life: Life) -> list[tuple[int, int, int, int]]:
    """The social workers of the multi-agency teams: worker, team, from and to (exclusive)."""
    found = []
    for number, one in enumerate(life.people.spells):
        if one.kind == SENIOR:
            for team, low, high in teams_of(life.people.posts[one.post], one.first, one.to):
                if life.organisation.teams[team].kind == PROTECTION and low < life.horizon:
                    found.append((number, team, low, high))
    return found


def _protection_leads(life: Life) -> Kept:
    """For children on plans since the teams began: a social worker of the team, and another when that one leaves."""
    workers = _protection_workers(life)
    plans = life.plans
    running = np.flatnonzero((plans.end > PROTECTION_TEAMS) & (plans.start < life.horizon))
    rows: list[tuple[int, int, int, int]] = []
    for plan in running.tolist():
        district = int(life.district[life.spells.family[plans.spell[plan]]])
        day, stop = max(int(plans.start[plan]), PROTECTION_TEAMS), min(int(plans.end[plan]), life.horizon)
        while day < stop:
            able = [one for one in workers if one[2] <= day < one[3]]
            near = [one for one in able if life.organisation.teams[one[1]].district in (district, -1)] or able
            if not near:
                day += 30
                continue
            chosen = near[plan % len(near)]
            over = min(chosen[3], int(plans.end[plan]))
            rows.append((int(plans.spell[plan]), chosen[0], day, over))
            day = over
    spell, worker, start, end = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    row, stay = life.children_of(spell)
    said = (np.zeros(len(row), dtype=np.int64), (OWN_PROFESSION,), (OWN_AGENCY,))
    return _roles(life, "PR", PROTECTION_LEAD, (stay, worker[row], start[row], end[row]), said)


def _members(life: Life) -> Kept:
    """The teams' own social workers, and partners who are no workers of the council; some places stand empty."""
    rows: list[tuple[int, str, str, str, int, int]] = []
    for number, team in enumerate(life.organisation.teams):
        if team.kind != PROTECTION or team.first >= life.horizon:
            continue
        for place, (agency, profession) in enumerate(MEMBERS):
            since = team.first + (number * 17 + place * 29) % 75
            member = f"MM{life.chance.block:02d}{number:04d}{place}"
            left = since + 160 if (number + place) % 4 == 0 else days.STILL_OPEN
            rows.append((number, member, agency, profession, since, left))
            if left < days.STILL_OPEN:
                rows.append((number, member + "B", agency, profession, left + 45, days.STILL_OPEN))
    names = worker_ids(life, np.arange(len(life.people.spells)))
    rows += [
        (team, names[n], OWN_AGENCY, OWN_PROFESSION, low, high) for n, team, low, high in _protection_workers(life)
    ]
    rows = [row for row in rows if row[4] < life.horizon]
    where, start, end = (np.array([row[n] for row in rows], dtype=np.int64) for n in (0, 4, 5))
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    frame = typed(
        "protection_team_member",
        {
            "team_id": team_ids(life, where),
            "member_id": words.pick([row[1] for row in rows], np.arange(len(rows))),
            "agency": words.pick([row[2] for row in rows], np.arange(len(rows))),
            "profession": words.pick([row[3] for row in rows], np.arange(len(rows))),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
        },
        len(rows),
    )
    over = lags.at_nine(np.where(end < days.STILL_OPEN, end, 0))
    return Kept("protection_team_member", frame, lags.at_nine(start), over, ("to_on",), says=True)
