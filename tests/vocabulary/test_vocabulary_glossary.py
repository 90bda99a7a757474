"""The glossary holds one word per idea."""

from __future__ import annotations

from pathlib import Path

import pytest

NEEDED = """
accountable worker, lead worker, co-worker, unallocated, last attempted, last seen, last seen alone, cut, load, known,
vanishing, no longer reported, set aside, source, precedence, meaning, moment, standing, step, handle, district,
team type, role class, throughline, ribbon, gap, made-up county, extract, child, worker, allocation, visit, entry,
correction, erasure, fact, clock, edition, measure, reading, option, case, return, refusal
"""


@pytest.fixture(scope="module")
def terms(repo_root: Path) -> list[tuple[str, str, str]]:
    """Each word, what it means, and the words that are not used for it."""
    lines = (repo_root / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [(word, means, instead) for word, means, instead in cells[1:]]


def test_terms_stand_in_alphabetical_order_without_duplicates(terms: list[tuple[str, str, str]]):
    """A word is found where the alphabet puts it, and once."""
    words = [word for word, _, _ in terms]
    assert words == sorted(words)
    assert len(set(words)) == len(words) > 40


def test_every_term_has_a_meaning(terms: list[tuple[str, str, str]]):
    """No word stands without saying what it means."""
    assert all(len(means) > 10 for _, means, _ in terms)


def test_the_words_of_the_first_pages_are_there(terms: list[tuple[str, str, str]]):
    """What pages, commands and loads say can be looked up."""
    wanted = {word.strip() for word in NEEDED.replace("\n", " ").split(",")}
    assert wanted <= {word for word, _, _ in terms}


def test_no_word_is_used_for_an_idea_that_has_another(terms: list[tuple[str, str, str]]):
    """A word that is put aside for one idea is put forward for none."""
    words = {word for word, _, _ in terms}
    aside = {one.strip() for _, _, instead in terms for one in instead.split(",") if one.strip()}
    assert not words & aside
