"""What lies ahead for a child: the next date that is due, and what to know before the door."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.pictures import NextDate
from keyworker.facts.rows import fetch
from keyworker.vocabulary.codes import codes
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

# The second column is the place: the gravest first.
_DOOR = """select child_id, 1 as place, 'missing', from_on, 1 from {missing:in_force} m
union all select child_id, 2, concat_ws(': ', w.kind, w.says), from_on, 1 from {visit_warning:in_force} w
union all select child_id, 3, 'section 47', from_on, 1 from {s47_enquiry:in_force} q
union all select child_id, 5, 'missing lately', max(from_on), cast(count(*) as integer) from {missing} m
where from_on > %(lately)s and to_on is not null and to_on <= %(at)s group by child_id
union all select child_id, 6, 'unborn', expected_birth_on, 1 from {person} p
where birth_on is null and expected_birth_on > %(lately)s
union all select child_id, 7, concat_ws(', ', c.language, c.who), from_on,
    case when c.interpreter then 1 when not c.interpreter then 0 else -1 end
from {communication:in_force} c
union all select child_id, 8, disability_code, cast(null as date), 1 from {disability} d
where upper(disability_code) <> 'NONE'"""

_LAST_VISIT = """select distinct on (child_id) child_id, outcome, happened_on, cancelled_by, reason
from {visit} v where happened_on > %(lately)s order by child_id, happened_on desc, entry_id desc"""

LATELY = timedelta(days=90)
INTERPRETER = {1: "interpreter needed", 0: "no interpreter needed", -1: "nobody said whether an interpreter is needed"}
IN_VAIN = {"no access": "nobody let the worker in", "not seen": "the child was not seen", "cancelled": "cancelled"}


def next_dates(connection: psycopg.Connection, lens: Lens) -> dict[str, NextDate]:
    """The next date for each of the lens's children: the earliest that is still ahead, else the last that has gone by.

    A date of years ago that nobody marked as done would otherwise hide every date that is coming.
    """
    at = lens.moment.at
    found: dict[str, NextDate] = {}
    for child_id, what, due_on in fetch(connection, lens.on_running(), _DUE):
        if child_id not in found or _sooner(at, due_on) < _sooner(at, found[child_id].on):
            found[child_id] = NextDate(what, due_on)
    return found


def _sooner(at: date, due_on: date) -> tuple[bool, int]:
    return (due_on < at, abs((due_on - at).days))


def before_the_door(
    connection: psycopg.Connection, lens: Lens, *, everyone: bool = False
) -> dict[str, tuple[str, ...]]:
    """What a worker should know before visiting each of the lens's children, gravest first.

    How the last visit went is read where the lens is narrow, as a worker's own list is, and of everyone, from whom such
    lists are taken: lists of a district do not show it, and would wait for it.
    """
    lately = lens.moment.at - LATELY
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    disabilities: dict[str, set[str]] = defaultdict(set)
    for child_id, place, said, since, count in fetch(connection, lens, _DOOR, lately=lately):
        if since is None:
            disabilities[child_id].add(_disability(said))
        else:
            found[child_id].append((place, _words(place, said, since, count)))
    if lens.is_narrow or everyone:
        for child_id, outcome, on, by, reason in fetch(connection, lens, _LAST_VISIT, lately=lately):
            if outcome in IN_VAIN:
                found[child_id].append((4, _in_vain(outcome, on, by, reason)))
    for child_id, named in disabilities.items():
        found[child_id].append((8, f"Disability recorded: {', '.join(sorted(named))}"))
    return {child_id: tuple(words for _, words in sorted(said)) for child_id, said in found.items()}


def _words(place: int, said: str, since: date, count: int) -> str:
    if place == 1:
        return f"Missing since {spoken(since)}"
    if place == 2:
        return f"Warning since {spoken(since)}: {said}"
    if place == 3:
        return f"Section 47 enquiry open since {spoken(since)}"
    if place == 6:
        return f"Not yet born: expected on {spoken(since)}"
    if place == 7:
        language, _, whose = said.partition(", ")
        need = INTERPRETER[count]
        return f"Language{f' of the {whose}' if whose else ''}: {language}, {need}"
    times = "once" if count == 1 else "twice" if count == 2 else f"{count} times"
    return f"Missing or away {times} in the last 90 days, last on {spoken(since)}"


def _in_vain(outcome: str, on: date, by: str | None, reason: str | None) -> str:
    who = f" by the {by}" if outcome == "cancelled" and by in {"family", "worker", "service"} else ""
    why = f" ({reason})" if reason else ""
    return f"Last visit, {spoken(on)}: {IN_VAIN[outcome]}{who}{why}"


def _disability(code: str) -> str:
    return codes("disability").get(code.upper(), code).lower()
