"""Every command as each role: nothing is told of a child beyond the role, of a restricted one, or of others' notes.

The commands are found by themselves: those that open the record. One who is beyond is answered as one who is nobody.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from enum import Enum
from inspect import unwrap
from typing import Any

import pytest
from click.testing import CliRunner

from keyworker.access import Scope, Thing, who_may
from keyworker.access.table import roles
from keyworker.cli.late_commands import loaded
from keyworker.record.connect import DatabaseRole
from tests.access.made import NOW
from tests.cli.asking_as import asking_as
from tests.cli.test_cli_restricted import WORDS
from tests.servers.started import Database, Server
from tests.web import crawled
from tests.web.crawling import sees

OPENS = {"opened", "seeing", "Keyworker"}
"""What a module has at hand whose commands open the record; no other command sees or writes anything of a child."""
LOADS = {"load", "load-own"}
"""They take files in: whoever may is whoever keeps the data."""


@pytest.fixture(scope="module")
def made(embedded_server: Server) -> Iterator[tuple[Database, crawled.Known]]:
    """The service that the crawler of the pages asks about."""
    database = embedded_server.fresh()
    crawled.make(database)
    yield database, crawled.known(database)
    embedded_server.drop(database)


def commands() -> dict[str, Any]:
    return {
        name: one
        for name, one in loaded().items()
        if one.callback and name not in LOADS and OPENS & set(vars(sys.modules[unwrap(one.callback).__module__]))
    }


def told(command: Any, child: str, folder: str) -> list[str]:
    """What a command is told: whatever it needs, about a child wherever it can be told of one."""
    said = []
    for parameter in command.params:
        is_child = parameter.name in ("child", "child_id")
        if not (parameter.required or is_child):
            continue
        if getattr(parameter, "is_flag", False):
            said.append(parameter.opts[0])
            continue
        value = child if is_child else _word(parameter, child, folder)
        said += [value] if parameter.param_type_name == "argument" else [parameter.opts[0], value]
    given = {one.name for one in command.params}
    said += ["--names"] if "names" in given else []
    said += ["--json"] if {"as_json", "json"} & given else []
    said += ["--at", "2026-03-20"] if "at" in given else []
    return [*said, *(["--reason", "a made-up reason that is long enough"] if "reason" in given else [])]


def _word(parameter: Any, child: str, folder: str) -> str:
    if parameter.name in ("out", "folder"):
        return f"{folder}/none-such"
    taken = parameter.type_descriptor.annotation
    if isinstance(taken, type) and issubclass(taken, Enum):
        return str(next(iter(taken)).value)
    return "1" if taken is int else WORDS.get(parameter.name, f"none-such-{child}")


def asking() -> list[str]:
    """Who asks: in a build the first role that sees its own children alone, since each asks some hundred commands;
    every role where KEYWORKER_HISTORIES is set, as `make histories` does."""
    if os.environ.get("KEYWORKER_HISTORIES"):
        return list(roles())
    return [next(role for role in roles() if who_may()[Thing.CHILD].cell(role).scope is Scope.OWN)]


@pytest.mark.parametrize("role", asking())
def test_no_command_tells_a_role_of_a_child_beyond_it_nor_of_a_restricted_one_nor_writes_about_them(
    role: str, made: tuple[Database, crawled.Known], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    database, known = made
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KEYWORKER_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", database.url)
    asked = {"hid": known.children["hid"], "nobody": crawled.NOBODY}
    asked |= {} if sees(role, Thing.CHILD, Thing.CHILDREN, Thing.COPIES) else {"all": known.children["all"]}
    faults: list[tuple[str, object]] = []
    found, runner = commands(), CliRunner()
    assert len(found) > 40
    with database.connect(DatabaseRole.OWNER, autocommit=True) as owner, asking_as(database, role, NOW, monkeypatch):
        acts = _acts(owner)
        for name, command in found.items():
            takes_child = any(one.name in ("child", "child_id") for one in command.params)
            said = {}
            for child, handle in asked.items() if takes_child else [("nobody", crawled.NOBODY)]:
                answer = runner.invoke(command, told(command, handle, str(tmp_path)))
                words = f"{answer.output} {answer.exception!r}".replace(handle, "CHILD")
                faults += [(name, what) for what in _leaks(words, role, known)]
                # A long handle wraps a line of a usage error elsewhere.
                said[child] = re.sub(r"[\s│╭╮╰╯─]+", "", f"{answer.output} {answer.exception!r}").replace(
                    handle, "CHILD"
                )
            faults += [
                (name, f"of {child} another answer than of nobody") for child in said if said[child] != said["nobody"]
            ]
        assert _acts(owner) == acts
    assert faults == []


def _acts(owner: Any) -> int:
    return int(owner.execute("select count(*) from record.act").fetchone()[0])


def _leaks(words: str, role: str, known: crawled.Known) -> Iterator[str]:
    if crawled.HIDDEN in words or known.children["hid"] in words or '"child_id": "hid"' in words:
        yield "the restricted child"
    if crawled.NOTE in words or crawled.WHY_AWAY in words:
        yield "a note of a supervision of others, or why somebody is away"
    if crawled.NAME in words and who_may()[Thing.NAMES].cell(role).scope is not Scope.ALL:  # a reason was typed
        yield "the child's name"
    if known.children["all"] in words and not sees(role, Thing.CHILD, Thing.CHILDREN):
        yield "the child's handle"
