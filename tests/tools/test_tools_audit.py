"""The audit of libraries: a known fault is told, and a list that cannot be asked never looks like a clean one."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """The tool, which is no part of the product and is read from where it lies."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    sys.modules["audit"] = made
    spec.loader.exec_module(made)
    return made


def _said(*answers: dict[str, object]) -> str:
    return json.dumps({"dependencies": list(answers), "fixes": []})


CLEAN = {"name": "made-up", "version": "1.0", "vulns": []}
FAULTY = {
    "name": "leaky",
    "version": "2.0",
    "vulns": [{"id": "MADE-UP-2026-1", "fix_versions": ["2.1"], "aliases": [], "description": "made up"}],
}
SKIPPED = {"name": "unheard", "skip_reason": "not found"}


def test_a_known_fault_is_told_with_the_version_that_mends_it_and_stops_a_build(audit: ModuleType) -> None:
    made = audit.read(_said(CLEAN, FAULTY), ["made-up", "leaky"])
    assert "leaky 2.0: MADE-UP-2026-1, mended in 2.1" in made.words()
    assert made.exit_code() == made.exit_code(in_a_build=True) == 1


def test_a_list_that_answers_about_everything_and_knows_no_fault_is_clean(audit: ModuleType) -> None:
    made = audit.read(_said(CLEAN), ["made-up"])
    assert made.exit_code() == 0
    assert "NOT AUDITED" not in made.words()


@pytest.mark.parametrize("said", ["", "no JSON", "{}", _said(), _said(SKIPPED)])
def test_a_list_that_cannot_be_asked_never_looks_clean(audit: ModuleType, said: str) -> None:
    made = audit.read(said, ["unheard"])
    assert "NOT AUDITED" in made.words() and "1 of 1" in made.words()
    assert made.exit_code() == 3
    assert made.exit_code(in_a_build=True) == 0


def test_one_library_that_was_not_asked_about_is_enough_to_say_so(audit: ModuleType) -> None:
    made = audit.read(_said(CLEAN, SKIPPED), ["made-up", "unheard", "never-named"])
    assert made.asked == 1 and made.unasked == ("never-named", "unheard")
    assert made.exit_code() == 3


def test_every_library_of_the_lock_is_looked_for_and_each_is_pinned_with_its_hashes(audit: ModuleType) -> None:
    for name in ("requirements.lock", "requirements-spark.lock", "tools/audit.lock"):
        lock = (ROOT / name).read_text()
        held = audit.pinned(lock)
        assert len(held) > 20 and len(set(held)) == len(held)
        assert lock.count("==") == len(held), "nothing is left open"
        blocks = lock.split("==")[1:]
        assert all("--hash=sha256:" in one for one in blocks)
    assert {"django", "cryptography", "fido2"} <= set(audit.pinned((ROOT / "requirements.lock").read_text()))
