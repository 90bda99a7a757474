"""Children who may be one who is to be written down: by a number, by both names, by a name and the day of birth.

Nothing here leads from one record of an adopted child to the other: a child who was adopted answers to both names of
now alone, as whoever looks for a child finds them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import psycopg

from keyworker.facts.found import Among, children_found, near_adoption
from keyworker.facts.lens import Lens
from keyworker.facts.name_words import Words, sound_of, words_of

FAR_APART = timedelta(days=366)
"""Born so far apart, two children of the same names are two."""
ABOUT = timedelta(days=28)
"""How far from the day on which a birth is expected it may come, or may have been expected by somebody else."""
MOST = 20
_BORN = """select distinct p.child_id from record.person p
where p.superseded_at is null and p.standing = 'reported'
    and (p.birth_on = any(%(days)s::date[]) or p.birth_on between %(first)s and %(last)s
        or p.expected_birth_on between %(first)s and %(last)s)
    and (%(theirs)s::text[] is null or p.child_id = any(%(theirs)s::text[])) and p.child_id <> all(%(hidden)s::text[])
order by p.child_id"""
_NEW = """select p.child_id, p.forename, p.surname, p.birth_on, p.expected_birth_on, p.common_child_id
from record.new_child n join record.person p on p.child_id = n.child_id
where n.superseded_at is null and n.standing = 'reported' and p.superseded_at is null and p.standing = 'reported'
order by n.entry_id"""
_NAMES = """select p.child_id, p.forename, p.surname, p.birth_on, p.expected_birth_on from record.person p
where p.superseded_at is null and p.standing = 'reported' and p.child_id = any(%(children)s::text[])"""
NEVER = date(1, 1, 1)


class Why(StrEnum):
    """Why a child is taken to be like one who is to be written down."""

    NUMBER = "the same number"
    NAMES = "the same names, or near them"
    BORN = "a name, and the day of birth"


@dataclass(frozen=True)
class Described:
    """A child as somebody describes them. Takes expected_on, of an unborn child; number, an NHS number, if any."""

    forename: str
    surname: str
    birth_on: date | None = None
    expected_on: date | None = None
    number: str = ""


@dataclass(frozen=True)
class Alike:
    """One child who is like it, and why."""

    child_id: str
    why: Why


def alike(connection: psycopg.Connection, lens: Lens, wanted: Described, among: Among) -> list[Alike]:
    """The children among some who are like one that is described, the likeliest first.

    Takes   connection in the service's role; what is kept of names must be kept up; lens, on everybody today.
    """
    found: dict[str, Why] = {}
    if wanted.number:
        by_number, _ = children_found(connection, lens, wanted.number, among)
        found |= {one.child_id: Why.NUMBER for one in by_number if one.score == 1}
    by_names, _ = children_found(connection, lens, f"{wanted.forename} {wanted.surname}", among)
    told = _told(connection, [one.child_id for one in by_names])
    for one in by_names:
        _, born, expected = told.get(one.child_id, ("", None, None))
        if _may_be(wanted, born, expected):
            found.setdefault(one.child_id, Why.NAMES)
    for child_id in _born_then(connection, lens, wanted, among):
        found.setdefault(child_id, Why.BORN)
    return [Alike(child_id, why) for child_id, why in found.items()][:MOST]


def known_already(connection: psycopg.Connection, lens: Lens, hidden: Collection[str]) -> list[tuple[str, Alike]]:
    """The new children who were written down here, each with every other who is like them and not joined to them.

    Takes   as `alike` does; hidden, the restricted children, of whom nothing is said.
    """
    found: list[tuple[str, Alike]] = []
    for child_id, forename, surname, birth_on, expected_on, number in connection.execute(_NEW).fetchall():
        if child_id in hidden:
            continue
        who = Described(forename or "", surname or "", birth_on, None if birth_on else expected_on, number or "")
        like = alike(connection, lens, who, Among(None, hidden))
        found += [(child_id, one) for one in like if one.child_id != lens.root(child_id)]
    return found


def _may_be(wanted: Described, born: date | None, expected: date | None) -> bool:
    theirs, ours = born or expected, wanted.birth_on or wanted.expected_on
    return theirs is None or ours is None or abs(theirs - ours) <= FAR_APART or theirs in _days(wanted)


def _days(wanted: Described) -> list[date]:
    """The day of birth, and the same with day and month the other way round."""
    if wanted.birth_on is None:
        return []
    day = wanted.birth_on
    turned = date(day.year, day.day, day.month) if day.day <= 12 else day
    return sorted({day, turned})


def _born_then(connection: psycopg.Connection, lens: Lens, wanted: Described, among: Among) -> Iterable[str]:
    """Those who were born, or are expected, then, and who have one of the names, or one near it."""
    day = wanted.expected_on
    first, last = (day - ABOUT, day + ABOUT) if day else (NEVER, NEVER)
    bound = {"days": _days(wanted), "first": first, "last": last, **among.parameters}
    then = [child_id for (child_id,) in connection.execute(_BORN, bound)]
    near = [
        child_id
        for child_id, (name, _, _) in _told(connection, then).items()
        if _answers(name, wanted.surname) or (not day and _answers(name, wanted.forename))
    ]
    gone = near_adoption(connection, lens, near) if near else frozenset()
    return list(dict.fromkeys(lens.root(one) for one in near if one not in gone))


def _told(connection: psycopg.Connection, child_ids: Iterable[str]) -> dict[str, tuple[str, date | None, date | None]]:
    """The name of each of some children, the day of birth, and the day on which it was expected."""
    rows = connection.execute(_NAMES, {"children": list(child_ids)}).fetchall()
    return {row[0]: (f"{row[1] or ''} {row[2] or ''}", row[3], row[4]) for row in rows}


def _answers(name: str, typed: str) -> bool:
    words = Words.of((word, sound_of(word)) for word in words_of(name))
    return any(words.answering(word) for word in words_of(typed))
