"""The part of the county's page that says, for every timescale, whether the county holds what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from keyworker.clocks.catalogue import rulebook
from keyworker.clocks.readings import State
from keyworker.county.county import generate
from keyworker.county.standing import standings

CHILDREN, YEARS, SEED, END = 12_000, 4, 7, date(2026, 10, 31)
COLUMNS = (
    (State.RUNNING, "Running"),
    (State.MET_IN_TIME, "In time"),
    (State.MET_LATE, "Late"),
    (State.OVERDUE, "Overdue"),
    (State.STOPPED, "Stopped"),
)
NOT_HELD: Mapping[str, str] = {
    "iro-dispute-20wd": "begins with a challenge, which people write down in Keyworker itself",
    "early-career-standards-2027": "begins in April 2027; a county that reaches beyond then holds it",
}
"""The rules of which this county has no duty, and why."""


def duties_for_the_manual() -> pl.DataFrame:
    """Where every duty of the page's county stands, rule by rule."""
    return standings(generate(CHILDREN, YEARS, SEED, END))


def section(standing: pl.DataFrame) -> str:
    """The part of the page, from where the county's duties stand."""
    rows = {row["rule"]: row for row in standing.to_dicts()}
    rules = rulebook()
    held = [one for one in rules.ids if sum(rows[one][state.value] for state in State)]
    every = [one for one in held if all(rows[one][state.value] for state, _ in COLUMNS)]
    return "\n".join(
        [
            "## Which timescales it feeds\n",
            f"From `--children {CHILDREN} --years {YEARS} --seed {SEED} --at {END}`, read on its last day by the",
            "clocks that read a council's record: whether any duty of each rule stands so. A gate, a window or a",
            "convention is never late or cannot be stopped, and a rare duty may be running for nobody on one day.",
            f"**{len(held)} of {len(rules.ids)} rules have duties here; {len(every)} stand in all five ways.**\n",
            *_table(rows, rules.ids),
            "\nOf these rules it holds no duty:\n",
            *(f"- `{one}`: {NOT_HELD.get(one, 'nothing in it starts one')}." for one in rules.ids if one not in held),
            "",
        ]
    )


def _table(rows: Mapping[str, Mapping[str, int]], ids: tuple[str, ...]) -> Iterator[str]:
    heads = [said for _, said in COLUMNS]
    yield f"| Rule | {' | '.join(heads)} |"
    yield "|---|---|---|---|---|---|"
    for one in ids:
        yield f"| `{one}` | {' | '.join('yes' if rows[one][state.value] else 'no' for state, _ in COLUMNS)} |"
