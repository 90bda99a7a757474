"""A library that one thread does not find while another library is loaded."""

from __future__ import annotations

import importlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from keyworker.facts.unlooked import not_found

NAME = "colorsys"
"""A module that nothing else here loads."""


def test_one_thread_does_not_find_a_module_that_every_other_finds() -> None:
    sys.modules.pop(NAME, None)
    with not_found(NAME):
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module(NAME)
        importlib.import_module("keyword")
        with ThreadPoolExecutor(1) as other:
            assert other.submit(importlib.import_module, NAME).result().__name__ == NAME


def test_it_is_found_again_afterwards() -> None:
    sys.modules.pop(NAME, None)
    with not_found(NAME), pytest.raises(ModuleNotFoundError):
        importlib.import_module(NAME)
    assert importlib.import_module(NAME).__name__ == NAME


COMPILES = """
import sys
from keyworker.facts.compiled import compiled
@compiled
def one(): return 1
print("scipy" in sys.modules, one(), "scipy" in sys.modules, "numba" in sys.modules)
"""


def test_the_compiler_is_loaded_without_what_it_only_looks_for() -> None:
    told = subprocess.run([sys.executable, "-c", COMPILES], check=True, capture_output=True, text=True, timeout=60)
    assert told.stdout.split() == ["False", "1", "False", "True"]
