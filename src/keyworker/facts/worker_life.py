"""A worker's time beside the children whom they held: away, supervised, learning, with time that is protected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import psycopg

from keyworker.facts import people
from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch
from keyworker.facts.stories import Appointed, Away, Learning, Protected, Supervised

_AWAY = """select from_on, to_on, expected_return_on from {absence} a
where worker_id = %(worker)s and (to_on is null or to_on > from_on) order by from_on, to_on"""

_SUPERVISED = """select happened_on, lower(outcome), supervisor_id from {personal_supervision} s
where worker_id = %(worker)s and happened_on is not null order by happened_on, entry_id"""

_LEARNING = """select happened_on, attended from {training_session} t
where worker_id = %(worker)s and happened_on is not null order by happened_on, entry_id"""

_PROTECTED = """select value, unit, written_in, from_on, to_on from {setting} s
where lower(name) = 'protected time' and lower(applies_to) = 'first year' order by from_on, entry_id"""

_YEAR_ENDED = """select happened_on from {step} s
where worker_id = %(worker)s and lower(kind) = 'assessed year ended' and happened_on is not null order by happened_on"""

_KNOWN = "select 1 from {professionals} p where worker_id = %(worker)s"


def is_named(connection: psycopg.Connection, lens: Lens, worker_id: str) -> bool:
    """Whether the record says who a worker is."""
    return bool(fetch(connection, lens, _KNOWN, worker=worker_id))


def absences(connection: psycopg.Connection, lens: Lens, worker_id: str) -> tuple[Away, ...]:
    """When a worker was away, earliest first. The day they are expected back matters only while they are."""
    return tuple(
        Away(from_on, to_on, expected if to_on is None else None)
        for from_on, to_on, expected in fetch(connection, lens, _AWAY, worker=worker_id)
    )


def supervisions(connection: psycopg.Connection, lens: Lens, worker_id: str) -> tuple[Supervised, ...]:
    """A worker's own supervisions, held or not, earliest first."""
    rows = fetch(connection, lens, _SUPERVISED, worker=worker_id)
    refs = people.workers(connection, lens, (row[2] for row in rows if row[2]))
    return tuple(Supervised(on, outcome, refs.get(by or "")) for on, outcome, by in rows)


def learning(connection: psycopg.Connection, lens: Lens, worker_id: str) -> tuple[Learning, ...]:
    """The training sessions that were offered to a worker, earliest first."""
    return tuple(Learning(*row) for row in fetch(connection, lens, _LEARNING, worker=worker_id))


def protected(
    connection: psycopg.Connection, lens: Lens, worker_id: str, appointments: Sequence[Appointed]
) -> tuple[Protected, ...]:
    """A worker's assessed and supported year, and the share of hours that the council protects in it.

    Source  the council's setting named `protected time` for `first year`, a whole or decimal number of percent.
    """
    spans = _joined([(one.from_on, one.to_on) for one in appointments if one.first_year])
    if not spans:
        return ()
    ended = [row[0] for row in fetch(connection, lens, _YEAR_ENDED, worker=worker_id)]
    settings = fetch(connection, lens, _PROTECTED)
    return tuple(_under(from_on, _sooner(from_on, to_on, ended), settings) for from_on, to_on in spans)


def _sooner(from_on: date, to_on: date | None, ended: Sequence[date]) -> date | None:
    """The end of a first year: when somebody wrote that it had ended, if an appointment goes on saying first year."""
    day = next((one for one in ended if one > from_on), None)
    return day if day and (to_on is None or day < to_on) else to_on


def _under(from_on: date, to_on: date | None, settings: Sequence[tuple[str, str, str, date, date | None]]) -> Protected:
    """The latest setting that was in force on any day of the year is the year's."""
    last_day = to_on or date.max
    held = [one for one in settings if one[3] < last_day and (one[4] is None or one[4] > from_on)]
    if not held:
        return Protected(from_on, to_on, None, "")
    value, unit, source, *_ = held[-1]
    return Protected(from_on, to_on, _share(value, unit), source or "")


def _share(value: str, unit: str | None) -> float | None:
    if (unit or "").strip().lower() not in {"percent", "%"}:
        return None
    try:
        share = float(value) / 100
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None


def _joined(spans: Sequence[tuple[date, date | None]]) -> list[tuple[date, date | None]]:
    """Touching spans made one; they come earliest first."""
    found: list[tuple[date, date | None]] = []
    for from_on, to_on in spans:
        if found and (found[-1][1] is None or found[-1][1] >= from_on):
            ended = found[-1][1]
            found[-1] = (found[-1][0], None if ended is None or to_on is None else max(ended, to_on))
        else:
            found.append((from_on, to_on))
    return found
