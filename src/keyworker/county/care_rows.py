"""Children looked after as a case system holds them: episodes and legal statuses, with all that hangs on them."""

from __future__ import annotations

import numpy as np

from keyworker.county import days, lags, words
from keyworker.county.care_episodes import EMERGENCY, LEGAL, Episodes, InCare
from keyworker.county.care_health_rows import health
from keyworker.county.care_plan_rows import care_plans
from keyworker.county.care_review_rows import care_ids, care_reviews, episode_ids
from keyworker.county.chance import Ints, begins_run
from keyworker.county.emergencies import emergency_steps
from keyworker.county.kept import Kept, typed, unfilled
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.permanence_rows import permanence
from keyworker.county.placement_rows import placement_rows
from keyworker.county.referral_steps import stay_ids
from keyworker.county.secure_steps import secure
from keyworker.county.steps import About, Steps

ENDINGS = ("E4A", "E4B", "E11", "E5", "E8", "E45", "E13", "E9")


def looked_after(life: Life, cared: InCare, steps: Steps) -> list[Kept]:
    """The tables about looked after children; what is written, decided and done about each goes to the steps."""
    made, placed = cared.episodes, cared.placements
    emergency_steps(life, steps, made.urgent)
    secure(life, placed, steps)
    return [
        _episode_rows(life, made),
        placement_rows(life, placed, steps),
        _legal(life, made, steps),
        care_reviews(life, made, steps),
        care_plans(life, made, steps),
        *permanence(life, made, steps),
        *health(life),
    ]


def _episode_rows(life: Life, made: Episodes) -> Kept:
    rng = life.chance.stream("care episode rows")
    stay = life.care.stay[made.care]
    end = np.where(made.end >= life.horizon, days.STILL_OPEN, made.end)
    many = len(made.care)
    over = np.where(made.last, _ending(life, made.care, rng), len(ENDINGS))
    codes = (*ENDINGS, "X1")
    over = np.where((over == 2) & (rng.random(many) < 0.8), 2, over)
    iro = np.minimum(end, life.horizon) - rng.integers(1, 150, many)
    spoke = (iro >= made.start) & (iro >= life.first)
    running = np.flatnonzero(spoke & (end == days.STILL_OPEN))
    told = lags.entered(life.chance, "reviewing officer's contacts", iro[running], lags.PROMPT)
    frame = typed(
        "cla_episodes",
        {
            "episode_id": episode_ids(life, np.arange(many)),
            "child_id": child_ids(life, life.stays.child[stay]),
            "from_on": words.dates(made.start),
            "episode_start_reason": words.pick(("S", "L", "P"), made.why),
            "primary_need_code": words.pick([f"N{n}" for n in range(10)], life.need_code[life.stays.spell[stay]]),
            "to_on": words.dates(end),
            "episode_ceased_reason": words.where(end < days.STILL_OPEN, words.pick(codes, over)),
            "care_period_id": care_ids(life, made.care),
            "referral_id": stay_ids(life, stay),
            "placement_id": words.numbered("PM", made.placement + life.chance.block * BLOCK, 9),
            "entered_care_on": words.dates(life.care.start[made.care]),
            "last_iro_contact_on": words.where(spoke, words.dates(iro)),
        },
        many,
    )
    ended = np.flatnonzero(spoke & (end < days.STILL_OPEN))
    over_in = lags.entered(life.chance, "care episodes over", np.where(end < days.STILL_OPEN, end, 0), lags.PROMPT)
    return Kept(
        "cla_episodes",
        frame,
        lags.entered(life.chance, "care episodes", made.start, lags.PROMPT),
        over_in,
        ("to_on", "episode_ceased_reason"),
        edits=[
            *unfilled(frame, ("last_iro_contact_on",), running, told),
            *unfilled(frame, ("last_iro_contact_on",), ended, over_in[ended]),
        ],
    )


def _ending(life: Life, care: Ints, rng: np.random.Generator) -> Ints:
    """How each period of care ended, as a position in ENDINGS: at eighteen, by adoption, or home and otherwise."""
    child = life.stays.child[life.care.stay[care]]
    age = (life.care.end[care] - life.families.birth[child]) / days.YEAR
    younger = rng.choice([0, 1, 4, 5, 6], len(care), p=[0.42, 0.08, 0.16, 0.22, 0.12])
    older = rng.choice([3, 7, 0, 4], len(care), p=[0.55, 0.08, 0.22, 0.15])
    return np.where(life.care.adopted[care] == 1, 2, np.where(age >= 17, older, younger))


def _legal(life: Life, made: Episodes, steps: Steps) -> Kept:
    first = np.flatnonzero(begins_run(made.care, made.legal))
    last = np.append(first[1:], len(made.care)) - 1
    end = np.where(made.end[last] >= life.horizon, days.STILL_OPEN, made.end[last])
    child = life.stays.child[life.care.stay[made.care[first]]]
    ids = words.numbered("LS", first + life.chance.block * BLOCK, 9)
    extended = made.urgent.extended[made.care[first]]
    which = np.flatnonzero((made.legal[first] == EMERGENCY) & (extended > 0) & (extended < life.horizon))
    about = About(child, "legal_status", ids, end, np.ones(len(first))).of(which)
    steps.on("protection order extended", extended[which], about, by_whom="the court", habit=lags.PROMPT)
    frame = typed(
        "legal_status",
        {
            "legal_status_id": ids,
            "child_id": child_ids(life, child),
            "legal_status": words.pick(LEGAL, made.legal[first]),
            "from_on": words.dates(made.start[first]),
            "to_on": words.dates(end),
        },
        len(first),
    )
    return Kept(
        "legal_status",
        frame,
        lags.entered(life.chance, "legal statuses", made.start[first], lags.PROMPT),
        lags.entered(life.chance, "legal statuses over", np.where(end < days.STILL_OPEN, end, 0), lags.PROMPT),
        ("to_on",),
    )
