"""The manual's page of methods: its examples run, and no method is without its formula and source there."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from keyworker import measures
from keyworker.measures.about import Method
from keyworker.measures.suppression import PUBLIC, Rule, staff

PAGE = "docs/manual/methods.md"


def methods() -> Iterator[Method]:
    """Every method that the modules of the room name."""
    for module in pkgutil.walk_packages(measures.__path__, "keyworker.measures."):
        for value in vars(importlib.import_module(module.name)).values():
            for one in value.values() if isinstance(value, dict) else [value]:
                if isinstance(one, Method):
                    yield one
                if isinstance(one, Rule):
                    yield one.method
    yield PUBLIC.method
    yield staff().method


def test_the_examples_of_the_manual_give_what_it_prints(repo_root: Path):
    results = doctest.testfile(str(repo_root / PAGE), module_relative=False, encoding="utf-8")
    assert results.attempted > 30
    assert results.failed == 0


def test_every_method_stands_in_the_manual_with_its_formula_and_source(repo_root: Path):
    page = (repo_root / PAGE).read_text(encoding="utf-8")
    found = set(methods())
    assert len(found) > 25
    for one in found:
        for part in (one.name, one.formula, one.source):
            assert part in page, part
