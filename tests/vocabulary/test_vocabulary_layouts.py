"""File layouts by year, against the field lists and the samples that councils use."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from keyworker.vocabulary import layouts
from keyworker.vocabulary.layouts import ANNEX_A_EDITIONS, Layout, annex_a, cin_census, ssda903, workforce_census

CHILD = "Message/Children/Child"
EVERY = [
    *(cin_census(year) for year in range(2017, 2028)),
    *(ssda903(year) for year in range(2017, 2026)),
    *(workforce_census(year) for year in range(2017, 2027)),
    *(annex_a(edition) for edition in ANNEX_A_EDITIONS),
]


@pytest.fixture(scope="module")
def field_lists(shared: Path) -> dict[tuple[str, str], list[str]]:
    """The published fields of each record, in order."""
    found: dict[tuple[str, str], list[str]] = {}
    with (shared / "data" / "reference" / "field_lists.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["collection"], row["record"]), []).append(row["field"])
    return found


@pytest.mark.parametrize("layout", EVERY, ids=lambda layout: f"{layout.collection} {layout.edition}")
def test_every_code_list_of_a_layout_exists(layout: Layout):
    """No field names a list that is not shipped, and none that is coded is left without codes."""
    for record in layout.records:
        assert len(set(record.field_names)) == len(record.fields) > 0, record.name
        for field in record.fields:
            assert bool(layout.allowed(field)) == bool(field.codes), (record.name, field.name)


def test_annex_a_has_the_published_columns_in_order(field_lists):
    """The newest edition has each of the eleven lists with its columns as published."""
    assert [record.name for record in annex_a().records] == [str(number) for number in range(1, 12)]
    for record in annex_a().records:
        assert list(record.field_names) == field_lists["Annex A", f"list_{record.name}"]


@pytest.mark.parametrize(("edition", "file"), [("sample", "Annex_A.xlsx"), ("2022-06", "Annex_A_2022-06.xlsx")])
def test_annex_a_has_the_headings_of_the_workbooks_in_use(edition: str, file: str, shared: Path):
    """Both layouts that councils use are known, heading by heading."""
    book = CalamineWorkbook.from_path(str(shared / "data" / "samples_annex_a" / file))
    for record in annex_a(edition).records:
        headings = book.get_sheet_by_name(f"List {record.name}").to_python()[0]
        assert list(record.field_names) == [str(heading).strip() for heading in headings], record.name


def test_the_return_for_looked_after_children_has_the_published_fields(field_lists):
    """Each table of 2017 has its fields in order; the social worker table came later."""
    names = {"placed_for_adoption": "placed_adoption", "previous_permanence": "prev_perm"}
    for record in ssda903(2017).records:
        assert list(record.field_names) == field_lists["SSDA903", names.get(record.name, record.name)]
    assert not ssda903(2017).has("sw_episodes")
    assert ssda903(2024).record("sw_episodes").field("SW_REASON").codes == "change_cause"


def test_the_workforce_census_has_the_published_fields(field_lists):
    """The 2022 census is as published; 2025 has sex for gender, pay, and no framework role."""
    assert list(workforce_census(2022).record("Message/CSWWWorker").field_names) == field_lists["CSWW", "workertype"]
    assert list(workforce_census(2022).record("Message").field_names) == field_lists["CSWW", "messagetype"]
    worker = workforce_census(2025).record("Message/CSWWWorker").field_names
    assert {"Sex", "BaseSalary"} <= set(worker)
    assert not {"GenderCurrent", "CFKSSstatus", "QualInst"} & set(worker)


def test_the_children_in_need_census_has_the_published_fields(field_lists):
    """Each module of 2026 has its elements in the published order."""
    layout = cin_census(2026)
    for record, published in [
        (f"{CHILD}/ChildIdentifiers", "childidentifierstype"),
        (f"{CHILD}/CINdetails", "cindetailstype"),
        (f"{CHILD}/CINdetails/Section47", "section47type"),
        ("Message/Header/Source", "sourcetype"),
    ]:
        assert list(layout.record(record).field_names) == field_lists["CIN", published]
    assert list(layout.record(CHILD).field_names) == field_lists["CIN", "childtype"]


def test_the_children_in_need_census_changes_by_year():
    """Plan dates came in 2022, sex for gender in 2025, pre-proceedings in 2027."""
    assert not cin_census(2021).has(f"{CHILD}/CINdetails/CINPlanDates")
    assert cin_census(2022).has(f"{CHILD}/CINdetails/CINPlanDates")
    identifiers = f"{CHILD}/ChildIdentifiers"
    assert "GenderCurrent" in cin_census(2024).record(identifiers).field_names
    assert "GenderCurrent" not in cin_census(2025).record(identifiers).field_names
    assert not cin_census(2026).has(f"{CHILD}/CINdetails/PreProceedingsandFGDM")
    assert cin_census(2027).has(f"{CHILD}/CINdetails/PreProceedingsandFGDM")


def test_every_element_of_the_samples_is_known(shared: Path):
    """No sample return has an element that no year's layout knows; samples do mix the elements of several years."""
    known = {path for year in range(2017, 2028) for path in paths_of(cin_census(year))}
    files = sorted((shared / "data" / "samples_cin_census").glob("*.xml"))
    assert len(files) >= 5
    for file in files:
        root = etree.parse(str(file)).getroot()
        used = {path(element) for element in root.iter() if isinstance(element.tag, str)}
        # One sample holds elements of this name on purpose, to see what a reader makes of them.
        unknown = {one for one in used - known if not one.endswith("/extra_unkown")}
        assert unknown == set(), file.name


def paths_of(layout: Layout) -> set[str]:
    """The paths of all elements of a layout, with those around them."""
    names = {f"{record.name}/{field.name}" for record in layout.records for field in record.fields}
    return names | {name.rpartition("/")[0] for name in names}


def path(element: etree._Element) -> str:
    """The path of an element from the root."""
    above = [etree.QName(one).localname for one in reversed(list(element.iterancestors()))]
    return "/".join([*above, etree.QName(element).localname])


def test_codes_are_those_of_the_edition():
    """A field's codes are the return's own, of its own year."""
    layout = cin_census(2022)
    source = layout.record(f"{CHILD}/CINdetails").field("ReferralSource")
    assert "5C" in layout.allowed(source)
    assert "5D" not in layout.allowed(source)
    gender = annex_a().record("1").field("Gender")
    assert list(annex_a().allowed(gender)) == ["a", "b", "c", "d"]


def test_an_unknown_edition_or_record_is_an_error():
    """Asking for what is not known never gives something near it."""
    with pytest.raises(KeyError):
        layouts.annex_a("1999")
    with pytest.raises(KeyError):
        cin_census(2026).record("Message/Children/Adult")
    with pytest.raises(KeyError):
        cin_census(2026).record(CHILD).field("Adult")
