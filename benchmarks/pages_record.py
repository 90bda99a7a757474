"""The record that the pages are measured on: a made-up county of ten years, about 10,000 children open, loaded twice.

It takes some minutes to make, so it is kept in KEYWORKER_BENCH_HOME where that names a folder, and made anew in a
folder that is thrown away where it does not.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import psycopg

from keyworker.clocks.engine import every_rule
from keyworker.county.county import generate
from keyworker.county.demo import ACCOUNTS
from keyworker.intake.load import load_paths
from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.server.launch import release, stop
from keyworker.returns.write import write
from keyworker.web.entry import SignIn, add_sign_ins

CHILDREN, YEARS, SEED = 120_000, 10, 2018
DAYS_AGO = (91, 1)
"""How long before the record was made each extract was cut: two, so that something was known then and is not now."""
PASSWORD = "made-up county"
READY = "ready"

_OPEN = """select count(distinct child_id) from (
    select child_id from record.cin_episodes where superseded_at is null and standing = 'reported' and to_on is null
        and referral_nfa is not true
    union select child_id from record.cp_plans where superseded_at is null and standing = 'reported' and to_on is null
    union select child_id from record.cla_episodes
        where superseded_at is null and standing = 'reported' and to_on is null) o"""

# Open children by how many visits they had: the most that anybody had, and as many as the one in the middle.
_VISITED = """with visited as (
    select child_id, count(*) as visits from (
        select child_id from record.cin_visits union all select child_id from record.cp_visits
        union all select child_id from record.cla_visits) v group by child_id
), ranked as (
    select child_id, row_number() over (order by visits desc, child_id) as place, count(*) over () as every
    from visited join (select distinct child_id from record.cin_episodes
        where superseded_at is null and to_on is null and referral_nfa is not true) o using (child_id)
)
select h.handle from ranked r join record.handle h on h.kind = 'child' and h.id = r.child_id
where place = 1 or place = (every + 1) / 2 order by place"""

_LOADED = """select min(cut_at), sum((c.value ->> 'added')::bigint)
from record.act, jsonb_each(counts) c where kind = 'load'"""

_LARGEST_TEAM = """select h.handle from record.involvements i
join record.handle h on h.kind = 'team' and h.id = i.team_id
where i.superseded_at is null and i.to_on is null group by h.handle order by count(*) desc limit 1"""

_LARGEST_DISTRICT = """select t.district from record.team t join record.involvements i using (team_id)
where t.superseded_at is null and t.to_on is null and i.superseded_at is null and i.to_on is null
group by t.district order by count(*) desc, 1 limit 1"""

_LARGEST_FAMILY = """select h.handle from (
    select family_id, count(distinct child_id) as members from record.family where superseded_at is null
    group by family_id order by 2 desc, 1 limit 20) f
join record.family m using (family_id)
join record.handle h on h.kind = 'child' and h.id = m.child_id
join record.cin_episodes e on e.child_id = m.child_id and e.superseded_at is null and e.to_on is null
    and e.referral_nfa is not true
order by f.members desc, h.handle limit 1"""

_BUSIEST_WORKER = """select handle from record.handle h join (select worker_id, count(*) from record.involvements
    where superseded_at is null group by worker_id order by 2 desc, 1 limit 1) w on w.worker_id = h.id
where h.kind = 'worker'"""

_CHANGED_POST = """select handle from record.handle h join (select post_id, count(*) from record.appointment
    where superseded_at is null and post_id is not null group by post_id order by 2 desc, 1 limit 1) p
on p.post_id = h.id where h.kind = 'post'"""


@dataclass(frozen=True)
class Measured:
    """The record and whom to ask about in it.

    Takes   first_cut, when the first of its two extracts was cut; handles of children, of the largest team, of the
            worker with the most rows of involvement, and of the post that had the most people; largest_district, by
            name; most_editions, the timescale that has the most editions.
    """

    home: Path
    rows: int
    open_children: int
    first_cut: datetime
    child_with_most: str
    typical_child: str
    child_of_largest_family: str
    largest_team: str
    largest_district: str
    busiest_worker: str
    changed_post: str
    most_editions: str


@contextmanager
def record(kept_in: Path | None) -> Iterator[Measured]:
    """The record, made if it is not there; its database is stopped afterwards, and what is not kept is thrown away."""
    folder = kept_in or Path(tempfile.mkdtemp(prefix="keyworker-benchmark-"))
    home = folder / "home"
    try:
        if not (folder / READY).exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            _make(home, folder / "extract", datetime.now(UTC))
            (folder / READY).touch()
        upgrade.ready(home)  # a record that was kept may be of an earlier program
        yield _measured(home)
    finally:
        rest(home)
        if kept_in is None:
            shutil.rmtree(folder, ignore_errors=True)


def rest(home: Path) -> None:
    """Stop the database, so that the next question finds nothing in its memory."""
    release(home)
    stop(home)


def _make(home: Path, extract: Path, now: datetime) -> None:
    cuts = [datetime.combine(now.date() - timedelta(days=ago), time(22, 0), tzinfo=UTC) for ago in DAYS_AGO]
    county = generate(CHILDREN, YEARS, SEED, now.date() - timedelta(days=1))
    upgrade.ready(home)
    with connect(DatabaseRole.LOADER, home=home) as loader:
        for cut in cuts:
            shutil.rmtree(extract, ignore_errors=True)
            write("ssd", county.extract(cut), cut.date(), extract)
            load_paths(
                [extract],
                connection=loader,
                home=home,
                now=now if cut == cuts[-1] else cut + timedelta(hours=10),
                author="benchmark",
                cut_at=cut,
                allow_ending=True,
            )
    shutil.rmtree(extract)
    add_sign_ins([SignIn(account, PASSWORD) for account, _ in ACCOUNTS], home=home)
    with connect(DatabaseRole.OWNER, home=home, autocommit=True) as owner:
        owner.execute("vacuum analyze")


def _measured(home: Path) -> Measured:
    with connect(DatabaseRole.OWNER, home=home, autocommit=True) as owner:
        most, typical = _column(owner, _VISITED)
        loaded = owner.execute(_LOADED.encode()).fetchone()
        assert loaded is not None
        return Measured(
            home=home,
            rows=int(loaded[1]),
            open_children=_column(owner, _OPEN)[0],
            first_cut=loaded[0],
            child_with_most=most,
            typical_child=typical,
            child_of_largest_family=_column(owner, _LARGEST_FAMILY)[0],
            largest_team=_column(owner, _LARGEST_TEAM)[0],
            largest_district=_column(owner, _LARGEST_DISTRICT)[0],
            busiest_worker=_column(owner, _BUSIEST_WORKER)[0],
            changed_post=_column(owner, _CHANGED_POST)[0],
            most_editions=max(every_rule(), key=lambda rule: len(rule.editions)).id,
        )


def _column(connection: psycopg.Connection, question: str) -> list[Any]:
    return [row[0] for row in connection.execute(question.encode()).fetchall()]
