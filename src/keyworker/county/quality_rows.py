"""Audits of children's files, concerns that somebody owns, and actions with whether they worked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints, whole
from keyworker.county.concern_rows import AUDIT, Concern, concern_rows, concerns
from keyworker.county.event_steps import while_open
from keyworker.county.kept import Kept, typed, unfilled
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids

AUDITS_A_MONTH = 26.0
"""Audits a month in a county of the real one's size: plausible, and held to nothing."""
MONTH = 30.4
AUDITORS = ("manager of another team", "quality assurance officer", "principal social worker")
THEMES = ("visits", "supervision and oversight", "chronology and recording", "child's voice", "plans and reviews")
JUDGEMENTS = ("outstanding", "good", "requires improvement", "inadequate")
ASKED = {
    0: ("See the child alone and write down what they say.", "Bring the next visit forward."),
    1: ("Hold case supervision and record the decision.", "Agree who oversees the plan."),
    2: ("Bring the chronology up to date.", "Enter the visits that are waiting."),
    3: ("Do direct work with the child and attach it.", "Record the child's wishes in the plan."),
    4: ("Put dates to the plan.", "Hold the review that is late."),
}
OWNERS = ("social worker", "team manager", "conference chair", "business support")
EFFECTS = ("Seen on checking.", "Checked: done, and nothing has changed yet.", "Checked: not done as agreed.")


@dataclass(frozen=True)
class Audited:
    """Audits: of whose file, on which day, about what, and how it was judged."""

    child: Ints
    day: Ints
    theme: Ints
    judged: Ints


def quality(life: Life) -> list[Kept]:
    """Audits, concerns and actions."""
    audits = _audits(life)
    raised = concerns(life, audits.child[audits.judged == 3], audits.day[audits.judged == 3])
    return [_audit_rows(life, audits), concern_rows(life, raised), _actions(life, audits, raised)]


def audit_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of audits by number."""
    return words.numbered("AU", numbers + life.chance.block * BLOCK, 9)


def _audits(life: Life) -> Audited:
    """Files of children open that day, drawn by lot: worse judged where the district is strained."""
    rng = life.chance.stream("audits")
    stay, day = while_open(life, "audited", 0.6)
    months = (life.horizon - life.first) / MONTH
    many = min(whole(AUDITS_A_MONTH * life.scale * months, rng), len(stay))
    which = np.sort(rng.choice(len(stay), many, replace=False))
    stay, day = stay[which], day[which]
    strain = life.strain[life.spells.family[life.stays.spell[stay]]]
    draw = rng.random(many) * strain
    judged = np.select([draw < 0.06, draw < 0.5, draw < 1.12], [0, 1, 2], 3)
    return Audited(life.stays.child[stay], day, rng.integers(0, len(THEMES), many), judged)


def _audit_rows(life: Life, made: Audited) -> Kept:
    many = len(made.child)
    frame = typed(
        "audit",
        {
            "audit_id": audit_ids(life, np.arange(many)),
            "child_id": child_ids(life, made.child),
            "happened_on": words.dates(made.day),
            "auditor": words.pick(AUDITORS, np.arange(many) % len(AUDITORS)),
            "judgement": words.pick(JUDGEMENTS, made.judged),
            "theme": words.pick(THEMES, made.theme),
        },
        many,
    )
    return Kept("audit", frame, lags.entered(life.chance, "audits", made.day, lags.USUAL), says=True)


def _actions(life: Life, made: Audited, raised: list[Concern]) -> Kept:
    """One to three from each audit that found something to mend, and those that answer concerns."""
    rng = life.chance.stream("actions")
    audit = np.repeat(np.arange(len(made.child)), np.where(made.judged >= 2, rng.integers(1, 4, len(made.child)), 0))
    own = np.array([(n, one.start + 7) for n, one in enumerate(raised) if one.kind != AUDIT], dtype=np.int64)
    concern, day = own.reshape(-1, 2).T
    agreed = np.concatenate([made.day[audit] + rng.integers(0, 6, len(audit)), day])
    from_audit = np.arange(len(agreed)) < len(audit)
    kept = agreed < life.horizon
    audit = np.concatenate([audit, np.zeros(len(concern), dtype=np.int64)])[kept]
    concern = np.concatenate([np.zeros(int(from_audit.sum()), dtype=np.int64), concern])[kept]
    agreed, from_audit = agreed[kept], from_audit[kept]
    many = len(agreed)
    due = agreed + rng.choice([10, 21, 28, 42], many)
    late = rng.random(many) < 0.3
    done = np.where(late, due + rng.integers(2, 60, many), due - rng.integers(0, 9, many))
    done = np.where((rng.random(many) < 0.12) | (done >= life.horizon), days.STILL_OPEN, np.maximum(done, agreed))
    checked = (done < days.STILL_OPEN) & (rng.random(many) < 0.45)
    theme, child = (one if len(one) else np.zeros(1, dtype=np.int64) for one in (made.theme, made.child))
    says = [ASKED[int(theme[n])][n % 2] for n in audit.tolist()]
    answers = [one.answer for one in raised] or [""]
    frame = typed(
        "action",
        {
            "action_id": words.numbered("AC", np.arange(many) + life.chance.block * BLOCK, 9),
            "concern_id": words.where(~from_audit, words.numbered("CN", concern + life.chance.block * BLOCK, 9)),
            "audit_id": words.where(from_audit, audit_ids(life, audit)),
            "child_id": words.where(from_audit, child_ids(life, child[audit])),
            "happened_on": words.dates(agreed),
            "owner": words.pick(OWNERS, np.where(from_audit, rng.choice(4, many, p=[0.6, 0.25, 0.05, 0.1]), 1)),
            "says": pl.Series(
                [said if own else answers[c] for said, own, c in zip(says, from_audit, concern.tolist(), strict=True)],
                dtype=pl.String,
            ),
            "due_on": words.dates(due),
            "done_on": words.dates(done),
            "effect": words.where(checked, words.pick(EFFECTS, rng.choice(3, many, p=[0.6, 0.28, 0.12]))),
        },
        many,
    )
    known = lags.entered(life.chance, "actions", agreed, lags.USUAL)
    rows = np.flatnonzero(done < days.STILL_OPEN)
    until = np.maximum(lags.entered(life.chance, "actions done", done[rows], lags.USUAL), known[rows] + 60)
    edits = unfilled(frame, ("done_on",), rows, until)
    looked = np.flatnonzero(checked)
    seen = lags.at_nine(done[looked] + 30)
    edits += unfilled(frame, ("effect",), looked, np.maximum(seen, known[looked] + 120))
    return Kept("action", frame, known, says=True, edits=edits)
