"""A children in need census gives every value that it holds, or counts it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from lxml import etree
from polars.testing import assert_frame_equal

from keyworker.intake.formats.cin_census import CinCensus
from keyworker.vocabulary.errors import FileRefused
from tests.intake.reading import Read, read

SAMPLES = [
    "CIN_Census_2021.xml",
    "CIN_Census_2024.xml",
    "CIN_header_issues_100.xml",
    "fake_CIN_data_part1.xml",
    "liia_cin-2022.xml",
    "liia_cin-2022_three_children.xml",
]

# The element's path, and every place where its values must be found again.
CARRIED = {
    "ChildIdentifiers/PersonBirthDate": [("person", "birth_on")],
    "ChildIdentifiers/ExpectedPersonBirthDate": [("person", "expected_birth_on")],
    "ChildIdentifiers/GenderCurrent": [("person", "gender")],
    "ChildIdentifiers/Sex": [("person", "sex")],
    "ChildIdentifiers/PersonDeathDate": [("person", "died_on")],
    "ChildIdentifiers/UPNunknown": [("person", "upn_unknown")],
    "ChildCharacteristics/Ethnicity": [("person", "ethnicity")],
    "Disabilities/Disability": [("disability", "disability_code")],
    "CINdetails/CINreferralDate": [("cin_episodes", "from_on")],
    "Assessments/AssessmentInternalReviewDate": [("step", "happened_on")],
    "CINdetails/CINclosureDate": [("cin_episodes", "to_on")],
    "CINdetails/ReferralSource": [("cin_episodes", "referral_source_code")],
    "CINdetails/PrimaryNeedCode": [("cin_episodes", "primary_need_code")],
    "CINdetails/ReasonForClosure": [("cin_episodes", "close_reason")],
    "CINdetails/ReferralNFA": [("cin_episodes", "referral_nfa")],
    "Assessments/AssessmentActualStartDate": [("cin_assessments", "from_on")],
    "Assessments/AssessmentAuthorisationDate": [("cin_assessments", "to_on")],
    "CINPlanDates/CINPlanStartDate": [("cin_plans", "from_on")],
    "CINPlanDates/CINPlanEndDate": [("cin_plans", "to_on")],
    "Section47/S47ActualStartDate": [("s47_enquiry", "from_on")],
    "Section47/ICPCnotRequired": [("s47_enquiry", "nfa")],
    "Section47/InitialCPCtarget": [("initial_cp_conference", "target_on")],
    "ChildProtectionPlans/CPPstartDate": [("cp_plans", "from_on")],
    "ChildProtectionPlans/CPPendDate": [("cp_plans", "to_on")],
    "ChildProtectionPlans/InitialCategoryOfAbuse": [("cp_plans", "initial_category")],
    "ChildProtectionPlans/LatestCategoryOfAbuse": [("cp_plans", "latest_category")],
    "Reviews/CPPreviewDate": [("cp_reviews", "happened_on")],
}
IN_TWO_PLACES = {"CINdetails/DateOfInitialCPC", "Section47/DateOfInitialCPC"}
IDENTIFIERS = {
    "ChildIdentifiers/UPN": "Unique Pupil Number",
    "ChildIdentifiers/FormerUPN": "Former Unique Pupil Number",
}
OTHERWISE = {"ChildIdentifiers/LAchildID", "FactorsIdentifiedAtAssessment/AssessmentFactors"}


def census(children: str, header: str = "") -> str:
    """A census message around some children."""
    header = header or (
        "<CollectionDetails><Collection>CIN</Collection><Year>2024</Year>"
        "<ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails>"
    )
    return f"<Message><Header>{header}</Header><Children>{children}</Children></Message>"


def child(child_id: str, details: str) -> str:
    """One child of a census."""
    return f"<Child><ChildIdentifiers><LAchildID>{child_id}</LAchildID></ChildIdentifiers>{details}</Child>"


def read_text(folder: Path, text: str) -> Read:
    """Read a census written here."""
    path = folder / "census.xml"
    path.write_text(text)
    return read(CinCensus(), path)


def values_by_path(path: Path) -> Counter[str]:
    """Every value in the message, counted apart from the reader."""
    found: Counter[str] = Counter()
    for element in etree.parse(path).getroot().iter():
        if element.getparent() is not None and (element.text or "").strip() and not len(element):
            found[f"{element.getparent().tag}/{element.tag}"] += 1
        if (element.tail or "").strip():
            found["text between elements"] += 1
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_every_value_of_a_sample_is_carried_or_counted(shared: Path, name: str) -> None:
    path = shared / "data/samples_cin_census" / name
    given = read(CinCensus(), path)
    conferences = 0
    for where, count in values_by_path(path).items():
        if where in CARRIED:
            assert all(given.filled(table, column) == count for table, column in CARRIED[where]), where
        elif where in IDENTIFIERS:
            of_kind = given.tables["linked_identifiers"].filter(pl.col("identifier_type") == IDENTIFIERS[where])
            assert of_kind["identifier_value"].null_count() == 0
            assert of_kind.height == count
        elif where in IN_TWO_PLACES:
            conferences += count
        elif where == "text between elements":
            assert given.left("Child", where) == count
        elif where.startswith(("CollectionDetails/", "Source/")):
            continue
        elif where not in OTHERWISE:
            parent, _, tag = where.partition("/")
            assert given.left(parent.replace("ChildIdentifiers", "Child"), tag) == count, where
    assert given.filled("initial_cp_conference", "happened_on") == conferences


@pytest.mark.parametrize("name", SAMPLES)
def test_assessment_factors_of_a_sample_are_all_kept(shared: Path, name: str) -> None:
    path = shared / "data/samples_cin_census" / name
    frame = read(CinCensus(), path).tables.get("assessment_factors", pl.DataFrame({"assessment_factors_json": []}))
    kept = frame["assessment_factors_json"].cast(pl.String()).str.json_decode(pl.List(pl.String())).explode()
    assert kept.drop_nulls().len() == values_by_path(path)["FactorsIdentifiedAtAssessment/AssessmentFactors"]


def test_the_flat_form_gives_the_same_rows_as_the_message(shared: Path) -> None:
    folder = shared / "data/samples_cin_census"
    flat = read(CinCensus(), folder / "csv").tables
    message = read(CinCensus(), folder / "fake_CIN_data_part1.xml").tables
    for table in ("person", "cin_episodes", "initial_cp_conference", "linked_identifiers"):
        assert_frame_equal(flat[table].drop("_row"), message[table].drop("_row"), check_row_order=False)


def test_a_flat_form_speaks_only_for_the_files_that_are_there(shared: Path) -> None:
    opened = CinCensus().open(shared / "data/samples_cin_census/csv")
    assert opened.scope.tables == {"cin_episodes", "cin_plans", "initial_cp_conference", "cp_plans"}


@pytest.mark.parametrize(
    "name",
    [
        "CINdetails",
        "CINplanDates",
        "ChildCharacteristics",
        "ChildIdentifiers",
        "ChildProtectionPlans",
        "Header",
        "Section47",
    ],
)
def test_each_flat_file_opens_by_itself_and_accounts_for_its_cells(shared: Path, name: str) -> None:
    path = shared / f"data/samples_cin_census/csv/Fake{name}.csv"
    cells = pl.read_csv(path, infer_schema=False)
    given = read(CinCensus(), path)
    if name == "CINdetails":
        assert given.tables["cin_episodes"].height == cells.height
    if name == "ChildCharacteristics":
        assert given.left("Characteristics", "Ethnicity") == cells.height
    if name == "ChildIdentifiers":
        assert given.left("Child", "UPN") == cells["UPN"].count()  # no header beside it, so no year for a pupil number
        assert given.tables["person"].height == cells.height


def test_the_header_gives_the_year_and_the_moment_of_the_cut(shared: Path) -> None:
    opened = CinCensus().open(shared / "data/samples_cin_census/liia_cin-2022.xml")
    assert (opened.scope.from_on, opened.scope.to_on) == (date(2021, 4, 1), date(2022, 4, 1))
    assert opened.scope.whole
    assert opened.cut_at is not None
    assert opened.cut_at.isoformat() == "2022-05-23T11:14:05+01:00"


def test_a_header_that_contradicts_itself_lets_nothing_vanish(shared: Path) -> None:
    opened = CinCensus().open(shared / "data/samples_cin_census/CIN_Census_2024.xml")
    assert not opened.scope.whole
    assert any("Year is 2023 but its ReferenceDate lies in 2024" in note for note in opened.notes)


def test_a_reference_date_that_is_not_the_census_date_is_said(shared: Path) -> None:
    opened = CinCensus().open(shared / "data/samples_cin_census/CIN_header_issues_100.xml")
    assert any("ReferenceDate is 28 March 2023" in note for note in opened.notes)


def test_two_referrals_on_one_day_get_the_same_ids_in_either_order(tmp_path: Path) -> None:
    details = [
        f"<CINdetails><CINreferralDate>2023-05-01</CINreferralDate><ReferralSource>{source}</ReferralSource>"
        f"<Assessments><AssessmentActualStartDate>2023-05-0{day}</AssessmentActualStartDate></Assessments></CINdetails>"
        for source, day in (("6", 2), ("1A", 3))
    ]
    first = read_text(tmp_path, census(child("MADEUP1", "".join(details)))).tables
    second = read_text(tmp_path, census(child("MADEUP1", "".join(reversed(details))))).tables
    assert set(first["cin_episodes"]["referral_id"]) == {
        "MADEUP1/referral/2023-05-01",
        "MADEUP1/referral/2023-05-01/2",
    }
    for table in ("cin_episodes", "cin_assessments"):
        assert_frame_equal(first[table], second[table], check_row_order=False)


def test_a_child_without_an_identifier_gets_no_made_up_one(tmp_path: Path) -> None:
    details = "<CINdetails><CINreferralDate>2023-05-01</CINreferralDate></CINdetails>"
    given = read_text(tmp_path, census(f"<Child>{details}</Child>"))
    assert given.tables["cin_episodes"].select("child_id", "referral_id").row(0) == (None, None)


def test_names_in_a_namespace_are_known(tmp_path: Path) -> None:
    text = census(child("MADEUP1", "")).replace("<Message>", '<Message xmlns="urn:made-up">')
    assert read_text(tmp_path, text).tables["person"]["child_id"].to_list() == ["MADEUP1"]


def test_a_value_given_twice_is_counted_and_the_first_kept(tmp_path: Path) -> None:
    details = "<CINdetails><CINreferralDate>2023-05-01</CINreferralDate><CINreferralDate>2023-06-01</CINreferralDate>"
    given = read_text(tmp_path, census(child("MADEUP1", f"{details}</CINdetails>")))
    assert given.tables["cin_episodes"]["from_on"].to_list() == ["2023-05-01"]
    assert given.left("CINdetails", "CINreferralDate given more than once") == 1


def test_unknown_nested_parts_are_counted_value_by_value(tmp_path: Path) -> None:
    details = (
        "<CINdetails><CINreferralDate>2023-05-01</CINreferralDate><New><A>1</A><A>2</A><B at='3'/></New></CINdetails>"
    )
    given = read_text(tmp_path, census(child("MADEUP1", details)))
    assert given.left("CINdetails/New", "A") == 2
    assert given.left("CINdetails/New", "B") == 1


def test_pre_proceedings_are_counted_until_they_have_a_place(tmp_path: Path) -> None:
    details = (
        "<CINdetails><CINreferralDate>2023-05-01</CINreferralDate>"
        "<PreProceedingsandFGDM><PPStartDate>2023-06-01</PPStartDate></PreProceedingsandFGDM></CINdetails>"
    )
    assert read_text(tmp_path, census(child("MADEUP1", details))).left("PreProceedingsandFGDM", "PPStartDate") == 1


def test_a_message_of_another_collection_is_not_recognised(shared: Path) -> None:
    assert not CinCensus().recognises(shared / "data/samples_workforce_census/csww_sample.xml")


def test_a_census_is_recognised_by_content_when_its_name_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "holiday.docx"
    path.write_text(census(child("MADEUP1", "")))
    assert CinCensus().recognises(path)


def test_a_census_cut_short_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_text(census(child("MADEUP1", ""))[:-30])
    with pytest.raises(FileRefused, match="breaks off inside <ChildIdentifiers>") as refused:
        CinCensus().open(path)
    assert "MADEUP1" not in str(refused.value)


def test_a_census_of_nobody_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.xml"
    path.write_text(census(""))
    with pytest.raises(FileRefused, match="no child"):
        CinCensus().open(path)


@pytest.mark.parametrize("said", ["['2A', '2B']", '["2B","2A"]', "2A"])
def test_a_list_in_a_flat_file_is_read_however_a_tool_prints_it(tmp_path: Path, said: str) -> None:
    cell = '"' + said.replace('"', '""') + '"'
    path = tmp_path / "assessments.csv"
    path.write_text(f"LAchildID,AssessmentActualStartDate,AssessmentFactors\nC1,2023-01-01,{cell}\n")
    factors = ["2A"] if said == "2A" else ["2A", "2B"]
    assert read(CinCensus(), path).tables["assessment_factors"]["assessment_factors_json"].to_list() == [
        json.dumps(factors)
    ]


def test_a_review_date_beside_its_plan_in_a_flat_file_is_a_review(tmp_path: Path) -> None:
    path = tmp_path / "plans.csv"
    path.write_text("LAchildID,CPPstartDate,CPPreviewDate\nC1,2023-01-01,2023-02-01\n")
    given = read(CinCensus(), path)
    assert given.tables["cp_reviews"]["happened_on"].to_list() == ["2023-02-01"]
    assert given.tables["cp_plans"].height == 1
