"""Visits that were not made in time, and what coincided: one child's, and shares by district or team."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
import psycopg

from keyworker.actions.remembered import remembered
from keyworker.actions.whole import whole_at
from keyworker.clocks.engine import every_readings, every_rule, readings, rows_of
from keyworker.clocks.missed import Coincided, Missed, missed, shares
from keyworker.clocks.rules import Subject
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, SourceAge, TeamRef
from keyworker.facts.sources import source_ages
from keyworker.measures.guarding import Reader

LOOKED_BACK = timedelta(days=365)
BY = ("district", "team")
NOWHERE = ""
"""The district of children who are with no team."""


@dataclass(frozen=True)
class MissedVisit:
    """One visit that was not made in time, the open child to whom it was due, and what coincided."""

    child: ChildRow
    missed: Missed


@dataclass(frozen=True)
class MissedIn:
    """How many visits were not made in time in one place, and with how many of them each thing coincided.

    Takes   district, empty for children who are with no team; team, where places are teams. They do not add up:
            several things may coincide.
    """

    district: str | None
    team: TeamRef | None
    missed: int
    counts: Mapping[Coincided, int]


@dataclass(frozen=True)
class MissedShares:
    """The places for which the asker answers, and the whole for whoever answers for all of it.

    Takes   since, the first due day; withheld, how many places are not shown to somebody who does not answer for them.
    """

    by: str
    since: date
    places: tuple[MissedIn, ...]
    whole: MissedIn | None
    withheld: int
    sources: tuple[SourceAge, ...]


def missed_of(connection: psycopg.Connection, moment: Moment, child_id: str) -> list[Missed]:
    """The visits to one child that were not made in time, and what coincided."""
    return missed(connection, moment, readings(connection, moment, child_ids=[child_id]))


def missed_visits(connection: psycopg.Connection, moment: Moment, since: date | None = None) -> list[MissedVisit]:
    """Those of every child who is open at the moment, that were due from a day on (a year before, if none is given)."""
    usual = moment.at - LOOKED_BACK
    first = since or usual
    if first >= usual:
        every: list[MissedVisit] = every_missed(connection, moment)
        return [one for one in every if one.missed.reading.due_on and one.missed.reading.due_on >= first]
    return _read(connection, moment, first)


def every_missed(connection: psycopg.Connection, moment: Moment) -> list[MissedVisit]:
    """Those of a year, read anew after an act: what every district's and team's shares are counted from."""
    return remembered(connection, "missed", moment, lambda: _read(connection, moment, moment.at - LOOKED_BACK))


def _read(connection: psycopg.Connection, moment: Moment, first: date) -> list[MissedVisit]:
    rules = {rule.id for rule in every_rule() if "visit" in rule.id and rule.binding.subject is Subject.CHILD}
    children = {row.child_id: row for row in whole_at(connection, moment).children}
    found, rulebook = every_readings(connection, moment, child_ids=list(children), rules=rules, due_since=first)
    late = found.filter(pl.col("passed_due") & (pl.col("due_on") >= first))
    told = missed(connection, moment, rows_of(late, rulebook))
    return [MissedVisit(children[one.reading.subject], one) for one in told]


def shares_by(
    connection: psycopg.Connection, moment: Moment, reader: Reader, *, by: str, since: date | None = None
) -> MissedShares:
    """The shares of each place for which somebody answers. A child counts where they are at the moment.

    Takes   by, district or team. Whoever does not answer for a place sees no figure of it, and no total from which
            one could be subtracted.
    """
    found = missed_visits(connection, moment, since)
    in_place: dict[tuple[str, str], list[MissedVisit]] = defaultdict(list)
    for one in found:
        in_place[place_of(one.child, by)].append(one)
    places = [_counted(visits, visits[0].child.team, by) for _, visits in sorted(in_place.items())]
    shown = [one for one in places if answers_for(reader, one.district, one.team)]
    whole = _counted(found, None, "") if reader.everything else None
    first = since or moment.at - LOOKED_BACK
    return MissedShares(by, first, tuple(shown), whole, len(places) - len(shown), tuple(source_ages(connection)))


def answers_for(reader: Reader, district: str | None, team: TeamRef | None) -> bool:
    """Whether somebody answers for a place: for all, or for its district or its team."""
    return reader.answers_for({"district": district or None, "team": team.name if team else None})


def place_of(child: ChildRow, by: str) -> tuple[str, str]:
    """The district or the team of a child, in the order in which places stand: by name, nowhere first."""
    if child.team is None:
        return (NOWHERE, "")
    return (child.team.district, "") if by == "district" else (child.team.name, child.team.team_id)


def _counted(visits: Sequence[MissedVisit], team: TeamRef | None, by: str) -> MissedIn:
    counts = {what: count for what, (count, _) in shares([one.missed for one in visits]).items()}
    district = None if not by else team.district if team else NOWHERE
    return MissedIn(district, team if by == "team" else None, len(visits), counts)


def share_records(found: MissedShares) -> list[dict[str, Any]]:
    """Shares as flat rows, a place each, the whole last; every count stands beside what it is out of."""
    return [
        {
            **_named(one, found.by),
            "since": found.since,
            "missed": one.missed,
            **{what.value: count for what, count in one.counts.items()},
        }
        for one in (*found.places, *([found.whole] if found.whole else []))
    ]


def _named(one: MissedIn, by: str) -> dict[str, Any]:
    district = "all" if one.district is None else one.district or "unmapped"
    if by == "district":
        return {"district": district}
    return {
        "team_id": one.team.team_id if one.team else None,
        "team": one.team.name if one.team else district,
        "district": district,
    }


def most_often(found: Iterable[MissedIn]) -> list[tuple[Coincided, int]]:
    """What coincided most often over some places, with how many visits, the most first."""
    counts: Counter[Coincided] = Counter()
    for one in found:
        counts.update(one.counts)
    return [(what, count) for what, count in counts.most_common() if count]
