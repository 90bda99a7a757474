"""Loads: all or nothing, counted, compared against what stands, with what vanished and what was set aside."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.record import digest as hashing
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import (
    Act,
    SetAsideRow,
    Staged,
    StaleComparison,
    append,
    commit_load,
    current,
    keeping,
    stage_ddl,
    watermark,
)
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError
from tests.record.made import ENTRY, NOON, instants, known_then, load, load_act, minutes, visit
from tests.servers.started import Database

ASIDE = SetAsideRow(
    "visits.csv", "cin_visits", 214, "happened_on", "31/02/2026", "is not a real date", "Use a real one.", {"id": "V"}
)


def test_a_load_adds_changes_and_ends_and_its_counts_add_up(any_database: Database) -> None:
    with any_database.connect(DatabaseRole.LOADER) as connection:
        load(connection, [visit(1), visit(2), visit(3), visit(4)])
        result = load(
            connection,
            [visit(2, seen=True), visit(5)],
            changed=1,
            unchanged=1,
            vanished=[visit(3), visit(4)],
            set_aside=[ASIDE],
        )
        standing = connection.execute(
            "select child_id, standing, seen from record.cin_visits where superseded_at is null order by 1"
        ).fetchall()
        kept = connection.execute("select counts, tables, kind from record.act order by act_id").fetchall()
        handles = connection.execute("select id from record.handle where kind = 'child' order by 1").fetchall()
    counts = {"read": 4, "added": 1, "changed": 1, "ended": 2, "unchanged": 1, "set_aside": 1}
    assert asdict(result.counts["cin_visits"]) == counts
    assert kept[-1] == ({"cin_visits": counts}, ["cin_visits"], "load")
    assert standing == [
        ("CHILD-1", "reported", None),
        ("CHILD-2", "reported", True),
        ("CHILD-3", "no longer reported", None),
        ("CHILD-4", "no longer reported", None),
        ("CHILD-5", "reported", None),
    ]
    assert handles == [(f"CHILD-{number}",) for number in range(1, 6)]


def test_a_load_that_brings_nothing_new_is_kept_as_an_act_that_wrote_nothing(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as connection:
        load(connection, [visit(1)])
        again = load(connection, [], unchanged=1)
        kept = connection.execute("select tables, counts from record.act order by act_id desc limit 1").fetchone()
        rows = connection.execute("select count(*) from record.cin_visits").fetchone()
    assert asdict(again.counts["cin_visits"])["unchanged"] == 1
    assert kept is not None
    assert (kept[0], kept[1]["cin_visits"]["read"], rows) == ([], 1, (1,))


def test_a_row_that_comes_back_is_reported_again(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as connection:
        load(connection, [visit(1)])
        load(connection, [], vanished=[visit(1)])
        gone = connection.execute(current("cin_visits"), ("ssd",)).fetchall()
        connection.commit()
        load(connection, [visit(1)], changed=1)
        back = connection.execute(current("cin_visits"), ("ssd",)).fetchall()
        instants_then = [len(known_then(connection, "cin_visits", instant)) for instant in instants(connection)]
    key = hashing.row_key("ssd", TABLES["cin_visits"], visit(1))
    assert gone == [(key, None, "no longer reported")]
    assert back == [(key, hashing.digest(TABLES["cin_visits"], visit(1)), "reported")]
    assert instants_then == [1, 0, 1]


def test_known_is_after_the_previous_extract_and_by_this_one(database: Database) -> None:
    cuts = [NOON, NOON + timedelta(days=7), None, NOON + timedelta(days=3)]
    with database.connect(DatabaseRole.LOADER) as connection:
        for number, cut_at in enumerate(cuts):
            load(connection, [visit(number)], cut_at=cut_at, now=NOON + timedelta(days=20))
        known = connection.execute("select known_after, known_by from record.act order by act_id").fetchall()
    first, second, _, late = cuts
    assert known == [(None, first), (first, second), (second, None), (first, late)]


def test_a_comparison_that_no_longer_holds_writes_nothing(any_database: Database) -> None:
    with any_database.connect(DatabaseRole.LOADER) as connection:
        load(connection, [visit(1)])
        with pytest.raises(StaleComparison, match="Compare again"):
            load(connection, [visit(2)], compared_with=0)
        assert connection.execute("select child_id from record.cin_visits").fetchall() == [("CHILD-1",)]
        assert connection.execute("select count(*) from record.act").fetchone() == (1,)


def test_work_by_hand_under_another_source_does_not_disturb_a_load(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as connection, database.connect(DatabaseRole.APPLICATION) as other:
        seen = watermark(connection, "ssd")
        connection.commit()
        append(other, ENTRY, NOON, {"cin_visits": [visit(1)]})
        other.commit()
        load(connection, [visit(1)], compared_with=seen)
        sources = connection.execute("select source from record.cin_visits order by 1").fetchall()
    assert sources == [("keyworker",), ("ssd",)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"changed": 1},  # staged as changed, but nothing of that key stands
        {"vanished": [visit(9)]},
    ],
)
def test_counts_that_do_not_hold_stop_the_whole_load(database: Database, wrong: dict[str, Any]) -> None:
    with database.connect(DatabaseRole.LOADER) as connection:
        load(connection, [visit(1)])
        with pytest.raises(ValueError, match="cin_visits"):
            load(connection, [visit(2)], **wrong)
        assert connection.execute("select count(*) from record.cin_visits").fetchone() == (1,)
        assert connection.execute("select count(*) from record.act").fetchone() == (1,)


def test_set_aside_rows_that_the_counts_do_not_hold_stop_the_load(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as connection:
        seen = watermark(connection, "ssd")
        connection.commit()
        less = [Staged("cin_visits", unchanged=2, read=1)]
        for staged in ([Staged("cin_visits", read=2)], [], [Staged("person", read=1)], less):
            with pytest.raises(ValueError, match=r"set aside|than read"):
                commit_load(connection, load_act(), NOON, staged, [ASIDE], seen)
        assert connection.execute("select count(*) from record.set_aside").fetchone() == (0,)


def test_rows_that_do_not_fit_are_refused_without_being_shown(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as connection:
        with pytest.raises(KeyworkerError, match="content_present") as refused:
            load(connection, [visit(1, happened_on=None)])
        with pytest.raises(KeyworkerError, match="cin_visits_current"):
            load(connection, [visit(1), visit(1)])
    assert "CHILD" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_rows_set_aside_are_kept_whole_and_mended_once(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as connection:
        load(connection, [visit(1)], set_aside=[ASIDE, SetAsideRow("v.csv", "cin_visits", 3, "seen", None, "r", "m")])
        rows = connection.execute(
            "select set_aside_id, file, row_number, column_name, value, reason, remedy, raw"
            " from record.set_aside order by 1"
        ).fetchall()
        assert rows[0][1:] == (
            "visits.csv",
            214,
            "happened_on",
            "31/02/2026",
            "is not a real date",
            "Use a real one.",
            {"id": "V"},
        )
        connection.commit()
        mending = load(connection, [visit(2)], mended=[rows[0][0]])
        again = load(connection, [visit(3)], mended=[rows[0][0]])
        marks = connection.execute("select mended_by from record.set_aside order by set_aside_id").fetchall()
    assert marks == [(mending.act_id,), (None,)]
    assert again.act_id > mending.act_id
    for change in ("set mended_by = null", "set value = 'x', mended_by = act_id", f"set mended_by = {again.act_id}"):
        for role in (DatabaseRole.LOADER, DatabaseRole.OWNER):
            with (
                database.connect(role) as connection,
                pytest.raises((psycopg.errors.RestrictViolation, psycopg.errors.InsufficientPrivilege)),
            ):
                connection.execute(f"update record.set_aside {change} where set_aside_id = {rows[0][0]}")


def test_a_first_load_builds_its_indexes_after_its_rows_and_has_them_all(
    any_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "INDEXES_AFTER", 2)
    with any_database.connect(DatabaseRole.LOADER) as connection:
        wanted = _indexes(connection)
        connection.commit()
        load(connection, [visit(number) for number in range(5)])
        assert _indexes(connection) == wanted
        connection.commit()
        load(connection, [visit(number) for number in range(5, 10)])
        assert _indexes(connection) == wanted
        connection.commit()
        with pytest.raises(KeyworkerError, match="cin_visits_current"):
            load(connection, [visit(number) for number in range(9, 12)])
    assert any(name.endswith("_current") for name, _ in wanted)


def _indexes(connection: psycopg.Connection) -> list[tuple[Any, ...]]:
    return connection.execute(
        "select indexname, indexdef from pg_indexes where schemaname = 'record' and tablename = 'cin_visits' order by 1"
    ).fetchall()


def test_indexes_put_off_and_never_built_stop_the_act(database: Database) -> None:
    connection = database.connect(DatabaseRole.LOADER)
    connection.execute(
        "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
        " values ('load', 'Performance Analyst', 'a test', 'ssd', '{cin_visits}', %s)",
        (NOON,),
    )
    connection.execute("select record.postpone_indexes('cin_visits')")
    with pytest.raises(psycopg.errors.RestrictViolation):
        connection.commit()


def test_a_stage_is_named_plainly_and_a_load_commits_by_itself(database: Database) -> None:
    for name in ("new", "public.new", "stage.new; drop table record.act", "record.cin_visits"):
        with pytest.raises(ValueError, match="stage"):
            stage_ddl("cin_visits", name)
    assert stage_ddl("cin_visits", "stage.new").startswith("create unlogged table stage.new (row_key uuid")
    with database.connect(DatabaseRole.LOADER) as connection:
        connection.execute("select 1")
        with pytest.raises(ValueError, match="outside any transaction"):
            commit_load(connection, load_act(), NOON, [], [], 0)
        connection.commit()
        with pytest.raises(ValueError, match="kind load"):
            commit_load(connection, Act("entry", "a", "b", "ssd"), NOON, [], [], 0)


def test_a_load_that_is_killed_leaves_nothing(any_database: Database) -> None:
    """The connection dies while rows are being kept, after the entries are written and before the commit."""
    with any_database.connect(DatabaseRole.LOADER) as connection:
        load(connection, [visit(1)])
    victim = any_database.connect(DatabaseRole.LOADER)

    def rows_then_death() -> Any:
        yield ASIDE
        with any_database.server.superuser() as killer:
            killer.execute("select pg_terminate_backend(%s)", (victim.info.backend_pid,))
        for row in range(10_000):
            yield SetAsideRow("visits.csv", "cin_visits", row, "seen", "x" * 100, "r", "m")

    with pytest.raises(psycopg.OperationalError):
        load_killed(victim, rows_then_death())
    with any_database.connect(DatabaseRole.LOADER) as connection:
        assert connection.execute("select child_id from record.cin_visits").fetchall() == [("CHILD-1",)]
        for table, left in (("act", 1), ("set_aside", 0)):
            assert connection.execute(f"select count(*) from record.{table}").fetchone() == (left,)
        connection.commit()
        load(connection, [visit(2)])


def load_killed(connection: psycopg.Connection, set_aside: Any) -> None:
    with connection.transaction():
        seen = watermark(connection, "ssd")
        connection.execute(stage_ddl("cin_visits", "pg_temp.dying"))
        row, table = visit(2), TABLES["cin_visits"]
        connection.execute(
            "insert into pg_temp.dying (row_key, digest, cin_visit_id, child_id, happened_on)"
            " values (%s, %s, %s, %s, %s)",
            (
                hashing.row_key("ssd", table, row),
                hashing.digest(table, row),
                row["cin_visit_id"],
                row["child_id"],
                row["happened_on"],
            ),
        )
    staged = Staged("cin_visits", "pg_temp.dying", added=1, read=10_002)
    commit_load(connection, load_act(), NOON, [staged], set_aside, seen)


EXTRACTS = st.lists(st.dictionaries(st.integers(1, 6), st.booleans(), max_size=6), min_size=1, max_size=6)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(extracts=EXTRACTS)
def test_any_run_of_extracts_ends_as_the_last_one_and_each_past_answer_stands(
    database: Database, extracts: list[dict[int, bool]]
) -> None:
    """Each extract is a set of rows. What stands is the last; what was known then is the one that was loaded then."""
    with database.connect(DatabaseRole.LOADER) as connection:
        table = TABLES["cin_visits"]
        loaded = {}
        for number, extract in enumerate([{}, *extracts]):
            rows = [visit(key, seen=seen) for key, seen in sorted(extract.items())]
            stands = {
                key: (digest, standing) for key, digest, standing in connection.execute(current("cin_visits"), ("ssd",))
            }
            connection.commit()
            keys = {hashing.row_key("ssd", table, row): row for row in rows}
            new = [row for key, row in keys.items() if stands.get(key, (None,))[0] != hashing.digest(table, row)]
            gone = [key for key, (_, standing) in stands.items() if standing == "reported" and key not in keys]
            by_key = {hashing.row_key("ssd", table, visit(key)): visit(key) for key in range(1, 7)}
            result = load(
                connection,
                new,
                changed=sum(hashing.row_key("ssd", table, row) in stands for row in new),
                unchanged=len(rows) - len(new),
                vanished=[by_key[key] for key in gone],
                now=NOON + minutes(number),
            )
            loaded[result.recorded_at] = sorted((f"VISIT-{key}", seen) for key, seen in extract.items())
        seen_at = 1 + table.column_names.index("seen")
        answers = {
            instant: sorted((row[1], row[seen_at]) for row in known_then(connection, "cin_visits", instant))
            for instant in loaded
        }
    assert answers == loaded
