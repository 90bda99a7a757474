"""A day's payload gives every value that it holds, or counts it; a purge is asked for and never carried out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from keyworker.intake import hostile_json
from keyworker.intake.formats.dfe_api import DfeApi
from keyworker.vocabulary.errors import FileRefused
from tests.intake.reading import Read, read

EPISODE = "social_care_episodes"
PLACES = {
    "child_details/date_of_birth": [("person", "birth_on")],
    "child_details/expected_date_of_birth": [("person", "expected_birth_on")],
    "child_details/first_name": [("person", "forename")],
    "child_details/surname": [("person", "surname")],
    "child_details/sex": [("person", "sex")],
    "child_details/ethnicity": [("person", "ethnicity")],
    "child_details/unique_pupil_number_unknown_reason": [("person", "upn_unknown")],
    "child_details/disabilities": [("disability", "disability_code")],
    "child_details/uasc_flag": [("immigration_status", "immigration_status")],
    "child_details/uasc_end_date": [("immigration_status", "to_on")],
    "sdq_assessments/date": [("sdq_scores", "happened_on")],
    "sdq_assessments/score": [("sdq_scores", "score")],
    f"{EPISODE}/social_care_episode_id": [("cin_episodes", "referral_id")],
    f"{EPISODE}/referral_date": [("cin_episodes", "from_on")],
    f"{EPISODE}/referral_source": [("cin_episodes", "referral_source_code")],
    f"{EPISODE}/referral_no_further_action_flag": [("cin_episodes", "referral_nfa")],
    f"{EPISODE}/closure_date": [("cin_episodes", "to_on")],
    f"{EPISODE}/closure_reason": [("cin_episodes", "close_reason")],
    "care_worker_details/worker_id": [("involvements", "worker_id"), ("professionals", "worker_id")],
    "care_worker_details/start_date": [("involvements", "from_on")],
    "care_worker_details/end_date": [("involvements", "to_on")],
    "child_and_family_assessments/child_and_family_assessment_id": [("cin_assessments", "assessment_id")],
    "child_and_family_assessments/start_date": [("cin_assessments", "from_on")],
    "child_and_family_assessments/authorisation_date": [("cin_assessments", "to_on")],
    "child_in_need_plans/child_in_need_plan_id": [("cin_plans", "cin_plan_id")],
    "child_in_need_plans/start_date": [("cin_plans", "from_on")],
    "child_in_need_plans/end_date": [("cin_plans", "to_on")],
    "section_47_assessments/section_47_assessment_id": [("s47_enquiry", "s47_enquiry_id")],
    "section_47_assessments/start_date": [("s47_enquiry", "from_on")],
    "section_47_assessments/icpc_required_flag": [("s47_enquiry", "nfa")],
    "section_47_assessments/icpc_date": [("initial_cp_conference", "happened_on")],
    "section_47_assessments/end_date": [("s47_enquiry", "to_on")],
    "child_protection_plans/child_protection_plan_id": [("cp_plans", "cp_plan_id")],
    "child_protection_plans/start_date": [("cp_plans", "from_on")],
    "child_protection_plans/end_date": [("cp_plans", "to_on")],
    "child_looked_after_placements/child_looked_after_placement_id": [("cla_placement", "placement_id")],
    "child_looked_after_placements/start_date": [("cla_placement", "from_on"), ("cla_episodes", "from_on")],
    "child_looked_after_placements/end_date": [("cla_placement", "to_on"), ("cla_episodes", "to_on")],
    "child_looked_after_placements/start_reason": [("cla_episodes", "episode_start_reason")],
    "child_looked_after_placements/end_reason": [("cla_episodes", "episode_ceased_reason")],
    "child_looked_after_placements/placement_type": [("cla_placement", "type")],
    "child_looked_after_placements/postcode": [("cla_placement", "postcode")],
    "child_looked_after_placements/change_reason": [("cla_placement", "change_reason")],
    "adoption/initial_decision_date": [("permanence", "adm_decision_on")],
    "adoption/matched_date": [("permanence", "matched_on")],
    "adoption/placed_date": [("permanence", "placed_for_adoption_on")],
    "care_leavers/contact_date": [("care_leavers", "latest_contact_on")],
    "care_leavers/activity": [("care_leavers", "activity")],
    "care_leavers/accommodation": [("care_leavers", "accommodation")],
    "/la_child_id": [("person", "child_id")],
    "/mis_child_id": [("person", "legacy_id")],
}
NUMBERS = {"child_details/unique_pupil_number", "child_details/former_unique_pupil_number"}


def leaves(said: Any, under: str = "", name: str = "") -> Iterator[str]:
    """The path of every value of a payload, apart from its purge flags."""
    if isinstance(said, dict):
        for key, value in said.items():
            if key != "purge":
                yield from leaves(value, name or under, key)
    elif isinstance(said, list):
        for value in said:
            yield from leaves(value, under, name)
    elif said is not None:
        yield f"{under}/{name}"


def write(folder: Path, said: Any) -> Path:
    """A payload written here."""
    path = folder / "payload.json"
    path.write_text(said if isinstance(said, str) else json.dumps(said))
    return path


def read_payload(folder: Path, said: Any) -> Read:
    """Read a payload written here."""
    return read(DfeApi(), write(folder, said))


@pytest.mark.parametrize("name", ["children_full_and_partial.json", "minimal_payload.json"])
def test_every_value_of_a_sample_is_carried_or_counted(shared: Path, name: str) -> None:
    path = shared / "data/samples_dfe_api_json" / name
    given = read(DfeApi(), path)
    counts = Counter(leaves(json.loads(path.read_text())))
    for where, count in counts.items():
        if where in PLACES:
            assert all(given.filled(table, column) == count for table, column in PLACES[where]), where
        elif where not in NUMBERS and where != "child_and_family_assessments/factors":
            assert given.left(*where.split("/")) == count, where
    assert given.filled("linked_identifiers", "identifier_value") == sum(counts[where] for where in NUMBERS)
    factors = [json.loads(text) for text in given.tables["assessment_factors"]["assessment_factors_json"]]
    assert sum(map(len, factors)) == counts["child_and_family_assessments/factors"]
    assert not given.opened.scope.whole


def test_a_structure_without_values_is_refused_as_what_it_is(shared: Path) -> None:
    path = shared / "data/samples_dfe_api_json/payload_structure_placeholder.json"
    assert DfeApi().recognises(path)
    with pytest.raises(FileRefused, match="structure of the payload and not data"):
        DfeApi().open(path)


def test_a_request_to_purge_is_counted_and_takes_nothing_with_it(tmp_path: Path) -> None:
    given = read_payload(
        tmp_path,
        [
            {"la_child_id": "M1", "mis_child_id": "S1", "purge": True},
            {
                "la_child_id": "M2",
                "child_details": {"sex": "F", "purge": True},
                EPISODE: [{"social_care_episode_id": "E1", "referral_date": "2024-01-01", "purge": False}],
            },
        ],
    )
    assert "1 request to purge child:" in given.said
    assert "1 request to purge child_details:" in given.said
    assert given.left("child_details to purge", "a value") == 1
    assert given.tables["cin_episodes"]["child_id"].to_list() == ["M2"]
    assert "person" not in given.tables


def test_a_child_without_details_leaves_the_person_as_they_were(tmp_path: Path) -> None:
    given = read_payload(tmp_path, [{"la_child_id": "M1", EPISODE: [{"social_care_episode_id": "E1"}]}])
    assert "person" not in given.tables
    assert "1 children come without details" in given.said


def test_parts_nobody_knows_are_counted(tmp_path: Path) -> None:
    given = read_payload(tmp_path, [{"la_child_id": "M1", "new": {"a": 1, "b": [2, {"c": 3}]}, "plain": "x"}])
    assert given.left_in_all == 4


def test_one_child_by_itself_is_a_payload(tmp_path: Path) -> None:
    given = read_payload(tmp_path, {"la_child_id": "M1", "child_details": {"sex": "F"}})
    assert given.tables["person"]["child_id"].to_list() == ["M1"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('[{"la_child_id": "M1", "a": ' + "[" * 100 + "]" * 100 + "}]", "deep"),
        ('[{"la_child_id": "M1"', "not sound JSON"),
        ('[{"la_child_id": "M1", "la_child_id": "M2"}]', "one name twice"),
        ('[{"la_child_id": NaN}]', "not sound JSON"),
        ('["la_child_id"]', "not a list of children"),
    ],
)
def test_a_payload_made_to_do_harm_is_refused(tmp_path: Path, said: str, words: str) -> None:
    with pytest.raises(FileRefused, match=words) as refused:
        DfeApi().open(write(tmp_path, said))
    assert "M1" not in str(refused.value)


def test_half_a_character_is_replaced_and_never_a_crash(tmp_path: Path) -> None:
    said = '[{"la_child_id": "M1", "child_details": {"surname": "a\\ud800b", "n\\udc00": "1"}}]'
    given = read_payload(tmp_path, said)
    assert given.tables["person"]["surname"].to_list() == ["a?b"]
    assert given.left("child_details", "n?") == 1


def test_brackets_inside_a_text_are_no_depth(tmp_path: Path) -> None:
    given = read_payload(tmp_path, [{"la_child_id": "M1", "child_details": {"surname": "[" * 100 + '\\"[{'}}])
    assert given.tables["person"].height == 1


def test_a_payload_beyond_the_bound_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, [{"la_child_id": "M1"}])
    with path.open("r+b") as file:
        file.truncate(hostile_json.MAX_BYTES + 1)  # sparse: takes no room on the disk
    with pytest.raises(FileRefused, match="GB"):
        DfeApi().open(path)


def test_values_of_another_type_are_read_or_counted_and_never_a_crash(tmp_path: Path) -> None:
    children = [
        {"la_child_id": ["x"], "child_details": []},
        {"la_child_id": 5, "child_details": {"date_of_birth": 20150101, "disabilities": "HAND", "sex": {"a": 1}}},
        {"la_child_id": "N", "child_details": {"date_of_birth": True}, "social_care_episodes": "none"},
    ]
    given = read_payload(tmp_path, children)
    assert given.tables["person"].select("child_id", "birth_on").rows() == [("5", "20150101"), ("N", "true")]
    assert given.tables["disability"].select("child_id", "disability_code").rows() == [("5", "HAND")]
    assert given.left("child/la_child_id", "a value") == 1
    assert given.left("child_details/sex", "a value") == 1
    assert given.left("child", "social_care_episodes") == 1
