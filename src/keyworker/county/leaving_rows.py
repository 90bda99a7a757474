"""Young people who have left care, as a case system holds them: only the newest state is kept."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.adviser_rows import Advised, Leavers, advised, adviser_rows, adviser_teams, begun_in, leavers
from keyworker.county.chance import Ints, begins_run
from keyworker.county.kept import Edit, Kept, typed, unfilled
from keyworker.county.leaving_steps import Happened, leaving_steps, leaving_visits
from keyworker.county.life import Life
from keyworker.county.missing_rows import missing
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.posts import NOBODY
from keyworker.county.steps import Steps
from keyworker.county.worker_rows import team_ids, worker_ids, worker_names

LIVES_IN = ("U", "D", "B", "E", "K")
ACTIVITIES = ("F2", "F4", "G5", "G4", "F1")


def leaving(life: Life, steps: Steps) -> list[Kept]:
    """The tables about leaving care and going missing."""
    who = leavers(life)
    made = advised(life, who)
    happened = leaving_steps(life, who, steps)
    return [
        _care_leavers(life, who, made, happened),
        adviser_rows(life, who, made),
        *leaving_visits(life, who, made, happened),
        missing(life, steps),
    ]


def _care_leavers(life: Life, who: Leavers, made: Advised, happened: Happened) -> Kept:
    rng = life.chance.stream("care leavers")
    many = len(who.child)
    touch = rng.random(many) < 0.93
    age = (life.horizon - life.families.birth[who.child]) / days.YEAR
    adviser = made.on(np.arange(many), np.minimum(who.until, life.horizon) - 1)
    known = adviser != NOBODY
    frame = typed(
        "care_leavers",
        {
            "care_leaver_id": leaver_ids(life, np.arange(many)),
            "child_id": child_ids(life, who.child),
            "eligibility": words.pick(("Relevant", "Former Relevant"), (age >= 18).astype(np.int64)),
            "in_touch": words.pick(("YES", "NO", "REFU"), np.where(touch, 0, rng.integers(1, 3, many))),
            "latest_contact_on": words.dates(_latest(many, *happened.contacts)),
            "accommodation": words.pick(LIVES_IN, rng.choice(5, many, p=[0.34, 0.3, 0.16, 0.14, 0.06])),
            "accom_suitable": words.pick(("1", "2"), (rng.random(many) < 0.09).astype(np.int64)),
            "activity": words.pick(ACTIVITIES, rng.choice(5, many, p=[0.3, 0.22, 0.24, 0.14, 0.1])),
            "pathway_plan_reviewed_on": words.dates(_latest(many, *happened.reviews)),
            "personal_adviser": words.where(known, worker_names(life).gather(np.maximum(adviser, 0))),
            "worker_id": words.where(known, worker_ids(life, np.maximum(adviser, 0))),
            "team_id": words.where(known, team_ids(life, adviser_teams(life, np.maximum(adviser, 0)))),
        },
        many,
    )
    typed_in = lags.entered(life.chance, "care leavers", who.since, lags.PROMPT)
    eighteen = np.flatnonzero(age >= 18)
    adult = lags.at_nine(days.birthday(life.families.birth[who.child[eighteen]], 18))
    younger = pl.Series(["Relevant"]).new_from_index(0, len(eighteen))
    edits = [
        _in_turn(life, "latest_contact_on", happened.contacts, typed_in),
        _in_turn(life, "pathway_plan_reviewed_on", happened.reviews, typed_in),
        Edit("eligibility", eighteen, younger, adult),
        *_advisers_in_turn(life, made, typed_in, frame),
    ]
    return Kept("care_leavers", frame, typed_in, edits=edits)


def leaver_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of care leavers by number."""
    return words.numbered("CL", numbers + life.chance.block * BLOCK, 9)


def _latest(many: int, whose: Ints, when: Ints) -> Ints:
    latest = np.full(many, days.STILL_OPEN, dtype=np.int64)
    latest[whose] = when
    return latest


def _in_turn(life: Life, column: str, dated: tuple[Ints, Ints], typed_in: Ints) -> Edit:
    """What the one column for the latest day said until each later one was entered.

    Takes   dated, whose and when, in order of both.
    """
    whose, when = dated
    before = np.where(begins_run(whose), days.STILL_OPEN, np.roll(when, 1))
    told = np.maximum(lags.entered(life.chance, f"leavers {column}", when, lags.USUAL), typed_in[whose])
    return Edit(column, whose, words.dates(before), told)


def _advisers_in_turn(life: Life, made: Advised, typed_in: Ints, frame: pl.DataFrame) -> list[Edit]:
    """The adviser before each one, until the change was entered; nobody before the first."""
    told = np.maximum(begun_in(life, made), typed_in[made.leaver])
    first = begins_run(made.leaver)
    new = np.flatnonzero(first)
    before = np.roll(made.worker, 1)
    later = np.flatnonzero(~first)
    said = {
        "personal_adviser": worker_names(life),
        "worker_id": worker_ids(life, np.arange(len(life.people.spells))),
    }
    edits = [
        Edit(
            name,
            np.concatenate([made.leaver[new], made.leaver[later]]),
            pl.concat([pl.Series([None], dtype=pl.String).new_from_index(0, len(new)), words_of.gather(before[later])]),
            np.concatenate([told[new], told[later]]),
        )
        for name, words_of in said.items()
    ]
    return [*edits, *unfilled(frame, ("team_id",), made.leaver[new], told[new])]
