"""Libraries that take long to load, loaded when something of them is first used.

    if TYPE_CHECKING:
        from scipy import stats
    else:
        stats = Late("scipy.stats")

Whoever starts a command waits only for what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Late:
    """Stands for a module until something of it is asked for. Takes its full name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, of_it: str) -> Any:
        found = getattr(import_module(self._name), of_it)
        setattr(self, of_it, found)
        return found
