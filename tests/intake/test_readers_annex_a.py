"""An Annex A workbook gives every cell that it holds, or counts it, however unevenly it is labelled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from polars.testing import assert_frame_equal
from python_calamine import CalamineWorkbook

from keyworker.intake.formats.annex_a import LISTS, AnnexA, plain
from keyworker.intake.formats.annex_a_values import abuse, code, description, flag, label
from keyworker.vocabulary.errors import FileRefused
from tests.intake.reading import Read, read

SAMPLES = ["Annex_A.xlsx", "Annex_A_2022-06.xlsx"]
EVERYWHERE = {"child unique id", "gender", "ethnicity", "date of birth", "does the child have a disability"}
HELD = {"allocated team", "allocated worker"}

# Each list's columns, and where their cells must be found again.
CARRIED: dict[str, dict[str, list[tuple[str, str]]]] = {
    "list 1": {
        "date of contact": [("contacts", "happened_on")],
        "contact source": [("contacts", "source_code"), ("contacts", "source_desc")],
    },
    "list 2": {
        "assessment start date": [("early_help_episodes", "from_on")],
        "assessment completion date": [("early_help_episodes", "to_on")],
        "organisation completing assessment": [("early_help_episodes", "organisation")],
    },
    "list 3": {
        "referral source": [("cin_episodes", "referral_source_code"), ("cin_episodes", "referral_source_desc")],
        "referral nfa": [("cin_episodes", "referral_nfa")],
        "allocated team": [("cin_episodes", "team_id")],
        "allocated worker": [("cin_episodes", "worker_id")],
    },
    "list 4": {
        "continuous assessment start date": [("cin_assessments", "from_on")],
        "child seen during continuous assessment": [("cin_assessments", "child_seen")],
        "continuous assessment date of authorisation": [("cin_assessments", "to_on")],
        "was the child assessed as requiring la childrens social care support": [("cin_assessments", "outcome_json")],
        "allocated team": [("cin_assessments", "team_id")],
        "allocated worker": [("cin_assessments", "worker_id")],
    },
    "list 5": {
        "strategy discussion initiating section 47 enquiry start date": [("s47_enquiry", "from_on")],
        "was an initial child protection conference deemed unnecessary": [("s47_enquiry", "nfa")],
        "date of initial child protection conference": [("initial_cp_conference", "happened_on")],
        "did the initial child protection conference result in a child protection plan": [
            ("initial_cp_conference", "outcome_cp_flag")
        ],
        "allocated team": [("s47_enquiry", "team_id")],
        "allocated worker": [("s47_enquiry", "worker_id")],
    },
    "list 6": {
        "primary need code": [("cin_episodes", "primary_need_code")],
        "cin closure date": [("cin_episodes", "to_on")],
        "reason for closure": [("cin_episodes", "close_reason")],
        "date child was last seen": [("cin_visits", "happened_on")],
    },
    "list 7": {
        "child protection plan start date": [("cp_plans", "from_on")],
        "child protection plan end date": [("cp_plans", "to_on")],
        "initial category of abuse": [("cp_plans", "initial_category")],
        "latest category of abuse": [("cp_plans", "latest_category")],
        "date of the last statutory visit": [("cp_visits", "happened_on")],
        "was the child seen alone": [("cp_visits", "seen_alone")],
        "date of latest review conference": [("cp_reviews", "happened_on")],
    },
    "list 8": {
        "date started to be looked after": [("cla_episodes", "from_on"), ("cla_episodes", "entered_care_on")],
        "date ceased to be looked after": [("cla_episodes", "to_on")],
        "reason ceased to be looked after": [("cla_episodes", "episode_ceased_reason")],
        "childs category of need": [("cla_episodes", "primary_need_code")],
        "date of last iro visit contact to the child": [("cla_episodes", "last_iro_contact_on")],
        "start date of current legal status": [("legal_status", "from_on")],
        "childs legal status": [("legal_status", "legal_status")],
        "date of latest statutory review": [("cla_reviews", "happened_on")],
        "date of last social work visit": [("cla_visits", "happened_on")],
        "start date of most recent placement": [("cla_placement", "from_on")],
        "placement type": [("cla_placement", "type")],
        "placement provider": [("cla_placement", "provider")],
        "placement postcode": [("cla_placement", "postcode")],
        "urn of placement": [("cla_placement", "urn")],
    },
    "list 9": {
        "allocated team": [("care_leavers", "team_id")],
        "allocated worker": [("care_leavers", "worker_id")],
        "eligibility category": [("care_leavers", "eligibility")],
        "la in touch": [("care_leavers", "in_touch")],
        "type of accommodation": [("care_leavers", "accommodation")],
        "suitability of accommodation": [("care_leavers", "accom_suitable")],
        "activity status": [("care_leavers", "activity")],
    },
    "list 10": {
        "date the child entered care": [("permanence", "care_period_id")],
        "date of decision that child should be placed for adoption": [("permanence", "adm_decision_on")],
        "date of placement order": [("permanence", "placement_order_on")],
        "date of matching child and prospective adopters": [("permanence", "matched_on")],
        "date placed for adoption": [("permanence", "placed_for_adoption_on")],
        "date of adoption order": [("permanence", "permanence_order_on")],
        "date of decision that child should no longer be placed for adoption": [("permanence", "decision_reversed_on")],
        "reason why child no longer placed for adoption": [("permanence", "decision_reversed_reason")],
        "date the child was placed for fostering in ffa or concurrent planning placement": [
            ("permanence", "placed_ffa_cp_on")
        ],
    },
}
ELSEWHERE = {"date of referral", "cin start date", "date of last health assessment", "date of last dental check"}


def sheets(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The workbook's filled cells by sheet and column, read apart from the reader."""
    book = CalamineWorkbook.from_path(path)
    found = {}
    for name in book.sheet_names:
        heading, *rows = book.get_sheet_by_name(name).to_python()
        found[name.lower()] = [
            {plain(column): cell for column, cell in zip(heading, row, strict=True) if cell != ""} for row in rows
        ]
    return found


def filled(rows: Iterable[dict[str, Any]], column: str) -> int:
    """How many rows hold something in a column."""
    return sum(column in row for row in rows)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_cell_of_a_sample_is_carried_or_counted(shared: Path, name: str) -> None:
    path = shared / "data/samples_annex_a" / name
    given = read(AnnexA(), path)
    for kind, rows in sheets(path).items():
        for column in {column for row in rows for column in row}:
            count = filled(rows, column)
            if column in CARRIED.get(kind, {}):
                places = CARRIED[kind][column]
                assert all(given.filled(table, place) == count for table, place in places), (kind, column)
            elif kind != "list 11" and column in EVERYWHERE | ELSEWHERE | HELD:
                continue
            else:
                assert given.left(kind, column) == count, (kind, column)
    _check_people(given, path)
    _check_the_rest(given, sheets(path))


def _check_people(given: Read, path: Path) -> None:
    rows = [row for kind, rows in sheets(path).items() if kind != "list 11" for row in rows]
    people = given.tables["person"]
    assert set(people["child_id"]) == {str(int(row["child unique id"])) for row in rows}
    for field, column in (("gender", "gender"), ("ethnicity", "ethnicity"), ("date of birth", "birth_on")):
        said = {(str(int(row["child unique id"])), str(row[field]).split(") ")[-1]) for row in rows if field in row}
        assert said == {pair for pair in people.select("child_id", column).iter_rows() if pair[1] is not None}
    told = {
        (str(int(row["child unique id"])), "NONE" if "No" in row[disability] else "YES")
        for row in rows
        if (disability := "does the child have a disability") in row
    }
    assert set(given.tables["disability"].select("child_id", "disability_code").iter_rows()) == told


def _check_the_rest(given: Read, raw: dict[str, list[dict[str, Any]]]) -> None:
    referrals = filled(raw["list 3"], "date of referral") + filled(raw["list 6"], "cin start date")
    assert given.filled("cin_episodes", "from_on") == referrals
    health = given.tables["cla_health"]
    for kind, column in (
        ("Health assessment", "date of last health assessment"),
        ("Dental check", "date of last dental check"),
    ):
        assert health.filter(pl.col("type") == kind).height == filled(raw["list 8"], column)
    everyone = [row for rows in raw.values() for row in rows]
    workers = {row["allocated worker"].replace("\xa0", " ") for row in everyone if "allocated worker" in row}
    teams = {row["allocated team"] for rows in raw.values() for row in rows if "allocated team" in row}
    assert set(given.tables["professionals"]["name"]) == workers
    assert set(given.tables["department"]["name"]) == teams
    over = {
        "list 6": "cin closure date",
        "list 7": "child protection plan end date",
        "list 8": "date ceased to be looked after",
    }
    still = [row for kind, end in over.items() for row in raw[kind] if end not in row and "allocated worker" in row]
    leavers = [row for row in raw["list 9"] if "allocated worker" in row]
    assert given.tables["involvements"].height == len(still) + len(leavers)
    for kind, end in over.items():
        closed = [row for row in raw[kind] if end in row]
        assert given.left(kind, "allocated worker") == filled(closed, "allocated worker")


def test_both_layouts_give_the_same_rows(shared: Path) -> None:
    folder = shared / "data/samples_annex_a"
    newer, older = (read(AnnexA(), folder / name).tables for name in SAMPLES)
    assert set(newer) == set(older)
    for table, frame in newer.items():
        assert_frame_equal(frame, older[table])


def test_the_look_back_ends_on_the_day_of_the_lists(shared: Path) -> None:
    opened = AnnexA().open(shared / "data/samples_annex_a/Annex_A.xlsx")
    assert (opened.scope.from_on, opened.scope.to_on) == (date(2020, 9, 15), date(2021, 3, 16))
    assert "15 March 2021, the newest day" in "\n".join(opened.notes)
    assert "cla_reviews" not in opened.scope.tables  # only the latest review of each child is listed


def test_cells_that_show_an_error_and_formulas_are_counted(shared: Path) -> None:
    given = read(AnnexA(), shared / "data/samples_annex_a/Annex_A.xlsx")
    assert "72 cells are formulas" in given.said
    assert "10 cells show an error" in given.said


def test_lists_of_a_send_inspection_are_refused_with_what_to_load_instead(shared: Path) -> None:
    path = shared / "data/samples_annex_a/fake_sen.xlsx"
    assert AnnexA().recognises(path)
    with pytest.raises(FileRefused, match="special educational needs") as refused:
        AnnexA().open(path)
    assert "Standard Safeguarding Dataset" in refused.value.remedy


def workbook(path: Path, **lists: list[list[Any]]) -> Path:
    """A workbook written here, a sheet for each list."""
    book = xlsxwriter.Workbook(path)
    for name, rows in lists.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return path


REFERRALS = [
    ["Child Unique ID", "Gender", "Date of referral", "Referral Source", "Referral NFA?", "Allocated Team"],
    ["M1", "b) Female", "2024-05-01", "q) 6: Police", "b) No", "Front Door"],
]
IN_NEED = [
    [
        "Child Unique ID",
        "Gender",
        "CIN Start Date",
        "Primary Need Code",
        "Date Child Was Last Seen",
        "Allocated Worker",
    ],
    ["M1", "Female", "2024-05-01", "a) N1", "2024-05-20", "Ada Madeup"],
    ["M2", "Male", "2024-01-01", "N4 - Family in acute stress", "2024-05-21", "Ada  Madeup"],
]


@pytest.mark.parametrize("column", LISTS.values())
def test_a_list_of_two_columns_is_read(tmp_path: Path, column: str) -> None:
    given = read(AnnexA(), workbook(tmp_path / "a.xlsx", x=[["Child Unique ID", column], ["M1", "2024-05-01"]]))
    assert column == LISTS["list 11"] or given.tables["person"]["child_id"].to_list() == ["M1"]


def test_what_two_lists_say_of_one_referral_is_one_row(tmp_path: Path) -> None:
    given = read(AnnexA(), workbook(tmp_path / "a.xlsx", three=REFERRALS, six=IN_NEED))
    rows = given.tables["cin_episodes"].sort("child_id").to_dicts()
    assert [row["referral_id"] for row in rows] == ["M1/referral/2024-05-01", "M2/referral/2024-01-01"]
    assert (rows[0]["referral_source_code"], rows[0]["primary_need_code"]) == ("6", "N1")
    assert given.left("list 6", "primary need code") == 0
    assert given.left("list 6", "child unique id") == 0
    assert given.tables["person"].height == 2


def test_a_worker_is_known_by_no_name_and_held_from_the_day_of_the_lists(tmp_path: Path) -> None:
    given = read(AnnexA(), workbook(tmp_path / "a.xlsx", six=IN_NEED))
    held = given.tables["involvements"]
    assert set(held["from_on"]) == {"2024-05-21"}
    assert held["worker_id"].n_unique() == 1
    assert not held["worker_id"].str.contains("(?i)madeup").any()
    assert set(held["worker_id"]) == set(given.tables["professionals"]["worker_id"])


def test_lists_that_disagree_about_a_child_give_both_for_a_person_to_mend(tmp_path: Path) -> None:
    other = [REFERRALS[0], ["M1", "a) Male", *REFERRALS[1][2:]]]
    given = read(AnnexA(), workbook(tmp_path / "a.xlsx", three=other, six=IN_NEED))
    assert given.tables["person"].filter(pl.col("child_id") == "M1")["gender"].sort().to_list() == ["Female", "Male"]


def test_a_title_above_the_heading_and_a_day_beside_it_are_understood(tmp_path: Path) -> None:
    titled = [["Referrals"], [], *REFERRALS]
    path = workbook(tmp_path / "a.xlsx", x=titled, y=[["Draft"], ["As at 03/06/2024. Rows in are the record's."]])
    given = read(AnnexA(), path)
    assert given.opened.scope.to_on == date(2024, 6, 4)
    assert given.tables["cin_episodes"]["_row"].to_list() == [4]
    assert "Sheet 'y' is none of the lists: 2 cells" in given.said


def test_a_visit_that_another_list_gives_is_not_given_twice(tmp_path: Path) -> None:
    plans = [
        ["Child Unique ID", "Child Protection Plan Start Date", "Date of the Last Statutory Visit"],
        ["M1", "2024-05-10", "2024-05-20"],
    ]
    given = read(AnnexA(), workbook(tmp_path / "a.xlsx", six=IN_NEED, seven=plans))
    assert given.tables["cin_visits"]["child_id"].to_list() == ["M2"]
    assert given.tables["cp_visits"]["child_id"].to_list() == ["M1"]


def test_a_visit_on_the_day_that_the_child_was_last_seen_is_one_at_which_the_child_was_seen(tmp_path: Path) -> None:
    plans = [
        ["Child Unique ID", "Child Protection Plan Start Date", "Date of the Last Statutory Visit"],
        ["M1", "2024-05-10", "2024-05-20"],
        ["M2", "2024-05-10", "2024-05-19"],
    ]
    given = read(AnnexA(), workbook(tmp_path / "a.xlsx", six=IN_NEED, seven=plans))
    seen = dict(given.tables["cp_visits"].select("child_id", "seen").iter_rows())
    assert seen == {"M1": "true", "M2": None}


def test_a_row_without_a_child_is_given_so_that_it_can_be_set_aside(tmp_path: Path) -> None:
    given = read(AnnexA(), workbook(tmp_path / "a.xlsx", six=[IN_NEED[0], [None, *IN_NEED[1][1:]]]))
    assert given.tables["cin_episodes"].select("child_id", "referral_id").row(0) == (None, None)


def test_who_a_child_is_leads_back_to_the_sheet_that_says_so(tmp_path: Path) -> None:
    contacts = [["Child Unique ID", "Gender", "Date of Contact"], ["M1", "a) Male", "2024-05-01"]]
    referrals = [REFERRALS[0], [*REFERRALS[1]], ["M2", "a) Male", "2024-05-01", None, "b) No", None]]
    book = workbook(tmp_path / "a.xlsx", one=contacts, three=referrals)
    people = [(one.file, one.frame) for one in AnnexA().open(book).batches if one.table == "person"]
    found = {(file, *row) for file, frame in people for row in frame.select("_row", "child_id", "gender").iter_rows()}
    assert found == {
        ("a.xlsx, sheet 'one'", 2, "M1", "Male"),
        ("a.xlsx, sheet 'three'", 2, "M1", "Female"),
        ("a.xlsx, sheet 'three'", 3, "M2", "Male"),
    }


def test_a_text_that_begins_as_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Child Unique ID", "Date of Contact", "Contact Source"])
    sheet.write_row(1, 0, ["M1", "2024-05-01", "=cmd|' /C calc'!A0"])
    book.close()
    assert read(AnnexA(), path).tables["contacts"]["source_code"].to_list() == ["=cmd|' /C calc'!A0"]


@pytest.mark.parametrize(
    ("said", "words", "coded", "described"),
    [
        ("b) Female", "Female", "Female", "Female"),
        ("q) 6: Police", "6: Police", "6", "Police"),
        ("p1) 5D: LA services", "5D: LA services", "5D", "LA services"),
        ("N1 - Abuse or Neglect", "N1 - Abuse or Neglect", "N1", "Abuse or Neglect"),
        ("k) E47: Special Guardianship", "E47: Special Guardianship", "E47", "Special Guardianship"),
        ("a) WBRI", "WBRI", "WBRI", None),
    ],
)
def test_a_label_is_taken_apart(said: str, words: str, coded: str, described: str | None) -> None:
    frame = pl.DataFrame({"x": [said]})
    taken = frame.select(label("x").alias("a"), code("x").alias("b"), description("x").alias("c")).row(0)
    assert taken == (words, coded, described)


def test_yes_no_and_categories_of_abuse_are_understood_however_they_are_labelled() -> None:
    frame = pl.DataFrame({"x": ["a) Yes", "No", "c) Unknown", None], "y": ["a) Neglect", "Physical abuse", "EMO", "?"]})
    assert frame.select(flag("x")).to_series().to_list() == ["true", "false", None, None]
    assert frame.select(abuse("y")).to_series().to_list() == ["NEG", "PHY", "EMO", "?"]


def test_headings_in_small_letters_and_days_as_numbers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "lists.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("contacts")
        sheet.write_row(0, 0, ["child unique id", "gender", "date of birth", "date of contact"])
        sheet.write_row(1, 0, ["C1", "a) Male", 42005, 45413])  # 1 January 2015 and 1 May 2024
    given = read(AnnexA(), path)
    assert given.tables["contacts"].select("contact_id", "happened_on").rows() == [
        ("C1/contact/2024-05-01", "2024-05-01")
    ]
    assert given.tables["person"]["birth_on"].to_list() == ["2015-01-01"]
