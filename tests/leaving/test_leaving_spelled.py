"""A marked value is found however it is spelled, and what only looks like it is left alone."""

from __future__ import annotations

import pytest

from keyworker.access.spelled import spelled

HOME = '{"HOUSE": "12", "STREET": "Quillberry Lane", "TOWN": "Nowhere", "COUNTRY": "England"}'
ADDRESS = spelled("address", (HOME, "ZZ1 2AB"))
CARER = spelled("carer", ("Mrs Jane Madeup-Oxley",), frozenset({"Ashby Fictional"}))
SCHOOL = spelled("school", ("St Fernbank's C of E Primary School",))
FACT = spelled("fact", ("is having another baby",))


@pytest.mark.parametrize(
    "text",
    [
        "They live at 12 Quillberry Lane.",
        "QUILLBERRY LN",
        "the corner of quillberry  lane",
        "quillberry-lane.html",
        "Quill\u00adberry Lane",
        "Qu\u200billberry Lane",
        "Quillbérry Lane",
        "QuillberryLane",
        "post to ZZ1 2AB",
        "zz12ab",
        "Z Z 1 2 A B",
        "ZZI 2AB",
        "ｚｚ１ ２ａｂ",
        "near Nowhere town hall",
    ],
)
def test_an_address_is_told_by_its_street_its_town_or_its_postcode_however_written(text: str) -> None:
    assert ADDRESS.is_told_by(text)


@pytest.mark.parametrize(
    "text",
    [
        "They live in England.",
        "12 visits were made",
        "Lane closed",
        "born on 12 March",
        "quill and berry",
        "ZZ1 3AB",
        "",
    ],
)
def test_words_that_any_address_has_tell_none(text: str) -> None:
    assert not ADDRESS.is_told_by(text)


def test_the_first_half_of_a_postcode_may_tell_it_and_is_only_a_hint() -> None:
    assert ADDRESS.is_hinted_at_by("back to Quillberry") and not ADDRESS.is_told_by("back to Quillberry")
    assert ADDRESS.is_hinted_at_by("somewhere in ZZ1") and not ADDRESS.is_told_by("somewhere in ZZ1")


@pytest.mark.parametrize("text", ["Jane Madeup-Oxley", "Oxley, Jane Madeup", "Mrs Oxley", "the Oxleys’ house"])
def test_a_carer_is_told_by_the_whole_name_or_the_family_name(text: str) -> None:
    assert CARER.is_told_by(text)


def test_a_first_name_alone_is_a_hint_for_many_have_it() -> None:
    assert CARER.is_hinted_at_by("Jane came") and not CARER.is_told_by("Jane came")


def test_a_family_name_that_is_also_the_childs_tells_nothing_alone() -> None:
    kin = spelled("carer", ("Rose Fictional",), frozenset({"Ashby Fictional"}))
    assert not kin.is_told_by("Ashby Fictional came") and kin.is_told_by("Rose Fictional came")


@pytest.mark.parametrize(
    "text",
    ["Fernbank's", "fern-bank", "F E R N B A N K", "St Fernbanks C of E Primary School", "Saint Fernbank’s primary"],
)
def test_a_school_is_told_by_its_own_word(text: str) -> None:
    assert SCHOOL.is_told_by(text)


def test_words_that_every_school_has_tell_none() -> None:
    assert not SCHOOL.is_told_by("the primary school of St Mary, C of E")


@pytest.mark.parametrize("text", ["Fern-bank school", "Fernbank’s", "the imaginary school"])
def test_one_own_word_of_a_school_of_two_is_a_hint_however_parted(text: str) -> None:
    two = spelled("school", ("Fernbank Imaginary Primary School",))
    assert two.is_hinted_at_by(text) and not two.is_told_by(text)
    assert not two.is_hinted_at_by("a fern by the bank of the primary school")


def test_a_fact_is_told_by_its_own_words_and_not_by_half_of_them() -> None:
    assert FACT.is_told_by("Mum is having  another baby!") and not FACT.is_told_by("another baby is ill")
