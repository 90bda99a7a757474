"""Sessions of signed-in people: opened at the door, shown by a secret, and whom each may see laid down for policies.

The secret is a random token. The database keeps its digest alone, where the role under which people read cannot look.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import psycopg

PARTS = (
    "a child's record",
    "a list of children",
    "names",
    "case supervision",
    "exceptions",
    "what must not be told",
    "direct work with a child",
    "copies for people outside",
    "asking for an erasure",
    "restricted children",
)
"""The things in which it is laid down what somebody sees of a child."""
ANY = "any"
"""What stands for any of these."""
LASTING = timedelta(hours=8)
"""How long a session lasts unless it is ended before, as long as the pages' own."""
_FIGURES = """select asked.id from unnest(%(workers)s::text[]) as asked(id)
where access.sees_everybody(%(thing)s) or access.sees_all_but(%(thing)s) or exists (
    select 1 from access.worker_in_sight s
    where s.session_id = access.session() and s.worker_id = asked.id and s.figures
)"""


@dataclass(frozen=True)
class Whose:
    """Whom a session is of, and until when.

    Takes   keeper, whether it is of whoever keeps this machine, who has not signed in.
    """

    account: str
    door: str
    keeper: bool
    expires_at: datetime


@dataclass(frozen=True)
class Reach:
    """What somebody sees of all children who are with one worker, or in one team.

    Takes   kind, worker or team; id, whose; parts, of `PARTS` those that are seen, and things that are written by.
    """

    kind: str
    id: str
    parts: frozenset[str]


@dataclass(frozen=True)
class LaidSight:
    """What a session may see, for the policies of the record.

    Takes   at, the day on which; everybody, the things seen of everybody; opens, the things of which any is seen;
            reach, what is seen of the children of which workers and teams; in_emergency, the children whose record was
            opened in one; joined, the identifiers that were one child then, None where it makes no difference;
            figures, learning, the workers of whom these are in sight; personal, the supervisors, and noted, the
            workers, whose notes are; let_in, the restricted children who are not kept from whoever asks; hides,
            whether any is; only_read, those of them whom the asker may not write of; alike, the things that are written
            by and reach as far as another that is laid down; lasting, how long it stands, where that ends within the
            day; worker_id, which worker the asker is; emergency_hours, for how long they may open a record in an
            emergency, 0 where they may open none; review_by, the last day on which one of today may be reviewed;
            openings_a_day, how many they may open in 24 hours.
    """

    at: date
    everybody: frozenset[str] = frozenset()
    opens: frozenset[str] = frozenset()
    reach: Sequence[Reach] = ()
    in_emergency: Iterable[str] = ()
    joined: str | None = None
    figures: Iterable[str] = ()
    learning: Iterable[str] = ()
    personal: Iterable[str] = ()
    noted: Iterable[str] = ()
    let_in: Iterable[str] = ()
    hides: bool = False
    only_read: Iterable[str] = ()
    alike: Mapping[str, str] = field(default_factory=dict)
    lasting: timedelta | None = None
    worker_id: str | None = None
    emergency_hours: int = 0
    review_by: date = date.min
    openings_a_day: int = 0


def open_session(
    door: psycopg.Connection, account: str, by: str, *, keeper: bool = False, lasting: timedelta = LASTING
) -> str:
    """Open a session, and give its secret: to be kept from everybody but whoever it is of.

    Takes   door, a connection in the door's role; by, page, api, command or python.
    """
    token = secrets.token_urlsafe(32)
    door.execute("select access.open_session(%s, %s, %s, %s, %s)", (_digest(token), account, by, keeper, lasting))
    return token


def end_session(door: psycopg.Connection, token: str) -> bool:
    """End a session; gives whether it was open."""
    row = door.execute("select access.end_session(%s)", (_digest(token),)).fetchone()
    return bool(row and row[0])


def end_sessions_of(door: psycopg.Connection, account: str) -> int:
    """End every session of a sign-in; gives how many were open."""
    row = door.execute("select access.end_sessions_of(%s)", (account,)).fetchone()
    return int(row[0]) if row else 0


def session_of(connection: psycopg.Connection, token: str) -> Whose | None:
    """Whom a session is of; None for one that is forged, ended or expired. Takes the door's role or the service's."""
    row = connection.execute("select * from access.session_of(%s)", (_digest(token),)).fetchone()
    return Whose(*row) if row else None


def show(connection: psycopg.Connection, token: str) -> None:
    """Show a session's secret on a connection in the application's role, until `hide`."""
    connection.execute("select set_config('keyworker.token', %s, false)", (token,))


def hide(connection: psycopg.Connection) -> None:
    """Take the secret off a connection, before anybody else may have it."""
    connection.execute("select set_config('keyworker.token', '', false)")


def stands(connection: psycopg.Connection, reason: str = "") -> bool:
    """Whether what the shown session may see is laid down, for a reason, and true of the record as this transaction
    sees it."""
    row = connection.execute("select access.is_laid(%s)", (reason,)).fetchone()
    return bool(row and row[0])


def last_act(service: psycopg.Connection) -> int:
    """The last act after which somebody may see more or less, as a connection in the service's role sees it."""
    row = service.execute("select access.last_act()").fetchone()
    return int(row[0]) if row else 0


def last_move(service: psycopg.Connection) -> int:
    """The last act after which a child may stand elsewhere, as a connection in the service's role sees it."""
    row = service.execute("select access.last_move()").fetchone()
    return int(row[0]) if row else 0


def figures_in_sight(connection: psycopg.Connection, workers: Collection[str]) -> set[str]:
    """Of some workers those whose figures the shown session may see."""
    rows = connection.execute(_FIGURES, {"workers": list(workers), "thing": "a worker's figures"})
    return {worker for (worker,) in rows}


def lay(service: psycopg.Connection, token: str, after_act: int, sight: LaidSight, reason: str = "") -> bool:
    """Lay down what a session may see, in place of what was laid before. Gives False where the session is over.

    Takes   service, a connection in the service's role; after_act, the last act when it was worked out.
    """
    everybody = sight.everybody | ({ANY} if sight.everybody & set(PARTS) else set())
    reach = [(part, one.kind, one.id) for one in sight.reach for part in one.parts]
    reach += [(ANY, one.kind, one.id) for one in sight.reach if one.parts & set(PARTS)]
    workers = (sight.figures, sight.learning, sight.personal, sight.noted, sight.let_in)
    row = service.execute(
        "select access.lay(%s, %s, %s, coalesce(%s, interval '1 day'), %s::text[], %s::text[], %s::date, %s, %s,"
        " %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],"
        " %s, %s, %s, %s::date, %s, %s::text[], %s::text[], %s::text[])",
        (
            _digest(token),
            after_act,
            reason,
            sight.lasting,
            list(everybody),
            list(sight.opens),
            sight.at,
            sight.joined or "",
            sight.joined is not None,
            list(sight.in_emergency),
            *([row[at] for row in reach] for at in range(3)),
            *map(list, workers),
            sight.hides,
            sight.worker_id,
            sight.emergency_hours,
            sight.review_by,
            sight.openings_a_day,
            list(sight.only_read),
            list(sight.alike),
            list(sight.alike.values()),
        ),
    ).fetchone()
    return bool(row and row[0])


def sees_all_of(own: psycopg.Connection, child_ids: Sequence[str]) -> bool:
    """Whether the shown session sees all that the record holds of some children: record, name and case supervision."""
    row = own.execute("select access.sees_all_of(%s::text[])", (list(child_ids),)).fetchone()
    return bool(row and row[0])


def sees_all_of_each(own: psycopg.Connection, children: Sequence[Sequence[str]]) -> list[bool]:
    """The same of each of some children by themselves. Takes children, the identifiers of each."""
    query = """select access.sees_all_of(array(select jsonb_array_elements_text(one.ids)))
        from jsonb_array_elements(%s::jsonb) with ordinality as one(ids, place) order by place"""
    return [bool(seen) for (seen,) in own.execute(query, (json.dumps([list(ids) for ids in children]),))]


def children_in_sight(own: psycopg.Connection, *, of_every_record: bool, of_every_name: bool) -> list[str]:
    """The children who are listed, and whose name is in sight, to the shown session, by where they stand.

    Takes   of_every_record, of_every_name, whether the one or the other is in sight of everybody, wherever they stand.
    """
    rows = own.execute(
        "select child_id from access.whereabouts where (%s or stands && (select access.in_reach('a list of children')))"
        " and (%s or stands && (select access.in_reach('names')))",
        (of_every_record, of_every_name),
    )
    return [child_id for (child_id,) in rows]


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
