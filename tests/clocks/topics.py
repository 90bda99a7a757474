"""What random lives are about, topic by topic: the tables that meet in one, and what their columns may hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.clocks.random_lives import FIRST


def _ago(years: int, days: int = 0) -> date:
    return FIRST.replace(year=FIRST.year - years) + timedelta(days=days)


NEAR = [FIRST + timedelta(days=day) for day in (0, 1, 7, 20, 21, 40, 59)]
LAST_YEAR = [_ago(1, day) for day in (-40, -20, 0, 5, 30, 31, 50)]
BIRTHS: list[date | None] = [None, *(_ago(years, day) for years in (3, 4, 5, 14, 16, 17, 18) for day in (-1, 15, 40))]
CONFERENCE = ['{"CP_CONFERENCE_FLAG": "Y"}', '{"CP_CONFERENCE_FLAG":"N"}', '{"NFA_FLAG": "Y"}', None]


def _steps(*kinds: str, outcomes: tuple[str | None, ...] = (None,)) -> dict[tuple[str, str], list[Any]]:
    return {("step", "kind"): list(kinds), ("step", "outcome"): list(outcomes), ("step", "belongs_to_id"): [None]}


# Of what each set of lives is: the tables that meet in it, and what their columns may hold.
TOPICS: dict[str, tuple[tuple[str, ...], dict[tuple[str, str], list[Any]]]] = {
    "front door": (
        ("contacts", "cin_episodes", "initial_cp_conference", "step"),
        {
            ("contacts", "outcome_json"): ["{}", None],
            ("cin_episodes", "referral_outcome_json"): ["{}", "", None],
            **_steps("contact decision", "referral decision", "move-in notice"),
        },
    ),
    "need": (
        ("cin_assessments", "s47_enquiry", "initial_cp_conference", "cp_plans", "cla_episodes", "legal_status"),
        {("s47_enquiry", "outcome_json"): CONFERENCE},
    ),
    "plans": (("cin_plans", "cin_episodes", "cp_plans", "cla_episodes", "early_help_episodes", "family_help_plan"), {}),
    "enquiries": (
        ("s47_enquiry", "initial_cp_conference", "step", "cp_visits"),
        {
            ("s47_enquiry", "outcome_json"): CONFERENCE,
            **_steps("strategy discussion", outcomes=("enquiry", "no enquiry", None)),
        },
    ),
    "orders": (
        ("legal_status", "step"),
        {
            ("legal_status", "legal_status"): ["L1", "l2", "L2", "C1", None],
            **_steps("police protection", "protection order extended", "secure order", "secure placement ended"),
        },
    ),
    "secure": (("step",), _steps("secure order", "secure placement ended", "secure placement", "accommodation ended")),
    "arrangements": (
        ("cla_placement", "legal_status", "step", "cla_reviews", "cla_episodes"),
        {
            ("cla_placement", "type"): ["P1", "P1 ", "P1", "U1", "u4", "U6", "R5", "T1", "A5", None],
            ("cla_placement", "from_on"): [*NEAR, *LAST_YEAR],
            ("legal_status", "legal_status"): ["C1", "C2", "V2", "V2", "V3", "v4", None],
            ("cla_reviews", "care_period_id"): ["{child} p1", None],
            ("cla_episodes", "care_period_id"): ["{child} p1", None],
            ("step", "kind"): [
                *["temporary approval", "placed before assessment"] * 2,
                "carer decision",
                "placed before assessment",
                "parent assessment",
                "placement to last",
                "long-term foster care agreed",
            ],
            ("step", "belongs_to_id"): [None, None, "x"],
        },
    ),
    "placements": (
        ("cla_placement", "step", "cla_care_plan", "cla_episodes"),
        {
            ("cla_placement", "type"): ["U6", "T1", None],
            **_steps("placement plan", "placement notice", "placement ending notice"),
        },
    ),
    "care": (
        ("cla_episodes", "legal_status", "cla_reviews", "cla_health", "person"),
        {
            ("person", "birth_on"): BIRTHS,
            ("cla_episodes", "from_on"): [*NEAR, *LAST_YEAR],
            ("cla_episodes", "care_period_id"): ["{child} p1", None],
            ("cla_reviews", "care_period_id"): ["{child} p1", "{child} p2"],
            ("cla_reviews", "happened_on"): [*NEAR, None, None],
            ("legal_status", "legal_status"): ["V3", "V4", "V4", "C2", None],
            ("legal_status", "from_on"): [*NEAR, *LAST_YEAR],
            ("cla_health", "type"): ["Health assessment", "HEALTH", "IHA", "Dental check", "Teeth", "Optician", None],
            ("cla_health", "status"): ["Completed", "1", "Planned", "Refused", None],
        },
    ),
    "adoption": (
        ("permanence", "step", "cla_reviews", "cla_episodes", "legal_status"),
        {
            ("cla_episodes", "care_period_id"): ["{child} p1"],
            ("cla_reviews", "care_period_id"): ["{child} p1"],
            ("legal_status", "legal_status"): ["E1", "C2", None],
            **_steps("adoption review", "consent to place"),
        },
    ),
    "after care": (
        ("missing", "private_fostering", "care_leavers", "person", "step"),
        {
            ("missing", "rhi_offered"): ["Y", "no", "yes", None],
            ("private_fostering", "from_on"): [*NEAR, *LAST_YEAR],
            ("care_leavers", "eligibility"): ["Relevant", "Qualifying", "c", "No Current Eligibility", None],
            ("person", "birth_on"): [None, _ago(16, 20), _ago(24), _ago(25, 20), _ago(26)],
            **_steps("return home interview", "accommodation provided", "accommodation ended"),
        },
    ),
    "work": (
        ("appointment", "professionals", "personal_supervision", "absence", "step"),
        {
            ("appointment", "role_class"): ["case holder", None],
            ("appointment", "employment"): ["permanent", "Agency", "fixed term", None],
            ("appointment", "leaving_reason"): ["2", "8", None],
            ("appointment", "from_on"): [*NEAR, *LAST_YEAR, _ago(0, -130)],
            ("professionals", "registration_no"): ["SW1", "", None],
            ("personal_supervision", "outcome"): ["held", "cancelled"],
            ("personal_supervision", "minutes"): [60, 90, 120, None],
            ("step", "happened_on"): [*NEAR, date(2025, 11, 30), date(2025, 12, 1), date(2025, 9, 1)],
            **_steps(
                "assessed year began",
                "assessed year ended",
                "assessed year paused",
                "assessed year resumed",
            ),
        },
    ),
    "register": (
        ("appointment", "step"),
        {
            ("appointment", "employment"): ["permanent", "Agency", "fixed term", None],
            ("appointment", "leaving_reason"): ["2", "8", None],
            ("appointment", "role_class"): ["case holder", None],
            ("step", "belongs_to"): ["cin_census", "workforce_census", "agency_return", None],
            ("step", "happened_on"): [*NEAR, date(2025, 11, 30), date(2025, 12, 1), date(2025, 9, 1)],
            **_steps(
                "registration renewed",
                "return submitted",
                "learning recorded",
                "learning recorded",
                "notice given",
                "direct experience began",
                outcomes=("with peer reflection", "alone", None),
            ),
        },
    ),
}
# These ask when the record began to speak of something, whoever it was about, so that lives are no worlds of their own.
OF_ALL = {
    "registrations_recorded",
    "learning_recorded",
    "agency_returns_recorded",
    "workforce_censuses_recorded",
    "cin_censuses_recorded",
}
