"""What lies ahead for a child: the next date that is due, and what to know before the door."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.pictures import NextDate
from keyworker.facts.rows import fetch
from keyworker.vocabulary.working_days import spoken

_DUE = """select child_id, 'child protection review' as what, due_on from {cp_reviews} r
where happened_on is null and due_on is not null
union all
select child_id, 'initial child protection conference', target_on from {initial_cp_conference} c
where happened_on is null and target_on is not null
union all
select l.child_id, 'looked after review', v.due_on from {cla_reviews} v
join (select distinct child_id, care_period_id from {cla_episodes:in_force} e) l on l.care_period_id = v.care_period_id
where v.happened_on is null and v.due_on is not null and v.cancelled is not true
union all
select child_id, 'action', due_on from {action} a where done_on is null and due_on is not null and child_id is not null
"""

_DOOR = """select child_id, 1 as place, 'missing', from_on from {missing:in_force} m
union all select child_id, 2, 'section 47', from_on from {s47_enquiry:in_force} q
union all select child_id, 3, disability_code, cast(null as date) from {disability} d
where upper(disability_code) <> 'NONE'"""


def next_dates(connection: psycopg.Connection, lens: Lens) -> dict[str, NextDate]:
    """The earliest date that is due and has not happened for each of the lens's children."""
    found: dict[str, NextDate] = {}
    for child_id, what, due_on in fetch(connection, lens.on_running(), _DUE):
        if child_id not in found or due_on < found[child_id].on:
            found[child_id] = NextDate(what, due_on)
    return found


def before_the_door(connection: psycopg.Connection, lens: Lens) -> dict[str, tuple[str, ...]]:
    """What a worker should know before visiting each of the lens's children, gravest first."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for child_id, place, said, since in fetch(connection, lens, _DOOR):
        found[child_id].append((place, _words(place, said, since)))
    return {child_id: tuple(words for _, words in sorted(said)) for child_id, said in found.items()}


def _words(place: int, said: str, since: date | None) -> str:
    if place == 1 and since:
        return f"Missing since {spoken(since)}"
    if place == 2 and since:
        return f"Section 47 enquiry open since {spoken(since)}"
    return f"Disability recorded: {said}"
