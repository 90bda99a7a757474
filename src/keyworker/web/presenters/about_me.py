"""What stands on a worker's own page beside their work over time: what is due to them, and whom they supervise."""

from __future__ import annotations

from datetime import date, timedelta

from keyworker.actions.questions.staff import AboutMe
from keyworker.clocks.engine import Reading
from keyworker.clocks.readings import State
from keyworker.facts.pictures import WorkerRow
from keyworker.web.presenters.picture import Ways
from keyworker.web.presenters.workers import supervised_cell, worker_cell
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import due, length, sentence, spoken

DAY = timedelta(days=1)
STANDS = {
    State.OVERDUE: "Its day has passed",
    State.RUNNING: "Still to come",
    State.CANNOT_TELL: "Its day has passed, and the record does not say whether it was done",
}


def about_me_tables(me: AboutMe, at: date, ways: Ways) -> tuple[Table, ...]:
    """What others may see of a worker on their team's pages: it stands on the worker's own too."""
    duties = Table(
        "due-to-me",
        "What is due to you yourself",
        heads("Duty", "Due", "How it stands"),
        tuple(_duty(one, at) for one in sorted(me.duties, key=lambda one: (one.due_on or date.max, one.title))),
        "Nothing is due to you: no supervision, registration or learning that the record knows of.",
        "Whoever manages your team or leads your district sees the same under Due.",
    )
    if not me.supervised:
        return (duties,)
    ordered = sorted(me.supervised, key=lambda row: row.worker.name)
    supervised = Table(
        "supervised",
        "Those whom you supervise",
        heads("Worker", "Supervision", "#Children", "Time in role"),
        tuple(_supervised(row, me, at, ways) for row in ordered),
        "You are not recorded as anybody's supervisor.",
        "The page of a team shows the least and the most of these beside your name.",
    )
    return (duties, supervised)


def _duty(one: Reading, at: date) -> tuple[Cell, ...]:
    when = Cell(sentence(due(one.due_on, at)), notes=(spoken(one.due_on),)) if one.due_on else Cell("No date")
    why = f"{one.reason} Source: {one.source.rstrip('.')}."
    return (Cell(one.title, why=why), when, Cell(STANDS[one.state]))


def _supervised(row: WorkerRow, me: AboutMe, at: date, ways: Ways) -> tuple[Cell, ...]:
    since = me.in_role_since.get(row.worker.worker_id)
    held = Cell(length(since, at + DAY), notes=(f"since {spoken(since)}",)) if since else Cell("Not recorded")
    return (worker_cell(row, ways.worker), supervised_cell(row), Cell(str(row.children)), held)
