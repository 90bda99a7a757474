"""Every word that needs a meaning, with how often it is found and what it means already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg

from keyworker.facts.moment import Moment

_REPORTED = "[known] and standing = 'reported'"
_KNOWN_NOW = "superseded_at is null"
_KNOWN_THEN = "recorded_at <= %(known_at)s and (superseded_at is null or superseded_at > %(known_at)s)"
_IN_FORCE = "from_on <= %(at)s and (to_on is null or to_on > %(at)s)"

# Whom a word is said of today is counted apart: counting the different children of every row took a second.
# A team is found wherever a source names one; its own name, where there is one, is shown beside its identifier.
_QUESTIONS = {
    "team": f"""
        select said, max(name), coalesce(max(held), 0), min(first_on), max(last_on) from (
          select team_id as said, name, null::bigint as held, null::date as first_on, null::date as last_on
            from record.department where {_REPORTED}
          union all
          select team_id, null, null, min(from_on), max(from_on)
            from record.involvements where {_REPORTED} and team_id is not null group by team_id
          union all
          select team_id, null, count(distinct child_id), null, null
            from record.involvements where {_REPORTED} and team_id is not null and {_IN_FORCE} group by team_id
        ) every group by said""",
    "job title": f"""
        select said, null, count(distinct worker_id), min(first_on), max(first_on) from (
          select job_title as said, worker_id, null::date as first_on from record.professionals where {_REPORTED}
          union all select job_title, worker_id, from_on from record.appointment where {_REPORTED}
        ) every where said is not null group by said""",
    "involvement role": f"""
        select said, null, coalesce(max(held), 0), min(first_on), max(last_on) from (
          select role as said, null::bigint as held, min(from_on) as first_on, max(from_on) as last_on
            from record.involvements where {_REPORTED} and role is not null group by role
          union all
          select role, count(distinct child_id), null, null
            from record.involvements where {_REPORTED} and role is not null and {_IN_FORCE} group by role
        ) every group by said""",
    "visit kind": f"""
        select visit_kind, null, count(*), min(happened_on), max(happened_on)
        from record.other_visit where {_REPORTED} and visit_kind is not null group by visit_kind""",
}


@dataclass(frozen=True)
class Meaning:
    """What a word was said to mean, from a day until (not including) another."""

    from_on: date
    to_on: date | None
    columns: dict[str, str]


@dataclass(frozen=True)
class Found:
    """One word. `meanings` is empty while nobody has given it one."""

    subject: str
    said: str
    name: str | None
    count: int
    first_on: date | None
    last_on: date | None
    meanings: tuple[Meaning, ...]


def found(connection: psycopg.Connection, moment: Moment) -> list[Found]:
    """Every word found in the record as known at a moment, most used first within its kind.

    Takes   moment, at the end of whose day it is counted whom a word is said of.
    """
    meanings = _meanings(connection, moment)
    words = []
    for subject, question in _QUESTIONS.items():
        for said, name, count, first_on, last_on in _rows(connection, moment, question):
            given = tuple(meanings.get((subject, said), ()))
            words.append(Found(subject, said, name, count, first_on, last_on, given))
    return sorted(words, key=lambda word: (word.subject, -word.count, word.said))


_COLUMNS = ("district", "team_type", "role_class", "holds_cases", "allocation_role", "visit_kind")


def _rows(connection: psycopg.Connection, moment: Moment, question: str) -> list[tuple[Any, ...]]:
    asked = question.replace("[known]", _KNOWN_THEN if moment.is_known_then else _KNOWN_NOW)
    return connection.execute(asked.encode(), {"at": moment.at, "known_at": moment.known_at}).fetchall()


def _meanings(connection: psycopg.Connection, moment: Moment) -> dict[tuple[str, str], list[Meaning]]:
    # A team that a workforce pack describes has its meaning there; nobody need write it twice.
    rows = _rows(
        connection,
        moment,
        f"select subject, said, from_on, to_on, {', '.join(_COLUMNS)} from record.meaning where {_REPORTED}"
        " union all select 'team', team_id, from_on, to_on, district, team_type, null, null, null, null"
        f" from record.team where {_REPORTED} and (district is not null or team_type is not null)"
        " and team_id not in (select said from record.meaning where subject = 'team' and [known])"
        " order by 1, 2, 3",
    )
    given: dict[tuple[str, str], list[Meaning]] = {}
    for subject, said, from_on, to_on, *values in rows:
        written = {
            name: ("Y" if value else "N") if isinstance(value, bool) else value
            for name, value in zip(_COLUMNS, values, strict=True)
            if value is not None
        }
        given.setdefault((subject, said), []).append(Meaning(from_on, to_on, written))
    return given
