"""What whoever visits must know before the door: languages, interpreters, and warnings, reviewed or forgotten."""

from __future__ import annotations

import numpy as np

from keyworker.county import days, lags, words
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.need import IN_NEED
from keyworker.county.people_rows import BLOCK, NATIONALITIES, child_ids, first_known, nationality

LANGUAGES = {"POL": "Polish", "LTU": "Lithuanian", "ROU": "Romanian", "AFG": "Dari"}
OTHER_LANGUAGES = ("Portuguese", "Bengali", "Arabic", "Urdu")
SIGNED = "British Sign Language"
CHILD, PARENT = range(2)
WHO = ("child", "parent")
SPEAK_IT = 0.45
"""The share of families of another nationality whose own language is written down."""
OTHERS, SIGNING, NEEDED, NEED_UNSAID = 0.035, 0.006, 0.55, 0.1
"""Shares of families: with another language at home, with a signed one; of these, who need an interpreter."""
WARNED = 0.09
"""The share of families in need about whose home a warning is set."""
KINDS = ("visit in pairs", "possible violence", "dog", "safe contact", "infection", "access")
KIND_SHARES = (0.22, 0.2, 0.26, 0.17, 0.05, 0.1)
SAYS = {
    "visit in pairs": "Two workers visit together.",
    "possible violence": "Ask the duty manager before going; leave if asked to.",
    "dog": "Ring first so that the dog is shut away.",
    "safe contact": "Ring only in school hours and leave no message.",
    "infection": "Ask at the door who is ill.",
    "access": "Third floor and no lift; ring the bell twice.",
}
REVIEWED_AFTER, REVIEWED = 182, 0.6


def before_the_door(life: Life) -> list[Kept]:
    """Languages and warnings."""
    return [_communication(life), _warnings(life)]


def _communication(life: Life) -> Kept:
    """Of whole families: the child's language where they are old enough to speak, and a parent's."""
    rng = life.chance.stream("languages")
    families = len(life.families.size)
    of_child = life.families.of_child
    told = nationality(life)
    own = np.full(families, -1, dtype=np.int64)
    names = [*LANGUAGES.values(), *OTHER_LANGUAGES, SIGNED]
    draw = rng.random(families)
    own = np.where(draw < OTHERS, len(LANGUAGES) + rng.integers(0, len(OTHER_LANGUAGES), families), own)
    own = np.where(draw > 1 - SIGNING, len(names) - 1, own)
    kept_up = rng.random(families) < SPEAK_IT
    for place, code in enumerate(LANGUAGES):
        from_there = of_child[told == NATIONALITIES.index(code)]
        own[from_there[kept_up[from_there]]] = place
    speaks = np.flatnonzero(own[of_child] >= 0)
    age = (first_known(life)[speaks] - life.families.birth[speaks]) / days.YEAR
    child = np.concatenate([speaks, speaks[age > 3]])
    who = np.repeat([PARENT, CHILD], [len(speaks), int((age > 3).sum())])
    needs = rng.random(families)[of_child[child]] < np.where(who == PARENT, NEEDED, NEEDED * 0.3)
    said = rng.random(families)[of_child[child]] >= NEED_UNSAID
    since = (
        np.maximum(first_known(life)[child], life.families.birth[child])
        + rng.integers(1, 40, families)[of_child[child]]
    )
    kept = since < life.horizon
    child, who, needs, said, since = child[kept], who[kept], needs[kept], said[kept], since[kept]
    frame = typed(
        "communication",
        {
            "communication_id": words.numbered("LG", child * 2 + (who == CHILD) + life.chance.block * BLOCK * 2, 9),
            "child_id": child_ids(life, child),
            "who": words.pick(WHO, who),
            "language": words.pick(names, own[of_child[child]]),
            "interpreter": words.flags(needs, said),
            "from_on": words.dates(since),
        },
        len(child),
    )
    return Kept("communication", frame, lags.entered(life.chance, "languages", since, lags.USUAL), says=True)


def _warnings(life: Life) -> Kept:
    """Set for a family while it is open; six in ten are looked at again, and some of those are lifted."""
    rng = life.chance.stream("warnings")
    spells = life.spells
    warned = np.flatnonzero((rng.random(len(spells.start)) < WARNED) & (spells.kind == IN_NEED))
    start = np.maximum(spells.start[warned], life.first) + rng.integers(0, 120, len(warned))
    lifted = rng.random(len(warned)) < REVIEWED
    end = np.where(lifted, start + REVIEWED_AFTER - rng.integers(0, 30, len(warned)), days.STILL_OPEN)
    end = np.minimum(end, np.where(spells.end[warned] < life.horizon, spells.end[warned], days.STILL_OPEN))
    kept = (start < np.minimum(life.horizon, spells.end[warned])) & (end > start)
    warned, start, end = warned[kept], start[kept], end[kept]
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    kind = rng.choice(len(KINDS), len(warned), p=KIND_SHARES)
    row, stay = life.children_of(warned)
    frame = typed(
        "visit_warning",
        {
            "warning_id": words.numbered("WA", stay + life.chance.block * BLOCK * 3, 9),
            "child_id": child_ids(life, life.stays.child[stay]),
            "kind": words.pick(KINDS, kind[row]),
            "says": words.pick([SAYS[one] for one in KINDS], kind[row]),
            "set_by": words.pick(("social worker", "team manager"), kind[row] % 2),
            "review_on": words.dates(start[row] + REVIEWED_AFTER),
            "from_on": words.dates(start[row]),
            "to_on": words.dates(end[row]),
        },
        len(row),
    )
    over = lags.entered(life.chance, "warnings over", np.where(end < days.STILL_OPEN, end, 0)[row], lags.USUAL)
    known = lags.entered(life.chance, "warnings", start[row], lags.AT_ONCE)
    return Kept("visit_warning", frame, known, over, ("to_on",), says=True)
