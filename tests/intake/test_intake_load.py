"""A load from file to record: nothing lost, nothing twice, nothing half."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.intake import later, listing, load, mending
from keyworker.intake.ending import WouldEnd
from keyworker.intake.load import load_paths
from keyworker.intake.report import LoadReport
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append, keeping
from keyworker.vocabulary.errors import FileRefused, KeyworkerError
from tests.servers.started import Database

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
HEADING = "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date,cinv_outcome"
Row = tuple[str, str, str, str]
Load = Callable[..., LoadReport]


@pytest.fixture
def loader(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER) as connection:
        yield connection


@pytest.fixture
def take(loader: psycopg.Connection, tmp_path: Path) -> Load:
    """Load one source, an hour later each time."""
    hours = iter(range(1000))

    def taken(path: Path, **wanted: Any) -> LoadReport:
        given = {"author": "Tess Ting", "now": START + timedelta(hours=next(hours))} | wanted
        reports = load_paths([path], connection=loader, home=tmp_path / "home", **given)
        assert len(reports) == 1
        for counts in reports[0].tables.values():
            assert counts.read == counts.added + counts.changed + counts.unchanged + counts.set_aside
        return reports[0]

    return taken


def visits(path: Path, rows: Sequence[Row]) -> Path:
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text("\n".join([HEADING, *(",".join(row) for row in rows)]) + "\n")
    return path


def many(count: int, outcome: str = "seen") -> list[Row]:
    return [(f"V{number}", f"CHILD-{number % 7}", f"2024-01-{number % 28 + 1:02d}", outcome) for number in range(count)]


def counts(report: LoadReport, table: str = "cin_visits") -> tuple[int, ...]:
    one = report.tables[table]
    return (one.read, one.added, one.changed, one.ended, one.unchanged, one.set_aside)


def current(connection: psycopg.Connection, table: str = "cin_visits") -> Mapping[str, tuple[Any, ...]]:
    with connection.transaction():
        rows = connection.execute(
            f"select cin_visit_id, child_id, happened_on, outcome from record.{table}"
            " where superseded_at is null and standing = 'reported'"
        ).fetchall()
    return {row[0]: row[1:] for row in rows}


def entries(connection: psycopg.Connection) -> int:
    with connection.transaction():
        row = connection.execute("select count(*) from record.cin_visits").fetchone()
    assert row
    return int(row[0])


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


def test_exact_duplicates_are_unchanged_and_clashing_rows_are_all_set_aside(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    rows: list[Row] = [
        ("A", "CHILD-1", "2024-01-01", "seen"),
        ("A", "CHILD-1", "2024-01-01", "seen"),
        ("B", "CHILD-1", "2024-01-02", "seen"),
        ("B", "CHILD-2", "2024-01-02", "seen"),
        ("B", "CHILD-1", "2024-01-02", "seen"),
        ("C", "CHILD-1", "2024-01-03", "seen"),
    ]
    report = take(visits(tmp_path / "in" / "a.csv", rows))
    assert counts(report) == (6, 2, 0, 0, 1, 3)
    assert set(current(loader)) == {"A", "C"}
    with loader.transaction():
        aside = loader.execute(
            "select row_number, column_name, reason, raw from record.set_aside order by 1"
        ).fetchall()
    assert [row[0] for row in aside] == [4, 5, 6]
    assert all(row[1] == "cin_visit_id" and "says otherwise" in row[2] for row in aside)
    assert aside[1][3]["child_id"] == "CHILD-2"


def test_a_row_set_aside_has_not_vanished(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    rows = many(50)
    take(visits(tmp_path / "in" / "a.csv", rows))
    rows[3] = ("V3", "CHILD-3", "31/02/2024", "seen")
    rows += [("V4", "CHILD-9", "2024-01-05", "seen")]
    report = take(visits(tmp_path / "in" / "b.csv", rows))
    assert counts(report) == (51, 0, 0, 0, 48, 3)
    assert len(current(loader)) == 50


def test_a_row_of_the_wrong_width_has_not_vanished(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    rows = many(50)
    take(visits(tmp_path / "in" / "a.csv", rows))
    path = visits(tmp_path / "in" / "b.csv", rows)
    text = path.read_text().replace("V3,CHILD-3,2024-01-04,seen", "V3,CHILD-3,2024-01-04,seen,at home")
    path.write_text(text.replace("V4,CHILD-4,2024-01-05,seen", 'V4,CHILD-4,2024-01-05,"seen'))
    assert counts(take(path)) == (50, 0, 0, 0, 48, 2)
    assert len(current(loader)) == 50


def test_rows_set_aside_can_be_mended_and_loaded_again(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    rows = many(50)
    rows[3] = ("V3", "CHILD-3", "31/02/2024", "seen")
    rows[4] = ("V4", "CHILD-4", "30/02/2024", "seen")
    first = take(visits(tmp_path / "in" / "a.csv", rows))
    number, written = mending.write_out(loader, None, tmp_path / "mend.csv")
    assert (number, written) == (first.act_id, [(tmp_path / "mend.csv", 2)])
    text = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date,")
    assert "keyworker_remedy" in text
    mended = tmp_path / "mended.csv"
    mended.write_text(text.replace("V3,CHILD-3,31/02/2024", "V3,CHILD-3,29/02/2024"))
    report = take(mended, mends=number)
    assert counts(report) == (2, 1, 0, 0, 0, 1)
    assert len(current(loader)) == 49
    assert [one.to_mend for one in listing.loads(loader)] == [0, 1]  # the other waits where it was last set aside


def test_a_row_of_a_return_is_mended_as_a_row_of_the_pack(
    loader: psycopg.Connection, take: Load, tmp_path: Path, shared: Path
) -> None:
    """A census is XML; what it set aside comes back as a CSV under the vocabulary's names, and stays the census's."""
    first = take(shared / "data" / "samples_cin_census" / "CIN_Census_2021.xml")
    assert counts(first, "person")[5] == 1
    mending.write_out(loader, first.act_id, tmp_path / "mend.csv")
    text = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig")
    assert "1066-04-13" in text
    (tmp_path / "mend.csv").write_text(text.replace("1066-04-13,", "2022-04-13,", 1))
    report = take(tmp_path / "mend.csv", mends=first.act_id)
    assert (report.format, report.source) == ("pack", "cin-census")
    assert counts(report, "person") == (1, 1, 0, 0, 0, 0)
    assert [one.to_mend for one in listing.loads(loader)] == [0, 0]


def test_mending_a_load_that_never_was_is_refused(take: Load, tmp_path: Path) -> None:
    with pytest.raises(KeyworkerError, match="no such load"):
        take(visits(tmp_path / "in" / "a.csv", many(2)), mends=99)


def test_a_row_of_the_wrong_width_comes_out_with_its_values_and_can_be_mended(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    path = visits(tmp_path / "in" / "a.csv", many(3))
    path.write_text(path.read_text() + "V9,CHILD-9,2024-02-01,seen,at home\n" + 'V10,CHILD-3,2024-02-02,"seen\n')
    first = take(path)
    assert counts(first) == (5, 3, 0, 0, 0, 2)
    mending.write_out(loader, None, tmp_path / "mend.csv")
    text = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig")
    (wide, open_ended) = csv.DictReader(io.StringIO(text))
    assert (wide["cinv_cin_visit_id"], wide["cinv_outcome"]) == ("V9", "seen")
    assert wide["keyworker_value"] == "V9,CHILD-9,2024-02-01,seen,at home"
    assert open_ended["cinv_outcome"] == '"seen'
    (tmp_path / "mend.csv").write_text(text.replace('"""seen"', "seen"))
    assert counts(take(tmp_path / "mend.csv", mends=first.act_id)) == (2, 2, 0, 0, 0, 0)
    assert current(loader)["V10"] == ("CHILD-3", date(2024, 2, 2), "seen")
    assert [one.to_mend for one in listing.loads(loader)] == [0, 0]


def test_a_worker_without_a_sound_registration_number_comes_out_with_every_value_and_can_be_mended(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    path = tmp_path / "workers.csv"
    path.write_text(
        "YEAR,SWENo,AgencyWorker,FTE,Cases30,RoleStartDate,QualInst\n"
        "2022,SW11,0,1.0,16,2020-01-05,Fiction University\n"
        "2022,SW12_BAD,1,0.6,9,2021-03-01,Made-up College\n"
        "2022,SW13,0,0.5,11,2019-07-01\n"
    )
    first = take(path)
    assert counts(first, "workforce_snapshot") == (3, 1, 0, 0, 0, 2)
    mending.write_out(loader, first.act_id, tmp_path / "mend.csv")
    text = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig")
    bad, narrow = sorted(csv.DictReader(io.StringIO(text)), key=lambda row: row["worker_id"])
    held = ("worker_id", "happened_on", "agency_worker", "fte", "cases", "contract_from_on", "other_json")
    assert [bad[name] for name in held] == [
        "SW12_BAD", "2022-09-30", "1", "0.6", "9", "2021-03-01", '{"QualInst":"Made-up College"}',
    ]  # fmt: skip
    assert [narrow[name] for name in held] == ["SW13", "2022-09-30", "0", "0.5", "11", "2019-07-01", ""]
    (tmp_path / "mend.csv").write_text(text.replace("SW12_BAD", "SW12"))
    report = take(tmp_path / "mend.csv", mends=first.act_id)
    assert (report.source, counts(report, "workforce_snapshot")) == ("workforce-census", (2, 2, 0, 0, 0, 0))
    assert [one.to_mend for one in listing.loads(loader)] == [0, 0]


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


def test_a_zip_is_the_folder_that_it_holds_and_leaves_nothing_behind(take: Load, tmp_path: Path) -> None:
    path = visits(tmp_path / "in" / "a.csv", many(5))
    with zipfile.ZipFile(tmp_path / "extract.bin", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "deep/inside/a.csv")
    assert counts(take(tmp_path / "extract.bin")) == (5, 5, 0, 0, 0, 0)
    assert list((tmp_path / "home" / "loading").iterdir()) == []


def test_several_paths_are_several_loads_and_one_refused_leaves_the_earlier_ones(
    loader: psycopg.Connection, tmp_path: Path
) -> None:
    first = visits(tmp_path / "in" / "a.csv", many(5))
    second = tmp_path / "people.csv"
    second.write_text("pers_person_id,pers_surname\nCHILD-1,Imagined\n")
    given = {"connection": loader, "home": tmp_path / "home", "now": START, "author": "Tess Ting"}
    reports = load_paths([first, second], **given)  # type: ignore[arg-type]
    assert [set(one.tables) for one in reports] == [{"cin_visits"}, {"person"}]
    assert reports[0].recorded_at < reports[1].recorded_at


def test_what_was_loaded_before_one_was_refused_is_kept_and_said(loader: psycopg.Connection, tmp_path: Path) -> None:
    first, second = visits(tmp_path / "in" / "a.csv", many(5)), tmp_path / "b.csv"
    second.write_text("pers_surname,pers_forename\nImagined,Somebody\n")
    with pytest.raises(FileRefused, match="pers_person_id") as refused:
        load_paths([first, second], connection=loader, home=tmp_path / "home", now=START, author="Tess Ting")
    assert "Loaded before this, and kept: ssd (load 1)." in refused.value.remedy
    assert entries(loader) == 5


def test_a_row_set_aside_cannot_run_in_a_spreadsheet_and_comes_back_as_it_was(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    path = visits(tmp_path / "in" / "a.csv", [("=1+1", "CHILD-1", "31/02/2024", "=cmd()")])
    number = take(path).act_id
    mending.write_out(loader, number, tmp_path / "mend.csv")
    text = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("'=1+1,CHILD-1,31/02/2024,'=cmd()")
    (tmp_path / "mend.csv").write_text(text.replace("CHILD-1,31/02", "CHILD-1,29/02"))
    take(tmp_path / "mend.csv", mends=number)
    assert current(loader) == {"=1+1": ("CHILD-1", date(2024, 2, 29), "=cmd()")}


def test_a_path_that_nobody_knows_is_refused_before_anything_is_written(
    loader: psycopg.Connection, tmp_path: Path
) -> None:
    good, strange = visits(tmp_path / "in" / "a.csv", many(5)), tmp_path / "strange.bin"
    strange.write_bytes(bytes(range(256)) * 10)
    with pytest.raises(FileRefused, match="Nobody here knows") as refused:
        load_paths([good, strange], connection=loader, home=tmp_path / "home", now=START, author="Tess Ting")
    assert "Standard Safeguarding Dataset" in refused.value.remedy
    assert entries(loader) == 0


def test_a_file_that_breaks_off_in_the_middle_leaves_nothing(
    loader: psycopg.Connection, take: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keyworker.intake.csv_rows.BLOCK", 1 << 12)
    path = visits(tmp_path / "in" / "a.csv", many(1000))
    path.write_text(path.read_text() + f"V,C,2024-01-01,{'x' * 10_000}\n")
    with pytest.raises(FileRefused):
        take(path)
    assert entries(loader) == 0
    assert list((tmp_path / "home" / "loading").iterdir()) == []


def test_awkward_text_comes_through_unharmed(loader: psycopg.Connection, take: Load, tmp_path: Path) -> None:
    texts = [
        'say "seen"',
        "two\nlines",
        "\\.",
        "\\N",
        "a,b",
        "'; drop table record.act; --",
        "=1+1",
        "naïve 🙂",
        "\\x41",
    ]
    path = tmp_path / "a.csv"
    quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
    path.write_text(f"{HEADING}\n" + "".join(f"V{n},C,2024-01-01,{text}\n" for n, text in enumerate(quoted)))
    take(path)
    assert [current(loader)[f"V{n}"][2] for n in range(len(texts))] == texts
    assert counts(take(path)) == (len(texts), 0, 0, 0, len(texts), 0)


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


def test_several_rows_of_one_element_are_each_counted_and_kept(
    loader: psycopg.Connection, take: Load, tmp_path: Path
) -> None:
    """A child of a payload has one number and many rows: each that is wrong or clashes is set aside."""
    days = [
        ("A1", "31/02/2024"),
        ("A2", "2024-02-31"),
        ("A3", "2024-01-03"),
        ("A4", "2024-01-04"),
        ("A4", "2024-01-05"),
    ]
    parts = [{"child_and_family_assessment_id": name, "start_date": day} for name, day in days]
    episode = {"social_care_episode_id": "E1", "referral_date": "2024-01-01", "child_and_family_assessments": parts}
    path = tmp_path / "children.json"
    path.write_text(json.dumps([{"la_child_id": "C1", "child_details": {}, "social_care_episodes": [episode]}]))
    assert counts(take(path), "cin_assessments") == (5, 1, 0, 0, 0, 4)
    with loader.transaction():
        aside = loader.execute(
            "select row_number, raw ->> 'assessment_id', raw ->> 'from_on' from record.set_aside order by 1, 2, 3"
        ).fetchall()
    assert aside == [(1, name, day) for name, day in days if name != "A3"]
