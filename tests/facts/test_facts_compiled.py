"""Functions that look at each of many rows: compiled when first called, also where one calls another."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from keyworker.facts.compiled import compiled


@compiled
def doubled(number: int) -> int:
    """Twice a number."""
    return number * 2


@compiled
def doubled_and_added(numbers: np.ndarray) -> int:
    """Twice each number, added up."""
    total = 0
    for one in numbers:
        total += doubled(one)
    return total


def test_a_compiled_function_gives_what_the_same_function_gives_uncompiled() -> None:
    assert doubled(21) == 42


def test_a_compiled_function_may_call_another_that_was_not_called_before() -> None:
    assert doubled_and_added(np.arange(5)) == 20


def test_a_compiled_function_keeps_its_name_and_what_is_said_of_it() -> None:
    assert (doubled.__name__, doubled.__doc__) == ("doubled", "Twice a number.")
    assert doubled.__wrapped__(21) == 42  # type: ignore[attr-defined]


def test_of_the_compiler_little_is_held_once_a_function_was_compiled_and_the_next_is_compiled_all_the_same() -> None:
    assert doubled(2.5) == 5.0
    assert instructions_held() < 20
    assert doubled(np.float32(1.5)) == 3.0
    assert instructions_held() < 20


def instructions_held() -> float:
    """How much of the compiler's own instructions is in memory, in MiB: some 60 while it works."""
    maps = Path("/proc/self/smaps").read_text(encoding="utf-8")
    held = re.findall(r"r-xp [^\n]*libllvmlite\.so\n(?:\w+:[^\n]*\n)*?Rss:\s+(\d+) kB", maps)
    assert held, "the compiler was not loaded"
    return sum(map(int, held)) / 1024
