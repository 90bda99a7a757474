"""Commands on a record into which nothing was ever loaded say so, and not only nought."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from keyworker.cli import app
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import service, tell
from tests.servers.started import Database

SAYS = "Nothing has been loaded yet."


@pytest.mark.parametrize("command", ["children", "service", "posts", "due", "quality"])
def test_an_empty_record_says_beside_the_answer_that_nothing_was_loaded(
    as_database_url: Database, command: str
) -> None:
    answer = CliRunner().invoke(app, [command, "--json"], catch_exceptions=False)
    assert answer.exit_code == 0
    assert SAYS in answer.stderr
    json.loads(answer.stdout)


def test_a_record_that_holds_something_does_not(as_database_url: Database) -> None:
    with as_database_url.connect(DatabaseRole.LOADER) as connection:
        tell(connection, service())
    answer = CliRunner().invoke(app, ["service", "--at", "2026-03-20"], catch_exceptions=False)
    assert answer.exit_code == 0
    assert SAYS not in answer.stderr
