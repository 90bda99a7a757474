"""What an analyst has: a command line, a data folder of their own, files."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.servers.started import Database
from tests.servers.typed import COMMAND

Said = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Analyst:
    """Types commands, each a process of its own, and reads what is printed."""

    folder: Path

    def types(self, *arguments: object, expect: int | None = 0) -> Said:
        """Run a command. Takes expect, the exit code that it must give (None: any)."""
        said = subprocess.run(
            [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        assert "Traceback" not in said.stderr, said.stderr
        if expect is not None:
            assert said.returncode == expect, said.stderr + said.stdout
        return said

    def loads(self, *arguments: object) -> list[dict[str, Any]]:
        """Load files, check that every row is accounted for, and give what was said of each source."""
        reports: list[dict[str, Any]] = json.loads(self.types("load", *arguments, "--json").stdout)["loads"]
        for report in reports:
            for table, told in report["tables"].items():
                accounted = told["added"] + told["changed"] + told["unchanged"] + told["set_aside"]
                assert told["read"] == accounted, table
        return reports

    def writes(self, name: str, text: str) -> Path:
        """A file in the analyst's own folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def analyst(as_database_url: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Analyst:
    monkeypatch.setenv("KEYWORKER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return Analyst(tmp_path)


@pytest.fixture
def bystander(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Types commands that need no record."""
    monkeypatch.setenv("KEYWORKER_HOME", str(tmp_path / "home"))
    return Analyst(tmp_path).types
