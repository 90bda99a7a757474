"""Those who supervise a team: their own supervision, span, children and time in role beside their team's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from keyworker.facts.pictures import WorkerRow
from keyworker.measures.pictures import TeamPicture
from keyworker.web.presenters.picture import Address, nowhere
from keyworker.web.presenters.workers import supervised_cell, worker_cell
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import days, length, plural, spoken

DAY = timedelta(days=1)
EMPTY = (
    "Nobody is recorded as supervising a worker of this team. "
    "The workforce pack’s list supervision_line would fill this."
)
NOTE = (
    "The team’s manager and whoever supervises a worker of this team, by name. Beneath each figure stands the same of "
    "the workers here whom they supervise."
)


def supervisors_table(team: TeamPicture, address: Address = nowhere) -> Table:
    """Each supervisor's own figures, and beneath them those of the team's workers whom they supervise."""
    return Table(
        "supervisors",
        "Those who supervise this team",
        heads("Supervisor", "~Their own supervision", "Supervises", "#Own children", "Time in role"),
        tuple(_row(one, team, address) for one in team.supervisors),
        EMPTY,
        NOTE if team.supervisors else "",
    )


def _row(one: WorkerRow, team: TeamPicture, address: Address) -> tuple[Cell, ...]:
    worker_id = one.worker.worker_id
    theirs = [row for row in team.workers if row.supervisor and row.supervisor.worker_id == worker_id]
    since = team.in_role_since.get(worker_id)
    supervised = supervised_cell(one)
    return (
        worker_cell(one, address),
        replace(supervised, notes=(*supervised.notes, *_gaps(theirs))),
        Cell(_many(team.spans.get(worker_id, 0)), notes=(f"{len(theirs) or 'none'} of this team",)),
        Cell(str(one.children), notes=_held(theirs)),
        Cell(
            _length(since, team.moment.at),
            notes=tuple(filter(None, (f"since {spoken(since)}" if since else "", *_times(theirs, team)))),
        ),
    )


def _many(count: int) -> str:
    return plural(count, "worker") if count else "Nobody"


def _length(since: date | None, at: date) -> str:
    return length(since, at + DAY) if since else "Not recorded"


def _gaps(theirs: Sequence[WorkerRow]) -> tuple[str, ...]:
    known = [row.days_since_supervised for row in theirs if row.days_since_supervised is not None]
    never = len(theirs) - len(known)
    parts = [f"longest {days(max(known))} ago"] if known else []
    parts += [f"{never} with none recorded"] if never else []
    return (f"their workers here: {', '.join(parts)}",) if parts else ()


def _held(theirs: Sequence[WorkerRow]) -> tuple[str, ...]:
    held = [row.children for row in theirs]
    return (f"their workers here: {_from_to(str(min(held)), str(max(held)))}",) if held else ()


def _times(theirs: Sequence[WorkerRow], team: TeamPicture) -> tuple[str, ...]:
    known = sorted(day for row in theirs if (day := team.in_role_since.get(row.worker.worker_id)))
    if not known:
        return ()
    at = team.moment.at
    return (f"their workers here: {_from_to(_length(known[-1], at), _length(known[0], at))}",)


def _from_to(least: str, most: str) -> str:
    return least if least == most else f"{least} to {most}"
