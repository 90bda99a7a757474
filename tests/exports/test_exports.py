"""What leaves the record is listed with who, what for and until when; what is over is removed, and nothing else is."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from keyworker.access import Asker, Door
from keyworker.actions.exports import Export, State, expire, keep, listed, measured
from keyworker.facts.export_life import export_life
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.vocabulary.errors import KeyworkerError
from tests.servers.asking import asking
from tests.servers.started import Database
from tests.servers.typed import COMMAND

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=31)
ACT = Act("entry", author="tester", purpose="test", source="ssd")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def export(path: Path, **changes: Any) -> Export:
    made = Export(
        "one", "return cin", NOW, NOW + timedelta(days=30), "analyst", "test", "command", True, (measured(path),)
    )
    return replace(made, **changes)


def written(path: Path, content: str = "CHILD-1") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_an_export_is_listed_as_it_was_kept_and_for_its_owner_only(home: Path, tmp_path: Path) -> None:
    one = export(written(tmp_path / "out.csv"))
    keep(home, one)
    assert listed(home) == ([one], [])
    assert (home / "exports").stat().st_mode & 0o777 == 0o700
    assert (home / "exports" / "one.json").stat().st_mode & 0o777 == 0o600


def test_what_is_over_is_removed_and_stays_listed(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "return" / "deep" / "out.csv")
    keep(home, export(path, folder=str(tmp_path / "return")))
    assert expire(home, LATER - timedelta(days=2)) == []
    assert expire(home, LATER) == [path]
    assert not (tmp_path / "return").exists()
    ((found,), _) = listed(home)
    assert (found.removed_at, found.states) == (LATER, (State.REMOVED,))
    assert expire(home, LATER) == []


def test_a_file_that_somebody_works_with_is_theirs(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "out.csv")
    keep(home, export(path))
    path.write_text("CHILD-2")
    assert expire(home, LATER) == []
    assert path.read_text() == "CHILD-2"
    ((found,), _) = listed(home)
    assert State.CHANGED in found.states


def test_nothing_that_is_not_our_own_plain_file_is_removed(home: Path, tmp_path: Path) -> None:
    path, other = written(tmp_path / "out.csv"), written(tmp_path / "other.csv")
    keep(home, export(path))
    path.unlink()
    path.symlink_to(other)
    assert expire(home, LATER) == []
    assert other.read_text() == "CHILD-1"


def test_a_newer_export_in_the_same_place_lives_its_own_time(home: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "return" / "out.csv")
    folder = str(tmp_path / "return")
    keep(home, export(path, folder=folder))
    keep(home, export(path, folder=folder, name="two", expires_at=LATER + timedelta(days=9)))
    assert expire(home, LATER) == []
    assert path.exists()
    assert expire(home, LATER + timedelta(days=10)) == [path]


def test_a_list_with_something_else_in_it_is_still_a_list(home: Path, tmp_path: Path) -> None:
    keep(home, export(written(tmp_path / "out.csv")))
    for number, said in enumerate(("", "[]", "{}", '{"files": 3}', "\x00")):
        (home / "exports" / f"odd-{number}.json").write_text(said)
    found, broken = listed(home)
    assert ([one.name for one in found], len(broken)) == (["one"], 5)
    assert len(expire(home, LATER)) == 1


@pytest.fixture
def recorded(database: Database) -> Database:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        append(connection, ACT, NOW, {"person": [{"child_id": "KID-1", "forename": "Ashby", "surname": "Testwood"}]})
    return database


def set_life(database: Database, value: str, unit: str = "days") -> None:
    row = {"name": "Export life", "applies_to": "all", "value": value, "unit": unit, "from_on": date(2026, 1, 1)}
    with database.connect(DatabaseRole.APPLICATION) as connection:
        append(connection, ACT, NOW, {"setting": [row]})


def test_how_long_it_lives_is_the_council_s_setting(recorded: Database) -> None:
    with recorded.connect(DatabaseRole.SNAPSHOT, autocommit=True) as connection:
        assert export_life(connection, date(2026, 3, 1)) == timedelta(days=30)
        set_life(recorded, "7")
        assert export_life(connection, date(2026, 3, 1)) == timedelta(days=7)
        assert export_life(connection, date(2025, 12, 31)) == timedelta(days=30)


@pytest.mark.parametrize(("value", "unit"), [("0", "days"), ("366", "days"), ("a week", "days"), ("1", "years")])
def test_a_setting_that_says_no_days_is_said_to(recorded: Database, value: str, unit: str) -> None:
    set_life(recorded, value, unit)
    with (
        recorded.connect(DatabaseRole.APPLICATION, autocommit=True) as connection,
        pytest.raises(KeyworkerError, match="from 1 to 365"),
    ):
        export_life(connection, date(2026, 3, 1))


def test_a_return_is_listed_with_its_reason_and_what_cannot_be_listed_does_not_stay(
    recorded: Database, home: Path, tmp_path: Path
) -> None:
    set_life(recorded, "14")
    with recorded.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        keyworker = asking(Asker("analyst", "Annex A for an inspection", Door.COMMAND), connection, NOW, home)
        keyworker.write("annex-a", Moment(date(2026, 3, 1)), tmp_path / "first")
        ((one,), _) = listed(home)
        assert (one.what, one.made_by, one.reason) == ("return annex-a", "analyst", "Annex A for an inspection")
        assert (one.identifying, one.expires_at) == (True, NOW + timedelta(days=14))
        assert {Path(file.path) for file in one.files} == set((tmp_path / "first").iterdir())
        assert one.states == (State.HERE,)

        blocked = tmp_path / "blocked"
        blocked.write_text("a file where the data folder should be")
        keyworker.home = blocked
        with pytest.raises(OSError, match="blocked"):
            keyworker.write("ssd", Moment(date(2026, 3, 1)), tmp_path / "second")
        assert not (tmp_path / "second").exists()


@pytest.fixture
def typed(recorded: Database, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the command in a process of its own, on the made-up record."""
    monkeypatch.setenv("DATABASE_URL", recorded.url)
    monkeypatch.setenv("KEYWORKER_HOME", str(home))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> str:
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_whatever_a_command_writes_is_listed_until_its_time_is_over(typed: Any, home: Path, tmp_path: Path) -> None:
    visits = tmp_path / "visits.csv"
    visits.write_text("cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date\nV1,KID-1,31/02/2024\n")
    typed("load", visits)
    assert "It holds names" in typed("write", "cin", "--at", "2026-03-01", "--out", "census")
    typed("set-aside", "--out", "mend.csv")
    typed("map", "words.xlsx")
    typed("children", "--format", "csv", "--out", "children.csv")
    typed("children", "--format", "json", "--out", "named.json", "--names", "--reason", "a duty visit")
    typed("service", "--format", "parquet", "--out", "service.parquet")
    typed("snapshot", "--reason", "a study", "--days", "3")
    rows = json.loads(typed("exports", "--json"))["exports"]
    assert [(one["what"], one["holds_names"]) for one in rows[::-1]] == [
        ("return cin", True),
        ("rows set aside", True),
        ("workbook of meanings", False),
        ("children", False),
        ("children", True),
        ("service", False),
        ("snapshot", False),
    ]
    assert [one["for_whom"] for one in rows[::-1]] == [
        "the Department for Education",
        *["inside the service only"] * 6,
    ]
    assert rows[2]["reason"] == "a duty visit"
    assert rows[-1]["reason"] == "the children in need census for the Department for Education"
    assert {one["state"] for one in rows} == {"as written"}
    assert all(Path(path).is_absolute() and Path(path).exists() for one in rows for path in one["files"])
    assert "a duty visit" in typed("exports")

    for path in (home / "exports").glob("*.json"):
        past = json.loads(path.read_text()) | {"expires_at": "2026-01-01T00:00:00+00:00"}
        path.write_text(json.dumps(past))
    (tmp_path / "words.xlsx").write_bytes(b"filled in")
    over = json.loads(typed("exports", "--json"))
    assert {Path(path).name for path in over["removed"]} >= {
        "mend.csv",
        "children.csv",
        "named.json",
        "service.parquet",
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "visits.csv", "words.xlsx"]
    assert {one["what"]: one["state"] for one in over["exports"]}["workbook of meanings"] == "removed, changed since"
