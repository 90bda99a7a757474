"""Open children, a child's story and workers at a moment, on a small service worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import polars as pl
import psycopg
import pytest

from keyworker.clocks.children import children_at
from keyworker.clocks.story import story_at
from keyworker.clocks.workers import workers_at
from keyworker.facts.frames import frames
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, id_of
from keyworker.facts.moment import best_known, known_then
from keyworker.facts.pictures import Gap, NextDate, Outcome, Role, Standing
from keyworker.facts.sources import absent, source_ages
from keyworker.facts.teams import teams_at
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import AT, CP_SETTING, NOW, involvement, service, tell
from tests.servers.started import Database

MOMENT = best_known(AT)


@pytest.fixture
def record(any_database: Database) -> Iterator[psycopg.Connection]:
    with any_database.connect(DatabaseRole.LOADER) as connection:
        yield connection


@pytest.fixture
def told(record: psycopg.Connection) -> psycopg.Connection:
    tell(record, service())
    return record


def test_an_open_child_is_shown_with_all_that_a_list_needs(told: psycopg.Connection):
    first, second = children_at(told, MOMENT)
    assert (first.child_id, first.name, first.age_years) == ("c1", "Ashby Madeup", 10)
    assert [(status.kind, status.detail) for status in first.statuses] == [("cp", "NEG"), ("referral", None)]
    assert first.lead is not None and (first.lead.worker_id, first.lead.name) == ("bea", "Bea Madeup")
    assert first.lead_since == date(2026, 2, 1), "touching rows of one worker are one holding"
    assert first.accountable is not None and first.accountable.worker_id == "cat"
    assert [worker.worker_id for worker in first.unmapped_roles] == ["dee"]
    assert first.team is not None and (first.team.name, first.team.district) == ("Fenland team", "Fenland")
    assert (first.changes_in_12_months, first.siblings_open) == (1, 1)
    assert (second.child_id, second.age_years, second.lead, second.accountable) == ("c2", None, None, None)
    assert second.unallocated_since == date(2026, 2, 1), "held by a team is not allocated; before, nothing tells"
    assert second.team is not None and second.team.team_id == "t1"


def test_a_visit_at_which_the_child_was_not_seen_moves_only_the_last_attempt(told: psycopg.Connection):
    (child,) = children_at(told, MOMENT, child_ids=["c1"])
    assert child.last_attempted_on == date(2026, 3, 18)
    assert child.last_seen_on == date(2026, 3, 6)
    assert child.last_seen_alone_on == date(2026, 3, 2)


def test_without_a_setting_nothing_is_due(told: psycopg.Connection):
    (child,) = children_at(told, MOMENT, child_ids=["c1"])
    assert (child.due_on, child.standing) == (None, Standing.NO_INTERVAL)
    assert "No visit interval is set" in child.why_due


@pytest.mark.parametrize(
    ("at", "standing"),
    [
        (date(2026, 3, 19), Standing.IN_TIME),
        (date(2026, 3, 20), Standing.IN_TIME),
        (date(2026, 3, 21), Standing.PAST),
    ],
)
def test_a_child_is_past_the_interval_from_the_day_after_it_is_due(
    told: psycopg.Connection, at: date, standing: Standing
):
    tell(told, {"setting": [CP_SETTING]}, source="settings")
    (child,) = children_at(told, best_known(at), child_ids=["c1"])
    assert (child.due_on, child.standing) == (date(2026, 3, 20), standing)
    assert child.why_due == (
        "At least every 10 working days for a child on a child protection plan, counted from 6 March 2026, when last "
        "seen, in working days of England and Wales, that day being day 0; source: Visiting policy (example), set by "
        "practice board."
    )


def test_a_childs_own_plan_is_due_when_it_is_sooner(told: psycopg.Connection):
    plan = {"child_id": "c1", "visit_every": 7, "unit": "calendar_days", "set_by": "chair", "from_on": date(2026, 2, 1)}
    tell(told, {"setting": [CP_SETTING], "child_plan": [plan]}, source="settings")
    (child,) = children_at(told, MOMENT, child_ids=["c1"])
    assert (child.due_on, child.standing) == (date(2026, 3, 13), Standing.PAST)
    assert "own plan" in child.why_due


def test_it_cannot_be_told_when_a_visit_does_not_say_whether_the_child_was_seen(told: psycopg.Connection):
    unsaid = {"cp_visit_id": "v9", "child_id": "c1", "happened_on": date(2026, 3, 16)}
    tell(told, {"setting": [CP_SETTING], "cp_visits": [unsaid]}, source="settings")
    (child,) = children_at(told, best_known(date(2026, 3, 24)), child_ids=["c1"])
    assert child.standing is Standing.CANNOT_TELL
    assert "does not say whether the child was seen" in child.why_due


def test_filters_find_a_workers_a_teams_and_a_districts_children(told: psycopg.Connection):
    ids = [
        [row.child_id for row in children_at(told, MOMENT, **chosen)]
        for chosen in ({"worker_id": "bea"}, {"team_id": "t1"}, {"district": "Fenland"}, {"district": "unmapped"})
    ]
    assert ids == [["c1"], ["c1", "c2"], ["c1", "c2"], []]
    assert children_at(told, MOMENT, worker_id="ann") == [], "ann handed over in February"
    assert children_at(told, best_known(date(2025, 1, 1))) == [], "nobody was open a year before"


def test_a_list_of_one_shows_what_the_list_of_all_shows(told: psycopg.Connection):
    tell(told, {"setting": [CP_SETTING]}, source="settings")
    assert children_at(told, MOMENT, child_ids=["c1"]) == children_at(told, MOMENT)[:1]


def test_what_was_learnt_later_is_not_known_then(told: psycopg.Connection):
    later = {"cp_visit_id": "v4", "child_id": "c1", "happened_on": date(2026, 3, 10), "seen": True}
    tell(told, {"cp_visits": [later]}, now=NOW + timedelta(days=3))
    (then,) = children_at(told, known_then(AT, NOW + timedelta(days=1)), child_ids=["c1"])
    (now,) = children_at(told, MOMENT, child_ids=["c1"])
    assert (then.last_seen_on, now.last_seen_on) == (date(2026, 3, 6), date(2026, 3, 10))
    assert children_at(told, known_then(AT, NOW - timedelta(days=1))) == []


def test_a_story_holds_ribbons_gaps_visits_and_the_comb(told: psycopg.Connection):
    tell(told, {"setting": [CP_SETTING]}, source="settings")
    story = story_at(told, MOMENT, "c1")
    assert story is not None and story.child is not None
    leads = [
        (one.worker.worker_id, one.from_on, one.to_on, one.cause) for one in story.ribbons if one.role is Role.LEAD
    ]
    assert leads == [
        ("ann", date(2026, 1, 5), date(2026, 2, 1), "LEFTRL"),
        ("bea", date(2026, 2, 1), None, None),
    ]
    assert story.gaps == ()
    assert [visit.outcome for visit in story.visits] == [Outcome.SEEN_ALONE, Outcome.SEEN, Outcome.NOT_SEEN]
    assert (date(2026, 3, 6), date(2026, 3, 20)) in story.interval_days
    assert [(name, what) for _, name, what in story.family] == [("Bexley Madeup", "in the same family")]
    assert id_of(told, HandleKind.CHILD, story.handle) == "c1"
    brother = story_at(told, MOMENT, "c2")
    assert brother is not None and brother.gaps == (Gap(date(2026, 2, 1), None),), "told from the first known ending"
    assert brother.untold == (Gap(date(2026, 1, 5), date(2026, 2, 1)),)
    assert story_at(told, MOMENT, "nobody") is None


def test_a_cause_that_nobody_recorded_is_read_from_hr_and_says_so(told: psycopg.Connection):
    left = {"appointment_id": "a9", "worker_id": "fay", "from_on": date(2020, 1, 1), "to_on": date(2026, 3, 8)}
    held = involvement(9, "fay", "Co-worker", date(2026, 1, 5), date(2026, 3, 2))
    tell(told, {"appointment": [left], "involvements": [held]}, source="pack")
    story = story_at(told, MOMENT, "c1")
    assert story is not None
    (ribbon,) = [one for one in story.ribbons if one.worker.worker_id == "fay"]
    assert (ribbon.cause, ribbon.cause_read_from) == ("LEFTRL", "HR leaving date")


def test_where_sources_differ_the_first_speaks_and_the_difference_is_shown(told: psycopg.Connection):
    other = {"cp_plan_id": "x", "child_id": "c1", "from_on": date(2026, 1, 20), "latest_category": "PHY"}
    tell(told, {"cp_plans": [other]}, source="cin-census")
    story = story_at(told, MOMENT, "c1")
    assert story is not None
    assert [status.detail for status in story.statuses if status.kind == "cp"] == ["NEG"]
    (difference,) = story.disagreements
    assert (difference.column, difference.shown, difference.other) == ("latest_category", "NEG", "PHY")
    order = {"name": "source precedence", "applies_to": "cp_plans", "value": "cin-census, ssd", "from_on": AT}
    tell(told, {"setting": [order]}, source="settings")
    turned = story_at(told, MOMENT, "c1")
    assert turned is not None
    assert [status.detail for status in turned.statuses if status.kind == "cp"] == ["PHY"]
    before = story_at(told, best_known(AT - timedelta(days=1)), "c1")
    assert before is not None
    assert [status.detail for status in before.statuses if status.kind == "cp"] == ["NEG"], "precedence is dated"


@pytest.mark.parametrize(
    ("adoption", "joined"),
    [
        ({}, True),
        (
            {
                "cin_episodes": [
                    {"referral_id": "z", "child_id": "c9", "from_on": date(2020, 1, 1), "close_reason": "RC1"}
                ]
            },
            False,
        ),
        (
            {"cla_episodes": [{"episode_id": "z", "child_id": "c9", "from_on": AT, "episode_ceased_reason": "E12"}]},
            False,
        ),
        ({"permanence": [{"permanence_id": "z", "child_id": "c9", "permanence_order_type": "Adoption order"}]}, False),
    ],
)
def test_identifiers_are_joined_but_never_across_an_adoption(
    told: psycopg.Connection, adoption: dict[str, list[dict[str, object]]], joined: bool
):
    visit = {"cp_visit_id": "v8", "child_id": "c9", "happened_on": date(2026, 3, 19), "seen": True}
    link = {"child_id": "c9", "same_as": "c1", "basis": "decision", "from_on": date(2026, 1, 1)}
    tell(told, {"cp_visits": [visit], "identity_link": [link], **adoption}, source="pack")
    (child,) = children_at(told, MOMENT, child_ids=["c1"])
    assert child.last_seen_on == (date(2026, 3, 19) if joined else date(2026, 3, 6))
    story = story_at(told, MOMENT, "c9")
    assert story is not None and story.child_id == ("c1" if joined else "c9")


def test_a_worker_is_shown_with_what_they_hold_and_who_supervises_them(told: psycopg.Connection):
    tell(told, {"setting": [CP_SETTING]}, source="settings")
    rows = {row.worker.worker_id: row for row in workers_at(told, best_known(date(2026, 3, 25)), team_id="t1")}
    bea = rows["bea"]
    assert (bea.children, bea.families, bea.past_interval, bea.longest_since_seen_days) == (1, 1, 1, 19)
    assert (bea.fte, bea.hours_today, bea.is_away) == (1.0, 7.4, False)
    assert bea.supervisor is not None and bea.supervisor.worker_id == "eve"
    assert bea.last_supervised_on == date(2026, 2, 1), "a cancelled supervision is none"
    assert [row.worker.worker_id for row in workers_at(told, MOMENT, supervisor_id="eve")] == ["bea"]
    assert workers_at(told, MOMENT, children=children_at(told, MOMENT)) == workers_at(told, MOMENT)


def test_teams_are_restated_on_todays_structure_when_asked(told: psycopg.Connection):
    moved = {"from_team_id": "t1", "to_team_id": "t2", "how": "renamed", "happened_on": date(2026, 5, 1)}
    after = {
        "team_id": "t2",
        "name": "Wisbech team",
        "district": "Wisbech",
        "team_type": "cin",
        "from_on": date(2026, 5, 1),
    }
    tell(told, {"team_succession": [moved], "team": [after]}, source="pack")
    lens = lens_at(told, MOMENT)
    then, now = teams_at(told, lens).ref("t1"), teams_at(told, lens, restated=True).ref("t1")
    assert then is not None and then.district == "Fenland"
    assert now is not None and now.district == "Wisbech"
    unknown = teams_at(told, lens).ref("t7")
    assert unknown is not None and (unknown.district, unknown.team_type) == ("unmapped", "unmapped")


def test_sources_say_how_old_they_are_and_what_no_extract_holds(told: psycopg.Connection):
    cut = datetime(2026, 3, 19, 22, tzinfo=UTC)
    tell(told, {"absence": [{"absence_id": "x", "worker_id": "bea", "from_on": AT}]}, source="pack", cut_at=cut)
    assert [(age.source, age.cut_at) for age in source_ages(told)] == [("pack", cut), ("ssd", None)]
    missing = {one.what for one in absent(told, MOMENT)}
    assert "Posts and vacancies" in missing
    assert "Absence" not in missing


def test_frames_hold_every_table_as_known_at_the_moment(told: psycopg.Connection):
    held = frames(told, best_known(date(2026, 2, 10)))
    involved = held["involvements"]
    assert involved["to_on"].to_list() == [date(2026, 2, 1), None, None, None, None], "a later ending is not yet seen"
    assert involved["source"].unique().to_list() == ["ssd"]
    assert held["appointment"]["fte"].to_list() == [1.0]
    assert held["cp_visits"].is_empty()


def test_frames_take_no_word_of_a_source_for_nothing(told: psycopg.Connection):
    tell(told, {"professionals": [{"worker_id": "moss", "name": r"\N", "job_title": "NULL"}]}, source="pack")
    held = frames(told, MOMENT, tables=["professionals"])["professionals"]
    row = held.row(by_predicate=pl.col("worker_id") == "moss", named=True)
    assert (row["name"], row["job_title"], row["staff_id"]) == (r"\N", "NULL", None)


def test_before_the_door_tells_of_the_last_visit_in_vain_of_missing_episodes_and_of_disabilities(
    told: psycopg.Connection,
):
    days = (date(2026, 2, 10), date(2026, 3, 1))
    tell(
        told,
        {
            "missing": [
                {"missing_id": f"m{day}", "child_id": "c1", "from_on": day, "to_on": day + timedelta(days=1)}
                for day in days
            ],
            "disability": [
                {"disability_id": f"d{code}", "child_id": "c1", "disability_code": code} for code in ("LD", "HEAR")
            ],
        },
        now=NOW + timedelta(hours=1),
    )
    first, second = children_at(told, MOMENT)
    assert first.before_the_door == (
        "Last visit, 18 March 2026: the child was not seen",
        "Missing or away twice in the last 90 days, last on 1 March 2026",
        "Disability recorded: hearing, learning",
    )
    assert second.before_the_door == ()


def test_before_the_door_tells_of_warnings_of_languages_and_of_the_unborn(told: psycopg.Connection):
    tell(
        told,
        {
            "visit_warning": [
                {"warning_id": "w1", "child_id": "c1", "kind": "dog", "says": "Ring first.", "from_on": AT},
                {"warning_id": "w2", "child_id": "c1", "kind": "access", "from_on": date(2026, 1, 1), "to_on": AT},
            ],
            "communication": [
                {
                    "communication_id": f"l{who}", "child_id": "c1", "who": who, "language": "Madeupish",
                    "interpreter": needed, "from_on": date(2026, 1, 1),
                }
                for who, needed in (("parent", True), ("child", None))
            ],
        },
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    first, _ = children_at(told, MOMENT)
    said = [one for one in first.before_the_door if "adeup" in one or "Warning" in one]
    assert said == [
        "Warning since 20 March 2026: dog: Ring first.",
        "Language of the child: Madeupish, nobody said whether an interpreter is needed",
        "Language of the parent: Madeupish, interpreter needed",
    ]


def test_an_unborn_child_is_said_to_be_expected(record: psycopg.Connection):
    rows = service()
    rows["person"][1]["expected_birth_on"] = date(2026, 5, 3)
    tell(record, rows)
    _, second = children_at(record, MOMENT)
    assert second.before_the_door == ("Not yet born: expected on 3 May 2026",)


def test_a_row_holds_every_stretch_with_a_lead_or_accountable_worker(told: psycopg.Connection):
    (child,) = children_at(told, MOMENT, child_ids=["c1"])
    assert [(held.worker_id, held.role, held.to_on) for held in child.holds] == [
        ("ann", "lead", date(2026, 2, 1)),
        ("cat", "accountable", None),
        ("bea", "lead", None),
    ]


def test_the_next_date_is_the_earliest_ahead_and_a_bygone_one_only_where_nothing_is_ahead(told: psycopg.Connection):
    def action(number: int, due_on: date, child_id: str = "c1") -> dict[str, object]:
        return {"action_id": f"n{number}", "child_id": child_id, "happened_on": date(2022, 1, 1), "due_on": due_on}

    bygone = [action(1, date(2022, 12, 9)), action(2, date(2026, 3, 19)), action(3, date(2026, 2, 1), "c2")]
    tell(told, {"action": [*bygone, action(4, AT), action(5, date(2026, 6, 1))]}, source="pack")
    found = {row.child_id: row.next_date for row in children_at(told, MOMENT)}
    assert found == {"c1": NextDate("action", AT), "c2": NextDate("action", date(2026, 2, 1))}
