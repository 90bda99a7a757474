"""A library that takes long to load is loaded when something of it is first used."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from keyworker.vocabulary.late import Late


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a library that was not loaded yet."""
    (tmp_path / "made_up_slow_library.py").write_text(
        "loads = []\nloads.append('now')\n\n\ndef half(of):\n    return of / 2\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "made_up_slow_library", raising=False)
    return "made_up_slow_library"


def test_a_library_is_loaded_when_something_of_it_is_first_used(slow: str) -> None:
    late = Late(slow)
    assert slow not in sys.modules
    assert late.half(3) == 1.5
    assert slow in sys.modules


def test_what_a_library_does_not_have_is_an_error_that_names_it(slow: str) -> None:
    with pytest.raises(AttributeError, match=r"made_up_slow_library.*third"):
        Late(slow).third  # noqa: B018


def test_a_library_that_is_not_there_says_so_when_it_is_used() -> None:
    late = Late("made_up_absent_library")
    with pytest.raises(ModuleNotFoundError, match="made_up_absent_library"):
        late.half(3)
