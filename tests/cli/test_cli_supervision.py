"""Notes of personal supervision from the command line: whoever keeps the machine is none of the two who held one."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from keyworker.cli import app
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from keyworker.vocabulary.errors import KeyworkerError
from tests.access.made import NOW, TODAY, told
from tests.servers.started import Database

WORDS = "Made-up words of the pair"
NOTE = {"note_id": "n1", "worker_id": "pat", "supervisor_id": "mo", "happened_on": TODAY, "note": WORDS}


@pytest.mark.parametrize(
    "arguments",
    [
        ["supervision-notes"],
        ["supervision-notes", "--worker", "pat", "--json", "--names", "--reason", "curious"],
        ["write-supervision-note", "--worker", "pat", "--supervisor", "mo", "--on", "2026-03-02"],
        ["answer-supervision-note", "n1", "--agree"],
        ["withdraw-supervision-note", "n1", "--why", "curious"],
    ],
)
def test_the_keeper_of_the_machine_reads_and_writes_no_note(as_database_url: Database, arguments: list[str]) -> None:
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        told(loader)
    with as_database_url.connect(DatabaseRole.APPLICATION, autocommit=True) as application:
        act = Act("entry", author="test", purpose="test", source="keyworker")
        append(application, act, NOW, {"supervision_note": [NOTE | {"written_by": "mo"}]})
    answer = CliRunner().invoke(app, arguments, input=WORDS)
    assert isinstance(answer.exception, KeyworkerError)
    assert WORDS not in answer.output + str(answer.exception)
    with as_database_url.connect(DatabaseRole.APPLICATION, autocommit=True) as application:
        assert application.execute("select count(*) from record.supervision_note").fetchone() == (1,)
        (last,) = application.execute("select route from record.access_log order by log_id desc limit 1").fetchone()
    assert last == "not given: supervision notes"
