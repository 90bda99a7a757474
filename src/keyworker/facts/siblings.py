"""A child's family: who is named beside the child, and their time with the service as thin strips.

Never across an adoption: an adopted child is named to nobody of the family that they left, and nobody of it to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import psycopg

from keyworker.facts import people
from keyworker.facts.gaps import Without, without
from keyworker.facts.ground import adopted
from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.open_children import open_among
from keyworker.facts.pictures import Outcome, Role, Status
from keyworker.facts.relations import in_force
from keyworker.facts.rows import fetch
from keyworker.facts.stories import HeldBy, Together

_MOTHERS = "select mother_id from {mother} m where mother_id is not null"

_FAMILY = "select family_id from {family} f"

_LINKED = f"""select child_id, same_as from {{identity_link}} k
where {in_force("k")} and (child_id = any(%(ids)s::text[]) or same_as = any(%(ids)s::text[]))"""

_NUMBERS = """select child_id, upper(replace(common_child_id, ' ', '')) from {person} p
where common_child_id is not null
union all select child_id, legacy_id from {person} p where legacy_id is not null
union all select child_id, upper(replace(identifier_value, ' ', '')) from {linked_identifiers} i
where identifier_value is not null"""

_STATUSES = """select child_id, kind, from_on, to_on, detail from {status} s where from_on <= %(at)s
order by from_on, kind, to_on nulls last"""

_HOLDS = """select child_id, worker_id, role, from_on, to_on from {holding} h where role in ('lead', 'accountable')
order by from_on, role, worker_id"""


_VISITS = "select child_id, happened_on, outcome from {visit} v order by happened_on, entry_id"

SEEN = (Outcome.SEEN, Outcome.SEEN_ALONE)


def relatives(connection: psycopg.Connection, lens: Lens) -> tuple[tuple[str, str, str], ...]:
    """The lens's one child's family: handle, name, and what they are to the child, as far as the record says."""
    mothers = {row[0] for row in fetch(connection, lens, _MOTHERS)}
    named = sorted(mothers | set(same_family(connection, lens))) if lens.child_ids else []
    shown = _may_be_named(connection, lens, named)
    found = people.children(connection, lens.on_everyone.of(shown)) if shown else {}
    told = [
        (child.handle, child.name, "mother" if child.child_id in mothers else "in the same family")
        for child in found.values()
    ]
    return tuple(sorted(told, key=lambda one: (one[2] != "mother", one[1], one[0])))


def together(connection: psycopg.Connection, lens: Lens) -> tuple[Together, ...]:
    """The lens's one child and their brothers and sisters, open or not: the child first, then the eldest.

    Gives   the child alone, where nobody else of the family is known or may be named.
    """
    (child_id,) = lens.child_ids or ("",)
    strips = _strips(connection, lens.of([child_id, *brothers_and_sisters(connection, lens)]))
    first = strips.pop(child_id)
    born = sorted(strips.values(), key=lambda pair: (pair[0] or date.max, pair[1].name, pair[1].handle))
    return (first[1], *(strip for _, strip in born))


def brothers_and_sisters(connection: psycopg.Connection, lens: Lens) -> list[str]:
    """The identifiers of the brothers and sisters of the lens's one child who may be named beside the child."""
    mothers = {row[0] for row in fetch(connection, lens, _MOTHERS)}
    return _may_be_named(connection, lens, sorted(set(same_family(connection, lens)) - mothers))


def same_family(connection: psycopg.Connection, lens: Lens) -> list[str]:
    """Everybody else of the families of the lens's children, also who may not be named beside them."""
    families = {row[0] for row in fetch(connection, lens, _FAMILY)}
    members = people.kin(connection, lens.on_everyone, families) if families else {}
    return sorted({one for group in members.values() for one in group} - set(lens.child_ids or ()))


def _may_be_named(connection: psycopg.Connection, lens: Lens, ids: Sequence[str]) -> list[str]:
    """Those of a child's family who may be named beside the child: nobody, where the child is held apart."""
    (child_id,) = lens.child_ids or ("",)
    apart = held_apart(connection, lens, [child_id, *ids]) if ids else frozenset()
    return [] if child_id in apart else [one for one in ids if one not in apart]


def held_apart(connection: psycopg.Connection, lens: Lens, ids: Iterable[str]) -> frozenset[str]:
    """Of these children, those who were adopted, and those who are linked to one who was or share a number with one.

    What is known now counts for an earlier moment too: a family shown once too often cannot be unseen.
    """
    wanted = list(ids)
    now = Lens(Moment(FAR))
    links = {link for seen in (lens.on_everyone, now) for link in fetch(connection, seen, _LINKED, ids=wanted)}
    known = sorted({*wanted, *(one for link in links for one in link)})

    def ask(query: str, seen: Lens) -> list[tuple[Any, ...]]:
        return fetch(connection, seen, query)

    gone = adopted(ask, lens.of(known)) | adopted(ask, now.of(known))
    linked = {one for link in links if gone & set(link) for one in link}
    again = _under_another_identity(ask, lens.of(known), gone) if gone else set()
    return frozenset(one for one in wanted if one in gone or one in linked or one in again)


def _under_another_identity(
    ask: Callable[[str, Lens], list[tuple[Any, ...]]], lens: Lens, gone: frozenset[str]
) -> set[str]:
    """Of the lens's children those who share a number with one who was adopted: the same child, perhaps, as is now."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for child_id, number in ask(_NUMBERS, lens):
        numbers[child_id].add(number)
    told = {number for one in gone for number in {one, *numbers[one]}}
    return {one for one, found in numbers.items() if found & told}


def _strips(connection: psycopg.Connection, lens: Lens) -> dict[str, tuple[date | None, Together]]:
    """Each of the lens's children as a strip, with the day of birth by which they are ordered."""
    statuses: dict[str, list[Status]] = defaultdict(list)
    for child_id, *status in fetch(connection, lens, _STATUSES):
        statuses[child_id].append(Status(*status))
    held = fetch(connection, lens, _HOLDS)
    workers = people.workers(connection, lens, (row[1] for row in held))
    holds: dict[str, list[HeldBy]] = defaultdict(list)
    for child_id, worker_id, role, from_on, to_on in held:
        holds[child_id].append(HeldBy(workers[worker_id], Role(role), from_on, to_on))
    nobody = without(connection, lens)
    visits: dict[str, list[tuple[date, Outcome]]] = defaultdict(list)
    for child_id, on, outcome in fetch(connection, lens, _VISITS):
        visits[child_id].append((on, Outcome(outcome)))
    open_now = set(open_among(connection, lens))
    return {
        child_id: (
            child.birth_on,
            Together(
                handle=child.handle,
                name=child.name,
                age_years=child.age_on(lens.moment.at),
                is_open=child_id in open_now,
                statuses=tuple(statuses[child_id]),
                holds=tuple(holds[child_id]),
                gaps=nobody.get(child_id, Without()).gaps,
                untold=nobody.get(child_id, Without()).untold,
                visits=tuple(visits[child_id]),
                last_seen_on=max((on for on, outcome in visits[child_id] if outcome in SEEN), default=None),
            ),
        )
        for child_id, child in people.children(connection, lens).items()
    }
