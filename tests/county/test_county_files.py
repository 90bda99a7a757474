"""The county as files of every format, at any size, from the command line, and as a demonstration."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from keyworker.cli import main
from keyworker.county import county as making
from keyworker.county import demo, files
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.server.launch import release, stop
from keyworker.returns.write import FORMATS
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError
from tests.servers.place import private_place

END = date(2024, 3, 31)


def _quiet(what: str, done: int, of: int) -> None:
    assert what
    assert 0 <= done <= of


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_it_is_written_in_every_format(tmp_path: Path, form: str) -> None:
    rows = files.write_county(files.Asked(60, 2, 3, END, form), tmp_path / "out", _quiet)
    assert rows > 500
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.stat().st_size > 100]


def test_several_extracts_have_a_folder_each_and_grow(tmp_path: Path) -> None:
    files.write_county(files.Asked(60, 2, 3, END, "ssd", extracts=3), tmp_path / "out", _quiet)
    folders = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert folders == ["extract-2022-11-30", "extract-2023-07-31", "extract-2024-03-31"]
    people = [pl.read_csv(tmp_path / "out" / name / "ssd_person.csv").height for name in folders]
    assert people == sorted(people)
    assert people[0] < people[-1]


def test_a_county_too_large_for_memory_is_written_in_parts_that_share_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MOST_IN_A_BLOCK", 100)
    files.write_county(files.Asked(250, 2, 3, END, "ssd"), tmp_path / "out", _quiet)
    parts = sorted((tmp_path / "out").glob("part-*"))
    assert len(parts) == 3
    for table, key in (
        ("ssd_person", "pers_person_id"),
        ("ssd_professionals", "prof_professional_id"),
        ("ssd_cin_visits", "cinv_cin_visit_id"),
    ):
        found = pl.concat([pl.read_csv(part / f"{table}.csv", columns=[key]) for part in parts])
        assert found[key].n_unique() == found.height > 0, table


def test_a_county_in_several_parts_has_the_children_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_IN_A_BLOCK", 100)
    truth = making.generate(250, 2, 3, END).truth()
    assert truth["person"]["child_id"].n_unique() == truth["person"].height == 250
    for name, frame in truth.items():
        assert not frame.select(TABLES[name].key).is_duplicated().any(), name


@pytest.mark.parametrize("form", ["cin", "annex-a", "903", "workforce"])
def test_a_return_of_a_county_in_several_parts_is_one_return(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(making, "MOST_IN_A_BLOCK", 100)
    files.write_county(files.Asked(250, 2, 3, END, form), tmp_path / "out", _quiet)
    assert not list((tmp_path / "out").glob("part-*"))


def test_the_command_writes_and_will_not_write_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = [
        "county",
        "--children",
        "60",
        "--years",
        "2",
        "--seed",
        "3",
        "--at",
        "2024-03-31",
        "--out",
        str(tmp_path / "out"),
    ]
    with pytest.raises(SystemExit) as ended:
        main(asked)
    assert ended.value.code in (0, None)
    assert "does not exist" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(asked)
    assert ended.value.code == 2
    assert "not empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong", [["--format", "fax"], ["--at", "yesterday"], ["--children", "7"], ["--extracts", "0"]]
)
def test_the_command_says_what_to_mend(tmp_path: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["county", "--out", str(tmp_path / "out"), *wrong])
    assert ended.value.code == 2
    assert wrong[0] in capsys.readouterr().err


def test_the_last_extract_of_the_demonstration_was_cut_yesterday() -> None:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert demo.cuts(now)[-1] == datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
    assert demo.cuts(now) == sorted(demo.cuts(now))


@pytest.fixture
def fresh_home(used_home: Path) -> Iterator[Path]:
    home = private_place()
    shutil.copytree(used_home, home, dirs_exist_ok=True, symlinks=True)
    yield home
    release(home)
    stop(home)
    shutil.rmtree(home)


def test_the_demonstration_loads_extract_after_extract_and_only_once(fresh_home: Path) -> None:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    loaded = demo.load_demo(fresh_home, now, _quiet, children=150)
    assert loaded.fresh
    assert len(loaded.rows) == len(demo.DAYS_AGO)
    assert list(loaded.rows) == sorted(loaded.rows)
    assert not demo.load_demo(fresh_home, now, _quiet, children=150).fresh
    with connect(DatabaseRole.OWNER, home=fresh_home) as connection:
        marked = connection.execute("select kind, told_to from record.not_to_be_told order by kind").fetchall()
        copies = connection.execute("select state, left_out > 0 from record.copy_for_outside").fetchall()
    assert marked == [("address", "named person"), ("school", "anyone outside")]
    assert copies == [("asked", True)]


def test_the_accounts_of_the_demonstration_have_roles_in_the_record() -> None:
    roles = demo.make(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), 150, 2).frames()["role_holding"]
    assert {account for account, _ in demo.ACCOUNTS} == set(roles["account"])


def test_another_author_s_record_is_refused() -> None:
    with pytest.raises(KeyworkerError, match="not the demonstration's"):
        demo._refuse_real({demo.AUTHOR, "an analyst"})
