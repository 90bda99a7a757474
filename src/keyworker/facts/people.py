"""Names, ages and families of children; names and titles of workers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.rows import fetch

NO_NAME = "name not recorded"


@dataclass(frozen=True, slots=True)
class Child:
    """Who a child is."""

    child_id: str
    handle: str
    name: str
    birth_on: date | None

    def age_on(self, day: date) -> int | None:
        """Age in whole years; None when the birth date is not known or is still to come."""
        born = self.birth_on
        if born is None or born > day:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def children(connection: psycopg.Connection, lens: Lens) -> dict[str, Child]:
    """Who the lens's children are, each of them, also those of whom only the identifier is known."""
    wanted = [lens.root(child_id) for child_id in lens.child_ids or ()]
    rows = fetch(connection, lens, "select child_id, forename, surname, birth_on from {person} p order by entry_id")
    said = {row[0]: row for row in rows}
    given = handles_of(connection, HandleKind.CHILD, wanted)
    found = {}
    for child_id in wanted:
        _, forename, surname, birth_on = said.get(child_id, (child_id, None, None, None))
        name = f"{forename or ''} {surname or ''}".strip() or NO_NAME
        found[child_id] = Child(child_id, given.get(child_id, ""), name, birth_on)
    return found


def families(connection: psycopg.Connection, lens: Lens) -> dict[str, str]:
    """The family of each of the lens's children."""
    return dict(fetch(connection, lens, "select child_id, min(family_id) from {family} f group by child_id"))


def kin(connection: psycopg.Connection, lens: Lens, family_ids: Iterable[str]) -> dict[str, set[str]]:
    """Every child of these families, wherever they are in the record."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = fetch(
        connection,
        lens,
        "select family_id, child_id from {family} f where family_id = any(%(families)s::text[])",
        families=list(family_ids),
    )
    for family_id, child_id in rows:
        found[family_id].add(child_id)
    return found


def by_family(families: Mapping[str, str]) -> dict[str, set[str]]:
    """The children of each family, from the family of each child."""
    found: dict[str, set[str]] = defaultdict(set)
    for child_id, family_id in families.items():
        found[family_id].add(child_id)
    return found


def workers(connection: psycopg.Connection, lens: Lens, worker_ids: Iterable[str]) -> Mapping[str, WorkerRef]:
    """These workers by their identifiers, each of them, also those of whom only the identifier is known."""
    wanted = list(dict.fromkeys(worker_ids))
    if not wanted:
        return {}
    rows = fetch(
        connection,
        lens,
        """select worker_id, name, job_title, agency_worker from {professionals} p
        where worker_id = any(%(workers)s::text[]) order by entry_id""",
        workers=wanted,
    )
    said = {row[0]: row[1:] for row in rows}
    given = handles_of(connection, HandleKind.WORKER, wanted)
    return {
        worker_id: _worker(worker_id, given.get(worker_id, ""), *said.get(worker_id, (None, None, None)))
        for worker_id in wanted
    }


def appointed_now(connection: psycopg.Connection, lens: Lens) -> list[tuple[str, str | None, str | None]]:
    """Every worker in post at the lens's moment, with the title and the team of the latest appointment."""
    query = """select distinct on (worker_id) worker_id, job_title, team_id from {appointment:in_force} a
    order by worker_id, from_on desc, entry_id desc"""
    return [(row[0], row[1], row[2]) for row in fetch(connection, lens, query)]


def _worker(worker_id: str, handle: str, name: str | None, title: str | None, agency: bool | None) -> WorkerRef:
    return WorkerRef(worker_id, name or NO_NAME, handle, title, agency)


def is_named(connection: psycopg.Connection, lens: Lens) -> bool:
    """Whether the record holds anything of who the lens's one child is."""
    return bool(fetch(connection, lens, "select 1 from {person} p union all select 1 from {family} f"))
