"""Whom supervisors supervise, and since when workers have been in the role that they are in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_SPANS = """select supervisor_id, count(distinct worker_id) from {supervision_line:in_force} s
where supervisor_id = any(%(workers)s) group by supervisor_id"""

_APPOINTED = """select worker_id, coalesce(role_class, job_title), from_on, to_on from {appointment} a
where worker_id = any(%(workers)s) and (to_on is null or to_on > from_on)
order by from_on desc, entry_id desc"""

Appointment = tuple[str | None, date, date | None]
"""The role of an appointment, by its role class or else its job title, its first day and the day after its last."""


def spans(connection: psycopg.Connection, lens: Lens, workers: Collection[str]) -> dict[str, int]:
    """How many workers each of some workers supervises on the day; those who supervise nobody are left out."""
    return dict(fetch(connection, lens, _SPANS, workers=sorted(workers)))


def in_role_since(connection: psycopg.Connection, lens: Lens, workers: Collection[str]) -> dict[str, date]:
    """The first day of each worker's unbroken time in the role that they are in; left out where none is told."""
    held: dict[str, list[Appointment]] = defaultdict(list)
    for worker_id, *appointed in fetch(connection, lens, _APPOINTED, workers=sorted(workers)):
        held[worker_id].append((appointed[0], appointed[1], appointed[2]))
    begun = {worker_id: role_begun(appointed, lens.moment.at) for worker_id, appointed in held.items()}
    return {worker_id: day for worker_id, day in begun.items() if day is not None}


def role_begun(appointed: Sequence[Appointment], at: date) -> date | None:
    """The first day of the unbroken time in the role that the latest appointment in force gives.

    Takes   appointments, the latest first. Those of one role that touch or overlap are one time in it.
    """
    current = next((one for one in appointed if one[2] is None or one[2] > at), None)
    if current is None:
        return None
    role, begun, _ = current
    for other, from_on, to_on in appointed:
        if other == role and from_on < begun and (to_on is None or to_on >= begun):
            begun = from_on
    return begun
