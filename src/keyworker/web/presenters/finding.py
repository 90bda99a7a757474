"""Whoever was found, as lists, and what is said where nobody was or too many were."""

from __future__ import annotations

from collections.abc import Callable

from keyworker.actions.finding import MOST_TOLD, Found, FoundChild, FoundWorker
from keyworker.facts.found import By
from keyworker.facts.pictures import TeamRef
from keyworker.web.presenters.picture import Ways
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.throughline.statuses import status_words
from keyworker.web.words import listed, plural, sentence, spoken

HOW = {
    By.NUMBER: "by a number of theirs",
    By.NAME: "by the name",
    By.FORMER: "by a name that was written before",
    By.NEAR: "by a name that is near it, or sounds like it",
}
NOBODY = "Nobody whom you may see answers to that."
TRY = (
    "Try fewer letters, one name alone, another spelling or a number: the child’s own, an NHS number, a unique pupil "
    "number. This page finds only children whose names you may see, and says the same where there are others."
)
TOO_SHORT = "Type at least two letters of a name, or a number"


def found_answer(found: Found) -> str:
    """Who was found, in a sentence."""
    parts = [
        plural(len(rows), one, many)
        for rows, one, many in (
            (found.children, "child", "children"),
            (found.workers, "worker", "workers"),
            (found.teams, "team", "teams"),
        )
        if rows
    ]
    if not parts:
        return NOBODY
    if found.is_cut:
        return f"More than {MOST_TOLD} children answer. The nearest {MOST_TOLD} are here: type more to find one."
    one = len(found.children) + len(found.workers) + len(found.teams) == 1
    return f"{sentence(listed(parts))} {'answers' if one else 'answer'} to that."


def found_tables(found: Found, ways: Ways) -> list[Table]:
    """A list of each kind of whom any was found, children first."""
    tables = [
        Table(
            "children",
            "Children",
            heads("Child", "Born", "Now", "Worker", "How found"),
            tuple(_child(one, ways) for one in found.children),
            "",
            is_cut=found.is_cut,
        ),
        Table(
            "workers",
            "Workers",
            heads("Who", "Team"),
            tuple(_worker(one, ways) for one in found.workers),
            "",
        ),
        Table("teams", "Teams", heads("Team", "District"), tuple(_team(one, ways.team) for one in found.teams), ""),
    ]
    return [one for one in tables if one.rows]


def _child(one: FoundChild, ways: Ways) -> tuple[Cell, ...]:
    age = (f"{plural(one.age_years, 'year')} old",) if one.age_years is not None else ()
    worker, team = one.worker, one.team
    return (
        Cell(one.name, ways.child(one.handle)),
        Cell(spoken(one.birth_on) if one.birth_on else "Not recorded", notes=age),
        Cell(status_words(one.statuses[0]) if one.statuses else "Open" if one.row else "Not open today"),
        Cell(
            worker.name if worker else "No worker" if one.row else "–",
            notes=(team.name,) if team else (),
        ),
        Cell(sentence(HOW[one.by])),
    )


def _worker(one: FoundWorker, ways: Ways) -> tuple[Cell, ...]:
    said = filter(None, (one.worker.job_title, "has left" if one.has_left else ""))
    return (
        Cell(one.worker.name, ways.worker(one.worker.handle), notes=tuple(map(sentence, said))),
        Cell(listed([team.name for team in one.teams]) or "No team recorded"),
    )


def _team(one: TeamRef, address: Callable[[str], str]) -> tuple[Cell, ...]:
    return (Cell(one.name, address(one.handle)), Cell(one.district))
