"""Workers as rows of a team's list: what they hold and who looks after them. Never ranked, never scored."""

from __future__ import annotations

from collections.abc import Sequence

from keyworker.facts.pictures import WorkerRow
from keyworker.web.presenters.picture import Address, nowhere
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import days, number, plural, spoken


def workers_table(id: str, caption: str, rows: Sequence[WorkerRow], *, empty: str, address: Address = nowhere) -> Table:
    """The workers of a team in the order of their names.

    Takes   address, from a worker's handle to the worker's page.
    """
    ordered = sorted(rows, key=lambda row: row.worker.name)
    headings = (
        "Worker",
        "#Children",
        "#Families",
        "~Hours available today",
        "~Longest since a child was seen",
        "Supervision",
    )
    return Table(id, caption, heads(*headings), tuple(_cells(row, address) for row in ordered), empty)


def supervised_table(id: str, caption: str, rows: Sequence[WorkerRow], address: Address = nowhere) -> Table:
    """The workers whom one person supervises, and how long since."""
    ordered = sorted(rows, key=lambda row: row.worker.name)
    body = tuple(
        (worker_cell(row, address), supervised_cell(row), Cell(str(row.children), sort=row.children)) for row in ordered
    )
    return Table(
        id, caption, heads("Worker", "Supervision", "#Children"), body, "You are not recorded as anybody's supervisor."
    )


def _cells(row: WorkerRow, address: Address) -> tuple[Cell, ...]:
    capacity = (
        f"agreed capacity {number(row.agreed_capacity)}" if row.agreed_capacity is not None else "no agreed capacity"
    )
    accountable = f"accountable only for {row.accountable_only}" if row.accountable_only else ""
    return (
        worker_cell(row, address),
        Cell(str(row.children), notes=tuple(filter(None, (capacity, accountable)))),
        Cell(str(row.families)),
        _hours(row),
        _longest(row),
        supervised_cell(row),
    )


def worker_cell(row: WorkerRow, address: Address) -> Cell:
    """A worker's name, job and how they are employed."""
    agency = "agency" if row.worker.agency else ""
    fte = f"{number(row.fte, 2)} of full time" if row.fte is not None and row.fte < 1 else ""
    return Cell(
        row.worker.name, address(row.worker.handle), tuple(filter(None, (row.worker.job_title or "", agency, fte)))
    )


def _hours(row: WorkerRow) -> Cell:
    if row.is_away:
        until = f"expected back {spoken(row.away_until)}" if row.away_until else "no return date recorded"
        return Cell("Away", notes=(until,))
    if row.hours_today is None:
        return Cell("Not recorded", tone="quiet")
    return Cell(f"{number(row.hours_today)} hours")


def _longest(row: WorkerRow) -> Cell:
    past = f"{plural(row.past_interval, 'child', 'children')} past the day to be seen" if row.past_interval else ""
    if row.longest_since_seen_days is None:
        return Cell(
            "No visit recorded" if row.children else "Holds no child", notes=tuple(filter(None, (past,))), tone="quiet"
        )
    return Cell(days(row.longest_since_seen_days), notes=tuple(filter(None, (past,))))


def supervised_cell(row: WorkerRow) -> Cell:
    """How long since a worker was last supervised, and by whom they should be."""
    by = f"by {row.supervisor.name}" if row.supervisor else "no supervisor recorded"
    if row.days_since_supervised is None:
        return Cell("No supervision recorded", notes=(by,), tone="quiet")
    on = f"on {spoken(row.last_supervised_on)}" if row.last_supervised_on else ""
    return Cell(f"{days(row.days_since_supervised)} ago", notes=tuple(filter(None, (on, by))))
