"""The draft data protection impact assessment names only tests that exist, and leaves to the council what is theirs."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "manual" / "dpia.md"
RISKS = "## Risks"


def test_each_measure_is_held_by_a_test_that_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE.read_text())
    assert len(named) > 12
    missing = [(file, name) for file, name in named if f"def {name}(" not in _text(file)]
    assert missing == []


def test_each_risk_says_how_grave_it_is_before_and_after_and_which_test_holds_it() -> None:
    part = PAGE.read_text().split(RISKS)[1].split("\n## ")[0]
    rows = [row.strip("|").split(" | ") for row in part.splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 8
    for _, before, done, tests, after in rows:
        assert before.strip() in ("low", "medium", "high", "very high")
        assert after.strip().split(":")[0].split(" ")[0] in ("low", "medium", "high")
        assert len(done.split()) > 3 and "`tests/" in tests


def test_what_is_the_councils_is_left_to_it_and_consultation_is_not_made_up() -> None:
    part = PAGE.read_text().split("## Whom to consult")[1]
    rows = [row for row in part.splitlines() if row.startswith("| ")][1:]
    assert len(rows) >= 5 and all("[" in row for row in rows)
    assert "This is a draft" in PAGE.read_text()


def _text(file: str) -> str:
    return (ROOT / file).read_text()
