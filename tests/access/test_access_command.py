"""On the command line and from Python whoever has signed in sees what the pages would show them, and no more."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import keyworker as kw
from keyworker.access import Scope, Thing, who_may
from keyworker.access.table import roles
from keyworker.actions.questions.opened import SessionOver
from keyworker.cli import app
from keyworker.record.connect import DatabaseRole
from keyworker.record.sessions import end_session, open_session
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.access.made import HELD, TODAY, account, all_roles, holding, service
from tests.clocks.made import tell
from tests.servers.started import Database

FOR_LONG = {"to_on": date(2100, 1, 1)}
SIGN_IN = """
from keyworker.web import entry
entry.add_sign_ins([entry.SignIn("team.manager", "an-obviously-made-up-password")])
"""


@pytest.fixture
def record(as_database_url: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The made-up service, named by DATABASE_URL, with folders of its own for whoever signs in."""
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service() | {"role_holding": [holding(role, **FOR_LONG) for role in all_roles()]})
    monkeypatch.setenv("KEYWORKER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    yield as_database_url


def signed_in(record: Database, role: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A session of whoever holds a role, shown by the environment."""
    with record.bare_connect(DatabaseRole.DOOR, autocommit=True) as door:
        token = open_session(door, account(role), "command")
    monkeypatch.setenv("KEYWORKER_TOKEN", token)
    return token


def listed() -> set[str] | None:
    """The children whom a command lists, by the words after which they are named; None where it refuses."""
    result = CliRunner().invoke(app, ["children", "--json", "--names", "--reason", "a test of who may see"])
    if isinstance(result.exception, Refused):
        return None
    assert result.exit_code == 0, result.output
    return {row["child_id"] for row in json.loads(result.stdout)}


@pytest.mark.parametrize("role", roles())
def test_a_command_lists_the_children_whom_the_table_gives_to_a_role(
    record: Database, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(record, role, monkeypatch)
    cell = who_may()[Thing.CHILDREN].cell(role)
    expected = None if cell.scope is Scope.NONE else {one.value for one in HELD if cell.scope.takes_in(one)}
    assert listed() == expected


@pytest.mark.parametrize("role", roles())
def test_python_opens_the_records_that_the_table_gives_to_a_role(
    record: Database, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(record, role, monkeypatch)
    cell = who_may()[Thing.CHILD].cell(role)
    opened = set()
    with kw.open(purpose="a test of who may see") as opening:
        for child in (one.value for one in HELD):
            try:
                opening.best_known(TODAY).child(child)
            except KeyworkerError:
                continue
            opened.add(child)
    assert opened == {one.value for one in HELD if cell.scope.takes_in(one)}


def test_without_a_sign_in_a_command_is_the_keepers_and_says_so_in_the_log(record: Database) -> None:
    assert listed() == {one.value for one in HELD}
    with record.connect(DatabaseRole.OWNER) as owner:
        rows = owner.execute("select distinct account, keeper from access.session where door = 'command'").fetchall()
        logged = owner.execute("select distinct role from record.access_log where route = 'children'").fetchall()
    assert all(keeper for _, keeper in rows)
    assert logged == [("",)]


def test_a_session_that_was_ended_or_forged_opens_nothing(record: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    token = signed_in(record, "director", monkeypatch)
    with record.bare_connect(DatabaseRole.DOOR, autocommit=True) as door:
        assert end_session(door, token)
    for shown in (token, "forged"):
        monkeypatch.setenv("KEYWORKER_TOKEN", shown)
        result = CliRunner().invoke(app, ["children"])
        assert isinstance(result.exception, SessionOver)


def test_somebody_signs_in_by_a_password_and_out_again(record: Database, tmp_path: Path) -> None:
    environment = {**os.environ, "KEYWORKER_SECOND_FACTOR": "optional"}

    def run(*command: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        # Away from any terminal, a password is read from what is typed ahead.
        return subprocess.run(
            command, input=typed, capture_output=True, text=True, env=environment, start_new_session=True, check=False
        )

    keyworker = str(Path(sys.executable).with_name("keyworker"))
    assert run(sys.executable, "-c", SIGN_IN).returncode == 0
    wrong = run(keyworker, "sign-in", "team.manager", typed="not the password\n")
    assert (wrong.returncode, "do not fit together" in wrong.stderr + wrong.stdout) == (3, True)
    right = run(keyworker, "sign-in", "team.manager", typed="an-obviously-made-up-password\n")
    assert right.returncode == 0, right.stderr
    assert "an-obviously" not in right.stdout + right.stderr
    (file,) = (tmp_path / "config" / "keyworker").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    seen = run(keyworker, "children", "--json")
    assert {row["child_id"] for row in json.loads(seen.stdout)} == {"own", "supervised", "team"}
    assert "Signed out" in run(keyworker, "sign-out").stdout
    assert not file.exists()
    assert len(json.loads(run(keyworker, "children", "--json").stdout)) == len(HELD)
