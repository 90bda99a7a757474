"""Nothing that leaves by a command, a copy or an error connects the two identities of an adopted child."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from keyworker.access import Asker, Door, RoleHeld
from keyworker.actions import Keyworker
from keyworker.actions.copies import WantedCopy
from keyworker.cli import app
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import KeyworkerError
from tests.clocks.made import tell
from tests.leaving import adopted
from tests.leaving.made import NOW, TODAY
from tests.leaving.test_leaving_searched import ASKED, REASON
from tests.servers.asking import asking
from tests.servers.started import Database

BOTH = (adopted.OLD, adopted.NEW)


@pytest.fixture
def record(as_database_url: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("KEYWORKER_HOME", str(tmp_path / "home"))
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        tell(loader, adopted.rows(), now=NOW - timedelta(days=1))
    return as_database_url


@pytest.fixture
def door(record: Database, tmp_path: Path) -> Iterator[Keyworker]:
    who = Asker("di", "test an adoption", Door.PAGE, (RoleHeld("director", "all"),), None)
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        yield asking(who, connection, NOW, tmp_path)


def _handles(connection: psycopg.Connection) -> dict[str, str]:
    return handles_of(connection, HandleKind.CHILD, ["old", "new", "bro"])


@pytest.mark.parametrize(("asked", "other"), [BOTH, BOTH[::-1]])
def test_no_command_about_one_identity_tells_anything_of_the_other(
    record: Database, asked: tuple[str, str], other: tuple[str, str]
) -> None:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        hidden = (other[1], _handles(connection)[other[0]], f'"{other[0]}"')
    for name, arguments in ASKED.items():
        if "ash" not in arguments:
            continue
        words = [asked[0] if one == "ash" else one for one in arguments]
        for more in ((), REASON):
            said = CliRunner().invoke(app, [name, *words, *more, "--format", "json"])
            found = [one for one in hidden if one in said.stdout + said.stderr]
            assert not found, f"{name}: {found}"


def test_no_row_of_a_list_holds_both(record: Database) -> None:
    found = json.loads(CliRunner().invoke(app, ["children", *REASON, "--json"]).stdout)
    by_id = {one["child_id"]: one for one in found}
    assert set(by_id) == {"new", "bro"}
    for name, arguments in ASKED.items():
        if "ash" in arguments:
            continue
        said = CliRunner().invoke(
            app, [name, *(one.format(out="/nowhere") for one in arguments), *REASON, "--format", "csv"]
        )
        for line in said.stdout.splitlines():
            assert sum(word in line for word in ("Beforehand", "Afterwards", "Brotherly")) <= 1, f"{name}: {line}"


def test_no_proposal_to_join_and_no_refusal_to_do_so_tells_of_it(record: Database) -> None:
    assert "old" not in CliRunner().invoke(app, ["matches", "--json"]).stdout.split()
    said = CliRunner().invoke(app, ["join", "new", "old", "--why", "the same NHS number"])
    assert isinstance(said.exception, KeyworkerError)
    assert "adopt" not in (said.output + str(said.exception)).casefold()


def test_no_copy_and_no_brother_of_either_names_the_other(door: Keyworker) -> None:
    handles = _handles(door.connection)
    for child, (_, hidden) in (("new", adopted.OLD), ("old", adopted.NEW), ("bro", adopted.NEW), ("bro", adopted.OLD)):
        wanted = WantedCopy("0" * 32, "mother", "Mary Imaginary", "a test", with_family=True)
        assert hidden not in door.look(handles[child], wanted).copy.text
        kin = door.together(handles[child], Moment(TODAY))
        assert [one.handle for one in kin] == [handles[child]]
        assert door.child(handles[child], Moment(TODAY)).family == ()


def test_a_brother_of_the_family_left_is_not_even_counted(door: Keyworker) -> None:
    handles = _handles(door.connection)
    everybody = {one.child_id: one.siblings_open for one in door.children(Moment(TODAY))}
    assert everybody == {"new": 0, "bro": 0}
    for child in ("new", "bro"):
        row = door.child(handles[child], Moment(TODAY)).child
        assert row is not None and row.siblings_open == 0
