"""The manual's page on returns says what the tests hold."""

from __future__ import annotations

from pathlib import Path

from keyworker.vocabulary import TABLES
from tests.roundtrip.carried import CARRIED, TOLD_ONCE


def test_the_manual_says_what_each_return_carries(repo_root: Path):
    page = (repo_root / "docs" / "manual" / "returns.md").read_text(encoding="utf-8")
    for form, tables in CARRIED.items():
        for table, columns in tables.items():
            assert f"| `{table}` | {', '.join(columns)} |" in page, (form, table)
        for part, columns in TOLD_ONCE[form].items():
            assert f"- {part}: {'; '.join(columns)}" in page, (form, part)


def test_every_carried_column_is_a_described_one():
    for tables in CARRIED.values():
        for table, columns in tables.items():
            described = {*TABLES[table].column_names, "sex or gender"}
            assert set(columns) <= described, table
