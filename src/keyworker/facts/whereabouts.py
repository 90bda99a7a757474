"""Where every child stands, kept beside the record: the policies of the database ask it of each row.

Whom somebody sees is laid down as workers and teams; which children are theirs is the same for everybody, so it is kept
once. It stands for the end of one day, after one act, and is carried on by the children whom later acts move.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import psycopg
from psycopg.types.json import Jsonb

from keyworker.facts.belonging import STANDS, teams_today
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import render
from keyworker.facts.restricted import restricted_at
from keyworker.record.sessions import last_move

MOST = 5_000
"""Beyond so many moved children all are looked at anew."""
_TOLD = ("involvements", "cin_episodes", "handover")
_DAYS = (
    ("involvements", "from_on"),
    ("involvements", "to_on"),
    ("cin_episodes", "from_on"),
    ("cin_episodes", "to_on"),
    ("handover", "happened_on"),
    ("handover", "starts_on"),
)
"""The days on which a row begins or ceases to say where a child stands."""
_GROUND = "select act_id, at, told, roots from access.whereabouts_ground"
_ACTS = """select min(first_entry), min(recorded_at), bool_or(kind = 'erasure') from record.act where act_id > %s
and tables && array[
    'cin_episodes', 'cla_episodes', 'handover', 'identity_link', 'involvements', 'permanence', 'restriction',
    'setting']"""
_WRITTEN = "select child_id from record.{0} where entry_id >= %(first)s"
_REPLACED = "select child_id from record.{0} where superseded_at >= %(since)s"
_OF_DAYS = "select child_id from record.{0} where superseded_at is null and {1} > %(before)s and {1} <= %(at)s"
_KEEP = f"""with standing as materialized ({STANDS}),
named(child_id, kind, id) as (
    select child_id, 'worker', worker_id from standing where worker_id is not null
    union select child_id, 'team', team_id from standing where team_id is not null
),
added as (
    insert into access.stand (kind, id)
    select distinct kind, id from named n
    where not exists (select 1 from access.stand s where s.kind = n.kind and s.id = n.id)
    returning stand_id, kind, id
),
every as (select stand_id, kind, id from access.stand union all select stand_id, kind, id from added)
insert into access.whereabouts
select child_id, array_agg(stand_id) from named join every using (kind, id) group by child_id
on conflict (child_id) do update set stands = excluded.stands"""
_JOIN = """insert into access.whereabouts
select j.identifier, s.stands
from unnest(%(identifiers)s::text[], %(roots)s::text[]) as j(identifier, root)
join access.whereabouts s on s.child_id = j.root where j.identifier <> j.root
on conflict (child_id) do update set stands = excluded.stands"""
_NOWHERE = """insert into access.whereabouts select id, '{}' from record.handle
where kind = 'child' and (%(children)s::text[] is null or id = any(%(children)s::text[])) on conflict do nothing"""
_KEPT_BACK = (
    "delete from access.kept_back where child_id <> all(%(children)s::text[])",
    "insert into access.kept_back (child_id) select one from unnest(%(children)s::text[]) as those(one)"
    " where not exists (select 1 from access.kept_back where child_id = one)",
    "update access.whereabouts w set kept = null where kept is not null"
    " and not exists (select 1 from access.kept_back k where k.child_id = w.child_id and k.kept = w.kept)",
    "update access.whereabouts w set kept = k.kept from access.kept_back k"
    " where k.child_id = w.child_id and w.kept is distinct from k.kept",
)
"""A number stands for as long as its child is restricted: what was laid down for whoever is let in says it."""


@dataclass(frozen=True)
class _Ground:
    """What is kept stands on this: an act, a day, how the rows were told, and for an identifier the one it is joined
    to."""

    act_id: int
    at: date
    told: str
    roots: Mapping[str, str]


def keep_whereabouts(connection: psycopg.Connection, moment: Moment) -> None:
    """Bring up to date where children stand at the end of a day, by all that is recorded.

    Takes   connection in the service's role, in one reading that may keep something beside the record.
    """
    act_id = last_move(connection)
    row = connection.execute(_GROUND.encode()).fetchone()
    ground = _Ground(*row) if row else None
    if ground and ground.act_id >= act_id and ground.at == moment.at:
        return
    if ground:  # one at a time: whoever comes second finds it done and begins again
        connection.execute("select 1 from access.whereabouts_ground for update")
    lens = lens_at(connection, moment)
    told = repr([(lens.order_of_sources(name) if name in lens.shared else (), lens.homes.get(name)) for name in _TOLD])
    moved = _moved(connection, ground, lens) if ground and ground.told == told else None
    if moved is None or len(moved) > MOST:
        connection.execute("delete from access.whereabouts")
        _keep(connection, lens, lens.roots)
        connection.execute(_NOWHERE, {"children": None})
    elif moved:
        _keep_again(connection, lens, moved, ground.roots if ground else {})
    _keep_back(connection, restricted_at(connection, moment).named)
    now = _Ground(act_id, moment.at, told, lens.roots)
    _note(connection, now, _joined(connection, moment, lens), is_new=not ground)


def joined_at(connection: psycopg.Connection) -> str:
    """A short name for which identifiers are one child, and which teams nobody has described, as children stand."""
    row = connection.execute("select joined from access.whereabouts_ground").fetchone()
    return str(row[0]) if row else ""


def stood_in(connection: psycopg.Connection) -> frozenset[str]:
    """Every team in which any child stands or stood."""
    return frozenset(one for (one,) in connection.execute("select id from access.stand where kind = 'team'"))


def _moved(connection: psycopg.Connection, ground: _Ground, lens: Lens) -> set[str] | None:
    """The identifiers that may stand elsewhere since something was kept; None where everybody may."""
    at = lens.moment.at
    first, since, is_erased = connection.execute(_ACTS.encode(), (ground.act_id,)).fetchone() or (None, None, None)
    if is_erased or at < ground.at:
        return None
    changed = {one for one in {*ground.roots, *lens.roots} if ground.roots.get(one, one) != lens.root(one)}
    changed |= {ground.roots.get(one, one) for one in changed} | {lens.root(one) for one in changed}
    return changed | _written(connection, first, since) | _of_days(connection, ground.at, at)


def _written(connection: psycopg.Connection, first: int | None, since: datetime | None) -> set[str]:
    if first is None:
        return set()
    bound = {"first": first, "since": since}
    return _children(connection, (one.format(name) for name in _TOLD for one in (_WRITTEN, _REPLACED)), bound)


def _of_days(connection: psycopg.Connection, before: date, at: date) -> set[str]:
    """Whoever has a row that began or ceased to say where they stand since a day."""
    if at == before:
        return set()
    return _children(connection, (_OF_DAYS.format(*one) for one in _DAYS), {"before": before, "at": at})


def _children(connection: psycopg.Connection, queries: Iterable[str], bound: Mapping[str, object]) -> set[str]:
    return {child for query in queries for (child,) in connection.execute(query.encode(), bound)}


def _keep_again(connection: psycopg.Connection, lens: Lens, moved: Collection[str], before: Mapping[str, str]) -> None:
    roots = {lens.root(one) for one in moved}
    joined = {one: root for one, root in lens.roots.items() if root in roots}
    gone = {*moved, *roots, *joined, *(one for one, root in before.items() if root in moved)}
    connection.execute("delete from access.whereabouts where child_id = any(%s::text[])", (sorted(gone),))
    _keep(connection, lens.of(sorted(roots)), joined)
    connection.execute(_NOWHERE, {"children": sorted(gone)})


def _keep_back(connection: psycopg.Connection, restricted: Iterable[str]) -> None:
    """Keep back whoever is restricted, by each of their identifiers, and nobody else."""
    for step in _KEPT_BACK:
        connection.execute(step, {"children": sorted(restricted)})


def _keep(connection: psycopg.Connection, lens: Lens, joined: Mapping[str, str]) -> None:
    asked = render(_KEEP, lens)
    connection.execute(asked.sql.encode(), asked.parameters, prepare=False)
    if joined:
        connection.execute(_JOIN.encode(), {"identifiers": list(joined), "roots": list(joined.values())})


def _joined(connection: psycopg.Connection, moment: Moment, lens: Lens) -> str:
    unknown = stood_in(connection) - set(teams_today(connection, moment).known)
    return hashlib.sha256(repr((sorted(lens.roots.items()), sorted(unknown))).encode()).hexdigest()


def _note(connection: psycopg.Connection, ground: _Ground, joined: str, *, is_new: bool) -> None:
    row = (ground.act_id, ground.at, ground.told, Jsonb(dict(ground.roots)), joined)
    connection.execute(
        "insert into access.whereabouts_ground (act_id, at, told, roots, joined) values (%s, %s, %s, %s, %s)"
        if is_new
        else "update access.whereabouts_ground set (act_id, at, told, roots, joined) = (%s, %s, %s, %s, %s)",
        row,
    )
