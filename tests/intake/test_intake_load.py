"""A load from file to record: nothing lost, nothing twice, nothing half."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.intake import later, listing, load
from keyworker.intake.ending import WouldEnd
from keyworker.intake.load import load_paths
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append, keeping
from tests.intake.loading import START, Load, Row, counts, current, entries, many, visits
from tests.servers.started import Database


def test_a_first_load_adds_every_row(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    report = take(visits(tmp_path / "in" / "a.csv", many(200)), cut_at=START - timedelta(days=1))
    assert counts(report) == (200, 200, 0, 0, 0, 0)
    assert (report.format, report.source, report.files) == ("ssd", "ssd", ("a.csv",))
    assert current(loader)["V3"] == ("CHILD-3", date(2024, 1, 4), "seen")


def test_each_server_takes_changes_endings_and_rows_set_aside(any_database: Database, tmp_path: Path) -> None:
    """New, changed, gone and untrusted rows in one load, on the embedded server and on Debian's."""
    changed = [("V0", "CHILD-0", "2024-01-01", "not seen"), ("V1", "CHILD-1", "31/02/2024", "seen"), *many(199)[3:]]
    first, second = visits(tmp_path / "in" / "a.csv", many(200)), visits(tmp_path / "in" / "b.csv", changed)
    with any_database.connect(DatabaseRole.LOADER) as connection:
        for path, expected in ((first, (200, 200, 0, 0, 0, 0)), (second, (198, 0, 1, 2, 196, 1))):
            reports = load_paths([path], connection=connection, home=tmp_path / "home", now=START, author="Tess Ting")
            assert counts(reports[0]) == expected


def test_the_same_file_twice_adds_nothing_and_says_so(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    path = visits(tmp_path / "in" / "a.csv", many(200))
    take(path)
    again = take(path)
    assert counts(again) == (200, 0, 0, 0, 200, 0)
    assert again.changed_nothing
    assert entries(loader) == 200


def test_a_later_extract_appends_only_what_changed(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    rows = many(200)
    take(visits(tmp_path / "in" / "a.csv", rows))
    rows[5] = (*rows[5][:3], "not seen")
    later = take(visits(tmp_path / "in" / "b.csv", [*rows, ("V-new", "CHILD-1", "2024-02-01", "seen")]))
    assert counts(later) == (201, 1, 1, 0, 199, 0)
    assert entries(loader) == 202
    assert current(loader)["V5"][2] == "not seen"


def test_a_row_that_vanishes_is_no_longer_reported_and_may_come_back(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    rows = many(200)
    whole = visits(tmp_path / "in" / "a.csv", rows)
    take(whole)
    gone = take(visits(tmp_path / "in" / "b.csv", rows[1:]))
    assert counts(gone) == (199, 0, 0, 1, 199, 0)
    assert "V0" not in current(loader)
    back = take(whole)
    assert counts(back) == (200, 0, 1, 0, 199, 0)
    assert "V0" in current(loader)


def test_a_first_load_takes_duplicates_once_and_rows_that_clash_not_at_all(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    rows = many(60)
    assert counts(take(visits(tmp_path / "in" / "a.csv", rows), source="plain")) == (60, 60, 0, 0, 0, 0)
    twice = take(visits(tmp_path / "in" / "b.csv", [*rows, rows[0]]), source="twice")
    assert counts(twice) == (61, 60, 0, 0, 1, 0)
    alone = ("V-alone", "CHILD-ALONE", "2024-01-01", "seen")
    clash = take(visits(tmp_path / "in" / "c.csv", [*rows, alone, (*alone[:3], "not seen")]), source="clash")
    assert counts(clash) == (62, 60, 0, 0, 0, 2)
    with loader.transaction():
        found = loader.execute("select source, count(*) from record.cin_visits group by 1 order by 1").fetchall()
        handles = loader.execute("select id from record.handle where kind = 'child' order by 1").fetchall()
    assert found == [("clash", 60), ("plain", 60), ("twice", 60)]
    assert handles == [(f"CHILD-{number}",) for number in range(7)]  # an identifier that nothing holds has none


def test_a_first_load_and_a_later_one_leave_the_same_record(
    any_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Straight into the record, with its indexes built late, or compared and staged: nothing tells them apart."""
    path = visits(tmp_path / "in" / "a.csv", [*many(60), ("V60", "CHILD-1", "31/02/2024", "seen")])
    monkeypatch.setattr(keeping, "INDEXES_AFTER", 50)
    left = []
    with any_database.connect(DatabaseRole.LOADER) as connection:
        for source, by_way_of in (("straight", load._is_first), ("staged", lambda *_: False)):
            monkeypatch.setattr(load, "_is_first", by_way_of)
            load_paths([path], connection=connection, home=tmp_path / "home", now=START, author="Tess", source=source)
            entries = connection.execute(
                "select digest, standing, entered_at, cin_visit_id, child_id, happened_on, outcome"
                " from record.cin_visits where source = %s order by cin_visit_id",
                (source,),
            ).fetchall()
            acts = connection.execute(
                "select kind, author, purpose, tables, notes, counts, scope from record.act where source = %s",
                (source,),
            ).fetchall()
            aside = connection.execute(
                "select row_number, column_name, value, raw from record.set_aside natural join record.act"
                " where source = %s",
                (source,),
            ).fetchall()
            left.append((entries, acts, aside))
            connection.commit()
    assert left[0] == left[1]
    assert len(left[0][0]) == 60
    assert left[0][1][0][5]["cin_visits"] == {
        "read": 61,
        "added": 60,
        "changed": 0,
        "ended": 0,
        "unchanged": 0,
        "set_aside": 1,
    }


def test_a_table_in_several_files_is_whole_before_the_next(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    """Its files need not stand together in the folder: a row in the first and the last of them is a duplicate."""
    rows = many(60)
    visits(tmp_path / "in" / "a.csv", rows[:40])
    (tmp_path / "in" / "b.csv").write_text("pers_person_id,pers_legacy_id\nCHILD-1,L1\n")
    visits(tmp_path / "in" / "c.csv", rows[39:])
    report = take(tmp_path / "in")
    assert counts(report) == (61, 60, 0, 0, 1, 0)
    assert counts(report, "person") == (1, 1, 0, 0, 0, 0)
    assert entries(loader) == 60


def test_a_first_load_that_another_got_before_compares_instead(
    loader: psycopg.Connection, take: Load, tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two first loads of one source at once: the one that comes second sees what the other wrote."""
    path = visits(tmp_path / "in" / "a.csv", many(5))
    row = {"cin_visit_id": "V0", "child_id": "CHILD-0", "happened_on": date(2024, 1, 1), "outcome": "seen"}

    def first_by_a_moment(*_: Any) -> bool:
        with database.connect(DatabaseRole.LOADER) as other:
            append(other, Act("load", "Other", "test", "ssd"), START, {"cin_visits": [row]})
        return True

    monkeypatch.setattr(load, "_is_first", first_by_a_moment)
    assert counts(take(path)) == (5, 4, 0, 0, 1, 0)


def test_a_table_that_is_not_there_has_not_vanished(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    take(visits(tmp_path / "in" / "a.csv", many(50)))
    people = tmp_path / "people.csv"
    people.write_text("pers_person_id,pers_surname\nCHILD-1,Imagined\n")
    report = take(people)
    assert set(report.tables) == {"person"}
    assert len(current(loader)) == 50


def test_a_period_keeps_what_lies_outside_it(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    early = [("E1", "CHILD-1", "2023-06-01", "seen")]
    take(visits(tmp_path / "in" / "a.csv", [*early, *many(300)]))
    report = take(visits(tmp_path / "in" / "b.csv", many(300)[1:]), from_on=date(2024, 1, 1), to_on=date(2024, 2, 1))
    assert counts(report)[3] == 1
    assert "E1" in current(loader)
    assert "V0" not in current(loader)


def test_another_source_is_another_source(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    path = visits(tmp_path / "in" / "a.csv", many(20))
    take(path)
    report = take(path, source="other-system")
    assert (report.source, counts(report)) == ("other-system", (20, 20, 0, 0, 0, 0))
    assert entries(loader) == 40


def test_ending_more_than_one_in_a_hundred_stops_and_writes_nothing(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    take(visits(tmp_path / "in" / "a.csv", many(200)))
    shorter = visits(tmp_path / "in" / "b.csv", [*many(197), ("V-new", "CHILD-1", "2024-02-01", "seen")])
    with pytest.raises(WouldEnd, match=r"cin_visits: 3 of 200") as stopped:
        take(shorter)
    assert "--allow-ending" in stopped.value.remedy
    assert len(current(loader)) == 200
    assert counts(take(shorter, allow_ending=True)) == (198, 1, 0, 3, 197, 0)


def test_ending_one_in_a_hundred_goes_through(take: Load, tmp_path: Path) -> None:
    take(visits(tmp_path / "in" / "a.csv", many(200)))
    assert counts(take(visits(tmp_path / "in" / "b.csv", many(198))))[3] == 2


def test_a_person_may_be_asked_and_decides(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    take(visits(tmp_path / "in" / "a.csv", many(200)))
    shorter = visits(tmp_path / "in" / "b.csv", many(100))
    with pytest.raises(WouldEnd):
        take(shorter, ask=lambda stop: False)
    assert len(current(loader)) == 200
    take(shorter, ask=lambda stop: stop.counts == {"cin_visits": (100, 200)})
    assert len(current(loader)) == 100


def test_a_heading_without_rows_ends_everything_and_so_asks(take: Load, tmp_path: Path) -> None:
    take(visits(tmp_path / "in" / "a.csv", many(200)))
    with pytest.raises(WouldEnd):
        take(visits(tmp_path / "in" / "b.csv", []))


def test_the_time_of_the_cut_is_kept_apart_from_the_time_of_the_load(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    path = visits(tmp_path / "in" / "a.csv", many(3))
    cut = START - timedelta(days=3)
    first = take(path, cut_at=cut)
    assert (first.cut_at, first.known_after, first.known_by) == (cut, None, cut)
    second = take(path, cut_at=cut + timedelta(days=1))
    assert (second.known_after, second.known_by) == (cut, cut + timedelta(days=1))
    unknown = take(path)
    assert (unknown.cut_at, unknown.known_by) == (None, unknown.recorded_at)
    assert [one.cut_at for one in listing.loads(loader)] == [cut, cut + timedelta(days=1), None]


def test_an_extract_cut_earlier_never_outdoes_one_cut_later(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    """Loaded in the wrong order, it adds what the record never held; what the later one changed or ended stays so."""
    older, newer = many(200), many(199)
    newer[5] = (*newer[5][:3], "not seen")
    take(visits(tmp_path / "in" / "first.csv", older), cut_at=START - timedelta(days=9))
    take(visits(tmp_path / "in" / "newer.csv", newer), cut_at=START - timedelta(days=1))
    before = current(loader)
    assert (len(before), before["V5"][2]) == (199, "not seen")
    late = take(
        visits(tmp_path / "in" / "older.csv", [*older[:150], ("V-late", "CHILD-1", "2024-02-01", "seen"), older[199]]),
        cut_at=START - timedelta(days=5),
    )
    assert counts(late) == (152, 1, 0, 0, 151, 0)
    assert "cin_visits: 2 rows say otherwise than an extract cut later" in " ".join(late.notes)
    assert current(loader) == {**before, "V-late": ("CHILD-1", date(2024, 2, 1), "seen")}


def test_what_another_wrote_meanwhile_makes_it_compare_again(
    loader: psycopg.Connection, take: Load, tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = many(300)
    take(visits(tmp_path / "in" / "a.csv", rows[:299]))
    path = visits(tmp_path / "in" / "b.csv", rows)
    plain, seen = later.compared, []

    def compared_while_another_writes(*given: Any, **how: Any) -> Any:
        seen.append(given)
        outcome = plain(*given, **how)
        if len(seen) == 1:
            row = {"cin_visit_id": "V299", "child_id": "CHILD-5", "happened_on": date(2024, 1, 20), "outcome": "seen"}
            with database.connect(DatabaseRole.LOADER) as other:
                append(other, Act("load", "Other", "test", "ssd"), START, {"cin_visits": [row]})
        return outcome

    monkeypatch.setattr(later, "compared", compared_while_another_writes)
    assert counts(take(path)) == (300, 0, 0, 0, 300, 0)
    assert len(seen) == 2


IDENTIFIERS = st.sampled_from([f"V{number}" for number in range(8)])
DAYS = st.sampled_from(["2024-01-01", "2024-01-02", "01/01/2024", "31/02/2024", "", "1066-01-01"])
OUTCOMES = st.sampled_from(["seen", "not seen", ""])
EXTRACTS = st.lists(st.tuples(IDENTIFIERS, st.sampled_from(["C1", "C2", ""]), DAYS, OUTCOMES), max_size=12)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(extracts=st.lists(EXTRACTS, min_size=1, max_size=3), seed=st.integers(0, 1000))
def test_loading_again_changes_nothing_and_row_order_does_not_matter(
    loader: psycopg.Connection, take: Load, tmp_path: Path, extracts: list[list[Row]], seed: int
) -> None:
    """load after load is load; every row read is counted once; a shuffled export is the same export."""
    shutil.rmtree(tmp_path / "in", ignore_errors=True)
    for number, rows in enumerate(extracts):
        path = visits(tmp_path / "in" / f"{number}.csv", rows)
        first = take(path, allow_ending=True)
        assert first.tables["cin_visits"].read == len(rows)
        held = current(loader)
        before = entries(loader)
        shuffled = random.Random(seed).sample(rows, len(rows))
        again = take(visits(tmp_path / "in" / "again.csv", shuffled), allow_ending=True)
        one = again.tables["cin_visits"]
        assert (one.read, one.added, one.changed, one.ended) == (len(rows), 0, 0, 0)
        assert one.set_aside == first.tables["cin_visits"].set_aside
        assert current(loader) == held
        assert entries(loader) == before
