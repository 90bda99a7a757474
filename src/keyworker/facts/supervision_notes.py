"""Notes of personal supervision: what was said, who wrote it, whether the worker agrees, and to whom it is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.facts import people
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.rows import fetch

# Nobody's notes are read but through this: it says for each note by what right the reader has it, or leaves it out.
_SEEN = """select n.note_id, n.worker_id, n.supervisor_id, n.happened_on, n.note, n.written_by, written.recorded_at,
    n.agreed, n.answered_on, n.answer, n.withdrawn_on, n.withdrawn_why, n.entry_id
from {supervision_note} n
join lateral (
    select e.recorded_at from record.supervision_note e
    where e.worker_id = n.worker_id and e.note_id = n.note_id and e.source = n.source order by e.entry_id limit 1
) written on true
where %(reader)s in (n.worker_id, n.supervisor_id)
    or (%(manages)s and n.supervisor_id in (
        select m.worker_id from {supervision_line:in_force} m where m.supervisor_id = %(reader)s))
    or n.worker_id in (
        select o.worker_id from {supervision_opening:in_force} o
        join (select worker_id, supervisor_id from {supervision_line:in_force} s
            union select worker_id, supervisor_id from {supervision_deputy:in_force} d) l
            on l.worker_id = o.worker_id and l.supervisor_id = o.supervisor_id
        where o.supervisor_id = %(reader)s)
order by n.happened_on desc, written.recorded_at desc, n.entry_id desc"""

_OPENINGS = """select o.opening_id, o.worker_id, o.supervisor_id, o.from_on, o.entry_id
from {supervision_opening:in_force} o where %(worker)s in (o.worker_id, o.supervisor_id)
order by o.from_on, o.entry_id"""

_PAIRS = """select worker_id, supervisor_id, bool_or(to_on is null or to_on > %(at)s),
    case when bool_and(to_on is not null) then max(to_on) end
from {supervision_line} s
where %(worker)s in (worker_id, supervisor_id) and worker_id <> supervisor_id and (to_on is null or to_on > %(since)s)
group by worker_id, supervisor_id order by supervisor_id, worker_id"""

_DEPUTIES = """select worker_id, supervisor_id, to_on is null or to_on > %(at)s, deputy_why, from_on, to_on
from {supervision_deputy} d
where %(worker)s in (worker_id, supervisor_id) and worker_id <> supervisor_id and (to_on is null or to_on > %(since)s)
order by from_on desc, entry_id"""


@dataclass(frozen=True, slots=True)
class Note:
    """One note of a personal supervision, as somebody may read it.

    Takes   worker, who was supervised; supervisor, who held it; written_by, which of the two wrote it; agreed, whether
            the worker agrees, None while they have not said; withdrawn_on, None while it stands: its words are then
            left out; entry_id, the entry that stands.
    """

    note_id: str
    worker: WorkerRef
    supervisor: WorkerRef
    happened_on: date
    note: str
    written_by: WorkerRef
    written_at: datetime
    agreed: bool | None
    answered_on: date | None
    answer: str
    withdrawn_on: date | None
    withdrawn_why: str
    entry_id: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A worker and whoever supervises them, or did.

    Takes   is_now, whether it is so on the day; why, a code of `deputy_why`, empty for whoever usually supervises;
            from_on, of a deputy, the first day; to_on, the day after the last, None while it goes on.
    """

    worker: WorkerRef
    supervisor: WorkerRef
    is_now: bool
    why: str = ""
    from_on: date | None = None
    to_on: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether a supervision of a day may have been theirs: nobody held one afterwards, and a deputy none before."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True)
class OpenedNotes:
    """That a worker lets a supervisor read the notes of supervisions that others held."""

    opening_id: str
    worker: WorkerRef
    supervisor: WorkerRef
    from_on: date
    entry_id: int


def notes_seen_by(connection: psycopg.Connection, lens: Lens, reader: str, *, manages: bool) -> list[Note]:
    """The notes that a worker may read, the latest first: those of the pair, those opened to them, and where they
    manage, those that were held by whoever they supervise on the lens's day.
    """
    rows = fetch(connection, lens, _SEEN, reader=reader, manages=manages)
    refs = people.workers(connection, lens, _named(rows, (1, 2, 5)))
    return [_note(row, refs) for row in rows]


def openings(connection: psycopg.Connection, lens: Lens, worker_id: str) -> list[OpenedNotes]:
    """What a worker has opened to a supervisor, and what was opened to them."""
    rows = fetch(connection, lens, _OPENINGS, worker=worker_id)
    refs = people.workers(connection, lens, _named(rows, (1, 2)))
    return [OpenedNotes(row[0], refs[row[1]], refs[row[2]], row[3], row[4]) for row in rows]


def pairs(connection: psycopg.Connection, lens: Lens, worker_id: str, since: date) -> list[Pair]:
    """With whom a worker was in supervision on any day since one: whom they supervise, and who supervises them.

    First those of the usual lines, then deputies, the latest first.
    """
    rows = fetch(connection, lens, _PAIRS, worker=worker_id, since=since)
    deputies = fetch(connection, lens, _DEPUTIES, worker=worker_id, since=since)
    refs = people.workers(connection, lens, _named([*rows, *deputies], (0, 1)))
    usual = [Pair(refs[one], refs[by], is_now, to_on=to_on) for one, by, is_now, to_on in rows]
    return usual + [
        Pair(refs[worker], refs[supervisor], is_now, why, from_on, to_on)
        for worker, supervisor, is_now, why, from_on, to_on in deputies
    ]


def _named(rows: Sequence[tuple[Any, ...]], places: Sequence[int]) -> list[str]:
    return [row[place] for row in rows for place in places]


def _note(row: tuple[Any, ...], refs: Mapping[str, WorkerRef]) -> Note:
    is_gone = row[10] is not None
    return Note(
        note_id=row[0],
        worker=refs[row[1]],
        supervisor=refs[row[2]],
        happened_on=row[3],
        note="" if is_gone else row[4],
        written_by=refs[row[5]],
        written_at=row[6],
        agreed=row[7],
        answered_on=row[8],
        answer="" if is_gone else row[9] or "",
        withdrawn_on=row[10],
        withdrawn_why=row[11] or "",
        entry_id=row[12],
    )
