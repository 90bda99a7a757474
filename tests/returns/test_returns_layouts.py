"""Headings, elements and codes of each return, held to the published layouts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
import yaml
from lxml import etree
from python_calamine import CalamineWorkbook

from keyworker.returns import write
from keyworker.returns.annex_a import DRAFT
from keyworker.returns.words import is_sound_upn, role_code, sex_of
from keyworker.vocabulary.layouts import cin_census, ssda903
from tests.returns.test_returns_write import AT, frame

OLD, NOW = date(2010, 4, 1), date(2025, 11, 3)


@pytest.fixture
def coded() -> dict[str, pl.DataFrame]:
    """One child, looked after and in need, with a code in every column that a return words for itself."""
    who = {"child_id": "K1"}
    return {
        "person": frame("person", {**who, "gender": "02", "ethnicity": "WBRI", "birth_on": date(2008, 4, 2)},
                        {"child_id": "K2"}),
        "cin_episodes": frame(
            "cin_episodes",
            {**who, "referral_id": "R1", "from_on": NOW, "primary_need_code": "N1", "referral_source_code": "5D",
             "to_on": date(2026, 2, 2), "close_reason": "RC7"},
            {**who, "referral_id": "R2", "from_on": date(2026, 3, 2), "referral_nfa": True, "to_on": date(2026, 3, 4)},
        ),
        "cp_plans": frame("cp_plans", {**who, "cp_plan_id": "P1", "from_on": NOW, "initial_category": "Neglect",
                                       "latest_category": "MUL"}),
        "s47_enquiry": frame("s47_enquiry", {**who, "s47_enquiry_id": "S1", "from_on": NOW, "to_on": date(2025, 11, 9),
                                             "nfa": False, "outcome_json": '{"PROV_OF_SERVICES_FLAG": "Y"}'}),
        "initial_cp_conference": frame("initial_cp_conference", {**who, "icpc_id": "I1", "transfer_in": True,
                                                                 "happened_on": date(2025, 11, 20)}),
        "cla_episodes": frame("cla_episodes", {**who, "episode_id": "E1", "from_on": OLD, "primary_need_code": "N5"}),
        "legal_status": frame("legal_status", {**who, "legal_status_id": "L1", "from_on": OLD, "legal_status": "C2"}),
        "cla_placement": frame("cla_placement", {**who, "placement_id": "A1", "from_on": OLD, "type": "U6",
                                                 "provider": "PR4"}),
        "cla_care_plan": frame("cla_care_plan", {**who, "cla_care_plan_id": "C1", "from_on": OLD,
                                                 "cla_care_plan_json": '{"RETURN1M": "N", "LTFOST18": "Y"}'}),
        "cla_health": frame("cla_health", {**who, "health_check_id": "H1", "type": "HEALTH", "status": "Refused",
                                           "happened_on": NOW}),
        "missing": frame("missing", {**who, "missing_id": "M1", "from_on": NOW, "to_on": NOW, "episode_type": "Away",
                                     "rhi_offered": "Y", "rhi_accepted": "NA"}),
        "care_leavers": frame("care_leavers", {"child_id": "K2", "care_leaver_id": "V1", "eligibility": "Eligible",
                                               "in_touch": "REFU", "accommodation": "U", "accom_suitable": "2",
                                               "activity": "G5"}),
        "step": frame("step", {**who, "step_id": "T1", "kind": "assessment check", "happened_on": date(2025, 11, 12),
                               "belongs_to": "cin_assessments", "belongs_to_id": "B1"}),
        "cin_assessments": frame("cin_assessments", {**who, "assessment_id": "B1", "from_on": NOW}),
    }  # fmt: skip


def lists(folder: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(str(next(folder.glob("*.xlsx"))))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_headings_of_annex_a_are_the_published_ones_in_their_order(shared: Path, tmp_path: Path):
    published = yaml.safe_load((shared / "domain" / "annex-a.yaml").read_text(encoding="utf-8"))
    write("annex-a", {}, AT, tmp_path / "out")
    found = lists(tmp_path / "out")
    for one in published["lists"]:
        assert found[f"List {one['number']}"][0] == [column["name"] for column in one["columns"]]
    assert found["Reconciliation"][0][0] == DRAFT


def test_annex_a_writes_codes_as_the_published_samples_do(coded, tmp_path: Path):
    written = write("annex-a", coded, AT, tmp_path / "out")
    found = {
        name: dict(zip(rows[0], rows[1], strict=True)) for name, rows in lists(tmp_path / "out").items() if rows[1:]
    }
    assert found["List 3"]["Referral Source"] == "p1) 5D: LA services"
    assert found["List 5"]["Was an Initial Child Protection Conference deemed unnecessary?"] == "a) Yes"
    assert found["List 6"]["Gender"] == "b) Female"
    assert found["List 6"]["Reason for Closure"] == "g) RC7"
    assert str(found["List 6"]["Primary Need Code"]).startswith("N1 - Abuse")
    assert found["List 7"]["Initial Category of Abuse"] == "a) Neglect"
    assert found["List 7"]["Latest Category of Abuse"] == "e) Multiple or not recommended"
    assert found["List 8"]["Child's Legal Status"] == "C2: Full care order"
    assert str(found["List 8"]["Placement Type"]).startswith("U6: ")
    assert found["List 8"]["What is the permanence plan for this child?"] == "f) Long-term fostering"
    assert found["List 8"]["Date of Last Health Assessment"] == ""
    assert (
        found["List 8"]["Was the child offered a Return Interview after their last missing episode (Y/N)?"] == "a) Yes"
    )
    assert found["List 8"]["Did the child accept a Return Interview after their last missing episode (Y/N)?"] == ""
    assert found["List 9"]["LA in Touch"] == "d) Refused (REFU)"
    assert found["List 9"]["Eligibility Category"] == "d) Eligible child"
    assert found["List 9"]["Suitability of Accommodation"] == "b) Unsuitable"
    assert ("List 8: Children in care", "Placement Type") in written.reconciliation.unconfirmed


def test_a_referral_that_came_to_nothing_does_not_hide_the_episode_before_it(coded, tmp_path: Path):
    write("annex-a", coded, AT, tmp_path / "out")
    heading, row = lists(tmp_path / "out")["List 6"][:2]
    assert dict(zip(heading, row, strict=True))["CIN Start Date"] == NOW


def test_the_census_keeps_the_order_of_its_layout_and_its_own_codes(coded, tmp_path: Path):
    write("cin", coded, AT, tmp_path / "out")
    tree = etree.parse(str(tmp_path / "out" / "cin_census_2026.xml"))
    details = tree.find(".//CINdetails")
    order = cin_census(2026).record("Message/Children/Child/CINdetails").field_names
    places = [order.index(part.tag) for part in details]
    assert places == sorted(places)
    assert details.findtext("DateOfInitialCPC") == "2025-11-20"
    assert [part.tag for part in details.find("Assessments")] == [
        "AssessmentActualStartDate", "AssessmentInternalReviewDate",
    ]  # fmt: skip
    assert details.findtext("Section47/ICPCnotRequired") == "true"
    assert details.findtext("ChildProtectionPlans/LatestCategoryOfAbuse") == "MUL"
    assert details.findtext("ChildProtectionPlans/InitialCategoryOfAbuse") == "NEG"


def test_every_table_of_the_looked_after_return_has_the_fields_of_its_layout(coded, tmp_path: Path):
    write("903", coded, AT, tmp_path / "out")
    layout = ssda903(2026)
    for record in layout.records:
        heading = (tmp_path / "out" / f"2026-{record.name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert heading.split(",") == list(record.field_names)
    (outcomes,) = pl.read_csv(tmp_path / "out" / "2026-oc2.csv", infer_schema=False).to_dicts()
    assert (outcomes["HEALTH_ASSESSMENT"], outcomes["CONVICTED"]) == ("0", None)
    assert pl.read_csv(tmp_path / "out" / "2026-missing.csv")["MISSING"].to_list() == ["A"]


@pytest.mark.parametrize(
    ("value", "sound"),
    [
        ("A000000000000", True),
        ("P000000000001", True),
        ("B000000000000", False),
        ("A00000000000", False),
        (None, False),
    ],
)
def test_a_pupil_number_is_sound_when_its_letter_fits_the_rest(value: str | None, sound: bool):
    assert is_sound_upn(value) is sound


@pytest.mark.parametrize(
    ("sex", "gender", "said"),
    [("F", None, "F"), (None, "01", "M"), ("Male", None, "M"), (None, "09", "9"), (None, "00", "U"), (None, None, "U")],
)
def test_sex_is_read_from_codes_letters_and_words(sex: str | None, gender: str | None, said: str):
    assert sex_of(sex, gender) == said


def test_roles_are_written_in_the_codes_of_the_workforce_census():
    assert [role_code(said) for said in ("senior manager", "Case holder", "5", None)] == ["1", "5", "5", None]
