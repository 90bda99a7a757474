"""How much memory this process has held at most."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

_MOST = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


def peak_mib() -> int:
    """The most that this program has held since it began, its libraries included, in MiB.

    What `getrusage` says of a process goes on from whoever started it: a benchmark that made its data first would show
    its own peak for every engine.
    """
    found = _MOST.search(Path("/proc/self/status").read_text())
    if found is None:
        raise RuntimeError("This system does not say how much memory a process has held; measure on Linux.")
    return int(found.group(1)) >> 10


def without(*modules: str) -> None:
    """Have this process find no such modules, as where the product alone is installed.

    Arrow loads pandas where it finds it, for nothing that is asked of it here: 25 to 30 MiB that no council has.
    """
    sys.meta_path[:] = [_Without(finder, modules) for finder in sys.meta_path]


class _Without:
    """What finds modules, but for some."""

    def __init__(self, finder: Any, modules: Sequence[str]) -> None:
        self._finder, self._modules = finder, modules

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Where a module is."""
        if name.partition(".")[0] in self._modules:
            return None
        found: ModuleSpec | None = self._finder.find_spec(name, path, target)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._finder, name)
