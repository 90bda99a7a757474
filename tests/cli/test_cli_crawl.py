"""Every command as each role: nothing is told of a child beyond the role, of a restricted one, or of others' notes.

The commands are found by themselves: those that open the record. One who is beyond is answered as one who is nobody.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from inspect import unwrap
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import keyworker
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
COUNT_EVERYBODY = {"areas", "measure", "quality", "service", "team", "team-over-time", "worker"}
"""Figures of a worker, a team or the service: they count every child, also whom the role may not see, and say so."""
TELL_OF_ASKING = {"access-log", "exports", "snapshot", "snapshots"}
"""What they say is of what was asked before, or another each time."""
EVERY_ROLE = bool(os.environ.get("KEYWORKER_HISTORIES"))
FIRST = next(role for role in roles() if who_may()[Thing.CHILD].cell(role).scope is Scope.OWN)


@pytest.fixture(scope="module")
def made(embedded_server: Server) -> Iterator[Asked]:
    """The service that the crawler of the pages asks about."""
    database = embedded_server.fresh()
    crawled.make(database)
    yield Asked(database, crawled.known(database))
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
    """Who asks: in a build the first role that sees its own children alone, and one other in its turn, since each asks
    some hundred commands; every role where KEYWORKER_HISTORIES is set, as `make histories` does."""
    if EVERY_ROLE:
        return list(roles())
    others = [role for role in roles() if role != FIRST]
    return [FIRST, others[_turn() % len(others)]]


def _turn() -> int:
    """Whose turn it is, by what the rooms hold that answer a command: the same program is always asked the same."""
    rooms = Path(keyworker.__file__).parent
    texts = sorted(path for room in ("access", "actions", "cli", "record") for path in (rooms / room).rglob("*.py"))
    return int.from_bytes(sha256(b"".join(path.read_bytes() for path in texts)).digest())


@dataclass(frozen=True)
class Asked:
    """The service that commands are asked about. Takes heard, by role what each command says that is of no child."""

    database: Database
    known: crawled.Known
    heard: dict[str, dict[str, str]] = field(default_factory=dict)


@contextmanager
def _running(made: Asked, role: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Callable[..., str]]:
    """Within it commands run as a role, in an empty folder. Gives what runs one of them about a child."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KEYWORKER_HOME", str(folder))
    monkeypatch.setenv("DATABASE_URL", made.database.url)
    runner = CliRunner()

    def run(command: Any, handle: str) -> str:
        answer = runner.invoke(command, told(command, handle, "."))  # a long path would wrap elsewhere each time
        return f"{answer.output} {answer.exception!r}".replace(str(folder), "FOLDER")

    with asking_as(made.database, role, NOW, monkeypatch):
        yield run


@pytest.mark.parametrize("role", asking())
def test_no_command_tells_a_role_of_a_child_beyond_it_nor_of_a_restricted_one_nor_writes_about_them(
    role: str, made: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    known = made.known
    asked = {"hid": known.children["hid"], "nobody": crawled.NOBODY}
    asked |= {} if sees(role, Thing.CHILD, Thing.CHILDREN, Thing.COPIES) else {"all": known.children["all"]}
    faults: list[tuple[str, object]] = []
    found = commands()
    assert len(found) > 40
    with (
        made.database.connect(DatabaseRole.OWNER, autocommit=True) as owner,
        _running(made, role, monkeypatch, tmp_path) as run,
    ):
        acts = _acts(owner)
        for name, command in found.items():
            said = {}
            for child, handle in asked.items() if _takes_child(command) else [("nobody", crawled.NOBODY)]:
                words = run(command, handle)
                faults += [(name, what) for what in _leaks(words.replace(handle, "CHILD"), role, known)]
                said[child] = _flowing(words).replace(handle, "CHILD")
            faults += [
                (name, f"of {child} another answer than of nobody") for child in said if said[child] != said["nobody"]
            ]
            if not _takes_child(command):
                made.heard.setdefault(role, {})[name] = said["nobody"]
        assert _acts(owner) == acts
    assert faults == []


def test_no_list_of_a_command_moves_with_restricted_children_of_the_same_worker_and_of_others(
    made: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Asked after the commands were heard above, of some who were then not there."""
    assert set(made.heard) >= {FIRST}, "run the whole module"
    crawled.more_hidden(made.database)
    moved, lists = [], {name: one for name, one in commands().items() if name not in COUNT_EVERYBODY | TELL_OF_ASKING}
    for role, heard in made.heard.items() if EVERY_ROLE else [(FIRST, made.heard[FIRST])]:
        with _running(made, role, monkeypatch, tmp_path) as run:
            said = {name: _flowing(run(lists[name], crawled.NOBODY)) for name in heard if name in lists}
            now = {name: words.replace(crawled.NOBODY, "CHILD") for name, words in said.items()}
        moved += [(role, name) for name in now if now[name] != heard[name]]
        assert len(now) > 30
    assert moved == []


def _takes_child(command: Any) -> bool:
    return any(one.name in ("child", "child_id") for one in command.params)


def _flowing(words: str) -> str:
    """What was said, without what a long handle moves: a usage error wraps elsewhere."""
    return re.sub(r"[\s│╭╮╰╯─]+", "", words)


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
