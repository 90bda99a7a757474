"""Names as words: written alike, a letter or two apart, the same to the ear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker.facts.name_words import (
    BEGINS,
    MOST_WORDS,
    NEAR,
    SAME,
    SOUNDS,
    Words,
    number_of,
    plain,
    sound_of,
    typed_numbers,
    typed_words,
    words_of,
)

KNOWN = Words.of(
    (word, sound_of(word))
    for word in ("ashby", "asher", "stephen", "mohammed", "catherine", "bo", "obrien", "testwood")
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("O’Brien", ["obrien"]),
        ("O'Brien", ["obrien"]),
        ("Zoë", ["zoe"]),
        ("Łukasz", ["lukasz"]),
        ("Bjørn", ["bjorn"]),
        ("Testwood-Sample", ["testwood", "sample", "testwoodsample"]),
        ("Anne Marie", ["anne", "marie"]),
        ("", []),
        (None, []),
    ],
)
def test_a_name_is_kept_as_words_without_accents_and_marks(name: str | None, words: list[str]) -> None:
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("typed", "word", "score"),
    [
        ("ashby", "ashby", SAME),
        ("ash", "ashby", BEGINS),
        ("ashbi", "ashby", NEAR),
        ("ahsby", "ashby", NEAR),  # two letters that changed places are one mistake
        ("steven", "stephen", SOUNDS),
        ("muhammad", "mohammed", SOUNDS),
        ("kathryn", "catherine", SOUNDS),
        ("bo", "bo", SAME),
    ],
)
def test_a_word_is_answered_by_the_same_its_beginning_one_a_letter_apart_and_one_that_sounds_alike(
    typed: str, word: str, score: float
) -> None:
    assert KNOWN.answering(typed)[word] == score


@pytest.mark.parametrize(
    ("typed", "word"),
    [("ba", "bo"), ("ashen", "ashby"), ("x", "ashby"), ("wood", "testwood"), ("zzzzzz", "ashby")],
)
def test_a_word_is_not_answered_by_one_that_is_farther_off(typed: str, word: str) -> None:
    assert word not in KNOWN.answering(typed)


def test_a_long_word_may_have_two_letters_wrong_and_answers_less_for_the_second() -> None:
    assert KNOWN.answering("testwod")["testwood"] > KNOWN.answering("tesdwod")["testwood"]


def test_a_number_is_looked_for_without_its_spaces_and_dashes() -> None:
    assert number_of("943 476-5919") == "9434765919"
    assert typed_numbers("943 476 5919") == ["9434765919", "943", "476", "5919"]
    assert typed_numbers("Ashby C-12") == ["ashbyc12", "c12"]


def test_only_a_few_words_of_what_is_typed_are_looked_at() -> None:
    assert typed_words("a b c d e f g h") == ["a", "b", "c", "d", "e", "f"] and MOST_WORDS == 6
    assert typed_words("  --  ") == []


@given(st.text(max_size=300))
def test_whatever_is_typed_is_words_of_letters_and_digits(text: str) -> None:
    words = typed_words(text)
    assert len(words) <= MOST_WORDS and all(word and word == plain(word) and word.isalnum() for word in words)
    for word in words:
        assert all(0 < score <= SAME for score in KNOWN.answering(word).values())
