"""The descriptions themselves, and the reference pages made of them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from keyworker.vocabulary import TABLES, Kind, Type
from keyworker.vocabulary.reference import pages

COLUMNS = [(table.name, column) for table in TABLES.values() for column in table.columns]
NOT_FACTS = {"ssd_version_log", "ssd_api_data_staging"}


@pytest.mark.parametrize("name", list(pages()))
def test_the_committed_page_is_what_the_vocabulary_says(name: str, repo_root: Path):
    """A stale page fails: run `python -m keyworker.vocabulary.reference` and commit what it writes."""
    assert (repo_root / "docs" / "reference" / name).read_text(encoding="utf-8") == pages()[name]


def test_every_table_and_column_says_what_it_means():
    """Nothing is left to be described, and each description is a sentence."""
    for table in TABLES.values():
        assert table.title and table.says.endswith("."), table.name
    for table_name, column in COLUMNS:
        assert len(column.says) > 5 and column.says.endswith("."), (table_name, column.name)


def test_every_reference_leads_to_a_column():
    """A foreign key names a table and a column that exist."""
    for table_name, column in COLUMNS:
        if column.refers:
            table, _, name = column.refers.partition(".")
            assert TABLES[table].has(name), (table_name, column.name)


def test_every_field_of_the_dataset_has_a_column(shared: Path):
    """Each table and field of the Standard Safeguarding Dataset is described once, its own administration left out."""
    with (shared / "data" / "reference" / "ssd_data_items.csv").open(encoding="utf-8", newline="") as file:
        items = {(row["object_name"], row["field_name"]): row for row in csv.DictReader(file)}
    facts = {key for key in items if key[0] not in NOT_FACTS}
    ours = [(TABLES[table].ssd, column.ssd) for table, column in COLUMNS if column.ssd]
    assert sorted(ours) == sorted(facts)
    for table, column in COLUMNS:
        if column.ssd:
            item = items[TABLES[table].ssd, column.ssd]
            assert column.ssd_ref == item["item_ref"], (table, column.name)
            assert column.refers or not item["foreign_key"].strip(), (table, column.name)


def test_nothing_is_copied_from_the_dataset(shared: Path):
    """Names and types are facts; the dataset's own guidance is not ours, so no description repeats its sentences."""
    with (shared / "data" / "reference" / "ssd_data_items.csv").open(encoding="utf-8", newline="") as file:
        theirs = " ".join(" ".join(row["guidance"].split()) for row in csv.DictReader(file))
    for table, column in COLUMNS:
        for sentence in column.says.split(". "):
            assert len(sentence) < 40 or sentence not in theirs, (table, column.name)


def test_columns_stand_in_time_as_their_kind_says():
    """A period has its first day and its end, an event its day, a state neither."""
    for table in TABLES.values():
        assert (table.has("from_on") and table.has("to_on")) == (table.kind is Kind.PERIOD), table.name
        assert table.has("happened_on") == (table.kind is Kind.EVENT), table.name
        for column in table.columns:
            if column.name.endswith("_on"):
                assert column.type is Type.DATE, (table.name, column.name)


def test_keys_are_required_and_names_are_identifying():
    """A row is told apart by columns that it cannot lack, and names and numbers of people never leave unasked."""
    for table in TABLES.values():
        assert all(table.column(name).required for name in table.key), table.name
    identifying = {(table, column.name) for table, column in COLUMNS if column.identifying}
    for table, name in [
        ("person", "forename"),
        ("person", "surname"),
        ("person", "birth_on"),
        ("person", "common_child_id"),
        ("address", "json"),
        ("address", "postcode"),
        ("cla_placement", "postcode"),
        ("linked_identifiers", "identifier_value"),
        ("send", "upn"),
        ("professionals", "name"),
        ("care_leavers", "personal_adviser"),
        ("contacts", "outcome_json"),
    ]:
        assert (table, name) in identifying
