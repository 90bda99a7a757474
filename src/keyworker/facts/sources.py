"""How old each source is, and which facts no extract holds."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg

from keyworker.facts.ground import lens_at
from keyworker.facts.last_acts import A_LOAD, NOT_ADDED
from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Absent, SourceAge
from keyworker.facts.remembered import remembered
from keyworker.facts.rows import fetch_of_nobody


@dataclass(frozen=True)
class _Needed:
    """A fact that pages show, how to tell that the record holds any of it, and what would fill it."""

    what: str
    found_in: str
    filled_by: str


HOLDERS = "Who was involved with a child"
_PACK = "the workforce pack, table "
_NEEDED = (
    _Needed(HOLDERS, "{involvements} i", "the extract's table involvements"),
    _Needed("Names of workers", "{professionals} p", "the extract's table professionals"),
    _Needed(
        "Visits to children",
        "(select 1 from {cin_visits} a union all select 1 from {cp_visits} b union all select 1 from {cla_visits} c"
        " union all select 1 from {other_visit} d) v",
        "the extract's tables of visits",
    ),
    _Needed(
        "When visits were entered",
        "(select 1 from {visit} x where entered_at is not null) v",
        "an extract that also gives the time at which a row was typed in",
    ),
    _Needed(
        "Who visited",
        "(select 1 from {visit} x where worker_id is not null) v",
        "an extract that also gives a visit's worker",
    ),
    _Needed(
        "How often children should be seen",
        "(select 1 from {setting} s where lower(name) = 'visit interval' union all select 1 from {child_plan} c) i",
        "settings named visit interval, each with its dates and source",
    ),
    _Needed("Case supervision", "{case_supervision} s", f"{_PACK}case_supervision"),
    _Needed("Supervision of workers", "{personal_supervision} s", f"{_PACK}personal_supervision"),
    _Needed("Who supervises whom", "{supervision_line} s", f"{_PACK}supervision_line"),
    _Needed("Appointments and hours", "{appointment} a", f"{_PACK}appointment"),
    _Needed(
        "Workers' agreed capacity",
        "(select 1 from {appointment} x where agreed_capacity is not null) a",
        f"{_PACK}appointment, column agreed_capacity",
    ),
    _Needed("Posts and vacancies", "{post} p", f"{_PACK}post"),
    _Needed("Absence", "{absence} a", f"{_PACK}absence"),
    _Needed(
        "Districts and types of teams",
        "(select 1 from {team} t union all select 1 from {meaning} m where subject = 'team') t",
        f"{_PACK}team, or the workbook of `keyworker map`",
    ),
    _Needed("Families", "{family} f", "the extract's table family"),
)


def source_ages(connection: psycopg.Connection) -> list[SourceAge]:
    """When each source was last cut and loaded, the oldest first."""
    return list(remembered(connection, "source ages", Moment(FAR), _ages, of={A_LOAD}))


def _ages(connection: psycopg.Connection) -> tuple[SourceAge, ...]:
    rows = connection.execute(
        """select distinct on (source) source, cut_at, recorded_at from record.act
        where kind = 'load' order by source, act_id desc"""
    ).fetchall()
    ages = [SourceAge(source, cut_at, loaded_at) for source, cut_at, loaded_at in rows]
    return tuple(sorted(ages, key=lambda age: (age.cut_at or age.loaded_at, age.source)))


def absent(connection: psycopg.Connection, moment: Moment) -> list[Absent]:
    """Facts of which the record, as known at a moment, holds nothing at all, and what would fill them."""
    lens = lens_at(connection, moment)
    return [Absent(one.what, one.filled_by) for one in _NEEDED if not _is_held(connection, lens, one)]


def _is_held(connection: psycopg.Connection, lens: Lens, needed: _Needed) -> bool:
    """Whether the record holds any of a fact. Where it does, an entry that adds a row leaves it so."""
    text = f"select 1 from {needed.found_in} limit 1"
    return remembered(
        connection,
        f"whether there is any: {text}",
        lens.moment,
        lambda on: bool(fetch_of_nobody(on, lens, text)),
        of={NOT_ADDED},
        keep=bool,
    )
