"""No command gives a restricted child's name, number or handle, unless what it is for is typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from keyworker.cli import app
from keyworker.cli.late_commands import loaded
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.record.connect import DatabaseRole
from tests.access.made import told
from tests.access.restricting import restricted
from tests.servers.started import Database

NAME = "All Madeup"
WORDS = {
    "worker_id": "cal",
    "team_id": "t3",
    "post_id": "p1",
    "measure": "open-children",
    "name": "open-children",
    "rule_id": "cp-visit",
    "rule": "cp-visit",
}
"""What stands for what a command must be told, beside a child."""


@pytest.fixture
def hidden(as_database_url: Database) -> Iterator[str]:
    """The made-up service, of which `all` is restricted to somebody who is not here; gives the child's handle."""
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        told(loader)
    restricted(as_database_url, "all", "nobody.here")
    with as_database_url.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        yield handles_of(connection, HandleKind.CHILD, ["all"])["all"]


def _commands() -> dict[str, Any]:
    """Every command that sees, found by the options that all of them share."""
    return {
        name: one
        for name, one in loaded().items()
        if {"restricted", "known_at"} <= {parameter.name for parameter in one.params}
    }


def _asked(command: Any, child: str) -> list[str]:
    """What a command is told: whatever it needs, and the child wherever it can be told of one."""
    said = []
    for parameter in command.params:
        is_child = parameter.name in ("child", "child_id")
        if not (parameter.required or is_child):
            continue
        value = child if is_child else WORDS.get(str(parameter.name), "none-such")
        said += [value] if parameter.param_type_name == "argument" else [parameter.opts[0], value]
    names = ["--names"] if any(one.name == "names" for one in command.params) else []
    return [*said, *names, "--at", "2026-03-20", "--json", "--reason", "test"]


def test_no_command_that_sees_tells_of_a_restricted_child_nor_answers_otherwise_than_of_nobody(hidden: str) -> None:
    commands = _commands()
    assert len(commands) > 20
    faults = []
    for name, command in commands.items():
        said = []
        for child in (hidden, "all", "nobodyhasthishandle1"):
            answer = CliRunner().invoke(app, [name, *_asked(command, child)])
            said.append(f"{answer.output} {answer.exception!r}".replace(child, "CHILD") if child != "all" else "")
            words = f"{answer.output} {answer.exception}"
            if NAME in words or hidden in words.replace(child, "") or '"child_id": "all"' in words:
                faults.append((name, child))
        if said[0] != said[2]:
            faults.append((name, "another answer than of nobody"))
    assert faults == []


@pytest.mark.parametrize("command", ["children", "due"])
def test_a_reason_opens_restricted_children_to_the_keeper_of_the_machine(hidden: str, command: str) -> None:
    asked = [command, "--at", "2026-03-20", "--json", "--names", "--reason", "the census asks for every child"]
    asked += ["--district", "Marl"] if command == "due" else []
    assert NAME not in CliRunner().invoke(app, asked).output
    assert NAME in CliRunner().invoke(app, [*asked, "--restricted"]).output


def test_restricted_children_are_not_opened_without_a_reason(hidden: str) -> None:
    answer = CliRunner().invoke(app, ["children", "--restricted"])
    assert "need a reason" in str(answer.exception)


def test_a_child_is_restricted_named_for_and_lifted_by_command(as_database_url: Database) -> None:
    with as_database_url.connect(DatabaseRole.LOADER) as loader:
        told(loader)

    def run(*arguments: str) -> str:
        answer = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
        return answer.output

    assert "Restricted" in run("restrict", "own", "--kind", "adoption", "--why", "is placed", "--name", "director")
    assert "Named" in run("name", "own", "social.worker", "--why", "holds the child")
    (row,) = json.loads(run("restricted", "--json"))
    assert {"director", "social.worker"} < set(row["named"].split(", "))
    assert "Taken back" in run("unname", "own", "social.worker", "--why", "holds the child no more")
    assert "Lifted" in run("lift", "own", "--why", "the order was refused")
    assert "You are named for no restricted child" in run("restricted")


def test_the_log_is_searched_by_command_and_by_sign_in_only_for_a_reason(hidden: str) -> None:
    assert '"route": "children"' not in CliRunner().invoke(app, ["access-log", "--json"]).output
    CliRunner().invoke(app, ["children", "--json"])
    assert '"route": "children"' in CliRunner().invoke(app, ["access-log", "--json"]).output
    answer = CliRunner().invoke(app, ["access-log", "--account", "social.worker"])
    assert "only for a reason" in str(answer.exception)
