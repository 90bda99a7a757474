"""Code lists, the words that code decides by, and the causes of a change of worker."""

from __future__ import annotations

from enum import StrEnum

import pytest

from keyworker.facts.pictures import Outcome, Role
from keyworker.vocabulary import TABLES, words
from keyworker.vocabulary.allocation_roles import PUBLISHED, role_by_published_word
from keyworker.vocabulary.causes import Cause, local_causes, published_cause
from keyworker.vocabulary.codes import codes, codes_in_full, collections_of, list_names


def test_every_list_that_a_column_names_exists():
    """A column may name only a code list that is shipped."""
    named = {column.codes for table in TABLES.values() for column in table.columns if column.codes}
    assert named <= set(list_names())


def test_every_code_has_a_label_and_stands_once_in_its_list():
    """No list says one code twice or leaves a code without words."""
    for name in list_names():
        for collection in collections_of(name):
            found = codes_in_full(name, collection)
            assert len({one.code for one in found}) == len(found) > 0, name
            assert all(one.label.strip() for one in found), name


def test_a_list_differs_by_collection():
    """The workforce census numbers the roles that our own list has in words."""
    assert list(codes("role_class", "CSWW")) == ["1", "2", "3", "4", "5", "6"]
    assert "case holder" in codes("role_class")
    assert codes("sex", "SSDA903")["1"] == "Male"


def test_a_column_may_hold_the_code_of_any_return():
    """Without a collection a list has every code that a return uses, so that any source can be put in words."""
    assert codes("category_of_abuse")["NEG"] == codes("category_of_abuse")["Neglect"] == "Neglect"
    assert codes("missing_type")["M"] == "Missing"
    assert codes("accommodation")["B1"].endswith(", suitable")
    assert "a" not in codes("gender")
    assert list(codes("case_status")) == ["a", "b", "c", "d", "e"]


def test_our_own_words_are_never_mixed_with_codes():
    """What people may write in a workbook is our own list alone."""
    assert list(codes("role_class")) == [str(one) for one in words.RoleClass]


def test_special_guardianship_has_the_codes_of_today():
    """A child may leave care by any of the four orders told apart today, or by the two of before."""
    assert {"E43", "E44", "E45", "E46", "E47", "E48"} <= set(codes("episode_ceased_reason"))
    assert "CUSTOD" in codes("placement_change_reason")


def test_a_list_differs_by_year():
    """Early help became a referral source in 2023, and single codes for abuse ended after 2020."""
    assert "5D" not in codes("referral_source", "CIN", 2022)
    assert "5D" in codes("referral_source", "CIN", 2023)
    assert "18A" in codes("assessment_factor", "CIN", 2020)
    assert "18A" not in codes("assessment_factor", "CIN", 2021)
    assert {"18A", "18B"} <= set(codes("assessment_factor", "CIN"))
    assert not codes("sex", "CIN", 2024)
    assert codes("gender", "CIN", 2024)


def test_a_list_that_does_not_exist_is_refused():
    """Asking for an unknown list, or a known one of the wrong collection, is an error."""
    with pytest.raises(KeyError):
        codes("no such list")
    with pytest.raises(KeyError):
        codes("legal_status", "CIN")


def test_a_list_cannot_be_changed_by_who_reads_it():
    """One caller cannot alter the codes of another."""
    with pytest.raises(TypeError):
        codes("sex")["X"] = "Y"  # type: ignore[index]


@pytest.mark.parametrize(
    ("enum", "name"),
    [
        (words.AllocationRole, "allocation_role"),
        (words.VisitKind, "visit_kind"),
        (words.VisitOutcome, "visit_outcome"),
        (words.SupervisionOutcome, "supervision_outcome"),
        (words.TeamType, "team_type"),
        (words.Succession, "succession"),
        (words.Employment, "employment"),
        (words.MeaningSubject, "meaning_subject"),
        (words.LinkBasis, "link_basis"),
        (words.RoleClass, "role_class"),
        (Cause, "change_cause"),
    ],
)
def test_the_words_that_code_uses_are_the_words_of_the_list(enum: type[StrEnum], name: str):
    """An enumeration and its code list hold the same words in the same order."""
    assert [str(one) for one in enum] == list(codes(name))


def test_pictures_use_the_same_words():
    """What pages show of a role or an outcome is worded as the vocabulary words it."""
    assert {str(one) for one in Role} - {"unmapped"} == set(codes("allocation_role")) - {"none"}
    assert {str(one) for one in Outcome} - {"not recorded"} == set(codes("visit_outcome"))


def test_roles_known_by_their_name_are_our_own_roles():
    """A source's word that says by itself what it means gives one of our roles; one that resembles it does not."""
    assert set(PUBLISHED.values()) == set(codes("allocation_role"))
    # What holds nobody is said so by one word alone, which is written here and by no other source.
    assert [said for said, role in PUBLISHED.items() if role == "none"] == ["taken in"]
    assert role_by_published_word(" Allocated  Social Worker ") == words.AllocationRole.LEAD
    assert role_by_published_word("Allocated worker (Annex A)") == words.AllocationRole.LEAD
    assert role_by_published_word("Social worker (SSDA903)") == words.AllocationRole.LEAD
    assert role_by_published_word("Duty social worker") is None
    assert role_by_published_word(None) is None


def test_role_classes_are_known_by_census_code_and_by_words():
    """The census's 5 and a workbook's Case Holder are one role class."""
    assert words.role_class("5") is words.role_class("Case  Holder") is words.RoleClass.CASE_HOLDER
    assert words.RoleClass.CASE_HOLDER.census_code == "5"
    assert words.role_class("social worker") is None
    assert words.role_class(None) is None
    labels = [label.lower() for label in codes("role_class", "CSWW").values()]
    assert labels == [str(one) for one in words.RoleClass]


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("LEFTRL", "LEFTRL"),
        ("leftrl", "LEFTRL"),
        ("ABSENC - Cover for absence, or return from it", "ABSENC"),
        ("Agency contract  ended", "LEFTRL"),
        ("internal move", "LEFTRL"),
        ("Transfer at initial conference", "TSPROC"),
        ("team succession", "ORGRST"),
        ("Child’s request", "CHCHAN"),
        ("a word that nobody has given a meaning", None),
        ("", None),
        (None, None),
    ],
)
def test_finer_causes_count_as_published_ones(said: str | None, cause: str | None):
    """A code, its words or a local cause gives one of ten; anything else is not guessed."""
    assert published_cause(said) == cause


def test_every_published_cause_has_a_local_one_and_a_single_family():
    """Each of the ten causes belongs to one family, and each finer cause to one of the ten."""
    assert {one.cause for one in local_causes()} == set(Cause)
    assert len({one.said for one in local_causes()}) == len(local_causes())
    for cause in Cause:
        assert {one.family for one in local_causes() if one.cause is cause} == {cause.family}
