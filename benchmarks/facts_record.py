"""Fill an empty record with plausible rows in one act, by SQL alone: 100,000 children, 10,000 of them open.

The rows are arithmetic, not lives: they have the sizes and the spread that matter for speed and nothing else.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import psycopg

from keyworker.record.schema import create
from keyworker.vocabulary import TABLES

AT = date(2026, 6, 30)
NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)
CHILDREN = 100_000
WORKERS = 1_200
TEAMS = 48

# Child n began on a day; one child in ten is open still. k counts what the child has several of.
_LIFE = f"""create temp table life as
select n, 'c' || n as child_id, n % 10 = 0 as open, 'f' || n / 2 as family_id,
    case when n % 10 = 0 then date '{AT}' - (20 + (n / 10 * 7919) % 900)
        else date '2014-01-06' + (n * 7919) % 4000 end as from_on,
    case when n % 10 = 0 then null else date '2014-01-06' + (n * 7919) % 4000 + 40 + (n * 31) % 420 end as to_on
from generate_series(1, {CHILDREN}) n"""

_ROWS: dict[str, tuple[str, str]] = {
    "person": (
        "child_id, forename, surname, birth_on",
        "select child_id, 'Made' || n, 'Upchild' || n % 977, from_on - 400 - n % 5000 from life",
    ),
    "family": ("family_id, child_id", "select family_id, child_id from life"),
    "cin_episodes": (
        "referral_id, child_id, from_on, to_on, primary_need_code, referral_nfa, team_id",
        f"""select 'r' || n || '.' || k, child_id, from_on - k * 600, case when k > 0 then from_on - k * 600 + 90
            else to_on end, 'N' || 1 + n % 8, false, 't' || (n / 10) % {TEAMS} from life, generate_series(0, 1) k""",
    ),
    "cin_assessments": (
        "assessment_id, child_id, referral_id, from_on, to_on, child_seen",
        """select 'a' || n || '.' || k, child_id, 'r' || n || '.' || k, from_on - k * 600, from_on - k * 600 + 40, true
            from life, generate_series(0, 1) k""",
    ),
    "cin_plans": (
        "cin_plan_id, child_id, from_on, to_on",
        "select 'p' || n, child_id, from_on + 10, to_on from life where n % 10 in (0, 3, 5) and n % 3 > 0",
    ),
    "s47_enquiry": (
        "s47_enquiry_id, child_id, from_on, to_on",
        "select 's' || n, child_id, from_on + 2, from_on + 14 from life where n % 3 = 0",
    ),
    "cp_plans": (
        "cp_plan_id, child_id, from_on, to_on, latest_category",
        "select 'cp' || n, child_id, from_on + 15, to_on, 'NEG' from life where n % 30 = 0",
    ),
    "cp_reviews": (
        "cp_review_id, child_id, cp_plan_id, happened_on, due_on",
        """select 'cr' || n || '.' || k, child_id, 'cp' || n, from_on + k * 90, from_on + (k + 1) * 90
            from life, generate_series(1, 4) k where n % 30 = 0""",
    ),
    "cla_episodes": (
        "episode_id, child_id, from_on, to_on, care_period_id",
        """select 'e' || n || '.' || k, child_id, from_on + k * 60,
                case when k < 3 then from_on + (k + 1) * 60 else to_on end, 'l' || n
            from life, generate_series(0, 3) k where n % 20 = 10""",
    ),
    "legal_status": (
        "legal_status_id, child_id, legal_status, from_on, to_on",
        "select 'ls' || n, child_id, 'C2', from_on, to_on from life where n % 20 = 10",
    ),
    "involvements": (
        "involvement_id, worker_id, role, team_id, from_on, to_on, change_reason, child_id",
        f"""select 'i' || n || '.' || k || r, 'w' || (n / 9 + k * 131 + ascii(r)) % {WORKERS},
                case r when 'a' then 'Allocated Case Worker' when 'b' then 'Accountable' else 'Reviewing Officer' end,
                't' || (n / 10) % {TEAMS}, from_on + k * 70,
                case when k < 2 then from_on + (k + 1) * 70 else to_on end,
                case when k < 2 and n % 2 = 0 then 'LEFTRL' end, child_id
            from life, generate_series(0, 2) k, unnest(array['a', 'b', 'c']) r
            where (r = 'a' or n % 3 = 0 and r = 'b' or n % 5 = 0) and not (open and n % 70 = 0 and k = 2)""",
    ),
    "cin_visits": (
        "cin_visit_id, child_id, happened_on, seen, seen_alone, worker_id",
        f"""select 'cv' || n || '.' || k, child_id, from_on + k * 25, (n + k) % 9 > 0, (n + k) % 3 = 0,
                'w' || (n / 9) % {WORKERS} from life, generate_series(1, 36) k
            where k <= 5 or open and n % 3 > 0 and from_on + k * 25 <= date '{AT}' + n % 2""",
    ),
    "cp_visits": (
        "cp_visit_id, child_id, happened_on, seen, seen_alone, worker_id",
        f"""select 'pv' || n || '.' || k, child_id, from_on + k * 13, (n + k) % 9 > 0, (n + k) % 3 = 0,
                'w' || (n / 9) % {WORKERS} from life, generate_series(1, 40) k where n % 30 = 0""",
    ),
    "cla_visits": (
        "visit_id, child_id, happened_on, seen, seen_alone, worker_id",
        f"""select 'lv' || n || '.' || k, child_id, from_on + k * 30, (n + k) % 9 > 0, (n + k) % 3 = 0,
                'w' || (n / 9) % {WORKERS} from life, generate_series(1, 20) k where n % 20 = 10""",
    ),
    "case_supervision": (
        "supervision_id, child_id, worker_id, happened_on, outcome",
        f"""select 'cs' || n || '.' || k, child_id, 'w' || (n / 9) % {WORKERS}, from_on + k * 60, 'held'
            from life, generate_series(1, 2) k""",
    ),
    "child_plan": (
        "child_id, visit_every, unit, set_by, from_on",
        "select child_id, 5, 'working_days', 'team manager', from_on from life where n % 500 = 0",
    ),
    "professionals": (
        "worker_id, name, job_title, fte, agency_worker",
        f"""select 'w' || w, 'Worker Madeup ' || w, 'Social Worker', 1, w % 7 = 0
            from generate_series(0, {WORKERS - 1}) w""",
    ),
    "appointment": (
        "appointment_id, worker_id, team_id, job_title, role_class, fte, hours_per_week, from_on",
        f"""select 'ap' || w, 'w' || w, 't' || w % {TEAMS}, 'Social Worker', 'case holder', 1, 37, date '2015-01-01'
            from generate_series(0, {WORKERS - 1}) w""",
    ),
    "supervision_line": (
        "worker_id, supervisor_id, from_on",
        f"select 'w' || w, 'w' || w / 8, date '2015-01-01' from generate_series(0, {WORKERS - 1}) w",
    ),
    "personal_supervision": (
        "supervision_id, worker_id, supervisor_id, happened_on, outcome",
        f"""select 'ps' || w || '.' || k, 'w' || w, 'w' || w / 8, date '{AT}' - w % 40 - k * 30, 'held'
            from generate_series(0, {WORKERS - 1}) w, generate_series(0, 20) k""",
    ),
    "team": (
        "team_id, name, team_type, district, from_on",
        f"""select 't' || t, 'Team ' || t, 'children in need', 'District ' || t % 5, date '2014-01-01'
            from generate_series(0, {TEAMS - 1}) t""",
    ),
    "setting": (
        "name, applies_to, value, unit, set_by, written_in, from_on",
        """select 'visit interval', a, v, u, 'example', 'an example, for the benchmark', date '2014-01-01' from (values
            ('cp', '10', 'working_days'), ('cin', '20', 'working_days'), ('cla', '42', 'calendar_days')) s(a, v, u)""",
    ),
}


def fill(connection: psycopg.Connection) -> int:
    """Make the schema and one act of about two million rows. Gives how many."""
    create(connection)
    with connection.transaction():
        connection.execute(_LIFE)
        act = connection.execute(
            """insert into record.act (kind, author, purpose, source, tables, recorded_at, cut_at, known_by)
            values ('load', 'benchmark', 'measure', 'ssd', %s, %s, %s, %s) returning act_id, recorded_at""",
            (list(_ROWS), NOW, NOW, NOW),
        ).fetchone()
        assert act is not None
        return sum(_fill_table(connection, name, act) for name in _ROWS)


def _fill_table(connection: psycopg.Connection, name: str, act: tuple[int, datetime]) -> int:
    columns, rows = _ROWS[name]
    key = " || '|' || ".join(f"{column}::text" for column in TABLES[name].key)
    done = connection.execute(
        f"""insert into record.{name} (act_id, source, row_key, digest, standing, entered_at, recorded_at, {columns})
        select {act[0]}, 'ssd', md5('ssd' || {key})::uuid, md5('')::uuid, 'reported', null, '{act[1]}', r.*
        from ({rows}) r({columns})"""
    )
    return done.rowcount


def fill_handles(connection: psycopg.Connection) -> None:
    """Give every child, worker and team a handle, as the record's writer does."""
    for kind, table in (("child", "person"), ("worker", "professionals"), ("team", "team")):
        column = TABLES[table].key[0]
        connection.execute(
            f"insert into record.handle (kind, id) select distinct %s, {column} from record.{table}", (kind,)
        )
