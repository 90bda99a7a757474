"""What finding anyone costs among more than 100,000 children, beside the simplest good ways of asking the database.

Run it as `python -m benchmarks.finding`; every run adds a line to `ledger.jsonl`, worse ones included. It uses the
record of the pages (`KEYWORKER_BENCH_HOME`). Each question is asked by the whole door, logged and narrowed, as somebody
who may see everybody and as a social worker. Beside it, in the same run and with nobody narrowing it, stand a search
for a part of the name in the table of children, and a trigram search with its index, which finds misspelt names too.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from benchmarks import ledger, pages_record

from keyworker.actions import Keyworker
from keyworker.facts.names_kept import keep_up
from keyworker.record.connect import DatabaseRole, connect

WANTED = 1000.0
"""Milliseconds within which anybody is to be found."""
TIMES = 5
ASKERS = {"a director": "director", "a social worker": "social.worker"}
_PART = """select child_id from record.person where superseded_at is null and standing = 'reported'
and coalesce(forename, '') || ' ' || coalesce(surname, '') ilike '%%' || %s || '%%' limit 200"""
_TRIGRAM = "select child_id from find_trial where %s <%% name order by name <->> %s limit 200"
_MADE = """create temporary table find_trial as
select child_id, coalesce(forename, '') || ' ' || coalesce(surname, '') as name from record.person
where superseded_at is null and standing = 'reported'"""


def typed(connection: psycopg.Connection) -> dict[str, list[str]]:
    """What is typed, by kind: names and numbers of some children of the record, and a name that nobody has."""
    rows = connection.execute(
        "select forename, surname, child_id from record.person where superseded_at is null and standing = 'reported'"
        " and length(forename) > 4 and length(surname) > 5 order by md5(child_id) limit 5"
    ).fetchall()
    return {
        "a whole name": [f"{forename} {surname}" for forename, surname, _ in rows],
        "a surname": [surname for _, surname, _ in rows],
        "a misspelt name": [
            f"{forename[:-2]}{forename[-1]} {surname[1]}{surname[0]}{surname[2:]}" for forename, surname, _ in rows
        ],
        "the beginning of a surname": [surname[:3] for _, surname, _ in rows],
        "a number": [child_id for _, _, child_id in rows],
        "nobody": ["Xyzzq Qwxvlk"] * 5,
    }


def measured(home: Path, now: datetime) -> dict[str, Any]:
    """Milliseconds of wall, each the median and the worst of some, and how many answered."""
    found: dict[str, Any] = {}
    with connect(DatabaseRole.SERVICE, home=home, autocommit=True) as service:
        service.execute("delete from kept.child_word_ground")
        service.execute("delete from kept.name_word")
        begun = time.perf_counter()
        keep_up(service)
        found["kept anew of everybody"] = round((time.perf_counter() - begun) * 1000, 1)
        counts = service.execute(
            "select (select count(distinct child_id) from kept.child_word), (select count(*) from kept.name_word)"
        ).fetchone() or (0, 0)
        asked = typed(service)
    found |= {"children": counts[0], "words": counts[1]}
    numbers: dict[str, dict[str, Any]] = {kind: {} for kind in asked}
    for who, account in ASKERS.items():
        with Keyworker.open_as(account, purpose="measure", now=now, home=home) as door:
            door.find("warm it")
            for kind, words in asked.items():
                numbers[kind][who] = _timed(lambda one, door=door: len(door.find(one).children), words)
    with _trial(home) as owner:
        for kind, words in asked.items():
            numbers[kind]["a part of the name"] = _timed(
                lambda one: len(owner.execute(_PART, (one,)).fetchall()), words
            )
            numbers[kind]["trigrams"] = _timed(lambda one: len(owner.execute(_TRIGRAM, (one, one)).fetchall()), words)
    for of in numbers.values():
        of["ratio"] = round(of["a director"]["median"] / of["a part of the name"]["median"], 2)
    worst = max(of[who]["worst"] for of in numbers.values() for who in ASKERS)
    return found | {"numbers": numbers, "wanted": WANTED, "worst": worst, "met": worst < WANTED}


@contextmanager
def _trial(home: Path) -> Iterator[psycopg.Connection]:
    """A table of names of its own with the index that a trigram search needs."""
    with connect(DatabaseRole.OWNER, home=home) as owner:
        owner.execute("create extension if not exists pg_trgm")
        owner.execute(_MADE)
        owner.execute("create index on find_trial using gin (name gin_trgm_ops)")
        owner.execute("analyze find_trial")
        yield owner
        owner.rollback()


def _timed(ask: Callable[[str], int], words: list[str]) -> dict[str, float]:
    walls, answers = [], []
    for one in words * TIMES:
        begun = time.perf_counter()
        answers.append(ask(one))
        walls.append((time.perf_counter() - begun) * 1000)
    return {
        "median": round(statistics.median(walls), 1),
        "worst": round(max(walls), 1),
        "answer": round(statistics.mean(answers), 1),
    }


def main() -> None:
    """Measure on the record of the pages, and write the ledger."""
    given = ledger.options().parse_args()
    kept = os.environ.get("KEYWORKER_BENCH_HOME")
    with pages_record.record(Path(kept) if kept else None) as made:
        now = datetime.now(UTC)
        result = ledger.begun("finding: anyone by name or number, milliseconds") | measured(made.home, now)
    ledger.end(result, given)


if __name__ == "__main__":
    main()
