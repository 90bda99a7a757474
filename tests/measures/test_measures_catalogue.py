"""The catalogue of measures: each entry is answered by a definition or named with its reason."""

from pathlib import Path

import pytest
import yaml

from keyworker.measures.catalogue import NOT_YET, catalogue, gaps, listed, published
from keyworker.measures.registry import shipped
from keyworker.measures.registry.loaded import registry
from keyworker.vocabulary.errors import KeyworkerError

GOOD = """-- measure: made-up
-- title: A made-up measure
-- says: How many children have
--   an episode of need.
-- numerator: Children
-- denominator: none
-- exclusions: none
-- period: on the day
-- looks_back: the day
-- unit: children
-- counts: distinct
-- belongs_to: child
-- better: neither
-- source: nobody
-- edition: 1
-- catalogue: none
-- needs: cin_episodes
-- small_numbers: children
-- unconfirmed: none
select 'numerator' as part, child_id as subject_id, child_id, from_on, to_on from {cin_episodes} e
"""


def place(folder: Path, sql: str) -> Path:
    for name in ("relations", "groups", "links", "definitions/made"):
        (folder / name).mkdir(parents=True)
    (folder / "definitions/made/made-up.sql").write_text(sql)
    return folder


def test_the_catalogue_ships_every_measure_of_the_shared_one(shared: Path):
    held = yaml.safe_load((shared / "domain" / "measures.yaml").read_text())
    assert [one["id"] for one in held["measures"]] == list(published())
    assert held["count"] == len(published()) == 138


def test_every_definition_answers_entries_that_the_catalogue_has():
    known = set(published())
    for definition in shipped().definitions.values():
        assert set(definition.catalogue) <= known, definition.name


def test_a_gap_names_an_entry_that_no_definition_answers():
    answered = {one for definition in shipped().definitions.values() for one in definition.catalogue}
    assert set(gaps()) <= set(published()) - answered


def test_no_entry_is_dropped_and_each_is_computed_or_has_a_reason():
    entries = catalogue()
    assert [entry.id for entry in entries] == list(published())
    assert all(bool(entry.definitions) != bool(entry.reason) for entry in entries)
    assert {row["id"] for row in listed()} >= set(published())


def test_every_entry_is_answered_or_named_as_a_gap():
    assert [entry.id for entry in catalogue() if entry.reason == NOT_YET] == []


def test_a_gap_says_what_the_record_does_not_hold():
    assert [name for name, reason in gaps().items() if "the record holds" not in reason] == []


def test_every_measure_says_by_which_groups_it_can_be_asked():
    groups = {row["definition"]: row["groups"] for row in listed() if row["definition"]}
    assert {"age band", "status", "district today", "tenure"} <= set(groups["open-children"].split(", "))
    assert {"district", "employment", "worker role"} <= set(groups["social-workers"].split(", "))
    assert "age band" not in groups["social-workers"].split(", ")
    assert groups["children-looked-after-rate"] == ""


def test_every_measure_says_which_engines_work_it_out():
    engines = {row["definition"]: row["engines"] for row in listed()}
    assert engines["re-referrals-12-months"] == "plain, postgres, duckdb, spark"
    assert engines["social-workers"] == "postgres, duckdb, spark"
    assert engines[None] is None, "a gap has none"


def test_what_the_catalogue_marks_unconfirmed_is_unconfirmed_in_its_definitions():
    for entry in catalogue():
        for name in entry.definitions:
            assert bool(entry.said.get("unconfirmed")) <= bool(shipped().definitions[name].unconfirmed), name


def test_a_header_goes_on_over_lines(tmp_path: Path):
    found = registry(place(tmp_path, GOOD)).definitions["made-up"]
    assert found.says == "How many children have an episode of need."
    assert found.exclusions == ""
    assert found.sql.startswith("select")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("-- unit: children\n", ""), "lacks unit"),
        (("-- better: neither", "-- better: more"), "better: more"),
        (("-- counts: distinct", "-- counts: heads"), "counts: heads"),
        (("-- denominator: none", "-- denominator: All of them"), "do not go together"),
        (("-- looks_back: the day", "-- looks_back: long"), "looks_back: long"),
        (("-- looks_back: the day", "-- looks_back: a month"), "period: on the day and looks_back: a month"),
        (("-- measure: made-up", "-- measure: another"), "measure: another"),
        (("-- period", "-- when: now\n-- period"), "has when"),
        (("{cin_episodes}", "{cin_epsiodes}"), "cin_epsiodes"),
        (("-- needs: cin_episodes", "-- needs: cp_plans"), "does not read"),
        (("-- unit: children", "-- unit: children\n-- unit: people"), "unit twice"),
        (("-- counts: distinct", "-- counts: sum\n-- weighs: two"), "weighs: two"),
    ],
)
def test_a_definition_that_is_not_whole_is_told_so(tmp_path: Path, change: tuple[str, str], said: str):
    assert change[0] in GOOD
    with pytest.raises(KeyworkerError, match=said):
        registry(place(tmp_path, GOOD.replace(*change)))
