"""The commands as a person types them, and killed in the middle."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.servers.started import Database
from tests.servers.typed import COMMAND

HEADING = "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date,cinv_outcome\n"
ROWS = 20_000
KILLS = 5


@pytest.fixture
def keyworker(as_database_url: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the command in a process of its own, with a data folder and a database of its own."""
    monkeypatch.setenv("KEYWORKER_HOME", str(tmp_path / "home"))

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )

    return run


def extract(path: Path, outcome: str, rows: int = ROWS) -> Path:
    lines = (f"V{number},CHILD-{number % 97},2024-01-{number % 28 + 1:02d},{outcome}\n" for number in range(rows))
    path.write_text(HEADING + "".join(lines))
    return path


def outcomes(database: Database) -> dict[tuple[str, bool], int]:
    with database.server.superuser(database.name) as connection:
        return {
            (row[0], row[1]): row[2]
            for row in connection.execute(
                "select outcome, superseded_at is null, count(*) from record.cin_visits group by 1, 2"
            )
        }


def test_a_load_its_list_and_its_mending_as_a_person_types_them(keyworker: Any, tmp_path: Path) -> None:
    path = tmp_path / "extract.csv"
    path.write_text(HEADING + "V1,CHILD-1,2024-01-01,seen\nV2,CHILD-2,31/02/2024,seen\n")
    first = keyworker(
        "load", path, "--json", "--cut-at", "2024-06-01T18:00", "--author", "Ana Lyst", "--purpose", "test"
    )
    assert first.returncode == 0, first.stderr
    printed = json.loads(first.stdout)
    told = printed["loads"][0]
    assert printed["tables"] == told["tables"]
    assert told["tables"]["cin_visits"] == {
        "read": 2, "added": 1, "changed": 0, "ended": 0, "unchanged": 0, "set_aside": 1,
    }  # fmt: skip
    assert told["cut_at"] == "2024-06-01T18:00:00+01:00"
    assert (told["format"], told["files"]) == ("ssd", ["extract.csv"])

    again = keyworker("load", path)
    assert "nothing was added" in again.stdout
    assert "not known" in again.stdout

    aside = keyworker("set-aside", "--load", told["act_id"], "--out", tmp_path / "mend.csv")
    assert aside.returncode == 0, aside.stderr
    assert f"--mends {told['act_id']}" in aside.stdout
    assert (tmp_path / "mend.csv").stat().st_mode & 0o777 == 0o600
    over = keyworker("set-aside", "--load", told["act_id"], "--out", tmp_path / "mend.csv")
    assert (over.returncode, over.stdout) == (2, "")

    mended = (tmp_path / "mend.csv").read_text(encoding="utf-8-sig").replace("CHILD-2,31/02/2024", "CHILD-2,29/02/2024")
    (tmp_path / "mended.csv").write_text(mended)
    assert keyworker("load", tmp_path / "mended.csv", "--mends", told["act_id"]).returncode == 0
    listed = json.loads(keyworker("loads", "--json").stdout)["loads"]
    assert [one["to_mend"] for one in listed] == [0, 1, 0]
    assert next(one["author"] for one in listed) == "Ana Lyst"
    assert "cut time not known" in keyworker("loads").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["load", "nowhere.csv"], "no such file"),
        (["load", "strange.bin"], "Nobody here knows"),
        (["load", "strange.bin", "--cut-at", "yesterday"], "not a date and time"),
        (["load", "strange.bin", "--from", "1 March"], "not a date"),
        (["set-aside", "--load", "7", "--out", "x.csv"], "no such load"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    keyworker: Any, tmp_path: Path, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "strange.bin").write_bytes(bytes(range(256)) * 9)
    done = keyworker(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_refused_file_is_told_to_a_program_and_listed_with_the_reason(keyworker: Any, tmp_path: Path) -> None:
    good, bad = extract(tmp_path / "good.csv", "seen", 3), tmp_path / "bad.csv"
    bad.write_text("cinv_person_id,cinv_cin_visit_date,cinv_outcome\nCHILD-SECRET,2024-01-01,seen\n")
    done = keyworker("load", good, bad, "--json", "--author", "Ana Lyst", "--purpose", "test")
    assert done.returncode == 2
    said = json.loads(done.stdout)
    assert (said["status"], said["file"]) == ("refused", "bad.csv")
    assert "has no column cinv_cin_visit_id" in said["reason"]
    assert "Add the column" in said["remedy"]
    assert [one["files"] for one in said["loads"]] == [["good.csv"]]
    assert said["tables"]["cin_visits"]["added"] == 3
    assert "has no column cinv_cin_visit_id" in done.stderr

    listed = json.loads(keyworker("loads", "--json").stdout)
    assert [one["files"] for one in listed["loads"]] == [["good.csv"]]
    (one,) = listed["refused"]
    assert (one["file"], one["author"], one["purpose"], one["outcome"]) == ("bad.csv", "Ana Lyst", "test", "refused")
    assert one["reason"] == said["reason"]
    assert one["at"] >= listed["loads"][0]["recorded_at"][:19]
    assert "SECRET" not in json.dumps(listed)
    spoken = keyworker("loads").stdout
    assert spoken.index("Load 1: ssd") < spoken.index("Refused: bad.csv")


def test_whatever_stops_a_load_is_told_to_a_program_as_json(keyworker: Any, tmp_path: Path) -> None:
    for arguments, reason in (
        (["nowhere.csv"], "There is no such file or folder."),
        (["nowhere.csv", "--cut-at", "yesterday"], "This is not a date and time."),
        (["nowhere.csv", "--mends", "7"], "There was no such load."),
        (["nowhere.csv", "--author", " "], "A load needs an author and a purpose."),
    ):
        done = keyworker("load", *arguments, "--json")
        said = json.loads(done.stdout)
        assert (done.returncode, said["status"], said["reason"]) == (2, "refused", reason)
        assert reason in done.stderr
    assert json.loads(keyworker("loads", "--json").stdout) == {"loads": [], "refused": []}


def test_ending_much_of_a_table_stops_the_command_with_words(keyworker: Any, tmp_path: Path) -> None:
    keyworker("load", extract(tmp_path / "a.csv", "seen", 100))
    stopped = keyworker("load", extract(tmp_path / "b.csv", "seen", 50), "--json")
    assert stopped.returncode == 2
    said = json.loads(stopped.stdout)
    assert (said["status"], said["file"], said["loads"]) == ("stopped", "b.csv", [])
    assert "cin_visits: 50 of 100" in said["reason"]
    assert "cin_visits: 50 of 100" in stopped.stderr
    assert "--allow-ending" in stopped.stderr
    assert keyworker("load", tmp_path / "b.csv", "--allow-ending").returncode == 0


def test_a_load_killed_at_any_moment_is_before_or_after_and_never_between(
    keyworker: Any, as_database_url: Database, tmp_path: Path
) -> None:
    """`kill -9` at random moments of a load that changes every row; what is left is one whole extract or the other."""
    old, new = "first", "second"
    began = time.monotonic()
    assert keyworker("load", extract(tmp_path / "a.csv", old)).returncode == 0
    whole = time.monotonic() - began
    assert outcomes(as_database_url) == {(old, True): ROWS}
    chance = random.Random(20260301)
    for _ in range(KILLS):
        extract(tmp_path / "b.csv", new)
        before = outcomes(as_database_url)
        process = subprocess.Popen(
            [*COMMAND, "load", str(tmp_path / "b.csv")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.3, 1.1) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        _wait_until_alone(as_database_url)
        found = outcomes(as_database_url)
        if found != before:
            assert found == {(old, False): ROWS, (new, True): ROWS} | {
                was: count for was, count in before.items() if not was[1]
            }
            old, new = new, f"{new}+"
    assert keyworker("load", extract(tmp_path / "b.csv", "last")).returncode == 0
    assert outcomes(as_database_url)[("last", True)] == ROWS
    assert list((tmp_path / "home" / "loading").iterdir()) == []


def _wait_until_alone(database: Database) -> None:
    """A killed client's server process may still be finishing its work, or undoing it."""
    query = "select count(*) from pg_stat_activity where datname = %s and pid <> pg_backend_pid()"
    for _ in range(200):
        with database.server.superuser() as connection:
            row = connection.execute(query, (database.name,)).fetchone()
        if row == (0,):
            return
        time.sleep(0.1)
    pytest.fail(f"the killed load's connection never ended; see process {os.getpid()}")
