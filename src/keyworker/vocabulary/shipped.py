"""The data that the vocabulary ships with: code lists, bank holidays, file layouts. `data/SOURCES.md` says whence."""

from __future__ import annotations

import csv
from importlib.resources import files


def text(name: str) -> str:
    """One shipped file as text."""
    return files("keyworker.vocabulary").joinpath("data").joinpath(name).read_text(encoding="utf-8")


def rows(name: str) -> list[dict[str, str]]:
    """One shipped CSV file, a mapping by heading for each row."""
    return list(csv.DictReader(text(name).splitlines()))
