"""An extract loaded, and the returns written from the record: counted again in plain Python from what went in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from tests.roundtrip.conftest import END
from tests.roundtrip.trip import Trip

SIX_BEFORE = date(2024, 9, 30)
FIRST = date(2024, 4, 1)
Rows = list[dict[str, Any]]


@pytest.fixture
def rows(trip: Trip, small_county) -> Callable[[str], Rows]:
    """The rows of one table of the county, after it was loaded as an extract."""
    trip.write("ssd", small_county, "extract")
    trip.load("extract")
    people = set(small_county["person"]["child_id"])

    def rows_of(table: str) -> Rows:
        return [row for row in small_county[table].to_dicts() if row["child_id"] in people]

    return rows_of


def test_annex_a_from_a_loaded_extract_counts_as_plain_python_does(trip: Trip, rows: Callable[[str], Rows]):
    written = trip.write("annex-a", trip.read(), "lists")
    book = CalamineWorkbook.from_path(str(trip.folder / "lists" / f"annex_a_{END}.xlsx"))
    lists = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    ids = {name: [row[0] for row in found[1:]] for name, found in lists.items() if name.startswith("List")}
    out = {line.part.split(":")[0]: line for line in written.reconciliation.lines}
    assert {name: len(found) for name, found in ids.items()} == {name: line.rows_out for name, line in out.items()}
    assert all(line.rows_in == line.rows_out + sum(line.left_out.values()) for line in out.values())
    assert len(ids["List 1"]) == sum(SIX_BEFORE < row["happened_on"] <= END for row in rows("contacts"))
    assert len(ids["List 3"]) == sum(SIX_BEFORE < row["from_on"] <= END for row in rows("cin_episodes"))
    plans = [row for row in rows("cp_plans") if row["from_on"] <= END and not _ended_by(row, SIX_BEFORE)]
    assert sorted(ids["List 7"]) == sorted({row["child_id"] for row in plans})
    on_plan = {row["child_id"] for row in plans if row["to_on"] is None or row["to_on"] > END}
    end = lists["List 7"][0].index("Child Protection Plan End Date")
    assert {row[0] for row in lists["List 7"][1:] if not row[end]} == on_plan
    in_care = {row["child_id"] for row in rows("cla_episodes") if row["to_on"] is None}
    ceased = lists["List 8"][0].index("Date Ceased to be Looked After")
    assert {row[0] for row in lists["List 8"][1:] if not row[ceased]} == in_care
    assert in_care
    assert on_plan


def test_the_list_of_need_holds_every_open_child_with_more_than_a_referral(trip: Trip, rows: Callable[[str], Rows]):
    trip.write("annex-a", trip.read(), "lists")
    book = CalamineWorkbook.from_path(str(trip.folder / "lists" / f"annex_a_{END}.xlsx"))
    listed = {row[0] for row in book.get_sheet_by_name("List 6").to_python()[1:]}
    assessed = {row["referral_id"] for row in rows("cin_assessments")}
    wanted = {
        row["child_id"]
        for row in rows("cin_episodes")
        if row["to_on"] is None and (not row["referral_nfa"] or row["referral_id"] in assessed)
    }
    assert wanted <= listed
    assert len(wanted) > 20


def test_the_census_from_a_loaded_extract_counts_as_plain_python_does(trip: Trip, rows: Callable[[str], Rows]):
    sheet = trip.write("cin", trip.read(), "census").reconciliation
    tree = etree.parse(str(trip.folder / "census" / "cin_census_2025.xml"))
    assert all(line.rows_in == line.rows_out + sum(line.left_out.values()) for line in sheet.lines)
    of_year = [row for row in rows("cin_episodes") if row["from_on"] <= END and not _ended_by(row, date(2024, 3, 31))]
    assert len(tree.findall(".//CINdetails")) == len(of_year)
    assert len(tree.findall(".//Child")) == len({row["child_id"] for row in of_year})
    still_open = sum(row["to_on"] is None for row in of_year)
    assert sum(found.find("CINclosureDate") is None for found in tree.findall(".//CINdetails")) == still_open
    referrals = {row["referral_id"] for row in of_year}
    begun = [row for row in rows("s47_enquiry") if FIRST <= row["from_on"] <= END and row["referral_id"] in referrals]
    starts = [found.text for found in tree.findall(".//S47ActualStartDate")]
    assert sum(start >= str(FIRST) for start in starts) == len(begun)
    plans = [row for row in rows("cp_plans") if not _ended_by(row, date(2024, 3, 31))]
    assert len(tree.findall(".//ChildProtectionPlans")) == len(plans)
    assert {found.text for found in tree.findall(".//InitialCategoryOfAbuse")} <= {"NEG", "PHY", "SAB", "EMO", "MUL"}
    authorised = [found.text for found in tree.findall(".//AssessmentAuthorisationDate")]
    assert authorised
    assert all(str(FIRST) <= day <= str(END) for day in authorised)


def _ended_by(row: dict[str, Any], day: date) -> bool:
    """Whether a period's last day is that day or before."""
    return row["to_on"] is not None and (row["to_on"] - day).days <= 1
