"""The map of rooms in DEVELOPERS.md, the import contract and the folders say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path


def drawn(repo_root: Path) -> list[set[str]]:
    """The rooms that the map shows, line by line; rooms in brackets are not built yet."""
    text = (repo_root / "DEVELOPERS.md").read_text(encoding="utf-8")
    block = re.search(r"```\n(cli .*?)```", text, re.DOTALL)
    assert block
    lines = [line for line in block.group(1).splitlines() if line and not line.startswith(" ")]
    return [set(re.split(r" {3,}", line)[0].split()) for line in lines]


def contract(repo_root: Path) -> list[set[str]]:
    """The rooms of the import contract, layer by layer."""
    settings = tomllib.loads((repo_root / "pyproject.toml").read_text(encoding="utf-8"))
    (layered,) = (one for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    assert layered["exhaustive"]
    return [{name.strip() for name in layer.split("|")} for layer in layered["layers"]]


def test_the_map_and_the_contract_have_the_same_lines(repo_root: Path):
    assert drawn(repo_root) == contract(repo_root)


def test_every_folder_is_a_room_of_the_map_and_every_built_room_has_a_folder(repo_root: Path):
    package = repo_root / "src" / "keyworker"
    folders = {path.parent.name for path in package.glob("*/__init__.py")}
    rooms = set().union(*drawn(repo_root))
    assert folders == {room for room in rooms if not room.startswith("(")}


def test_every_room_says_what_it_is_for(repo_root: Path):
    for init in (repo_root / "src" / "keyworker").glob("*/__init__.py"):
        assert init.read_text(encoding="utf-8").startswith('"""'), init


def test_the_web_framework_lives_only_in_web(repo_root: Path):
    package = repo_root / "src" / "keyworker"
    found = {
        path.relative_to(package).parts[0]
        for path in package.rglob("*.py")
        if re.search(r"^\s*(import|from) django", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert found == {"web"}
