"""Whether a worker is away on a day, and never why."""

from __future__ import annotations

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_ABSENT = "select 1 from {absence:in_force} a where worker_id = %(worker)s"


def is_absent(connection: psycopg.Connection, lens: Lens, worker_id: str) -> bool:
    """Whether an absence of a worker goes on at the end of the lens's day."""
    return bool(fetch(connection, lens, _ABSENT, worker=worker_id))
