"""Many writers at once: one instant each, always later, and what was known stays known."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import append, correct, last_recorded_at
from tests.record.made import CORRECTION, ENTRY, NOON, instants, known_then, load, minutes, visit
from tests.servers.started import Database

WRITERS = 8
EACH = 12


def test_concurrent_writers_get_ever_later_instants_and_past_answers_stand(any_database: Database) -> None:
    """Writers race with clocks that disagree, while a reader notes what is known and asks again at the end."""
    writing = threading.Event()
    writing.set()

    def write(writer: int) -> None:
        with any_database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
            for number in range(EACH):
                now = NOON + minutes((writer * 7 + number * 5) % 11)
                row = visit(writer * EACH + number)
                made = append(connection, ENTRY, now, {"cin_visits": [row]})
                entry = made.entry_ids["cin_visits"][0]
                correct(connection, CORRECTION, now, "cin_visits", entry, {"seen": True})

    def read() -> dict[Any, list[tuple[Any, ...]]]:
        answers = {}
        with any_database.connect(DatabaseRole.SNAPSHOT, autocommit=True) as connection:
            while writing.is_set():
                last = last_recorded_at(connection)
                if last is not None:
                    answers[last] = known_then(connection, "cin_visits", last)
        return answers

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(read)
        for done in [pool.submit(write, writer) for writer in range(WRITERS)]:
            done.result(timeout=120)
        writing.clear()
        answers = reader.result(timeout=60)

    with any_database.connect(DatabaseRole.SNAPSHOT) as connection:
        recorded = instants(connection)
        after = {instant: known_then(connection, "cin_visits", instant) for instant in answers}
        orders = connection.execute(
            "select count(*) from (select recorded_at < lag(recorded_at) over (order by entry_id) as back"
            " from record.cin_visits) as one where back"
        ).fetchone()
    assert len(recorded) == WRITERS * EACH * 2
    assert all(earlier < later for earlier, later in itertools.pairwise(recorded))
    assert orders == (0,)
    assert len(answers) > 1
    assert after == answers


def test_a_writer_waits_for_the_one_before_it_and_takes_a_later_instant(database: Database) -> None:
    """An older transaction that commits last would otherwise slip in among what was already known."""
    slow = database.connect(DatabaseRole.APPLICATION)
    slow.execute("select 1")  # a transaction is open, so the entry below stays uncommitted
    first = append(slow, ENTRY, NOON, {"cin_visits": [visit(1)]})
    with ThreadPoolExecutor(1) as pool, database.connect(DatabaseRole.APPLICATION, autocommit=True) as other:
        waiting = pool.submit(append, other, ENTRY, NOON - minutes(30), {"cin_visits": [visit(2)]})
        with database.connect(DatabaseRole.OWNER, autocommit=True) as watcher:
            while not watcher.execute("select 1 from pg_locks where locktype = 'advisory' and not granted").fetchone():
                assert not waiting.done()
        slow.commit()
        second = waiting.result(timeout=30)
    slow.close()
    assert second.recorded_at > first.recorded_at
    assert second.act_id > first.act_id


def test_two_loads_of_one_source_at_once_leave_one_to_compare_again(database: Database) -> None:
    def one(number: int) -> str:
        with database.connect(DatabaseRole.LOADER) as connection:
            start.wait(timeout=30)
            try:
                load(connection, [visit(number)], compared_with=0)
            except Exception as error:
                return type(error).__name__
            return "loaded"

    start = threading.Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(one, (1, 2)))
    assert outcomes == ["StaleComparison", "loaded"]
