"""A post as it is kept here: what stands, by entry, each step of its recruitment, what was changed and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_STANDING = """select post_id, title, role_class, team_id, fte, holds_cases, funded, from_on, to_on, entry_id
from {post} p where post_id = %(post)s order by from_on desc, entry_id desc limit 1"""
_STEPS = """select kind, happened_on, outcome, entry_id from {vacancy_step} s
where post_id = %(post)s order by happened_on desc, entry_id desc"""
_CHANGES = """select c.change_id, c.what, c.why, a.author, a.recorded_at from {post_change} c
join record.act a on a.act_id = c.act_id where c.post_id = %(post)s order by a.recorded_at desc"""
_IS_KNOWN = "select 1 from record.post where post_id = %s limit 1"


@dataclass(frozen=True, slots=True)
class StandingPost:
    """What a post is now, or was last. Takes to_on, the first day on which it was no more; entry_id, the entry."""

    post_id: str
    title: str | None
    role_class: str | None
    team_id: str | None
    fte: Decimal | None
    holds_cases: bool | None
    funded: bool | None
    from_on: date
    to_on: date | None
    entry_id: int


@dataclass(frozen=True, slots=True)
class KeptStep:
    """One step in filling a post, with the entry that says so."""

    kind: str
    happened_on: date
    outcome: str | None
    entry_id: int


@dataclass(frozen=True, slots=True)
class PostChange:
    """One change that was made here. Takes what, a code of `post_change`; author, a sign-in name."""

    change_id: str
    what: str
    why: str
    author: str
    recorded_at: datetime


@dataclass(frozen=True)
class KeptPost:
    """A post with its steps and changes, the latest first."""

    standing: StandingPost
    steps: tuple[KeptStep, ...]
    changes: tuple[PostChange, ...]


def kept_post(connection: psycopg.Connection, lens: Lens, post_id: str) -> KeptPost | None:
    """One post as it is kept; None where the establishment lists none."""
    rows = fetch(connection, lens, _STANDING, post=post_id)
    if not rows:
        return None
    steps = tuple(KeptStep(*row) for row in fetch(connection, lens, _STEPS, post=post_id))
    changes = tuple(PostChange(*row) for row in fetch(connection, lens, _CHANGES, post=post_id))
    return KeptPost(StandingPost(*rows[0]), steps, changes)


def is_post_known(connection: psycopg.Connection, post_id: str) -> bool:
    """Whether any entry was ever made of a post by that number."""
    return connection.execute(_IS_KNOWN, (post_id,)).fetchone() is not None
