"""Children with neither a recent record nor recent case supervision, of a worker, a team, a district or everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg

from keyworker.actions.due import Whose, people
from keyworker.actions.remembered import at_hand, remembered
from keyworker.actions.tables import child_record
from keyworker.actions.whole import whole_at
from keyworker.facts.columns import Columns, of_everybody
from keyworker.facts.columns.everybody import Source as Connected
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import MANY
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Absent, ChildRow, SourceAge
from keyworker.facts.sources import absent, source_ages
from keyworker.facts.teams import teams_at
from keyworker.measures.nothing_recent import last_recorded, with_nothing_recent
from keyworker.measures.passes.source import Source
from keyworker.measures.sources.held import HeldSource
from keyworker.measures.sources.postgres import PostgresSource

_COLUMNS = ("child_id", "name", "team_id", "team", "district")


KIND = "nothing recent"
May = Callable[[Sequence[ChildRow]], Sequence[ChildRow]]
"""Which of some children somebody may see."""
Last = Mapping[str, date | None]
"""By child of whom nothing is recent, the newest day of which anything is recorded; None where nothing ever was."""


@dataclass(frozen=True)
class Unheard:
    """One child with nothing recent. Takes last_recorded_on, of anything that happened; None where nothing ever was."""

    child: ChildRow
    last_recorded_on: date | None


@dataclass(frozen=True)
class NothingRecent:
    """The list, of how many open children it is a part, and between which districts one may choose."""

    children: tuple[Unheard, ...]
    of: int
    districts: tuple[str, ...]
    sources: tuple[SourceAge, ...]
    absent: tuple[Absent, ...]


def nothing_recent(connection: psycopg.Connection, moment: Moment, whose: Whose, may_see: May) -> NothingRecent:
    """The children of whom nothing is recent, those longest without any record first.

    Takes   may_see, which of some children whoever asks may see.
    """
    rows, _ = people(connection, moment, whose)
    whole: Last | None = at_hand(connection, KIND, moment)
    if whole is None:
        ids, of = [row.child_id for row in rows], "" if whose == Whose() else f"{whose}"
        whole = remembered(connection, KIND, moment, lambda: _read(connection, moment, ids), of=of)
    seen = may_see(rows)
    unheard = (Unheard(row, whole[row.child_id]) for row in seen if row.child_id in whole)
    return NothingRecent(
        tuple(sorted(unheard, key=_order)),
        len(seen),
        tuple(sorted({team.district for team in teams_at(connection, lens_at(connection, moment))})),
        tuple(source_ages(connection)),
        tuple(absent(connection, moment)),
    )


def every_unheard(connection: psycopg.Connection, moment: Moment) -> Last:
    """Everybody of whom nothing is recent, read anew after an act: a district's list is then taken from it."""
    ids = [row.child_id for row in whole_at(connection, moment).children]
    return remembered(connection, KIND, moment, lambda: _read(connection, moment, ids))


def _read(connection: psycopg.Connection, moment: Moment, child_ids: Sequence[str]) -> Last:
    """Of some open children those of whom nothing is recent: looked for among these alone, which is faster.

    Those of everybody are looked for in the columns, where this process holds them.
    """

    def ask(asked: Connected) -> Last:
        def among(children: Iterable[str]) -> Source:
            if isinstance(asked, Columns):
                return HeldSource(asked, connection, children)
            return PostgresSource(asked, children)

        listed = with_nothing_recent(among(child_ids), moment) if child_ids else frozenset()
        last = last_recorded(among(listed), moment) if listed else {}
        return {child_id: last.get(child_id) for child_id in listed}

    return of_everybody(connection, ask) if len(child_ids) > MANY else ask(connection)


def _order(one: Unheard) -> tuple[date, date, str]:
    supervised = one.child.last_case_supervision_on
    return (one.last_recorded_on or date.min, supervised or date.min, one.child.name)


def unheard_records(rows: Sequence[Unheard]) -> list[dict[str, Any]]:
    """The list as flat rows. Names leave only when they are asked for."""
    found = []
    for one in rows:
        child = child_record(one.child)
        found.append(
            {name: child[name] for name in _COLUMNS}
            | {
                "last_recorded_on": one.last_recorded_on,
                "last_case_supervision_on": one.child.last_case_supervision_on,
                "last_seen_on": one.child.last_seen_on,
                "due_on": one.child.due_on,
                "standing": child["standing"],
            }
        )
    return found
