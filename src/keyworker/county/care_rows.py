"""Children looked after as a case system holds them: episodes, placements, legal statuses, reviews, leaving care."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints, begins_run
from keyworker.county.kept import Edit, Kept, typed
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.referral_steps import stay_ids

LEGAL = ("V2", "C1", "C2", "E1")
PLACEMENTS = ("U6", "U1", "K2", "H5", "P1", "A5", "U4")
PROVIDERS = ("PR4", "PR1", "PR4", "PR4", "PR0", "PR1", "PR1")
ADOPTION = 5
MOVES = ("CARPL", "OTHER", "CREQB", "CREQO", "CLOSE", "CHILD")
ENDINGS = ("E4A", "E4B", "E11", "E5", "E8", "E45", "E13", "E9")


@dataclass(frozen=True)
class Episodes:
    """Each period of care cut where the placement or the legal status changed. `end` is exclusive."""

    care: Ints
    start: Ints
    end: Ints
    legal: Ints
    placement: Ints  # number of the placement, counted over the county
    why: Ints  # 0 first, 1 legal, 2 placement
    last: np.ndarray


def looked_after(life: Life) -> list[Kept]:
    """The tables about looked after children."""
    episodes = _episodes(life)
    return [
        _episode_rows(life, episodes),
        _placements(life, episodes),
        _legal(life, episodes),
        _reviews(life),
        _care_plans(life),
        _permanence(life),
        _health(life),
        _scores(life),
    ]


def care_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of periods of care by number."""
    return words.numbered("PC", numbers + life.chance.block * BLOCK, 9)


def _episodes(life: Life) -> Episodes:
    rng = life.chance.stream("care episodes")
    care = life.care
    stop = np.minimum(care.end, life.horizon)
    length = np.maximum(stop - care.start, 1)
    restless = rng.gamma(0.7, 1.0, len(care.start))
    moves = rng.poisson(np.minimum(restless * 0.75 * length / days.YEAR + 0.12, 25))
    of_move = np.repeat(np.arange(len(moves)), moves)
    fraction = rng.random(len(of_move)) ** np.where(rng.random(len(of_move)) < 0.4, 2.5, 1.0)
    move_on = care.start[of_move] + 1 + (fraction * (length[of_move] - 1)).astype(np.int64)
    first_legal = rng.choice(2, len(care.start), p=[0.55, 0.45])
    first_legal = np.where(care.adopted == 1, 1, first_legal)
    order_on = care.start + np.where(first_legal == 1, 170, 260) + rng.integers(0, 160, len(care.start))
    full = (order_on < stop - 5) & ((first_legal == 1) | (rng.random(len(care.start)) < 0.45))
    placing = (care.adopted == 1) & (stop - order_on > 60)
    placed_on = order_on + ((stop - order_on) * 0.35).astype(np.int64)
    owner = np.concatenate([np.arange(len(care.start)), of_move, np.flatnonzero(full), np.flatnonzero(placing)])
    start = np.concatenate([care.start, move_on, order_on[full], placed_on[placing]])
    what = np.repeat([0, 2, 1, 3], [len(care.start), len(of_move), int(full.sum()), int(placing.sum())])
    order = np.lexsort((what, start, owner))
    owner, start, what = owner[order], start[order], what[order]
    keep = begins_run(owner, start)
    keep &= (start < stop[owner]) | (what == 0)
    owner, start, what = owner[keep], start[keep], what[keep]
    following = np.roll(start, -1)
    last = np.roll(begins_run(owner), -1)
    end = np.where(last, care.end[owner], following)
    ordered = np.maximum.accumulate(np.where((what == 1) | (what == 3), what, 0) + owner * 8) - owner * 8
    legal = np.where(ordered == 3, 3, np.where(ordered == 1, 2, first_legal[owner]))
    moved = (what == 0) | (what == 2) | (what == 3)
    why = np.where(what == 3, 2, what)
    return Episodes(owner, start, end, legal, np.cumsum(moved) - 1, why, last)


def _episode_rows(life: Life, made: Episodes) -> Kept:
    rng = life.chance.stream("care episode rows")
    stay = life.care.stay[made.care]
    end = np.where(made.end >= life.horizon, days.STILL_OPEN, made.end)
    many = len(made.care)
    over = np.where(made.last, _ending(life, made.care, rng), len(ENDINGS))
    codes = (*ENDINGS, "X1")
    over = np.where((over == 2) & (rng.random(many) < 0.8), 2, over)
    iro = np.minimum(end, life.horizon) - rng.integers(1, 150, many)
    frame = typed(
        "cla_episodes",
        {
            "episode_id": words.numbered("CE", np.arange(many) + life.chance.block * BLOCK, 9),
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
            "last_iro_contact_on": words.where((end < days.STILL_OPEN) & (iro >= made.start), words.dates(iro)),
        },
        many,
    )
    return Kept(
        "cla_episodes",
        frame,
        lags.entered(life.chance, "care episodes", made.start, lags.PROMPT),
        lags.entered(life.chance, "care episodes over", np.where(end < days.STILL_OPEN, end, 0), lags.PROMPT),
        ("to_on", "episode_ceased_reason", "last_iro_contact_on"),
    )


def _ending(life: Life, care: Ints, rng: np.random.Generator) -> Ints:
    """How each period of care ended, as a position in ENDINGS: at eighteen, by adoption, or home and otherwise."""
    child = life.stays.child[life.care.stay[care]]
    age = (life.care.end[care] - life.families.birth[child]) / days.YEAR
    younger = rng.choice([0, 1, 4, 5, 6], len(care), p=[0.42, 0.08, 0.16, 0.22, 0.12])
    older = rng.choice([3, 7, 0, 4], len(care), p=[0.55, 0.08, 0.22, 0.15])
    return np.where(life.care.adopted[care] == 1, 2, np.where(age >= 17, older, younger))


def _placements(life: Life, made: Episodes) -> Kept:
    rng = life.chance.stream("placements")
    first = np.flatnonzero(begins_run(made.placement))
    last = np.append(first[1:], len(made.care)) - 1
    care, start, end = made.care[first], made.start[first], made.end[last]
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    child = life.stays.child[life.care.stay[care]]
    age = (start - life.families.birth[child]) / days.YEAR
    kind = np.where(
        age >= 16,
        rng.choice([3, 0, 2], len(care), p=[0.42, 0.4, 0.18]),
        np.where(
            age >= 11,
            rng.choice([0, 2, 1, 6], len(care), p=[0.62, 0.2, 0.12, 0.06]),
            rng.choice([0, 1, 4, 6], len(care), p=[0.68, 0.2, 0.07, 0.05]),
        ),
    )
    kind = np.where((made.legal[first] == 3) & (end - start > 30), ADOPTION, kind)
    far = rng.random(len(care)) < 0.37
    distance = np.round(np.where(far, 20 + rng.exponential(35, len(care)), rng.random(len(care)) * 20), 1)
    number = rng.integers(0, 9973, len(care))
    frame = typed(
        "cla_placement",
        {
            "placement_id": words.numbered("PM", made.placement[first] + life.chance.block * BLOCK, 9),
            "from_on": words.dates(start),
            "type": words.pick(PLACEMENTS, kind),
            "urn": words.where(kind != 4, "SC999" + pl.Series(number % 400).cast(pl.String).str.zfill(3)),
            "distance": pl.Series(distance),
            "care_period_id": care_ids(life, care),
            "provider": words.pick(PROVIDERS, kind),
            "postcode": words.postcodes(number),
            "to_on": words.dates(end),
            "change_reason": words.where(
                (end < days.STILL_OPEN) & ~made.last[last],
                words.pick(MOVES, rng.choice(len(MOVES), len(care), p=[0.3, 0.32, 0.17, 0.09, 0.1, 0.02])),
            ),
            "child_id": child_ids(life, child),
        },
        len(care),
    )
    return Kept(
        "cla_placement",
        frame,
        lags.entered(life.chance, "placements", start, lags.PROMPT),
        lags.entered(life.chance, "placements over", np.where(end < days.STILL_OPEN, end, 0), lags.PROMPT),
        ("to_on", "change_reason"),
    )


def _legal(life: Life, made: Episodes) -> Kept:
    first = np.flatnonzero(begins_run(made.care, made.legal))
    last = np.append(first[1:], len(made.care)) - 1
    end = np.where(made.end[last] >= life.horizon, days.STILL_OPEN, made.end[last])
    frame = typed(
        "legal_status",
        {
            "legal_status_id": words.numbered("LS", first + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, life.stays.child[life.care.stay[made.care[first]]]),
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


def repeated(start: Ints, stop: Ints, gaps: tuple[int, ...], first: int) -> tuple[Ints, Ints]:
    """Due days after a start: the given gaps in days one after another, the last for ever. Gives whose, and when."""
    parts: list[tuple[Ints, Ints]] = []
    due, live, turn = start.copy(), np.arange(len(start)), 0
    while len(live):
        due = due + gaps[min(turn, len(gaps) - 1)]
        kept = due < stop[live]
        live, due, turn = live[kept], due[kept], turn + 1
        parts.append((live[due >= first], due[due >= first]))
    whose = np.concatenate([part[0] for part in parts]) if parts else live
    return whose, np.concatenate([part[1] for part in parts]) if parts else live


def _reviews(life: Life) -> Kept:
    rng = life.chance.stream("care reviews")
    stop = np.minimum(life.care.end, life.horizon)
    care, due = repeated(life.care.start, stop, (28, 90, 180), life.first)
    late = rng.random(len(care)) < 0.12
    held = due - rng.integers(0, 12, len(care)) + np.where(late, rng.integers(10, 45, len(care)), 0)
    held = days.on_a_working_day(held)
    kept = (held < stop[care]) & (held >= life.care.start[care])
    care, due, held = care[kept], due[kept], held[kept]
    frame = typed(
        "cla_reviews",
        {
            "review_id": words.numbered("RV", np.arange(len(care)) + life.chance.block * BLOCK, 9),
            "care_period_id": care_ids(life, care),
            "due_on": words.dates(due),
            "happened_on": words.dates(held),
            "cancelled": words.flags(rng.random(len(care)) < 0.03),
            "participation": words.pick(("PN1", "PN3", "PN5", "PN6", "PN7", "PN0"), rng.integers(0, 6, len(care))),
        },
        len(care),
    )
    return Kept("cla_reviews", frame, lags.entered(life.chance, "care reviews", held, lags.SLOW))


def _care_plans(life: Life) -> Kept:
    care = life.care
    start = np.minimum(care.start + 9, np.minimum(care.end, life.horizon) - 1)
    end = np.where(care.end >= life.horizon, days.STILL_OPEN, care.end)
    real = start >= care.start
    which = np.flatnonzero(real)
    frame = typed(
        "cla_care_plan",
        {
            "cla_care_plan_id": words.numbered("CA", which + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, life.stays.child[care.stay[which]]),
            "from_on": words.dates(start[which]),
            "to_on": words.dates(end[which]),
            "cla_care_plan_json": words.pick(('{"LTFOST18": "Y"}', '{"ADOPTION": "Y"}'), care.adopted[which]),
        },
        len(which),
    )
    return Kept(
        "cla_care_plan",
        frame,
        lags.entered(life.chance, "care plans", start[which], lags.USUAL),
        lags.entered(life.chance, "care plans over", np.where(end < days.STILL_OPEN, end, 0), lags.USUAL)[which],
        ("to_on",),
    )


def _permanence(life: Life) -> Kept:
    """Adoptions. The child's later life, if any, is another child's record: nothing here leads to it."""
    rng = life.chance.stream("permanence")
    which = np.flatnonzero(life.care.adopted == 1)
    end, start = life.care.end[which], life.care.start[which]
    length = end - start
    many = len(which)
    frame = typed(
        "permanence",
        {
            "permanence_id": words.numbered("PE", which + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, life.stays.child[life.care.stay[which]]),
            "care_period_id": care_ids(life, which),
            "adm_decision_on": words.dates(start + (length * 0.3).astype(np.int64)),
            "placement_order_on": words.dates(start + (length * 0.4).astype(np.int64)),
            "matched_on": words.dates(start + (length * 0.55).astype(np.int64)),
            "placed_for_adoption_on": words.dates(start + (length * 0.6).astype(np.int64)),
            "adopted_by_carer_flag": words.flags(rng.random(many) < 0.1),
            "part_of_sibling_group": words.flags(life.spells.size[life.stays.spell[life.care.stay[which]]] > 1),
            "permanence_order_on": words.dates(end - 1),
            "permanence_order_type": "Adoption",
            "adopter_sex": words.pick(("MF", "F1", "FF", "MM"), rng.choice(4, many, p=[0.75, 0.1, 0.07, 0.08])),
            "number_of_adopters": words.pick(("1", "2"), (rng.random(many) < 0.88).astype(np.int64)),
        },
        many,
    )
    typed_in = lags.entered(life.chance, "permanence", end, lags.USUAL)
    return Kept("permanence", frame, typed_in)


def _health(life: Life) -> Kept:
    rng = life.chance.stream("health checks")
    care, due = repeated(life.care.start, np.minimum(life.care.end, life.horizon), (25, 340, 365), life.first)
    when = days.on_a_working_day(due + rng.integers(-10, 30, len(care)))
    kept = (when < life.horizon) & (when >= life.care.start[care])
    care, when = care[kept], when[kept]
    frame = typed(
        "cla_health",
        {
            "health_check_id": words.numbered("HC", np.arange(len(care)) + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, life.stays.child[life.care.stay[care]]),
            "type": "HEALTH",
            "happened_on": words.dates(when),
            "status": words.pick(("Completed", "Refused"), (rng.random(len(care)) < 0.05).astype(np.int64)),
        },
        len(care),
    )
    return Kept("cla_health", frame, lags.entered(life.chance, "health checks", when, lags.SLOW))


def _scores(life: Life) -> Kept:
    rng = life.chance.stream("scores")
    care, due = repeated(life.care.start, np.minimum(life.care.end, life.horizon), (380, 365), life.first)
    age = (due - life.families.birth[life.stays.child[life.care.stay[care]]]) / days.YEAR
    kept = (age >= 4) & (age < 17)
    care, due = care[kept], due[kept]
    score = np.clip(rng.normal(14, 6.5, len(care)), 0, 40).astype(np.int64)
    frame = typed(
        "sdq_scores",
        {
            "sdq_score_id": words.numbered("SQ", np.arange(len(care)) + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, life.stays.child[life.care.stay[care]]),
            "happened_on": words.dates(due),
            "score": pl.Series(score).cast(pl.String),
        },
        len(care),
    )
    return Kept("sdq_scores", frame, lags.entered(life.chance, "scores", due, lags.SLOW))


def contacts_in_turn(child: Ints, when: Ints, typed_in: Ints, rows: Ints) -> Edit:
    """The latest contact before each one was entered: what the one column said until then.

    Takes   contacts in order of child and day; rows, the row of each child's contact.
    """
    before = np.where(begins_run(child), days.STILL_OPEN, np.roll(when, 1))
    return Edit("latest_contact_on", rows, words.dates(before), typed_in)
