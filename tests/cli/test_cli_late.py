"""A command loads what it needs: a list of the commands, or a word that is none, waits for nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from keyworker import cli
from keyworker.cli import app
from keyworker.cli.commands import COMMANDS
from keyworker.cli.late_commands import loaded

LARGE = frozenset({"django", "duckdb", "numba", "numpy", "pandas", "polars", "psycopg", "pyarrow", "scipy"})
"""Libraries of which each takes longer to load than everything that a list of the commands needs."""
FEW = 450
"""Modules. Python with the libraries of the command line and of tables on a screen has about 300."""
TOLD = "import json; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"


def modules_after(code: str) -> set[str]:
    """The modules that a process of its own has loaded once it has run this."""
    program = f"import sys\ntry:\n    {code}\nfinally:\n    {TOLD}"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(said.stderr))


@pytest.mark.parametrize("asked", [["--help"], ["load", "--help"], ["permissions"]])
def test_what_needs_no_record_loads_no_large_library_that_it_does_not_use(asked: list[str]) -> None:
    needed = LARGE - {"django", "numba", "scipy"} if asked[0] == "load" else frozenset()
    found = modules_after(f"from keyworker.cli import main; main({asked!r})")
    assert "keyworker.cli" in found
    assert found & LARGE <= needed


def test_the_list_of_commands_needs_few_modules() -> None:
    found = modules_after("from keyworker.cli import main; main(['--help'])")
    assert len(found) < FEW
    assert not {one for one in found if one.startswith("keyworker.actions")}


def test_a_command_that_sees_loads_neither_the_compiler_nor_the_laws_of_chance() -> None:
    found = modules_after("import keyworker.actions")
    assert "keyworker.measures.intervals" in found and "keyworker.clocks.pairing" in found
    assert not found & {"numba", "scipy", "xlsxwriter", "holidays", "django"}


def test_every_command_stands_in_the_list_with_the_line_that_its_module_says() -> None:
    for module, listed in COMMANDS.items():
        found = loaded(module)
        said = {name: " ".join(str(one.help).split("\n\n")[0].split()) for name, one in found.items()}
        assert said == dict(listed), module


def test_every_module_that_holds_commands_stands_in_the_list() -> None:
    holding = {one.stem for one in Path(cli.__file__).parent.glob("*.py") if "\ndef register(" in one.read_text()}
    assert "stories" in holding
    assert holding == set(COMMANDS)


def test_no_command_is_listed_twice() -> None:
    names = [name for listed in COMMANDS.values() for name in listed]
    assert len(names) == len(set(names))


def test_a_mistyped_command_is_answered_with_what_was_meant() -> None:
    said = CliRunner().invoke(app, ["chilren"])
    assert said.exit_code == 2
    assert "Did you mean 'children'" in said.stderr


def test_the_last_command_of_the_list_is_run_in_full() -> None:
    said = CliRunner().invoke(app, ["sign-ins", "--help"])
    assert said.exit_code == 0
    assert "unlock" in said.stdout
