"""The manual's pages about attacks say only what is so: each test that they name exists, each gap is said in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MANUAL = ROOT / "docs" / "manual"
LEVEL_2: dict[str, Iterable[int]] = {
    "1.1": range(1, 8),
    "1.2": range(1, 5),
    "1.4": (1, 4, 5),
    "1.5": range(1, 5),
    "1.6": range(1, 5),
    "1.7": range(1, 3),
    "1.8": range(1, 3),
    "1.9": range(1, 3),
    "1.10": (1,),
    "1.11": range(1, 3),
    "1.12": (2,),
    "1.14": range(1, 7),
    "2.1": range(1, 13),
    "2.2": range(1, 4),
    "2.3": range(1, 4),
    "2.4": range(1, 6),
    "2.5": range(1, 8),
    "2.6": range(1, 4),
    "2.7": range(1, 7),
    "2.8": range(1, 8),
    "2.9": range(1, 4),
    "2.10": range(1, 5),
    "3.1": (1,),
    "3.2": range(1, 5),
    "3.3": range(1, 5),
    "3.4": range(1, 6),
    "3.5": range(1, 4),
    "3.7": (1,),
    "4.1": (1, 2, 3, 5),
    "4.2": range(1, 3),
    "4.3": range(1, 4),
    "5.1": range(1, 6),
    "5.2": range(1, 9),
    "5.3": range(1, 11),
    "5.4": range(1, 4),
    "5.5": range(1, 5),
    "6.1": range(1, 4),
    "6.2": range(1, 7),
    "6.3": range(1, 3),
    "6.4": range(1, 3),
    "7.1": range(1, 5),
    "7.2": range(1, 3),
    "7.3": (1, 3, 4),
    "7.4": range(1, 4),
    "8.1": range(1, 5),
    "8.2": range(1, 4),
    "8.3": range(1, 9),
    "9.1": range(1, 4),
    "9.2": range(1, 5),
    "10.2": range(1, 3),
    "10.3": range(1, 4),
    "11.1": range(1, 9),
    "12.1": range(1, 4),
    "12.2": (1,),
    "12.3": range(1, 7),
    "12.4": range(1, 3),
    "12.5": range(1, 3),
    "12.6": (1,),
    "13.1": (1, 3, 4, 5),
    "13.2": (1, 2, 3, 5, 6),
    "13.3": range(1, 3),
    "13.4": range(1, 3),
    "14.1": range(1, 5),
    "14.2": range(1, 7),
    "14.3": range(2, 4),
    "14.4": range(1, 8),
    "14.5": range(1, 5),
}
"""The requirements of level 2 of version 4.0.3, as OWASP marks them; numbers left out were withdrawn there."""
STANDS = ("Held", "Partly", "Gap", "Council", "Not used")


def _tests() -> set[str]:
    return {
        name
        for one in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", one.read_text(), re.MULTILINE)
    }


def _rows() -> list[tuple[str, str, str]]:
    return re.findall(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+) \|$", (MANUAL / "asvs.md").read_text(), re.MULTILINE)


@pytest.mark.parametrize("page", ["asvs.md", "threat-model.md"])
def test_each_test_that_a_page_about_attacks_names_exists(page: str) -> None:
    named = set(re.findall(r"`(test_\w+)`", (MANUAL / page).read_text()))
    assert len(named) > 30
    assert named - _tests() == set()


def test_every_requirement_of_level_2_has_one_line() -> None:
    asked = [f"{section}.{number}" for section, numbers in LEVEL_2.items() for number in numbers]
    assert [number for number, _, _ in _rows()] == asked


def test_each_line_says_how_it_stands_and_what_holds_it_or_what_is_missing() -> None:
    for number, _, stands in _rows():
        word, _, why = stands.partition(": ")
        assert word in STANDS, number
        assert len(why.split()) >= 3 or "`test_" in why, number


def test_the_threat_model_says_of_nearly_everybody_what_does_not_hold() -> None:
    parts = (MANUAL / "threat-model.md").read_text().split("\n### ")[1:]
    assert len(parts) >= 12
    assert all("`test_" in one for one in parts)
    assert sum("*Does not hold:*" in one for one in parts) >= len(parts) - 1


@pytest.mark.parametrize("page", ["asvs.md", "threat-model.md", "signing-in.md"])
def test_each_link_between_these_pages_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (MANUAL / page).read_text())
    assert links
    assert [one for one in links if not (MANUAL / one).exists()] == []
