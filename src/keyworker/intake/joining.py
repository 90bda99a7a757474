"""Which identifiers are one child: the same UPN or NHS number, or a person's decision. Never names and birth dates.

Nothing here joins a record that ended by adoption, nor says that it did not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.clocks.stored import renew
from keyworker.facts.identity import is_adoption_ceasing, is_adoption_closure, is_adoption_order
from keyworker.record.writer import Act, append, end
from keyworker.vocabulary.errors import KeyworkerError

SOURCE = "identity"
ALWAYS = date(1900, 1, 1)
NEVER_WAS = date(1900, 1, 2)
MOST = 3
"""A number that more identifiers than this share is a placeholder, not a child's."""

_UPN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_NHS = re.compile(r"\d{10}")
_SAID = """
    select child_id, 'same UPN', upn from record.send
    where superseded_at is null and standing = 'reported' and upn is not null
    union
    select child_id, case when lower(identifier_type) like '%nhs%' then 'same NHS number' else 'same UPN' end,
      identifier_value
    from record.linked_identifiers where superseded_at is null and standing = 'reported'
      and lower(identifier_type) in ('upn', 'unique pupil number', 'nhs', 'nhs number')
    union
    select child_id, 'same NHS number', common_child_id from record.person
    where superseded_at is null and standing = 'reported' and common_child_id is not null
"""


@dataclass(frozen=True)
class Pair:
    """Two identifiers of one child, the smaller first, and why."""

    child_id: str
    same_as: str
    basis: str


def is_upn(value: str) -> bool:
    """Whether this has the shape of a unique pupil number."""
    return bool(_UPN.fullmatch(value))


def is_nhs_number(value: str) -> bool:
    """Whether this is a whole NHS number: ten digits of which the last checks the rest."""
    if not _NHS.fullmatch(value) or len(set(value)) == 1:
        return False
    left = 11 - sum(int(digit) * weight for digit, weight in zip(value, range(10, 1, -1), strict=False)) % 11
    return left != 10 and int(value[9]) == left % 11


def pairs(said: Iterable[tuple[str, str, str]]) -> list[Pair]:
    """The pairs that the same number joins: each identifier with the smallest that shares its number."""
    sharing: dict[tuple[str, str], set[str]] = defaultdict(set)
    for child_id, basis, value in said:
        number = re.sub(r"\s", "", value).upper()
        if is_upn(number) if basis == "same UPN" else is_nhs_number(number):
            sharing[basis, number].add(child_id)
    found: dict[tuple[str, str], Pair] = {}
    for (basis, _), children in sorted(sharing.items()):
        first, *rest = sorted(children)
        for other in rest if len(children) <= MOST else ():
            found.setdefault((first, other), Pair(first, other, basis))
    return list(found.values())


def join_identifiers(connection: psycopg.Connection, now: datetime) -> int:
    """Join every pair of identifiers that the same number joins and nobody has parted. Gives how many are new."""
    wanted = pairs(connection.execute(_SAID).fetchall())
    known = _ever_linked(connection)
    adopted = _adopted(connection, {one for pair in wanted for one in (pair.child_id, pair.same_as)})
    new = [
        pair
        for pair in wanted
        if frozenset((pair.child_id, pair.same_as)) not in known and not {pair.child_id, pair.same_as} & adopted
    ]
    if new:
        act = Act("link", author="keyworker", purpose="identifiers that name one child", source=SOURCE)
        with connection.transaction():
            written = append(connection, act, now, {"identity_link": [_row(pair, "keyworker") for pair in new]})
            renew(connection, written.act_id)
    return len(new)


def _row(pair: Pair, decided_by: str, why: str | None = None) -> dict[str, object]:
    return {
        "child_id": pair.child_id,
        "same_as": pair.same_as,
        "basis": pair.basis,
        "decided_by": decided_by,
        "why": why,
        "from_on": ALWAYS,
    }


def _ever_linked(connection: psycopg.Connection) -> set[frozenset[str]]:
    # A join that a person undid stays undone, so what was ever joined is never joined again by a number alone.
    rows = connection.execute("select distinct child_id, same_as from record.identity_link where child_id is not null")
    return {frozenset(row) for row in rows.fetchall()}


def _adopted(connection: psycopg.Connection, child_ids: Iterable[str]) -> set[str]:
    of = {"ids": sorted(child_ids)}
    closures = "select child_id, close_reason from record.cin_episodes where child_id = any(%(ids)s)"
    ceasings = "select child_id, episode_ceased_reason from record.cla_episodes where child_id = any(%(ids)s)"
    orders = "select child_id, permanence_order_type from record.permanence where child_id = any(%(ids)s)"
    # Every version counts, corrected or not: an adoption once written is never worth the risk of a join.
    return {
        child_id
        for question, means in (
            (closures, is_adoption_closure),
            (ceasings, is_adoption_ceasing),
            (orders, is_adoption_order),
        )
        for child_id, said in connection.execute(question.encode(), of).fetchall()
        if means(said)
    }


def join(
    connection: psycopg.Connection,
    one: str,
    other: str,
    *,
    decided_by: str,
    why: str,
    now: datetime,
    beyond: Collection[str] = (),
) -> None:
    """Join two identifiers because a person has decided that they are one child.

    Takes   beyond, identifiers of children whom whoever decides may not see: to them there are none such.
    Raises  KeyworkerError without a reason, for an identifier that is not known, or where it may not be done;
            the words are the same whichever of these it is, so that nothing is learnt by trying.
    """
    known = connection.execute(
        "select count(distinct id) from record.handle where kind = 'child' and id = any(%s)", ([one, other],)
    ).fetchone()
    refused = one == other or not why.strip() or not known or known[0] != 2 or _adopted(connection, (one, other))
    if refused or one in beyond or other in beyond or _current(connection, one, other):
        raise KeyworkerError(
            "These two cannot be joined.",
            remedy="Give two different identifiers that are both in the record and not joined already, and say why.",
        )
    first, second = sorted((one, other))
    act = Act("link", author=decided_by, purpose=why, source=SOURCE)
    pair = Pair(first, second, "person's decision")
    with connection.transaction():
        written = append(connection, act, now, {"identity_link": [_row(pair, decided_by, why)]})
        renew(connection, written.act_id)


def part(
    connection: psycopg.Connection,
    one: str,
    other: str,
    *,
    decided_by: str,
    why: str,
    now: datetime,
    beyond: Collection[str] = (),
) -> None:
    """Undo a join. What was believed while it stood can still be asked; a shared number never joins them again.

    Takes   beyond, as `join` does. Raises KeyworkerError.
    """
    current = _current(connection, one, other)
    if not why.strip() or not current or one in beyond or other in beyond:
        raise KeyworkerError("These two are not joined, or no reason was given.", remedy="Say which two, and why.")
    for entry_id in current:
        act = Act("ending", author=decided_by, purpose=why, source=SOURCE)
        with connection.transaction():
            written = end(connection, act, now, "identity_link", entry_id, NEVER_WAS)
            renew(connection, written.act_id)


def _current(connection: psycopg.Connection, one: str, other: str) -> Sequence[int]:
    rows = connection.execute(
        "select entry_id from record.identity_link where superseded_at is null and standing = 'reported'"
        " and to_on is null and least(child_id, same_as) = %s and greatest(child_id, same_as) = %s",
        sorted((one, other)),
    )
    return [row[0] for row in rows.fetchall()]


@dataclass(frozen=True)
class MatchRate:
    """How far one source's children are known to the others.

    Takes   children, identifiers in the source; same_identifier, those that another source has too;
            joined, those that a join names beside; here_only, the rest.
    """

    source: str
    children: int
    same_identifier: int
    joined: int

    @property
    def here_only(self) -> int:
        """Children whom no other source knows."""
        return self.children - self.same_identifier - self.joined


def match_rates(connection: psycopg.Connection) -> list[MatchRate]:
    """Match rates by source, in the order of their names."""
    rows = connection.execute(
        """
        with known as (select distinct source, child_id from record.person
                       where superseded_at is null and standing = 'reported'),
          joined as (select child_id from record.identity_link
                     where superseded_at is null and standing = 'reported' and to_on is null
                     union select same_as from record.identity_link
                     where superseded_at is null and standing = 'reported' and to_on is null),
          told as (select k.source, k.child_id,
                     exists (select 1 from known o where o.child_id = k.child_id and o.source <> k.source) as elsewhere,
                     k.child_id in (select child_id from joined) as is_joined
                   from known k)
        select source, count(*), count(*) filter (where elsewhere), count(*) filter (where is_joined and not elsewhere)
        from told group by source order by source
        """
    )
    return [MatchRate(*row) for row in rows.fetchall()]
