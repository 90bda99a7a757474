"""What each of Annex A's eleven lists becomes in the record, and the names of their columns as they are compared."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from keyworker.intake.carry import Carry, Fixed, Made, iso
from keyworker.intake.formats.annex_a_values import abuse, code, description, flag, label, unflag

CHILD = "child unique id"
TEAM, WORKER, DISABILITY = "allocated team", "allocated worker", "does the child have a disability"
ADVISER = "allocated personal advisor"
PERSON = ("gender", "ethnicity", "date of birth")
REFERRAL, IN_NEED = "date of referral", "cin start date"
SEEN = "date child was last seen"
SEEN_THEN = "@seen then"  # on a row of list 7 or 8: list 6 says that the child was seen on the day of its visit
VISITS = {"list 7": "date of the last statutory visit", "list 8": "date of last social work visit"}
OVER = {
    "list 6": "cin closure date",
    "list 7": "child protection plan end date",
    "list 8": "date ceased to be looked after",
}
HOLDING = ("list 8", "list 7", "list 6", "list 9")  # whose words of the worker come first

NATURAL = {
    "list 1": ("@contact", "contact", "date of contact"),
    "list 2": ("@help", "early-help", "assessment start date"),
    "list 4": ("@assessment", "assessment", "continuous assessment start date"),
    "list 5": ("@enquiry", "s47", "strategy discussion initiating section 47 enquiry start date"),
    "list 7": ("@plan", "cp-plan", "child protection plan start date"),
    "list 8": ("@care", "care", "date started to be looked after"),
    "list 10": ("@adoption", "permanence", "date of decision that child should be placed for adoption"),
}


def _by(name: str, value: pl.Expr) -> Made:
    return Made((name,), value)


def _dated(word: str, name: str) -> Made:
    return Made((name,), pl.concat_str([pl.col(CHILD), pl.lit(f"/{word}/"), iso(name)]))


ADDED = ("primary need code", "cin closure date", "reason for closure")
FROM_6 = tuple(f"@6 {name}" for name in ADDED)
_SUPPORT = "was the child assessed as requiring la childrens social care support"
_EVERYONE = (CHILD, *PERSON)
_HELD = (TEAM, WORKER)
FIELDS: dict[str, tuple[str, ...]] = {
    "list 1": _EVERYONE,
    "list 2": _EVERYONE,
    "list 3": (*_EVERYONE, REFERRAL, *_HELD),
    "list 4": (*_EVERYONE, DISABILITY, *_HELD),
    "list 5": (*_EVERYONE, DISABILITY, *_HELD),
    "list 6": (*_EVERYONE, DISABILITY, *_HELD, IN_NEED, SEEN, *ADDED),
    "list 7": (*_EVERYONE, DISABILITY, *_HELD, VISITS["list 7"], OVER["list 7"]),
    "list 8": (*_EVERYONE, DISABILITY, *_HELD, VISITS["list 8"], OVER["list 8"]),
    "list 9": (*_EVERYONE, DISABILITY, *_HELD, ADVISER),
    "list 10": (*_EVERYONE, DISABILITY),
    "list 11": (),
}
_TEAM_AND_WORKER: Mapping[str, str | Made | Fixed] = {
    "team_id": TEAM,
    "worker_id": Made((WORKER,), pl.col(f"@{WORKER}")),
}

_PEOPLE = (
    Carry(
        "people",
        "person",
        {"child_id": CHILD, "gender": "gender", "ethnicity": "ethnicity", "birth_on": "date of birth"},
    ),
    Carry(
        "disabled",
        "disability",
        {
            "child_id": CHILD,
            "disability_code": "@disability",
            "disability_id": Made((), pl.concat_str(CHILD, pl.lit("/disability/"), "@disability")),
        },
    ),
    Carry("workers", "professionals", {"worker_id": "@worker", "name": "name"}),
    Carry("teams", "department", {"team_id": "name", "name": "name"}),
    Carry(
        "held",
        "involvements",
        {
            "involvement_id": "@held",
            "child_id": CHILD,
            "worker_id": f"@{WORKER}",
            "team_id": TEAM,
            "role": Fixed("Allocated worker (Annex A)"),
            "from_on": "@as_at",
        },
    ),
)

_EARLY = (
    Carry(
        "list 1",
        "contacts",
        {
            "contact_id": "@contact",
            "child_id": CHILD,
            "happened_on": "date of contact",
            "source_code": _by("contact source", code("contact source")),
            "source_desc": _by("contact source", description("contact source")),
        },
    ),
    Carry(
        "list 2",
        "early_help_episodes",
        {
            "episode_id": "@help",
            "child_id": CHILD,
            "from_on": "assessment start date",
            "to_on": "assessment completion date",
            "organisation": "organisation completing assessment",
        },
    ),
)


def _need(name: str) -> dict[str, str | Made | Fixed]:
    """What list 6 says of an episode, from its own columns or those joined to list 3."""
    prefix = "@6 " if name == REFERRAL else ""
    fields = {field: (() if prefix else (field,)) for field in ADDED}
    return {
        "primary_need_code": Made(fields[ADDED[0]], code(prefix + ADDED[0])),
        "to_on": Made(fields[ADDED[1]], pl.col(prefix + ADDED[1])),
        "close_reason": Made(fields[ADDED[2]], code(prefix + ADDED[2])),
    }


_NEED = (
    Carry(
        "list 3",
        "cin_episodes",
        {
            "referral_id": "@referral",
            "child_id": CHILD,
            "from_on": REFERRAL,
            "referral_source_code": _by("referral source", code("referral source")),
            "referral_source_desc": _by("referral source", description("referral source")),
            "referral_nfa": _by("referral nfa", flag("referral nfa")),
            **_TEAM_AND_WORKER,
            **_need(REFERRAL),
        },
    ),
    Carry(
        "list 6",
        "cin_episodes",
        {"referral_id": "@referral", "child_id": CHILD, "from_on": IN_NEED, **_need(IN_NEED)},
        when=("@apart",),
    ),
    Carry(
        "list 6",
        "cin_visits",
        {
            "cin_visit_id": _dated("seen", SEEN),
            "child_id": CHILD,
            "happened_on": SEEN,
            "seen": Fixed("true"),
        },
        when=(SEEN,),
    ),
    Carry(
        "list 4",
        "cin_assessments",
        {
            "assessment_id": "@assessment",
            "child_id": CHILD,
            "from_on": "continuous assessment start date",
            "to_on": "continuous assessment date of authorisation",
            "child_seen": _by(
                "child seen during continuous assessment", flag("child seen during continuous assessment")
            ),
            "outcome_nfa": _by(_SUPPORT, unflag(_SUPPORT)),
            "outcome_json": _by(
                _SUPPORT,
                pl.when(pl.col(_SUPPORT).is_not_null()).then(
                    pl.struct(label(_SUPPORT).alias("requires_support")).struct.json_encode()
                ),
            ),
            **_TEAM_AND_WORKER,
        },
    ),
)

_UNNECESSARY = "was an initial child protection conference deemed unnecessary"
_CONFERENCE = "date of initial child protection conference"
_RESULT = "did the initial child protection conference result in a child protection plan"
_ALONE = "was the child seen alone"
_PROTECTION = (
    Carry(
        "list 5",
        "s47_enquiry",
        {
            "s47_enquiry_id": "@enquiry",
            "child_id": CHILD,
            "from_on": "strategy discussion initiating section 47 enquiry start date",
            "nfa": _by(_UNNECESSARY, flag(_UNNECESSARY)),
            **_TEAM_AND_WORKER,
        },
    ),
    Carry(
        "list 5",
        "initial_cp_conference",
        {
            "icpc_id": Made((), pl.col("@enquiry") + "/conference"),
            "s47_enquiry_id": "@enquiry",
            "child_id": CHILD,
            "happened_on": _CONFERENCE,
            "outcome_cp_flag": _by(_RESULT, flag(_RESULT)),
        },
        when=(_CONFERENCE, _RESULT),
    ),
    Carry(
        "list 7",
        "cp_plans",
        {
            "cp_plan_id": "@plan",
            "child_id": CHILD,
            "from_on": "child protection plan start date",
            "to_on": OVER["list 7"],
            "initial_category": _by("initial category of abuse", abuse("initial category of abuse")),
            "latest_category": _by("latest category of abuse", abuse("latest category of abuse")),
        },
    ),
    Carry(
        "list 7",
        "cp_visits",
        {
            "cp_visit_id": _dated("cp-visit", VISITS["list 7"]),
            "child_id": CHILD,
            "cp_plan_id": "@plan",
            "happened_on": VISITS["list 7"],
            "seen": Made((SEEN_THEN,), pl.when(flag(_ALONE) == "true").then(pl.lit("true")).otherwise(SEEN_THEN)),
            "seen_alone": _by(_ALONE, flag(_ALONE)),
        },
        when=(VISITS["list 7"],),
    ),
    Carry(
        "list 7",
        "cp_reviews",
        {
            "cp_review_id": _dated("cp-review", "date of latest review conference"),
            "child_id": CHILD,
            "cp_plan_id": "@plan",
            "happened_on": "date of latest review conference",
        },
        when=("date of latest review conference",),
    ),
)

_STARTED, _CEASED = "date started to be looked after", OVER["list 8"]
_PLACED, _STATUS_ON = "start date of most recent placement", "start date of current legal status"
UASC = "unaccompanied asylum seeking child uasc within the last 12 months y n"


def _check(kind: str, word: str, name: str) -> Carry:
    return Carry(
        "list 8",
        "cla_health",
        {"health_check_id": _dated(word, name), "child_id": CHILD, "type": Fixed(kind), "happened_on": name},
        when=(name,),
    )


_CARE = (
    Carry(
        "list 8",
        "cla_episodes",
        {
            "episode_id": "@care",
            "child_id": CHILD,
            "care_period_id": "@care",
            "placement_id": _dated("placement", _PLACED),
            "from_on": _STARTED,
            "entered_care_on": _STARTED,
            "to_on": _CEASED,
            "episode_start_reason": Fixed("S"),
            "episode_ceased_reason": _by("reason ceased to be looked after", code("reason ceased to be looked after")),
            "primary_need_code": _by("childs category of need", code("childs category of need")),
            "last_iro_contact_on": "date of last iro visit contact to the child",
        },
    ),
    Carry(
        "list 8",
        "cla_placement",
        {
            "placement_id": _dated("placement", _PLACED),
            "child_id": CHILD,
            "care_period_id": "@care",
            "from_on": _PLACED,
            "to_on": _CEASED,
            "type": _by("placement type", code("placement type")),
            "provider": _by("placement provider", code("placement provider")),
            "postcode": "placement postcode",
            "urn": "urn of placement",
        },
        when=(_PLACED,),
    ),
    Carry(
        "list 8",
        "legal_status",
        {
            "legal_status_id": _dated("legal-status", _STATUS_ON),
            "child_id": CHILD,
            "legal_status": _by("childs legal status", code("childs legal status")),
            "from_on": _STATUS_ON,
            "to_on": _CEASED,
        },
        when=(_STATUS_ON,),
    ),
    Carry(
        "list 8",
        "cla_reviews",
        {
            "review_id": _dated("cla-review", "date of latest statutory review"),
            "care_period_id": "@care",
            "happened_on": "date of latest statutory review",
        },
        when=("date of latest statutory review",),
    ),
    Carry(
        "list 8",
        "cla_visits",
        {
            "visit_id": _dated("cla-visit", VISITS["list 8"]),
            "child_id": CHILD,
            "care_period_id": "@care",
            "happened_on": VISITS["list 8"],
            "seen": SEEN_THEN,
        },
        when=(VISITS["list 8"],),
    ),
    Carry(
        "list 8",
        "immigration_status",
        {
            "immigration_status_id": Made((), pl.col(CHILD) + "/uasc"),
            "child_id": CHILD,
            "immigration_status": Made((UASC,), pl.lit("Unaccompanied Asylum Seeking Child")),
            "from_on": _STARTED,
        },
        when=("@unaccompanied",),
    ),
    _check("Health assessment", "health-assessment", "date of last health assessment"),
    _check("Dental check", "dental-check", "date of last dental check"),
    Carry(
        "list 9",
        "care_leavers",
        {
            "care_leaver_id": Made((), pl.col(CHILD) + "/care-leaver"),
            "child_id": CHILD,
            "eligibility": _by("eligibility category", label("eligibility category")),
            "in_touch": _by("la in touch", label("la in touch")),
            "latest_contact_on": "latest date of contact",
            "pathway_plan_reviewed_on": "latest pathway plan review date",
            "accommodation": _by("type of accommodation", code("type of accommodation")),
            "accom_suitable": _by("suitability of accommodation", label("suitability of accommodation")),
            "activity": _by("activity status", code("activity status")),
            "personal_adviser": Made((ADVISER,), pl.col(f"@{ADVISER}")),
            **_TEAM_AND_WORKER,
        },
    ),
)

_ORDER = "date of adoption order"
_ADOPTION = (
    Carry(
        "list 10",
        "permanence",
        {
            "permanence_id": "@adoption",
            "child_id": CHILD,
            "care_period_id": Made(
                ("date the child entered care",),
                pl.concat_str([pl.col(CHILD), pl.lit("/care/"), iso("date the child entered care")]),
            ),
            "adm_decision_on": "date of decision that child should be placed for adoption",
            "placement_order_on": "date of placement order",
            "matched_on": "date of matching child and prospective adopters",
            "placed_for_adoption_on": "date placed for adoption",
            "permanence_order_on": _ORDER,
            "permanence_order_type": Made((), pl.when(pl.col(_ORDER).is_not_null()).then(pl.lit("Adoption"))),
            "decision_reversed_on": "date of decision that child should no longer be placed for adoption",
            "decision_reversed_reason": _by(
                "reason why child no longer placed for adoption",
                code("reason why child no longer placed for adoption"),
            ),
            "placed_ffa_cp_on": "date the child was placed for fostering in ffa or concurrent planning placement",
        },
    ),
)

CARRIES = (*_PEOPLE, *_EARLY, *_NEED, *_PROTECTION, *_CARE, *_ADOPTION)
