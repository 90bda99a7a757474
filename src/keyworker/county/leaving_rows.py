"""Young people who have left care, their personal advisers, and children who went missing."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints, begins_run
from keyworker.county.followed import repeated
from keyworker.county.kept import Edit, Kept, typed
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.worker_rows import TITLES, team_ids, worker_ids
from keyworker.county.workforce import ADVISER

LEAVES_AT = 21
LIVES_IN = ("U", "D", "B", "E", "K")


def leaving(life: Life) -> list[Kept]:
    """The tables about leaving care and going missing."""
    child, since, until = leavers(life)
    return [_care_leavers(life, child, since, until), _advisers(life, child, since, until), _missing(life)]


def leavers(life: Life) -> tuple[Ints, Ints, Ints]:
    """Young people who left care at sixteen or older: who, from when, and until when they are known."""
    child = life.stays.child[life.care.stay]
    birth = life.families.birth[child]
    left = (life.care.end < life.horizon) & (life.care.end >= days.birthday(birth, 16)) & (life.care.end >= life.first)
    left &= life.care.end - life.care.start > 91
    which = np.flatnonzero(left)
    _, only = np.unique(child[which], return_index=True)
    which = which[only]
    return child[which], life.care.end[which], days.birthday(birth[which], LEAVES_AT)


def _care_leavers(life: Life, child: Ints, since: Ints, until: Ints) -> Kept:
    rng = life.chance.stream("care leavers")
    many = len(child)
    stop = np.minimum(until, life.horizon)
    whose, due = repeated(since, stop, (56,), life.first)
    when = days.on_a_working_day(due + rng.integers(-14, 20, len(due)))
    kept = (when < stop[whose]) & (when > since[whose]) & (rng.random(len(due)) < 0.9)
    whose, when = whose[kept], when[kept]
    order = np.lexsort((when, whose))
    whose, when = whose[order], when[order]
    latest = np.full(many, days.STILL_OPEN, dtype=np.int64)
    latest[whose] = when
    touch = rng.random(many) < 0.93
    age = (life.horizon - life.families.birth[child]) / days.YEAR
    reviewed = np.minimum(stop, life.horizon) - rng.integers(5, 190, many)
    frame = typed(
        "care_leavers",
        {
            "care_leaver_id": words.numbered("CL", np.arange(many) + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, child),
            "eligibility": words.pick(("Relevant", "Former Relevant"), (age >= 18).astype(np.int64)),
            "in_touch": words.pick(("YES", "NO", "REFU"), np.where(touch, 0, rng.integers(1, 3, many))),
            "latest_contact_on": words.dates(latest),
            "accommodation": words.pick(LIVES_IN, rng.choice(5, many, p=[0.34, 0.3, 0.16, 0.14, 0.06])),
            "accom_suitable": words.pick(("1", "2"), (rng.random(many) < 0.09).astype(np.int64)),
            "activity": words.pick(("F2", "F4", "G5", "G4", "F1"), rng.choice(5, many, p=[0.3, 0.22, 0.24, 0.14, 0.1])),
            "pathway_plan_reviewed_on": words.where(reviewed > since, words.dates(reviewed)),
            "personal_adviser": TITLES[ADVISER],
        },
        many,
    )  # fmt: skip
    typed_in = lags.entered(life.chance, "care leavers", since, lags.PROMPT)
    contacted = lags.entered(life.chance, "contacts with care leavers", when, lags.USUAL)
    reviewed_in = lags.entered(life.chance, "pathway plans", np.maximum(reviewed, since), lags.USUAL)
    unreviewed = pl.Series([None], dtype=pl.Date).new_from_index(0, many)
    eighteen = np.flatnonzero(age >= 18)
    adult = lags.at_nine(days.birthday(life.families.birth[child[eighteen]], 18))
    younger = pl.Series(["Relevant"]).new_from_index(0, len(eighteen))
    edits = [
        contacts_in_turn(whose, when, np.maximum(contacted, typed_in[whose]), whose),
        Edit("pathway_plan_reviewed_on", np.arange(many), unreviewed, reviewed_in),
        Edit("eligibility", eighteen, younger, adult),
    ]
    return Kept("care_leavers", frame, typed_in, edits=edits)


def _advisers(life: Life, child: Ints, since: Ints, until: Ints) -> Kept:
    """Who led each young person's support: an adviser, and another when that one left."""
    rng = life.chance.stream("advisers")
    advisers = [(n, one) for n, one in enumerate(life.people.spells) if one.kind == ADVISER]
    numbers = np.array([n for n, _ in advisers], dtype=np.int64)
    first = np.array([one.first for _, one in advisers], dtype=np.int64)
    to = np.array([one.to for _, one in advisers], dtype=np.int64)
    rows: list[tuple[int, int, int, int, bool]] = []
    stop = np.minimum(until, life.horizon)
    for n in range(len(child)):
        day = int(since[n])
        while day < stop[n]:
            able = np.flatnonzero((first <= day) & (to > day + 20))
            if not len(able):
                day += 30
                continue
            chosen = int(rng.choice(able))
            over = min(int(to[chosen]), int(until[n]))
            rows.append((n, int(numbers[chosen]), day, over, over == to[chosen]))
            day = over + int(rng.integers(0, 15))
    return _adviser_rows(life, child, np.array(rows, dtype=np.int64).reshape(-1, 5))


def _adviser_rows(life: Life, child: Ints, rows: Ints) -> Kept:
    who, worker, start, end, left = rows.T
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    team = np.array([life.people.posts[life.people.spells[n].post].team for n in worker], dtype=np.int64)
    many = len(who)
    frame = typed(
        "involvements",
        {
            "involvement_id": words.numbered("IA", np.arange(many) + life.chance.block * BLOCK, 10),
            "worker_id": worker_ids(life, worker),
            "role": TITLES[ADVISER],
            "team_id": team_ids(life, team),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
            "change_reason": words.where(
                (left == 1) & (end < days.STILL_OPEN), pl.Series(["LEFTRL"]).new_from_index(0, many)
            ),
            "child_id": child_ids(life, child[who]),
        },
        many,
    )
    return Kept(
        "involvements",
        frame,
        lags.entered(life.chance, "advisers", start, lags.PROMPT),
        lags.entered(life.chance, "advisers over", np.where(end < days.STILL_OPEN, end, 0), lags.PROMPT),
        ("to_on", "change_reason"),
    )


def _missing(life: Life) -> Kept:
    """Times when a looked after child was missing or away: many for a few children, none for most."""
    rng = life.chance.stream("missing")
    child = life.stays.child[life.care.stay]
    start = np.maximum(np.maximum(life.care.start, days.birthday(life.families.birth[child], 11)), life.first)
    stop = np.minimum(life.care.end, life.horizon)
    length = np.maximum(stop - start, 0)
    often = rng.gamma(0.25, 1.0, len(child)) * 4
    many = np.minimum(rng.poisson(often * length / days.YEAR), 80)
    of = np.repeat(np.arange(len(child)), many)
    day = start[of] + (rng.random(len(of)) * length[of]).astype(np.int64)
    order = np.lexsort((day, of))
    of, day = of[order], day[order]
    apart = begins_run(of)
    apart[1:] |= day[1:] > day[:-1] + 4
    of, day = of[apart], day[apart]
    nights = np.minimum(rng.geometric(0.6, len(of)), 4)
    end = np.minimum(day + nights, stop[of])
    real = end > day
    of, day, end = of[real], day[real], end[real]
    offered = rng.random(len(of)) < 0.9
    frame = typed(
        "missing",
        {
            "missing_id": words.numbered("MI", np.arange(len(of)) + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, child[of]),
            "from_on": words.dates(day),
            "episode_type": words.pick(("Missing", "Away"), (rng.random(len(of)) < 0.2).astype(np.int64)),
            "to_on": words.dates(end),
            "rhi_offered": words.pick(("N", "Y"), offered.astype(np.int64)),
            "rhi_accepted": words.pick(
                ("N", "Y", "NA"), np.where(offered, (rng.random(len(of)) < 0.6).astype(np.int64), 2)
            ),
        },
        len(of),
    )
    return Kept(
        "missing",
        frame,
        lags.entered(life.chance, "missing", day, lags.AT_ONCE),
        lags.entered(life.chance, "missing over", end, lags.PROMPT),
        ("to_on", "rhi_offered", "rhi_accepted"),
    )


def contacts_in_turn(child: Ints, when: Ints, typed_in: Ints, rows: Ints) -> Edit:
    """The latest contact before each one was entered: what the one column said until then.

    Takes   contacts in order of child and day; rows, the row of each child's contact.
    """
    before = np.where(begins_run(child), days.STILL_OPEN, np.roll(when, 1))
    return Edit("latest_contact_on", rows, words.dates(before), typed_in)
