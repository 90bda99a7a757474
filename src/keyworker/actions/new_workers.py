"""A worker whom the record does not know yet: their number and name, before a post begins."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import write_down

TABLE = "professionals"
LONGEST_NAME = 100
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,29}")


@dataclass(frozen=True)
class WantedWorker:
    """Who begins. Takes worker_id, the number by which the case system knows them, or will."""

    worker_id: str
    name: str
    job_title: str


def problems(wanted: WantedWorker, *, is_known: bool) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed."""
    found: dict[str, str] = {}
    if not _NUMBER.fullmatch(wanted.worker_id):
        found["worker_id"] = "The number must be up to 30 letters, digits, points, strokes and dashes"
    elif is_known:
        found["worker_id"] = "Somebody of this number is known already: find them by name instead"
    for field, said, what in (("name", wanted.name, "the name"), ("job_title", wanted.job_title, "the job title")):
        if not said.strip() or len(said) > LONGEST_NAME:
            found[field] = f"Enter {what}, in {LONGEST_NAME} characters or fewer"
    return found


def write(connection: psycopg.Connection, asker: Asker, now: datetime, wanted: WantedWorker) -> None:
    """Write a worker down. Raises AlreadyRecorded where the same number was written before."""
    row = {name: said.strip() for name, said in asdict(wanted).items()}
    write_down(connection, asker, now, TABLE, row)
