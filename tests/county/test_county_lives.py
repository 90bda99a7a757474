"""Nobody vanishes, nothing happens to a child outside the time that the service knew them, and nobody is real."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest

from keyworker.county import words
from keyworker.county.county import County, generate
from keyworker.county.kept import Frames
from keyworker.vocabulary import TABLES, Kind
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError
from tests.county.conftest import END

LEADS = ("Allocated social worker", "Lead social worker", "Lead practitioner")


def test_there_are_exactly_as_many_children_as_were_asked_for(county: County, truth: Frames) -> None:
    assert truth["person"].height == truth["person"]["child_id"].n_unique() == county.children == 3_000


def test_every_child_was_known_in_the_county_s_time(county: County, truth: Frames) -> None:
    known = truth["cin_episodes"].filter(pl.col("to_on").is_null() | (pl.col("to_on") > county.first))
    assert set(truth["person"]["child_id"]) == set(known["child_id"])


def test_every_row_about_a_child_is_about_a_child_of_the_county(truth: Frames) -> None:
    children = set(truth["person"]["child_id"])
    for name, frame in truth.items():
        if "child_id" in frame.columns:
            assert set(frame["child_id"].drop_nulls()) <= children, name


def test_every_worker_and_team_that_a_row_names_exists(truth: Frames) -> None:
    workers, teams = set(truth["professionals"]["worker_id"]), set(truth["department"]["team_id"])
    for name, frame in truth.items():
        for column in frame.columns:
            if column in {"worker_id", "supervisor_id", "manager_id"}:
                assert set(frame[column].drop_nulls()) <= workers, (name, column)
            if column in {"team_id", "from_team_id", "to_team_id"}:
                assert set(frame[column].drop_nulls()) <= teams, (name, column)


def test_every_table_has_the_columns_that_are_described(truth: Frames) -> None:
    for name, frame in truth.items():
        assert tuple(frame.columns) == (*TABLES[name].column_names, "entered_at"), name


def test_keys_are_unique_and_required_columns_are_filled(truth: Frames) -> None:
    for name, frame in truth.items():
        assert not frame.select(TABLES[name].key).is_duplicated().any(), name
        for column in TABLES[name].columns:
            if column.required or column.name in TABLES[name].key:
                assert frame[column.name].null_count() == 0, (name, column.name)


def test_codes_are_those_of_their_lists(truth: Frames) -> None:
    for name, frame in truth.items():
        for column in TABLES[name].columns:
            if column.codes:
                found = frame[column.name].drop_nulls().cast(pl.String)
                if column.name.endswith("_json"):
                    found = found.str.extract_all(r'"\w+"[,:\]]').explode().str.strip_chars('",:]')
                assert set(found) <= set(codes(column.codes)), (name, column.name)


def test_a_period_ends_after_it_begins(truth: Frames) -> None:
    for name, frame in truth.items():
        if TABLES[name].kind is Kind.PERIOD:
            assert frame.filter(pl.col("to_on") <= pl.col("from_on")).is_empty(), name


def test_a_child_has_one_lead_at_a_time(truth: Frames) -> None:
    led = truth["involvements"].filter(pl.col("role").is_in(LEADS)).sort("child_id", "from_on")
    overlapping = led.with_columns(
        pl.col("to_on").shift().over("child_id").alias("before"),
        pl.col("child_id").shift().over("child_id").alias("same"),
    ).filter(pl.col("same").is_not_null() & (pl.col("before").is_null() | (pl.col("before") > pl.col("from_on"))))
    assert overlapping.is_empty()


def test_nobody_takes_a_child_on_after_the_countys_last_day(truth: Frames) -> None:
    assert truth["involvements"].filter(pl.col("from_on") > END).is_empty()


def test_a_family_has_one_open_referral_at_a_time(truth: Frames) -> None:
    spells = (
        truth["cin_episodes"]
        .sort("child_id", "from_on")
        .with_columns(
            pl.col("to_on").shift().over("child_id").alias("before"),
            pl.int_range(pl.len()).over("child_id").alias("turn"),
        )
    )
    later = spells.filter(pl.col("turn") > 0)
    assert later.filter(pl.col("before").is_null() | (pl.col("before") > pl.col("from_on"))).is_empty()


@pytest.mark.parametrize(
    ("table", "begins", "ends"),
    [
        ("cin_assessments", "from_on", "to_on"),
        ("cin_plans", "from_on", "to_on"),
        ("s47_enquiry", "from_on", "to_on"),
        ("cp_plans", "from_on", "to_on"),
        ("cla_episodes", "from_on", "to_on"),
        ("initial_cp_conference", "happened_on", None),
        ("cin_visits", "happened_on", None),
        ("cp_visits", "happened_on", None),
        ("cla_visits", "happened_on", None),
        ("other_visit", "happened_on", None),
        ("case_supervision", "happened_on", None),
    ],
)
def test_what_happens_to_a_child_happens_while_they_are_open(
    truth: Frames, table: str, begins: str, ends: str | None
) -> None:
    episodes = truth["cin_episodes"].select(
        "child_id", pl.col("from_on").alias("opened"), pl.col("to_on").alias("closed")
    )
    rows = truth[table].filter(pl.col(begins).is_not_null()).with_row_index("row")  # what is awaited has no day yet
    if table == "other_visit":  # a care leaver is visited when no longer open as a child
        rows = rows.filter(~pl.col("visit_kind").is_in(["care leaver", "detained"]))
    over = pl.col(ends).is_null() | (pl.col(ends) <= pl.col("closed")) if ends else pl.lit(value=True)
    inside = rows.join(episodes, on="child_id").filter(
        (pl.col("opened") <= pl.col(begins))
        & (pl.col("closed").is_null() | ((pl.col(begins) < pl.col("closed")) & over))
    )
    assert rows.height - inside["row"].n_unique() == 0


def test_a_visit_on_a_plan_is_made_while_the_plan_is_open(truth: Frames) -> None:
    both = truth["cp_visits"].join(truth["cp_plans"], on="cp_plan_id", suffix="_plan")
    assert both.height == truth["cp_visits"].height
    assert (both["child_id"] == both["child_id_plan"]).all()
    outside = (pl.col("happened_on") < pl.col("from_on")) | (pl.col("happened_on") >= pl.col("to_on"))
    assert both.filter(outside).is_empty()


def test_no_child_is_helped_as_a_child_after_their_eighteenth_birthday(truth: Frames) -> None:
    people = truth["person"].select("child_id", "birth_on")
    spells = truth["cin_episodes"].join(people, on="child_id").filter(pl.col("to_on").is_not_null())
    grown = spells.filter(pl.col("to_on") > pl.col("birth_on").dt.offset_by("18y") + pl.duration(days=2))
    assert grown.is_empty()


def test_siblings_share_a_family_and_are_mostly_referred_together(truth: Frames) -> None:
    together = truth["cin_episodes"].join(truth["family"], on="child_id").group_by("family_id", "from_on").len()
    assert together.filter(pl.col("len") > 1).height > together.height * 0.2


def test_there_are_twins_and_children_not_yet_born_when_referred(truth: Frames) -> None:
    people = truth["person"].join(truth["family"], on="child_id")
    first = truth["cin_episodes"].group_by("child_id").agg(pl.col("from_on").min())
    assert people.drop_nulls("birth_on").select("family_id", "birth_on").is_duplicated().any()
    assert people.join(first, on="child_id").filter(pl.col("from_on") < pl.col("birth_on")).height > 0


def test_nobody_has_a_name_that_anybody_could_have(truth: Frames) -> None:
    assert set(truth["person"]["surname"]) <= set(words.SURNAMES)
    assert set(truth["person"]["forename"].drop_nulls()) <= set(words.FORENAMES)
    made_up = re.compile(
        "Test|Sample|Fiction|Madeup|Example|Pretend|Imagined|Dummy|Notreal|Specimen|Invented|Placeholder|Fable|Demo"
    )
    assert all(made_up.search(name) for name in truth["professionals"]["name"])


def test_no_postcode_pupil_number_or_registration_could_be_issued(truth: Frames) -> None:
    for table in ("address", "cla_placement"):
        assert truth[table]["postcode"].str.starts_with("ZZ99").all()
    numbers = truth["linked_identifiers"]["identifier_value"]
    assert numbers.str.contains(r"^[A-Z]000\d{9}$").all()  # no local authority is numbered 000
    assert numbers.n_unique() == len(numbers)
    assert truth["professionals"]["registration_no"].drop_nulls().str.contains(r"^SW9\d{8}$").all()


def test_nothing_leads_from_an_adopted_child_to_anybody_else(truth: Frames) -> None:
    adopted = set(truth["permanence"]["child_id"])
    after = truth["cin_episodes"].filter((pl.col("close_reason") == "RC1") & pl.col("child_id").is_in(adopted))
    assert adopted
    assert "identity_link" not in truth
    later = truth["cin_episodes"].join(after.select("child_id", "to_on"), on="child_id", suffix="_adopted")
    assert later.filter(pl.col("from_on") >= pl.col("to_on_adopted")).is_empty()


def test_a_county_of_fifty_children_has_everything_that_a_page_needs() -> None:
    truth = generate(50, 2, 5, date(2024, 11, 30)).truth()
    assert truth["person"].height == 50
    for table in (
        "cin_visits",
        "involvements",
        "team",
        "appointment",
        "supervision_line",
        "setting",
        "meaning",
        "role_holding",
    ):
        assert truth[table].height > 0, table


@pytest.mark.parametrize(("children", "years"), [(49, 3), (500, 0)])
def test_a_county_of_nobody_or_of_no_time_is_refused(children: int, years: int) -> None:
    with pytest.raises(KeyworkerError, match="at least 50 children"):
        generate(children, years, 1, date(2024, 11, 30))


def test_of_most_children_assessed_a_disability_or_none_is_written(truth: Frames) -> None:
    of_child = truth["disability"].group_by("child_id").agg(pl.col("disability_code"))
    both = of_child.filter(pl.col("disability_code").list.contains("NONE") & (pl.col("disability_code").list.len() > 1))
    assert both.is_empty(), "a child with a disability has not none"
    assessed = truth["cin_assessments"].filter(pl.col("to_on").is_not_null())["child_id"].unique()
    asked = truth["disability"]["child_id"].unique()
    share = assessed.is_in(asked.implode()).mean()
    assert 0.5 < share < 0.95, "of some nobody has asked"


def test_a_personal_adviser_is_a_worker_with_a_name(truth: Frames) -> None:
    leavers = truth["care_leavers"].drop_nulls("personal_adviser")
    named = leavers.join(truth["professionals"].select("worker_id", "name", "job_title"), on="worker_id")
    assert leavers.height == named.height > 0
    assert (named["personal_adviser"] == named["name"]).all()
    assert set(named["job_title"]) == {"Personal Adviser"}


def test_before_the_door_some_need_an_interpreter_and_some_are_not_to_be_visited_alone(truth: Frames) -> None:
    said = truth["communication"]
    assert set(said["interpreter"]) == {True, False, None}
    assert said.filter(pl.col("interpreter")).height > 0
    warned = truth["visit_warning"]
    assert "visit in pairs" in set(warned["kind"])
    forgotten = warned.filter(pl.col("to_on").is_null() & (pl.col("review_on") < date(2024, 11, 30)))
    assert 0 < forgotten.height < warned.height
